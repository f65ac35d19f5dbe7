import type { Id } from '../kernel/ids.ts';
import { addSeconds, type Day, type Instant, type Interval, instantText, isBefore } from '../kernel/time.ts';

// Which doors a booking opens, until when, and what has to be told to the lock.

export type GrantId = Id<'grt'>;
export type GrantState = 'waiting' | 'granted' | 'withdrawn' | 'failed';

/** Why a lock was not told. The first three end by themselves, so that it is asked again; the others someone has to mend. */
export type Failure = 'unreachable' | 'slow' | 'broken' | 'refused' | 'unreadable' | 'token_lost';

export type Adapter = 'webhook' | 'home_assistant';

/** How a space's doors are spoken to, and what is told to them. */
export interface Lock {
  readonly spaceId: Id<'spc'>;
  readonly adapter: Adapter;
  readonly address: string;
  readonly token: Uint8Array;
  readonly service: string | null;
  readonly opens: boolean;
  readonly givesPin: boolean;
  readonly before_min: number;
  readonly after_min: number;
  readonly everyone: readonly string[];
  readonly checkedAt: Instant | null;
  readonly checkFailure: Failure | null;
  readonly checkStatus: number | null;
}

export interface DoorGroup {
  readonly groupId: string;
  readonly name: string;
}

export interface Grant {
  readonly grantId: GrantId;
  readonly bookingId: Id<'bkg'>;
  readonly spaceId: Id<'spc'>;
  readonly resourceId: Id<'res'>;
  readonly day: Day;
  readonly groups: readonly string[];
  readonly during: Interval;
  readonly wanted: 'open' | 'withdrawn';
  readonly revision: number;
  readonly sentRevision: number;
  readonly state: GrantState;
  readonly failure: Failure | null;
  readonly failureStatus: number | null;
  readonly attempts: number;
  readonly nextTryAt: Instant | null;
  readonly sendingUntil: Instant | null;
  readonly toldAt: Instant | null;
  readonly pin: { readonly sealed: Uint8Array; readonly mac: Uint8Array } | null;
}

/** A booking that stands, as far as doors are concerned. */
export interface Booked {
  readonly bookingId: Id<'bkg'>;
  readonly resourceId: Id<'res'>;
  readonly day: Day;
  readonly during: Interval;
}

/** What a booking opens. */
export interface Wanted extends Booked {
  readonly groups: readonly string[];
}

export interface DoorFacts {
  readonly lock: Pick<Lock, 'opens' | 'everyone' | 'before_min' | 'after_min' | 'givesPin'>;
  /** Groups of each desk or room, beside those of everyone. */
  readonly byResource: ReadonlyMap<string, readonly string[]>;
  readonly bookings: readonly Booked[];
  readonly grants: readonly Grant[];
  readonly now: Instant;
  /** The lock is another one, or its token is: it is told everything again. */
  readonly again?: boolean | undefined;
}

export interface Changes {
  readonly added: readonly Wanted[];
  readonly revised: readonly { readonly grant: Grant; readonly to: Wanted }[];
  readonly withdrawn: readonly Grant[];
}

const minute_s = 60;

/** From a margin before the booking to a margin after. */
export const widened = ({ from, to }: Interval, margins: Pick<Lock, 'before_min' | 'after_min'>): Interval => ({
  from: addSeconds(from, -margins.before_min * minute_s),
  to: addSeconds(to, margins.after_min * minute_s),
});

const wantedOf = ({ lock, byResource }: DoorFacts, booking: Booked): Wanted => ({
  ...booking,
  groups: [...new Set([...lock.everyone, ...(byResource.get(booking.resourceId) ?? [])])].toSorted(),
  during: widened(booking.during, lock),
});

const spanText = ({ from, to }: Interval): string => `${instantText(from)}/${instantText(to)}`;

const isSame = (grant: Grant, wanted: Wanted, { lock, again }: DoorFacts): boolean =>
  again !== true &&
  grant.wanted === 'open' &&
  grant.groups.join('\n') === wanted.groups.join('\n') &&
  spanText(grant.during) === spanText(wanted.during) &&
  (grant.pin !== null) === lock.givesPin;

/** What has to change so that each booking that stands opens its doors, and no other does. What is over stays as it was. */
export function changesOf(facts: DoorFacts): Changes {
  const { lock, bookings, grants, now } = facts;
  const wanted = (lock.opens ? bookings : [])
    .map(booking => wantedOf(facts, booking))
    .filter(one => one.groups.length > 0 && isBefore(now, one.during.to));
  const known = new Map(grants.map(grant => [grant.bookingId as string, grant]));
  const standing = new Set(wanted.map(one => one.bookingId as string));
  return {
    added: wanted.filter(one => !known.has(one.bookingId)),
    revised: wanted.flatMap(to => {
      const grant = known.get(to.bookingId);
      return grant && !isSame(grant, to, facts) ? [{ grant, to }] : [];
    }),
    withdrawn: grants.filter(
      grant => grant.wanted === 'open' && !standing.has(grant.bookingId) && isBefore(now, grant.during.to),
    ),
  };
}

const endsByItself: readonly Failure[] = ['unreachable', 'slow', 'broken'];
const [shortest_s, longest_s] = [30, 600];
/** From so long before a door should open, a lock is asked again each minute. */
const [near_s, nearby_s] = [1_800, 60];

/** Nobody heard: whoever else waits for that lock would not be heard either. */
export const isAway = (failure: Failure): boolean => endsByItself.includes(failure);

/**
 * When a lock is asked again after so many tries: 30 s, a minute, two… ten at most, one when the door is soon to open. Null when
 * asking again changes nothing.
 */
export function nextTry(
  failure: Failure,
  tries: number,
  { now, opens }: { readonly now: Instant; readonly opens: Instant },
): Instant | null {
  if (!isAway(failure)) return null;
  const most_s = isBefore(now, addSeconds(opens, -near_s)) ? longest_s : nearby_s;
  return addSeconds(now, Math.min(most_s, shortest_s * 2 ** Math.min(tries - 1, 10)));
}
