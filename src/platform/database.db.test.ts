import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { randomId, systemClock } from './clock.ts';
import { inNetwork, isPassing, openDatabase, type Work } from './database.ts';

let net: TestNetwork;
beforeAll(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
});

const ended = (work: Work, code: string) =>
  sql.raw(`do $$ begin raise exception 'ended' using errcode = '${code}'; end $$`).execute(work.tx);

/** A verb that PostgreSQL ends the first times it runs. */
const endedTimes = (times: number, code: string) => {
  let runs = 0;
  const verb = async (work: Work) => {
    runs++;
    if (runs <= times) await ended(work, code);
    return runs;
  };
  return { verb, runs: () => runs };
};

describe('a unit of work', () => {
  test.each(['40P01', '40001'])('that PostgreSQL ends for another one (%s) begins again, seven times', async code => {
    const { verb } = endedTimes(7, code);
    expect(await net.work(verb)).toBe(8);
  });

  test('that is ended each time says so at last', async () => {
    const { verb, runs } = endedTimes(100, '40P01');
    const failure: unknown = await net.work(verb).catch((error: unknown) => error);
    expect(isPassing(failure)).toBe(true);
    expect(runs()).toBe(8);
  });

  test('that fails for another reason is not run again', async () => {
    const { verb, runs } = endedTimes(100, '23505');
    await expect(net.work(verb)).rejects.toMatchObject({ code: '23505' });
    expect(runs()).toBe(1);
  });

  test('reads a statement once a connection, and the rows of each network are still its own', async () => {
    const ask = async (work: Work) => {
      const found = await sql<{ name: string }>`select name from people.network
        where network_id = ${work.networkId}`.execute(work.tx);
      const plans = await sql<{ n: number }>`select count(*)::int as n from pg_prepared_statements
        where statement like 'select name from people.network%' and ${true}`.execute(work.tx);
      return [found.rows.length, plans.rows[0]!.n];
    };
    expect(await net.work(ask)).toEqual([1, 1]);
    expect(await net.work(ask)).toEqual([1, 1]);
  });

  test('is in its network from its first statement on, on a connection that is new', async () => {
    const database = openDatabase(net.database.url, 1);
    const source = { db: database.db, clock: systemClock, newId: randomId };
    const seen = await inNetwork(source, net.networkId, ({ tx }) =>
      sql<{ network: string }>`select current_setting('app.network') as network`.execute(tx),
    );
    expect(seen.rows).toEqual([{ network: net.networkId }]);
    await database.db.destroy();
  });

  test('that failed writes nothing later, whatever was asked beside the statement that failed', async () => {
    const later = async ({ tx }: Work) => {
      await sql`select 1`.execute(tx);
      await sql`insert into platform.first_answer values (${net.networkId}, 'a', 'later', 'h', null, now())`.execute(
        tx,
      );
    };
    const failing = (work: Work) => Promise.all([later(work), sql`select 1 / 0`.execute(work.tx)]);
    await expect(net.work(failing)).rejects.toMatchObject({ code: '22012' });
    const kept = await net.work(({ tx }) =>
      sql`select 1 from platform.first_answer where request_key = 'later'`.execute(tx),
    );
    expect(kept.rows).toEqual([]);
  });

  test('in which a failure was passed over does not answer as if it were done', async () => {
    const careless = async ({ tx }: Work) => {
      await sql`select 1 / 0`.execute(tx).catch(() => {});
      return 'done';
    };
    await expect(net.work(careless)).rejects.toThrow('a failed statement was passed over');
  });

  test('whose statements leave together tells the first that failed, and is over', async () => {
    const together = ({ tx }: Work) =>
      Promise.all([sql`select 1`.execute(tx), sql`select 1 / 0`.execute(tx), sql`select 2`.execute(tx)]);
    await expect(net.work(together)).rejects.toMatchObject({ code: '22012' });
    expect(await net.work(async ({ tx }) => (await sql<{ n: number }>`select 3 as n`.execute(tx)).rows)).toEqual([
      { n: 3 },
    ]);
  });
});
