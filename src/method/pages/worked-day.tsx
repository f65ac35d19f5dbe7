import { type Bilingual, type Lang, show } from '../../kernel/bilingual.ts';
import { floor, text } from '../../kernel/rational.ts';
import { Prose, Section, Split, Stack } from '../../ui/arrange/arrange.tsx';
import { type Bar, BarChart } from '../../ui/bar-chart/bar-chart.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { Stat, Stats } from '../../ui/stat/stat.tsx';
import type { Sensitivity, SensitivityRow } from '../comparison/sensitivity.ts';
import type { Assumption, Interval } from '../comparison/uncertainty.ts';
import type { ExplanationLine } from '../explain.ts';
import type { Rebound } from '../lbc-tiers-lieux/2026-1/quantify.ts';

/** One worked day, told by the method itself, with what it would be otherwise. */
export interface WorkedExample {
  readonly lines: readonly ExplanationLine[];
  readonly avoided_m: bigint;
  readonly interval: Interval;
  readonly sensitivity: Sensitivity;
  readonly assumptions: readonly Assumption[];
}

const between = ({ low_mg, high_mg }: Interval, lang: Lang): string =>
  lang === 'fr'
    ? `entre ${show.co2(low_mg, lang)} et ${show.co2(high_mg, lang)}`
    : `between ${show.co2(low_mg, lang)} and ${show.co2(high_mg, lang)}`;

/** One day told line by line. */
export const WorkedDay = ({ example, lang }: { example: WorkedExample; lang: Lang }) => (
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
            value={`${show.co2(floor(example.interval.net_mg), lang)} CO2e`}
            label={lang === 'fr' ? 'évités, estimation non officielle' : 'avoided, unofficial estimate'}
            interval={between(example.interval, lang)}
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

const reboundWords = ({ variant, rate }: Rebound): Bilingual => {
  if (variant === 'none') return { fr: 'sans effet rebond', en: 'no rebound' };
  return variant === 'net'
    ? { fr: `rebond ${text(rate)} du gain net`, en: `rebound ${text(rate)} of the net saving` }
    : { fr: `rebond ${text(rate)} de la référence`, en: `rebound ${text(rate)} of the reference` };
};

const nameOf = ({ factor_set, rebound }: Pick<SensitivityRow, 'factor_set' | 'rebound'>, lang: Lang): string =>
  lang === 'fr' ? `jeu ${factor_set}, ${reboundWords(rebound).fr}` : `set ${factor_set}, ${reboundWords(rebound).en}`;

const kilograms = (mg: bigint): number => Number(mg) / 1_000_000;

const barsOf = ({ sensitivity: { main, rows }, interval }: WorkedExample, lang: Lang): readonly Bar[] => {
  const bar = (label: string, mg: bigint): Bar => ({ label, value: kilograms(mg), shown: show.co2(mg, lang) });
  const counted = rows.flatMap(row => (row.result.ok ? [bar(nameOf(row, lang), floor(row.result.value.net_mg))] : []));
  const { low_mg, high_mg } = interval;
  const chosen = bar(nameOf(main, lang), floor(main.net_mg));
  return [{ ...chosen, low: kilograms(low_mg), high: kilograms(high_mg), chosen: true }, ...counted];
};

const Refused = ({ rows, lang }: { rows: readonly SensitivityRow[]; lang: Lang }) => (
  <ul>{rows.flatMap(({ result }) => (result.ok ? [] : [<li>{result.refusal.message[lang]}</li>]))}</ul>
);

const Assumptions = ({ assumptions, lang }: { assumptions: readonly Assumption[]; lang: Lang }) => (
  <DataTable
    caption={lang === 'fr' ? 'Erreurs supposées' : 'Assumed errors'}
    rows={assumptions}
    columns={[
      { label: lang === 'fr' ? 'Ce qui peut être faux' : 'What may be wrong', cell: row => row.label[lang] },
      {
        label: lang === 'fr' ? 'De combien, en part' : 'By how much, as a share',
        cell: row => `± ${text(row.half_width)}`,
        numeric: true,
      },
      {
        label: lang === 'fr' ? 'Statut' : 'Status',
        cell: () => (lang === 'fr' ? 'choix de Parvis, jamais crédité' : 'chosen by Parvis, never credited'),
      },
    ]}
  />
);

/** How far the answer would move under other factors or another rebound, and how sure it is. */
export const HowSure = ({ example, lang }: { example: WorkedExample; lang: Lang }) => (
  <Section
    id="sensibilite"
    title={lang === 'fr' ? 'Et si nous nous trompions ?' : 'And if we were wrong?'}
    lead={
      lang === 'fr'
        ? 'La même journée, recalculée exactement sous chaque autre jeu de facteurs et chaque autre effet rebond. Rien de tout cela ne change ce qui est compté.'
        : 'The same day, computed again exactly under each other factor set and each other rebound. None of it changes what is counted.'
    }
  >
    <Stack>
      <BarChart
        finding={
          lang === 'fr'
            ? 'Le choix du rebond et du jeu de facteurs déplace le résultat plus que les distances'
            : 'The choice of rebound and factor set moves the result more than distances do'
        }
        note={
          lang === 'fr'
            ? 'Une journée, CO2e évité ; le trait montre l’intervalle.'
            : 'One day, CO2e avoided; the line shows the interval.'
        }
        columns={lang === 'fr' ? ['Hypothèse', 'CO2e évité'] : ['Assumption', 'CO2e avoided']}
        bars={barsOf(example, lang)}
      />
      <Prose>
        <Refused rows={example.sensitivity.rows} lang={lang} />
        <p>
          {lang === 'fr'
            ? 'L’intervalle combine deux erreurs. Celle d’un facteur est la même pour tout le monde : elle ne se compense jamais. Celle d’une distance est propre à chaque trajet : elle se compense en partie quand les trajets sont nombreux.'
            : 'The interval combines two errors. That of a factor is the same for everyone: it never evens out. That of a distance belongs to each trip: it evens out in part when trips are many.'}
        </p>
      </Prose>
      <Assumptions assumptions={example.assumptions} lang={lang} />
    </Stack>
  </Section>
);
