import { restore } from '../../passes/passes.ts';
import type { Work } from '../../platform/database.ts';
import type { Booking, BookingId } from '../claim.ts';
import * as store from '../store.ts';

// Passes are drawn with the place, kept or confirmed, and given back with it.

/** Gives back what these bookings drew; those that drew nothing cost nothing. */
export async function restoreDraws(
  work: Work,
  bookings: readonly Pick<Booking, 'bookingId' | 'covered_eur_cents'>[],
): Promise<void> {
  const drawn = bookings.filter(one => one.covered_eur_cents > 0n).map(one => one.bookingId);
  if (drawn.length > 0) await restore(work, drawn);
}

/** Ends the pending bookings whose time is over, with what they drew. */
export async function expire(work: Work, bookingIds: readonly BookingId[] | 'all'): Promise<readonly Booking[]> {
  const ended = await store.expire(work, bookingIds);
  await restoreDraws(work, ended);
  return ended;
}
