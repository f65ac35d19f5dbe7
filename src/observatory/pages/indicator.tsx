import { type Bilingual, type Lang, show } from '../../kernel/bilingual.ts';
import { localDay } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { Cluster, Grid, PageHead, Section } from '../../ui/arrange/arrange.tsx';
import { BarChart } from '../../ui/bar-chart/bar-chart.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { Card } from '../../ui/card/card.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { FlowChart } from '../../ui/flow-chart/flow-chart.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { LineChart } from '../../ui/line-chart/line-chart.tsx';
import { SpaceMap } from '../../ui/map/map.tsx';
import { Stat } from '../../ui/stat/stat.tsx';
import type { Edition } from '../edition.ts';
import { halfDays, metres, milligrams, monthly, type Quantity, told, total } from '../figures.ts';
import type { Published } from '../observatory.ts';
import { texts } from '../texts.ts';
import { dictionary, reasonNames, type Slug, slugs } from '../words.ts';
import { Comparison } from './comparison.tsx';
import { Pairs } from './pairs.tsx';
import { Persistence } from './persistence.tsx';

/** How the quantities of an indicator are read, written and rounded. */
export const readings = {
  kilometres: { of: metres, show: (n: bigint, lang: Lang) => show.km(n, lang) },
  co2: { of: milligrams, show: (n: bigint, lang: Lang) => show.co2(n, lang) },
  journees: { of: halfDays, show: (n: bigint, lang: Lang) => texts.daysShown(n)[lang] },
} as const;

type Serial = keyof typeof readings;
const isSerial = (slug: Slug): slug is Serial => slug in readings;

export const intervalOf = ({ value, low, high }: Quantity, slug: Serial, lang: Lang): string | undefined => {
  if (low === null || high === null) return texts.noInterval[lang];
  if (low === value) return undefined;
  return texts.between(readings[slug].show(low, lang), readings[slug].show(high, lang))[lang];
};

export const periodOf = (editions: readonly Edition[], lang: Lang): string =>
  editions.length === 0 ? '' : texts.fromTo(editions[0]!.month, editions.at(-1)!.month)[lang];

const csv = (slug: Slug): string => `/observatoire/${slug}.csv`;

const Series = ({ slug, editions, lang }: { slug: Serial; editions: readonly Edition[]; lang: Lang }) => {
  const { of, show: shown } = readings[slug];
  const months = monthly(editions, of);
  const [first, last] = [months[0]!, months.at(-1)!];
  const finding =
    months.length > 1
      ? texts.rise(shown(last.value, lang), shown(first.value, lang), last.month, first.month)
      : texts.onlyMonth(shown(last.value, lang), last.month);
  const banded = (n: bigint | null) => (n === null ? undefined : Number(n));
  return (
    <LineChart
      finding={finding[lang]}
      downloadHref={csv(slug)}
      columns={[texts.monthHead[lang], dictionary[slug].title[lang], texts.interval[lang]]}
      show={n => shown(BigInt(Math.round(n)), lang)}
      points={months.map(({ month, value, low, high }) => ({
        label: show.month(month, lang).split(' ')[0]!,
        value: Number(value),
        ...(low !== value && low !== null && high !== null && { low: banded(low)!, high: banded(high)! }),
      }))}
    />
  );
};

const Spaces = ({ edition, lang }: { edition: Edition; lang: Lang }) => {
  const { spaces, otherSpaces, month } = edition;
  const busiest = spaces[0];
  const days = (halves: number) => texts.daysShown(halves)[lang];
  const others =
    otherSpaces.spaces > 0
      ? [
          {
            label: texts.otherSpaces(otherSpaces.spaces)[lang],
            value: otherSpaces.halves,
            shown: days(otherSpaces.halves),
          },
        ]
      : [];
  return (
    <>
      <BarChart
        finding={busiest ? texts.topSpace(busiest.name, days(busiest.halves), month)[lang] : texts.noSpaceTold[lang]}
        downloadHref={csv('espaces')}
        columns={[texts.spaceHead[lang], texts.days[lang]]}
        bars={[
          ...spaces.map(({ name, commune, slug, halves }, n) => ({
            label: `${name}, ${commune}`,
            href: `/espaces/${slug}`,
            value: halves,
            shown: days(halves),
            chosen: n === 0,
          })),
          ...others,
        ]}
      />
      {spaces.length > 0 && (
        <SpaceMap
          title={dictionary.espaces.definition[lang]}
          stones={spaces.map(({ place, name, slug, halves }) => ({
            at: place,
            label: name,
            note: days(halves),
            href: `/espaces/${slug}`,
          }))}
        />
      )}
    </>
  );
};

const Counting = ({ edition, lang }: { edition: Edition; lang: Lang }) => {
  const { presences, credited, reasons, month } = edition;
  const count = (n: number) => texts.presences(n)[lang];
  const branch = (label: string, value: number, tone: 'lost' | 'claim') => ({
    label,
    value,
    shown: count(value),
    tone,
  });
  return (
    <FlowChart
      finding={texts.flowFinding(show.count(credited, lang), show.count(presences, lang), month)[lang]}
      downloadHref={csv('comptage')}
      columns={[texts.step[lang], texts.presencesHead[lang]]}
      show={count}
      start={{ label: texts.recorded[lang], value: presences, shown: count(presences) }}
      branches={[
        ...reasons.map(({ reason, presences: some }) =>
          branch((reasonNames[reason] ?? reasonNames['other']!)[lang], some, 'lost'),
        ),
        branch(texts.creditedBranch[lang], credited, 'claim'),
      ]}
    />
  );
};

/** The one number of an indicator that has no sum over months: its latest month's. */
const latestNumber = (slug: 'espaces' | 'comptage', edition: Edition, lang: Lang): string =>
  slug === 'espaces'
    ? show.count(edition.spaces.length + edition.otherSpaces.spaces, lang)
    : texts.percent(Math.round((100 * edition.credited) / Math.max(1, edition.presences)))[lang];

const Headline = ({
  slug,
  editions,
  lang,
}: {
  slug: Exclude<Slug, 'domicile-travail' | 'fidelite' | 'demandes'>;
  editions: readonly Edition[];
  lang: Lang;
}) => {
  const label = dictionary[slug].label[lang];
  if (!isSerial(slug)) {
    const last = editions.at(-1)!;
    return (
      <Stat
        large
        value={latestNumber(slug, last, lang)}
        label={label}
        period={show.month(last.month, lang)}
        howHref="#methode"
      />
    );
  }
  const sum = total(editions.map(readings[slug].of));
  return (
    <Stat
      large
      value={readings[slug].show(sum.value, lang)}
      label={label}
      interval={intervalOf(sum, slug, lang)}
      period={periodOf(editions, lang)}
      howHref="#methode"
    />
  );
};

const margins: Readonly<Record<Slug, Bilingual>> = {
  kilometres: texts.marginIs,
  co2: texts.marginIs,
  journees: texts.countedOne,
  espaces: texts.countedOne,
  'domicile-travail': texts.countedOne,
  comptage: texts.countedOne,
  fidelite: texts.marginOfShare,
  demandes: texts.marginOfRatio,
};

const Method = ({ slug, latest, lang }: { slug: Slug; latest: Published | undefined; lang: Lang }) => {
  const { definition, formula, unit } = dictionary[slug];
  return (
    <Section title={texts.howTitle[lang]} id="methode">
      <DescriptionList
        items={[
          { term: texts.definition[lang], value: definition[lang] },
          { term: texts.formula[lang], value: formula[lang] },
          { term: texts.unit[lang], value: unit[lang] },
          { term: texts.margin[lang], value: margins[slug][lang] },
          { term: texts.secrecy[lang], value: texts.secrecyIs[lang] },
          { term: texts.source[lang], value: texts.sourceIs[lang] },
          { term: texts.frequency[lang], value: texts.monthlyIs[lang] },
          { term: texts.latest[lang], value: latest && show.date(localDay(latest.publishedAt, 'Europe/Paris'), lang) },
        ]}
      />
      <Cluster>
        <ButtonLink href={csv(slug)} kind="secondary" download>
          {texts.downloadCsv[lang]}
        </ButtonLink>
        <a href="/api/v1/observatory/editions">{texts.downloadJson[lang]}</a>
        <a href="/methode">{texts.readMethod[lang]}</a>
      </Cluster>
    </Section>
  );
};

const Drawing = ({ slug, editions, lang }: { slug: Slug; editions: readonly Edition[]; lang: Lang }) => {
  if (slug === 'fidelite') return <Persistence editions={editions} lang={lang} />;
  if (slug === 'domicile-travail') return <Pairs editions={editions} lang={lang} />;
  if (slug === 'demandes') return <Comparison editions={editions} lang={lang} />;
  const last = editions.at(-1)!;
  return (
    <>
      <Headline slug={slug} editions={editions} lang={lang} />
      {isSerial(slug) ? (
        <Series slug={slug} editions={editions} lang={lang} />
      ) : slug === 'espaces' ? (
        <Spaces edition={last} lang={lang} />
      ) : (
        <Counting edition={last} lang={lang} />
      )}
    </>
  );
};

/** One indicator: its number, its chart with its table, how it is counted, its download. */
export function IndicatorPage({
  visit,
  slug,
  published,
}: {
  visit: Visit;
  slug: Slug;
  published: readonly Published[];
}) {
  const { lang } = visit;
  const editions = told(published.map(one => one.edition));
  const { title, definition } = dictionary[slug];
  return (
    <Layout visit={visit} title={title[lang]} description={definition[lang]}>
      <PageHead
        above={<Breadcrumb places={[{ label: texts.title[lang], href: '/observatoire' }, { label: title[lang] }]} />}
        title={title[lang]}
        lead={definition[lang]}
      />
      {editions.length === 0 ? (
        <EmptyState title={texts.nothing[lang]}>{texts.nothingWhy[lang]}</EmptyState>
      ) : (
        <Drawing slug={slug} editions={editions} lang={lang} />
      )}
      <Method slug={slug} latest={published.at(-1)} lang={lang} />
      <Section title={texts.otherIndicators[lang]}>
        <Grid least="small">
          {slugs
            .filter(other => other !== slug)
            .map(other => (
              <Card href={`/observatoire/${other}`} title={dictionary[other].title[lang]} />
            ))}
        </Grid>
      </Section>
    </Layout>
  );
}
