import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { rational } from '../kernel/rational.ts';
import { instant } from '../kernel/time.ts';
import { inNetwork, type OpenDatabase, openDatabase, type Work } from '../platform/database.ts';
import { reconcile } from './jobs.ts';
import { balanceOf, unitsIn } from './range.ts';
import {
  cancel,
  clawBack,
  declare,
  type Holding,
  holdings,
  issue,
  meetDuty,
  recordExternal,
  retire,
  sendOut,
  splitRange,
  transfer,
} from './registry.ts';
import { operator, sampleIssue, sampleTransfer, sampleUse } from './sample.ts';
import { selectDuties } from './store/duty.ts';
import { compareAll } from './store/external.ts';

const attackers = 64;

let net: TestNetwork;
let many: OpenDatabase;
beforeAll(async () => {
  net = await freshNetwork();
  many = openDatabase(net.database.url, attackers);
});
afterAll(async () => {
  await many.db.destroy();
  await net.database.db.destroy();
});

const source = () => ({
  db: many.db,
  clock: () => instant('2026-06-15T08:00:00Z'),
  newId: <K extends string>(kind: K) => `${kind}_${randomUUID().replaceAll('-', '')}` as const,
});
/** One unit of work on one of many connections. */
const on = <T>(task: (work: Work) => Promise<T>): Promise<T> => inNetwork(source(), net.networkId, task);
const all = <T>(task: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: attackers }, (_, n) => task(n)));
const openIn = async (project: string) => (await on(holdings)).filter(one => one.project === project);
const issued = (project: string, quantity: bigint, over = {}) =>
  on(work => issue(work, operator, sampleIssue({ project, batchId: project, quantity, ...over })));
const won = (outcomes: readonly Outcome<unknown>[]) => outcomes.filter(one => one.ok).length;

const ways: readonly ((work: Work, units: { rangeId: string; quantity: bigint }) => Promise<Outcome<unknown>>)[] = [
  (work, units) => transfer(work, operator, sampleTransfer(units.rangeId, units.quantity)),
  (work, units) => retire(work, operator, { ...units, ...sampleUse }),
  (work, units) => cancel(work, operator, { ...units, reason: 'state_decision' }),
  (work, units) => sendOut(work, operator, { ...units, register: 'Registre X', reference: 'X' }),
  (work, units) => splitRange(work, operator, units),
];

describe(`${attackers} connections at once`, () => {
  test('transfer and retire one whole range: one wins, the others are told that it moved', async () => {
    const { rangeId } = done(await issued('race', 10n));
    const outcomes = await all(n => on(work => ways[n % 2]!(work, { rangeId, quantity: 10n })));
    expect(won(outcomes)).toBe(1);
    expect(new Set(outcomes.filter(one => !one.ok).map(codeOf))).toEqual(new Set(['registry.range_moved']));
    const [only, ...others] = await openIn('race');
    expect([only?.first, only?.beyond, others.length]).toEqual([1n, 11n, 0]);
  });

  test('take small bites in every way: each unit ends in exactly one place', async () => {
    const quantity = 600n;
    done(await issued('bites', quantity));
    const taken = ways.map(() => 0n);
    await all(async n => {
      for (let bite = 0; bite < 12; bite++) {
        const active = (await openIn('bites')).filter(one => one.state === 'active' && one.holderId === 'org_holder01');
        const range = active[(n + bite) % Math.max(1, active.length)];
        if (!range) return;
        const way = (n + bite) % ways.length;
        const units = { rangeId: range.rangeId, quantity: BigInt((n % 3) + 1) };
        const outcome = await on(work => ways[way]!(work, units));
        if (outcome.ok) taken[way] = taken[way]! + units.quantity;
      }
    });
    const open = await openIn('bites');
    const { active, retired, cancelled, sent_out } = balanceOf(open);
    expect(active + retired + cancelled + sent_out).toBe(quantity);
    expect([retired, cancelled, sent_out]).toEqual(taken.slice(1, 4));
    expect(unitsIn(open.filter(one => one.holderId !== 'org_holder01'))).toBe(taken[0]);
    const sorted = [...open].sort((a, b) => (a.first < b.first ? -1 : 1));
    expect(sorted.map(one => one.first)).toEqual([1n, ...sorted.map(one => one.beyond)].slice(0, -1));
    expect(taken.every(units => units > 0n)).toBe(true);
  });

  test('claw back one unit each from a batch of twenty: twenty are answered for, no more', async () => {
    done(await issued('claws', 20n, { reserve_share: rational(1n, 5n) }));
    const active = (await openIn('claws')).find(one => one.state === 'active')!;
    done(await on(work => retire(work, operator, { rangeId: active.rangeId, quantity: 6n, ...sampleUse })));
    const asked = { batchId: 'claws', quantity: 1n, reason: 'présences inventées' };
    const outcomes = await all(() => on(work => clawBack(work, operator, asked)));
    expect(won(outcomes)).toBe(20);
    expect(balanceOf(await openIn('claws'))).toMatchObject({ retired: 6n, cancelled: 14n });
    expect((await on(selectDuties)).reduce((sum, duty) => sum + duty.quantity, 0n)).toBe(6n);
  });

  test('meet one duty: it is met once, to the unit', async () => {
    const [duty] = await on(selectDuties);
    expect(duty).toMatchObject({ quantity: 1n, met: 0n });
    done(await issued('sound', BigInt(attackers)));
    for (let n = 1; n < 8; n++) {
      const last = (await openIn('sound')).at(-1)!;
      done(await on(work => splitRange(work, operator, { rangeId: last.rangeId, quantity: 8n })));
    }
    const sound = await openIn('sound');
    const outcomes = await all(n =>
      on(work => {
        const { rangeId } = sound[n % sound.length]!;
        return meetDuty(work, operator, { dutyId: duty!.dutyId, rangeId, quantity: 1n });
      }),
    );
    expect(won(outcomes)).toBe(1);
    expect(balanceOf(await openIn('sound'))).toMatchObject({ active: 63n, cancelled: 1n });
  });

  test('declare one transfer: once', async () => {
    const { rangeId } = done(await issued('declared', 1n));
    const { transferId } = done(await on(work => transfer(work, operator, sampleTransfer(rangeId, 1n))));
    const asked = { transferId, declaredOn: '2026-06-02', reference: 'LBC-1' } as const;
    expect(won(await all(() => on(work => declare(work, operator, asked))))).toBe(1);
  });
});

describe('I-15: our units under an external reference are at most its own', () => {
  const pieces: Holding[] = [];
  beforeAll(async () => {
    done(await issued('ties', BigInt(attackers)));
    for (let n = 1; n < attackers; n++) {
      const last = (await openIn('ties')).at(-1)!;
      done(await on(work => splitRange(work, operator, { rangeId: last.rangeId, quantity: 1n })));
    }
    pieces.push(...(await openIn('ties')));
  });

  test(`${attackers} connections tie a unit each to a reference of forty: forty are tied`, async () => {
    const asked = { reference: 'LBC-2026-40', quantity: 40n };
    const outcomes = await all(n =>
      on(work => recordExternal(work, operator, { ...asked, rangeId: pieces[n]!.rangeId })),
    );
    expect(won(outcomes)).toBe(40);
    expect(new Set(outcomes.filter(one => !one.ok).map(codeOf))).toEqual(new Set(['registry.more_than_external']));
    expect(await on(compareAll)).toMatchObject([{ reference: 'LBC-2026-40', external: 40n, ours: 40n }]);
    expect(await on(reconcile)).toEqual({ disagreeing: 0 });
  });

  test('each other unit is free for another reference, and no unit is under two', async () => {
    const asked = { reference: 'LBC-2026-64', quantity: 64n };
    const outcomes = await all(n =>
      on(work => recordExternal(work, operator, { ...asked, rangeId: pieces[n]!.rangeId })),
    );
    expect(won(outcomes)).toBe(attackers - 40);
    expect(new Set(outcomes.filter(one => !one.ok).map(codeOf))).toEqual(new Set(['registry.already_tied']));
  });

  test('by SQL too, around the verb: only what fits stays', async () => {
    await on(({ tx, networkId }) =>
      sql`insert into registry.external_reference (network_id, reference_id, scheme, reference, quantity, recorded_by,
          recorded_at) values (${networkId}, 'ext_byhand0001', 'lbc', 'LBC-2026-5', 5, 'per_operator1', now())`.execute(
        tx,
      ),
    );
    const outcomes = await Promise.allSettled(
      Array.from({ length: attackers }, (_, n) =>
        on(({ tx, networkId }) =>
          sql`insert into registry.external_tie (network_id, reference_id, scheme, project, vintage, numbers, recorded_by,
              recorded_at) values (${networkId}, 'ext_byhand0001', 'lbc', 'byhand', 2026, int8range(${n + 1}, ${n + 2}),
              'per_operator1', now())`.execute(tx),
        ),
      ),
    );
    expect(outcomes.filter(one => one.status === 'fulfilled')).toHaveLength(5);
    expect(outcomes.find(one => one.status === 'rejected')?.reason).toMatchObject({
      constraint: 'our_units_fit_the_external_quantity',
    });
  });
});
