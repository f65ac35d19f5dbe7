import { type Lang, show } from '../../kernel/bilingual.ts';
import { localDay } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { Grid, PageHead, Section, Split } from '../../ui/arrange/arrange.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { Card } from '../../ui/card/card.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { SpaceMap } from '../../ui/map/map.tsx';
import { Stat, Stats } from '../../ui/stat/stat.tsx';
import type { Edition } from '../edition.ts';
import { metres, told, total } from '../figures.ts';
import type { NamedSpace, Published } from '../observatory.ts';
import { texts } from '../texts.ts';
import { dictionary, slugs } from '../words.ts';
import { intervalOf, periodOf, readings } from './indicator.tsx';

const headline = ['kilometres', 'co2', 'journees'] as const;

const Headlines = ({ editions, lang }: { editions: readonly Edition[]; lang: Lang }) => (
  <Stats>
    {headline.map(slug => {
      const sum = total(editions.map(readings[slug].of));
      return (
        <Stat
          value={readings[slug].show(sum.value, lang)}
          label={dictionary[slug].label[lang]}
          interval={intervalOf(sum, slug, lang)}
          period={periodOf(editions, lang)}
          howHref={`/observatoire/${slug}`}
        />
      );
    })}
  </Stats>
);

const Publications = ({ published, lang }: { published: readonly Published[]; lang: Lang }) => (
  <DataTable<Published>
    caption={texts.publications[lang]}
    captionHidden
    rows={[...published].reverse()}
    columns={[
      { label: texts.monthHead[lang], cell: ({ edition }) => show.month(edition.month, lang) },
      {
        label: texts.publishedOn[lang],
        cell: ({ publishedAt }) => show.date(localDay(publishedAt, 'Europe/Paris'), lang),
      },
      {
        label: texts.people[lang],
        numeric: true,
        cell: ({ edition }) => (edition.withheld ? texts.withheld[lang] : show.count(edition.people, lang)),
      },
      {
        label: texts.days[lang],
        numeric: true,
        cell: ({ edition }) => (edition.withheld ? '' : texts.daysShown(edition.halves)[lang]),
      },
      {
        label: texts.avoided[lang],
        numeric: true,
        cell: ({ edition }) => (edition.withheld ? '' : show.km(metres(edition).value, lang)),
      },
      { label: texts.seal[lang], cell: ({ edition }) => <code>{edition.batchId.slice(0, 12)}</code> },
    ]}
  />
);

const OpenSpaces = ({ spaces, lang }: { spaces: readonly NamedSpace[]; lang: Lang }) => (
  <SpaceMap
    title={texts.spacesOpen(spaces.length)[lang]}
    stones={spaces.map(({ place, name, commune, slug }) => ({
      at: place,
      label: `${name}, ${commune}`,
      href: `/espaces/${slug}`,
    }))}
  />
);

/** The observatory's first page: three numbers, the indicators, where the spaces are, what was published when. */
export function OverviewPage({
  visit,
  published,
  spaces,
}: {
  visit: Visit;
  published: readonly Published[];
  spaces: readonly NamedSpace[];
}) {
  const { lang } = visit;
  const editions = told(published.map(one => one.edition));
  return (
    <Layout visit={visit} title={texts.title[lang]} description={texts.lead[lang]}>
      <PageHead title={texts.title[lang]} lead={texts.lead[lang]} />
      {editions.length === 0 ? (
        <EmptyState
          title={texts.nothing[lang]}
          actions={<ButtonLink href="/espaces">{texts.findSpace[lang]}</ButtonLink>}
        >
          {texts.nothingWhy[lang]}
        </EmptyState>
      ) : (
        <Headlines editions={editions} lang={lang} />
      )}
      <Split even aside={spaces.length > 0 && <OpenSpaces spaces={spaces} lang={lang} />}>
        <Section title={texts.indicators[lang]}>
          <Grid least="large">
            {slugs.map(slug => (
              <Card href={`/observatoire/${slug}`} title={dictionary[slug].title[lang]}>
                {dictionary[slug].definition[lang]}
              </Card>
            ))}
          </Grid>
        </Section>
      </Split>
      {published.length > 0 && (
        <Section
          title={texts.publications[lang]}
          lead={texts.publicationsLead[lang]}
          actions={<a href="/api/v1/observatory/editions">{texts.downloadJson[lang]}</a>}
        >
          <Publications published={published} lang={lang} />
        </Section>
      )}
    </Layout>
  );
}
