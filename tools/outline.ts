import { readFileSync, writeFileSync } from 'node:fs';
import { merge } from 'topojson-client';
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification';

/**
 * Writes `src/ui/map/outline.ts` from Natural Earth (public domain, by world-atlas): metropolitan France and the land
 * around it, simplified so that the map of a public page weighs a few kilobytes. Run: `node tools/outline.ts`.
 */

type Point = [number, number];
const bounds = { west: -7, south: 40.8, east: 11.5, north: 52 };
/** Degrees of latitude: about 1.5 km, under a pixel on the widest national map. */
const tolerance = 0.014;
const cosine = Math.cos((46.5 * Math.PI) / 180);

const distanceToChord = ([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number => {
  const [dx, dy] = [(bx - ax) * cosine, by - ay];
  const [px, py] = [(x - ax) * cosine, y - ay];
  const length = Math.hypot(dx, dy);
  return length === 0 ? Math.hypot(px, py) : Math.abs(dx * py - dy * px) / length;
};

/** Douglas and Peucker: keeps the ends, and each point that stands off the chord by more than the tolerance. */
const simplify = (line: readonly Point[]): Point[] => {
  if (line.length <= 2) return [...line];
  const [first, last] = [line[0]!, line.at(-1)!];
  const offs = line.map(point => distanceToChord(point, first, last));
  const far = offs.indexOf(Math.max(...offs));
  if (offs[far]! <= tolerance) return [first, last];
  return [...simplify(line.slice(0, far + 1)).slice(0, -1), ...simplify(line.slice(far))];
};

/** Arcs are shared by neighbours: simplified once, two countries still touch. */
const simplified = (topology: Topology): Topology => {
  const { scale, translate } = topology.transform!;
  const arcs = topology.arcs.map(arc => {
    let [x, y] = [0, 0];
    const line = arc.map(([dx, dy]): Point => {
      [x, y] = [x + dx!, y + dy!];
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
    return simplify(line);
  });
  const { transform: _transform, ...rest } = topology;
  return { ...rest, arcs };
};

const area = (ring: readonly Point[]): number =>
  Math.abs(
    ring.reduce((sum, [x, y], n) => sum + x * ring[(n + 1) % ring.length]![1] - ring[(n + 1) % ring.length]![0] * y, 0),
  ) / 2;

/** One side of Sutherland and Hodgman. */
const clipSide = (ring: readonly Point[], axis: 0 | 1, limit: number, sign: 1 | -1): Point[] =>
  ring.flatMap((point, n) => {
    const before = ring[(n + ring.length - 1) % ring.length]!;
    const inside = sign * (point[axis] - limit) >= 0;
    const wasInside = sign * (before[axis] - limit) >= 0;
    if (inside === wasInside) return inside ? [point] : [];
    const share = (limit - before[axis]) / (point[axis] - before[axis]);
    const cut: Point = [before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])];
    return inside ? [cut, point] : [cut];
  });

const clip = (ring: readonly Point[]): Point[] =>
  clipSide(
    clipSide(clipSide(clipSide(ring, 0, bounds.west, 1), 0, bounds.east, -1), 1, bounds.south, 1),
    1,
    bounds.north,
    -1,
  );

const rings = (polygons: readonly (readonly (readonly Point[])[])[], least: number): string[] =>
  polygons
    .map(polygon => clip(polygon[0]!.slice(0, -1)))
    .filter(ring => ring.length > 2 && area(ring) > least)
    .sort((a, b) => area(b) - area(a))
    .map(ring => ring.flatMap(([lon, lat]) => [Math.round(lon * 1000), Math.round(lat * 1000)]).join(' '));

const topology = simplified(
  JSON.parse(readFileSync('node_modules/world-atlas/countries-10m.json', 'utf8')) as Topology,
);
const countries = (topology.objects['countries'] as GeometryCollection).geometries as (Polygon | MultiPolygon)[];
/** Natural Earth's numeric code of France (ISO 3166-1). */
const france = countries.filter(country => country.id === '250');
const pieces = merge(topology, france).coordinates as Point[][][];
const land = merge(topology, countries).coordinates as Point[][][];

const written = (name: string, why: string, data: readonly string[]): string =>
  `/** ${why} Each ring: longitude latitude longitude latitude… in thousandths of a degree. */\nexport const ${name}: readonly string[] = [\n${data.map(ring => `  '${ring}',`).join('\n')}\n];\n`;

const text = [
  '// Written by tools/outline.ts from Natural Earth 1:10m (public domain).\n',
  written('france', 'Metropolitan France and its islands.', rings(pieces, 0.002)),
  written('land', 'All land around, France included: what is not land is sea.', rings(land, 0.01)),
].join('\n');

writeFileSync('src/ui/map/outline.ts', text);
