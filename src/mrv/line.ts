import { createHash } from 'node:crypto';
import { type Canonical, canonical, sha256 } from '../kernel/canonical.ts';
import { accept, BrokenInvariant, type Outcome } from '../kernel/outcome.ts';
import { text } from '../kernel/rational.ts';
import type { Day } from '../kernel/time.ts';
import type { DayQuantity, DayRequest } from '../method/method.ts';
import { entryBytes, type Hash, type LogEntry, leafHash } from '../notary/notary.ts';

/** The one scheme that may use a presence. */
export const schemes = ['cee', 'lbc', 'other', 'none'] as const;
export type Scheme = (typeof schemes)[number];

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
}

/** Why a presence is not credited, in order of precedence: the first that holds is the answer. */
export const reasons = [
  'credited',
  'blocked',
  'evidence_too_weak',
  'no_trip',
  'estimated_distance',
  'replaced_unknown',
  'replaced_other',
  'second_of_the_day',
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

/** Reference less actual metres of a presence, credited or not: what the trip would be worth on the road. */
export const tripMetres = ({ trip }: MonthPresence): bigint =>
  trip === null ? 0n : metresOf(trip.reference) - metresOf(trip.actual);

/** An accounting line before it has a place in the log. Masses are exact milligrams. */
export interface Account {
  readonly presence: MonthPresence;
  readonly reason: Reason;
  readonly scheme: Scheme;
  readonly gross_mg: string;
  readonly net_mg: string;
  readonly avoided_m: bigint;
  readonly unallocated_m: bigint;
}

export interface Policy {
  /** The scheme that a creditable presence serves in this network. */
  readonly scheme: Exclude<Scheme, 'none'>;
  readonly quantify: (day: DayRequest) => Outcome<DayQuantity>;
  /** Person-days that an earlier batch credits. */
  readonly creditedBefore: ReadonlySet<string>;
}

/** A person and a day as one keyed hash: what can be credited once only. */
export const personDayOf = ({ personCommit, day }: MonthPresence): string => sha256(`${personCommit} ${day}`);

const dayRequest = ({ x, replaced, reference, actual, space_energy_mg }: CountedTrip): DayRequest => {
  const leg = ({ metres, factor, occupancy }: CountedLeg) => ({ metres, factor, ...(occupancy && { occupancy }) });
  return { x, replaced, reference: reference.map(leg), actual: actual.map(leg), space_energy_mg };
};

const unallocated = (presence: MonthPresence, reason: Reason): Account => ({
  presence,
  reason,
  scheme: 'none',
  gross_mg: '0',
  net_mg: '0',
  avoided_m: 0n,
  unallocated_m: tripMetres(presence),
});

function accountFor(presence: MonthPresence, reason: Reason, { scheme, quantify }: Policy): Outcome<Account> {
  if (reason !== 'credited' || presence.trip === null) return accept(unallocated(presence, reason));
  const day = quantify(dayRequest(presence.trip));
  if (!day.ok) return day;
  const { gross_mg, net_mg, avoided_m, credited } = day.value;
  if (!credited)
    throw new BrokenInvariant(`the method does not credit a day that the accounts do: ${day.value.reason}`);
  return accept({
    presence,
    reason,
    scheme,
    gross_mg: text(gross_mg),
    net_mg: text(net_mg),
    avoided_m,
    unallocated_m: 0n,
  });
}

const inAccountsOrder = (a: MonthPresence, b: MonthPresence): number =>
  a.day !== b.day ? (a.day < b.day ? -1 : 1) : a.presenceId < b.presenceId ? -1 : 1;

/**
 * Why each decided presence is credited or not, by presence id. A person's other presences of a credited day rest on the same
 * trip, whichever of them bears it.
 */
export function reasonsOf(
  presences: readonly MonthPresence[],
  creditedBefore: ReadonlySet<string>,
): ReadonlyMap<string, Reason> {
  const credited = new Set(creditedBefore);
  const found = new Map<string, Reason>();
  for (const presence of [...presences].sort(inAccountsOrder)) {
    const reason = reasonFor(presence, credited.has(personDayOf(presence)));
    if (reason === 'credited') credited.add(personDayOf(presence));
    found.set(presence.presenceId, reason);
  }
  for (const presence of presences) {
    const sameTrip = found.get(presence.presenceId) === 'no_trip' && credited.has(personDayOf(presence));
    if (sameTrip) found.set(presence.presenceId, 'second_of_the_day');
  }
  return found;
}

/** One account for each decided presence, by day then id. */
export function accountsOf(presences: readonly MonthPresence[], policy: Policy): Outcome<readonly Account[]> {
  const found = reasonsOf(presences, policy.creditedBefore);
  const accounts: Account[] = [];
  for (const presence of [...presences].sort(inAccountsOrder)) {
    const account = accountFor(presence, found.get(presence.presenceId)!, policy);
    if (!account.ok) return account;
    accounts.push(account.value);
  }
  return accept(accounts);
}

/** What a line's leaf commits to: `docs/reference/dossier.md` §3. */
export const payloadOf = (account: Account, lineId: string): { readonly [key: string]: Canonical } => {
  const { presence, reason, scheme, gross_mg, net_mg, avoided_m, unallocated_m } = account;
  const { trip } = presence;
  const legs = (side: readonly CountedLeg[] | undefined): Canonical => (side ?? []).map(leg => ({ ...leg }));
  return {
    line: lineId,
    vintage: Number(presence.day.slice(0, 4)),
    share: presence.halves === 2 ? '1' : '1/2',
    evidence: presence.evidence,
    x: trip?.x ?? 1,
    replaced: trip?.replaced ?? 'unknown',
    replaced_source: trip?.replaced_source ?? 'none',
    reference: legs(trip?.reference),
    actual: legs(trip?.actual),
    space_energy_mg: trip?.space_energy_mg ?? '0',
    scheme,
    credited: reason === 'credited',
    reason,
    gross_mg,
    net_mg,
    avoided_m: String(avoided_m),
    unallocated_m: String(unallocated_m),
  };
};

/** An accounting line in its place in the log. */
export interface Line {
  readonly lineId: string;
  readonly account: Account;
  readonly entry: LogEntry;
  readonly payload: { readonly [key: string]: Canonical };
  /** 32 bytes in hex: with the payload destroyed too, nothing can be guessed from the leaf. */
  readonly salt: string;
  readonly leaf: Hash;
}

export interface Place {
  readonly lineId: string;
  readonly seq: number;
  readonly salt: string;
}

/** `SHA-256(salt ‖ canonical payload)`, in hex. */
export const payloadCommit = (salt: string, payload: Canonical): string =>
  createHash('sha256').update(Buffer.from(salt, 'hex')).update(canonical(payload)).digest('hex');

export function lineAt(account: Account, { lineId, seq, salt }: Place): Line {
  const payload = payloadOf(account, lineId);
  const { spaceId, day, personCommit } = account.presence;
  const entry: LogEntry = {
    type: 'presence',
    seq,
    site: spaceId,
    day,
    person_commit: personCommit,
    payload_commit: payloadCommit(salt, payload),
  };
  return { lineId, account, entry, payload, salt, leaf: leafHash(entryBytes(entry)) };
}
