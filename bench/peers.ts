import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { book } from '../src/booking/booking.ts';
import type { Id } from '../src/kernel/ids.ts';
import { randomId, systemClock } from '../src/platform/clock.ts';
import { inNetwork, type OpenDatabase, openDatabase } from '../src/platform/database.ts';
import { inScratchDatabase } from '../src/platform/open.ts';
import { readSettings } from '../src/platform/settings.ts';
import { resourcesOf } from '../src/spaces/spaces.ts';
import { foundTown } from './booking/town.ts';
import { root } from './server.ts';
import { judged, type Row, type Suite } from './suite.ts';

// Others that book, installed apart and measured like us, in the same run: as many callers, the same slots, each through its own API.

const share = Number(process.env['PARVIS_BENCH_SCALE'] ?? 1);
const clients = 10;
const most_ms = 20_000 * share;
const contested = Math.ceil(100 * share);

interface Measured {
  readonly a_second: number;
  /** Slots that someone got, of those that ten wanted at once, and those that more than one got. */
  readonly granted: number;
  readonly doubled: number;
  readonly contested_ms: number;
}

/** Our verb `book`: rules, payer, price, charge and outbox in one transaction. */
async function ours({ db, url }: OpenDatabase): Promise<Measured> {
  const town = await foundTown(db, 'benchpeers', { spaces: 10, desks: 10, people: 400, signedIn: 0 });
  const many = openDatabase(url, clients);
  const source = { db: many.db, clock: systemClock, newId: randomId };
  const desks = await town.run(work => resourcesOf(work, town.spaceIds));
  const slots = town.days.flatMap(day => (['morning', 'afternoon'] as const).map(part => ({ day, part })));
  const take = async (personId: Id<'per'>, desk: (typeof desks)[number], slot: (typeof slots)[number]) => {
    const actor = { personId, firstName: '', memberships: [] };
    const { spaceId, resourceId } = desk;
    const made = await inNetwork(source, town.networkId, work => book(work, actor, { spaceId, resourceId, ...slot }));
    return Number(made.ok);
  };
  let made = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_, c) => {
      const own = desks.filter((_desk, n) => n % clients === c);
      const people = town.personIds.filter((_person, n) => n % clients === c);
      // The last four slots are left for rivals.
      const most = own.length * (slots.length - 4);
      for (let turn = 0; turn < most && performance.now() - began < most_ms; turn++) {
        const slot = slots[Math.floor(turn / own.length)]!;
        // Awaited before it is added: ten callers share the count.
        const granted = await take(people[turn % own.length]!, own[turn % own.length]!, slot);
        made += granted;
      }
    }),
  );
  const a_second = made / ((performance.now() - began) / 1000);
  const contestedBegan = performance.now();
  for (let n = 0; n < contested; n++) {
    const desk = desks[n % desks.length]!;
    const people = town.personIds.slice((n % 40) * clients, (n % 40) * clients + clients);
    const slot = slots.at(-1 - Math.floor(n / 40))!;
    await Promise.all(people.map(personId => take(personId, desk, slot)));
  }
  const contested_ms = (performance.now() - contestedBegan) / contested;
  await many.db.destroy();
  const found = await sql<{ granted: number; doubled: number }>`select count(*)::int as granted,
      count(*) filter (where copies > 1)::int as doubled from (
        select count(*) as copies from booking.booking where network_id = ${town.networkId} and status <> 'cancelled'
          and local_day >= ${slots.at(-4)!.day} group by resource_id, during) s`.execute(db);
  return { a_second, contested_ms, ...found.rows[0]! };
}

const versions = ['payload@3.90.2', '@payloadcms/db-postgres@3.90.2', 'payload-reserve@4.4.2'];

/** Installed by npm in a folder of its own, and run there. */
function payloadReserve({ url }: OpenDatabase): Measured {
  const kept = process.env['PARVIS_PEERS'];
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'parvis-peers-'));
  const said = { cwd: folder, encoding: 'utf8', maxBuffer: 50_000_000 } as const;
  try {
    if (kept === undefined) {
      writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
      const installed = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...versions], said);
      if (installed.status !== 0) throw new Error(`npm could not install the peer: ${installed.stderr}`);
    }
    copyFileSync(join(root, 'bench/peers/payload-reserve.mjs'), join(folder, 'bench.mjs'));
    const env = { DATABASE_URL: url, CLIENTS: `${clients}`, MOST_MS: `${most_ms}`, CONTESTED: `${contested}` };
    const runAs = (mode: string) =>
      spawnSync(process.execPath, ['bench.mjs'], {
        ...said,
        env: { ...process.env, ...env, NODE_ENV: mode },
        timeout: 180_000,
      });
    const set = runAs('development');
    if (set.status !== 0)
      throw new Error(`the peer could not make its tables: ${set.stderr.slice(-2_000)} ${set.stdout.slice(-500)}`);
    const ran = runAs('production');
    const line = ran.stdout.split('\n').findLast(text => text.startsWith('{"a_second"'));
    if (line === undefined)
      throw new Error(`the peer did not run: ${ran.stderr.slice(-2_000)} ${ran.stdout.slice(-500)}`);
    return JSON.parse(line) as Measured;
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

const rowsOf = (name: string, measured: Measured): readonly Row[] => [
  judged({ name: `${name}: bookings, ${clients} callers`, value: measured.a_second, unit: '/s', goal: '>= 1' }),
  judged({ name: `${name}: contested slots that someone got`, value: measured.granted, unit: '', goal: '>= 1' }),
  judged({ name: `${name}: of them, got by more than one`, value: measured.doubled, unit: '', goal: '>= 0' }),
  judged({ name: `${name}: ten rivals for one slot`, value: measured.contested_ms, unit: 'ms', goal: '>= 0' }),
];

export const peers: Suite = {
  name: 'peers',
  summary: 'payload-reserve beside us, on the same machine in the same run: bookings, and ten rivals for one slot',
  run: async () => {
    const us = await inScratchDatabase(readSettings(), ours);
    const them = await inScratchDatabase(readSettings(), async database => payloadReserve(database));
    return [
      ...rowsOf('Parvis', us),
      judged({ name: 'Parvis: slots sold twice', value: us.doubled, unit: '', goal: '= 0' }),
      ...rowsOf('payload-reserve', them),
      judged({
        name: 'Parvis ÷ payload-reserve',
        value: us.a_second / them.a_second,
        unit: '×',
        goal: '>= 1',
        ratio_to: 'payload-reserve',
      }),
    ];
  },
};
