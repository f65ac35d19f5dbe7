import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { computeDistances, declareBaseline } from '../src/commute/commute.ts';
import { sampleDeclaration } from '../src/commute/sample.ts';
import { localDay, type Month, monthOf } from '../src/kernel/time.ts';
import { batches, buildDossier, closePeriod } from '../src/mrv/mrv.ts';
import { systemClock } from '../src/platform/clock.ts';
import { knownRoads } from '../src/platform/roads/known-roads.ts';
import { osmPbf } from '../src/platform/roads/osm-write.ts';
import { openSecrets } from '../src/platform/secrets.ts';
import { type BuiltProgram, buildProgram, type Ended, type Running, runProgram } from './built-program.ts';
import { done, foundSmallNetwork, liveDay, type SmallNetwork } from './small-network.ts';
import { straightRoads } from './straight-roads.ts';
import { stretchWire, type Wire } from './wire.ts';

const folder = mkdtempSync(join(tmpdir(), 'parvis-bad-input-'));
const home = join(folder, 'home');
const secretHex = '5e'.repeat(32);
const keyring = { secrets: openSecrets({ home, secretHex }), host: null };

let program: BuiltProgram;
let net: SmallNetwork;
/** The dossier of January 2026, closed in February. */
let dossier: Buffer;

beforeAll(async () => {
  net = await foundSmallNetwork({
    foundedOn: '2026-01-05',
    keyring,
    space: {},
    office: { communeCode: '34172', place: { lon_udeg: 3_876_000, lat_udeg: 43_611_000 } },
    workers: 2,
  });
  for (const worker of net.workers) {
    const declared = sampleDeclaration({ spaceIds: [net.space.spaceId], validFrom: '2026-01-05' });
    const { baselineId } = done(await net.work(work => declareBaseline(work, worker, declared)));
    done(await net.work(work => computeDistances(work, straightRoads(), baselineId)));
  }
  await liveDay(net, '2026-01-13');
  net.at('2026-02-08T08:00:00Z');
  const { id } = done(await net.work(work => closePeriod(work, net.operator, { month: '2026-01', keyring })));
  dossier = Buffer.from(done(await net.work(work => buildDossier(work, { batchId: id, keyring }))).bytes);
  program = await buildProgram();
}, 120_000);
afterAll(async () => {
  program?.remove();
  await net?.database.db.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const env = (url = net.database.url) => ({
  DATABASE_URL: url,
  PARVIS_SECRET: secretHex,
  PARVIS_HOME: home,
  PARVIS_DEMO: 'none',
});
const parvis = (...args: string[]): Promise<Ended> => program.run('cli', args, env()).ended;
/** The month in which we are: over nowhere. */
const thisMonth: Month = monthOf(localDay(systemClock(), 'Europe/Paris'));
const path = (name: string) => join(folder, name);

describe('the command line refuses in words, with a code, and writes nothing', () => {
  const cutPbf = () => osmPbf(knownRoads, 1_767_225_600).subarray(0, -20);
  const cases: readonly {
    readonly title: string;
    readonly args: () => readonly string[];
    readonly code: string;
    readonly says: RegExp;
  }[] = [
    {
      title: 'a map cut short',
      args: () => {
        writeFileSync(path('cut.osm.pbf'), cutPbf());
        return ['roads', 'build', path('cut.osm.pbf'), '--engine', 'ts-graph'];
      },
      code: 'roads.extract_unreadable',
      says: /Téléchargez-le de nouveau/,
    },
    {
      title: 'a text that calls itself a map',
      args: () => {
        writeFileSync(path('text.osm.pbf'), 'Bonjour. '.repeat(2_000));
        return ['roads', 'build', path('text.osm.pbf')];
      },
      code: 'roads.extract_unreadable',
      says: /Téléchargez-le de nouveau/,
    },
    {
      title: 'a map that is not there',
      args: () => ['roads', 'build', path('nowhere.osm.pbf')],
      code: 'roads.extract_unreadable',
      says: /nowhere\.osm\.pbf/,
    },
    {
      title: 'a month that does not exist',
      args: () => ['dossier', '2026-13', '--out', path('refused.zip')],
      code: 'mrv.not_a_month',
      says: /2026-10/,
    },
    {
      title: 'the dossier of a month not closed',
      args: () => ['dossier', '2026-02', '--out', path('refused.zip')],
      code: 'mrv.month_not_closed',
      says: /février 2026/,
    },
    {
      title: 'a dossier where nothing can be written',
      args: () => ['dossier', '2026-01', '--out', path('no-such-folder/refused.zip')],
      code: 'cli.cannot_write',
      says: /autre emplacement/,
    },
    {
      title: 'closing a month that does not exist',
      args: () => ['close', '2026-13'],
      code: 'mrv.not_a_month',
      says: /2026-10/,
    },
    {
      title: 'closing a month that is not over',
      args: () => ['close', thisMonth],
      code: 'mrv.checks_not_passed',
      says: /rien n’a été compté/,
    },
    {
      title: 'a dump that is not there',
      args: () => ['import', 'mrbs', path('nowhere.sql')],
      code: 'cli.cannot_read',
      says: /nowhere\.sql/,
    },
    {
      title: 'a text that calls itself a dump',
      args: () => {
        writeFileSync(path('text.sql'), 'Bonjour. '.repeat(2_000));
        return ['import', 'grr', path('text.sql'), '--write'];
      },
      code: 'intake.missing_tables',
      says: /area, room, entry/,
    },
    {
      title: 'a place that does not exist',
      args: () => ['find', 'Xyzzy'],
      code: 'places.unknown',
      says: /Xyzzy/,
    },
  ];

  test.each(cases)('$title', async ({ args, code, says }) => {
    const { code: exit, stdout, stderr } = await parvis(...args());
    const sentence = stderr.trimEnd().split('\n').at(-1)!;
    expect(sentence).toMatch(new RegExp(`^${code.replace('.', '\\.')}: \\S`));
    expect(sentence).toMatch(says);
    expect([exit, stdout]).toEqual([1, '']);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(join(home, 'roads', 'roads.json'))).toBe(false);
    expect(readdirSync(folder, { recursive: true }).filter(name => /\.part$|refused/.test(String(name)))).toEqual([]);
    expect((await net.work(batches)).map(({ month }) => month)).toEqual(['2026-01']);
  });

  test('a program reads the same refusal as JSON', async () => {
    const { code, stdout } = await parvis('close', '2026-13', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ refusal: { code: 'mrv.not_a_month', message: { en: /There is no/ } } });
  });

  test.each([
    ['close'],
    ['dossier', '2026-01'],
    ['roads', 'build'],
    ['find'],
    ['import', 'csv'],
    ['import', 'xls'],
    ['fly'],
    ['close', '--wings'],
  ])('parvis %s %s is not understood, and says how it is written', async (...args) => {
    const { code, stdout, stderr } = await parvis(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/Usage: parvis|parvis --help/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('a database that nobody serves', async () => {
    const port = await new Promise<number>(ready => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const { port: free } = probe.address() as { port: number };
        probe.close(() => ready(free));
      });
    });
    const asked = program.run('cli', ['close', '2026-01'], env(`postgres://parvis@127.0.0.1:${port}/parvis`));
    expect(await asked.ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^platform\.database_away: [^\n]+\n$/),
    });
  });
});

describe('the verifier, given a dossier cut short', () => {
  const verifier = (bytes: Uint8Array): Running => {
    writeFileSync(path('cut.zip'), bytes);
    return runProgram(resolve('verifier', 'verify.mjs'), [path('cut.zip')]);
  };

  test('accepts the whole one', async () => {
    expect((await verifier(dossier).ended).code).toBe(0);
  });

  test.each([0, 1, 30, 0.2, 0.5, 0.9, -22, -1])('refuses it, and names the file or the archive (%d)', async length => {
    const end = Number.isInteger(length) ? length : Math.floor(dossier.length * length);
    const { code, stdout, stderr } = await verifier(dossier.subarray(0, end)).ended;
    expect(code).toBe(1);
    expect(stdout + stderr).toMatch(/✗ \S+ : \S/);
    expect(stdout + stderr).not.toMatch(/\n\s+at /);
  });
});

describe('a database that goes away and comes back', () => {
  let wire: Wire;
  let server: Running;
  let origin: string;
  const get = (address: string) => fetch(origin + address, { redirect: 'manual' });
  const until = async (wanted: number) => {
    for (let tries = 0; tries < 300; tries++) {
      const status = await get('/healthz').then(
        answer => answer.status,
        () => 0,
      );
      if (status === wanted) return;
      await new Promise(wait => setTimeout(wait, 50));
    }
    throw new Error(`/healthz never answered ${wanted}`);
  };

  beforeAll(async () => {
    wire = await stretchWire(
      net.database.url,
      () =>
        (_said, { pass }) =>
          pass(),
    );
    const port = String(20_000 + (process.pid % 20_000));
    origin = `http://127.0.0.1:${port}`;
    server = program.run('main', [], { ...env(wire.url), PORT: port });
    await until(200);
  }, 60_000);
  afterAll(async () => {
    server?.kill();
    await server?.ended;
    await wire?.close();
  });

  test.each(['a first time', 'a second time', 'a third time'])(
    'says so in words, and serves when it is back, %s',
    async () => {
      expect((await get('/')).status).toBe(200);
      wire.cut();
      const page = await get('/');
      expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('Nos données ne répondent pas')]);
      const answer = await get('/api/v1/spaces');
      expect([answer.status, await answer.json()]).toEqual([
        503,
        expect.objectContaining({ code: 'platform.database_away' }),
      ]);
      expect((await get('/healthz')).status).toBe(503);
      wire.mend();
      await until(200);
      expect((await get('/')).status).toBe(200);
      expect((await get('/api/v1/spaces')).status).toBe(200);
    },
  );

  test('and nothing was lost: the closed month is there, to the byte', async () => {
    const file = path('again.zip');
    expect(await parvis('dossier', '2026-01', '--out', file)).toMatchObject({ code: 0 });
    expect(readFileSync(file).equals(dossier)).toBe(true);
  });
});
