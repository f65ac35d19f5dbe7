import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { greatCircleM, type Place, place } from '../../kernel/place.ts';
import { buildRoads, ensureValhalla, isValhallaInstalled, openRoads } from './built-roads.ts';
import { engineProcess } from './engine-process.ts';
import { knownRoads, knownTrips, point } from './known-roads.ts';
import { osmPbf } from './osm-write.ts';
import type { RoadRouter } from './roads.ts';
import { openTsGraph } from './ts-graph.ts';

const root = resolve('.');
const geodata = process.env['PARVIS_GEO_DATA'] ?? resolve('..', 'shared', 'geo');
const andorra = join(geodata, 'andorra-2025-01-19.osm.pbf');
const folder = mkdtempSync(join(tmpdir(), 'parvis-valhalla-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const request = (name: string, pbf: string, engine: 'valhalla' | 'ts-graph' = 'valhalla') => ({
  home: join(folder, name),
  root,
  pbf,
  engine,
  say: () => {},
});

async function opened(home: string): Promise<RoadRouter> {
  const router = await openRoads({ home, root });
  if (!router?.ok) throw new Error(router?.refusal.message.en ?? 'no map');
  return router.value;
}

// The engine is 280 MB and stays out of the program's own packages: it is installed here only to meet real roads.
if (!existsSync(andorra))
  tell(`No road extract at ${andorra}: routes on real OpenStreetMap roads are not tested here.`);
const installed = existsSync(andorra) ? (await ensureValhalla(root, tell)).ok : isValhallaInstalled(root);
if (!installed) tell('Valhalla is not installed: it is not tested here. “npm ci” in engines/valhalla installs it.');

describe.skipIf(!installed)('Valhalla on a map whose lengths are known', () => {
  const tiny = join(folder, 'known.osm.pbf');
  let router: RoadRouter;

  beforeAll(async () => {
    writeFileSync(tiny, osmPbf(knownRoads, 1_767_225_600));
    const built = await buildRoads(request('known', tiny));
    if (!built.ok) throw new Error(built.refusal.message.en);
    router = await opened(join(folder, 'known'));
  }, 60_000);
  afterAll(() => router?.close());

  /** Valhalla's sphere is larger than the mean Earth, and it rounds each road to a metre. */
  const larger = 6_378_160 / 6_371_008.8;

  test.each(knownTrips)('$title', async ({ from, to, mode, costing, metres, roads }) => {
    const answer = await router.route(from, to, mode, costing);
    if (!answer.ok) throw new Error(answer.refusal.message.en);
    expect(Math.abs(answer.value.metres - metres * larger)).toBeLessThanOrEqual(1 + roads / 2);
    expect(answer.value).toMatchObject({ method: 'route', engine: 'valhalla', engine_version: '3.6.1' });
  });

  test('an answer names the map, the ways and the options sent', async () => {
    const answer = await router.route(point('D'), point('F'), 'car', 'shortest');
    const { data_sha256 } = router.describe();
    expect(answer).toMatchObject({
      ok: true,
      value: {
        way_ids: [3],
        data_sha256,
        costing: '{"costing":"auto","costing_options":{"auto":{"shortest":true}}}',
        snap_m: 0,
      },
    });
    expect(await router.route(point('D'), point('F'), 'car', 'shortest')).toEqual(answer);
    expect(router.describe()).toMatchObject({
      data_timestamp: '2026-01-01T00:00:00Z',
      tileset_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test.each([
    { title: 'a point far from any road', to: place(1, 1), code: 'roads.snap_too_far' },
    { title: 'an island', to: point('M'), code: 'roads.no_route' },
  ])('$title is refused', async ({ to, code }) => {
    expect(await router.route(point('A'), to, 'car', 'shortest')).toMatchObject({ ok: false, refusal: { code } });
    expect(await router.oneToMany(point('A'), [to, point('B')], 'car')).toEqual([
      null,
      expect.objectContaining({ method: 'matrix' }),
    ]);
  });

  test('two builds of one extract are the same tiles', async () => {
    const again = await buildRoads(request('again', tiny));
    expect(again).toMatchObject({ ok: true, value: { tileset_sha256: router.describe().tileset_sha256 } });
  }, 60_000);

  test('a broken extract is refused and leaves the map in use untouched', async () => {
    const before = readFileSync(join(folder, 'known', 'roads', 'roads.json'), 'utf8');
    const cut = join(folder, 'cut.osm.pbf');
    writeFileSync(cut, readFileSync(tiny).subarray(0, -20));
    expect(await buildRoads(request('known', cut))).toMatchObject({
      ok: false,
      refusal: { code: 'roads.extract_unreadable' },
    });
    writeFileSync(cut, osmPbf({ nodes: knownRoads.nodes, ways: [{ nodes: [0, 1], tags: { building: 'yes' } }] }, 0));
    expect(await buildRoads(request('known', cut))).toMatchObject({
      ok: false,
      refusal: { code: 'roads.extract_without_roads' },
    });
    expect(readFileSync(join(folder, 'known', 'roads', 'roads.json'), 'utf8')).toBe(before);
  }, 60_000);

  test('the plain engine keeps the extract and opens it again', async () => {
    expect(await buildRoads(request('plain', tiny, 'ts-graph'))).toMatchObject({
      ok: true,
      value: { engine: 'ts-graph' },
    });
    const plain = await opened(join(folder, 'plain'));
    expect(await plain.route(point('A'), point('C'), 'car', 'shortest')).toMatchObject({ value: { metres: 2_000 } });
    expect(plain.describe()).toMatchObject({ engine: 'ts-graph', fictitious: false });
  });

  test('no map was built: there is no router, and nobody pretends', async () => {
    expect(await openRoads({ home: join(folder, 'nothing'), root })).toBeNull();
  });
});

describe('an engine in a process of its own', () => {
  const script = join(folder, 'fragile.mjs');
  writeFileSync(
    script,
    `import { createInterface } from 'node:readline';
     createInterface({ input: process.stdin }).on('line', line => {
       const { id, verb } = JSON.parse(line);
       if (verb === 'crash') process.abort();
       if (verb === 'answer') console.log(JSON.stringify({ id, answer: process.pid }));
       if (verb === 'object') console.log(JSON.stringify({ id, error: 'I object' }));
     }).on('close', () => process.exit(0));`,
  );
  const fragile = () =>
    engineProcess(
      { command: process.execPath, args: [script], folder },
      { restart_after_ms: 300, answer_within_ms: 1_000 },
    );
  const pause = (ms: number) => new Promise(done => setTimeout(done, ms));

  test('a crash answers “away” to everyone who waits, then the engine starts again', async () => {
    const engine = fragile();
    const first = await engine.ask('answer', {});
    const [waiting, crash] = await Promise.all([engine.ask('silence', {}), engine.ask('crash', {})]);
    expect([waiting, crash]).toEqual([{ kind: 'away' }, { kind: 'away' }]);
    expect(await engine.ask('answer', {})).toEqual({ kind: 'away' });
    await pause(350);
    const second = await engine.ask('answer', {});
    expect(second.kind).toBe('answer');
    expect(second).not.toEqual(first);
    await engine.close();
    expect(await engine.ask('answer', {})).toEqual({ kind: 'away' });
  });

  test('a question that hangs ends the engine, not the site', async () => {
    const engine = fragile();
    expect(await engine.ask('silence', {})).toEqual({ kind: 'away' });
    await engine.close();
  });

  test('an objection is passed on, and an engine that cannot start is away', async () => {
    const engine = fragile();
    expect(await engine.ask('object', {})).toEqual({ kind: 'error', message: 'I object' });
    await engine.close();
    const nowhere = engineProcess({ command: join(folder, 'no-such-program'), args: [], folder });
    expect(await nowhere.ask('answer', {})).toEqual({ kind: 'away' });
  });
});

/** Andorran places: town centres and villages, from the capital to the French border. */
const parishes: readonly Place[] = [
  ...[place(1.5218, 42.5069), place(1.5408, 42.5089), place(1.5828, 42.5361), place(1.5976, 42.5676)],
  ...[place(1.5332, 42.5562), place(1.5148, 42.5449), place(1.4913, 42.4637), place(1.7333, 42.5424)],
];

describe.skipIf(!installed || !existsSync(andorra))('real roads: Andorra', () => {
  let real: RoadRouter;
  let plain: RoadRouter;

  beforeAll(async () => {
    const built = await buildRoads(request('andorra', andorra));
    if (!built.ok) throw new Error(built.refusal.message.en);
    real = await opened(join(folder, 'andorra'));
    const graph = await openTsGraph(andorra, { fictitious: false });
    if (!graph.ok) throw new Error(graph.refusal.message.en);
    plain = graph.value;
  }, 120_000);
  afterAll(() => real?.close());

  const pairs = parishes.flatMap((from, i) => parishes.filter((_, j) => i !== j).map(to => ({ from, to })));
  const metresBy = async (router: RoadRouter, from: Place, to: Place, mode: 'car' | 'foot') => {
    const answer = await router.route(from, to, mode, 'shortest');
    if (!answer.ok) throw new Error(answer.refusal.message.en);
    expect(answer.value.snap_m).toBeLessThanOrEqual(500);
    return answer.value.metres;
  };

  test('there and back differ, as they do on real roads, and neither is shorter than the straight line', async () => {
    const gaps: number[] = [];
    for (const { from, to } of pairs) {
      const [out, back] = [await metresBy(real, from, to, 'car'), await metresBy(real, to, from, 'car')];
      expect(Math.min(out, back)).toBeGreaterThanOrEqual(greatCircleM(from, to) * 0.9);
      gaps.push(Math.abs(out - back));
    }
    expect(Math.max(...gaps)).toBeGreaterThan(100);
  }, 60_000);

  test('two engines that share no code agree', async () => {
    const ratios: number[] = [];
    for (const { from, to } of pairs)
      ratios.push((await metresBy(plain, from, to, 'car')) / (await metresBy(real, from, to, 'car')));
    ratios.sort((a, b) => a - b);
    const middle = ratios[ratios.length >> 1]!;
    expect(middle).toBeGreaterThan(0.97);
    expect(middle).toBeLessThan(1.03);
  }, 60_000);

  test('minutes around a space: each contour holds the one before', async () => {
    for (const router of [real, plain]) {
      const answer = await router.isochrone(parishes[0]!, 'foot', [5, 10, 15, 30]);
      if (!answer.ok) throw new Error(answer.refusal.message.en);
      const reach = answer.value.map(({ rings }) => Math.max(...rings.flat().map(p => greatCircleM(parishes[0]!, p))));
      expect(reach).toEqual(reach.toSorted((a, b) => a - b));
      expect(reach[3]).toBeGreaterThan(1_000);
      expect(reach[3]).toBeLessThan(2_600);
    }
  });

  test('one to many agrees with one by one', async () => {
    const cells = await real.oneToMany(parishes[0]!, parishes.slice(1), 'car');
    for (const [i, cell] of cells.entries()) {
      const route = await real.route(parishes[0]!, parishes[i + 1]!, 'car', 'fastest');
      expect(Math.abs((cell?.metres ?? 0) - (route.ok ? route.value.metres : 0))).toBeLessThan(1_000);
    }
  });
});
