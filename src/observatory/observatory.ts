import { employersOfBaselines, endsOfBaselines, monthTotals, type Trip, tripsOf } from '../commute/commute.ts';
import { groupBy } from '../kernel/group.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { daysOfMonth, type Month, monthOf, nextMonth } from '../kernel/time.ts';
import { batches, claimedMonths, peopleByReason } from '../mrv/mrv.ts';
import { epciOf } from '../platform/communes/communes.ts';
import type { Work } from '../platform/database.ts';
import { closingOf } from '../presence/presence.ts';
import { listSpaces, type Space } from '../spaces/spaces.ts';
import { type Edition, editionOf, type NamedSpace, type PassedPresence } from './edition.ts';
import type { Pair } from './pairs.ts';
import { insertEdition, type Published, selectEditions } from './store.ts';
import { words } from './words.ts';

export type { Edition, NamedSpace, SpaceDays } from './edition.ts';
export type { Published } from './store.ts';

/** Presences of some months that are creditable: strong evidence, and nothing left to wait for. */
const passedIn = async (work: Work, months: readonly Month[]) =>
  (await closingOf(work, { days: months.flatMap(daysOfMonth) })).filter(
    ({ standing, evidenceClass }) => standing === 'settled' && evidenceClass === 'C',
  );

/**
 * The month of each person's first presence that passed, from the network's first month to this one, a year read at a time;
 * nothing of it is kept.
 */
async function firstMonths(work: Work, until: Month): Promise<ReadonlyMap<string, Month>> {
  const known = [...(await monthTotals(work)), ...(await batches(work))].map(one => one.month);
  const months: Month[] = [];
  for (let month = known.reduce((a, b) => (a < b ? a : b), until); month <= until; month = nextMonth(month)) {
    months.push(month);
  }
  const firsts = new Map<string, Month>();
  for (const year of groupBy(months, month => month.slice(0, 4)).values()) {
    for (const { pseudonym, day } of await passedIn(work, year)) {
      const [month, before] = [monthOf(day), firsts.get(pseudonym)];
      if (before === undefined || month < before) firsts.set(pseudonym, month);
    }
  }
  return firsts;
}

/** Between which groupings of communes each trip would have been, by declaration; absent when a commune is not known or is alone. */
async function pairsOfTrips(work: Work, trips: readonly Trip[]): Promise<ReadonlyMap<string, Pair>> {
  const ids = [...new Set(trips.map(trip => trip.baselineId))];
  const [ends, employers] = [await endsOfBaselines(work, ids), await employersOfBaselines(work, ids)];
  return new Map(
    [...ends].flatMap(([id, { home, workplace }]) => {
      const [from, to] = [home === null ? null : epciOf(home), epciOf(workplace)];
      return from && to ? [[id, { home: from, work: to, employer: employers.get(id) ?? null }] as const] : [];
    }),
  );
}

/** Presences of a month that have passed every check, with what each avoided when its trip counts. */
async function passedPresences(work: Work, month: Month): Promise<readonly PassedPresence[]> {
  const passed = await passedIn(work, [month]);
  const found = await tripsOf(work, { month });
  const [trips, pairs] = [new Map(found.map(trip => [trip.attestationId, trip])), await pairsOfTrips(work, found)];
  return passed.map(({ attestationId, pseudonym, spaceId, halves }) => {
    const trip = trips.get(attestationId);
    const counts = trip?.replaced === 'office' || trip?.replaced === 'home';
    const pair = trip === undefined ? null : (pairs.get(trip.baselineId) ?? null);
    return { person: pseudonym, spaceId, halves, avoided_m: counts ? trip.avoided_m : null, pair };
  });
}

const named = ({ spaceId, slug, name, commune, place }: Space): NamedSpace => ({
  spaceId,
  slug,
  name,
  commune: commune.name,
  place,
});

/** Publishes a closed month, once: asked again, it answers with what is already public. */
export async function publish(work: Work, month: Month): Promise<Outcome<Published>> {
  const before = await selectEditions(work);
  const already = before.find(({ edition }) => edition.month === month);
  if (already) return accept(already);
  const closed = (await batches(work)).find(batch => batch.month === month);
  if (!closed) return refuse(words.notClosed(month));
  const behind = await peopleByReason(work, month);
  const edition: Edition = editionOf(
    { ...closed, behind },
    {
      presences: await passedPresences(work, month),
      spaces: (await listSpaces(work)).map(named),
      past: { firsts: await firstMonths(work, month), published: before.map(one => one.edition) },
      claimed: await claimedMonths(work),
    },
  );
  await insertEdition(work, edition);
  return accept({ edition, publishedAt: work.now });
}

/** All that is public, the oldest month first. */
export const editions = (work: Work): Promise<readonly Published[]> => selectEditions(work);

/** Spaces open now, for the map: public already, and without any figure. */
export const openSpaces = async (work: Work): Promise<readonly NamedSpace[]> =>
  (await listSpaces(work)).filter(space => space.status === 'open').map(named);
