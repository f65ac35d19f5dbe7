import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { computeDistances, declareBaseline } from '../src/commute/commute.ts';
import { sampleDeclaration } from '../src/commute/sample.ts';
import { addDays, firstDay, localDay, type Month, monthOf, previousMonth, weekday } from '../src/kernel/time.ts';
import { systemClock } from '../src/platform/clock.ts';
import { type OpenDatabase, openDatabase } from '../src/platform/database.ts';
import { openSecrets } from '../src/platform/secrets.ts';
import { verify } from '../verifier/verify.mjs';
import { type BuiltProgram, buildProgram, type Ended, type Running, runProgram } from './built-program.ts';
import { done, foundSmallNetwork, liveDay } from './small-network.ts';
import { straightRoads } from './straight-roads.ts';
import { type Hear, stretchWire } from './wire.ts';

const home = mkdtempSync(join(tmpdir(), 'parvis-kill-'));
const secretHex = '5e'.repeat(32);
const keyring = { secrets: openSecrets({ home, secretHex }), host: null };
const [workers, daysLived] = [12, 8];

/** The command line reads the real clock: the month is the last that may be closed today. */
const month: Month = previousMonth(monthOf(addDays(localDay(systemClock(), 'Europe/Paris'), -7)));
const weekdays = Array.from({ length: 20 }, (_, n) => addDays(firstDay(month), n)).filter(day => weekday(day) < 6);

const kills = 26;

let program: BuiltProgram;
/** A database in which the month was lived and not closed; clones of it are closed and killed. */
let lived: string;
let admin: OpenDatabase;

beforeAll(async () => {
  const net = await foundSmallNetwork({
    foundedOn: addDays(firstDay(month), -30),
    keyring,
    space: {
      opensOnPublicHolidays: true,
      resources: Array.from({ length: workers }, (_, n) => ({ kind: 'desk', name: `Bureau ${n}`, capacity: 1 })),
    },
    office: { communeCode: '34172', place: { lon_udeg: 3_876_000, lat_udeg: 43_611_000 } },
    workers,
  });
  const declaration = sampleDeclaration({ spaceIds: [net.space.spaceId], validFrom: addDays(firstDay(month), -20) });
  for (const worker of net.workers) {
    const { baselineId } = done(await net.work(work => declareBaseline(work, worker, declaration)));
    done(await net.work(work => computeDistances(work, straightRoads(), baselineId)));
  }
  for (const day of weekdays.slice(0, daysLived)) await liveDay(net, day);
  lived = new URL(net.database.url).pathname.slice(1);
  await net.database.db.destroy();
  admin = openDatabase(inject('postgres').replace(/DATABASE$/, 'postgres'), 2);
  program = await buildProgram();
}, 120_000);
afterAll(async () => {
  program?.remove();
  await admin?.db.destroy();
  rmSync(home, { recursive: true, force: true });
});

/** Waits until nobody but us is connected: whatever was still under way is then settled. */
async function untilAlone(name: string): Promise<void> {
  for (;;) {
    const { rows } = await sql`select 1 from pg_stat_activity where datname = ${name}`.execute(admin.db);
    if (rows.length === 0) return;
    await new Promise(wait => setTimeout(wait, 5));
  }
}

interface Clone {
  readonly name: string;
  readonly url: string;
}

let clones = 0;
async function clone(): Promise<Clone> {
  const name = `${lived}_${++clones}`;
  await sql.raw(`create database ${name} template ${lived} strategy file_copy`).execute(admin.db);
  return { name, url: inject('postgres').replace(/DATABASE$/, name) };
}

/** Everything that a closing writes: rows of each table, and what it announced. */
async function written({ name, url }: Clone): Promise<Readonly<Record<string, number>>> {
  await untilAlone(name);
  const { db } = openDatabase(url, 1);
  const { rows } = await sql<Record<string, number>>`select
      (select count(*)::int from mrv.batch) as batch, (select count(*)::int from mrv.line) as line,
      (select count(*)::int from mrv.account) as account, (select count(*)::int from notary.log) as log,
      (select count(*)::int from notary.row_hash) as leaf, (select count(*)::int from notary.checkpoint) as checkpoint,
      (select count(*)::int from graphile_worker.jobs) as job`.execute(db);
  await db.destroy();
  return rows[0]!;
}

const lines = workers * daysLived;
const ask = (url: string, ...args: string[]): Running =>
  program.run('cli', args, { DATABASE_URL: url, PARVIS_SECRET: secretHex, PARVIS_HOME: home });

/** The dossier as the command line writes it, judged by the verifier in a process of its own. */
async function dossierHolds({ name, url }: Clone): Promise<void> {
  const file = join(home, `${name}.zip`);
  expect(await ask(url, 'dossier', month, '--out', file).ended).toMatchObject({ code: 0 });
  expect(verify(readFileSync(file)).batch.lines).toBe(lines);
  expect(await runProgram(resolve('verifier', 'verify.mjs'), [file]).ended).toMatchObject({ code: 0 });
}

interface Cut {
  /** Messages of the closing's transaction that reached the database, from its opening to its commit. */
  readonly after: number;
  /** How long the database may work on the last one, in milliseconds. */
  readonly wait_ms: number;
}

/**
 * Closes the month over a wire that counts the messages of the closing's own transaction, and lets `strike` happen when
 * so many have passed, or with its commit; the next one is held back until it has. How statements share messages is chance's.
 */
async function closeCut({ url }: Clone, cut: Cut, strike: (closing: Running) => void | Promise<void>) {
  let closing: Running;
  let [messages, struck, over, committed] = [0, false, false, false];
  const counting = (): Hear => {
    let [inside, writes, before] = [false, false, ''];
    return (said, { pass }) => {
      inside ||= said.includes('set local app.network');
      if (!inside) return pass();
      if (struck && !over) return;
      pass();
      if (over) return;
      writes ||= `${before}${said.toString('latin1')}`.includes('insert into mrv.line');
      before = said.toString('latin1').slice(-40);
      inside = said.subarray(5).toString() !== 'commit\0';
      committed ||= writes && !inside;
      if (++messages < cut.after && !(committed && Number.isFinite(cut.after))) return;
      struck = true;
      setTimeout(async () => {
        await strike(closing);
        over = true;
      }, cut.wait_ms);
    };
  };
  const wire = await stretchWire(url, counting);
  closing = ask(wire.url, 'close', month);
  const ended = await closing.ended;
  await wire.close();
  return { ended, messages, committed };
}

const kill = (closing: Running) => closing.kill();
const whole = (before: Readonly<Record<string, number>>) => ({
  batch: 1,
  line: lines,
  account: workers,
  log: 1,
  leaf: lines,
  checkpoint: 1,
  job: before['job']! + 1,
});

/** A small generator of chance, so that a failure can be played again (Park and Miller, 1988). */
const chance = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

describe('a closing', () => {
  let before: Readonly<Record<string, number>>;
  let total: number;

  test('left in peace writes the whole batch', async () => {
    const subject = await clone();
    before = await written(subject);
    expect(before).toMatchObject({ batch: 0, line: 0, account: 0, log: 0, leaf: 0, checkpoint: 0 });
    const { ended, messages } = await closeCut(subject, { after: Number.POSITIVE_INFINITY, wait_ms: 0 }, kill);
    expect(ended).toMatchObject({ code: 0 });
    total = messages;
    expect(await written(subject)).toEqual(whole(before));
    await dossierHolds(subject);
  });

  test('I-14: killed by kill −9 at many moments leaves nothing, or the whole batch', async () => {
    const random = chance(9);
    // The commit comes last: its lane then finds the whole batch, and every other kill leaves nothing.
    const moments = Array.from({ length: kills }, (_, n) => ({
      after: n + 1 === kills ? Number.MAX_SAFE_INTEGER : Math.ceil(((n + 1) * total) / kills),
      wait_ms: Math.floor(random() * 6),
    }));
    const found: string[] = [];
    const lane = async (subject: Clone) => {
      for (let cut = moments.shift(); cut; cut = moments.shift()) {
        const { ended, committed } = await closeCut(subject, cut, kill);
        expect(ended.signal).toBe('SIGKILL');
        const now = await written(subject);
        const kept = now['batch'] === 0 ? 'nothing' : 'whole';
        found.push(`${cut.after} ${kept}`);
        expect(now, `after message ${cut.after} of ${total}`).toEqual(kept === 'nothing' ? before : whole(before));
        expect(kept).toBe(committed ? 'whole' : 'nothing');
      }
      expect(await ask(subject.url, 'close', month).ended).toMatchObject({ code: 0 });
      expect(await written(subject)).toEqual(whole(before));
      await dossierHolds(subject);
    };
    await Promise.all([lane(await clone()), lane(await clone())]);
    expect(found).toHaveLength(kills);
    process.stderr.write(
      `A closing of ${lines} lines: ${total} messages; killed ${kills} times: ${found.join(', ')}.\n`,
    );
  }, 90_000);

  test('whose connection the database ends says so in words, and leaves nothing', async () => {
    const subject = await clone();
    const endIt = async () => {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${subject.name}`.execute(
        admin.db,
      );
    };
    const told: Ended[] = [];
    for (let after = 1; after < total; after += Math.ceil(total / 3)) {
      told.push((await closeCut(subject, { after, wait_ms: 3 }, endIt)).ended);
      expect(await written(subject)).toEqual(before);
    }
    expect(told.map(({ code, stdout }) => [code, stdout])).toEqual(told.map(() => [1, '']));
    for (const { stderr } of told) expect(stderr).toMatch(/^platform\.database_away: [^\n]+\n$/);
    expect(await ask(subject.url, 'close', month).ended).toMatchObject({ code: 0 });
    await dossierHolds(subject);
  }, 90_000);
});
