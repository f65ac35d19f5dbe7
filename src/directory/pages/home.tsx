import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Day } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { Grid, Section, Split, Stack } from '../../ui/arrange/arrange.tsx';
import { Hero, Scenes, TownLines } from '../../ui/hero/hero.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { SpaceMap } from '../../ui/map/map.tsx';
import { Stat, Stats } from '../../ui/stat/stat.tsx';
import { freeText } from '../display.ts';
import { freeOn, type Listing } from '../listing.ts';
import { texts } from '../texts.ts';
import { isOnTheMap, ListingCard, SearchForm, stoneOf } from './listing-card.tsx';

export interface HomePageProps {
  readonly visit: Visit;
  readonly day: Day;
  readonly listings: readonly Listing[];
}

const newestShown = 3;

/** « Où travailler près de chez moi ? », answered by one field. */
export function HomePage({ visit, day, listings }: HomePageProps) {
  const { lang } = visit;
  const open = listings.filter(l => l.space.status === 'open');
  const newest = open.toSorted((a, b) => (a.space.openedOn < b.space.openedOn ? 1 : -1)).slice(0, newestShown);
  const shown = listings.filter(isOnTheMap);
  return (
    <Layout visit={visit} title={texts.homeTitle[lang]} description={texts.homeLead[lang]}>
      <Stack gap="loose">
        <Hero title={texts.homeTitle[lang]} lead={texts.homeLead[lang]} name={visit.network.name}>
          <SearchForm lang={lang} />
        </Hero>
        <Split
          even
          aside={
            <SpaceMap
              title={`${shown.length} ${texts.mapTitle[lang]}, ${show.day(day, lang)}`}
              stones={shown.map(listing => stoneOf(listing, day, lang))}
            />
          }
        >
          <Figures lang={lang} open={open} />
          <Section title={texts.mapList[lang]} actions={<a href="/espaces">{texts.allSpaces[lang]}</a>}>
            <TownLines lines={open.map(listing => townLine(listing, day, lang))} />
          </Section>
        </Split>
        <Section title={texts.how[lang]} actions={<a href="/methode">{texts.howCounted[lang]}</a>}>
          <Scenes
            scenes={[
              { scene: 'find', title: texts.findTitle[lang], text: texts.findText[lang] },
              { scene: 'work', title: texts.workTitle[lang], text: texts.workText[lang] },
              { scene: 'count', title: texts.countTitle[lang], text: texts.countText[lang] },
            ]}
          />
        </Section>
        <Section title={texts.newest[lang]} actions={<a href="/espaces">{texts.allSpaces[lang]}</a>}>
          <Grid>
            {newest.map(listing => (
              <ListingCard listing={listing} day={day} lang={lang} />
            ))}
          </Grid>
        </Section>
      </Stack>
    </Layout>
  );
}

const townLine = (listing: Listing, day: Day, lang: Lang) => ({
  href: `/espaces/${listing.space.slug}`,
  town: listing.space.commune.name,
  note: freeText(freeOn(listing, day), lang),
});

const Figures = ({ lang, open }: { lang: Lang; open: readonly Listing[] }) => {
  const desks = open.reduce((sum, l) => sum + Math.max(0, ...l.halves.map(h => h.total)), 0);
  const towns = new Set(open.map(l => l.space.commune.code)).size;
  return (
    <Section title={texts.figures[lang]}>
      <Stats>
        <Stat value={show.count(open.length, lang)} label={texts.openSpaces[lang]} />
        <Stat value={show.count(desks, lang)} label={texts.desks[lang]} />
        <Stat value={show.count(towns, lang)} label={texts.towns[lang]} />
      </Stats>
    </Section>
  );
};
