import { type DatabaseConnection, DefaultQueryExecutor, PostgresAdapter, PostgresQueryCompiler, sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { actorOf } from '../../tools/hosted-space.ts';
import { done } from '../../tools/small-network.ts';
import type { Day } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, resourcesOf } from '../spaces/spaces.ts';
import { selectAround, selectOfPerson } from './store.ts';

// A connection keeps the plan that it made when the network had a few bookings, all of one week, while thousands come: each index then
// looks as good as the next, and one of them reads everyone's week.

let net: TestNetwork;
const day: Day = '2026-06-16';

beforeAll(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  const operator = actorOf('per_operator0', 'network_operator');
  const resources = ['Un', 'Deux', 'Trois'].map(name => ({ kind: 'desk' as const, name, capacity: 1 }));
  const sheets = Array.from({ length: 20 }, (_, n) => sampleSpace({ name: `Espace ${n}`, resources }));
  await net.work(async work => {
    const spaceIds = done(await addSpaces(work, operator, sheets)).map(one => one.spaceId);
    const places = await resourcesOf(work, spaceIds);
    await sql`insert into booking.booking (network_id, booking_id, space_id, resource_id, kind, person_id, local_day, part,
        during, keeps, price_eur_cents, payer_kind, payer_id, booked_by, booked_at)
      select ${work.networkId}, 'bkg_young' || lpad(n::text, 4, '0'), space, place, 'desk', person, ${day}, 'day',
        during, during, 0, 'person', person, person, now()
      from unnest(${places.map(one => one.spaceId)}::text[], ${places.map(one => one.resourceId)}::text[])
          with ordinality as p (space, place, n),
        lateral (select 'per_young' || lpad(n::text, 4, '0') as person) someone,
        (select tstzrange(${`${day}T07:00:00Z`}, ${`${day}T15:00:00Z`}) as during) d`.execute(work.tx);
  });
  await sql`analyze booking.booking`.execute(net.database.db);
}, 60_000);

/** How PostgreSQL would run the statement that a task asks, whatever its values. */
const planOf = (task: (work: Work) => Promise<unknown>): Promise<string> =>
  net.work(async work => {
    let text = '';
    const connection: DatabaseConnection = {
      executeQuery: async asked => {
        text = asked.sql;
        return { rows: [] };
      },
      streamQuery: () => {
        throw new TypeError('rows are read whole');
      },
    };
    const executor = new DefaultQueryExecutor(new PostgresQueryCompiler(), new PostgresAdapter(), {
      provideConnection: consumer => consumer(connection),
    });
    await task({ ...work, tx: { getExecutor: () => executor } });
    await sql`set local enable_seqscan = off`.execute(work.tx);
    const plan = await sql.raw<{ 'QUERY PLAN': string }>(`explain (generic_plan) ${text}`).execute(work.tx);
    return plan.rows.map(row => row['QUERY PLAN']).join('\n');
  });

describe('in a young network nobody’s week is looked for among everyone’s', () => {
  test.each<[string, (work: Work) => Promise<unknown>]>([
    ['a booking', w => selectAround(w, { spaceIds: ['spc_00000001'], personIds: ['per_young0001'], days: [day] })],
    ['an arrival', w => selectOfPerson(w, { personId: 'per_young0001', from: '2026-06-15', to: '2026-06-17' })],
  ])('%s', async (_, task) => {
    const plan = await planOf(task);
    expect(plan).toMatch(/Index Cond: .*person_id = /);
    expect(plan).not.toMatch(/Filter: .*\bperson_id = /);
  });
});
