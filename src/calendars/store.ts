import { sql } from 'kysely';
import type { Id } from '../kernel/ids.ts';
import { type Instant, type Interval, instantText } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import { toJson } from '../platform/first-answer.ts';

export type CalendarId = Id<'cal'>;

/** A calendar kept elsewhere, of a person or of one place of a space. */
export interface OuterCalendar {
  readonly calendarId: CalendarId;
  readonly personId: Id<'per'> | null;
  readonly spaceId: Id<'spc'> | null;
  readonly resourceId: Id<'res'> | null;
  readonly sealed: Uint8Array;
  readonly host: string;
  readonly addedAt: Instant;
  /** When it was last read whole; null before. */
  readonly readAt: Instant | null;
  readonly etag: string | null;
  /** Events of it that could not be read. */
  readonly unread: number;
  /** Why the last attempt failed; null when it did not. */
  readonly failure: string | null;
  readonly failures: number;
}

const columns = sql`calendar_id as "calendarId", person_id as "personId", space_id as "spaceId", resource_id as "resourceId",
  address_sealed as sealed, host, added_at as "addedAt", read_at as "readAt", etag, unread, failure, failures`;

const one = (work: Work, calendarId: string) => sql`network_id = ${work.networkId} and calendar_id = ${calendarId}`;

/** False when the person has it already, or the place has one. */
export async function insertCalendar(
  work: Work,
  calendar: Pick<OuterCalendar, 'calendarId' | 'personId' | 'spaceId' | 'resourceId' | 'sealed' | 'host'> & {
    readonly mac: Uint8Array;
  },
): Promise<boolean> {
  const { calendarId, personId, spaceId, resourceId, sealed, host, mac } = calendar;
  const now = work.now.toString();
  const added =
    await sql`insert into calendars.outer_calendar (network_id, calendar_id, person_id, space_id, resource_id,
      address_sealed, address_mac, host, added_at, next_read_at)
    values (${work.networkId}, ${calendarId}, ${personId}, ${spaceId}, ${resourceId}, ${sealed}, ${mac}, ${host},
      ${now}, ${now})
    on conflict do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

export async function calendarById(work: Work, calendarId: string): Promise<OuterCalendar | null> {
  const found = await sql<OuterCalendar>`select ${columns} from calendars.outer_calendar
    where ${one(work, calendarId)} for update`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** Someone's, or a space's, the newest first. */
export async function calendarsOf(
  work: Work,
  { personId, spaceId }: { readonly personId?: string; readonly spaceId?: string },
): Promise<readonly OuterCalendar[]> {
  const whose = spaceId === undefined ? sql`person_id = ${personId}` : sql`space_id = ${spaceId}`;
  const found = await sql<OuterCalendar>`select ${columns} from calendars.outer_calendar
    where network_id = ${work.networkId} and ${whose} order by added_at desc, calendar_id desc`.execute(work.tx);
  return found.rows;
}

export async function placesWith(
  work: Work,
  spaceIds: readonly Id<'spc'>[],
): Promise<readonly { readonly spaceId: Id<'spc'>; readonly resourceId: Id<'res'> }[]> {
  const found = await sql<{ spaceId: Id<'spc'>; resourceId: Id<'res'> }>`
    select space_id as "spaceId", resource_id as "resourceId" from calendars.outer_calendar
    where network_id = ${work.networkId} and space_id = any(${spaceIds}) order by resource_id`.execute(work.tx);
  return found.rows;
}

export async function removeCalendar(work: Work, calendarId: string): Promise<void> {
  await sql`delete from calendars.outer_calendar where ${one(work, calendarId)}`.execute(work.tx);
}

/** Calendars to be read now, which nobody else reads until then. */
export async function claimDue(
  work: Work,
  { until, most }: { readonly until: Instant; readonly most: number },
): Promise<readonly OuterCalendar[]> {
  const found = await sql<OuterCalendar>`update calendars.outer_calendar set next_read_at = ${until.toString()}
    where network_id = ${work.networkId} and calendar_id in (
      select calendar_id from calendars.outer_calendar
      where network_id = ${work.networkId} and next_read_at <= ${work.now.toString()}
      order by next_read_at limit ${most} for update skip locked)
    returning ${columns}`.execute(work.tx);
  return found.rows;
}

/** What was read takes the place of what was known. */
export async function keepRead(
  work: Work,
  calendarId: CalendarId,
  read: { readonly busy: readonly Interval[]; readonly unread: number; readonly etag: string | null },
): Promise<void> {
  await sql`update calendars.outer_calendar set read_at = ${work.now.toString()}, etag = ${read.etag},
      unread = ${read.unread}, failure = null, failures = 0
    where ${one(work, calendarId)}`.execute(work.tx);
  await sql`delete from calendars.busy where ${one(work, calendarId)}`.execute(work.tx);
  const rows = read.busy.map(({ from, to }) => ({ begins: instantText(from), ends: instantText(to) }));
  await sql`insert into calendars.busy (network_id, calendar_id, during)
    select ${work.networkId}, ${calendarId}, tstzrange(begins, ends)
    from json_to_recordset(${toJson(rows)}::json) as b (begins timestamptz, ends timestamptz)`.execute(work.tx);
}

/** Nothing changed there: what is known stands. */
export async function keepSame(work: Work, calendarId: CalendarId): Promise<void> {
  await sql`update calendars.outer_calendar set failure = null, failures = 0 where ${one(work, calendarId)}`.execute(
    work.tx,
  );
}

export async function keepFailure(
  work: Work,
  calendarId: CalendarId,
  { failure, next }: { readonly failure: string; readonly next: Instant },
): Promise<void> {
  await sql`update calendars.outer_calendar set failure = ${failure}, failures = failures + 1,
      next_read_at = ${next.toString()}
    where ${one(work, calendarId)}`.execute(work.tx);
}

/** Busy times of someone, or of one place, that meet an interval, in order; the times of several calendars may overlap. */
export async function busyOf(
  work: Work,
  {
    personId,
    resourceId,
    during,
  }: {
    readonly personId?: string;
    readonly resourceId?: string;
    readonly during: Interval;
  },
): Promise<readonly Interval[]> {
  const whose = resourceId === undefined ? sql`person_id = ${personId}` : sql`resource_id = ${resourceId}`;
  const found = await sql<{ begins: Instant; ends: Instant }>`select lower(b.during) as begins, upper(b.during) as ends
    from calendars.busy b join calendars.outer_calendar c using (network_id, calendar_id)
    where b.network_id = ${work.networkId} and ${whose}
      and b.during && tstzrange(${instantText(during.from)}, ${instantText(during.to)})
    order by 1`.execute(work.tx);
  return found.rows.map(({ begins, ends }) => ({ from: begins, to: ends }));
}

/** Nothing remains of the calendars of someone who asked to be forgotten. */
export async function forgetCalendars(work: Work, personId: Id<'per'>): Promise<number> {
  const gone = await sql`delete from calendars.outer_calendar
    where network_id = ${work.networkId} and person_id = ${personId} returning 1`.execute(work.tx);
  return gone.rows.length;
}
