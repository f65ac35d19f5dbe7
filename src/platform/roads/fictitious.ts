import { Delaunay } from 'd3-delaunay';
import { greatCircleM, type Place } from '../../kernel/place.ts';
import type { RoadMap, RoadWay } from './osm-write.ts';

/** A real town around which invented roads are drawn. */
export interface Town {
  readonly place: Place;
  readonly population: number;
}

/** Repeatable chance between 0 and 1 (mulberry32): the same seed gives the same network. */
function seededChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Neighbouring towns farther apart than this are joined only where nothing else links them, up to the second distance. */
const longestRoadM = 40_000;
const longestLinkM = 120_000;
const pointEveryM = 200;
/** Root mean square slope of the bends: makes a road about 1.2 times the straight line. */
const bendSlope = 0.65;
const spokes = 6;
/** Points along a street from the centre out, and the one through which the ring passes. */
const spokePoints = 5;
const ringPoint = 3;

interface Drawing {
  readonly nodes: { lon_e7: number; lat_e7: number }[];
  readonly ways: RoadWay[];
  readonly chance: () => number;
}

/** Metres east and north of a place, as a node; returns its number. */
function addNode(drawing: Drawing, from: Place, east_m: number, north_m: number): number {
  const narrow = Math.cos((from.lat_udeg * 1e-6 * Math.PI) / 180);
  drawing.nodes.push({
    lon_e7: Math.round(from.lon_udeg * 10 + (east_m / narrow) * 89.932),
    lat_e7: Math.round(from.lat_udeg * 10 + north_m * 89.932),
  });
  return drawing.nodes.length - 1;
}

const classOf = (population: number): string =>
  population > 10_000 ? 'primary' : population > 2_000 ? 'secondary' : population > 500 ? 'tertiary' : 'unclassified';

/** Sideways shift along a road as a sum of waves that vanish at both ends, `share` running from 0 to 1. */
function bends(length_m: number, chance: () => number): (share: number) => number {
  const waves = Math.max(1, Math.min(12, Math.round(length_m / 1_000)));
  const heights = Array.from({ length: waves }, (_, i) => {
    const scale = (bendSlope * Math.SQRT2 * length_m) / ((i + 1) * Math.PI * Math.sqrt(waves));
    return scale * (2 * chance() - 1) * Math.sqrt(3);
  });
  return share => heights.reduce((sum, height, i) => sum + height * Math.sin((i + 1) * Math.PI * share), 0);
}

/** One road between two town centres, both already nodes. */
function drawRoad(drawing: Drawing, towns: readonly Town[], a: number, b: number): void {
  const [from, to] = [towns[a]!, towns[b]!];
  const narrow = Math.cos((from.place.lat_udeg * 1e-6 * Math.PI) / 180);
  const east_m = ((to.place.lon_udeg - from.place.lon_udeg) * narrow) / 8.9932;
  const north_m = (to.place.lat_udeg - from.place.lat_udeg) / 8.9932;
  const length_m = Math.hypot(east_m, north_m);
  const shift = bends(length_m, drawing.chance);
  const parts = Math.max(2, Math.round(length_m / pointEveryM));
  const nodes = [a];
  for (let i = 1; i < parts; i++) {
    const share = i / parts;
    const side = shift(share) / length_m;
    nodes.push(addNode(drawing, from.place, share * east_m - side * north_m, share * north_m + side * east_m));
  }
  const highway = classOf(Math.min(from.population, to.population));
  drawing.ways.push({ nodes: [...nodes, b], tags: { highway } });
}

/** Streets like spokes from the centre, joined by a one-way ring: there and back differ, as in real towns. */
function drawStreets(drawing: Drawing, town: Town, centre: number): void {
  const ring: number[] = [];
  for (let spoke = 0; spoke < spokes; spoke++) {
    const nodes = [centre];
    let [east_m, north_m] = [0, 0];
    for (let i = 1; i <= spokePoints; i++) {
      const heading = ((spoke + 0.6 * (drawing.chance() - 0.5)) / spokes) * 2 * Math.PI;
      east_m += 120 * Math.cos(heading);
      north_m += 120 * Math.sin(heading);
      nodes.push(addNode(drawing, town.place, east_m, north_m));
    }
    ring.push(nodes[ringPoint]!);
    drawing.ways.push({ nodes, tags: { highway: 'residential' } });
  }
  drawing.ways.push({ nodes: [...ring, ring[0]!], tags: { highway: 'residential', oneway: 'yes' } });
}

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly metres: number;
}

/** Each pair of neighbouring towns once, the nearest pairs first. */
function neighbours(towns: readonly Town[]): Pair[] {
  const narrow = Math.cos((46.5 * Math.PI) / 180);
  const mesh = Delaunay.from(
    towns,
    town => town.place.lon_udeg * narrow,
    town => town.place.lat_udeg,
  );
  return towns
    .flatMap((town, a) =>
      [...mesh.neighbors(a)].filter(b => b > a).map(b => ({ a, b, metres: greatCircleM(town.place, towns[b]!.place) })),
    )
    .sort((x, y) => x.metres - y.metres || x.a - y.a || x.b - y.b);
}

/** Pairs worth a road: near ones, and longer ones where towns would otherwise stay apart (Kruskal). */
function pairs(towns: readonly Town[]): Pair[] {
  const group = towns.map((_, i) => i);
  const root = (i: number): number => (group[i] === i ? i : root(group[i]!));
  return neighbours(towns).filter(({ a, b, metres }) => {
    const apart = root(a) !== root(b);
    const worth = metres <= longestRoadM || (apart && metres <= longestLinkM);
    if (worth) group[root(a)] = root(b);
    return worth;
  });
}

/**
 * Invents a road network between real towns: bent roads between neighbours, streets around each centre. Node i is town i.
 * The same towns in the same order and the same seed give the same map.
 */
export function fictitiousRoads(towns: readonly Town[], seed: number): RoadMap {
  const drawing: Drawing = { nodes: [], ways: [], chance: seededChance(seed) };
  for (const town of towns) addNode(drawing, town.place, 0, 0);
  for (const { a, b } of pairs(towns)) drawRoad(drawing, towns, a, b);
  for (const [i, town] of towns.entries()) drawStreets(drawing, town, i);
  return { nodes: drawing.nodes, ways: drawing.ways };
}
