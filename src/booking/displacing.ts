import type { Id } from '../kernel/ids.ts';
import { offeredOn, type Resource } from '../spaces/spaces.ts';
import { chooseFor, freeResources } from './availability.ts';
import type { Booking } from './claim.ts';

export interface Displaced {
  readonly moved: readonly { readonly bookingId: Booking['bookingId']; readonly resourceId: Id<'res'> }[];
  /** Those for which nothing else is free then. */
  readonly stranded: readonly Booking[];
}

/**
 * Where bookings of a place that goes could go: to a free place of the same kind, at the same time, the soonest first. `standing` is
 * all that is booked in those places.
 */
export function displace(
  leaving: readonly Booking[],
  alike: readonly Resource[],
  standing: readonly Booking[],
): Displaced {
  const taken = [...standing];
  const moved: Displaced['moved'][number][] = [];
  const stranded: Booking[] = [];
  for (const booking of leaving) {
    const offered = offeredOn(alike, booking.day);
    const then = taken.filter(other => other.day === booking.day);
    const place = chooseFor(booking.personId, offered, freeResources(offered, then, booking));
    if (place === null) stranded.push(booking);
    else {
      moved.push({ bookingId: booking.bookingId, resourceId: place.resourceId });
      taken.push({ ...booking, resourceId: place.resourceId });
    }
  }
  return { moved, stranded };
}
