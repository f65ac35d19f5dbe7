import { canonical, hashOf } from '../../kernel/canonical.ts';
import { accept, BrokenInvariant, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { greatCircleM, lonLat, type Place, place } from '../../kernel/place.ts';
import type { EngineAnswer, EngineProcess } from './engine-process.ts';
import { decodePolyline6 } from './polyline.ts';
import type { Costing, Isochrone, Mode, RoadReach, RoadRoute, RoadRouter, RouterDescription } from './roads.ts';
import { snapLimitM, words } from './words.ts';

const engine = 'valhalla';
/** Valhalla measures on a sphere of 6,378,160 m: its lengths are 0.11 % above those on the mean radius. */
const caveat = 'lengths on a sphere of 6378160 m';

const costings = { car: 'auto', bicycle: 'bicycle', foot: 'pedestrian' } as const;
/** Stated rather than left to the engine: 4 km/h, as the national itinerary service walks. */
const walkingKmh = 4;
/** One-to-many questions are cut so that a matrix stays within the engine's memory and its own limit. */
const targetsPerMatrix = 100;

/** The options sent with every question of a mode and a costing, printed with the answer. */
function costingOf(
  mode: Mode,
  costing: Costing,
): { readonly costing: string; readonly costing_options: Record<string, object> } {
  const name = costings[mode];
  const shortest = costing === 'shortest' ? { shortest: true } : {};
  return {
    costing: name,
    costing_options: { [name]: mode === 'foot' ? { ...shortest, walking_speed: walkingKmh } : shortest },
  };
}

/** A car starts from a street, not from a parking aisle; this also keeps cells of a matrix from being empty. */
const location = (at: Place, mode: Mode) => {
  const [lon, lat] = lonLat(at);
  const near = { lon, lat, search_cutoff: snapLimitM };
  return mode === 'car' ? { ...near, search_filter: { min_road_class: 'residential' } } : near;
};

/** Valhalla tells why only in English prose. */
function refusalFor(answer: Exclude<EngineAnswer, { kind: 'answer' }>, mode: Mode): Refusal {
  if (answer.kind === 'away') return words.engineUnavailable();
  if (/No suitable edges/i.test(answer.message)) return words.snapTooFar(null, mode);
  if (/No path could be found|exceeds the max distance|unconnected regions/i.test(answer.message))
    return words.noRoute(mode);
  throw new BrokenInvariant(`Valhalla did not understand our question: ${answer.message}`);
}

interface Trip {
  readonly trip: {
    readonly summary: { readonly length: number; readonly time: number };
    readonly legs: readonly [{ readonly shape: string }];
  };
}

interface Traced {
  readonly edges: readonly { readonly way_id: number }[];
}

async function wayIds(process: EngineProcess, shape: string, mode: Mode): Promise<readonly number[]> {
  const answer = await process.ask('traceAttributes', {
    encoded_polyline: shape,
    shape_match: 'edge_walk',
    costing: costings[mode],
    filters: { attributes: ['edge.way_id'], action: 'include' },
  });
  if (answer.kind !== 'answer') return [];
  const ids = (answer.value as Traced).edges.map(edge => edge.way_id);
  return ids.filter((id, i) => id !== ids[i - 1]);
}

interface Question {
  readonly from: Place;
  readonly to: Place;
  readonly mode: Mode;
  readonly costing: Costing;
}

async function routeBy(
  process: EngineProcess,
  about: RouterDescription,
  { from, to, mode, costing }: Question,
): Promise<Outcome<RoadRoute>> {
  const options = costingOf(mode, costing);
  const query = {
    locations: [location(from, mode), location(to, mode)],
    ...options,
    units: 'kilometers',
    directions_type: 'none',
  };
  const answer = await process.ask('route', query);
  if (answer.kind !== 'answer') return refuse(refusalFor(answer, mode));
  const { summary, legs } = (answer.value as Trip).trip;
  const line = decodePolyline6(legs[0].shape);
  const [snapped_from, snapped_to] = [line[0]!, line.at(-1)!];
  const snap_m = Math.max(greatCircleM(from, snapped_from), greatCircleM(to, snapped_to));
  if (snap_m > snapLimitM) return refuse(words.snapTooFar(snap_m, mode));
  const source = {
    engine,
    engine_version: about.version,
    data_sha256: about.data_sha256,
    costing: canonical(options as { costing: string; costing_options: Record<string, never> }),
  };
  return accept({
    method: 'route',
    metres: Math.round(summary.length * 1000),
    seconds: Math.round(summary.time),
    ...source,
    polyline6: legs[0].shape,
    snapped_from,
    snapped_to,
    snap_m,
    way_ids: await wayIds(process, legs[0].shape, mode),
    request_sha256: hashOf({ ...source, tileset_sha256: about.tileset_sha256, from: { ...from }, to: { ...to } }),
  });
}

interface Matrix {
  readonly sources_to_targets: { readonly distances: [(number | null)[]]; readonly durations: [(number | null)[]] };
}

/** A cell the matrix leaves empty is asked again as a route, then left empty: never zero. */
async function reachBy(
  router: RoadRouter,
  process: EngineProcess,
  from: Place,
  tos: readonly Place[],
  mode: Mode,
): Promise<(RoadReach | null)[]> {
  const answer = await process.ask('matrix', {
    sources: [location(from, mode)],
    targets: tos.map(to => location(to, mode)),
    ...costingOf(mode, 'fastest'),
    units: 'kilometers',
    verbose: false,
  });
  const cells = answer.kind === 'answer' ? (answer.value as Matrix).sources_to_targets : null;
  return Promise.all(
    tos.map(async (to, i) => {
      const [km, seconds] = [cells?.distances[0][i] ?? null, cells?.durations[0][i] ?? null];
      if (km !== null && seconds !== null)
        return { method: 'matrix' as const, metres: Math.round(km * 1000), seconds: Math.round(seconds) };
      const route = await router.route(from, to, mode, 'fastest');
      return route.ok ? { method: 'matrix' as const, metres: route.value.metres, seconds: route.value.seconds } : null;
    }),
  );
}

interface Contours {
  readonly features: readonly {
    readonly properties: { readonly contour: number };
    readonly geometry:
      | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly [number, number][])[] }
      | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly [number, number][])[])[] };
  }[];
}

/** Outer rings of the features of one contour. */
const ringsFor = (contours: Contours, minutes: number): Place[][] =>
  contours.features
    .filter(feature => feature.properties.contour === minutes)
    .flatMap(({ geometry }) =>
      geometry.type === 'Polygon' ? [geometry.coordinates[0]!] : geometry.coordinates.map(polygon => polygon[0]!),
    )
    .map(ring => ring.map(([lon, lat]) => place(lon, lat)));

async function isochroneBy(
  process: EngineProcess,
  from: Place,
  mode: Mode,
  minutes: readonly number[],
): Promise<Outcome<Isochrone[]>> {
  const answer = await process.ask('isochrone', {
    locations: [location(from, mode)],
    ...costingOf(mode, 'fastest'),
    contours: [...minutes].sort((a, b) => a - b).map(time => ({ time })),
    polygons: true,
    denoise: 0.5,
    generalize: 50,
  });
  if (answer.kind !== 'answer') return refuse(refusalFor(answer, mode));
  return accept(minutes.map(m => ({ minutes: m, rings: ringsFor(answer.value as Contours, m) })));
}

const inParts = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

/** Valhalla over built tiles. Four contours an isochrone at most, 120 minutes at most: the engine's own limits. */
export function valhalla(process: EngineProcess, about: RouterDescription): RoadRouter {
  const router: RoadRouter = {
    route: (from, to, mode, costing) => routeBy(process, about, { from, to, mode, costing }),
    oneToMany: async (from, tos, mode) => {
      const cells: (RoadReach | null)[] = [];
      for (const part of inParts(tos, targetsPerMatrix))
        cells.push(...(await reachBy(router, process, from, part, mode)));
      return cells;
    },
    isochrone: (from, mode, minutes) => isochroneBy(process, from, mode, minutes),
    describe: () => about,
    close: () => process.close(),
  };
  return router;
}

/** What the tiles of an extract are, as the manifest keeps it. */
export const describeValhalla = (
  built: Pick<RouterDescription, 'version' | 'data_timestamp' | 'data_sha256' | 'tileset_sha256'>,
): RouterDescription => ({
  engine,
  ...built,
  costing: canonical({ walking_speed_kmh: walkingKmh, modes: { ...costings } }),
  caveat,
  fictitious: false,
});
