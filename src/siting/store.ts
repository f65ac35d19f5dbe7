import { sql } from 'kysely';
import type { Work } from '../platform/database.ts';
import type { Town } from './demand.ts';
import type { Reach, RoadFlow } from './rank.ts';

export interface StudyRow {
  readonly source_fr: string;
  readonly source_en: string;
  readonly fictitious: boolean;
  readonly distances: 'estimate' | 'matrix';
  readonly reach_m: number;
  readonly uptake_percent: number;
  readonly desks: number;
}

export async function deleteStudy({ tx, networkId }: Work): Promise<void> {
  for (const table of ['reach', 'flow', 'town', 'study']) {
    await sql`delete from ${sql.id('siting', table)} where network_id = ${networkId}`.execute(tx);
  }
}

export async function insertStudy({ tx, networkId, now }: Work, study: StudyRow): Promise<void> {
  await sql`insert into siting.study
    (network_id, source_fr, source_en, fictitious, distances, reach_m, uptake_percent, desks, loaded_at)
    values (${networkId}, ${study.source_fr}, ${study.source_en}, ${study.fictitious}, ${study.distances},
      ${study.reach_m}, ${study.uptake_percent}, ${study.desks}, ${now.toString()})`.execute(tx);
}

export async function insertTowns(
  { tx, networkId }: Work,
  towns: readonly (Town & { candidate: boolean })[],
): Promise<void> {
  const rows = towns.map(({ place, ...town }) => ({ ...town, ...place }));
  await sql`insert into siting.town (network_id, insee_code, name, population, lon_udeg, lat_udeg, candidate)
    select ${networkId}, code, name, population, lon_udeg, lat_udeg, candidate
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (
      code text, name text, population integer, lon_udeg integer, lat_udeg integer, candidate boolean)`.execute(tx);
}

export async function insertFlows(
  { tx, networkId }: Work,
  flows: readonly (RoadFlow & { workCode: string })[],
): Promise<void> {
  await sql`insert into siting.flow (network_id, home_code, work_code, commuters, road_m)
    select ${networkId}, "homeCode", "workCode", commuters, road_m
    from json_to_recordset(${JSON.stringify(flows)}::json) as given (
      "homeCode" text, "workCode" text, commuters integer, road_m integer)`.execute(tx);
}

export async function insertReaches({ tx, networkId }: Work, reaches: readonly Reach[]): Promise<void> {
  await sql`insert into siting.reach (network_id, town_code, home_code, road_m)
    select ${networkId}, "townCode", "homeCode", road_m
    from json_to_recordset(${JSON.stringify(reaches)}::json) as given (
      "townCode" text, "homeCode" text, road_m integer)`.execute(tx);
}

export async function selectStudy({ tx, networkId }: Work): Promise<StudyRow | null> {
  const { rows } = await sql<StudyRow>`
    select source_fr, source_en, fictitious, distances, reach_m, uptake_percent, desks
    from siting.study where network_id = ${networkId}`.execute(tx);
  return rows[0] ?? null;
}

interface TownRow {
  readonly insee_code: string;
  readonly name: string;
  readonly population: number;
  readonly lon_udeg: number;
  readonly lat_udeg: number;
  readonly candidate: boolean;
}

export async function selectTowns({
  tx,
  networkId,
}: Work): Promise<readonly (Town & { readonly candidate: boolean })[]> {
  const { rows } = await sql<TownRow>`
    select insee_code, name, population, lon_udeg, lat_udeg, candidate
    from siting.town where network_id = ${networkId} order by insee_code`.execute(tx);
  return rows.map(({ insee_code, lon_udeg, lat_udeg, ...town }) => ({
    code: insee_code,
    ...town,
    place: { lon_udeg, lat_udeg },
  }));
}

export async function selectFlows({ tx, networkId }: Work): Promise<readonly RoadFlow[]> {
  const { rows } = await sql<RoadFlow>`
    select home_code as "homeCode", commuters, road_m from siting.flow
    where network_id = ${networkId} order by home_code, work_code`.execute(tx);
  return rows;
}

export async function selectReaches({ tx, networkId }: Work): Promise<readonly Reach[]> {
  const { rows } = await sql<Reach>`
    select town_code as "townCode", home_code as "homeCode", road_m from siting.reach
    where network_id = ${networkId} order by town_code, home_code`.execute(tx);
  return rows;
}
