import { lonLat, type Place } from '../../kernel/place.ts';

/** Degrees; west < east, south < north. */
export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export type LonLat = readonly [lon: number, lat: number];
export type Point = readonly [x: number, y: number];

/** Metropolitan France with a little sea around. */
export const franceBounds: Bounds = { west: -5.4, south: 41.25, east: 9.8, north: 51.25 };

const radians = Math.PI / 180;
/** Web Mercator's y in degrees of longitude, so that both axes share one unit; the live map uses the same. */
const mercator = (lat: number): number => Math.log(Math.tan(Math.PI / 4 + (lat * radians) / 2)) / radians;

export interface Projection {
  readonly width: number;
  readonly height: number;
  readonly project: (at: LonLat) => Point;
}

/** Fits bounds in a picture `width` wide; its height follows, between 60 and 120 % of the width, with the bounds centred. */
export const projectionOf = (bounds: Bounds, width: number): Projection => {
  const [top, bottom] = [mercator(bounds.north), mercator(bounds.south)];
  const span = bounds.east - bounds.west;
  const ratio = Math.min(1.2, Math.max(0.6, (top - bottom) / span));
  const height = Math.round(width * ratio);
  const scale = Math.min(width / span, height / (top - bottom));
  const [left, over] = [(width - span * scale) / 2, (height - (top - bottom) * scale) / 2];
  const project = ([lon, lat]: LonLat): Point => [
    left + (lon - bounds.west) * scale,
    over + (top - mercator(lat)) * scale,
  ];
  return { width, height, project };
};

/** Kilometres in one degree of latitude. */
const degreeKm = 111.2;

/** A round number of kilometres that makes between four and nine stones across the picture, and their side in its units. */
export const paving = (
  { south, north }: Bounds,
  { height, project }: Projection,
): { readonly km: number; readonly units: number } => {
  const [, top] = project([0, north]);
  const [, bottom] = project([0, south]);
  const unitsPerKm = (bottom - top) / ((north - south) * degreeKm);
  const km = [1, 2, 5, 10, 20, 50, 100].find(step => step * unitsPerKm > height / 8) ?? 200;
  return { km, units: km * unitsPerKm };
};

/** The smallest bounds that hold all places, with a margin, never narrower than `leastDegrees`. */
export const boundsAround = (places: readonly Place[], leastDegrees = 0.6): Bounds => {
  if (places.length === 0) return franceBounds;
  const points = places.map(lonLat);
  const [lons, lats] = [points.map(p => p[0]), points.map(p => p[1])];
  const grown = (low: number, high: number, least: number): [number, number] => {
    const half = Math.max(((high - low) / 2) * 1.25, least / 2);
    return [(low + high) / 2 - half, (low + high) / 2 + half];
  };
  const [west, east] = grown(Math.min(...lons), Math.max(...lons), leastDegrees);
  const [south, north] = grown(Math.min(...lats), Math.max(...lats), leastDegrees * 0.7);
  return { west, south, east, north };
};
