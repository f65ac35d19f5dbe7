import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import { type Day, type Instant, instantText } from '../../kernel/time.ts';
import { within } from '../../platform/among.ts';
import type { Work } from '../../platform/database.ts';
import { toJson } from '../../platform/first-answer.ts';
import type { DayCode } from '../day-codes.ts';
import type { AccessEvent, Method } from '../evidence.ts';

interface EventRow {
  readonly event_id: Id<'acc'>;
  readonly person_id: Id<'per'>;
  readonly space_id: Id<'spc'>;
  readonly local_day: Day;
  readonly half: AccessEvent['half'];
  readonly method: Method;
  readonly present: boolean;
  readonly kiosk_id: Id<'ksk'> | null;
  readonly counter: bigint | null;
  readonly source_id: string | null;
  readonly said_from_min: number | null;
  readonly said_to_min: number | null;
  readonly noted_by: Id<'per'> | null;
  readonly device: string | null;
  readonly clock_skew_s: number | null;
  readonly since_midnight_s: number | null;
  readonly happened_at: Instant;
  readonly recorded_at: Instant;
}

const eventOf = (row: EventRow): AccessEvent => ({
  eventId: row.event_id,
  personId: row.person_id,
  spaceId: row.space_id,
  day: row.local_day,
  half: row.half,
  method: row.method,
  present: row.present,
  kioskId: row.kiosk_id,
  counter: row.counter,
  sourceId: row.source_id,
  ...(row.method === 'paper_sheet' && { said: { from_min: row.said_from_min, to_min: row.said_to_min } }),
  notedBy: row.noted_by,
  device: row.device,
  clock_skew_s: row.clock_skew_s,
  since_midnight_s: row.since_midnight_s,
  happened_at: row.happened_at,
  recorded_at: row.recorded_at,
});

const select = async (work: Work, where: RawBuilder<unknown>): Promise<readonly AccessEvent[]> => {
  const found = await sql<EventRow>`select event_id, person_id, space_id, local_day, half, method, present, kiosk_id,
      counter, source_id, said_from_min, said_to_min, noted_by, device, clock_skew_s, since_midnight_s, happened_at,
      recorded_at
    from presence.access_event where ${where} order by happened_at, event_id`.execute(work.tx);
  return found.rows.map(eventOf);
};

/** Writes events and names those that are new: an id, or a code already used by that person, is left out. */
export const insertEvents = async (work: Work, events: readonly AccessEvent[]): Promise<ReadonlySet<string>> => {
  const rows = events.map(e => ({
    event_id: e.eventId,
    person_id: e.personId,
    space_id: e.spaceId,
    local_day: e.day,
    half: e.half,
    method: e.method,
    present: e.present,
    kiosk_id: e.kioskId,
    counter: e.counter?.toString() ?? null,
    source_id: e.sourceId ?? null,
    said_from_min: e.said?.from_min ?? null,
    said_to_min: e.said?.to_min ?? null,
    noted_by: e.notedBy,
    device: e.device,
    clock_skew_s: e.clock_skew_s,
    since_midnight_s: e.since_midnight_s,
    happened_at: instantText(e.happened_at),
  }));
  const added = await sql<{ event_id: string }>`
    insert into presence.access_event (network_id, event_id, person_id, space_id, local_day, half, method, present,
      kiosk_id, counter, source_id, said_from_min, said_to_min, noted_by, device, clock_skew_s, since_midnight_s,
      happened_at, recorded_at)
    select ${work.networkId}, event_id, person_id, space_id, local_day, half, method, present, kiosk_id, counter,
      source_id, said_from_min, said_to_min, noted_by, device, clock_skew_s, since_midnight_s, happened_at,
      ${instantText(work.now)}
    from json_to_recordset(${toJson(rows)}::json) as e (event_id text, person_id text, space_id text, local_day date,
      half text, method text, present boolean, kiosk_id text, counter bigint, source_id text, said_from_min smallint,
      said_to_min smallint, noted_by text, device text,
      clock_skew_s integer, since_midnight_s integer, happened_at timestamptz)
    on conflict do nothing returning event_id`.execute(work.tx);
  return new Set(added.rows.map(row => row.event_id));
};

/** Events already there under these ids, or under the same code for the same person. */
export const selectTwins = (work: Work, events: readonly AccessEvent[]): Promise<readonly AccessEvent[]> =>
  select(
    work,
    sql`event_id = any(${events.map(e => e.eventId)}) or (kiosk_id, counter, person_id) in (
      select kiosk_id, counter, person_id from json_to_recordset(${toJson(
        events.map(e => ({ kiosk_id: e.kioskId, counter: e.counter, person_id: e.personId })),
      )}::json) as e (kiosk_id text, counter bigint, person_id text))`,
  );

export const selectEventsOn = (
  work: Work,
  { days, spaceIds }: { readonly days: readonly Day[]; readonly spaceIds: readonly Id[] | 'all' },
): Promise<readonly AccessEvent[]> =>
  select(
    work,
    spaceIds === 'all'
      ? sql`local_day = any(${days}::date[])`
      : sql`local_day = any(${days}::date[]) and space_id = any(${spaceIds})`,
  );

export const selectEventsOf = (
  work: Work,
  { personId, from, to }: { readonly personId: string; readonly from: Day; readonly to: Day },
): Promise<readonly AccessEvent[]> =>
  select(work, sql`person_id = ${personId} and ${within('local_day', { from, to })}`);

/** Days whose last event came after their last attestation: what there is to attest, however long the server was away. */
export const daysToAttest = async (work: Work): Promise<readonly Day[]> => {
  const found = await sql<{ local_day: Day }>`
    select e.local_day from presence.access_event e group by e.network_id, e.local_day
    having max(e.recorded_at) >= coalesce((select max(a.recorded_at) from presence.day_attestation a
      where a.network_id = e.network_id and a.local_day = e.local_day), '-infinity')
    order by e.local_day`.execute(work.tx);
  return found.rows.map(row => row.local_day);
};

/** All of one person's, or everyone's of before a moment or a day but for some people's. */
type Old<When> = { readonly before: When; readonly except: readonly string[] } | { readonly personId: string };

/** Destroys events, and says how many. */
export const deleteEvents = async (work: Work, which: Old<Instant>): Promise<number> => {
  const gone = await sql`delete from presence.access_event where ${
    'before' in which
      ? sql`happened_at < ${which.before.toString()} and person_id <> all(${which.except}) and not exists (
          select from presence.incident i where i.network_id = access_event.network_id
            and i.person_id = access_event.person_id and i.local_day = access_event.local_day)`
      : sql`person_id = ${which.personId}`
  }`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0n);
};

/** Adds what an employer says of days; said twice it is said once. Says how many are new. */
export const insertCodes = async (
  work: Work,
  employerId: Id<'org'>,
  codes: readonly (DayCode & { readonly personId: Id<'per'> })[],
): Promise<number> => {
  const added =
    await sql`insert into presence.day_code (network_id, person_id, local_day, code, employer_id, recorded_at)
    select ${work.networkId}, "personId", day, code, ${employerId}, ${instantText(work.now)}
    from json_to_recordset(${toJson(codes)}::json) as c ("personId" text, day date, code text)
    on conflict do nothing returning 1`.execute(work.tx);
  return added.rows.length;
};

/** Of these people's days, those which an employer says were spent at the office for half of it. */
export const selectHalfOffice = async (
  work: Work,
  asked: readonly { readonly personId: Id<'per'>; readonly day: Day }[],
): Promise<ReadonlySet<string>> => {
  const found = await sql<{ key: string }>`select c.person_id || ' ' || c.local_day as key from presence.day_code c
    join json_to_recordset(${toJson(asked.map(({ personId, day }) => ({ personId, day })))}::json)
      as a ("personId" text, day date) on a."personId" = c.person_id and a.day = c.local_day
    where c.code = 'office_half'`.execute(work.tx);
  return new Set(found.rows.map(row => row.key));
};

/** Destroys what employers said of days, and says how much. */
export const deleteCodes = async (work: Work, which: Old<Day>): Promise<number> => {
  const gone = await sql`delete from presence.day_code where ${
    'before' in which
      ? sql`local_day < ${which.before} and person_id <> all(${which.except})`
      : sql`person_id = ${which.personId}`
  }`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0n);
};
