import { type Lang, show } from '../kernel/bilingual.ts';
import type { Visit } from '../kernel/visit.ts';
import { PageHead, Prose, Section, Split, Stack } from '../ui/arrange/arrange.tsx';
import { Button } from '../ui/button/button.tsx';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { EmptyState } from '../ui/empty-state/empty-state.tsx';
import { SelectField } from '../ui/form/field.tsx';
import { Form } from '../ui/form/form.tsx';
import { Layout } from '../ui/layout/layout.tsx';
import { LineChart } from '../ui/line-chart/line-chart.tsx';
import { SpaceMap } from '../ui/map/map.tsx';
import { boundsAround } from '../ui/map/projection.ts';
import { Notice } from '../ui/notice/notice.tsx';
import { Stat, Stats } from '../ui/stat/stat.tsx';
import type { Candidate } from './rank.ts';
import type { Ranking } from './siting.ts';
import { texts } from './texts.ts';

interface SitingPageData {
  readonly visit: Visit;
  readonly ranking: Ranking;
  readonly openings: number;
}

const anchor = (candidate: Candidate): string => `commune-${candidate.town.code}`;
const perDay = (metres: number, lang: Lang): string => show.km(metres, lang);

/** The home commune that weighs most: `Laroque : 212 navetteurs, 31 km de moins par jour pour chacun`. */
const because = ({ reasons: [first] }: Candidate, lang: Lang): string =>
  first ? texts.reason(first.town.name, show.count(first.commuters, lang), show.km(first.each_m, lang))[lang] : '';

const Figures = ({ ranking, lang }: { ranking: Ranking; lang: Lang }) => {
  const { candidates } = ranking;
  const total = candidates.at(-1)?.total_m ?? 0;
  const held = candidates.reduce((sum, candidate) => sum + candidate.withinDesks_m, 0);
  return (
    <Stats>
      <Stat
        value={perDay(total, lang)}
        label={texts.totalPotential[lang]}
        period={ranking.fictitious ? texts.fictitious[lang] : undefined}
      />
      <Stat value={perDay(held, lang)} label={texts.totalWithinDesks(ranking.desks)[lang]} />
      <Stat value={show.count(ranking.commuters, lang)} label={texts.commutersInStudy[lang]} />
    </Stats>
  );
};

const Table = ({ ranking, lang }: { ranking: Ranking; lang: Lang }) => (
  <DataTable<Candidate>
    caption={texts.tableTitle[lang]}
    rows={ranking.candidates}
    columns={[
      {
        label: texts.town[lang],
        cell: c => (
          <span id={anchor(c)}>
            {c.rank}. {c.town.name}
          </span>
        ),
      },
      { label: texts.potential[lang], cell: c => perDay(c.potential_m, lang), numeric: true },
      { label: texts.withinDesks(ranking.desks)[lang], cell: c => perDay(c.withinDesks_m, lang), numeric: true },
      { label: texts.concerned[lang], cell: c => show.count(c.commuters, lang), numeric: true },
      { label: texts.inhabitants[lang], cell: c => show.count(c.town.population, lang), numeric: true },
      { label: texts.why[lang], cell: c => because(c, lang) },
    ]}
  />
);

const GainMap = ({ ranking, lang }: { ranking: Ranking; lang: Lang }) => {
  const { candidates, open } = ranking;
  const places = [...candidates.map(c => c.town.place), ...open.map(town => town.place)];
  return (
    <SpaceMap
      title={texts.mapTitle(candidates.length, open.length)[lang]}
      bounds={places.length > 1 ? undefined : boundsAround(places)}
      stones={[
        ...open.map(town => ({
          at: town.place,
          label: town.name,
          note: texts.alreadyOpen[lang],
          href: '/espaces',
          tone: 'full' as const,
        })),
        ...candidates.map(c => ({
          at: c.town.place,
          label: c.town.name,
          note: perDay(c.potential_m, lang),
          href: `#${anchor(c)}`,
          tone: 'chosen' as const,
          number: c.rank,
        })),
      ]}
    />
  );
};

const Curve = ({ ranking, lang }: { ranking: Ranking; lang: Lang }) => {
  const { candidates } = ranking;
  const first = candidates[0]!;
  const last = candidates.at(-1)!;
  return (
    <LineChart
      finding={
        texts.curveFinding(candidates.length, perDay(first.potential_m, lang), perDay(last.potential_m, lang))[lang]
      }
      note={ranking.fictitious ? texts.fictitious[lang] : ranking.source[lang]}
      columns={[texts.openings[lang], texts.cumulated[lang], '']}
      show={metres => perDay(metres, lang)}
      points={candidates.map(c => ({ label: String(c.rank), value: c.total_m }))}
    />
  );
};

const Assumptions = ({ ranking, lang }: { ranking: Ranking; lang: Lang }) => (
  <Section title={texts.howTitle[lang]} id="calcul">
    <Prose>
      <ul>
        <li>{texts.howSource(ranking.source[lang])[lang]}</li>
        <li>{texts.howReach(show.km(ranking.reach_m, lang), ranking.uptakePercent)[lang]}</li>
        <li>{texts.howDistances[lang]}</li>
        <li>{texts.howOnce[lang]}</li>
        <li>{texts.howPotential(ranking.desks)[lang]}</li>
        <li>{texts.howGreedy[lang]}</li>
      </ul>
    </Prose>
  </Section>
);

const Openings = ({ openings, lang }: { openings: number; lang: Lang }) => (
  <Form action="/implantation" method="get" inline label={texts.howMany[lang]}>
    <SelectField
      name="openings"
      label={texts.howMany[lang]}
      value={String(openings)}
      choices={[...new Set([1, 3, 5, 10, 20, 30, openings])]
        .sort((a, b) => a - b)
        .map(n => ({ value: String(n), label: show.count(n, lang) }))}
    />
    <Button>{texts.rankAgain[lang]}</Button>
  </Form>
);

/** Where to open next: a table that can be argued with, its map, what each further opening adds, and what was assumed. */
export function SitingPage({ visit, ranking, openings }: SitingPageData) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={texts.title[lang]} wide>
      <Stack gap="loose">
        <PageHead title={texts.title[lang]} lead={texts.lead[lang]} />
        {ranking.fictitious && (
          <Notice kind="warning" title={texts.fictitious[lang]}>
            {texts.fictitiousWhy[lang]}
          </Notice>
        )}
        <Openings openings={openings} lang={lang} />
        {ranking.candidates.length === 0 ? (
          <EmptyState title={texts.nothing[lang]}>
            <p>{texts.nothingWhy(ranking.candidateCount)[lang]}</p>
          </EmptyState>
        ) : (
          <>
            <Figures ranking={ranking} lang={lang} />
            <Split aside={<GainMap ranking={ranking} lang={lang} />} even>
              <Curve ranking={ranking} lang={lang} />
            </Split>
            <Table ranking={ranking} lang={lang} />
          </>
        )}
        <Assumptions ranking={ranking} lang={lang} />
      </Stack>
    </Layout>
  );
}
