import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accept, refusal, refuse } from '../src/kernel/outcome.ts';
import { forgetAnswers, onceFor } from '../src/platform/first-answer.ts';
import { announce } from '../src/platform/outbox.ts';
import { freshNetwork, type TestNetwork } from './fresh-database.ts';

let net: TestNetwork;
beforeAll(async () => {
  net = await freshNetwork();
});
afterAll(() => net.database.db.destroy());

const answers = async () =>
  Number(
    (await sql<{ n: bigint }>`select count(*) as n from platform.first_answer`.execute(net.database.db)).rows[0]!.n,
  );
const jobs = async () =>
  Number(
    (await sql<{ n: bigint }>`select count(*) as n from graphile_worker.jobs`.execute(net.database.db)).rows[0]!.n,
  );

describe('a unit of work', () => {
  test('sees and writes the rows of its own network only', async () => {
    await net.work(async ({ tx }) => {
      await sql`insert into platform.first_answer values ('net_testnetwork', 'a', 'own', 'h', null, now())`.execute(tx);
    });
    await expect(
      net.work(async ({ tx }) => {
        await sql`insert into platform.first_answer values ('net_othernetwork', 'a', 'other', 'h', null, now())`.execute(
          tx,
        );
      }),
    ).rejects.toThrow(/row-level security/);
    await sql`insert into platform.first_answer values ('net_othernetwork', 'a', 'planted', 'h', null, now())`.execute(
      net.database.db,
    );
    const seen = await net.work(({ tx }) =>
      sql<{ request_key: string }>`select request_key from platform.first_answer`.execute(tx),
    );
    expect(seen.rows).toEqual([{ request_key: 'own' }]);
  });

  test('leaves nothing behind a refusal: no row, no announcement', async () => {
    const [rowsBefore, jobsBefore] = [await answers(), await jobs()];
    const no = refuse(refusal('test.no', 409, { fr: 'Non.', en: 'No.' }));
    const outcome = await net.work(async work => {
      await sql`insert into platform.first_answer values ('net_testnetwork', 'a', 'refused', 'h', null, now())`.execute(
        work.tx,
      );
      await announce(work, { event: 'test.happened', payload: {} });
      return no;
    });
    expect(outcome).toEqual(no);
    expect([await answers(), await jobs()]).toEqual([rowsBefore, jobsBefore]);
  });

  test('announces with its commit', async () => {
    const before = await jobs();
    await net.work(work => announce(work, { event: 'test.happened', payload: { id: 'x' } }));
    expect(await jobs()).toBe(before + 1);
  });
});

describe('a request key', () => {
  const ask = (key: string, body: unknown, verb = async () => accept({ made: 1n })) =>
    net.work(work => onceFor(work, { asker: 'per_test', key, body }, verb));

  test('gives the first answer again and acts once, from 32 connections at a time', async () => {
    let acted = 0;
    const outcomes = await Promise.all(
      Array.from({ length: 32 }, () => ask('same', { desk: 1 }, async () => accept({ made: BigInt(++acted) }))),
    );
    expect(new Set(outcomes.map(o => JSON.stringify(o)))).toEqual(new Set(['{"ok":true,"value":{"made":"1"}}']));
    expect(acted).toBe(1);
  });

  test('refuses another body', async () => {
    await ask('other body', { desk: 1 });
    expect(await ask('other body', { desk: 2 })).toMatchObject({
      ok: false,
      refusal: { code: 'request.key_reused', status: 422 },
    });
  });

  test('of more than 200 characters is refused in words, and a body may hold whole numbers of any size', async () => {
    expect(await ask('k'.repeat(9_000), {})).toMatchObject({ refusal: { code: 'request.key_too_long', status: 422 } });
    expect(await ask('counter', { counter: 1n })).toMatchObject({ ok: true });
  });

  test('does not keep a refusal', async () => {
    const no = refuse(refusal('test.not_yet', 409, { fr: 'Pas encore.', en: 'Not yet.' }));
    expect(await ask('mended', {}, async () => no as never)).toEqual(no);
    expect(await ask('mended', {})).toMatchObject({ ok: true });
  });

  test('is forgotten after seven days, with the hours that its answer may hold', async () => {
    net.at('2026-06-15T08:00:00Z');
    await ask('old', {});
    net.at('2026-06-23T08:00:00Z');
    await ask('fresh', {});
    await net.work(forgetAnswers);
    const { rows } = await net.work(({ tx }) =>
      sql<{ request_key: string }>`select request_key from platform.first_answer where asker = 'per_test'`.execute(tx),
    );
    expect(rows).toEqual([{ request_key: 'fresh' }]);
  });
});
