import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../kernel/ids.ts';
import type { Place } from '../kernel/place.ts';
import type { Day, Instant, Month } from '../kernel/time.ts';
import { firstDay, nextMonth } from '../kernel/time.ts';
import type { LegRequest, Replaced } from '../method/method.ts';
import type { Work } from '../platform/database.ts';
import { toJson } from '../platform/first-answer.ts';
import type { Baseline, BaselineId, Energy, SpaceId, TravelMode } from './baseline.ts';
import type { KnownLeg, LegKind } from './legs.ts';
import type { RouteEvidence } from './route.ts';
import type { Counted, Source, Trip } from './trip.ts';

interface BaselineRow {
  readonly baseline_id: BaselineId;
  readonly person_id: Id<'per'> | null;
  readonly valid_from: Day;
  readonly home_commune_code: string | null;
  readonly home_commune_name: string | null;
  readonly home_precision: 'address' | 'commune';
  readonly home_lon_udeg: number | null;
  readonly home_lat_udeg: number | null;
  readonly site_id: Id<'sit'> | null;
  readonly workplace_name: string;
  readonly workplace_commune_code: string;
  readonly workplace_lon_udeg: number;
  readonly workplace_lat_udeg: number;
  readonly office_mode: TravelMode;
  readonly office_energy: Energy | null;
  readonly office_occupancy: string;
  readonly space_mode: TravelMode;
  readonly space_energy: Energy | null;
  readonly space_occupancy: string;
  readonly office_weekdays: readonly number[];
  readonly usual_replaced: Replaced;
  readonly declared_office_m: number | null;
  readonly space_ids: readonly SpaceId[];
  readonly recorded_at: Instant;
}

const placeOf = (lon_udeg: number | null, lat_udeg: number | null): Place | null =>
  lon_udeg === null || lat_udeg === null ? null : { lon_udeg, lat_udeg };

const baselineOf = (row: BaselineRow): Baseline => ({
  baselineId: row.baseline_id,
  personId: row.person_id,
  validFrom: row.valid_from,
  home: {
    communeCode: row.home_commune_code ?? '',
    communeName: row.home_commune_name ?? '',
    precision: row.home_precision,
    exact: placeOf(row.home_lon_udeg, row.home_lat_udeg),
  },
  workplace: {
    siteId: row.site_id,
    name: row.workplace_name,
    communeCode: row.workplace_commune_code,
    place: { lon_udeg: row.workplace_lon_udeg, lat_udeg: row.workplace_lat_udeg },
  },
  office: { mode: row.office_mode, energy: row.office_energy, occupancy: row.office_occupancy },
  space: { mode: row.space_mode, energy: row.space_energy, occupancy: row.space_occupancy },
  officeWeekdays: row.office_weekdays,
  usual: row.usual_replaced,
  declaredOffice_m: row.declared_office_m,
  spaceIds: row.space_ids,
  recordedAt: row.recorded_at,
});

const baselineColumns = sql`b.baseline_id, b.person_id, b.valid_from, b.home_commune_code, b.home_commune_name, b.home_precision,
  h.lon_udeg as home_lon_udeg, h.lat_udeg as home_lat_udeg, b.site_id, b.workplace_name, b.workplace_commune_code,
  b.workplace_lon_udeg, b.workplace_lat_udeg, b.office_mode, b.office_energy, b.office_occupancy, b.space_mode,
  b.space_energy, b.space_occupancy, b.office_weekdays, b.usual_replaced, b.declared_office_m, b.space_ids, b.recorded_at`;

const baselineTables = sql`commute.baseline b left join commute.home_point h using (network_id, baseline_id)`;

/** A declaration as the table takes it. */
const baselineRow = ({ home, workplace, office, space, ...baseline }: Baseline) => ({
  baseline_id: baseline.baselineId,
  person_id: baseline.personId,
  valid_from: baseline.validFrom,
  home_commune_code: home.communeCode,
  home_commune_name: home.communeName,
  home_precision: home.precision,
  home_lon_udeg: home.exact?.lon_udeg ?? null,
  home_lat_udeg: home.exact?.lat_udeg ?? null,
  site_id: workplace.siteId,
  workplace_name: workplace.name,
  workplace_commune_code: workplace.communeCode,
  workplace_lon_udeg: workplace.place.lon_udeg,
  workplace_lat_udeg: workplace.place.lat_udeg,
  office_mode: office.mode,
  office_energy: office.energy,
  office_occupancy: office.occupancy,
  space_mode: space.mode,
  space_energy: space.energy,
  space_occupancy: space.occupancy,
  office_weekdays: baseline.officeWeekdays,
  usual_replaced: baseline.usual,
  declared_office_m: baseline.declaredOffice_m,
  space_ids: baseline.spaceIds,
});

/** Adds declarations, with the exact homes that distances will be measured from. */
export async function insertBaselines({ tx, networkId, now }: Work, baselines: readonly Baseline[]): Promise<void> {
  const columns = sql`baseline_id, person_id, valid_from, home_commune_code, home_commune_name, home_precision, site_id,
    workplace_name, workplace_commune_code, workplace_lon_udeg, workplace_lat_udeg, office_mode, office_energy,
    office_occupancy, space_mode, space_energy, space_occupancy, office_weekdays, usual_replaced, declared_office_m, space_ids`;
  await sql`insert into commute.baseline (network_id, ${columns}, recorded_at)
    select ${networkId}, ${columns}, ${now.toString()}
    from json_to_recordset(${toJson(baselines.map(baselineRow))}::json) as new(baseline_id text, person_id text,
      valid_from date, home_commune_code text, home_commune_name text, home_precision text, site_id text,
      workplace_name text, workplace_commune_code text, workplace_lon_udeg integer, workplace_lat_udeg integer,
      office_mode text, office_energy text, office_occupancy text, space_mode text, space_energy text,
      space_occupancy text, office_weekdays smallint[], usual_replaced text, declared_office_m integer,
      space_ids text[])`.execute(tx);
  const homes = baselines.flatMap(({ baselineId, home: { exact } }) => (exact ? [{ baselineId, ...exact }] : []));
  await sql`insert into commute.home_point (network_id, baseline_id, lon_udeg, lat_udeg)
    select ${networkId}, "baselineId", lon_udeg, lat_udeg from json_to_recordset(${toJson(homes)}::json)
      as home("baselineId" text, lon_udeg integer, lat_udeg integer)`.execute(tx);
}

/** Of these people, those who have declared something before. */
export async function selectDeclared({ tx }: Work, personIds: readonly Id<'per'>[]): Promise<ReadonlySet<Id<'per'>>> {
  const { rows } = await sql<{ person_id: Id<'per'> }>`select distinct person_id from commute.baseline
    where person_id = any(${personIds}::text[])`.execute(tx);
  return new Set(rows.map(row => row.person_id));
}

/** Every declaration of a person, the newest first. */
export async function selectBaselinesOf({ tx }: Work, personId: Id<'per'>): Promise<readonly Baseline[]> {
  const { rows } = await sql<BaselineRow>`select ${baselineColumns} from ${baselineTables}
    where b.person_id = ${personId} order by b.valid_from desc, b.recorded_at desc, b.baseline_id desc`.execute(tx);
  return rows.map(baselineOf);
}

export interface PersonOnDay {
  readonly personId: Id<'per'>;
  readonly day: Day;
}

/** The declaration that holds for each person on each day, under `personId day`; absent when there is none. */
export async function selectBaselinesOn(
  { tx }: Work,
  asked: readonly PersonOnDay[],
): Promise<ReadonlyMap<string, Baseline>> {
  const { rows } = await sql<BaselineRow & { day: Day }>`
    select distinct on (asked.person_id, asked.day) asked.day, ${baselineColumns}
    from jsonb_to_recordset(${toJson(asked.map(a => ({ person_id: a.personId, day: a.day })))}::jsonb)
      as asked(person_id text, day date)
    join commute.baseline b on b.person_id = asked.person_id and b.valid_from <= asked.day
    left join commute.home_point h using (network_id, baseline_id)
    order by asked.person_id, asked.day, b.valid_from desc, b.recorded_at desc, b.baseline_id desc`.execute(tx);
  return new Map(rows.map(row => [`${row.person_id} ${row.day}`, baselineOf(row)]));
}

export async function selectBaselinesByIds(
  { tx }: Work,
  baselineIds: readonly BaselineId[],
): Promise<readonly Baseline[]> {
  const { rows } = await sql<BaselineRow>`select ${baselineColumns} from ${baselineTables}
    where b.baseline_id = any(${baselineIds}::text[]) order by b.baseline_id`.execute(tx);
  return rows.map(baselineOf);
}

export async function deleteHomePoints({ tx }: Work, baselineIds: readonly BaselineId[]): Promise<void> {
  await sql`delete from commute.home_point where baseline_id = any(${baselineIds}::text[])`.execute(tx);
}

export async function deleteHomePointsOf({ tx }: Work, personIds: readonly Id<'per'>[]): Promise<void> {
  await sql`delete from commute.home_point h using commute.baseline b
    where b.network_id = h.network_id and b.baseline_id = h.baseline_id and b.person_id = any(${personIds}::text[])`.execute(
    tx,
  );
}

interface RouteRow extends Omit<RouteEvidence, 'baselineId' | 'kind' | 'spaceId' | 'recordedAt'> {
  readonly baseline_id: BaselineId;
  readonly leg: LegKind;
  readonly space_id: SpaceId | '';
  readonly recorded_at: Instant;
}

const routeOf = ({ baseline_id, leg, space_id, recorded_at, ...answer }: RouteRow): RouteEvidence => ({
  ...answer,
  baselineId: baseline_id,
  kind: leg,
  spaceId: space_id === '' ? null : space_id,
  recordedAt: recorded_at,
});

export async function insertRoutes(
  { tx, networkId }: Work,
  routes: readonly RouteEvidence[],
  salts: readonly { readonly baselineId: BaselineId; readonly salt: string }[],
): Promise<void> {
  const rows = routes.map(({ baselineId, kind, spaceId, recordedAt, ...answer }) => ({
    ...answer,
    baseline_id: baselineId,
    leg: kind,
    space_id: spaceId ?? '',
    recorded_at: recordedAt.toString(),
  }));
  await sql`insert into commute.route (network_id, baseline_id, leg, space_id, mode, routed_m, seconds, engine,
      engine_version, data_sha256, costing, snap_m, question_commit, recorded_at)
    select ${networkId}, baseline_id, leg, space_id, mode, routed_m, seconds, engine, engine_version, data_sha256,
      costing, snap_m, question_commit, recorded_at
    from jsonb_to_recordset(${toJson(rows)}::jsonb) as new(
      baseline_id text, leg text, space_id text, mode text, routed_m integer, seconds integer, engine text,
      engine_version text, data_sha256 text, costing text, snap_m integer, question_commit text,
      recorded_at timestamptz)`.execute(tx);
  await sql`insert into commute.route_salt (network_id, baseline_id, salt)
    select ${networkId}, "baselineId", salt
    from json_to_recordset(${toJson(salts)}::json) as new("baselineId" text, salt text)`.execute(tx);
}

/** How long the legs of these declarations are, and nothing else of what is known of them. */
export async function selectLegs(
  { tx }: Work,
  baselineIds: readonly BaselineId[],
): Promise<readonly (KnownLeg & { readonly baselineId: BaselineId })[]> {
  const { rows } = await sql<KnownLeg & { readonly baselineId: BaselineId }>`
    select baseline_id as "baselineId", leg as kind, nullif(space_id, '') as "spaceId", routed_m
    from commute.route where baseline_id = any(${baselineIds}::text[])`.execute(tx);
  return rows;
}

export async function selectRoutes(
  { tx }: Work,
  baselineIds: readonly BaselineId[],
): Promise<readonly RouteEvidence[]> {
  const { rows } = await sql<RouteRow>`select baseline_id, leg, space_id, mode, routed_m, seconds, engine,
      engine_version, data_sha256, costing, snap_m, question_commit, recorded_at
    from commute.route where baseline_id = any(${baselineIds}::text[])
    order by baseline_id, space_id, leg`.execute(tx);
  return rows.map(routeOf);
}

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
  recordedAt: row.recorded_at,
});

const tripColumns = sql`t.attestation_id, t.revision, t.day, t.space_id, t.baseline_id, t.x, t.replaced, t.source,
  t.reference, t.actual, t.avoided_m, t.recorded_at`;

/** The last revision of each trip that matches, by day then presence. */
const selectCurrent = async ({ tx }: Work, where: RawBuilder<unknown>): Promise<readonly Trip[]> => {
  const { rows } = await sql<TripRow>`
    select ${tripColumns} from commute.trip t ${where}
      and not exists (select from commute.trip later where later.network_id = t.network_id
        and later.attestation_id = t.attestation_id and later.revision > t.revision)
    order by t.day, t.attestation_id`.execute(tx);
  return rows.map(tripOf);
};

export const selectTripsOfMonth = (work: Work, month: Month) =>
  selectCurrent(work, sql`where t.day >= ${firstDay(month)}::date and t.day < ${firstDay(nextMonth(month))}::date`);

export const selectTripsOfDays = (work: Work, days: readonly Day[]) =>
  selectCurrent(work, sql`where t.day = any(${days}::date[])`);

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

/** One writer at a time on a declaration's trips, always in the same order. */
export async function lockBaselines({ tx }: Work, baselineIds: readonly BaselineId[]): Promise<void> {
  await sql`select 1 from commute.baseline where baseline_id = any(${baselineIds}::text[])
    order by baseline_id for update`.execute(tx);
}

/** Writes what another transaction has not written meanwhile; answers the presences that were. */
export async function insertTrips(
  { tx, networkId, now }: Work,
  trips: readonly (Counted & { readonly revision: number })[],
): Promise<ReadonlySet<Id<'prs'>>> {
  const { rows } = await sql<{ attestation_id: Id<'prs'> }>`
    insert into commute.trip (network_id, attestation_id, revision, day, space_id, baseline_id, x, replaced, source,
      reference, actual, avoided_m, recorded_at)
    select ${networkId}, "attestationId", revision, day, "spaceId", "baselineId", x, replaced, source, reference, actual,
      avoided_m, ${now.toString()}
    from jsonb_to_recordset(${toJson(trips)}::jsonb) as new("attestationId" text, revision integer, day date,
      "spaceId" text, "baselineId" text, x smallint, replaced text, source text, reference jsonb, actual jsonb,
      avoided_m bigint)
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

/** Empties who and where; distances, trips and totals stay and lead to nobody. */
export async function forget({ tx }: Work, personId: Id<'per'>): Promise<void> {
  const mine = sql`select baseline_id from commute.baseline where person_id = ${personId}`;
  await sql`delete from commute.home_point where baseline_id in (${mine})`.execute(tx);
  await sql`delete from commute.route_salt where baseline_id in (${mine})`.execute(tx);
  await sql`delete from commute.answer where person_id = ${personId}`.execute(tx);
  await sql`update commute.baseline set person_id = null, home_commune_code = null, home_commune_name = null
    where person_id = ${personId}`.execute(tx);
}

/** The site that each of these declarations names; absent when it names none. */
export async function selectSites({ tx }: Work, ids: readonly BaselineId[]): Promise<Map<BaselineId, Id<'sit'>>> {
  const { rows } = await sql<{ id: BaselineId; site: Id<'sit'> }>`select baseline_id as id, site_id as site
    from commute.baseline where baseline_id = any(${ids}::text[]) and site_id is not null`.execute(tx);
  return new Map(rows.map(row => [row.id, row.site]));
}
