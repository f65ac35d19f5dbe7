import { show } from '../../kernel/bilingual.ts';
import type { Day } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { Grid, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { SpaceMap } from '../../ui/map/map.tsx';
import type { Listing } from '../listing.ts';
import { texts } from '../texts.ts';
import { isOnTheMap, ListingCard, SearchForm, stoneOf } from './listing-card.tsx';

/** Every space of the network, on a map and as cards in the same order. */
export function ListPage({ visit, day, listings }: { visit: Visit; day: Day; listings: readonly Listing[] }) {
  const { lang } = visit;
  const shown = listings.filter(isOnTheMap);
  return (
    <Layout visit={visit} title={texts.spaces[lang]} description={texts.spacesLead[lang]}>
      <Stack gap="loose">
        <PageHead title={texts.spaces[lang]} lead={texts.spacesLead[lang]} />
        <SearchForm lang={lang} again />
        {listings.length === 0 ? (
          <EmptyState title={texts.noResult[lang]}>
            <p>{texts.noResultText[lang]}</p>
          </EmptyState>
        ) : (
          <>
            <SpaceMap
              title={`${shown.length} ${texts.mapTitle[lang]}, ${show.day(day, lang)}`}
              stones={shown.map(listing => stoneOf(listing, day, lang))}
            />
            <Section title={`${texts.onDay[lang]} ${show.day(day, lang)}`}>
              <Grid>
                {listings.map(listing => (
                  <ListingCard listing={listing} day={day} lang={lang} />
                ))}
              </Grid>
            </Section>
          </>
        )}
      </Stack>
    </Layout>
  );
}
