import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { greatCircleM, lonLat, type Place } from '../../kernel/place.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../database.ts';
import { closest, fold, readLine } from './names.ts';
import { readPackages, type Source } from './sources.ts';
import * as store from './store.ts';
import { words } from './words.ts';

export { type Epci, epciOf } from './sources.ts';
export type { Centre, CommuneRow } from './store.ts';

export interface CommuneImport {
  readonly sources: readonly Source[];
  readonly communes: number;
  /** Communes whose own place GeoNames knows. */
  readonly exact_centres: number;
  /** Communes drawn at the middle of their postcode. */
  readonly approximate_centres: number;
  readonly without_centre: number;
  /** False when the same files were already in. */
  readonly changed: boolean;
}

/** Fewer rows than these mean a damaged package. */
const expected = { communes: 34_000, centres: 14_000 };

/**
 * Loads the communes of France from the installed packages, in about two seconds; nothing is written when the same files are in
 * already. Refuses `communes.source_unexpected`.
 */
export async function importCommunes(tx: Tx, now: Instant): Promise<Outcome<CommuneImport>> {
  const { communes, sources } = readPackages();
  const count = (kind: string | null) => communes.filter(commune => commune.centre_source === kind).length;
  const figures = {
    sources,
    communes: communes.length,
    exact_centres: count('geonames'),
    approximate_centres: count('postcode'),
    without_centre: count(null),
  };
  if (figures.communes < expected.communes || figures.exact_centres < expected.centres) {
    return refuse(words.sourceUnexpected(figures.communes, figures.exact_centres));
  }
  const had = await store.importedHashes(tx);
  if (sources.every(({ source, sha256 }) => had.get(source) === sha256)) return accept({ ...figures, changed: false });
  await store.replaceCommunes(tx, communes);
  await store.replaceSources(tx, sources, now);
  return accept({ ...figures, changed: true });
}

/** A commune by its INSEE code; null when there is none. */
export const communeOf = store.communeOf;

/** Communes whose name, or a word of it, begins so, accents and hyphens aside; or those of a postcode. Best first. */
export async function searchCommunes(tx: Tx, text: string, limit = 8): Promise<readonly store.CommuneRow[]> {
  const folded = fold(text);
  if (folded === '') return [];
  if (/^\d{5}$/.test(folded)) return (await store.communesOfPostcode(tx, folded)).slice(0, limit);
  const starting = await store.communesStarting(tx, folded, limit);
  if (starting.length >= limit) return starting;
  return [...starting, ...(await store.communesHolding(tx, folded, limit - starting.length))];
}

/** A box around a place that holds every point within a distance. */
function boxAround(from: Place, within_m: number): store.Box {
  const dLat = Math.ceil(within_m / 0.1112);
  const dLon = Math.ceil(dLat / Math.cos((lonLat(from)[1] * Math.PI) / 180));
  return {
    west: from.lon_udeg - dLon,
    east: from.lon_udeg + dLon,
    south: from.lat_udeg - dLat,
    north: from.lat_udeg + dLat,
  };
}

/** For each place, the communes with a centre of their own within a distance, the nearest first. */
export async function communesAround(
  tx: Tx,
  places: readonly Place[],
  within_m: number,
): Promise<readonly (readonly store.Centre[])[]> {
  const found = await store.centresInBoxes(
    tx,
    places.map(from => boxAround(from, within_m)),
  );
  return places.map((from, i) =>
    found
      .filter(({ box }) => box === i)
      .map(({ box: _, ...centre }) => ({ centre, metres: greatCircleM(from, centre) }))
      .filter(({ metres }) => metres <= within_m)
      .sort((a, b) => a.metres - b.metres)
      .map(({ centre }) => centre),
  );
}

/** Somewhere a person may mean by what they typed. */
export interface FoundPlace {
  readonly label: string;
  readonly place: Place;
  readonly kind: 'address' | 'commune';
  readonly insee_code: string;
  readonly commune: string;
  readonly postcode: string | null;
  /** True when the point only stands for the neighbourhood of the commune: good to search around, not to measure from. */
  readonly approximate: boolean;
  readonly source: 'commune' | 'geoplateforme';
}

/** Finds addresses; null when it cannot answer now, and then communes answer. */
export type Geocoder = (text: string) => Promise<readonly FoundPlace[] | null>;

function asPlace(row: store.CommuneRow, postcode: string | null): FoundPlace | null {
  if (row.lon_udeg === null || row.lat_udeg === null) return null;
  const shown = postcode ?? row.postcodes[0] ?? null;
  return {
    label: `${row.name} (${shown ?? row.departement})`,
    place: { lon_udeg: row.lon_udeg, lat_udeg: row.lat_udeg },
    kind: 'commune',
    insee_code: row.insee_code,
    commune: row.name,
    postcode: shown,
    approximate: row.centre_source !== 'geonames',
    source: 'commune',
  };
}

/** Communes of a postcode; those whose name the text holds come alone when there are some. */
async function byPostcode(tx: Tx, postcode: string, folded: string): Promise<readonly store.CommuneRow[]> {
  const rows = await store.communesOfPostcode(tx, postcode);
  const named = rows.filter(row => ` ${folded} `.includes(` ${row.folded_name} `));
  const longest = Math.max(0, ...named.map(row => row.folded_name.length));
  return named.length > 0 ? named.filter(row => row.folded_name.length === longest) : rows;
}

async function communesMeant(tx: Tx, text: string): Promise<readonly store.CommuneRow[]> {
  const { postcode, folded, names } = readLine(text);
  if (postcode !== null) {
    const rows = await byPostcode(tx, postcode, folded);
    if (rows.length > 0) return rows;
  }
  const started = await searchCommunes(tx, names[0] ?? '');
  if (started.length > 0) return started;
  const exact = await store.communesNamed(tx, names);
  const best = names.find(name => exact.some(row => row.folded_name === name));
  return exact.filter(row => row.folded_name === best);
}

/**
 * Where a line of text is: an address when a geocoder is at hand, else the commune it names, by name, postcode or both.
 * Best first. Refuses `places.empty`, `places.unknown` (with the nearest names), `places.without_centre`.
 */
export async function findPlaces(
  tx: Tx,
  text: string,
  geocoder: Geocoder | null = null,
): Promise<Outcome<readonly FoundPlace[]>> {
  const typed = text.trim().slice(0, 200);
  if (fold(typed) === '') return refuse(words.emptySearch());
  const addresses = geocoder && (await geocoder(typed));
  if (addresses && addresses.length > 0) return accept(addresses);
  const rows = await communesMeant(tx, typed);
  if (rows.length === 0) {
    const name = readLine(typed).names[0] ?? '';
    const near = name === '' ? [] : closest(name, await store.communesLike(tx, name));
    return refuse(
      words.unknown(
        typed,
        near.map(row => row.name),
      ),
    );
  }
  const postcode = readLine(typed).postcode;
  const places = rows.map(row => asPlace(row, postcode !== null && row.postcodes.includes(postcode) ? postcode : null));
  const known = places.filter(found => found !== null);
  return known.length > 0 ? accept(known) : refuse(words.withoutCentre(rows[0]!.name));
}
