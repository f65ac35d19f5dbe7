import { sql } from 'kysely';
import type { Place } from '../../kernel/place.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../database.ts';
import type { Commune, Source } from './sources.ts';

/** A commune as searches see it. */
export type CommuneRow = Commune;

const columns = sql`insee_code, name, folded_name, departement, population, postcodes, lon_udeg, lat_udeg, centre_source`;

/** The hashes of the sources now in the table, by source. */
export async function importedHashes(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ source: string; sha256: string }>`
    select source, sha256 from platform.commune_import`.execute(tx);
  return new Map(rows.map(row => [row.source, row.sha256]));
}

/** Replaces the whole list in three statements. */
export async function replaceCommunes(tx: Tx, communes: readonly Commune[]): Promise<void> {
  await sql`delete from platform.commune`.execute(tx);
  await sql`insert into platform.commune (${columns})
    select ${columns} from json_to_recordset(${JSON.stringify(communes)}::json) as given (
      insee_code text, name text, folded_name text, departement text, population integer, postcodes text[],
      lon_udeg integer, lat_udeg integer, centre_source text)`.execute(tx);
}

export async function replaceSources(tx: Tx, sources: readonly Source[], now: Instant): Promise<void> {
  await sql`delete from platform.commune_import`.execute(tx);
  await sql`insert into platform.commune_import (source, version, licence, sha256, row_count, imported_at)
    select source, version, licence, sha256, row_count, ${now.toString()}::timestamptz
    from json_to_recordset(${JSON.stringify(sources)}::json) as given (
      source text, version text, licence text, sha256 text, row_count integer)`.execute(tx);
}

/** Exact name first, then the most people. */
export async function communesStarting(tx: Tx, folded: string, limit: number): Promise<CommuneRow[]> {
  const { rows } = await sql<CommuneRow>`
    select ${columns} from platform.commune where folded_name like ${`${folded}%`}
    order by folded_name = ${folded} desc, population desc, insee_code limit ${limit}`.execute(tx);
  return rows;
}

/** Where a later word of the name begins so: `bigorre` finds Bagnères-de-Bigorre. */
export async function communesHolding(tx: Tx, folded: string, limit: number): Promise<CommuneRow[]> {
  const { rows } = await sql<CommuneRow>`
    select ${columns} from platform.commune where folded_name like ${`% ${folded}%`}
    order by population desc, insee_code limit ${limit}`.execute(tx);
  return rows;
}

export async function communesNamed(tx: Tx, foldedNames: readonly string[]): Promise<CommuneRow[]> {
  const { rows } = await sql<CommuneRow>`
    select ${columns} from platform.commune where folded_name = any(${foldedNames}::text[])
    order by population desc, insee_code`.execute(tx);
  return rows;
}

export async function communesOfPostcode(tx: Tx, postcode: string): Promise<CommuneRow[]> {
  const { rows } = await sql<CommuneRow>`
    select ${columns} from platform.commune where postcodes @> array[${postcode}]
    order by population desc, insee_code`.execute(tx);
  return rows;
}

export async function communeOf(tx: Tx, inseeCode: string): Promise<CommuneRow | null> {
  const { rows } = await sql<CommuneRow>`
    select ${columns} from platform.commune where insee_code = ${inseeCode}`.execute(tx);
  return rows[0] ?? null;
}

/** Names of about the same length that begin alike: enough to look for the one that was meant. */
export async function communesLike(tx: Tx, folded: string): Promise<CommuneRow[]> {
  const { rows } = await sql<CommuneRow>`
    select ${columns} from platform.commune
    where folded_name like ${`${folded.slice(0, 1)}%`}
      and length(folded_name) between ${folded.length - 3} and ${folded.length + 3}`.execute(tx);
  return rows;
}

/** In microdegrees. */
export interface Box {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** A commune with a centre of its own, as who looks around a place needs it. */
export interface Centre extends Place {
  readonly insee_code: string;
  readonly name: string;
  readonly population: number;
}

/** The communes whose own centre stands in each box, with the box's position in the list, by code. */
export async function centresInBoxes(tx: Tx, boxes: readonly Box[]): Promise<(Centre & { readonly box: number })[]> {
  const { rows } = await sql<Centre & { readonly box: number }>`
    select box.n::integer - 1 as box, insee_code, name, population, lon_udeg, lat_udeg
    from unnest(${boxes.map(b => b.west)}::integer[], ${boxes.map(b => b.east)}::integer[],
      ${boxes.map(b => b.south)}::integer[], ${boxes.map(b => b.north)}::integer[])
      with ordinality as box (west, east, south, north, n)
    join platform.commune on lon_udeg between box.west and box.east and lat_udeg between box.south and box.north
    where centre_source = 'geonames'
    order by box.n, insee_code`.execute(tx);
  return rows;
}
