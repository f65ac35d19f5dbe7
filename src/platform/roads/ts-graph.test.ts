import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { greatCircleM } from '../../kernel/place.ts';
import { at, knownRoads, knownTrips, point } from './known-roads.ts';
import { osmPbf, type RoadMap } from './osm-write.ts';
import { decodePolyline6 } from './polyline.ts';
import { estimate, type RoadRoute, type RoadRouter } from './roads.ts';
import { openTsGraph } from './ts-graph.ts';

const folder = mkdtempSync(join(tmpdir(), 'parvis-roads-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function routerOver(map: RoadMap): Promise<RoadRouter> {
  const path = join(folder, 'map.osm.pbf');
  writeFileSync(path, osmPbf(map, 1_767_225_600));
  const opened = await openTsGraph(path, { fictitious: true });
  if (!opened.ok) throw new Error(opened.refusal.message.en);
  return opened.value;
}

let router: RoadRouter;
beforeAll(async () => {
  router = await routerOver(knownRoads);
});

const routed = async (...question: Parameters<RoadRouter['route']>): Promise<RoadRoute> => {
  const answer = await router.route(...question);
  if (!answer.ok) throw new Error(answer.refusal.message.en);
  return answer.value;
};

describe('a map whose lengths are known', () => {
  test.each(knownTrips)('$title', async ({ from, to, mode, costing, metres }) => {
    expect((await routed(from, to, mode, costing)).metres).toBe(metres);
  });

  test('the shortest way and the fastest way may differ', async () => {
    const map: RoadMap = {
      nodes: knownRoads.nodes,
      ways: [
        { nodes: [0, 1, 2], tags: { highway: 'residential' } },
        { nodes: [0, 5, 3, 2], tags: { highway: 'primary' } },
      ],
    };
    const roads = await routerOver(map);
    const ask = async (costing: 'shortest' | 'fastest') => roads.route(point('A'), point('C'), 'car', costing);
    expect(await ask('shortest')).toMatchObject({ value: { metres: 2_000, seconds: 288 } });
    expect(await ask('fastest')).toMatchObject({ value: { metres: 4_000, seconds: 206 } });
  });

  test('an answer names the engine, the map, the ways and the question', async () => {
    const route = await routed(point('D'), at(0, 500), 'car', 'shortest');
    expect(route).toMatchObject({ method: 'route', metres: 2_500, engine: 'ts-graph', way_ids: [3, 4], snap_m: 0 });
    expect(route.data_sha256).toBe(router.describe().data_sha256);
    expect(router.describe()).toMatchObject({ data_timestamp: '2026-01-01T00:00:00Z', fictitious: true });
    const back = await routed(at(0, 500), point('D'), 'car', 'shortest');
    expect(back.request_sha256).not.toBe(route.request_sha256);
    expect(await routed(point('D'), at(0, 500), 'car', 'shortest')).toEqual(route);
  });

  test('the line driven goes from snap to snap and is as long as the answer says', async () => {
    const route = await routed(at(100, 30), point('D'), 'car', 'shortest');
    const line = decodePolyline6(route.polyline6);
    expect(line[0]).toEqual(route.snapped_from);
    expect(line.at(-1)).toEqual(point('D'));
    const metres = line.reduce((sum, here, i) => sum + (i === 0 ? 0 : greatCircleM(line[i - 1]!, here)), 0);
    expect(Math.abs(metres - route.metres)).toBeLessThanOrEqual(line.length);
    expect(route.snap_m).toBe(30);
  });

  test.each([
    { title: 'a point 501 m from any road', to: at(1_000, 1_501), mode: 'car', code: 'roads.snap_too_far' },
    { title: 'a point far off the map', to: at(900_000, 0), mode: 'foot', code: 'roads.snap_too_far' },
    { title: 'an island', to: point('M'), mode: 'car', code: 'roads.no_route' },
  ] as const)('$title is refused, never guessed', async ({ to, mode, code }) => {
    expect(await router.route(point('A'), to, mode, 'shortest')).toMatchObject({ ok: false, refusal: { code } });
    expect(await router.oneToMany(point('A'), [to, point('B')], mode)).toEqual([
      null,
      expect.objectContaining({ metres: 1_000 }),
    ]);
  });

  test('a point 499 m from a road is accepted, and the distance is told', async () => {
    expect((await routed(point('A'), at(1_000, 1_499), 'car', 'shortest')).snap_m).toBe(499);
  });

  test('what can be reached in 15 minutes on foot holds what is near and not what is far', async () => {
    const answer = await router.isochrone(point('B'), 'foot', [5, 15]);
    if (!answer.ok) throw new Error('refused');
    const widths = answer.value.map(({ rings }) => rings[0]!.map(p => greatCircleM(point('B'), p)));
    expect(Math.max(...widths[0]!)).toBeGreaterThan(333);
    expect(Math.max(...widths[0]!)).toBeLessThan(600);
    expect(Math.max(...widths[1]!)).toBeGreaterThan(1_000);
    expect(Math.max(...widths[1]!)).toBeLessThan(1_350);
    expect(answer.value[0]!.rings[0]![0]).toEqual(answer.value[0]!.rings[0]!.at(-1));
  });
});

/** A random network over a 5 × 5 board of junctions about 1 km apart: roads between neighbours, some one-way, some missing. */
const boards = fc
  .array(fc.record({ a: fc.nat(24), across: fc.boolean(), oneway: fc.boolean(), turned: fc.boolean() }), {
    minLength: 1,
    maxLength: 50,
  })
  .map(roads =>
    roads
      .map(({ a, across, ...road }) => ({ a, b: across ? a + 1 : a + 5, ...road }))
      .filter(({ a, b }) => b < 25 && (b - a === 5 || a % 5 < 4))
      .map(({ a, b, oneway, turned }) => (turned ? { a: b, b: a, oneway } : { a, b, oneway })),
  )
  .filter(roads => roads.length > 0);

const boardMap = (roads: readonly { a: number; b: number; oneway: boolean }[]): RoadMap => ({
  nodes: Array.from({ length: 25 }, (_, i) => ({
    lon_e7: Math.round((i % 5) * 89_932 + Math.floor(i / 5) * 7_000),
    lat_e7: Math.round(Math.floor(i / 5) * 89_932),
  })),
  ways: roads.map(({ a, b, oneway }) => ({
    nodes: [a, b],
    tags: { highway: 'residential', ...(oneway ? { oneway: 'yes' } : {}) },
  })),
});

/** Floyd and Warshall's table, in metres: slow, obvious, another algorithm. */
function allDistances(map: RoadMap): number[][] {
  const table = map.nodes.map((_, a) => map.nodes.map((__, b) => (a === b ? 0 : Number.POSITIVE_INFINITY)));
  const where = map.nodes.map(({ lon_e7, lat_e7 }) => ({ lon_udeg: lon_e7 / 10, lat_udeg: lat_e7 / 10 }));
  for (const { nodes, tags } of map.ways) {
    const [a, b] = [nodes[0]!, nodes[1]!];
    const metres = greatCircleM(where[a]!, where[b]!);
    table[a]![b] = Math.min(table[a]![b]!, metres);
    if (tags['oneway'] === undefined) table[b]![a] = Math.min(table[b]![a]!, metres);
  }
  for (let k = 0; k < 25; k++)
    for (let a = 0; a < 25; a++)
      for (let b = 0; b < 25; b++) table[a]![b] = Math.min(table[a]![b]!, table[a]![k]! + table[k]![b]!);
  return table;
}

test('on any network the answer is that of Floyd and Warshall', async () => {
  await fc.assert(
    fc.asyncProperty(boards, fc.nat(59), fc.nat(59), async (roads, first, second) => {
      const map = boardMap(roads);
      const [a, b] = [roads[first % roads.length]!.a, roads[second % roads.length]!.b];
      const expected = allDistances(map)[a]![b]!;
      const placeOf = (i: number) => ({
        lon_udeg: Math.round(map.nodes[i]!.lon_e7 / 10),
        lat_udeg: Math.round(map.nodes[i]!.lat_e7 / 10),
      });
      const answer = await (await routerOver(map)).route(placeOf(a), placeOf(b), 'car', 'shortest');
      if (Number.isFinite(expected))
        expect(Math.abs((answer.ok ? answer.value.metres : -1) - expected)).toBeLessThanOrEqual(13);
      else expect(answer).toMatchObject({ ok: false });
    }),
    { numRuns: 60 },
  );
});

test('an estimate is another kind of answer: it has an interval and no route', () => {
  const guess = estimate(point('A'), point('M'));
  expect(guess).toEqual({ method: 'estimate', metres: 56_231, low_m: 50_000, high_m: 105_000 });
});
