import type { Id } from '../../kernel/ids.ts';
import { accept, BrokenInvariant, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { type Day, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Replaced } from '../../method/method.ts';
import type { Work } from '../../platform/database.ts';
import { attestationsOf, personsOf, standingAmong } from '../../presence/presence.ts';
import { type Baseline, type BaselineId, isAlone } from '../baseline.ts';
import type { KnownLeg } from '../legs.ts';
import { byBaseline } from '../route.ts';
import { lockBaselines, lockPlates, selectBaselinesOn } from '../store/baseline.ts';
import { selectLegs } from '../store/route.ts';
import * as store from '../store/trip.ts';
import {
  answered,
  type Counted,
  countTrip,
  type DayTaken,
  type Driven,
  type NewTrip,
  oneADay,
  sameCount,
  sharersOf,
  type Trip,
} from '../trip.ts';
import { words } from '../words.ts';
import { judgeTrips } from './judging.ts';

// Counting what presences avoided, under the declarations and answers of their people.

/** Days of answers are those of metropolitan France; a presence's own day comes from its space. */
const zone = 'Europe/Paris';

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
  return byBaseline(await selectLegs(work, ids));
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

type Baselines = ReadonlyMap<string, Baseline>;

const baselineOn = (baselines: Baselines, { personId, day }: Pick<NewTrip, 'personId' | 'day'>): Baseline | null =>
  baselines.get(`${personId} ${day}`) ?? null;

const drivenBy = (trip: NewTrip, baseline: Baseline | null): readonly Driven[] => {
  const plateHash = baseline?.plateHash;
  if (!baseline || !plateHash) return [];
  const { attestationId, personId, day } = trip;
  const alone = isAlone(baseline.office) && trip.source === 'worker' && trip.replaced === 'office';
  return [{ attestationId, personId, day, plateHash, alone }];
};

/**
 * Trips with the number of people who say that they drive the same car alone that day; trips counted before whose number
 * this changes are counted again with them.
 */
async function sharingCars(work: Work, asked: readonly NewTrip[], baselines: Baselines): Promise<readonly NewTrip[]> {
  const driven = asked.flatMap(trip => drivenBy(trip, baselineOn(baselines, trip)));
  if (driven.length === 0) return asked;
  await lockPlates(work);
  const ids = new Set(asked.map(trip => trip.attestationId));
  const before = (await store.selectTripsByPlate(work, driven)).filter(trip => !ids.has(trip.attestationId));
  const others = before.map(({ plateHash: _, x, ...trip }): NewTrip => ({ ...trip, alsoOffice: x === 0 }));
  const known = new Map([...baselines, ...(await selectBaselinesOn(work, others))]);
  const all = [...asked, ...others];
  const everyone = all.flatMap(trip => drivenBy(trip, baselineOn(known, trip)));
  const sharers = sharersOf(everyone);
  const carOf = new Map(
    everyone.filter(one => one.alone).map(one => [one.attestationId, `${one.plateHash} ${one.day}`]),
  );
  return all.map(trip => {
    const number = sharers.get(carOf.get(trip.attestationId) ?? '');
    return number === undefined ? trip : { ...trip, sharers: number };
  });
}

/**
 * Counts presences of any days at once. A presence counted before gets a new revision only if its count changes; of
 * several presences on one day of a person, the first counted stands for the day. What the rules say of each is told.
 */
export async function recordAvoidedTrips(work: Work, given: readonly NewTrip[]): Promise<RecordedTrips> {
  if (given.length === 0) return { recorded: [], refused: [] };
  const known = await selectBaselinesOn(work, given);
  const asked = await sharingCars(work, given, known);
  const baselines = asked === given ? known : await selectBaselinesOn(work, asked);
  await lockBaselines(work, [...new Set([...baselines.values()].map(({ baselineId }) => baselineId))]);
  const legs = await legsOf(work, baselines);
  const alone = oneADay(asked, await daysTaken(work, asked));
  const counted = asked.map(trip => {
    if (!alone.has(trip.attestationId)) return refuse(words.dayAlreadyCounted(trip.day));
    const baseline = baselineOn(baselines, trip);
    return countTrip(trip, baseline, (baseline && legs.get(baseline.baselineId)) ?? []);
  });
  const refused = counted.flatMap((outcome, i) =>
    outcome.ok ? [] : [{ attestationId: asked[i]!.attestationId, day: asked[i]!.day, refusal: outcome.refusal }],
  );
  const recorded = await keepTrips(
    work,
    counted.flatMap(outcome => (outcome.ok ? [outcome.value] : [])),
  );
  const named = new Map([...baselines.values()].map(one => [one.baselineId, one]));
  await judgeTrips(work, { trips: recorded, baselines: named, legs, uncounted: refused });
  const own = new Set(given.map(trip => trip.attestationId));
  return {
    recorded: recorded.filter(trip => own.has(trip.attestationId)),
    refused: refused.filter(one => own.has(one.attestationId)).map(({ day: _, ...one }) => one),
  };
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
  const counted = await recordAvoidedTrips(
    work,
    known.map(one => answered(one, answers.get(`${one.personId} ${one.day}`))),
  );
  // Nobody is left to say what these avoided: they are judged as presences that avoid nothing.
  const uncounted = attested.filter(one => !persons.has(one.pseudonym));
  await judgeTrips(work, { trips: [], baselines: new Map(), legs: new Map(), uncounted });
  return counted;
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
  if (answer.day > localDay(work.now, zone)) return refuse(words.dayAhead);
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
