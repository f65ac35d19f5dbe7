import { reverseMany } from '../../billing/billing.ts';
import { unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, BrokenInvariant, type Outcome, refuse } from '../../kernel/outcome.ts';
import { isBefore, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { type Space, spacesByIds } from '../../spaces/spaces.ts';
import type { Booking, BookingId } from '../claim.ts';
import { leftAlone } from '../guest.ts';
import { type Cancellation, cancellationAt, type DatedPolicy, freeUntil, policyOn } from '../policy.ts';
import { mayActFor } from '../rules.ts';
import { endUsuals } from '../store/usual.ts';
import * as store from '../store.ts';
import { words } from '../words.ts';
import { restoreDraws } from './drawing.ts';
import { announceOff } from './guest-news.ts';

// Desks given back, with what that costs.

export interface Cancelled {
  readonly booking: Booking;
  /** False when the deadline had passed: the desk is free again, the price stays due. */
  readonly refunded: boolean;
}

export const termsOf = (work: Work, booking: Booking, policies: readonly DatedPolicy[]) => {
  const policy = policyOn(policies, booking.spaceId, booking.day);
  const { from } = booking.during;
  // What was never confirmed was never charged.
  const alone = booking.heldUntil === null ? cancellationAt(from, policy, booking.cancelledAt ?? work.now) : 'free';
  // The price of a week or a month is of the whole: one day given back stays due.
  const cost: Cancellation =
    booking.termId !== null && booking.heldUntil === null && alone === 'free' ? 'charged' : alone;
  return { cost, until: freeUntil(from, policy), begun: !isBefore(work.now, from) };
};

/** What cancelling costs now, or cost when it was done; until when it is free; whether the booking has begun. */
export const cancelTermsOf = async (work: Work, booking: Booking) =>
  termsOf(work, booking, await store.selectPolicies(work, [booking.spaceId]));

/**
 * Frees desks, and answers in the same order; one refusal hinders no other. Until the deadline nothing is due; after it the
 * space's policy decides; asked again, nothing changes.
 */
export async function cancelMany(
  work: Work,
  actor: Actor,
  bookingIds: readonly string[],
): Promise<readonly Outcome<Cancelled>[]> {
  const held = new Map((await store.lockBookings(work, bookingIds)).map(b => [b.bookingId as string, b]));
  const spaceIds = unique([...held.values()].map(b => b.spaceId));
  const spaces = new Map((await spacesByIds(work, spaceIds)).map(space => [space.spaceId as Id, space]));
  const policies = await store.selectPolicies(work, spaceIds);
  const judged = bookingIds.map(id => judgeOne({ booking: held.get(id), spaces, policies, actor, work }));
  const freed = judged.flatMap(one => (one.ok && one.value.booking.status !== 'cancelled' ? [one.value] : []));
  const after = await giveBack(work, actor, [...freed, ...(await guestsLeft(work, freed, policies))]);
  return judged.map(one =>
    one.ok ? accept({ ...one.value, booking: after.get(one.value.booking.bookingId) ?? one.value.booking }) : one,
  );
}

/** Guests whose host gives their own place back: theirs goes too, on the same terms. */
export async function guestsLeft(
  work: Work,
  freed: readonly Cancelled[],
  policies: readonly DatedPolicy[],
): Promise<readonly Cancelled[]> {
  const own = freed.map(one => one.booking).filter(one => one.guestId === null);
  if (own.length === 0) return [];
  const live = await store.selectBeside(work, own);
  const alone = leftAlone(
    live,
    freed.map(one => one.booking),
  );
  return alone.flatMap(booking => {
    const { cost } = termsOf(work, booking, policies);
    return cost === 'too_late' ? [] : [{ booking, refunded: cost === 'free' }];
  });
}

/** Frees desks without judging, their price due or not. Gives the bookings as they are then. */
export async function giveBack(
  work: Work,
  by: { readonly personId: Id<'per'> | 'closure' | 'no_show' },
  freed: readonly Cancelled[],
): Promise<ReadonlyMap<BookingId, Booking>> {
  const bookings = freed.map(one => one.booking);
  if (bookings.length === 0) return new Map();
  const asked = { bookingIds: bookings.map(one => one.bookingId), cancelledBy: by.personId };
  const after = await store.cancelBookings(work, asked);
  const reversed = await reverseMany(
    work,
    freed.filter(one => one.refunded && one.booking.heldUntil === null).map(one => one.booking.bookingId),
  );
  if (!reversed.ok) throw new BrokenInvariant(`a booking was never charged: ${reversed.refusal.code}`);
  await announceOff(work, bookings);
  await restoreDraws(
    work,
    freed.filter(one => one.refunded).map(one => one.booking),
  );
  return new Map(after.map(b => [b.bookingId, b]));
}

interface Judged {
  readonly booking: Booking | undefined;
  readonly spaces: ReadonlyMap<Id, Space>;
  readonly policies: readonly DatedPolicy[];
  readonly actor: Actor;
  readonly work: Work;
}

function judgeOne({ booking, spaces, policies, actor, work }: Judged): Outcome<Cancelled> {
  if (!booking) return refuse(words.unknownBooking);
  const space = spaces.get(booking.spaceId);
  if (!space) throw new BrokenInvariant('a booking stands in a space');
  if (!mayActFor(actor, booking.personId, space)) return refuse(words.notYours);
  const { cost, until, begun } = termsOf(work, booking, policies);
  if (booking.status !== 'cancelled' && cost === 'too_late')
    return refuse(begun ? words.begun : words.deadlinePassed(until, space.zone));
  return accept({ booking, refunded: cost === 'free' });
}

/** Frees one desk. */
export const cancel = async (
  work: Work,
  actor: Actor,
  { bookingId }: { readonly bookingId: string },
): Promise<Outcome<Cancelled>> => (await cancelMany(work, actor, [bookingId]))[0]!;

/** Cancels what someone who asked to be erased had still to come; what can no longer be cancelled stays, like the past. */
export async function cancelAhead(work: Work, personId: Id<'per'>): Promise<void> {
  await endUsuals(work, personId, 'all');
  const actor: Actor = { personId, firstName: '', memberships: [] };
  const ahead = await store.selectOfPerson(work, { personId, from: localDay(work.now, 'UTC'), to: '9999-12-31' });
  await cancelMany(
    work,
    actor,
    ahead.map(one => one.bookingId),
  );
}
