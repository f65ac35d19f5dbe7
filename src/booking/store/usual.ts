import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Day, DayPart } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Absence, Reason, Usual, UsualDay, UsualId } from '../usual.ts';

const columns = sql`usual_id as "usualId", person_id as "personId", space_id as "spaceId", weekday, part, set_at as "setAt",
  paused_at as "pausedAt"`;

/** Sets a usual day; false where another one of the person takes the same half of the weekday. */
export async function insertUsual(work: Work, usual: Omit<Usual, 'setAt' | 'pausedAt'>): Promise<boolean> {
  const added = await sql`insert into booking.usual (network_id, usual_id, person_id, space_id, weekday, part, set_at)
    values (${work.networkId}, ${usual.usualId}, ${usual.personId}, ${usual.spaceId}, ${usual.weekday}, ${usual.part},
      ${work.now.toString()})
    on conflict do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

/** Someone's usual days that have not ended, by weekday; held until the end of the work where `lock` says so. */
export async function selectUsuals(
  work: Work,
  personId: Id<'per'>,
  { lock }: { readonly lock: boolean } = { lock: false },
): Promise<readonly Usual[]> {
  const found = await sql<Usual>`select ${columns} from booking.usual
    where network_id = ${work.networkId} and person_id = ${personId} and ended_at is null
    order by weekday, part desc, usual_id ${lock ? sql`for update` : sql``}`.execute(work.tx);
  return found.rows;
}

/** Whoever has a usual day that goes on. */
export async function selectRegulars(work: Work): Promise<readonly Id<'per'>[]> {
  const found = await sql<{ id: Id<'per'> }>`select distinct person_id as id from booking.usual
    where network_id = ${work.networkId} and ended_at is null and paused_at is null order by 1`.execute(work.tx);
  return found.rows.map(row => row.id);
}

/** Pauses, or resumes, a usual day of someone; what stands so already keeps its moment. */
export async function setPaused(work: Work, usualId: UsualId, paused: boolean): Promise<void> {
  const at = paused ? sql`coalesce(paused_at, ${work.now.toString()}::timestamptz)` : sql`null`;
  await sql`update booking.usual set paused_at = ${at}
    where network_id = ${work.networkId} and usual_id = ${usualId}`.execute(work.tx);
}

export async function endUsuals(work: Work, personId: Id<'per'>, usualId: UsualId | 'all'): Promise<void> {
  await sql`update booking.usual set ended_at = ${work.now.toString()}
    where network_id = ${work.networkId} and person_id = ${personId} and ended_at is null
      and ${usualId === 'all' ? sql`true` : sql`usual_id = ${usualId}`}`.execute(work.tx);
}

const dayColumns = sql`usual_id as "usualId", local_day as day, booking_id as "bookingId", refusal`;

/** What came of these usual days from a day on. */
export async function selectDays(
  work: Work,
  { usualIds, from }: { readonly usualIds: readonly UsualId[]; readonly from: Day },
): Promise<readonly UsualDay[]> {
  const found = await sql<UsualDay>`select ${dayColumns} from booking.usual_day
    where network_id = ${work.networkId} and usual_id = any(${usualIds}) and local_day >= ${from}
    order by local_day`.execute(work.tx);
  return found.rows;
}

/** Writes what came of days: one that is booked at last is news again, one that is still refused is not. */
export async function upsertDays(work: Work, days: readonly UsualDay[]): Promise<void> {
  const rows = days.map(one => ({ ...one, refusal: one.refusal && reasonOf(one.refusal) }));
  await sql`insert into booking.usual_day as known (network_id, usual_id, local_day, booking_id, refusal, tried_at)
    select ${work.networkId}, "usualId", day, "bookingId", refusal, ${work.now.toString()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d (
      "usualId" text, day date, "bookingId" text, refusal jsonb)
    on conflict on constraint a_usual_day_is_played_once do update set booking_id = excluded.booking_id,
      refusal = excluded.refusal, tried_at = excluded.tried_at,
      told_at = case when excluded.booking_id is null then known.told_at end
    where known.booking_id is null`.execute(work.tx);
}

const reasonOf = ({ code, message }: Reason): Reason => ({ code, message });

/** Marks as told what someone was not told yet of their usual days, days to come alone; false when there is nothing. */
export async function markTold(
  work: Work,
  { personId, from }: { readonly personId: Id<'per'>; readonly from: Day },
): Promise<boolean> {
  const told = await sql`update booking.usual_day d set told_at = ${work.now.toString()}
    from booking.usual u where u.network_id = ${work.networkId} and u.person_id = ${personId} and u.ended_at is null
      and d.network_id = u.network_id and d.usual_id = u.usual_id and d.told_at is null and d.local_day >= ${from}
      and coalesce(d.refusal ->> 'code', '') <> 'booking.already_booked' returning 1`.execute(work.tx);
  return told.rows.length > 0;
}

/** What someone was told at a moment. */
export async function selectTold(
  work: Work,
  { personId, toldAt }: { readonly personId: string; readonly toldAt: string },
): Promise<readonly (UsualDay & { readonly part: DayPart; readonly spaceId: Id<'spc'> })[]> {
  const found = await sql<UsualDay & { part: DayPart; spaceId: Id<'spc'> }>`
    select d.usual_id as "usualId", d.local_day as day, d.booking_id as "bookingId", d.refusal, u.part, u.space_id as "spaceId"
    from booking.usual_day d join booking.usual u using (network_id, usual_id)
    where d.network_id = ${work.networkId} and u.person_id = ${personId} and d.told_at = ${toldAt}
    order by d.local_day, u.part desc`.execute(work.tx);
  return found.rows;
}

/** What someone, or the space for them, gave back in some spaces from a day on: what ended by itself or by a closure apart. */
export async function selectGivenBack(
  work: Work,
  asked: { readonly personId: Id<'per'>; readonly spaceIds: readonly Id[]; readonly from: Day },
): Promise<readonly { readonly spaceId: Id<'spc'>; readonly day: Day; readonly part: DayPart }[]> {
  const found = await sql<{ spaceId: Id<'spc'>; day: Day; part: DayPart }>`
    select space_id as "spaceId", local_day as day, part from booking.booking
    where network_id = ${work.networkId} and person_id = ${asked.personId} and space_id = any(${asked.spaceIds})
      and local_day >= ${asked.from} and status = 'cancelled' and guest_id is null
      and cancelled_by like 'per_%'`.execute(work.tx);
  return found.rows;
}

/** Notes that someone is away; said again, it is known already. */
export async function insertAbsence(
  work: Work,
  { personId, awayId, from, until }: Absence & { readonly personId: Id<'per'> },
): Promise<void> {
  await sql`insert into booking.away (network_id, away_id, person_id, first_day, last_day, told_at)
    values (${work.networkId}, ${awayId}, ${personId}, ${from}, ${until}, ${work.now.toString()})
    on conflict on constraint one_absence_between_two_days do nothing`.execute(work.tx);
}

/** Absences that are not over on a day, the soonest first. */
export async function selectAbsences(
  work: Work,
  { personId, from }: { readonly personId: Id<'per'>; readonly from: Day },
): Promise<readonly Absence[]> {
  const found =
    await sql<Absence>`select away_id as "awayId", first_day as "from", last_day as "until" from booking.away
    where network_id = ${work.networkId} and person_id = ${personId} and last_day >= ${from}
    order by first_day, last_day`.execute(work.tx);
  return found.rows;
}

/** Forgets an absence of someone; false when they have none under that id. */
export async function deleteAbsence(work: Work, personId: Id<'per'>, awayId: string): Promise<boolean> {
  const gone = await sql`delete from booking.away
    where network_id = ${work.networkId} and person_id = ${personId} and away_id = ${awayId} returning 1`.execute(
    work.tx,
  );
  return gone.rows.length > 0;
}

/** Removes what says when someone usually came, and when they were away. */
export async function forgetUsuals(work: Work, personId: Id<'per'>): Promise<{ usuals: number; absences: number }> {
  await sql`delete from booking.usual_day d using booking.usual u where u.network_id = ${work.networkId}
    and u.person_id = ${personId} and d.network_id = u.network_id and d.usual_id = u.usual_id`.execute(work.tx);
  const usuals = await sql`delete from booking.usual
    where network_id = ${work.networkId} and person_id = ${personId} returning 1`.execute(work.tx);
  const absences = await sql`delete from booking.away
    where network_id = ${work.networkId} and person_id = ${personId} returning 1`.execute(work.tx);
  return { usuals: usuals.rows.length, absences: absences.rows.length };
}

/** Forgets absences that are over, and what came of days long past. */
export async function forgetOldUsuals(
  work: Work,
  { over, past }: { readonly over: Day; readonly past: Day },
): Promise<void> {
  await sql`delete from booking.away where network_id = ${work.networkId} and last_day < ${over}`.execute(work.tx);
  await sql`delete from booking.usual_day where network_id = ${work.networkId} and local_day < ${past}`.execute(
    work.tx,
  );
  await sql`delete from booking.usual u where network_id = ${work.networkId} and ended_at is not null and not exists (
    select from booking.usual_day d where d.network_id = u.network_id and d.usual_id = u.usual_id)`.execute(work.tx);
}
