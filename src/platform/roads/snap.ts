import { lonLat, type Place } from '../../kernel/place.ts';
import { modes, type RoadGraph, segmentMm } from './graph.ts';
import type { Mode } from './roads.ts';
import type { OnRoad } from './shortest-path.ts';
import { snapLimitM } from './words.ts';

/** Segments of the map by square cell, so that only near ones are measured. */
export interface SnapIndex {
  readonly west: number;
  readonly south: number;
  readonly columns: number;
  readonly rows: number;
  readonly first_in_cell: Int32Array;
  /** Shape point at which each segment begins. */
  readonly segment: Int32Array;
  /** The road of each shape point. */
  readonly road_of: Int32Array;
  /** 1 where a trip of the mode may begin or end: allowed there, and not on an islet of the network. */
  readonly open: Readonly<Record<Mode, Uint8Array>>;
}

/** 0.01 degree: about 1.1 km north to south. */
const cell_e7 = 100_000;
/** A piece of fewer junctions is a parking lot or a cut-off corner, unless the whole map is small. */
const isletVertices = 50;

/** Connected pieces of the network of a mode, one-ways counted both ways: the number of vertices of each road's piece. */
function pieceSizes(graph: RoadGraph, mode: Mode): Int32Array {
  const parent = Int32Array.from({ length: graph.vertices }, (_, v) => v);
  const root = (vertex: number): number => {
    let v = vertex;
    while (parent[v] !== v) {
      parent[v] = parent[parent[v]!]!;
      v = parent[v]!;
    }
    return v;
  };
  const { along, against } = graph.speeds[mode];
  for (let r = 0; r < graph.roads; r++) {
    if (along[r]! + against[r]! > 0) parent[root(graph.from_vertex[r]!)] = root(graph.to_vertex[r]!);
  }
  const sizes = new Int32Array(graph.vertices);
  for (let v = 0; v < graph.vertices; v++) sizes[root(v)]!++;
  return Int32Array.from({ length: graph.roads }, (_, r) => sizes[root(graph.from_vertex[r]!)]!);
}

function openRoads(graph: RoadGraph, mode: Mode): Uint8Array {
  const sizes = pieceSizes(graph, mode);
  const { along, against } = graph.speeds[mode];
  const usable = (r: number) => along[r]! + against[r]! > 0;
  let largest = 0;
  for (let r = 0; r < graph.roads; r++) if (usable(r)) largest = Math.max(largest, sizes[r]!);
  const enough = Math.min(isletVertices, largest / 10);
  return Uint8Array.from({ length: graph.roads }, (_, r) =>
    usable(r) && graph.startable[mode][r] === 1 && sizes[r]! >= enough ? 1 : 0,
  );
}

const bounds = (values: Int32Array): [low: number, high: number] => {
  let [low, high] = [values[0] ?? 0, values[0] ?? 0];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
};

/** Calls back with every cell the box of a segment touches. */
function eachCell(
  graph: RoadGraph,
  grid: Pick<SnapIndex, 'west' | 'south' | 'columns'>,
  p: number,
  visit: (cell: number) => void,
) {
  const column = (i: number) => Math.floor((graph.shape_lon_e7[i]! - grid.west) / cell_e7);
  const row = (i: number) => Math.floor((graph.shape_lat_e7[i]! - grid.south) / cell_e7);
  const [c0, c1, r0, r1] = [column(p), column(p + 1), row(p), row(p + 1)];
  for (let r = Math.min(r0, r1); r <= Math.max(r0, r1); r++)
    for (let c = Math.min(c0, c1); c <= Math.max(c0, c1); c++) visit(r * grid.columns + c);
}

function roadOfPoints(graph: RoadGraph): Int32Array {
  const road_of = new Int32Array(graph.shape_lon_e7.length);
  for (let r = 0; r < graph.roads; r++) road_of.fill(r, graph.shape_start[r]!, graph.shape_start[r + 1]!);
  return road_of;
}

/** Builds the index by a counting sort: one pass to count, one to place. */
export function buildSnapIndex(graph: RoadGraph): SnapIndex {
  const [west, east] = bounds(graph.shape_lon_e7);
  const [south, north] = bounds(graph.shape_lat_e7);
  const columns = Math.floor((east - west) / cell_e7) + 1;
  const rows = Math.floor((north - south) / cell_e7) + 1;
  const road_of = roadOfPoints(graph);
  const grid = { west, south, columns, rows, road_of };
  const first_in_cell = new Int32Array(columns * rows + 1);
  const eachSegment = (visit: (cell: number, p: number) => void) => {
    for (let p = 0; p + 1 < road_of.length; p++) {
      if (road_of[p] === road_of[p + 1]) eachCell(graph, grid, p, cell => visit(cell, p));
    }
  };
  eachSegment(cell => {
    first_in_cell[cell + 1]!++;
  });
  for (let cell = 0; cell < columns * rows; cell++) first_in_cell[cell + 1]! += first_in_cell[cell]!;
  const next = first_in_cell.slice();
  const segment = new Int32Array(first_in_cell[columns * rows]!);
  eachSegment((cell, p) => {
    segment[next[cell]!++] = p;
  });
  const [car, bicycle, foot] = modes.map(mode => openRoads(graph, mode));
  return { ...grid, first_in_cell, segment, open: { car: car!, bicycle: bicycle!, foot: foot! } };
}

/** A point of the network near the one asked. */
export interface Snap extends OnRoad {
  readonly place: Place;
  readonly distance_m: number;
}

interface Foot {
  readonly lon_e7: number;
  readonly lat_e7: number;
  readonly squared: number;
}

/** The point of a segment nearest to (lon, lat): flat geometry, exact enough below a kilometre. `narrow` is cos(latitude). */
function nearestOn(graph: RoadGraph, p: number, lon: number, lat: number, narrow: number): Foot {
  const [ax, ay] = [graph.shape_lon_e7[p]!, graph.shape_lat_e7[p]!];
  const [dx, dy] = [(graph.shape_lon_e7[p + 1]! - ax) * narrow, graph.shape_lat_e7[p + 1]! - ay];
  const [px, py] = [(lon - ax) * narrow, lat - ay];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / square));
  const squared = (px - share * dx) ** 2 + (py - share * dy) ** 2;
  return { lon_e7: Math.round(ax + (share * dx) / narrow), lat_e7: Math.round(ay + share * dy), squared };
}

/** The nearest point of the network for a mode, within the limit of 500 m; null when there is none. */
export function snap(graph: RoadGraph, index: SnapIndex, from: Place, mode: Mode): Snap | null {
  const [lon, lat] = [from.lon_udeg * 10, from.lat_udeg * 10];
  const narrow = Math.cos((lonLat(from)[1] * Math.PI) / 180);
  // 1e-7 degree of latitude is 11.12 mm.
  const reach = (snapLimitM * 1000) / 11.12;
  const column = (x: number) => Math.floor((x - index.west) / cell_e7);
  const row = (y: number) => Math.floor((y - index.south) / cell_e7);
  let best: (Foot & { p: number }) | null = null;
  for (let r = Math.max(0, row(lat - reach)); r <= Math.min(index.rows - 1, row(lat + reach)); r++) {
    for (
      let c = Math.max(0, column(lon - reach / narrow));
      c <= Math.min(index.columns - 1, column(lon + reach / narrow));
      c++
    ) {
      const cell = r * index.columns + c;
      for (let i = index.first_in_cell[cell]!; i < index.first_in_cell[cell + 1]!; i++) {
        const p = index.segment[i]!;
        if (index.open[mode][index.road_of[p]!] === 0) continue;
        const foot = nearestOn(graph, p, lon, lat, narrow);
        if (best === null || foot.squared < best.squared) best = { ...foot, p };
      }
    }
  }
  return best === null ? null : described(graph, index, { lon, lat }, best);
}

/** A point this close to a junction stands at the junction, or a one-way sign could send it around the town. */
const junctionMm = 5_000;

function described(
  graph: RoadGraph,
  index: SnapIndex,
  asked: { lon: number; lat: number },
  best: Foot & { p: number },
): Snap | null {
  const { p } = best;
  const road = index.road_of[p]!;
  const along = segmentMm(graph.shape_lon_e7[p]!, graph.shape_lat_e7[p]!, best.lon_e7, best.lat_e7);
  const at = Math.min(graph.shape_at_mm[p]! + along, graph.shape_at_mm[p + 1]!);
  const [first, last] = [graph.shape_start[road]!, graph.shape_start[road + 1]! - 1];
  const end = at <= junctionMm ? first : at >= graph.length_mm[road]! - junctionMm ? last : null;
  const lon_e7 = end === null ? best.lon_e7 : graph.shape_lon_e7[end]!;
  const lat_e7 = end === null ? best.lat_e7 : graph.shape_lat_e7[end]!;
  const distance_m = Math.round(segmentMm(asked.lon, asked.lat, lon_e7, lat_e7) / 1000);
  if (distance_m > snapLimitM) return null;
  return {
    road,
    at_mm: end === null ? at : graph.shape_at_mm[end]!,
    place: { lon_udeg: Math.round(lon_e7 / 10), lat_udeg: Math.round(lat_e7 / 10) },
    distance_m,
  };
}
