import type { Bilingual, Lang } from '../../kernel/bilingual.ts';
import { Section } from '../../ui/arrange/arrange.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import type { PublicUnknown } from '../families.ts';
import type { Unknown } from '../lbc-tiers-lieux/unknowns.ts';

const demands: Readonly<Record<Unknown['certifying'], Bilingual>> = {
  required: { fr: 'à saisir et à signer', en: 'to be entered and signed' },
  contract: { fr: 'clause du contrat', en: 'clause of the contract' },
  none: { fr: 'rien', en: 'nothing' },
};

/** What no public text settles: what the demonstration does, and what signed values may say. */
export const Unknowns = ({ unknowns, lang }: { unknowns: readonly PublicUnknown[]; lang: Lang }) => (
  <Section
    id="inconnues"
    title={lang === 'fr' ? 'Ce que nous ne savons pas' : 'What we do not know'}
    lead={
      lang === 'fr'
        ? 'Chaque ligne est une question à laquelle aucun texte public ne répond. En démonstration, une valeur prudente est prise ; en certification, le calcul refuse de tourner tant qu’une valeur requise manque.'
        : 'Each line is a question that no public text answers. A demonstration takes a cautious value; certification refuses to compute while a required value is missing.'
    }
  >
    <DataTable
      caption={lang === 'fr' ? 'Inconnues de la méthode' : 'Unknowns of the method'}
      captionHidden
      rows={unknowns}
      columns={[
        { label: lang === 'fr' ? 'Numéro' : 'Number', cell: row => row.id },
        { label: lang === 'fr' ? 'Inconnue' : 'Unknown', cell: row => row.label[lang] },
        { label: lang === 'fr' ? 'En démonstration' : 'In demonstration', cell: row => row.demo_default[lang] },
        { label: lang === 'fr' ? 'Pour certifier' : 'To certify', cell: row => demands[row.certifying][lang] },
      ]}
    />
  </Section>
);
