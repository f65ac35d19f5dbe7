import { sha256 } from '../kernel/canonical.ts';
import { BrokenInvariant } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import type { DayRequest } from '../method/method.ts';

/** A leg that was counted, with the road answer behind its metres. */
export interface CountedLeg {
  readonly direction: 'out' | 'back';
  /** What is counted: the routed length, or a shorter one that the person declared for a leg not travelled. */
  readonly metres: number;
  readonly routed_m: number;
  readonly factor: string;
  /** Persons in the vehicle, `"7/5"`; present when, and only when, the factor is per vehicle. */
  readonly occupancy?: string;
  /** Road engine and version; `estimate` when none answered. */
  readonly engine: string;
  /** Hash of the map data that the engine read. */
  readonly data_sha256: string;
  /** From the address to the road, the larger of both ends. */
  readonly snap_m: number;
}

export interface CountedTrip {
  readonly x: 0 | 1;
  readonly replaced: DayRequest['replaced'];
  /** Who said what the day replaced. */
  readonly replaced_source: string;
  readonly reference: readonly CountedLeg[];
  readonly actual: readonly CountedLeg[];
  readonly space_energy_mg: string;
}

/** One presence as a month sees it: evidence on one side, the trip not taken on the other. No name, no hour. */
export interface MonthPresence {
  readonly presenceId: string;
  /** HMAC-SHA-256 under the person's own key: one pseudonym a person and year. */
  readonly personCommit: string;
  readonly spaceId: string;
  readonly day: Day;
  /** 1 is half a day, 2 a whole one. */
  readonly halves: 1 | 2;
  readonly evidence: 'A' | 'B' | 'C';
  /**
   * `pending`: a check has not completed, so the month cannot be closed. `waiting`: under review or contested, it stays out
   * of the accounts until decided. `settled`: every check has completed without fault.
   */
  readonly standing: 'pending' | 'waiting' | 'blocked' | 'settled';
  /** Null when nothing says what the day avoided: no baseline, or a distance that is not known. */
  readonly trip: CountedTrip | null;
  /** Whose employee the trip's declaration names; null when it names none. */
  readonly employerId: string | null;
}

/**
 * Why a presence is not credited, in order of precedence: the first that holds is the answer. The last two are of lines that
 * take another back: the presence no longer stands, or serves another scheme.
 */
export const reasons = [
  'credited',
  'blocked',
  'evidence_too_weak',
  'no_trip',
  'estimated_distance',
  'replaced_unknown',
  'replaced_other',
  'second_of_the_day',
  'no_scheme',
  'reversed',
  'reallocated',
] as const;
export type Reason = (typeof reasons)[number];

/** The first reason not to credit this presence; `credited` when none holds. */
export function reasonFor(presence: MonthPresence, isSecondOfTheDay: boolean): Reason {
  const { standing, evidence, trip } = presence;
  if (standing === 'pending' || standing === 'waiting') {
    throw new BrokenInvariant('a presence that is not decided reached the accounts');
  }
  if (standing === 'blocked') return 'blocked';
  if (evidence !== 'C') return 'evidence_too_weak';
  if (trip === null || trip.reference.length === 0 || trip.actual.length === 0) return 'no_trip';
  if ([...trip.reference, ...trip.actual].some(leg => leg.engine === 'estimate')) return 'estimated_distance';
  if (trip.replaced === 'unknown') return 'replaced_unknown';
  if (trip.replaced === 'other') return 'replaced_other';
  return isSecondOfTheDay ? 'second_of_the_day' : 'credited';
}

const metresOf = (legs: readonly CountedLeg[]): bigint => legs.reduce((sum, leg) => sum + BigInt(leg.metres), 0n);

/** Reference less actual metres of a trip: what it would be worth on the road. */
export const legMetres = (trip: CountedTrip | null): bigint =>
  trip === null ? 0n : metresOf(trip.reference) - metresOf(trip.actual);

/** What the trip of a presence would be worth on the road, credited or not. */
export const tripMetres = ({ trip }: MonthPresence): bigint => legMetres(trip);

/** A person and a day as one keyed hash, 64 hex digits: what can be credited once only. */
export const personDayOf = ({ personCommit, day }: Pick<MonthPresence, 'personCommit' | 'day'>): string =>
  sha256(`${personCommit} ${day}`);

export const inAccountsOrder = (a: MonthPresence, b: MonthPresence): number =>
  a.day !== b.day ? (a.day < b.day ? -1 : 1) : a.presenceId < b.presenceId ? -1 : 1;

const dayKey = ({ personCommit, day }: MonthPresence): string => `${personCommit} ${day}`;

/**
 * Why each decided presence is credited or not, by presence id. A person's other presences of a credited day rest on the same
 * trip, whichever of them bears it. `creditedBefore` holds person-days.
 */
export function reasonsOf(
  presences: readonly MonthPresence[],
  creditedBefore: ReadonlySet<string>,
): ReadonlyMap<string, Reason> {
  const credited = new Set<string>();
  const isTaken = (presence: MonthPresence) =>
    credited.has(dayKey(presence)) || (creditedBefore.size > 0 && creditedBefore.has(personDayOf(presence)));
  const found = new Map<string, Reason>();
  for (const presence of [...presences].sort(inAccountsOrder)) {
    const reason = reasonFor(presence, isTaken(presence));
    if (reason === 'credited') credited.add(dayKey(presence));
    found.set(presence.presenceId, reason);
  }
  for (const presence of presences) {
    if (found.get(presence.presenceId) === 'no_trip' && isTaken(presence))
      found.set(presence.presenceId, 'second_of_the_day');
  }
  return found;
}
