import { type Bilingual, type Lang, show } from '../../kernel/bilingual.ts';
import { Prose, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { Tag, type Tone } from '../../ui/tag/tag.tsx';
import type { Equation, Family, Mark, Parameter } from '../sheet.ts';

const marks: Readonly<Record<Mark, { readonly tone: Tone; readonly label: Bilingual }>> = {
  S: { tone: 'good', label: { fr: 'sourcé', en: 'sourced' } },
  I: { tone: 'info', label: { fr: 'déduit', en: 'inferred' } },
  C: { tone: 'pending', label: { fr: 'fixé par contrat', en: 'set by contract' } },
  U: { tone: 'pending', label: { fr: 'inconnu, valeur de démonstration', en: 'unknown, demonstration value' } },
};

const MarkTag = ({ mark, lang }: { mark: Mark; lang: Lang }) => (
  <Tag tone={marks[mark].tone}>{marks[mark].label[lang]}</Tag>
);

const Equations = ({ equations, lang }: { equations: readonly Equation[]; lang: Lang }) => (
  <DataTable
    caption={lang === 'fr' ? 'Équations' : 'Equations'}
    rows={equations}
    columns={[
      { label: lang === 'fr' ? 'Numéro' : 'Number', cell: row => row.number },
      { label: lang === 'fr' ? 'Écriture' : 'Formula', cell: row => <code>{row.formula}</code> },
      { label: lang === 'fr' ? 'En mots' : 'In words', cell: row => row.words[lang] },
      { label: lang === 'fr' ? 'Statut' : 'Status', cell: row => <MarkTag mark={row.mark} lang={lang} /> },
    ]}
  />
);

const Parameters = ({ parameters, lang }: { parameters: readonly Parameter[]; lang: Lang }) => (
  <DataTable
    caption={lang === 'fr' ? 'Paramètres' : 'Parameters'}
    rows={parameters}
    columns={[
      { label: lang === 'fr' ? 'Symbole' : 'Symbol', cell: row => <code>{row.symbol}</code> },
      { label: lang === 'fr' ? 'Ce que c’est' : 'What it is', cell: row => row.label[lang] },
      { label: lang === 'fr' ? 'Valeur' : 'Value', cell: row => row.value[lang], numeric: true },
      { label: lang === 'fr' ? 'Unité' : 'Unit', cell: row => row.unit[lang] },
      { label: 'Source', cell: row => row.source[lang] },
      { label: lang === 'fr' ? 'Statut' : 'Status', cell: row => <MarkTag mark={row.mark} lang={lang} /> },
    ]}
  />
);

/** One family: what it counts, what it is worth, its equations and parameters. */
export const FamilySection = ({ family, lang }: { family: Family; lang: Lang }) => (
  <Section id={family.version.method} title={family.title[lang]}>
    <Stack>
      <Prose>
        <p>{family.status[lang]}</p>
      </Prose>
      <Equations equations={family.equations} lang={lang} />
      {family.parameters.length > 0 && <Parameters parameters={family.parameters} lang={lang} />}
    </Stack>
  </Section>
);

/** The families side by side, each with the fingerprint of its frozen files. */
export const Families = ({ families, lang }: { families: readonly Family[]; lang: Lang }) => (
  <Section
    id="familles"
    title={lang === 'fr' ? 'Trois façons de compter' : 'Three ways to count'}
    lead={
      lang === 'fr'
        ? 'Les mêmes journées, trois questions. Une version publiée ne change jamais : son empreinte le prouve.'
        : 'The same days, three questions. A published version never changes: its fingerprint proves it.'
    }
  >
    <DataTable
      caption={lang === 'fr' ? 'Méthodes et versions' : 'Methods and versions'}
      captionHidden
      rows={families}
      columns={[
        {
          label: lang === 'fr' ? 'Méthode' : 'Method',
          cell: ({ version, title }) => <a href={`#${version.method}`}>{title[lang]}</a>,
        },
        { label: lang === 'fr' ? 'Ce qu’elle compte' : 'What it counts', cell: ({ counts }) => counts[lang] },
        { label: 'Version', cell: ({ version }) => `${version.method} ${version.version}` },
        {
          label: lang === 'fr' ? 'Publiée le' : 'Published on',
          cell: ({ version }) => show.date(version.published_on, lang),
        },
        {
          label: lang === 'fr' ? 'Empreinte' : 'Fingerprint',
          cell: ({ version }) => <code>{version.digest}</code>,
        },
      ]}
    />
  </Section>
);
