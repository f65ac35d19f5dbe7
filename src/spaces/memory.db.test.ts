import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { operator } from '../../tools/attended-spaces.ts';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { done } from '../../tools/small-network.ts';
import { addDays, type Day, instant } from '../kernel/time.ts';
import { randomId } from '../platform/clock.ts';
import { inNetwork, openDatabase, type Work } from '../platform/database.ts';
import { sampleSpace } from './sample.ts';
import { addSpaces, close, openIntervals, type Space, setTariff, spacesByIds, tariffsOn } from './spaces.ts';

let net: TestNetwork;
let space: Space;
beforeAll(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  [space] = done(await net.work(work => addSpaces(work, operator, [sampleSpace({})]))) as [Space];
});

const day: Day = '2026-06-18';

/** Another process over the same database, with a memory of its own. */
const elsewhere = () => {
  const database = openDatabase(net.database.url, 2);
  const source = { db: database.db, clock: () => instant('2026-06-15T08:00:00Z'), newId: randomId };
  return {
    work: <T>(task: (work: Work) => Promise<T>) => inNetwork(source, net.networkId, task),
    end: () => database.db.destroy(),
  };
};

const isOpen = async (work: Work) =>
  (await openIntervals(work, { spaceIds: [space.spaceId], days: [day] }))[0]!.closed === null;

const closing = (work: Work) =>
  close(work, operator, { spaceId: space.spaceId, firstDay: day, lastDay: day, reason: 'works' });

describe('what is known of spaces', () => {
  beforeEach(() => net.work(({ tx }) => sql`delete from spaces.closure`.execute(tx)));

  test('is read once while nothing of it changes', async () => {
    await net.work(isOpen);
    const reads = async ({ tx }: Work) =>
      (
        await sql<{ n: number }>`select sum(pg_stat_get_xact_numscans(relation))::int as n from (
          select 'spaces.space'::regclass::oid union all
          select indexrelid from pg_index where indrelid = 'spaces.space'::regclass) as scanned (relation)`.execute(tx)
      ).rows[0]!.n;
    const scans = await net.work(async work => {
      const before = await reads(work);
      await isOpen(work);
      await spacesByIds(work, [space.spaceId]);
      return (await reads(work)) - before;
    });
    expect(scans).toBe(0);
  });

  test('is known anew once another process changed it', async () => {
    const other = elsewhere();
    expect([await net.work(isOpen), await other.work(isOpen)]).toEqual([true, true]);
    done(await other.work(closing));
    expect([await net.work(isOpen), await other.work(isOpen)]).toEqual([false, false]);
    await other.end();
  });

  test('is what a unit of work has made of it, for that one alone until it commits, and for none when it fails', async () => {
    const seen: boolean[] = [];
    const failing = net.work(async work => {
      seen.push(await isOpen(work));
      done(await closing(work));
      seen.push(await isOpen(work), await net.work(isOpen));
      throw new Error('given up');
    });
    await expect(failing).rejects.toThrow('given up');
    expect(seen).toEqual([true, false, true]);
    expect(await net.work(isOpen)).toBe(true);
    // Another change after the one that was given up: nothing of that one is remembered.
    const from: Day = '2026-07-01';
    const tariff = { kind: 'desk', part: 'day', amount_eur_cents: 1234n, deliberation: 'DEL-2026-9', from } as const;
    done(await net.work(work => setTariff(work, operator, { ...tariff, spaceId: space.spaceId })));
    expect(await net.work(isOpen)).toBe(true);
    const asked = { spaceIds: [space.spaceId], day: from };
    const cents = (await net.work(work => tariffsOn(work, asked))).filter(
      one => one.part === 'day' && one.kind === 'desk',
    );
    expect(cents.map(one => one.amount_eur_cents)).toEqual([1234n]);
  });

  test('is never older than what was committed before it was asked, while eight others change it', async () => {
    const other = elsewhere();
    const days = Array.from({ length: 24 }, (_, n) => addDays('2026-08-01', n));
    const writer = async (firstDay: Day) => {
      const asked = { spaceId: space.spaceId, firstDay, lastDay: firstDay, reason: 'works' } as const;
      done(await net.work(work => close(work, operator, asked)));
      const [known] = await other.work(work => openIntervals(work, { spaceIds: [space.spaceId], days: [firstDay] }));
      return known!.closed !== null;
    };
    const known: boolean[] = [];
    for (let n = 0; n < days.length; n += 8) known.push(...(await Promise.all(days.slice(n, n + 8).map(writer))));
    expect(known).toEqual(days.map(() => true));
    await other.end();
  });

  test('is known anew by whoever has waited for a lock meanwhile', async () => {
    const other = elsewhere();
    const known = await net.work(async work => {
      const before = await isOpen(work);
      done(await other.work(closing));
      const still = await isOpen(work);
      await sql`select 1 from spaces.space for share`.execute(work.tx);
      return [before, still, await isOpen(work)];
    });
    expect(known).toEqual([true, true, false]);
    await other.end();
  });

  test('of another network is not in it', async () => {
    const stranger = await freshNetwork('2026-06-15T08:00:00Z');
    expect(await stranger.work(work => spacesByIds(work, [space.spaceId]))).toEqual([]);
  });
});
