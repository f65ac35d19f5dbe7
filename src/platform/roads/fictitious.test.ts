import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../kernel/canonical.ts';
import { greatCircleM, place } from '../../kernel/place.ts';
import { openDemoRoads } from './demo-roads.ts';
import { fictitiousRoads, type Town } from './fictitious.ts';
import { segmentMm } from './graph.ts';
import { osmPbf, type RoadMap } from './osm-write.ts';
import { outline } from './outline.ts';
import { decodePolyline6, encodePolyline6 } from './polyline.ts';

const towns: readonly Town[] = [
  { place: place(3.70797, 43.93419), population: 3_997 },
  { place: place(3.67, 43.98), population: 900 },
  { place: place(3.76, 43.9), population: 450 },
  { place: place(3.6, 43.9), population: 2_500 },
];

const wayMetres = (map: RoadMap, way: number): number => {
  const line = map.ways[way]!.nodes.map(node => map.nodes[node]!);
  const mm = line.reduce((sum, b, i) => {
    const a = line[i - 1] ?? b;
    return sum + segmentMm(a.lon_e7, a.lat_e7, b.lon_e7, b.lat_e7);
  }, 0);
  return Math.round(mm / 1000);
};

const folder = mkdtempSync(join(tmpdir(), 'parvis-demo-roads-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the invented network', () => {
  test('is the same bytes for the same seed, and others for another', () => {
    const bytes = (seed: number) => sha256(osmPbf(fictitiousRoads(towns, seed), 0));
    expect(bytes(7)).toBe(bytes(7));
    expect(bytes(7)).not.toBe(bytes(8));
  });

  test('has roads whose lengths the router finds to the metre', async () => {
    const map = fictitiousRoads(towns, 7);
    const roads = await openDemoRoads(folder, towns, 7);
    const lengths = map.ways
      .slice(0, 4)
      .map((way, i) => ({ a: way.nodes[0]!, b: way.nodes.at(-1)!, metres: wayMetres(map, i) }));
    expect(lengths).toMatchInlineSnapshot(`
      [
        {
          "a": 0,
          "b": 2,
          "metres": 7043,
        },
        {
          "a": 0,
          "b": 1,
          "metres": 6580,
        },
        {
          "a": 0,
          "b": 3,
          "metres": 10712,
        },
        {
          "a": 1,
          "b": 3,
          "metres": 12497,
        },
      ]
    `);
    for (const { a, b, metres } of lengths) {
      const answer = await roads.route(towns[a]!.place, towns[b]!.place, 'car', 'shortest');
      expect(answer).toMatchObject({ ok: true, value: { metres } });
    }
  });

  test('is written once under the home and opened again from there', async () => {
    const before = readdirSync(join(folder, 'roads'));
    const roads = await openDemoRoads(folder, towns, 7);
    expect(readdirSync(join(folder, 'roads'))).toEqual(before);
    const bytes = readFileSync(join(folder, 'roads', before[0]!));
    expect(roads.describe()).toMatchObject({ fictitious: true, data_sha256: sha256(bytes), engine: 'ts-graph' });
  });

  test('joins every town to every other, there and back, and no road is shorter than the straight line', async () => {
    const spread = fc.uniqueArray(fc.record({ x: fc.nat(40), y: fc.nat(40), population: fc.nat(20_000) }), {
      minLength: 2,
      maxLength: 12,
      selector: ({ x, y }) => `${x} ${y}`,
    });
    await fc.assert(
      fc.asyncProperty(spread, fc.nat(1_000), async (spots, seed) => {
        const these = spots.map(({ x, y, population }) => ({ place: place(2 + x / 50, 46 + y / 60), population }));
        const roads = await openDemoRoads(folder, these, seed);
        const far = await roads.route(these[0]!.place, these.at(-1)!.place, 'car', 'shortest');
        const back = await roads.route(these.at(-1)!.place, these[0]!.place, 'bicycle', 'fastest');
        expect([far.ok, back.ok]).toEqual([true, true]);
        if (far.ok)
          expect(far.value.metres).toBeGreaterThanOrEqual(greatCircleM(these[0]!.place, these.at(-1)!.place) - 1);
      }),
      { numRuns: 25 },
    );
  });
});

describe('lines and outlines', () => {
  test('a polyline is Google’s: the published example, with six decimals', () => {
    const line = [place(-120.2, 38.5), place(-120.95, 40.7), place(-126.453, 43.252)];
    expect(encodePolyline6(line)).toBe('_izlhA~rlgdF_{geC~ywl@_kwzCn`{nI');
    expect(decodePolyline6('_izlhA~rlgdF_{geC~ywl@_kwzCn`{nI')).toEqual(line);
  });

  test('any line survives encoding', () => {
    const places = fc.record({
      lon_udeg: fc.integer({ min: -180_000_000, max: 180_000_000 }),
      lat_udeg: fc.integer({ min: -90_000_000, max: 90_000_000 }),
    });
    fc.assert(
      fc.property(fc.array(places), line => {
        expect(decodePolyline6(encodePolyline6(line))).toEqual(line);
      }),
    );
  });

  test('an outline closes, holds its points, and puts the larger piece first', () => {
    const row = Array.from({ length: 30 }, (_, i) => ({ lon_e7: 20_000_000 + i * 9_000, lat_e7: 460_000_000 }));
    const rings = outline([{ lon_e7: 30_000_000, lat_e7: 460_000_000 }, ...row], 100);
    expect(rings).toHaveLength(2);
    for (const ring of rings) expect(ring[0]).toEqual(ring.at(-1));
    const [large] = rings;
    expect(Math.min(...large!.map(p => p.lon_udeg))).toBeLessThan(2_000_000);
    expect(Math.max(...large!.map(p => p.lon_udeg))).toBeGreaterThan(2_026_100);
  });
});
