import type { RoadGraph } from './graph.ts';
import type { Costing, Mode } from './roads.ts';

/** How to weigh a road: whole millimetres for the shortest way, whole milliseconds for the fastest. */
export interface Weighing {
  readonly mode: Mode;
  readonly costing: Costing;
}

/** A point on a road: `at_mm` from its start. */
export interface OnRoad {
  readonly road: number;
  readonly at_mm: number;
}

/** A stretch of a road as driven; `to_mm` is less than `from_mm` when driven against its drawing. */
export interface Leg {
  readonly road: number;
  readonly from_mm: number;
  readonly to_mm: number;
}

/** Milliseconds to travel `length_mm`: 1 km/h is 1/3.6 mm a millisecond. */
export const travelMs = (length_mm: number, kmh: number): number => Math.round((length_mm * 3.6) / kmh);

/** Cost of a stretch in a direction; infinite where the mode may not go. */
function stretchCost(graph: RoadGraph, { mode, costing }: Weighing, { road, from_mm, to_mm }: Leg): number {
  const speeds = graph.speeds[mode];
  const kmh = (to_mm < from_mm ? speeds.against : speeds.along)[road]!;
  if (kmh === 0) return Number.POSITIVE_INFINITY;
  const length_mm = Math.abs(to_mm - from_mm);
  return costing === 'shortest' ? length_mm : travelMs(length_mm, kmh);
}

/** A binary heap of (cost, vertex), least cost first. */
class Frontier {
  readonly #costs: number[] = [];
  readonly #vertices: number[] = [];

  get empty(): boolean {
    return this.#costs.length === 0;
  }

  push(cost: number, vertex: number): void {
    let i = this.#costs.length;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (this.#costs[parent]! <= cost) break;
      this.#costs[i] = this.#costs[parent]!;
      this.#vertices[i] = this.#vertices[parent]!;
      i = parent;
    }
    this.#costs[i] = cost;
    this.#vertices[i] = vertex;
  }

  /** The least cost, still inside. */
  get leastCost(): number {
    return this.#costs[0]!;
  }

  /** Takes out the vertex of least cost. */
  pop(): number {
    const least = this.#vertices[0]!;
    const cost = this.#costs.pop()!;
    const vertex = this.#vertices.pop()!;
    const size = this.#costs.length;
    if (size === 0) return least;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#costs[child + 1]! < this.#costs[child]!) child++;
      if (this.#costs[child]! >= cost) break;
      this.#costs[i] = this.#costs[child]!;
      this.#vertices[i] = this.#vertices[child]!;
      i = child;
    }
    this.#costs[i] = cost;
    this.#vertices[i] = vertex;
    return least;
  }
}

/** Costs from one origin; `via` is the road by which a vertex was reached, −1 where none was or at the origin's own road. */
export interface Reached {
  readonly cost: Float64Array;
  readonly via: Int32Array;
}

/** Both ways off the road one stands on. */
const departures = (graph: RoadGraph, { road, at_mm }: OnRoad) => [
  { vertex: graph.from_vertex[road]!, leg: { road, from_mm: at_mm, to_mm: 0 } },
  { vertex: graph.to_vertex[road]!, leg: { road, from_mm: at_mm, to_mm: graph.length_mm[road]! } },
];

/** Both ways onto the road one goes to. */
const arrivals = (graph: RoadGraph, { road, at_mm }: OnRoad) => [
  { vertex: graph.from_vertex[road]!, leg: { road, from_mm: 0, to_mm: at_mm } },
  { vertex: graph.to_vertex[road]!, leg: { road, from_mm: graph.length_mm[road]!, to_mm: at_mm } },
];

/** A zero-length stretch costs nothing in either direction: standing at a junction is standing on all its roads. */
const costOf = (graph: RoadGraph, weighing: Weighing, leg: Leg): number =>
  leg.from_mm === leg.to_mm ? 0 : stretchCost(graph, weighing, leg);

/** Dijkstra from a point, until every cost up to the limit is known. The limit may fall as costs become known. */
export function reachFrom(
  graph: RoadGraph,
  weighing: Weighing,
  from: OnRoad,
  limit: (cost: Float64Array) => number,
): Reached {
  const cost = new Float64Array(graph.vertices).fill(Number.POSITIVE_INFINITY);
  const via = new Int32Array(graph.vertices).fill(-1);
  const frontier = new Frontier();
  for (const { vertex, leg } of departures(graph, from)) {
    const start = costOf(graph, weighing, leg);
    if (start >= cost[vertex]!) continue;
    cost[vertex] = start;
    frontier.push(start, vertex);
  }
  const { from_vertex, to_vertex, length_mm, first_at, at_vertex } = graph;
  const { along, against } = graph.speeds[weighing.mode];
  const byLength = weighing.costing === 'shortest';
  while (!frontier.empty) {
    const hereCost = frontier.leastCost;
    const here = frontier.pop();
    if (hereCost > limit(cost)) break;
    if (hereCost > cost[here]!) continue;
    for (let i = first_at[here]!; i < first_at[here + 1]!; i++) {
      const road = at_vertex[i]!;
      const forward = from_vertex[road] === here;
      const kmh = (forward ? along : against)[road]!;
      if (kmh === 0) continue;
      const there = forward ? to_vertex[road]! : from_vertex[road]!;
      const total = hereCost + (byLength ? length_mm[road]! : travelMs(length_mm[road]!, kmh));
      if (total >= cost[there]!) continue;
      cost[there] = total;
      via[there] = road;
      frontier.push(total, there);
    }
  }
  return { cost, via };
}

/** The stretch when both points stand on one road and it may be driven straight; null otherwise. */
function straight(graph: RoadGraph, weighing: Weighing, from: OnRoad, to: OnRoad): { leg: Leg; cost: number } | null {
  if (from.road !== to.road) return null;
  const leg = { road: from.road, from_mm: from.at_mm, to_mm: to.at_mm };
  const cost = costOf(graph, weighing, leg);
  return Number.isFinite(cost) ? { leg, cost } : null;
}

/** Cost of the best way to a point, once `reached` covers it, and the vertex by which it arrives (−1: along the one road). */
function costTo(graph: RoadGraph, weighing: Weighing, ends: { from: OnRoad; to: OnRoad; reached: Reached }) {
  const direct = straight(graph, weighing, ends.from, ends.to);
  let best = { cost: direct?.cost ?? Number.POSITIVE_INFINITY, vertex: -1 };
  for (const { vertex, leg } of arrivals(graph, ends.to)) {
    const cost = ends.reached.cost[vertex]! + costOf(graph, weighing, leg);
    if (cost < best.cost) best = { cost, vertex };
  }
  return best;
}

/** Walks back from an arrival vertex to the origin's road. */
function legsBack(graph: RoadGraph, reached: Reached, arrival: number): { legs: Leg[]; departure: number } {
  const legs: Leg[] = [];
  let vertex = arrival;
  for (let road = reached.via[vertex]!; road >= 0; road = reached.via[vertex]!) {
    const length = graph.length_mm[road]!;
    const forward = graph.to_vertex[road] === vertex;
    legs.push(forward ? { road, from_mm: 0, to_mm: length } : { road, from_mm: length, to_mm: 0 });
    vertex = forward ? graph.from_vertex[road]! : graph.to_vertex[road]!;
  }
  return { legs: legs.reverse(), departure: vertex };
}

/** The legs from a point to a point, in driving order, given a search that covers the target; null when no road joins them. */
export function legsTo(
  graph: RoadGraph,
  weighing: Weighing,
  ends: { from: OnRoad; to: OnRoad; reached: Reached },
): Leg[] | null {
  const { cost, vertex } = costTo(graph, weighing, ends);
  if (!Number.isFinite(cost)) return null;
  if (vertex < 0) return [{ road: ends.from.road, from_mm: ends.from.at_mm, to_mm: ends.to.at_mm }];
  const { legs, departure } = legsBack(graph, ends.reached, vertex);
  const cheapest = (ways: readonly { vertex: number; leg: Leg }[], at: number): Leg =>
    ways
      .filter(way => way.vertex === at)
      .map(way => way.leg)
      .sort((a, b) => costOf(graph, weighing, a) - costOf(graph, weighing, b))[0]!;
  const first = cheapest(departures(graph, ends.from), departure);
  const last = cheapest(arrivals(graph, ends.to), vertex);
  return [first, ...legs, last].filter(leg => leg.from_mm !== leg.to_mm);
}

/** The legs of the best way between two points; null when no road joins them. */
export function bestLegs(graph: RoadGraph, weighing: Weighing, from: OnRoad, to: OnRoad): Leg[] | null {
  const direct = straight(graph, weighing, from, to)?.cost ?? Number.POSITIVE_INFINITY;
  const lasts = arrivals(graph, to).map(({ vertex, leg }) => ({ vertex, cost: costOf(graph, weighing, leg) }));
  // Nothing beyond the best arrival known so far can shorten the way.
  const reached = reachFrom(graph, weighing, from, cost =>
    lasts.reduce((best, last) => Math.min(best, cost[last.vertex]! + last.cost), direct),
  );
  return legsTo(graph, weighing, { from, to, reached });
}
