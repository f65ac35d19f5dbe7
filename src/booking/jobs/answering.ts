import { chargeMany } from '../../billing/billing.ts';
import { payersFor } from '../../employers/employers.ts';
import { accept, BrokenInvariant, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import { type Space, spacesByIds } from '../../spaces/spaces.ts';
import { type Booking, isExpired, isHalfDays } from '../claim.ts';
import { askOf, chargeOf, selfPaid } from '../offer.ts';
import { mayActFor, mayHost } from '../rules.ts';
import * as store from '../store.ts';
import { words } from '../words.ts';
import { giveBack } from './cancelling.ts';
import { expire } from './drawing.ts';
import { announceInvited } from './guest-news.ts';

// What was kept for someone is confirmed, approved, refused, or ends by itself.

interface Found {
  readonly booking: Booking;
  readonly space: Space;
}

async function lockOne(work: Work, bookingId: string): Promise<Found | null> {
  const [booking] = await store.lockBookings(work, [bookingId]);
  if (!booking) return null;
  const [space] = await spacesByIds(work, [booking.spaceId]);
  return space ? { booking, space } : null;
}

/** Makes a pending booking stand, charged at the price it was kept at; refused when its payer has changed since. */
async function settle(work: Work, { booking, space }: Found): Promise<Outcome<Booking>> {
  const subscribed = booking.guestId === null && isHalfDays(booking);
  const [payer] = subscribed ? await payersFor(work, [askOf(booking)]) : [selfPaid];
  if (!payer!.ok) return payer!;
  const contractId = payer!.value.kind === 'employer' ? payer!.value.subscriptionId : null;
  if (contractId !== booking.contractId) return refuse(words.payerChanged);
  const charged = await chargeMany(work, [chargeOf(booking, space)]);
  if (!charged.ok) throw new BrokenInvariant(`a pending booking was already charged: ${charged.refusal.code}`);
  if (booking.guestId !== null) await announceInvited(work, booking);
  return accept(await store.settlePending(work, booking.bookingId));
}

/** Confirms a place kept for a few minutes. Asked again, the booking as it stands. */
export async function confirm(work: Work, actor: Actor, bookingId: string): Promise<Outcome<Booking>> {
  const found = await lockOne(work, bookingId);
  if (!found) return refuse(words.unknownBooking);
  const { booking, space } = found;
  if (!mayActFor(actor, booking.personId, space)) return refuse(words.notYours);
  if (booking.status === 'confirmed') return accept(booking);
  if (booking.status === 'requested') return refuse(words.awaitsApproval);
  if (booking.status === 'cancelled' || isExpired(booking, work.now))
    return refuse(booking.heldUntil === null ? words.movedOrCancelled : words.holdOver);
  return settle(work, found);
}

export interface Decision {
  readonly bookingId: string;
  readonly approved: boolean;
  /** What the person is told, in the words of who answers. */
  readonly reason: string;
}

/** Answers a request, for who receives people in that space; the person is told by mail. The same answer again changes nothing. */
export async function decide(
  work: Work,
  actor: Actor,
  { bookingId, approved, reason }: Decision,
): Promise<Outcome<Booking>> {
  const found = await lockOne(work, bookingId);
  if (!found) return refuse(words.unknownBooking);
  const { booking, space } = found;
  if (!mayHost(actor, space)) return refuse(words.notYours);
  if (approved && booking.status === 'confirmed') return accept(booking);
  if (!approved && booking.status === 'cancelled' && booking.heldUntil !== null) return accept(booking);
  if (booking.status !== 'requested' || isExpired(booking, work.now)) return refuse(words.nothingToDecide);
  const after = approved ? await settle(work, found) : accept(await refused(work, actor, booking));
  const payload = { booking_id: bookingId, space_id: booking.spaceId, approved, reason };
  if (after.ok) await announce(work, { event: 'booking.decided', payload });
  return after;
}

const refused = async (work: Work, actor: Actor, booking: Booking): Promise<Booking> =>
  (await giveBack(work, actor, [{ booking, refunded: true }])).get(booking.bookingId)!;

/** Ends what nobody confirmed or answered in time: whoever waits for a place is told, as of all that is given back. */
export const endPending = (work: Work): Promise<readonly Booking[]> => expire(work, 'all');
