import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countingIds, freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { done } from '../../tools/small-network.ts';
import { stretchWire } from '../../tools/wire.ts';
import { sha256 } from '../kernel/canonical.ts';
import { accept, refusal, refuse } from '../kernel/outcome.ts';
import { instant } from '../kernel/time.ts';
import { inNetwork, type OpenDatabase, openDatabase, type Work } from '../platform/database.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import {
  beginSeal,
  entryBytes,
  isIntact,
  type Keyring,
  leafHash,
  type PendingEntry,
  placesOf,
  published,
  seal,
  sealPending,
  submit,
} from './notary.ts';
import { rowHashes } from './store/log.ts';

const keyring: Keyring = { secrets: openSecretsOf('test'), host: 'log.example' };
const entryOf = (name: string): PendingEntry => ({
  type: 'presence',
  site: 'spc_00000001',
  day: '2026-06-15',
  person_commit: sha256(`person ${name}`),
  payload_commit: sha256(`payload ${name}`),
});
const entries = (name: string, count: number) => Array.from({ length: count }, (_, i) => entryOf(`${name} ${i}`));
const sealAll = (work: Work) => sealPending(work, keyring);
const sizeOf = async (net: TestNetwork) => {
  const log = await net.work(published);
  return log.ok ? log.value.size : 0;
};
const waiting = (work: Work) =>
  sql<{ n: number }>`select count(*)::int as n from notary.pending`.execute(work.tx).then(({ rows }) => rows[0]!.n);

/** Every leaf of the log, in order, in hex. */
const leavesOf = async (net: TestNetwork) => {
  const size = await sizeOf(net);
  const rows = await net.work(work => rowHashes(work, [{ level: 0, from: 0, to: size }]));
  return [...rows].sort((a, b) => a.position - b.position).map(row => Buffer.from(row.hash).toString('hex'));
};
const leafAt = (entry: PendingEntry, seq: number) =>
  Buffer.from(leafHash(entryBytes({ ...entry, seq }))).toString('hex');

describe('entries left to be sealed', () => {
  let net: TestNetwork;
  beforeAll(async () => {
    net = await freshNetwork();
  });
  afterAll(() => net.database.db.destroy());

  test('wait without a place, then get one each, and are gone', async () => {
    const left = entries('a', 300);
    const ids = await net.work(work => submit(work, left));
    expect((await net.work(work => placesOf(work, ids))).size).toBe(0);
    expect(await net.work(published)).toMatchObject({ refusal: { code: 'notary.no_log' } });
    expect(done(await net.work(sealAll))).toMatchObject({ size: 300 });
    const places = await net.work(work => placesOf(work, ids));
    expect([...places.values()].sort((a, b) => a - b)).toEqual(left.map((_, i) => i));
    const leaves = await leavesOf(net);
    for (const [i, entry] of left.entries()) {
      expect(leaves[places.get(ids[i]!)!]).toBe(leafAt(entry, places.get(ids[i]!)!));
    }
    expect(await net.work(waiting)).toBe(0);
    expect(await net.work(isIntact)).toBe(true);
  });

  test('stand in an order that says nothing of who came first', async () => {
    const [first, second] = [entries('order', 40), entries('other order', 40)];
    const ids = [...(await net.work(work => submit(work, first))), ...(await net.work(work => submit(work, second)))];
    await net.work(sealAll);
    const places = await net.work(work => placesOf(work, ids));
    expect([...ids].sort((a, b) => places.get(a)! - places.get(b)!)).toEqual([...ids].sort());
  });

  test('seal nothing when nothing waits, and open no log', async () => {
    const before = await sizeOf(net);
    expect(await net.work(sealAll)).toEqual(accept(null));
    expect(await sizeOf(net)).toBe(before);
    const empty = await freshNetwork();
    expect(await empty.work(sealAll)).toEqual(accept(null));
    expect(await empty.work(published)).toMatchObject({ refusal: { code: 'notary.no_log' } });
    await empty.database.db.destroy();
  });

  test('asked again, waiting or sealed, keep their one place', async () => {
    const left = entries('again', 5);
    const before = await sizeOf(net);
    const ids = await net.work(work => submit(work, left));
    expect(await net.work(work => submit(work, left))).toEqual(ids);
    await net.work(sealAll);
    const places = await net.work(work => placesOf(work, ids));
    await net.work(work => submit(work, [...left, entryOf('new beside old')]));
    await net.work(sealAll);
    expect(await net.work(work => placesOf(work, ids))).toEqual(places);
    expect(await sizeOf(net)).toBe(before + 6);
  });

  test('asked again while they are being sealed, keep their one place', async () => {
    const left = entries('meanwhile', 3);
    const ids = await net.work(work => submit(work, left));
    const before = await sizeOf(net);
    let again: Promise<unknown> = Promise.resolve();
    await net.work(async work => {
      await sealAll(work);
      // This one waits: only the same entry may make someone wait for the sealer.
      again = net.work(other => submit(other, left));
      await new Promise(wait => setTimeout(wait, 50));
    });
    await again;
    await net.work(sealAll);
    expect((await net.work(work => placesOf(work, ids))).size).toBe(3);
    expect(await sizeOf(net)).toBe(before + 3);
    expect(await net.work(waiting)).toBe(0);
  });

  test('are not there when the unit of work that left them is refused', async () => {
    const no = refuse(refusal('test.no', 409, { fr: 'Non.', en: 'No.' }));
    await net.work(async work => {
      await submit(work, entries('refused', 2));
      return no;
    });
    expect(await net.work(waiting)).toBe(0);
  });

  test.each([
    [
      'a name where a commitment should be',
      { ...entryOf('x'), person_commit: 'Ana' },
      /an_entry_holds_commitments_only/,
    ],
    ['no real day', { ...entryOf('x'), day: '2026-02-30' }, /a real day/],
  ])('with %s are refused', async (_, entry, why) => {
    await expect(net.work(work => submit(work, [entry]))).rejects.toThrow(why);
  });
});

describe('many at once', () => {
  let net: TestNetwork;
  let wide: OpenDatabase;
  const newId = countingIds();
  beforeAll(async () => {
    net = await freshNetwork();
    wide = openDatabase(net.database.url, 66);
    await net.work(async work => {
      await submit(work, entries('first', 1));
      await sealAll(work);
    });
  });
  afterAll(async () => {
    await wide.db.destroy();
    await net.database.db.destroy();
  });

  /** A writer that gives up when it must wait for anyone else's lock: longer than a busy machine leaves its holder aside. */
  const write = (name: string, count = 1) =>
    inNetwork({ db: wide.db, clock: () => instant('2026-06-15T08:00:00Z'), newId }, net.networkId, async work => {
      await sql`set local lock_timeout = '1s'`.execute(work.tx);
      return submit(work, entries(name, count));
    });

  test('64 writers come in while a sealer holds the log, and none waits for it nor for another', async () => {
    const before = await sizeOf(net);
    await net.work(async work => {
      await submit(work, entries('sealed meanwhile', 10));
      await sealAll(work);
      await Promise.all(Array.from({ length: 64 }, (_, i) => write(`writer ${i}`, 5)));
    });
    expect(await sizeOf(net)).toBe(before + 10);
    expect(done(await net.work(sealAll))).toMatchObject({ size: before + 10 + 320 });
  });

  const p95 = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)]!;

  test('64 writers in a row with sealers at work: nobody waits, none is lost, none twice', async () => {
    const rounds = 12;
    const writing = async (name: string) => {
      const taken_ms: number[] = [];
      const ids: string[] = [];
      const writer = async (i: number) => {
        for (let round = 0; round < rounds; round++) {
          const from = performance.now();
          ids.push(...(await write(`${name} ${i} ${round}`)));
          taken_ms.push(performance.now() - from);
        }
      };
      await Promise.all(Array.from({ length: 64 }, (_, i) => writer(i)));
      return { p95_ms: p95(taken_ms), ids };
    };
    const before = await sizeOf(net);
    const alone = await writing('alone');
    let over = false;
    const sealing = Promise.all(
      [1, 2].map(async () => {
        let seals = 0;
        for (; !over; await new Promise(wait => setTimeout(wait, 10))) {
          if (done(await net.work(sealAll))) seals++;
        }
        return seals;
      }),
    );
    const beside = await writing('beside');
    over = true;
    const seals = (await sealing).reduce((a, b) => a + b);
    await net.work(sealAll);
    const ids = [...alone.ids, ...beside.ids];
    const places = await net.work(work => placesOf(work, ids));
    expect(ids).toHaveLength(2 * 64 * rounds);
    expect(new Set(places.values()).size).toBe(ids.length);
    expect(await sizeOf(net)).toBe(before + ids.length);
    expect(new Set(await leavesOf(net)).size).toBe(before + ids.length);
    expect(await net.work(isIntact)).toBe(true);
    expect(seals).toBeGreaterThan(1);
    process.stderr.write(
      `Submitting, 64 writers: p95 ${alone.p95_ms.toFixed(1)} ms alone, ${beside.p95_ms.toFixed(1)} ms beside two sealers (${seals} seals).\n`,
    );
  });

  test('closings that seal a month and sealers of what waits take turns: no gap, no deadlock', async () => {
    const before = await sizeOf(net);
    const closing = (name: string) =>
      net.work(async work => {
        const sealing = done(await beginSeal(work, keyring));
        const lines = entries(name, 7).map((entry, i) => leafHash(entryBytes({ ...entry, seq: sealing.size + i })));
        // A month is appended some lines at a time.
        for (const some of [lines.slice(0, 3), [], lines.slice(3)]) await sealing.append(some);
        return seal(work, keyring, sealing);
      });
    await write('mixed', 20);
    const turns = [1, 2, 3, 4].flatMap(n => [closing(`month ${n}`), net.work(sealAll), write(`late ${n}`, 3)]);
    await Promise.all(turns);
    await net.work(sealAll);
    expect(await sizeOf(net)).toBe(before + 4 * 7 + 20 + 4 * 3);
    expect(await net.work(isIntact)).toBe(true);
  });

  test('cut off between any two steps, a sealing leaves everything waiting or everything sealed', async () => {
    const state = async () => ({ size: await sizeOf(net), waiting: await net.work(waiting) });
    let total = Number.POSITIVE_INFINITY;
    const outcomes: string[] = [];
    for (let after = 1; after <= total; after++) {
      await net.work(work => submit(work, entries(`cut ${after}`, 4)));
      const before = await state();
      let messages = 0;
      const wire = await stretchWire(net.database.url, () => (_said, { pass }) => {
        messages++;
        pass();
        if (messages === after) setTimeout(() => wire.cut(), 2);
      });
      const cut = openDatabase(wire.url, 1);
      const source = { db: cut.db, clock: () => instant('2026-06-15T09:00:00Z'), newId };
      const ended = await inNetwork(source, net.networkId, sealAll).then(
        () => 'sealed',
        () => 'cut',
      );
      if (ended === 'sealed') total = after;
      await cut.db.destroy();
      await wire.close();
      // The server may still be at work on the last thing it heard: the log's lock says when it is over.
      await net.work(work => beginSeal(work, keyring));
      const now = await state();
      const whole = { size: before.size + before.waiting, waiting: 0 };
      expect([before, whole]).toContainEqual(now);
      outcomes.push(now.waiting === 0 ? 'whole' : 'nothing');
    }
    expect(outcomes.length).toBeGreaterThan(8);
    expect(outcomes.slice(0, 8)).toEqual(Array(8).fill('nothing'));
    expect(outcomes.at(-1)).toBe('whole');
    expect(await net.work(isIntact)).toBe(true);
  });
});
