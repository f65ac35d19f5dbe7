import { type Place, place } from '../../kernel/place.ts';
import type { RoadMap } from './osm-write.ts';
import type { Costing, Mode } from './roads.ts';

/**
 * A map for tests, small enough to check by hand. It lies on the equator, where one metre is 89.932 units of 1e-7 degree
 * in both directions, so that every length below is a whole number of metres.
 *
 *     F ←── E ←── D            N–M: an island 50 km away
 *     │     ┊     │
 *     A ─── B ─── C            E → F and D → E are one-way; B ┊ E is a footpath; each side is 1,000 m
 */
const points = {
  A: [0, 0],
  B: [1_000, 0],
  C: [2_000, 0],
  D: [2_000, 1_000],
  E: [1_000, 1_000],
  F: [0, 1_000],
  M: [50_000, 0],
  N: [51_000, 0],
} as const;

export type PointName = keyof typeof points;

const unitsPerMetre = 89.932;
const names = Object.keys(points) as PointName[];
const way = (path: string, tags: Record<string, string>) => ({
  nodes: [...path].map(name => names.indexOf(name as PointName)),
  tags,
});

export const knownRoads: RoadMap = {
  nodes: names.map(name => ({
    lon_e7: Math.round(points[name][0] * unitsPerMetre),
    lat_e7: Math.round(points[name][1] * unitsPerMetre),
  })),
  ways: [
    way('ABC', { highway: 'tertiary' }),
    way('CD', { highway: 'residential' }),
    way('DEF', { highway: 'residential', oneway: 'yes' }),
    way('FA', { highway: 'residential' }),
    way('BE', { highway: 'footway' }),
    way('MN', { highway: 'residential' }),
  ],
};

/** A point of the map, in metres east and north of A. */
export const at = (east_m: number, north_m: number): Place =>
  place((east_m * unitsPerMetre) / 1e7, (north_m * unitsPerMetre) / 1e7);

export const point = (name: PointName): Place => at(points[name][0], points[name][1]);

export interface KnownTrip {
  readonly title: string;
  readonly from: Place;
  readonly to: Place;
  readonly mode: Mode;
  readonly costing: Costing;
  readonly metres: number;
  /** Junctions the trip passes, ends included: an engine that rounds each road may differ by as many metres. */
  readonly roads: number;
}

const trip = (path: string, mode: Mode, metres: number, title: string): KnownTrip => ({
  title: `${path[0]} to ${path.at(-1)}: ${title}`,
  from: point(path[0] as PointName),
  to: point(path.at(-1) as PointName),
  mode,
  costing: 'shortest',
  metres,
  roads: path.length - 1,
});

export const knownTrips: readonly KnownTrip[] = [
  trip('ABC', 'car', 2_000, 'a car drives straight'),
  trip('CBA', 'car', 2_000, 'and back the same way'),
  trip('DEF', 'car', 2_000, 'a car takes the one-way street'),
  trip('FABCD', 'car', 4_000, 'and goes around on its way back'),
  trip('BCDE', 'car', 3_000, 'a car cannot take the footpath'),
  trip('EFAB', 'car', 3_000, 'nor take it back'),
  trip('BE', 'foot', 1_000, 'a walker takes the footpath'),
  trip('FED', 'foot', 2_000, 'a walker walks against the traffic'),
  trip('FABCD', 'bicycle', 4_000, 'a bicycle obeys the one-way sign'),
  { ...trip('AB', 'car', 700, 'x'), title: 'between two points of one road', from: at(200, 0), to: at(900, 0) },
  { ...trip('BA', 'car', 700, 'x'), title: 'back between two points of one road', from: at(900, 0), to: at(200, 0) },
  { ...trip('AFA', 'car', 600, 'x'), title: 'around a corner', from: at(0, 400), to: at(200, 0) },
  {
    ...trip('EFABCDE', 'car', 5_900, 'x'),
    title: 'a step back up a one-way street means going all around',
    from: at(1_500, 1_000),
    to: at(1_600, 1_000),
  },
];
