import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import { type Day, type Instant, localDay } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { toJson } from '../../platform/first-answer.ts';
import { recall } from '../../platform/memory.ts';
import type { Booking, BookingId } from '../claim.ts';
import type { DatedNoShowPolicy, Strike } from '../no-show.ts';

/** Every policy of the network, from memory while none changed: most networks have few. */
const allPolicies = async (work: Work): Promise<readonly DatedNoShowPolicy[]> => {
  const load = async () => {
    const found = await sql<DatedNoShowPolicy>`select space_id as "spaceId", valid_from as "validFrom",
        release_after_minutes, strikes_allowed, strike_window_days
      from booking.no_show_policy where network_id = ${work.networkId}`.execute(work.tx);
    return new Map([['all', found.rows]]);
  };
  return (await recall(work, { subject: 'places', shelf: 'no-show policies', ids: ['all'], load })).get('all') ?? [];
};

export const selectNoShowPolicies = async (work: Work, spaceId: Id<'spc'>): Promise<readonly DatedNoShowPolicy[]> =>
  (await allPolicies(work)).filter(one => one.spaceId === spaceId);

/** Did any of these spaces, or any at all, ever say that it gives places back? */
const mayRelease = async (work: Work, spaceIds: readonly Id[] | 'all'): Promise<boolean> =>
  (await allPolicies(work)).some(
    one => one.release_after_minutes !== null && (spaceIds === 'all' || spaceIds.includes(one.spaceId)),
  );

/** A policy written again for the same first day replaces what was planned. */
export const upsertNoShowPolicy = async (work: Work, policy: DatedNoShowPolicy, by: Id<'per'>): Promise<void> => {
  await sql`insert into booking.no_show_policy (network_id, space_id, valid_from, release_after_minutes, strikes_allowed,
      strike_window_days, recorded_at, recorded_by)
    values (${work.networkId}, ${policy.spaceId}, ${policy.validFrom}, ${policy.release_after_minutes},
      ${policy.strikes_allowed}, ${policy.strike_window_days}, ${work.now.toString()}, ${by})
    on conflict on constraint one_no_show_policy_per_space_and_first_day do update set
      release_after_minutes = excluded.release_after_minutes, strikes_allowed = excluded.strikes_allowed,
      strike_window_days = excluded.strike_window_days, recorded_at = excluded.recorded_at,
      recorded_by = excluded.recorded_by`.execute(work.tx);
};

const policyOf = (row: RawBuilder<unknown>, day: RawBuilder<unknown>) => sql`lateral (
  select p.release_after_minutes, p.strikes_allowed, p.strike_window_days from booking.no_show_policy p
  where p.network_id = ${row}.network_id and p.space_id = ${row}.space_id and p.valid_from <= ${day}
  order by p.valid_from desc limit 1) p`;

/** Places whose time to come is over, and which are still of use to someone else. Nobody notes a guest: theirs are left alone. */
export const selectDueForRelease = async (work: Work): Promise<readonly BookingId[]> => {
  const now = work.now.toString();
  const found = await sql<{ id: BookingId }>`select b.booking_id as id from booking.booking b
    join ${policyOf(sql`b`, sql`b.local_day`)} on p.release_after_minutes is not null
    where b.network_id = ${work.networkId} and b.status = 'confirmed' and b.guest_id is null
      and b.local_day between ${now}::timestamptz::date - 1 and ${now}::timestamptz::date + 1
      and upper(b.during) > ${now}
      and greatest(lower(b.during), b.booked_at) + make_interval(mins => p.release_after_minutes) <= ${now}
      and not exists (select from booking.strike s where s.network_id = b.network_id and s.booking_id = b.booking_id)
    order by b.booking_id`.execute(work.tx);
  return found.rows.map(row => row.id);
};

export const insertStrikes = async (work: Work, released: readonly Booking[]): Promise<void> => {
  const rows = released.map(({ bookingId, personId, spaceId, day }) => ({ bookingId, personId, spaceId, day }));
  await sql`insert into booking.strike (network_id, booking_id, person_id, space_id, local_day, noted_at)
    select ${work.networkId}, "bookingId", "personId", "spaceId", day, ${work.now.toString()}
    from json_to_recordset(${toJson(rows)}::json) as s ("bookingId" text, "personId" text, "spaceId" text, day date)
    `.execute(work.tx);
};

interface StrikeRow {
  readonly booking_id: BookingId;
  readonly person_id: Id<'per'>;
  readonly space_id: Id<'spc'>;
  readonly local_day: Day;
  readonly noted_at: Instant;
  readonly restored_at: Instant | null;
  readonly lifted_at: Instant | null;
  readonly lifted_by: string | null;
  readonly lift_reason: string | null;
}

const select = async (work: Work, where: RawBuilder<unknown>): Promise<readonly Strike[]> => {
  const found =
    await sql<StrikeRow>`select booking_id, person_id, space_id, local_day, noted_at, restored_at, lifted_at,
      lifted_by, lift_reason
    from booking.strike where network_id = ${work.networkId} and ${where} order by noted_at desc, booking_id`.execute(
      work.tx,
    );
  return found.rows.map(row => ({
    bookingId: row.booking_id,
    personId: row.person_id,
    spaceId: row.space_id,
    day: row.local_day,
    notedAt: row.noted_at,
    restoredAt: row.restored_at,
    liftedAt: row.lifted_at,
    liftedBy: row.lifted_by,
    liftReason: row.lift_reason,
  }));
};

export const selectStrike = async (work: Work, bookingId: string): Promise<Strike | null> =>
  (await select(work, sql`booking_id = ${bookingId}`))[0] ?? null;

/** Strikes of a space since a day, the latest first. */
export const selectStrikesAt = (
  work: Work,
  { spaceId, since }: { readonly spaceId: Id<'spc'>; readonly since: Day },
): Promise<readonly Strike[]> => select(work, sql`space_id = ${spaceId} and local_day >= ${since}`);

/** Places that some people lost on some days and were not given again. */
export const selectLost = async (
  work: Work,
  { personIds, days }: { readonly personIds: readonly Id[]; readonly days: readonly Day[] },
): Promise<readonly Strike[]> =>
  (await mayRelease(work, 'all'))
    ? select(work, sql`person_id = any(${personIds}) and local_day = any(${days}::date[]) and restored_at is null`)
    : [];

/** Lifts strikes; one that was lifted before keeps who lifted it. Says how many were lifted now. */
export const liftStrikes = async (
  work: Work,
  { bookingIds, by, reason }: { readonly bookingIds: readonly string[]; readonly by: string; readonly reason: string },
): Promise<number> => {
  const changed = await sql`update booking.strike set lifted_at = ${work.now.toString()}, lifted_by = ${by},
      lift_reason = ${reason}
    where network_id = ${work.networkId} and booking_id = any(${bookingIds}) and lifted_at is null`.execute(work.tx);
  return Number(changed.numAffectedRows ?? 0);
};

/** PostgreSQL: another live booking holds the desk, or the person, at that time. */
const isRival = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '23P01';

/** Makes a booking that was given back stand again; false where a rival holds its place by now. */
export const restoreBooking = async (work: Work, bookingId: BookingId): Promise<boolean> => {
  await sql`savepoint restoring`.execute(work.tx);
  try {
    await sql`update booking.booking set status = 'confirmed', cancelled_at = null, cancelled_by = null
      where network_id = ${work.networkId} and booking_id = ${bookingId}`.execute(work.tx);
    await sql`update booking.strike set restored_at = ${work.now.toString()}
      where network_id = ${work.networkId} and booking_id = ${bookingId}`.execute(work.tx);
    return true;
  } catch (error) {
    if (!isRival(error)) throw error;
    await sql`rollback to savepoint restoring`.execute(work.tx);
    return false;
  }
};

/** `space person` of those whose requests a space answers one by one: more strikes than it allows, as far as they count. */
export const selectStruck = async (
  work: Work,
  { spaceIds, personIds }: { readonly spaceIds: readonly Id[]; readonly personIds: readonly Id[] },
): Promise<ReadonlySet<string>> => {
  if (!(await mayRelease(work, spaceIds))) return new Set();
  const today = localDay(work.now, 'UTC');
  const found = await sql<{ key: string }>`select s.space_id || ' ' || s.person_id as key from booking.strike s
    join ${policyOf(sql`s`, sql`${today}::date`)} on p.release_after_minutes is not null
    where s.network_id = ${work.networkId} and s.person_id = any(${personIds}) and s.space_id = any(${spaceIds})
      and s.lifted_at is null and s.local_day > ${today}::date - p.strike_window_days
    group by s.space_id, s.person_id, p.strikes_allowed having count(*) > p.strikes_allowed`.execute(work.tx);
  return new Set(found.rows.map(row => row.key));
};

/** Removes strikes: one person's, or those that no longer count anywhere. */
export async function deleteStrikes(
  work: Work,
  which: { readonly personId: Id<'per'> } | { readonly before: Day },
): Promise<number> {
  const gone = await sql`delete from booking.strike where network_id = ${work.networkId} and ${
    'before' in which ? sql`local_day < ${which.before}` : sql`person_id = ${which.personId}`
  }`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0);
}
