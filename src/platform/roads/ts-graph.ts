import { canonical, hashOf } from '../../kernel/canonical.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Place } from '../../kernel/place.ts';
import { buildGraph, type RoadGraph } from './graph.ts';
import { type Extract, readExtract } from './osm-read.ts';
import { outline, type Point } from './outline.ts';
import { encodePolyline6 } from './polyline.ts';
import type { Isochrone, Mode, RoadRoute, RoadRouter, RouterDescription } from './roads.ts';
import { bestLegs, type Leg, legsTo, type Reached, reachFrom, travelMs, type Weighing } from './shortest-path.ts';
import { buildSnapIndex, type Snap, type SnapIndex, snap } from './snap.ts';
import { words } from './words.ts';

const engine = 'ts-graph';
/** Changes whenever the same question on the same map could get another answer. */
const version = '1';
const caveat = 'no turn restrictions, no barriers';

interface Loaded {
  readonly graph: RoadGraph;
  readonly index: SnapIndex;
  readonly data_sha256: string;
}

interface Totals {
  readonly metres: number;
  readonly seconds: number;
}

/** Sums whole millimetres and milliseconds, and rounds once. */
function totals(graph: RoadGraph, mode: Mode, legs: readonly Leg[]): Totals {
  let [mm, ms] = [0, 0];
  for (const { road, from_mm, to_mm } of legs) {
    const { along, against } = graph.speeds[mode];
    mm += Math.abs(to_mm - from_mm);
    ms += travelMs(Math.abs(to_mm - from_mm), (to_mm < from_mm ? against : along)[road]!);
  }
  return { metres: Math.round(mm / 1000), seconds: Math.round(ms / 1000) };
}

/** Shape points strictly inside a leg, in driving order. */
function insideLeg(graph: RoadGraph, { road, from_mm, to_mm }: Leg): Place[] {
  const [low, high] = [Math.min(from_mm, to_mm), Math.max(from_mm, to_mm)];
  const places: Place[] = [];
  for (let p = graph.shape_start[road]!; p < graph.shape_start[road + 1]!; p++) {
    const at = graph.shape_at_mm[p]!;
    const isEnd = at === 0 || at === graph.length_mm[road];
    if (at < low || at > high || (!isEnd && (at === low || at === high))) continue;
    places.push({
      lon_udeg: Math.round(graph.shape_lon_e7[p]! / 10),
      lat_udeg: Math.round(graph.shape_lat_e7[p]! / 10),
    });
  }
  return to_mm < from_mm ? places.reverse() : places;
}

const same = (a: Place, b: Place): boolean => a.lon_udeg === b.lon_udeg && a.lat_udeg === b.lat_udeg;

/** The line driven from snap to snap, without repeated points. */
const lineOf = (graph: RoadGraph, legs: readonly Leg[], from: Snap, to: Snap): Place[] =>
  [from.place, ...legs.flatMap(leg => insideLeg(graph, leg)), to.place].filter(
    (point, i, line) => i === 0 || !same(point, line[i - 1]!),
  );

const waysOf = (graph: RoadGraph, legs: readonly Leg[]): number[] =>
  legs.map(leg => graph.way_id[leg.road]!).filter((id, i, ids) => id !== ids[i - 1]);

interface Question extends Weighing {
  readonly from: Place;
  readonly to: Place;
}

function routeOn({ graph, index, data_sha256 }: Loaded, { from, to, mode, costing }: Question): Outcome<RoadRoute> {
  const start = snap(graph, index, from, mode);
  const end = snap(graph, index, to, mode);
  if (!start || !end) return refuse(words.snapTooFar(null, mode));
  const legs = bestLegs(graph, { mode, costing }, start, end);
  if (!legs) return refuse(words.noRoute(mode));
  const source = { engine, engine_version: version, data_sha256, costing: canonical({ mode, costing }) };
  return accept({
    method: 'route',
    ...totals(graph, mode, legs),
    ...source,
    // Drawn only for who looks at it: a distance needs no line.
    get polyline6() {
      return encodePolyline6(lineOf(graph, legs, start, end));
    },
    snapped_from: start.place,
    snapped_to: end.place,
    snap_m: Math.max(start.distance_m, end.distance_m),
    way_ids: waysOf(graph, legs),
    request_sha256: hashOf({ ...source, from: { ...from }, to: { ...to } }),
  });
}

function reachOn({ graph, index }: Loaded, from: Place, tos: readonly Place[], mode: Mode) {
  const start = snap(graph, index, from, mode);
  if (!start) return tos.map(() => null);
  const weighing = { mode, costing: 'fastest' } as const;
  const reached = reachFrom(graph, weighing, start, () => Number.POSITIVE_INFINITY);
  return tos.map(to => {
    const end = snap(graph, index, to, mode);
    const legs = end && legsTo(graph, weighing, { from: start, to: end, reached });
    return legs ? { method: 'matrix' as const, ...totals(graph, mode, legs) } : null;
  });
}

/** Points of the network reached within `limit_ms`, no more than `spacing_m` apart along a road. */
function pointsWithin(graph: RoadGraph, mode: Mode, reached: Reached, limit_ms: number, spacing_m: number): Point[] {
  const { along, against } = graph.speeds[mode];
  const points: Point[] = [];
  for (let r = 0; r < graph.roads; r++) {
    const [atStart, atEnd] = [reached.cost[graph.from_vertex[r]!]!, reached.cost[graph.to_vertex[r]!]!];
    if (Math.min(atStart, atEnd) > limit_ms) continue;
    const timeAt = (mm: number): number =>
      Math.min(
        along[r] === 0 ? Number.POSITIVE_INFINITY : atStart + travelMs(mm, along[r]!),
        against[r] === 0 ? Number.POSITIVE_INFINITY : atEnd + travelMs(graph.length_mm[r]! - mm, against[r]!),
      );
    for (let p = graph.shape_start[r]!; p + 1 < graph.shape_start[r + 1]!; p++) {
      const [a, b] = [graph.shape_at_mm[p]!, graph.shape_at_mm[p + 1]!];
      const parts = Math.max(1, Math.ceil((b - a) / (spacing_m * 1000)));
      for (let i = 0; i <= parts; i++) {
        const share = i / parts;
        if (timeAt(a + share * (b - a)) > limit_ms) continue;
        points.push({
          lon_e7: graph.shape_lon_e7[p]! + share * (graph.shape_lon_e7[p + 1]! - graph.shape_lon_e7[p]!),
          lat_e7: graph.shape_lat_e7[p]! + share * (graph.shape_lat_e7[p + 1]! - graph.shape_lat_e7[p]!),
        });
      }
    }
  }
  return points;
}

/** A cell of the drawing: a fortieth of what the mode covers in that time in a straight line, 60 m at least. */
const cellM = (mode: Mode, minutes: number): number => {
  const kmh = { car: 60, bicycle: 16, foot: 4 }[mode];
  return Math.max(60, Math.round((2 * kmh * 1000 * (minutes / 60)) / 40));
};

function isochroneOn(
  { graph, index }: Loaded,
  from: Place,
  mode: Mode,
  minutes: readonly number[],
): Outcome<Isochrone[]> {
  const start = snap(graph, index, from, mode);
  if (!start) return refuse(words.snapTooFar(null, mode));
  const longest_ms = Math.max(...minutes) * 60_000;
  const reached = reachFrom(graph, { mode, costing: 'fastest' }, start, () => longest_ms);
  const origin = { lon_e7: start.place.lon_udeg * 10, lat_e7: start.place.lat_udeg * 10 };
  return accept(
    minutes.map(m => {
      const cell_m = cellM(mode, m);
      return {
        minutes: m,
        rings: outline([origin, ...pointsWithin(graph, mode, reached, m * 60_000, cell_m)], cell_m),
      };
    }),
  );
}

/** The everyday engine: plain TypeScript over an extract held in memory. A département fits; a country does not. */
function tsGraph(extract: Extract, about: { readonly fictitious: boolean }): RoadRouter {
  const graph = buildGraph(extract);
  const loaded: Loaded = { graph, index: buildSnapIndex(graph), data_sha256: extract.data_sha256 };
  const description: RouterDescription = {
    engine,
    version,
    data_timestamp: extract.data_timestamp,
    data_sha256: extract.data_sha256,
    tileset_sha256: hashOf({ engine, version, data_sha256: extract.data_sha256 }),
    costing: canonical({ modes: ['car', 'bicycle', 'foot'], costings: ['shortest', 'fastest'] }),
    caveat,
    ...about,
  };
  return {
    route: async (from, to, mode, costing) => routeOn(loaded, { from, to, mode, costing }),
    oneToMany: async (from, tos, mode) => reachOn(loaded, from, tos, mode),
    isochrone: async (from, mode, minutes) => isochroneOn(loaded, from, mode, minutes),
    describe: () => description,
    close: async () => {},
  };
}

/** Opens an .osm.pbf file as a router. Refuses `roads.extract_unreadable` and `roads.extract_without_roads`. */
export async function openTsGraph(path: string, about: { readonly fictitious: boolean }): Promise<Outcome<RoadRouter>> {
  const extract = await readExtract(path);
  return extract.ok ? accept(tsGraph(extract.value, about)) : extract;
}
