import type { Extract } from './osm-read.ts';
import { mayStart, speedsOf } from './profiles.ts';
import type { Mode } from './roads.ts';

export const modes = ['car', 'bicycle', 'foot'] as const satisfies readonly Mode[];

/**
 * Roads between junctions, in flat arrays. A road runs from `from_vertex` to `to_vertex` through shape points
 * `shape_start[r]` to `shape_start[r + 1]` (exclusive). Lengths are whole millimetres so that sums are exact.
 */
export interface RoadGraph {
  readonly vertices: number;
  readonly roads: number;
  readonly from_vertex: Int32Array;
  readonly to_vertex: Int32Array;
  readonly length_mm: Float64Array;
  readonly way_id: Float64Array;
  readonly shape_start: Int32Array;
  readonly shape_lon_e7: Int32Array;
  readonly shape_lat_e7: Int32Array;
  /** Millimetres from the start of the road to each shape point. */
  readonly shape_at_mm: Float64Array;
  /** km/h by mode, along and against each road; 0 is closed. */
  readonly speeds: Readonly<Record<Mode, { readonly along: Uint8Array; readonly against: Uint8Array }>>;
  /** 1 where a trip of that mode may begin or end. */
  readonly startable: Readonly<Record<Mode, Uint8Array>>;
  /** The roads at vertex v: `at_vertex[first_at[v]]` to `at_vertex[first_at[v + 1]]` (exclusive). */
  readonly first_at: Int32Array;
  readonly at_vertex: Int32Array;
}

const radians = Math.PI / 180;
/** Mean Earth radius (IUGG), in millimetres. */
const earthRadiusMm = 6_371_008_800;

/** Great circle between two points in 1e-7 degrees, in whole millimetres. */
export function segmentMm(lonA: number, latA: number, lonB: number, latB: number): number {
  const h =
    Math.sin(((latB - latA) * 1e-7 * radians) / 2) ** 2 +
    Math.cos(latA * 1e-7 * radians) *
      Math.cos(latB * 1e-7 * radians) *
      Math.sin(((lonB - lonA) * 1e-7 * radians) / 2) ** 2;
  return Math.round(2 * earthRadiusMm * Math.asin(Math.sqrt(h)));
}

/** Nodes where roads meet or end: each becomes a vertex, numbered in node order; −1 elsewhere. */
function numberVertices(extract: Extract): { readonly vertexOf: Int32Array; readonly vertices: number } {
  const uses = new Uint8Array(extract.node_ids.length);
  const use = (node: number, times: number) => {
    uses[node] = Math.min(2, uses[node]! + times);
  };
  for (const { nodes } of extract.ways) {
    for (const node of nodes) use(node, 1);
    use(nodes[0]!, 2);
    use(nodes[nodes.length - 1]!, 2);
  }
  let vertices = 0;
  const vertexOf = Int32Array.from(uses, times => (times === 2 ? vertices++ : -1));
  return { vertexOf, vertices };
}

interface Stretch {
  readonly way: Extract['ways'][number];
  readonly nodes: Int32Array;
}

/** Cuts each way at its vertices. */
function* stretches(extract: Extract, vertexOf: Int32Array): Generator<Stretch> {
  for (const way of extract.ways) {
    if (!modes.some(mode => speedsOf(way.tags, mode).along + speedsOf(way.tags, mode).against > 0)) continue;
    let start = 0;
    for (let i = 1; i < way.nodes.length; i++) {
      if (vertexOf[way.nodes[i]!]! < 0) continue;
      yield { way, nodes: way.nodes.subarray(start, i + 1) };
      start = i;
    }
  }
}

/** For each vertex, the roads that touch it: counting sort of both ends. */
function roadsAtVertices(
  vertices: number,
  from: Int32Array,
  to: Int32Array,
): Pick<RoadGraph, 'first_at' | 'at_vertex'> {
  const first_at = new Int32Array(vertices + 1);
  for (const ends of [from, to]) for (const vertex of ends) first_at[vertex + 1]!++;
  for (let v = 0; v < vertices; v++) first_at[v + 1]! += first_at[v]!;
  const next = first_at.slice();
  const at_vertex = new Int32Array(from.length * 2);
  for (let road = 0; road < from.length; road++) {
    at_vertex[next[from[road]!]!++] = road;
    at_vertex[next[to[road]!]!++] = road;
  }
  return { first_at, at_vertex };
}

const perMode = <T>(make: (mode: Mode) => T): Record<Mode, T> => ({
  car: make('car'),
  bicycle: make('bicycle'),
  foot: make('foot'),
});

/** Shape points of all roads, one after the other, with the running length of each road. */
function shapesOf(extract: Extract, roads: readonly Stretch[]) {
  const shape_start = new Int32Array(roads.length + 1);
  roads.forEach((road, r) => {
    shape_start[r + 1] = shape_start[r]! + road.nodes.length;
  });
  const points = shape_start[roads.length]!;
  const shape_lon_e7 = new Int32Array(points);
  const shape_lat_e7 = new Int32Array(points);
  const shape_at_mm = new Float64Array(points);
  roads.forEach(({ nodes }, r) => {
    const start = shape_start[r]!;
    for (let i = 0; i < nodes.length; i++) {
      const p = start + i;
      shape_lon_e7[p] = extract.lon_e7[nodes[i]!]!;
      shape_lat_e7[p] = extract.lat_e7[nodes[i]!]!;
      if (i === 0) continue;
      shape_at_mm[p] =
        shape_at_mm[p - 1]! + segmentMm(shape_lon_e7[p - 1]!, shape_lat_e7[p - 1]!, shape_lon_e7[p]!, shape_lat_e7[p]!);
    }
  });
  return { shape_start, shape_lon_e7, shape_lat_e7, shape_at_mm };
}

/** Builds the graph of an extract: the same extract always gives the same arrays. */
export function buildGraph(extract: Extract): RoadGraph {
  const { vertexOf, vertices } = numberVertices(extract);
  const roads = [...stretches(extract, vertexOf)];
  const from_vertex = Int32Array.from(roads, road => vertexOf[road.nodes[0]!]!);
  const to_vertex = Int32Array.from(roads, road => vertexOf[road.nodes[road.nodes.length - 1]!]!);
  const shapes = shapesOf(extract, roads);
  return {
    vertices,
    roads: roads.length,
    from_vertex,
    to_vertex,
    ...shapes,
    length_mm: Float64Array.from(roads, (_, r) => shapes.shape_at_mm[shapes.shape_start[r + 1]! - 1]!),
    way_id: Float64Array.from(roads, road => road.way.id),
    speeds: perMode(mode => ({
      along: Uint8Array.from(roads, road => speedsOf(road.way.tags, mode).along),
      against: Uint8Array.from(roads, road => speedsOf(road.way.tags, mode).against),
    })),
    startable: perMode(mode => Uint8Array.from(roads, road => (mayStart(road.way.tags, mode) ? 1 : 0))),
    ...roadsAtVertices(vertices, from_vertex, to_vertex),
  };
}
