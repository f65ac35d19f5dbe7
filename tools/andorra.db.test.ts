import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  baselinesOf,
  computeDistances,
  type Declaration,
  declareBaseline,
  type RouteEvidence,
  routesOf,
  type TravelMode,
} from '../src/commute/commute.ts';
import { sampleDeclaration } from '../src/commute/sample.ts';
import { greatCircleM, place } from '../src/kernel/place.ts';
import { buildDossier, closePeriod, monthView } from '../src/mrv/mrv.ts';
import { buildRoads, ensureValhalla, openRoads } from '../src/platform/roads/built-roads.ts';
import { readExtract } from '../src/platform/roads/osm-read.ts';
import type { RoadRouter } from '../src/platform/roads/roads.ts';
import { openSecretsOf } from '../src/platform/secrets.ts';
import { readArchive } from '../verifier/verify.mjs';
import { codeOf, done, foundSmallNetwork, liveDay, type SmallNetwork } from './small-network.ts';

const root = resolve('.');
const geodata = process.env['PARVIS_GEO_DATA'] ?? resolve('..', 'shared', 'geo');
const extract = join(geodata, 'andorra-2025-01-19.osm.pbf');
const folder = mkdtempSync(join(tmpdir(), 'parvis-andorra-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const present = existsSync(extract);
if (!present) tell(`No road extract at ${extract}: the main job is not run on real OpenStreetMap roads here.`);
const installed = present && (await ensureValhalla(root, tell)).ok;
if (present && !installed) tell('Valhalla could not be installed: the main job is run on the plain engine alone here.');

// Communes are those of France: INSEE's code of Andorra among foreign countries stands for the parish, and the digits of
// the Andorran postcode AD100 for a French one.
const andorra = '99130';
const canillo = place(1.5976, 42.5676);
const santJulia = place(1.4913, 42.4637);
const homes: readonly { readonly name: string; readonly at: ReturnType<typeof place>; readonly by: TravelMode }[] = [
  { name: 'Soldeu', at: place(1.6676, 42.5769), by: 'car' },
  { name: 'El Pas de la Casa', at: place(1.7333, 42.5424), by: 'car' },
  { name: 'Encamp', at: place(1.5828, 42.5361), by: 'bicycle' },
  { name: 'Canillo', at: place(1.599, 42.5662), by: 'walk' },
];
/** A hut under the summit of Andorra: a path leads there, and no road. */
const comaPedrosa = place(1.444, 42.5916);
const days = ['2026-05-05', '2026-05-06', '2026-05-19'] as const;
const keyring = { secrets: openSecretsOf('andorra'), host: 'log.example' };

const travel = (mode: TravelMode) => ({ mode, energy: mode === 'car' ? ('petrol' as const) : null, occupancy: '1' });

interface CountedLeg {
  readonly direction: 'out' | 'back';
  readonly metres: number;
  readonly routed_m: number;
  readonly snap_m: number;
  readonly engine: string;
  readonly data_sha256: string;
}
interface Line {
  readonly entry: { readonly day: string };
  readonly payload: {
    readonly credited: boolean;
    readonly reference: readonly CountedLeg[];
    readonly actual: readonly CountedLeg[];
  };
}

/** Metres avoided in all, by engine. */
const avoided = new Map<string, number>();

describe.skipIf(!present).each(['ts-graph', 'valhalla'] as const)('on the roads of Andorra, with %s', engine => {
  const skipped = engine === 'valhalla' && !installed;
  const home = join(folder, engine);
  let net: SmallNetwork;
  let roads: RoadRouter;
  let lines: readonly Line[];
  const file = join(folder, `${engine}.zip`);

  const opened = async (): Promise<RoadRouter> => {
    const router = await openRoads({ home, root });
    if (!router) throw new Error('no map was built');
    return done(router);
  };
  const declaration = (n: number, changes: Partial<Declaration> = {}): Declaration =>
    sampleDeclaration({
      validFrom: '2026-05-04',
      home: { communeCode: andorra, communeName: homes[n]!.name, precision: 'address', exact: homes[n]!.at },
      space: travel(homes[n]!.by),
      spaceIds: [net.space.spaceId],
      ...changes,
    });
  const evidenceOf = async (n: number): Promise<readonly RouteEvidence[]> => {
    const [baseline] = await net.work(work => baselinesOf(work, net.workers[n]!.personId));
    return net.work(work => routesOf(work, [baseline!.baselineId]));
  };

  beforeAll(async () => {
    if (skipped) return;
    done(await buildRoads({ home, root, pbf: extract, engine, say: () => {} }));
    roads = await opened();
    net = await foundSmallNetwork({
      foundedOn: '2026-05-04',
      keyring,
      space: {
        name: 'L’Espai de la Vall',
        address: 'Plaça inventada, Canillo',
        postcode: '00100',
        commune: { code: andorra, name: 'Canillo' },
        place: canillo,
        zone: 'Europe/Andorra',
        resources: homes.map(({ name }) => ({ kind: 'desk', name, capacity: 1 })),
      },
      office: { communeCode: andorra, place: santJulia },
      workers: homes.length,
    });
  }, 120_000);
  afterAll(async () => {
    await roads?.close();
    await net?.database.db.destroy();
  });

  test.skipIf(skipped)('a home far from any road is refused, and no distance is made up for it', async () => {
    const { ways, lon_e7, lat_e7 } = done(await readExtract(extract));
    const drivable = ways.filter(({ tags }) => !/path|footway|steps|via_ferrata|pedestrian/.test(tags['highway']!));
    const nearest = Math.min(
      ...drivable.map(({ nodes }) =>
        nodes.reduce((best, i) => {
          const at = { lon_udeg: lon_e7[i]! / 10, lat_udeg: lat_e7[i]! / 10 };
          return Math.min(best, greatCircleM(comaPedrosa, at));
        }, 1e9),
      ),
    );
    expect(nearest).toBeGreaterThan(600);
    const exact = { communeCode: andorra, communeName: 'Arinsal', precision: 'address', exact: comaPedrosa } as const;
    const hermit = done(
      await net.work(work => declareBaseline(work, net.workers[0]!, declaration(0, { home: exact }))),
    );
    const refused = await net.work(work => computeDistances(work, roads, hermit.baselineId));
    expect(codeOf(refused)).toBe('commute.snap_too_far');
    expect(await evidenceOf(0)).toEqual([]);
  });

  test.skipIf(skipped)(
    'each direction is a road of its own, with its engine and its map, and homes are erased',
    async () => {
      const data_sha256 = createHash('sha256').update(readFileSync(extract)).digest('hex');
      for (const [n, worker] of net.workers.entries()) {
        const { baselineId } = done(await net.work(work => declareBaseline(work, worker, declaration(n))));
        done(await net.work(work => computeDistances(work, roads, baselineId)));
        const routes = await evidenceOf(n);
        expect(routes.map(({ kind }) => kind).toSorted()).toEqual([
          'home_office',
          'home_space',
          'office_home',
          'space_home',
          'space_office',
        ]);
        for (const route of routes) {
          expect(route).toMatchObject({ engine, data_sha256, engine_version: roads.describe().version });
          expect(route.snap_m).toBeLessThanOrEqual(500);
        }
      }
      const gaps = await Promise.all(
        homes.map(async (_, n) => {
          const routes = new Map((await evidenceOf(n)).map(({ kind, routed_m }) => [kind, routed_m]));
          return Math.abs(routes.get('home_office')! - routes.get('office_home')!);
        }),
      );
      expect(Math.max(...gaps)).toBeGreaterThan(0);
      expect((await sql`select 1 from commute.home_point`.execute(net.database.db)).rows).toEqual([]);
    },
  );

  test.skipIf(skipped)(
    'desks are booked, codes typed, days attested; nothing counts before the eighth day',
    async () => {
      for (const day of days) expect(await liveDay(net, day)).toHaveLength(homes.length);
      net.at('2026-05-20T08:00:00Z');
      const early = done(await net.work(work => monthView(work, net.operator, { month: '2026-05' })));
      expect(early.state).toBe('running');
      net.at('2026-06-07T21:59:00Z');
      const tooEarly = await net.work(work => closePeriod(work, net.operator, { month: '2026-05', keyring }));
      expect(codeOf(tooEarly)).toBe('mrv.checks_not_passed');
    },
  );

  test.skipIf(skipped)('the month is closed and its dossier verifies offline', async () => {
    net.at('2026-06-08T08:00:00Z');
    const batch = done(await net.work(work => closePeriod(work, net.operator, { month: '2026-05', keyring })));
    expect(batch).toMatchObject({
      lines: days.length * homes.length,
      totals: { credited: days.length * homes.length },
    });
    const dossier = done(await net.work(work => buildDossier(work, { batchId: batch.id, keyring })));
    writeFileSync(file, dossier.bytes);
    const checked = spawnSync(process.execPath, ['verifier/verify.mjs', file], { encoding: 'utf8' });
    expect(checked.stdout).toMatch(/12 lignes recalculées, sans écart/);
    expect(checked.status).toBe(0);
    lines = readArchive(Buffer.from(dossier.bytes))
      .get('lines.jsonl')!
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Line);
    avoided.set(engine, Number(batch.totals.avoided_m));
  });

  test.skipIf(skipped)('every length of the dossier is what the engine answers when asked again', async () => {
    const again = await opened();
    const metres = async (...[from, to, mode]: Parameters<RoadRouter['route']>) =>
      done(await again.route(from, to, mode, 'shortest')).metres;
    const asked: string[] = [];
    for (const { at, by } of homes) {
      const mode = by === 'walk' ? 'foot' : by === 'bicycle' ? 'bicycle' : 'car';
      const reference = [
        await metres(at, santJulia, 'car', 'shortest'),
        await metres(santJulia, at, 'car', 'shortest'),
      ];
      const actual = [await metres(at, canillo, mode, 'shortest'), await metres(canillo, at, mode, 'shortest')];
      asked.push([...reference, ...actual].join(' '));
    }
    await again.close();
    const told = (day: string) =>
      lines
        .filter(({ entry }) => entry.day === day)
        .map(({ payload }) => [...payload.reference, ...payload.actual].map(leg => leg.metres).join(' '));
    for (const day of days) expect(told(day).toSorted()).toEqual(asked.toSorted());
    const legs = lines.flatMap(({ payload }) => [...payload.reference, ...payload.actual]);
    const { version } = roads.describe();
    expect(new Set(legs.map(leg => leg.engine))).toEqual(new Set([`${engine} ${version}`]));
    expect(legs.filter(leg => leg.metres !== leg.routed_m || leg.snap_m > 500)).toEqual([]);
    tell(
      `${engine} ${version}: ${Math.round(avoided.get(engine)! / 1000)} km avoided on ${lines.length} days, every leg as asked again`,
    );
  });
});

test.skipIf(!installed)('two engines that share no code avoid the same kilometres, to a few in a hundred', () => {
  expect(avoided.get('ts-graph')! / avoided.get('valhalla')!).toBeGreaterThan(0.95);
  expect(avoided.get('ts-graph')! / avoided.get('valhalla')!).toBeLessThan(1.05);
});
