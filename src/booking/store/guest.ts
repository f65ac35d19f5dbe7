import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Day } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Guest, GuestId } from '../guest.ts';

/** Notes a guest; false where they are known already. */
export async function insertGuest(work: Work, { guestId, name, email, day }: Guest): Promise<boolean> {
  const added = await sql`insert into booking.guest (network_id, guest_id, name, email, local_day)
    values (${work.networkId}, ${guestId}, ${name}, ${email}, ${day}) on conflict do nothing returning 1`.execute(
    work.tx,
  );
  return added.rows.length > 0;
}

export async function selectGuests(work: Work, guestIds: readonly GuestId[]): Promise<readonly Guest[]> {
  if (guestIds.length === 0) return [];
  const found = await sql<Guest>`select guest_id as "guestId", name, email, local_day as day from booking.guest
    where network_id = ${work.networkId} and guest_id = any(${guestIds})`.execute(work.tx);
  return found.rows;
}

/** Places that someone took for guests in the last 24 hours, given back since or not; a guest who moved counts once. */
export async function countInvited(work: Work, personId: Id<'per'>): Promise<number> {
  const since = work.now.subtract({ hours: 24 }).toString();
  const found = await sql<{ n: number }>`select count(distinct guest_id)::integer as n from booking.booking
    where network_id = ${work.networkId} and person_id = ${personId} and guest_id is not null and booked_at > ${since}`.execute(
    work.tx,
  );
  return found.rows[0]!.n;
}

/** A guest comes on another day. */
export async function moveGuest(work: Work, guestId: GuestId, day: Day): Promise<void> {
  await sql`update booking.guest set local_day = ${day}
    where network_id = ${work.networkId} and guest_id = ${guestId}`.execute(work.tx);
}

/** Destroys the names of guests who came before a day; counts them. */
export async function purgeGuests(work: Work, before: Day): Promise<number> {
  const gone = await sql`delete from booking.guest
    where network_id = ${work.networkId} and local_day < ${before} returning 1`.execute(work.tx);
  return gone.rows.length;
}

/** Destroys the names of someone's guests. */
export async function forgetGuests(work: Work, personId: Id<'per'>): Promise<number> {
  const gone = await sql`delete from booking.guest g using booking.booking b
    where b.network_id = ${work.networkId} and b.person_id = ${personId} and b.guest_id is not null
      and g.network_id = b.network_id and g.guest_id = b.guest_id returning 1`.execute(work.tx);
  return gone.rows.length;
}
