import { employersOfSites, employmentsOn } from '../employers/employers.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, BrokenInvariant, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import { type Day, type Instant, localDay, type Month } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import type { Replaced } from '../method/method.ts';
import type { Work } from '../platform/database.ts';
import type { RoadRouter } from '../platform/roads/roads.ts';
import { attestationsOf, personsOf, standingAmong } from '../presence/presence.ts';
import { listSpaces, type Space, spacesByIds } from '../spaces/spaces.ts';
import { type Baseline, type BaselineId, type Declaration, declarationRefusal, type Workplace } from './baseline.ts';
import { answerRefusal, type KnownLeg, type LegKind, type PlannedLeg, plannedLegs } from './legs.ts';
import { byBaseline, evidenceOf, type RouteEvidence } from './route.ts';
import * as store from './store.ts';
import {
  answered,
  type Counted,
  countTrip,
  type DayTaken,
  type NewTrip,
  oneADay,
  sameCount,
  type Trip,
} from './trip.ts';
import { words } from './words.ts';

export type { Baseline, BaselineId, Declaration, Energy, Home, Travel, TravelMode, Workplace } from './baseline.ts';
export type { KnownLeg, LegKind } from './legs.ts';
export type { RouteEvidence } from './route.ts';
export type { MonthTotal } from './store.ts';
export type { NewTrip, Source, Trip } from './trip.ts';

/** Days of declarations and answers are those of metropolitan France; a presence's own day comes from its space. */
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
  const before = await store.selectDeclared(work, personIds);
  const known = (await spacesByIds(work, [...new Set(declared.flatMap(one => one.spaceIds))])).map(s => s.spaceId);
  const baselines: Baseline[] = [];
  for (const one of declared) {
    const workplace = workplaces.get(one.personId) ?? null;
    const facts = { today: today(work), isFirst: !before.has(one.personId), workplace };
    const why = declarationRefusal({ ...one, validFrom }, facts);
    if (why || workplace === null) return refuse(why ?? words.noWorkplace);
    const spaceIds = known.filter(id => one.spaceIds.includes(id));
    baselines.push({ ...one, validFrom, spaceIds, baselineId: work.newId('bas'), workplace, recordedAt: work.now });
  }
  await store.deleteHomePointsOf(work, personIds);
  await store.insertBaselines(work, baselines);
  return accept(baselines);
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

const refusedLeg = (kind: LegKind, why: Refusal): Refusal => {
  if (why.code === 'roads.no_route') return words.noRoute(kind);
  return why.code === 'roads.snap_too_far' ? words.snapTooFar(kind) : why;
};

/** Asks for one direction, the shortest way; a refusal names the leg. */
const askRoad = async (roads: RoadRouter, leg: PlannedLeg) => {
  const answer = await roads.route(leg.from, leg.to, leg.mode, 'shortest');
  if (!answer.ok) return refuse(refusedLeg(leg.kind, answer.refusal));
  const why = answerRefusal(leg.kind, answer.value);
  return why === null ? answer : refuse(why);
};

/** A leg that nobody needs yet may stay unknown; an engine that is away says so instead. */
const mayStayUnknown = (leg: PlannedLeg, why: Refusal): boolean => !leg.required && why.code.startsWith('commute.');

/** Every leg of one declaration, each direction apart. */
async function measure(
  roads: RoadRouter,
  baseline: Baseline,
  asked: { readonly spaces: readonly Space[]; readonly salt: string; readonly at: Instant },
): Promise<Outcome<readonly RouteEvidence[]>> {
  if (baseline.home.exact === null) return refuse(words.homeGone);
  const routes: RouteEvidence[] = [];
  for (const leg of plannedLegs(baseline, baseline.home.exact, asked.spaces)) {
    const answer = await askRoad(roads, leg);
    if (answer.ok) routes.push(evidenceOf(leg, answer.value, { ...asked, baselineId: baseline.baselineId }));
    else if (!mayStayUnknown(leg, answer.refusal)) return answer;
  }
  return accept(routes);
}

/**
 * Asks the road engine for every leg of declarations, then erases the exact homes: only their communes stay. All or
 * nothing; called again, answers what is already known.
 */
export async function computeAllDistances(
  work: Work,
  roads: RoadRouter,
  baselineIds: readonly BaselineId[],
): Promise<Outcome<readonly RouteEvidence[]>> {
  const baselines = await store.selectBaselinesByIds(work, baselineIds);
  if (baselines.length < baselineIds.length) return refuse(words.unknownBaseline);
  const known = await store.selectRoutes(work, baselineIds);
  const measured = new Set(known.map(route => route.baselineId));
  const open = baselines.filter(({ baselineId }) => !measured.has(baselineId));
  if (open.length === 0) return accept(known);
  const spaces = await listSpaces(work);
  const salts = open.map(({ baselineId }) => ({ baselineId, salt: work.newId('salt') }));
  const routes: RouteEvidence[] = [];
  for (const [i, baseline] of open.entries()) {
    const answer = await measure(roads, baseline, { spaces, salt: salts[i]!.salt, at: work.now });
    if (!answer.ok) return answer;
    routes.push(...answer.value);
  }
  await store.insertRoutes(work, routes, salts);
  await store.deleteHomePoints(
    work,
    open.map(({ baselineId }) => baselineId),
  );
  return accept([...known, ...routes]);
}

/** The legs of one declaration; see `computeAllDistances`. */
export const computeDistances = (work: Work, roads: RoadRouter, baselineId: BaselineId) =>
  computeAllDistances(work, roads, [baselineId]);

/** The declaration that holds for a person on a day. */
export const currentBaseline = async (work: Work, personId: Id<'per'>, day: Day): Promise<Baseline | null> =>
  (await store.selectBaselinesOn(work, [{ personId, day }])).get(`${personId} ${day}`) ?? null;

/** Every declaration of a person, the newest first. */
export const baselinesOf = (work: Work, personId: Id<'per'>): Promise<readonly Baseline[]> =>
  store.selectBaselinesOf(work, personId);

/** The distances behind these declarations: evidence for a dossier. */
export const routesOf = (work: Work, baselineIds: readonly BaselineId[]): Promise<readonly RouteEvidence[]> =>
  store.selectRoutes(work, baselineIds);

export interface RefusedTrip {
  readonly attestationId: Id<'prs'>;
  readonly refusal: Refusal;
}

export interface RecordedTrips {
  readonly recorded: readonly Trip[];
  readonly refused: readonly RefusedTrip[];
}

const legsOf = async (
  work: Work,
  baselines: ReadonlyMap<string, Baseline>,
): Promise<ReadonlyMap<BaselineId, readonly KnownLeg[]>> => {
  const ids = [...new Set([...baselines.values()].map(({ baselineId }) => baselineId))];
  return byBaseline(await store.selectLegs(work, ids));
};

/** Presences that already stand for a person's day; one that was reversed no longer does. */
async function daysTaken(work: Work, asked: readonly NewTrip[]): Promise<readonly DayTaken[]> {
  const counted = await store.selectTripsOn(work, asked);
  const ids = new Set(asked.map(trip => trip.attestationId));
  const others = counted.filter(trip => !ids.has(trip.attestationId));
  if (others.length === 0) return counted;
  const known = await attestationsOf(work, { attestationIds: others.map(trip => trip.attestationId) });
  const reversed = new Set(known.filter(one => one.finality === 'reversed').map(one => one.attestationId));
  return counted.filter(trip => !reversed.has(trip.attestationId));
}

/**
 * Counts presences of any days at once. A presence counted before gets a new revision only if its count changes; of
 * several presences on one day of a person, the first counted stands for the day.
 */
export async function recordAvoidedTrips(work: Work, asked: readonly NewTrip[]): Promise<RecordedTrips> {
  if (asked.length === 0) return { recorded: [], refused: [] };
  const baselines = await store.selectBaselinesOn(work, asked);
  await store.lockBaselines(work, [...new Set([...baselines.values()].map(({ baselineId }) => baselineId))]);
  const legs = await legsOf(work, baselines);
  const alone = oneADay(asked, await daysTaken(work, asked));
  const counted = asked.map(trip => {
    if (!alone.has(trip.attestationId)) return refuse(words.dayAlreadyCounted(trip.day));
    const baseline = baselines.get(`${trip.personId} ${trip.day}`) ?? null;
    return countTrip(trip, baseline, (baseline && legs.get(baseline.baselineId)) ?? []);
  });
  const refused = counted.flatMap((outcome, i) =>
    outcome.ok ? [] : [{ attestationId: asked[i]!.attestationId, refusal: outcome.refusal }],
  );
  const recorded = await keepTrips(
    work,
    counted.flatMap(outcome => (outcome.ok ? [outcome.value] : [])),
  );
  return { recorded, refused };
}

/**
 * Counts presences that have been attested, under the answers that their people gave for the day. Told twice, it changes
 * nothing; a presence whose person was erased, or that was reversed, is left out.
 */
export async function recordAttested(work: Work, attestationIds: readonly Id<'prs'>[]): Promise<RecordedTrips> {
  const attested = await standingAmong(work, attestationIds);
  const persons = await personsOf(work, [...new Set(attested.map(one => one.pseudonym))]);
  const known = attested.flatMap(({ attestationId, pseudonym, spaceId, day }) => {
    const personId = persons.get(pseudonym);
    return personId === undefined ? [] : [{ attestationId, personId, spaceId, day }];
  });
  const answers = new Map((await store.selectAnswers(work, known)).map(one => [`${one.personId} ${one.day}`, one]));
  return recordAvoidedTrips(
    work,
    known.map(one => answered(one, answers.get(`${one.personId} ${one.day}`))),
  );
}

/** Writes what is new or changed, and answers the current revision of each. */
async function keepTrips(work: Work, trips: readonly Counted[]): Promise<readonly Trip[]> {
  const ids = trips.map(trip => trip.attestationId);
  for (let attempt = 1; attempt <= 3; attempt++) {
    const current = new Map((await store.selectTripsById(work, ids)).map(trip => [trip.attestationId, trip]));
    const changed = trips.filter(trip => {
      const before = current.get(trip.attestationId);
      return before === undefined || !sameCount(before, trip);
    });
    if (changed.length === 0) return trips.map(trip => current.get(trip.attestationId)!);
    const next = changed.map(trip => ({ ...trip, revision: (current.get(trip.attestationId)?.revision ?? 0) + 1 }));
    const written = await store.insertTrips(work, next);
    // Another transaction wrote some of them meanwhile: its count is read before ours is compared again.
    if (written.size < next.length) continue;
    const now = new Map(next.map(trip => [trip.attestationId, { ...trip, recordedAt: work.now }]));
    return trips.map(trip => now.get(trip.attestationId) ?? current.get(trip.attestationId)!);
  }
  throw new BrokenInvariant('a trip just written reads back as it was counted');
}

/** One presence; see `recordAvoidedTrips`. */
export async function recordAvoidedTrip(work: Work, trip: NewTrip): Promise<Outcome<Trip>> {
  const { recorded, refused } = await recordAvoidedTrips(work, [trip]);
  return recorded[0] ? accept(recorded[0]) : refuse(refused[0]!.refusal);
}

export interface DailyAnswer {
  readonly day: Day;
  readonly replaced: Replaced;
  /** The person also went to the company that day. */
  readonly alsoOffice?: boolean;
}

/** "What would you have done that day?" A day already counted is counted again under the answer. */
export async function answerDay(work: Work, { personId }: Actor, answer: DailyAnswer): Promise<Outcome<DailyAnswer>> {
  if (answer.day > today(work)) return refuse(words.dayAhead);
  await answerDays(work, [{ ...answer, personId }]);
  return accept(answer);
}

/** Answers of several people at once, as each of them gave it: a paper list typed in later, the demo network. */
export async function answerDays(
  work: Work,
  given: readonly (DailyAnswer & { readonly personId: Id<'per'> })[],
): Promise<void> {
  if (given.length === 0) return;
  const answers = given.map(({ alsoOffice = false, ...answer }) => ({ ...answer, alsoOffice }));
  await store.upsertAnswers(work, answers);
  const byDay = new Map(answers.map(one => [`${one.personId} ${one.day}`, one]));
  const counted = await store.selectTripsOn(work, answers);
  await recordAvoidedTrips(
    work,
    counted.map(({ attestationId, personId, spaceId, day }) =>
      answered({ attestationId, personId, spaceId, day }, byDay.get(`${personId} ${day}`)),
    ),
  );
}

/** The current count of each presence of a month, or of the presences named. */
export const tripsOf = (
  work: Work,
  which:
    | { readonly month: Month }
    | { readonly days: readonly Day[] }
    | { readonly attestationIds: readonly Id<'prs'>[] },
): Promise<readonly Trip[]> => {
  if ('month' in which) return store.selectTripsOfMonth(work, which.month);
  return 'days' in which
    ? store.selectTripsOfDays(work, which.days)
    : store.selectTripsById(work, which.attestationIds);
};

/** Whose employee each declaration names; absent when it names no site. */
export async function employersOfBaselines(
  work: Work,
  baselineIds: readonly BaselineId[],
): Promise<ReadonlyMap<BaselineId, Id<'org'>>> {
  const sites = await store.selectSites(work, baselineIds);
  const employers = await employersOfSites(work, [...new Set(sites.values())]);
  return new Map([...sites].flatMap(([id, site]) => (employers.has(site) ? [[id, employers.get(site)!]] : [])));
}

/** All the days of one person, oldest first. */
export const tripsOfPerson = (work: Work, personId: Id<'per'>): Promise<readonly Trip[]> =>
  store.selectTripsOfPerson(work, personId);

/** Network totals by month, for indicators: no person, no line. */
export const monthTotals = (work: Work): Promise<readonly store.MonthTotal[]> => store.selectMonthTotals(work);

export interface Recomputed {
  readonly trips: number;
  /** Presences whose count does not come out the same from the evidence kept. */
  readonly differing: readonly Id<'prs'>[];
  /** Sum of the differences in metres, without their signs: 0 when all is well. */
  readonly difference_m: bigint;
}

const magnitude = (metres: bigint): bigint => (metres < 0n ? -metres : metres);

/** Counts every trip of a month again from its declaration and distances, and compares. */
export async function recompute(work: Work, month: Month): Promise<Recomputed> {
  const trips = await store.selectTripsOfMonth(work, month);
  const ids = [...new Set(trips.map(trip => trip.baselineId))];
  const baselines = new Map((await store.selectBaselinesByIds(work, ids)).map(one => [one.baselineId, one]));
  const legs = byBaseline(await store.selectRoutes(work, ids));
  const compared = trips.map(trip => {
    const asked = { ...trip, personId: 'per_' as const, alsoOffice: trip.x === 0 };
    const again = countTrip(asked, baselines.get(trip.baselineId) ?? null, legs.get(trip.baselineId) ?? []);
    const same = again.ok && sameCount(again.value, trip);
    return { trip, same, difference_m: magnitude((again.ok ? again.value.avoided_m : 0n) - trip.avoided_m) };
  });
  return {
    trips: trips.length,
    differing: compared.filter(({ same }) => !same).map(({ trip }) => trip.attestationId),
    difference_m: compared.reduce((sum, { difference_m }) => sum + difference_m, 0n),
  };
}

/** Erases who and where; distances and totals stay. */
export const forgetPerson = (work: Work, personId: Id<'per'>): Promise<void> => store.forget(work, personId);
