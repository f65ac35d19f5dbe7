import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Place } from '../../kernel/place.ts';
import type { Day, Instant } from '../../kernel/time.ts';
import type { Replaced } from '../../method/method.ts';
import type { Work } from '../../platform/database.ts';
import { toJson } from '../../platform/first-answer.ts';
import type { Baseline, BaselineId, Energy, SpaceId, TravelMode } from '../baseline.ts';

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
  readonly plate_hash: string | null;
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
  plateHash: row.plate_hash,
  recordedAt: row.recorded_at,
});

const baselineColumns = sql`b.baseline_id, b.person_id, b.valid_from, b.home_commune_code, b.home_commune_name, b.home_precision,
  h.lon_udeg as home_lon_udeg, h.lat_udeg as home_lat_udeg, b.site_id, b.workplace_name, b.workplace_commune_code,
  b.workplace_lon_udeg, b.workplace_lat_udeg, b.office_mode, b.office_energy, b.office_occupancy, b.space_mode,
  b.space_energy, b.space_occupancy, b.office_weekdays, b.usual_replaced, b.declared_office_m, b.space_ids, b.plate_hash,
  b.recorded_at`;

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
  plate_hash: baseline.plateHash ?? null,
});

/** Adds declarations, with the exact homes that distances will be measured from. */
export async function insertBaselines({ tx, networkId, now }: Work, baselines: readonly Baseline[]): Promise<void> {
  const columns = sql`baseline_id, person_id, valid_from, home_commune_code, home_commune_name, home_precision, site_id,
    workplace_name, workplace_commune_code, workplace_lon_udeg, workplace_lat_udeg, office_mode, office_energy,
    office_occupancy, space_mode, space_energy, space_occupancy, office_weekdays, usual_replaced, declared_office_m, space_ids,
    plate_hash`;
  await sql`insert into commute.baseline (network_id, ${columns}, recorded_at)
    select ${networkId}, ${columns}, ${now.toString()}
    from json_to_recordset(${toJson(baselines.map(baselineRow))}::json) as new(baseline_id text, person_id text,
      valid_from date, home_commune_code text, home_commune_name text, home_precision text, site_id text,
      workplace_name text, workplace_commune_code text, workplace_lon_udeg integer, workplace_lat_udeg integer,
      office_mode text, office_energy text, office_occupancy text, space_mode text, space_energy text,
      space_occupancy text, office_weekdays smallint[], usual_replaced text, declared_office_m integer,
      space_ids text[], plate_hash text)`.execute(tx);
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

/** The declaration that each of these took the place of, if any: the one before it of the same person. */
export async function selectReplaced(
  { tx }: Work,
  baselineIds: readonly BaselineId[],
): Promise<ReadonlyMap<BaselineId, Baseline>> {
  const { rows } = await sql<BaselineRow & { readonly of: BaselineId }>`
    select distinct on (own.baseline_id) own.baseline_id as of, ${baselineColumns}
    from commute.baseline own
    join commute.baseline b on b.network_id = own.network_id and b.person_id = own.person_id
      and (b.valid_from, b.recorded_at, b.baseline_id) < (own.valid_from, own.recorded_at, own.baseline_id)
    left join commute.home_point h on h.network_id = b.network_id and h.baseline_id = b.baseline_id
    where own.baseline_id = any(${baselineIds}::text[])
    order by own.baseline_id, b.valid_from desc, b.recorded_at desc, b.baseline_id desc`.execute(tx);
  return new Map(rows.map(row => [row.of, baselineOf(row)]));
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

/** The site that each of these declarations names; absent when it names none. */
export async function selectSites({ tx }: Work, ids: readonly BaselineId[]): Promise<Map<BaselineId, Id<'sit'>>> {
  const { rows } = await sql<{ id: BaselineId; site: Id<'sit'> }>`select baseline_id as id, site_id as site
    from commute.baseline where baseline_id = any(${ids}::text[]) and site_id is not null`.execute(tx);
  return new Map(rows.map(row => [row.id, row.site]));
}

export interface Ends {
  /** Null once its person is erased. */
  readonly home: string | null;
  readonly workplace: string;
}

/** The communes of home and workplace that each of these declarations names. */
export async function selectEnds({ tx }: Work, ids: readonly BaselineId[]): Promise<ReadonlyMap<BaselineId, Ends>> {
  const { rows } = await sql<Ends & { id: BaselineId }>`select baseline_id as id, home_commune_code as home,
    workplace_commune_code as workplace from commute.baseline where baseline_id = any(${ids}::text[])`.execute(tx);
  return new Map(rows.map(({ id, ...ends }) => [id, ends]));
}

/** One writer at a time where several people may share a car: whoever comes second sees the first one's trip. */
export async function lockPlates({ tx, networkId }: Work): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${networkId}), hashtext('commute.plates'))`.execute(tx);
}

/** One writer at a time on a declaration's trips, always in the same order. */
export async function lockBaselines({ tx }: Work, baselineIds: readonly BaselineId[]): Promise<void> {
  await sql`select 1 from commute.baseline where baseline_id = any(${baselineIds}::text[])
    order by baseline_id for update`.execute(tx);
}

/** Empties who and where, and counts it; distances, trips and totals stay and lead to nobody. */
export async function forget({ tx }: Work, personId: Id<'per'>): Promise<Readonly<Record<string, bigint | undefined>>> {
  const mine = sql`select baseline_id from commute.baseline where person_id = ${personId}`;
  const homes = await sql`delete from commute.home_point where baseline_id in (${mine})`.execute(tx);
  const salts = await sql`delete from commute.route_salt where baseline_id in (${mine})`.execute(tx);
  const answers = await sql`delete from commute.answer where person_id = ${personId}`.execute(tx);
  const emptied =
    await sql`update commute.baseline set person_id = null, home_commune_code = null, home_commune_name = null,
      plate_hash = null
    where person_id = ${personId}`.execute(tx);
  return {
    home_point: homes.numAffectedRows,
    route_salt: salts.numAffectedRows,
    answer: answers.numAffectedRows,
    baseline_person: emptied.numAffectedRows,
  };
}
