import type { Id } from '../kernel/ids.ts';
import { type Day, type DayPart, type Instant, type Interval, isBefore } from '../kernel/time.ts';
import { type ResourceKind, resourceKinds, seatKinds } from '../spaces/spaces.ts';
import type { WallHours } from './hours.ts';

export type BookingId = Id<'bkg'>;
export type Half = 'morning' | 'afternoon';
export const bookable = resourceKinds;
export type BookableKind = ResourceKind;
/**
 * `held`: kept for a few minutes until confirmed; `requested`: kept until who runs the space answers; `blocked`: taken by an outer
 * calendar, for nobody.
 */
export type BookingStatus = 'held' | 'requested' | 'confirmed' | 'cancelled' | 'blocked';

/** What a booking weighs on: the halves of the day it takes. */
export const halvesOf = (part: DayPart): readonly Half[] => (part === 'day' ? ['morning', 'afternoon'] : [part]);

/** Its time to be confirmed or approved is over: it holds nothing any more. */
export const isExpired = ({ status, heldUntil }: Pick<Booking, 'status' | 'heldUntil'>, now: Instant): boolean =>
  status !== 'cancelled' && heldUntil !== null && !isBefore(now, heldUntil);

/** Does one part of the day hold all of another? */
export const includes = (part: DayPart, other: DayPart): boolean => part === other || part === 'day';

/** A claim on a desk, never a proof of presence. The price is the one of the day when it was booked. */
export interface Booking {
  readonly bookingId: BookingId;
  readonly spaceId: Id<'spc'>;
  readonly resourceId: Id<'res'>;
  readonly kind: BookableKind;
  readonly personId: Id<'per'>;
  /** Calendar day on the space's own wall. */
  readonly day: Day;
  /** By the hour: the halves of the day that it meets. */
  readonly part: DayPart;
  /** From and to on the wall, when it is booked by the hour. */
  readonly hours: WallHours | null;
  readonly during: Interval;
  /** When someone else may have the place: its end, and the time that the space keeps free after it. */
  readonly freeAgain: Instant;
  readonly status: BookingStatus;
  /** What is left to pay, once passes have paid their part. */
  readonly price_eur_cents: bigint;
  /** What passes paid. */
  readonly covered_eur_cents: bigint;
  /** Who pays: an employer (`org_…`) or the person (`per_…`). */
  readonly payerKind: 'employer' | 'person';
  readonly payerId: Id<'org'> | Id<'per'>;
  /** The subscription that pays, when one does. The charge stands in `billing` under the booking's id. */
  readonly contractId: Id<'sub'> | null;
  readonly bookedAt: Instant;
  readonly cancelledAt: Instant | null;
  /** When a pending booking ends by itself; null once confirmed. Kept by one cancelled while pending: it was never charged. */
  readonly heldUntil: Instant | null;
  /** Who sits there instead of the person, whom they invite; null for the person's own place. */
  readonly guestId: Id<'gst'> | null;
  /** The first booking of those that were moved until this one; null when it was never moved. */
  readonly continues: BookingId | null;
  /** How many times it was moved. */
  readonly moves: number;
  /** How many times its desk or its hours were changed under it; it is the same booking. */
  readonly amended: number;
  /** The week or the month that it was booked with. */
  readonly termId: Id<'trm'> | null;
}

/** Does someone sit there? One is expected at a desk, not in a locker. */
export const isSeat = ({ kind }: Pick<Booking, 'kind'>): boolean => seatKinds.includes(kind);

/** Does it take a place to sit for half a day or more? Those count in a share of the week, and corroborate a presence. */
export const isHalfDays = (booking: Pick<Booking, 'kind' | 'hours'>): boolean =>
  isSeat(booking) && booking.hours === null;

/** The id that a booking keeps however often it is moved: its calendar event's. */
export const firstOf = ({ continues, bookingId }: Pick<Booking, 'continues' | 'bookingId'>): BookingId =>
  continues ?? bookingId;

/**
 * Does an account, or a pass, bear this day? A free day that someone pays for themselves leaves no trace to corroborate with; an hour
 * in a booth says nothing of half a day.
 */
export const isCharged = (booking: Booking): boolean =>
  isHalfDays(booking) &&
  (booking.contractId !== null || booking.price_eur_cents > 0n || booking.covered_eur_cents > 0n);

/** What someone asks for: a place in a space (a free desk is chosen), or one desk of it. */
export interface BookingRequest {
  readonly spaceId: Id<'spc'>;
  readonly resourceId?: Id<'res'> | undefined;
  readonly day: Day;
  readonly part: DayPart;
  /** By the hour, where the kind of place allows it; `part` is then `partOf` them. */
  readonly hours?: WallHours | null | undefined;
  /** A desk unless said otherwise. */
  readonly kind?: BookableKind | undefined;
  /** Chosen by the caller so that asking twice books once. */
  readonly bookingId?: BookingId | undefined;
}

/** A request with who will sit there and who asked for it. */
export interface Asked extends BookingRequest {
  readonly personId: Id<'per'>;
  readonly bookedBy?: Id<'per'> | undefined;
  /** Keeps the place for a few minutes, to be confirmed. */
  readonly hold?: boolean | undefined;
  /** Asked by someone who receives people there: nobody else has to approve. */
  readonly byHost?: boolean | undefined;
  /** The week or month that it is a day of, and its share of that price. */
  readonly term?: { readonly termId: Id<'trm'>; readonly price_eur_cents: bigint } | undefined;
  /** For a guest of the person, beside their own place. */
  readonly guestId?: Id<'gst'> | undefined;
  /** What it is moved from, given back in the same unit of work. */
  readonly movedFrom?: Booking | undefined;
}
