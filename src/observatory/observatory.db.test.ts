import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { editions, publish } from './observatory.ts';
import { sampleMonth } from './sample.ts';

let net: TestNetwork;
beforeAll(async () => {
  net = await freshNetwork('2026-11-08T08:00:00Z');
  const { id, ...content } = sampleMonth('2026-10');
  await sql`insert into mrv.batch (network_id, batch_id, month, first_seq, lines, content, checks, method, factors,
      checkpoint, vkey, readme, summary, closed_by, closed_at)
    values (${net.networkId}, ${id}, '2026-10', 0, 0, ${JSON.stringify({ id, ...content })}::jsonb, '[]', '{}', '{}',
      '', '', '', '', 'per_00000001', '2026-11-08T08:00:00Z')`.execute(net.database.db);
});
afterAll(() => net.database.db.destroy());

test('a month that is not closed is not published, in words', async () => {
  const refused = await net.work(work => publish(work, '2026-11'));
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'observatory.month_not_closed' } });
});

test('a closed month is published once: the second time answers with the first', async () => {
  const first = await net.work(work => publish(work, '2026-10'));
  net.at('2026-12-01T08:00:00Z');
  const second = await net.work(work => publish(work, '2026-10'));
  expect(first).toMatchObject({ ok: true, value: { edition: { month: '2026-10', withheld: true } } });
  expect(second.ok && second.value.publishedAt.toString()).toBe('2026-11-08T08:00:00Z');
  expect(await net.work(editions)).toHaveLength(1);
});

test('ten publications at once leave one edition', async () => {
  await Promise.all(Array.from({ length: 10 }, () => net.work(work => publish(work, '2026-10'))));
  expect(await net.work(editions)).toHaveLength(1);
});

test('an edition cannot be changed afterwards', async () => {
  const change = sql`update observatory.edition set content = '{}'`.execute(net.database.db);
  await expect(change).rejects.toThrow('post a reversing entry instead');
});

test('an edition of the time when fewer things were published is read with nothing in their place', async () => {
  await sql`insert into observatory.edition (network_id, month, batch_id, content, published_at)
    select network_id, '2026-09', batch_id, content - 'persistence' || '{"month": "2026-09"}', published_at
    from observatory.edition`.execute(net.database.db);
  const [old] = await net.work(editions);
  expect(old!.edition).toMatchObject({ month: '2026-09', persistence: [] });
});
