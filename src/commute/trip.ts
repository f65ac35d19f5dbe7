import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import type { Day, Instant } from '../kernel/time.ts';
import { type DayRequest, type LegRequest, metresAvoided, type Replaced } from '../method/method.ts';
import type { Baseline, BaselineId, SpaceId } from './baseline.ts';
import { type KnownLeg, legsOfDay } from './legs.ts';
import { words } from './words.ts';

/** Who said what the day replaced: the worker, for that day; or nobody yet. */
export type Source = 'worker' | 'none';

/** One presence, as it is handed over to be counted. */
export interface NewTrip {
  readonly attestationId: Id<'prs'>;
  readonly personId: Id<'per'>;
  readonly day: Day;
  readonly spaceId: SpaceId;
  readonly replaced: Replaced;
  readonly source: Source;
  /** The person also went to the company that day. */
  readonly alsoOffice?: boolean;
  /** People who say that they drive alone in one car that day, this one included; absent when nobody else does. */
  readonly sharers?: number;
}

/** What a worker said of one of their days. */
export interface Answered {
  readonly replaced: Replaced;
  readonly alsoOffice: boolean;
}

type Unanswered = Pick<NewTrip, 'attestationId' | 'personId' | 'day' | 'spaceId'>;

/** A presence under the answer for its day; silence and "I do not know" are no answer. */
export const answered = (presence: Unanswered, answer: Answered | undefined): NewTrip => ({
  ...presence,
  replaced: answer?.replaced ?? 'unknown',
  alsoOffice: answer?.alsoOffice ?? false,
  source: answer === undefined || answer.replaced === 'unknown' ? 'none' : 'worker',
});

/** The presence that a person's day has been counted for. */
export type DayTaken = Pick<NewTrip, 'attestationId' | 'personId' | 'day'>;

/** The presences that may stand for their person's day: one a day, the one already counted before any other. */
export const oneADay = (asked: readonly DayTaken[], taken: readonly DayTaken[]): ReadonlySet<Id<'prs'>> => {
  const standing = new Map<string, Id<'prs'>>();
  for (const { attestationId, personId, day } of [...taken, ...asked]) {
    const key = `${personId} ${day}`;
    if (!standing.has(key)) standing.set(key, attestationId);
  }
  return new Set(standing.values());
};

/** What one presence avoided, with all it takes to count it again. Metres are whole and signed. */
export interface Trip {
  readonly attestationId: Id<'prs'>;
  /** 1 for the first count; each correction is one more. */
  readonly revision: number;
  readonly day: Day;
  readonly spaceId: SpaceId;
  readonly baselineId: BaselineId;
  readonly x: 0 | 1;
  readonly replaced: Replaced;
  readonly source: Source;
  readonly reference: readonly LegRequest[];
  readonly actual: readonly LegRequest[];
  readonly avoided_m: bigint;
  /** People whom one car carried who all said they were alone; absent when nobody else did. */
  readonly sharers?: number;
  readonly recordedAt: Instant;
}

/** What a trip was counted from: the same for all the days that are alike. */
export type TripLegs = Pick<Trip, 'spaceId' | 'baselineId' | 'x' | 'replaced' | 'source' | 'reference' | 'actual'>;

/** The legs of one presence. */
export interface PresenceLegs extends Pick<Trip, 'attestationId'> {
  readonly legs: TripLegs;
}

export type Counted = Omit<Trip, 'revision' | 'recordedAt'>;

/** Counts one presence from the declaration that held that day; refused when something it needs is not known. */
export const countTrip = (asked: NewTrip, baseline: Baseline | null, legs: readonly KnownLeg[]): Outcome<Counted> => {
  if (baseline === null) return refuse(words.noBaseline(asked.day));
  const { attestationId, day, spaceId, source } = asked;
  // Without an answer for that very day there is no counterfactual, whatever the person usually does.
  const replaced = source === 'none' ? 'unknown' : asked.replaced;
  const driven = sharedBy(baseline, asked.sharers);
  const request = legsOfDay({ baseline: driven, legs, spaceId, replaced, alsoOffice: asked.alsoOffice ?? false });
  if (!request.ok) return request;
  const avoided = metresAvoided(request.value);
  if (!avoided.ok) return avoided;
  return accept({
    attestationId,
    day,
    spaceId,
    source,
    baselineId: baseline.baselineId,
    avoided_m: avoided.value,
    ...(asked.sharers !== undefined && { sharers: asked.sharers }),
    ...sidesOf(request.value),
  });
};

/** One car carries all those who say that they are alone in it. */
const sharedBy = (baseline: Baseline, sharers: number | undefined): Baseline =>
  sharers === undefined ? baseline : { ...baseline, office: { ...baseline.office, occupancy: String(sharers) } };

const sidesOf = ({ x, replaced, reference, actual }: DayRequest) => ({ x, replaced, reference, actual });

/** The day as the method reads it. */
export const requestOf = (trip: Counted): DayRequest => sidesOf(trip);

const legText = ({ metres, factor, occupancy }: LegRequest) => JSON.stringify([metres, factor, occupancy ?? '1']);

/** Do two counts of one presence say the same thing? Then nothing new needs to be written. */
export const sameCount = (a: Counted, b: Counted): boolean =>
  a.baselineId === b.baselineId &&
  a.spaceId === b.spaceId &&
  a.x === b.x &&
  a.replaced === b.replaced &&
  a.source === b.source &&
  a.sharers === b.sharers &&
  a.avoided_m === b.avoided_m &&
  [...a.reference, null, ...a.actual].map(leg => leg && legText(leg)).join() ===
    [...b.reference, null, ...b.actual].map(leg => leg && legText(leg)).join();

/** Someone's day with the car that they say they would have driven. */
export interface Driven extends DayTaken {
  readonly plateHash: string;
  /** They say that they would have driven to the office, alone. */
  readonly alone: boolean;
}

/** How many people say that they would have driven one car alone on one day: `plate day`, two at least. */
export function sharersOf(driven: readonly Driven[]): ReadonlyMap<string, number> {
  const people = new Map<string, Set<string>>();
  for (const { plateHash, day, personId } of driven.filter(one => one.alone)) {
    const key = `${plateHash} ${day}`;
    people.set(key, (people.get(key) ?? new Set()).add(personId));
  }
  return new Map([...people].flatMap(([key, { size }]) => (size > 1 ? [[key, size]] : [])));
}
