import { type Bilingual, type Lang, show } from '../kernel/bilingual.ts';
import type { Visit } from '../kernel/visit.ts';
import { PageHead, Prose, Section, Split, Stack } from '../ui/arrange/arrange.tsx';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { DescriptionList } from '../ui/description-list/description-list.tsx';
import { Layout } from '../ui/layout/layout.tsx';
import { Notice } from '../ui/notice/notice.tsx';
import { Stat, Stats } from '../ui/stat/stat.tsx';
import { Tag, type Tone } from '../ui/tag/tag.tsx';
import type { ExplanationLine } from './explain.ts';
import { showWhole } from './figures.ts';
import type { EmissionFactor } from './lbc-tiers-lieux/2026-1/factors.ts';
import type { Unknown } from './lbc-tiers-lieux/unknowns.ts';
import type { Equation, Mark, MethodSheet, Parameter } from './sheet.ts';

export interface MethodPageData {
  readonly sheet: MethodSheet;
  readonly hashes: { readonly method_hash: string; readonly factor_set_hash: string };
  /** One worked day, told by the method itself. */
  readonly example: { readonly lines: readonly ExplanationLine[]; readonly net_mg: bigint; readonly avoided_m: bigint };
}

const marks: Readonly<Record<Mark, { readonly tone: Tone; readonly label: Bilingual }>> = {
  S: { tone: 'good', label: { fr: 'sourcé', en: 'sourced' } },
  I: { tone: 'info', label: { fr: 'déduit', en: 'inferred' } },
  U: { tone: 'pending', label: { fr: 'inconnu, valeur de démonstration', en: 'unknown, demonstration value' } },
};

const MarkTag = ({ mark, lang }: { mark: Mark; lang: Lang }) => (
  <Tag tone={marks[mark].tone}>{marks[mark].label[lang]}</Tag>
);

const perMetre = {
  veh_km: { fr: 'par véhicule', en: 'a vehicle' },
  pers_km: { fr: 'par personne', en: 'a person' },
} as const satisfies Record<EmissionFactor['denominator'], Bilingual>;

const demands: Readonly<Record<Unknown['certifying'], Bilingual>> = {
  required: { fr: 'à saisir et à signer', en: 'to be entered and signed' },
  contract: { fr: 'clause du contrat', en: 'clause of the contract' },
  none: { fr: 'rien', en: 'nothing' },
};

const InBrief = ({ lang }: { lang: Lang }) => (
  <Section title={lang === 'fr' ? 'En quatre phrases' : 'In four sentences'}>
    <Prose>
      {lang === 'fr' ? (
        <ol>
          <li>On compare deux journées : celle qui aurait eu lieu, et celle qui a eu lieu.</li>
          <li>
            Si vous seriez allé au bureau, la différence de route compte. Si vous auriez télétravaillé chez vous, rien
            n’est évité : le trajet vers l’espace compte en moins. Si personne ne le sait, rien ne compte.
          </li>
          <li>Une part du gain est retirée, car on roule autrement les jours sans bureau : c’est l’effet rebond.</li>
          <li>Les jours qui perdent restent dans le total. On arrondit une seule fois, à la fin, vers le bas.</li>
        </ol>
      ) : (
        <ol>
          <li>Two days are compared: the one that would have been, and the one that was.</li>
          <li>
            If you would have gone to the office, the difference in road counts. If you would have worked from home,
            nothing is avoided: the trip to the space counts as a loss. If nobody knows, nothing counts.
          </li>
          <li>
            Part of the saving is taken off, because people drive elsewhere on days without the office: the rebound.
          </li>
          <li>Days that lose stay in the total. There is one rounding, at the end, downward.</li>
        </ol>
      )}
    </Prose>
  </Section>
);

const WorkedDay = ({ example, lang }: { example: MethodPageData['example']; lang: Lang }) => (
  <Section
    id="exemple"
    title={lang === 'fr' ? 'Une journée, calculée sous vos yeux' : 'One day, worked out before you'}
    lead={
      lang === 'fr'
        ? 'Une salariée habite à 40 km de son bureau et à 5 km de l’espace. Elle conduit seule.'
        : 'An employee lives 40 km from her office and 5 km from the space. She drives alone.'
    }
  >
    <Split
      aside={
        <Stats>
          <Stat
            value={show.km(example.avoided_m, lang)}
            label={lang === 'fr' ? 'de route évités ce jour-là' : 'of road avoided that day'}
          />
          <Stat
            value={`${show.co2(example.net_mg, lang)} CO2e`}
            label={lang === 'fr' ? 'évités, estimation non officielle' : 'avoided, unofficial estimate'}
          />
        </Stats>
      }
    >
      <Prose>
        <ol>
          {example.lines.map(line => (
            <li>{line.text[lang]}</li>
          ))}
        </ol>
      </Prose>
    </Split>
  </Section>
);

const Equations = ({ equations, lang }: { equations: readonly Equation[]; lang: Lang }) => (
  <Section id="equations" title={lang === 'fr' ? 'Les équations' : 'The equations'}>
    <DataTable
      caption={lang === 'fr' ? 'Équations reconstituées' : 'Reconstructed equations'}
      captionHidden
      rows={equations}
      columns={[
        { label: lang === 'fr' ? 'Numéro' : 'Number', cell: row => row.number },
        { label: lang === 'fr' ? 'Écriture' : 'Formula', cell: row => <code>{row.formula}</code> },
        { label: lang === 'fr' ? 'En mots' : 'In words', cell: row => row.words[lang] },
        { label: lang === 'fr' ? 'Statut' : 'Status', cell: row => <MarkTag mark={row.mark} lang={lang} /> },
      ]}
    />
  </Section>
);

const Parameters = ({ parameters, lang }: { parameters: readonly Parameter[]; lang: Lang }) => (
  <Section id="parametres" title={lang === 'fr' ? 'Les paramètres' : 'The parameters'}>
    <DataTable
      caption={lang === 'fr' ? 'Paramètres et sources' : 'Parameters and sources'}
      captionHidden
      rows={parameters}
      columns={[
        { label: lang === 'fr' ? 'Symbole' : 'Symbol', cell: row => row.symbol },
        { label: lang === 'fr' ? 'Ce que c’est' : 'What it is', cell: row => row.label[lang] },
        { label: lang === 'fr' ? 'Valeur' : 'Value', cell: row => row.value[lang], numeric: true },
        { label: lang === 'fr' ? 'Unité' : 'Unit', cell: row => row.unit[lang] },
        { label: 'Source', cell: row => row.source[lang] },
        { label: lang === 'fr' ? 'Statut' : 'Status', cell: row => <MarkTag mark={row.mark} lang={lang} /> },
      ]}
    />
  </Section>
);

const Factors = ({ factors, lang }: { factors: MethodSheet['factors']; lang: Lang }) => (
  <Section id="facteurs" title={lang === 'fr' ? 'Les facteurs d’émission' : 'The emission factors'}>
    <Stack>
      <DescriptionList
        items={[
          { term: lang === 'fr' ? 'Jeu' : 'Set', value: factors.title[lang] },
          { term: lang === 'fr' ? 'Périmètre' : 'Boundary', value: factors.boundary_words[lang] },
          { term: 'Source', value: <a href={factors.source_url}>{factors.source}</a> },
          { term: lang === 'fr' ? 'Licence' : 'Licence', value: factors.licence[lang] },
          {
            term: lang === 'fr' ? 'Utilisable' : 'Usable',
            value:
              lang === 'fr'
                ? `du ${show.date(factors.valid_from, lang)} au ${show.date(factors.best_before, lang)} (terme choisi par Parvis)`
                : `from ${show.date(factors.valid_from, lang)} to ${show.date(factors.best_before, lang)} (term chosen by Parvis)`,
          },
        ]}
      />
      <DataTable
        caption={
          lang === 'fr' ? 'Facteurs, en microgrammes de CO2e par mètre' : 'Factors, in micrograms of CO2e a metre'
        }
        rows={factors.factors}
        columns={[
          { label: 'Mode', cell: row => row.label[lang] },
          { label: 'µg/m', cell: row => showWhole(row.ug_per_m, lang), numeric: true },
          { label: lang === 'fr' ? 'Compté' : 'Counted', cell: row => perMetre[row.denominator][lang] },
          { label: lang === 'fr' ? 'Identifiant' : 'Identifier', cell: row => <code>{row.id}</code> },
        ]}
      />
    </Stack>
  </Section>
);

const Unknowns = ({ unknowns, lang }: { unknowns: readonly Unknown[]; lang: Lang }) => (
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

const Replay = ({ hashes, sheet, lang }: { hashes: MethodPageData['hashes']; sheet: MethodSheet; lang: Lang }) => (
  <Section
    id="rejouer"
    title={lang === 'fr' ? 'Refaire le calcul' : 'Do the sum again'}
    lead={
      lang === 'fr'
        ? 'Une version publiée ne change jamais. Mêmes journées, mêmes empreintes : même résultat, au milligramme, sur toute machine.'
        : 'A published version never changes. Same days, same fingerprints: same result, to the milligram, on any machine.'
    }
  >
    <DescriptionList
      items={[
        { term: 'Version', value: `${sheet.version.method} ${sheet.version.version}` },
        { term: lang === 'fr' ? 'Publiée le' : 'Published on', value: show.date(sheet.version.published_on, lang) },
        {
          term: lang === 'fr' ? 'Empreinte de la méthode' : 'Fingerprint of the method',
          value: <code>{hashes.method_hash}</code>,
        },
        {
          term: lang === 'fr' ? 'Empreinte des facteurs' : 'Fingerprint of the factors',
          value: <code>{hashes.factor_set_hash}</code>,
        },
        {
          term: lang === 'fr' ? 'En ligne de commande' : 'On the command line',
          value: <code>npm run --silent parvis -- quantify</code>,
        },
      ]}
    />
  </Section>
);

/** The public sheet of the method: plain words first, then everything that is needed to redo the sum. */
export const MethodPage = ({ visit, sheet, hashes, example }: MethodPageData & { visit: Visit }) => {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={lang === 'fr' ? 'Comment nous comptons' : 'How we count'}>
      <PageHead
        title={lang === 'fr' ? 'Comment nous comptons' : 'How we count'}
        lead={
          lang === 'fr'
            ? 'Combien de route et de CO2 une journée dans un espace évite, et tout ce qui manque encore pour l’affirmer.'
            : 'How much road and CO2 a day in a space avoids, and all that is still missing to claim it.'
        }
      />
      <Notice kind="warning" title={lang === 'fr' ? 'Estimation non officielle' : 'Unofficial estimate'}>
        {sheet.status[lang]}
      </Notice>
      <InBrief lang={lang} />
      <WorkedDay example={example} lang={lang} />
      <Equations equations={sheet.equations} lang={lang} />
      <Parameters parameters={sheet.parameters} lang={lang} />
      <Factors factors={sheet.factors} lang={lang} />
      <Unknowns unknowns={sheet.unknowns} lang={lang} />
      <Replay hashes={hashes} sheet={sheet} lang={lang} />
    </Layout>
  );
};
