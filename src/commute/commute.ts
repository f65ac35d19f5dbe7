import { employersOfSites, employmentsOn } from '../employers/employers.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { type Day, localDay, type Month } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import type { Work } from '../platform/database.ts';
import { recordDestruction } from '../platform/destruction.ts';
import { spacesByIds } from '../spaces/spaces.ts';
import { type Baseline, type BaselineId, type Declaration, declarationRefusal, type Workplace } from './baseline.ts';
import type { RouteEvidence } from './route.ts';
import * as baselines from './store/baseline.ts';
import { selectRoutes } from './store/route.ts';
import * as trips from './store/trip.ts';
import type { PresenceLegs, Trip, TripLegs } from './trip.ts';
import { words } from './words.ts';

export type { Baseline, BaselineId, Declaration, Energy, Home, Travel, TravelMode, Workplace } from './baseline.ts';
export {
  answerDay,
  answerDays,
  type DailyAnswer,
  type RecordedTrips,
  type RefusedTrip,
  recordAttested,
  recordAvoidedTrip,
  recordAvoidedTrips,
} from './jobs/counting.ts';
export { parameters } from './jobs/judging.ts';
export { computeAllDistances, computeDistances } from './jobs/measuring.ts';
export { judgeAgain, type Recomputed, recompute, recomputeMonth, recomputeRuns } from './jobs/recounting.ts';
export type { KnownLeg, LegKind } from './legs.ts';
export type { RouteEvidence } from './route.ts';
export { rules as tripRules } from './rules.ts';
export type { RecomputeRun } from './store/recount.ts';
export type { MonthTotal } from './store/trip.ts';
export type { NewTrip, PresenceLegs, Source, Trip, TripLegs } from './trip.ts';

/** Days of declarations are those of metropolitan France; a presence's own day comes from its space. */
const zone = 'Europe/Paris';
const today = (work: Work): Day => localDay(work.now, zone);

async function workplacesOn(work: Work, personIds: readonly Id<'per'>[], day: Day) {
  const employments = await employmentsOn(work, { personIds, day });
  return new Map(
    employments.map(({ personId, siteId, siteName, communeCode, place }): [Id<'per'>, Workplace] => [
      personId,
      { siteId, name: siteName, communeCode, place },
    ]),
  );
}

export interface Declarations {
  readonly validFrom: Day;
  readonly declared: readonly (Omit<Declaration, 'validFrom'> & { readonly personId: Id<'per'> })[];
}

/**
 * People say how they travel, from a day on, all or none; the workplace is their employer's site on that day. Exact homes are
 * kept until `computeDistances` has succeeded, or until the next declaration. Nobody's rights are looked at: for imports.
 */
export async function declareBaselines(
  work: Work,
  { validFrom, declared }: Declarations,
): Promise<Outcome<readonly Baseline[]>> {
  const personIds = declared.map(({ personId }) => personId);
  const workplaces = await workplacesOn(work, personIds, validFrom);
  const before = await baselines.selectDeclared(work, personIds);
  const known = (await spacesByIds(work, [...new Set(declared.flatMap(one => one.spaceIds))])).map(s => s.spaceId);
  const made: Baseline[] = [];
  for (const one of declared) {
    const workplace = workplaces.get(one.personId) ?? null;
    const facts = { today: today(work), isFirst: !before.has(one.personId), workplace };
    const why = declarationRefusal({ ...one, validFrom }, facts);
    if (why || workplace === null) return refuse(why ?? words.noWorkplace);
    const spaceIds = known.filter(id => one.spaceIds.includes(id));
    made.push({ ...one, validFrom, spaceIds, baselineId: work.newId('bas'), workplace, recordedAt: work.now });
  }
  await baselines.deleteHomePointsOf(work, personIds);
  await baselines.insertBaselines(work, made);
  return accept(made);
}

/** A person says how they travel; see `declareBaselines`. Refusals: `words.ts`, in order. */
export async function declareBaseline(
  work: Work,
  { personId }: Actor,
  { validFrom, ...declared }: Declaration,
): Promise<Outcome<Baseline>> {
  const made = await declareBaselines(work, { validFrom, declared: [{ ...declared, personId }] });
  return made.ok ? accept(made.value[0]!) : made;
}

/** The declaration that holds for a person on a day. */
export const currentBaseline = async (work: Work, personId: Id<'per'>, day: Day): Promise<Baseline | null> =>
  (await baselines.selectBaselinesOn(work, [{ personId, day }])).get(`${personId} ${day}`) ?? null;

/** Every declaration of a person, the newest first. */
export const baselinesOf = (work: Work, personId: Id<'per'>): Promise<readonly Baseline[]> =>
  baselines.selectBaselinesOf(work, personId);

/** The distances behind these declarations: evidence for a dossier. */
export const routesOf = (work: Work, baselineIds: readonly BaselineId[]): Promise<readonly RouteEvidence[]> =>
  selectRoutes(work, baselineIds);

/** The current count of each presence of a month, or of the presences named. */
export const tripsOf = (
  work: Work,
  which: { readonly month: Month } | { readonly attestationIds: readonly Id<'prs'>[] },
): Promise<readonly Trip[]> =>
  'month' in which ? trips.selectTripsOfMonth(work, which.month) : trips.selectTripsById(work, which.attestationIds);

/**
 * Reads what the presences of some days were counted from, days after days. People go the same way day after day: equal legs are
 * read once, and are one object.
 */
export function legsReader(): (work: Work, days: readonly Day[]) => Promise<readonly PresenceLegs[]> {
  const known = new Map<string, TripLegs>();
  const legsOf = (text: string): TripLegs => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const legs = trips.legsOfText(text);
    known.set(text, legs);
    return legs;
  };
  return async (work, days) => {
    const rows = await trips.selectLegsOfDays(work, days);
    return rows.map(row => ({ attestationId: row.attestationId, legs: legsOf(row.legs) }));
  };
}

/** Whose employee each declaration names; absent when it names no site. */
export async function employersOfBaselines(
  work: Work,
  baselineIds: readonly BaselineId[],
): Promise<ReadonlyMap<BaselineId, Id<'org'>>> {
  const sites = await baselines.selectSites(work, baselineIds);
  const employers = await employersOfSites(work, [...new Set(sites.values())]);
  return new Map([...sites].flatMap(([id, site]) => (employers.has(site) ? [[id, employers.get(site)!]] : [])));
}

/** Between which communes each declaration says that its person would travel: for counts of enough people. */
export const endsOfBaselines = (
  work: Work,
  baselineIds: readonly BaselineId[],
): Promise<ReadonlyMap<BaselineId, baselines.Ends>> => baselines.selectEnds(work, baselineIds);

/** All the days of one person, oldest first. */
export const tripsOfPerson = (work: Work, personId: Id<'per'>): Promise<readonly Trip[]> =>
  trips.selectTripsOfPerson(work, personId);

/** Network totals by month, for indicators: no person, no line. */
export const monthTotals = (work: Work): Promise<readonly trips.MonthTotal[]> => trips.selectMonthTotals(work);

/** Erases who and where; distances and totals stay. */
export const forgetPerson = async (work: Work, personId: Id<'per'>): Promise<void> =>
  recordDestruction(work, await baselines.forget(work, personId));
