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
  /** The number of each cell that holds a segment, by its place in the grid: towns far apart leave most cells empty. */
  readonly number_of: ReadonlyMap<number, number>;
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

/** Builds the index by a counting sort: cells are numbered as segments come, then each segment is put in its cells. */
export function buildSnapIndex(graph: RoadGraph): SnapIndex {
  const [west, east] = bounds(graph.shape_lon_e7);
  const [south, north] = bounds(graph.shape_lat_e7);
  const columns = Math.floor((east - west) / cell_e7) + 1;
  const rows = Math.floor((north - south) / cell_e7) + 1;
  const road_of = roadOfPoints(graph);
  const grid = { west, south, columns, rows, road_of };
  const number_of = new Map<number, number>();
  const [cells, points]: [number[], number[]] = [[], []];
  for (let p = 0; p + 1 < road_of.length; p++) {
    if (road_of[p] !== road_of[p + 1]) continue;
    eachCell(graph, grid, p, cell => {
      const known = number_of.get(cell);
      const number = known ?? number_of.size;
      if (known === undefined) number_of.set(cell, number);
      cells.push(number);
      points.push(p);
    });
  }
  const first_in_cell = new Int32Array(number_of.size + 1);
  for (const number of cells) first_in_cell[number + 1]!++;
  for (let n = 0; n < number_of.size; n++) first_in_cell[n + 1]! += first_in_cell[n]!;
  const next = first_in_cell.slice();
  const segment = new Int32Array(cells.length);
  for (const [i, number] of cells.entries()) segment[next[number]!++] = points[i]!;
  const [car, bicycle, foot] = modes.map(mode => openRoads(graph, mode));
  return { ...grid, number_of, first_in_cell, segment, open: { car: car!, bicycle: bicycle!, foot: foot! } };
}

/** A point of the network near the one asked. */
export interface Snap extends OnRoad {
  readonly place: Place;
  readonly distance_m: number;
}

/** A place as the map writes it; `narrow` is cos(latitude): flat geometry, exact enough below a kilometre. */
interface Asked {
  readonly lon: number;
  readonly lat: number;
  readonly narrow: number;
}

/** Where along a segment its point nearest to a place stands, 0 to 1. */
function shareAlong(graph: RoadGraph, p: number, { lon, lat, narrow }: Asked): number {
  const dx = (graph.shape_lon_e7[p + 1]! - graph.shape_lon_e7[p]!) * narrow;
  const dy = graph.shape_lat_e7[p + 1]! - graph.shape_lat_e7[p]!;
  const square = dx * dx + dy * dy;
  if (square === 0) return 0;
  const along = (lon - graph.shape_lon_e7[p]!) * narrow * dx + (lat - graph.shape_lat_e7[p]!) * dy;
  return Math.max(0, Math.min(1, along / square));
}

/** Square of the distance from a place to the point of a segment, in 1e-7 degrees of latitude. */
function squaredTo(graph: RoadGraph, p: number, { lon, lat, narrow }: Asked, share: number): number {
  const dx = (graph.shape_lon_e7[p + 1]! - graph.shape_lon_e7[p]!) * narrow;
  const dy = graph.shape_lat_e7[p + 1]! - graph.shape_lat_e7[p]!;
  const east = (lon - graph.shape_lon_e7[p]!) * narrow - share * dx;
  const north = lat - graph.shape_lat_e7[p]! - share * dy;
  return east * east + north * north;
}

/** The open segment nearest to a place among those of the cells around it; −1 when there is none. */
function nearestSegment(graph: RoadGraph, index: SnapIndex, asked: Asked, mode: Mode): number {
  const { lon, lat, narrow } = asked;
  const open = index.open[mode];
  // 1e-7 degree of latitude is 11.12 mm.
  const reach = (snapLimitM * 1000) / 11.12;
  const column = (x: number) => Math.max(0, Math.min(index.columns - 1, Math.floor((x - index.west) / cell_e7)));
  const row = (y: number) => Math.max(0, Math.min(index.rows - 1, Math.floor((y - index.south) / cell_e7)));
  let [nearest, least] = [-1, Number.POSITIVE_INFINITY];
  for (let r = row(lat - reach); r <= row(lat + reach); r++) {
    for (let c = column(lon - reach / narrow); c <= column(lon + reach / narrow); c++) {
      const cell = index.number_of.get(r * index.columns + c);
      if (cell === undefined) continue;
      for (let i = index.first_in_cell[cell]!; i < index.first_in_cell[cell + 1]!; i++) {
        const p = index.segment[i]!;
        if (open[index.road_of[p]!] === 0) continue;
        const squared = squaredTo(graph, p, asked, shareAlong(graph, p, asked));
        if (squared < least) [nearest, least] = [p, squared];
      }
    }
  }
  return nearest;
}

/** The nearest point of the network for a mode, within the limit of 500 m; null when there is none. */
export function snap(graph: RoadGraph, index: SnapIndex, from: Place, mode: Mode): Snap | null {
  const narrow = Math.cos((lonLat(from)[1] * Math.PI) / 180);
  const asked = { lon: from.lon_udeg * 10, lat: from.lat_udeg * 10, narrow };
  const p = nearestSegment(graph, index, asked, mode);
  if (p < 0) return null;
  const share = shareAlong(graph, p, asked);
  const [ax, ay] = [graph.shape_lon_e7[p]!, graph.shape_lat_e7[p]!];
  const lon_e7 = Math.round(ax + (share * (graph.shape_lon_e7[p + 1]! - ax) * narrow) / narrow);
  const lat_e7 = Math.round(ay + share * (graph.shape_lat_e7[p + 1]! - ay));
  return described(graph, index, asked, { p, lon_e7, lat_e7 });
}

/** A point this close to a junction stands at the junction, or a one-way sign could send it around the town. */
const junctionMm = 5_000;

function described(
  graph: RoadGraph,
  index: SnapIndex,
  asked: { lon: number; lat: number },
  best: { readonly p: number; readonly lon_e7: number; readonly lat_e7: number },
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
