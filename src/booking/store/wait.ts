import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Day, DayPart, Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { BookableKind, BookingId } from '../claim.ts';
import type { WallHours } from '../hours.ts';

/** Someone's place in the queue for a kind of place at a time when everything is taken. */
export interface Wait {
  readonly waitId: Id<'wai'>;
  readonly spaceId: Id<'spc'>;
  readonly kind: BookableKind;
  readonly personId: Id<'per'>;
  readonly day: Day;
  /** By the hour: the halves of the day that it meets. */
  readonly part: DayPart;
  /** From and to on the wall, for whoever waits for hours. */
  readonly hours: WallHours | null;
  readonly askedAt: Instant;
  readonly status: 'waiting' | 'promoted' | 'left' | 'over';
}

type NewWait = Omit<Wait, 'askedAt' | 'status'> & { readonly askedBy: Id<'per'> };

const columns = sql`wait_id as "waitId", space_id as "spaceId", kind, person_id as "personId", local_day as day, part,
  case when begins_min is not null then json_build_object('begins_min', begins_min, 'ends_min', ends_min) end as hours,
  asked_at as "askedAt", status`;

/** Joins the queue; whoever is in it already keeps their turn. */
export async function insertWait(work: Work, wait: NewWait): Promise<Wait> {
  const { begins_min = null, ends_min = null } = wait.hours ?? {};
  await sql`insert into booking.wait (network_id, wait_id, space_id, kind, person_id, local_day, part, begins_min, ends_min,
      asked_by, asked_at)
    values (${work.networkId}, ${wait.waitId}, ${wait.spaceId}, ${wait.kind}, ${wait.personId}, ${wait.day}, ${wait.part},
      ${begins_min}, ${ends_min}, ${wait.askedBy}, ${work.now.toString()})
    on conflict (network_id, person_id, space_id, kind, local_day, part, begins_min, ends_min) where status = 'waiting'
    do nothing`.execute(work.tx);
  const found = await sql<Wait>`select ${columns} from booking.wait where person_id = ${wait.personId}
    and space_id = ${wait.spaceId} and kind = ${wait.kind} and local_day = ${wait.day} and part = ${wait.part}
    and (begins_min, ends_min) is not distinct from (${begins_min}::smallint, ${ends_min}::smallint)
    and status = 'waiting'`.execute(work.tx);
  return found.rows[0]!;
}

export async function selectWait(work: Work, waitId: string): Promise<Wait | null> {
  const found = await sql<Wait>`select ${columns} from booking.wait
    where network_id = ${work.networkId} and wait_id = ${waitId}`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** Someone's waits that go on, with how many asked before them for the same place and a time that meets theirs. */
export async function selectWaitsOf(
  work: Work,
  personId: Id<'per'>,
): Promise<readonly (Wait & { readonly before: number })[]> {
  const found = await sql<Wait & { before: number }>`select ${columns}, (
      select count(*)::integer from booking.wait other
      where other.network_id = w.network_id and other.space_id = w.space_id and other.local_day = w.local_day
        and other.status = 'waiting' and other.kind = w.kind and (other.asked_at, other.wait_id) < (w.asked_at, w.wait_id)
        and (other.part = w.part or 'day' in (other.part, w.part))
        -- What begins when the other ends is not in its way; a part of the day meets all hours of it.
        and coalesce(other.begins_min < w.ends_min and w.begins_min < other.ends_min, true)) as before
    from booking.wait w where person_id = ${personId} and status = 'waiting'
    order by local_day, asked_at, wait_id`.execute(work.tx);
  return found.rows;
}

/** The queues of some spaces and days, locked, the first who asked first; those that another promotion holds are left to it. */
export async function lockQueue(
  work: Work,
  asked: { readonly spaceIds: readonly Id[]; readonly days: readonly Day[] } | 'all',
): Promise<readonly Wait[]> {
  const where =
    asked === 'all' ? sql`true` : sql`space_id = any(${asked.spaceIds}) and local_day = any(${asked.days}::date[])`;
  const found = await sql<Wait>`select ${columns} from booking.wait
    where network_id = ${work.networkId} and status = 'waiting' and ${where}
    order by asked_at, wait_id for update skip locked`.execute(work.tx);
  return found.rows;
}

export interface Ended {
  readonly waitId: Id<'wai'>;
  readonly status: Exclude<Wait['status'], 'waiting'>;
  readonly bookingId: BookingId | null;
}

/** Ends waits; one that ended already stays as it ended. */
export async function endWaits(work: Work, ended: readonly Ended[]): Promise<void> {
  await sql`update booking.wait w set status = e.status, booking_id = e.booking, ended_at = ${work.now.toString()}
    from unnest(${ended.map(one => one.waitId)}::text[], ${ended.map(one => one.status)}::text[],
      ${ended.map(one => one.bookingId)}::text[]) as e (id, status, booking)
    where w.network_id = ${work.networkId} and w.wait_id = e.id and w.status = 'waiting'`.execute(work.tx);
}

/** Removes what says that someone waited. */
export async function forgetWaits(work: Work, personId: Id<'per'>): Promise<number> {
  const gone = await sql`delete from booking.wait where ${personId} in (person_id, asked_by)`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0);
}
