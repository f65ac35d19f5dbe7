import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import { type Day, firstDay, type Instant, type Month, nextMonth } from '../../kernel/time.ts';
import type { LegRequest, Replaced } from '../../method/method.ts';
import type { Work } from '../../platform/database.ts';
import { toJson } from '../../platform/first-answer.ts';
import type { BaselineId, SpaceId } from '../baseline.ts';
import type { Counted, Source, Trip, TripLegs } from '../trip.ts';
import type { PersonOnDay } from './baseline.ts';

export interface Answer extends PersonOnDay {
  readonly replaced: Replaced;
  readonly alsoOffice: boolean;
}

export async function upsertAnswers({ tx, networkId, now }: Work, answers: readonly Answer[]): Promise<void> {
  const rows = answers.map(a => ({
    person_id: a.personId,
    day: a.day,
    replaced: a.replaced,
    also_office: a.alsoOffice,
  }));
  await sql`insert into commute.answer (network_id, person_id, day, replaced, also_office, answered_at)
    select ${networkId}, person_id, day, replaced, also_office, ${now.toString()}
    from jsonb_to_recordset(${toJson(rows)}::jsonb) as given(person_id text, day date, replaced text, also_office boolean)
    on conflict on constraint one_answer_per_person_and_day
    do update set replaced = excluded.replaced, also_office = excluded.also_office, answered_at = excluded.answered_at`.execute(
    tx,
  );
}

/** The answers of these people for these days; a day without an answer is absent. */
export async function selectAnswers({ tx }: Work, asked: readonly PersonOnDay[]): Promise<readonly Answer[]> {
  const { rows } = await sql<Answer>`
    select a.person_id as "personId", a.day, a.replaced, a.also_office as "alsoOffice" from commute.answer a
    join jsonb_to_recordset(${toJson(asked.map(a => ({ person_id: a.personId, day: a.day })))}::jsonb)
      as asked(person_id text, day date) on asked.person_id = a.person_id and asked.day = a.day`.execute(tx);
  return rows;
}

interface TripRow {
  readonly attestation_id: Id<'prs'>;
  readonly revision: number;
  readonly day: Day;
  readonly space_id: SpaceId;
  readonly baseline_id: BaselineId;
  readonly x: 0 | 1;
  readonly replaced: Replaced;
  readonly source: Source;
  readonly reference: readonly LegRequest[];
  readonly actual: readonly LegRequest[];
  readonly avoided_m: bigint;
  readonly sharers: number | null;
  readonly recorded_at: Instant;
}

const tripOf = (row: TripRow): Trip => ({
  attestationId: row.attestation_id,
  revision: row.revision,
  day: row.day,
  spaceId: row.space_id,
  baselineId: row.baseline_id,
  x: row.x,
  replaced: row.replaced,
  source: row.source,
  reference: row.reference,
  actual: row.actual,
  avoided_m: row.avoided_m,
  ...(row.sharers !== null && { sharers: row.sharers }),
  recordedAt: row.recorded_at,
});

/** A presence, and all that its trip was counted from as one text: `legsOfText` reads it. */
export interface LegsRow {
  readonly attestationId: Id<'prs'>;
  readonly legs: string;
}

export function legsOfText(text: string): TripLegs {
  const [spaceId, baselineId, x, replaced, source, reference, actual] = text.split('\n') as [string, ...string[]];
  return {
    spaceId: spaceId as SpaceId,
    baselineId: baselineId as BaselineId,
    x: x === '1' ? 1 : 0,
    replaced: replaced as Replaced,
    source: source as Source,
    reference: JSON.parse(reference!) as TripLegs['reference'],
    actual: JSON.parse(actual!) as TripLegs['actual'],
  };
}

const tripColumns = sql`t.attestation_id, t.revision, t.day, t.space_id, t.baseline_id, t.x, t.replaced, t.source,
  t.reference, t.actual, t.avoided_m, t.sharers, t.recorded_at`;

/** The last revision of each trip that matches, by day then presence. All revisions of a trip are of one day and one person. */
const selectCurrent = async ({ tx }: Work, where: RawBuilder<unknown>): Promise<readonly Trip[]> => {
  const { rows } = await sql<TripRow>`
    select distinct on (t.day, t.attestation_id) ${tripColumns} from commute.trip t ${where}
    order by t.day, t.attestation_id, t.revision desc`.execute(tx);
  return rows.map(tripOf);
};

export const selectTripsOfMonth = (work: Work, month: Month) =>
  selectCurrent(work, sql`where t.day >= ${firstDay(month)}::date and t.day < ${firstDay(nextMonth(month))}::date`);

/** The last revision of each trip of some days, by day then presence; legs are JSON texts. */
export const selectLegsOfDays = async ({ tx }: Work, days: readonly Day[]): Promise<readonly LegsRow[]> => {
  const { rows } = await sql<LegsRow>`
    select distinct on (t.day, t.attestation_id) t.attestation_id as "attestationId",
      concat_ws(E'\\n', t.space_id, t.baseline_id, t.x, t.replaced, t.source, t.reference, t.actual) as legs
    from commute.trip t where t.day = any(${days}::date[])
    order by t.day, t.attestation_id, t.revision desc`.execute(tx);
  return rows;
};

export const selectTripsById = (work: Work, attestationIds: readonly Id<'prs'>[]) =>
  selectCurrent(work, sql`where t.attestation_id = any(${attestationIds}::text[])`);

const ofPerson = (personId: Id<'per'>) =>
  sql`join commute.baseline b on b.network_id = t.network_id and b.baseline_id = t.baseline_id
    where b.person_id = ${personId}`;

export const selectTripsOfPerson = (work: Work, personId: Id<'per'>) => selectCurrent(work, ofPerson(personId));

/** What these people's days have been counted for so far, whatever the presence. */
export async function selectTripsOn(
  { tx }: Work,
  asked: readonly PersonOnDay[],
): Promise<readonly (Trip & PersonOnDay)[]> {
  const { rows } = await sql<TripRow & { person_id: Id<'per'> }>`
    select ${tripColumns}, b.person_id
    from jsonb_to_recordset(${toJson(asked.map(a => ({ person_id: a.personId, day: a.day })))}::jsonb)
      as asked(person_id text, day date)
    join commute.baseline b on b.person_id = asked.person_id
    join commute.trip t on t.network_id = b.network_id and t.baseline_id = b.baseline_id and t.day = asked.day
    where not exists (select from commute.trip later where later.network_id = t.network_id
      and later.attestation_id = t.attestation_id and later.revision > t.revision)
    order by t.day, t.attestation_id`.execute(tx);
  return rows.map(row => ({ ...tripOf(row), personId: row.person_id }));
}

/** A trip of a day with the car of its declaration. */
export interface TripByPlate extends PersonOnDay {
  readonly attestationId: Id<'prs'>;
  readonly spaceId: SpaceId;
  readonly plateHash: string;
  readonly x: 0 | 1;
  readonly replaced: Replaced;
  readonly source: Source;
}

/** What has been counted on some days under declarations with one of these plates. */
export async function selectTripsByPlate(
  { tx }: Work,
  asked: readonly { readonly plateHash: string; readonly day: Day }[],
): Promise<readonly TripByPlate[]> {
  const { rows } = await sql<TripByPlate>`
    select t.attestation_id as "attestationId", b.person_id as "personId", t.day, t.space_id as "spaceId",
      b.plate_hash as "plateHash", t.x, t.replaced, t.source
    from json_to_recordset(${toJson(asked)}::json) as asked ("plateHash" text, day date)
    join commute.baseline b on b.plate_hash = asked."plateHash" and b.person_id is not null
    join commute.trip t on t.network_id = b.network_id and t.baseline_id = b.baseline_id and t.day = asked.day
    where not exists (select from commute.trip later where later.network_id = t.network_id
      and later.attestation_id = t.attestation_id and later.revision > t.revision)
    order by t.day, t.attestation_id`.execute(tx);
  return rows;
}

/** Writes what another transaction has not written meanwhile; answers the presences that were. */
export async function insertTrips(
  { tx, networkId, now }: Work,
  trips: readonly (Counted & { readonly revision: number })[],
): Promise<ReadonlySet<Id<'prs'>>> {
  const { rows } = await sql<{ attestation_id: Id<'prs'> }>`
    insert into commute.trip (network_id, attestation_id, revision, day, space_id, baseline_id, x, replaced, source,
      reference, actual, avoided_m, sharers, recorded_at)
    select ${networkId}, "attestationId", revision, day, "spaceId", "baselineId", x, replaced, source, reference, actual,
      avoided_m, sharers, ${now.toString()}
    from jsonb_to_recordset(${toJson(trips)}::jsonb) as new("attestationId" text, revision integer, day date,
      "spaceId" text, "baselineId" text, x smallint, replaced text, source text, reference jsonb, actual jsonb,
      avoided_m bigint, sharers smallint)
    on conflict on constraint one_revision_at_a_time do nothing returning attestation_id`.execute(tx);
  return new Set(rows.map(row => row.attestation_id));
}

export interface MonthTotal {
  readonly month: Month;
  /** Presences with a trip, and those among them whose replaced day is known. */
  readonly trips: number;
  readonly answered: number;
  readonly avoided_m: bigint;
}

export async function selectMonthTotals({ tx }: Work): Promise<readonly MonthTotal[]> {
  const { rows } = await sql<MonthTotal>`
    select to_char(day, 'YYYY-MM') as month, count(*)::int as trips,
      count(*) filter (where replaced in ('office', 'home'))::int as answered, sum(avoided_m)::bigint as avoided_m
    from commute.trip t
    where not exists (select from commute.trip later where later.network_id = t.network_id
      and later.attestation_id = t.attestation_id and later.revision > t.revision)
    group by 1 order by 1`.execute(tx);
  return rows;
}
