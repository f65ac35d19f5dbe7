import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import type { Booking } from '../claim.ts';

// What guests will be told, after commit.

/** A guest is expected: they are told once the booking is confirmed. */
export const announceInvited = (work: Work, { bookingId }: Booking): Promise<void> =>
  announce(work, { event: 'booking.guest_invited', payload: { booking_ids: [bookingId] } });

/** Tells the guests of these bookings that they are off; nothing where there are none. */
export async function announceOff(work: Work, bookings: readonly Booking[]): Promise<void> {
  const ids = bookings.filter(one => one.guestId !== null && one.heldUntil === null).map(one => one.bookingId);
  if (ids.length > 0) await announce(work, { event: 'booking.guest_off', payload: { booking_ids: ids } });
}
