import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Day, DayPart, Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { BookableKind, BookingId } from '../claim.ts';

/** Someone's place in the queue for a kind of place at a time when everything is taken. */
export interface Wait {
  readonly waitId: Id<'wai'>;
  readonly spaceId: Id<'spc'>;
  readonly kind: BookableKind;
  readonly personId: Id<'per'>;
  readonly day: Day;
  readonly part: DayPart;
  readonly askedAt: Instant;
  readonly status: 'waiting' | 'promoted' | 'left' | 'over';
}

type NewWait = Omit<Wait, 'askedAt' | 'status'> & { readonly askedBy: Id<'per'> };

const columns = sql`wait_id as "waitId", space_id as "spaceId", kind, person_id as "personId", local_day as day, part,
  asked_at as "askedAt", status`;

/** Joins the queue; whoever is in it already keeps their turn. */
export async function insertWait(work: Work, wait: NewWait): Promise<Wait> {
  await sql`insert into booking.wait (network_id, wait_id, space_id, kind, person_id, local_day, part, asked_by, asked_at)
    values (${work.networkId}, ${wait.waitId}, ${wait.spaceId}, ${wait.kind}, ${wait.personId}, ${wait.day}, ${wait.part},
      ${wait.askedBy}, ${work.now.toString()})
    on conflict (network_id, person_id, space_id, kind, local_day, part) where status = 'waiting' do nothing`.execute(
    work.tx,
  );
  const found = await sql<Wait>`select ${columns} from booking.wait where person_id = ${wait.personId}
    and space_id = ${wait.spaceId} and kind = ${wait.kind} and local_day = ${wait.day} and part = ${wait.part}
    and status = 'waiting'`.execute(work.tx);
  return found.rows[0]!;
}

export async function selectWait(work: Work, waitId: string): Promise<Wait | null> {
  const found = await sql<Wait>`select ${columns} from booking.wait
    where network_id = ${work.networkId} and wait_id = ${waitId}`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** Someone's waits that go on, with how many asked before them for the same place and time or a part of it. */
export async function selectWaitsOf(
  work: Work,
  personId: Id<'per'>,
): Promise<readonly (Wait & { readonly before: number })[]> {
  const found = await sql<Wait & { before: number }>`select ${columns}, (
      select count(*)::integer from booking.wait other
      where other.network_id = w.network_id and other.space_id = w.space_id and other.local_day = w.local_day
        and other.status = 'waiting' and other.kind = w.kind and (other.asked_at, other.wait_id) < (w.asked_at, w.wait_id)
        and (other.part = w.part or 'day' in (other.part, w.part))) as before
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
