import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import { instantText } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Booking } from '../claim.ts';

/** Gives bookings another place; hours, price and holder stay. */
export async function reseat(
  work: Work,
  moved: readonly (Pick<Booking, 'bookingId'> & { readonly resourceId: Id<'res'> })[],
): Promise<void> {
  await sql`update booking.booking b set resource_id = m.resource_id, amended = b.amended + 1
    from unnest(${moved.map(one => one.bookingId)}::text[], ${moved.map(one => one.resourceId)}::text[])
      as m (booking_id, resource_id)
    where b.network_id = ${work.networkId} and b.booking_id = m.booking_id`.execute(work.tx);
}

/** The days of a week or a month booked at once, in order, cancelled ones too. */
export async function idsOfTerm(work: Work, termId: string): Promise<readonly Booking['bookingId'][]> {
  const found = await sql<{ id: Booking['bookingId'] }>`select booking_id as id from booking.booking
    where network_id = ${work.networkId} and term_id = ${termId} order by local_day`.execute(work.tx);
  return found.rows.map(row => row.id);
}

/** Far enough for no booking to be met there: some ten thousand years. */
const aside_hours = 87_660_000;

/**
 * Writes the instants of bookings whose hours on the wall stay. They are first put aside together, so that none meets another where it
 * no longer is.
 */
export async function retime(
  work: Work,
  moved: readonly Pick<Booking, 'bookingId' | 'during' | 'freeAgain'>[],
): Promise<void> {
  const ids = moved.map(one => one.bookingId);
  const aside = sql`make_interval(hours => ${aside_hours})`;
  await sql`update booking.booking set
      during = tstzrange(lower(during) + ${aside}, upper(during) + ${aside}),
      keeps = tstzrange(lower(keeps) + ${aside}, upper(keeps) + ${aside})
    where network_id = ${work.networkId} and booking_id = any(${ids}::text[])`.execute(work.tx);
  const texts = (of: (one: (typeof moved)[number]) => string) => moved.map(of);
  await sql`update booking.booking b set amended = b.amended + 1,
      during = tstzrange(m.begins, m.ends), keeps = tstzrange(m.begins, m.free_again)
    from unnest(${ids}::text[], ${texts(one => instantText(one.during.from))}::timestamptz[],
      ${texts(one => instantText(one.during.to))}::timestamptz[], ${texts(one => instantText(one.freeAgain))}::timestamptz[])
      as m (booking_id, begins, ends, free_again)
    where b.network_id = ${work.networkId} and b.booking_id = m.booking_id`.execute(work.tx);
}
