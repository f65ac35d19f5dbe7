import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { rational } from '../kernel/rational.ts';
import type { Actor } from '../kernel/visit.ts';
import { setParameter } from '../platform/parameters/parameters.ts';
import type { Issue } from './issue.ts';
import { holdings, issue, parameters, retire, sendOut, serialText, splitRange, transfer } from './registry.ts';
import { operator, sampleIssue, sampleTransfer, sampleUse } from './sample.ts';

let net: TestNetwork;
beforeAll(async () => {
  net = await freshNetwork();
});
afterAll(() => net.database.db.destroy());

const stranger: Actor = { ...operator, personId: 'per_stranger1', memberships: [{ role: 'auditor', scope: null }] };
const doIssue = (over: Partial<Issue> = {}, by = operator) => net.work(work => issue(work, by, sampleIssue(over)));
const serials = async (project = '0001') =>
  (await net.work(holdings))
    .filter(one => one.project === project)
    .map(one => `${serialText(one).slice(-13)} ${one.state}`);
const open = async (state: string) => (await net.work(holdings)).find(one => one.state === state)!;

describe('issuing', () => {
  test('is refused in the demo profile, with clear words', async () => {
    const refused = await doIssue({ profile: 'demo' });
    expect(codeOf(refused)).toBe('registry.demo_cannot_issue');
    expect(!refused.ok && refused.refusal.message.fr).toContain('profil de démonstration');
    expect(await serials()).toEqual([]);
  });

  test('is for the operator, and for a whole unit at least', async () => {
    expect(codeOf(await doIssue({}, stranger))).toBe('registry.operator_only');
    expect(codeOf(await doIssue({ quantity: 0n }))).toBe('registry.nothing_to_issue');
  });

  test('I-14: happens once for a batch, however many ask at once, and numbers follow each other', async () => {
    const batches = ['batch one', 'batch two', 'batch three'];
    const answers = await Promise.all([...batches, ...batches, ...batches].map(batchId => doIssue({ batchId })));
    expect(new Set(answers.map(answer => done(answer).rangeId)).size).toBe(3);
    expect(await serials()).toEqual(['000001-000025 active', '000026-000050 active', '000051-000075 active']);
    expect(codeOf(await doIssue({ quantity: 24n }))).toBe('registry.other_quantity');
    expect(codeOf(await doIssue({ holderId: 'org_holder02' }))).toBe('registry.other_quantity');
    expect(codeOf(await doIssue({ scheme: 'cee' }))).toBe('registry.other_quantity');
  });

  test.each([
    ['1/20 of 25 is 1', '0002', 25n, rational(1n, 20n), ['000001-000001 reserve', '000002-000025 active']],
    ['1/20 of 19 is none', '0003', 19n, rational(1n, 20n), ['000001-000019 active']],
    ['all', '0004', 3n, rational(1n), ['000001-000003 reserve']],
  ])('sets the integrity reserve aside, rounded down: %s', async (_, project, quantity, reserve_share, expected) => {
    const asked = { project, batchId: project, quantity, reserve_share };
    const root = done(await doIssue(asked));
    expect(await serials(project)).toEqual(expected);
    expect(done(await doIssue(asked)).rangeId).toBe(root.rangeId);
  });

  test('takes the share that the network set, when none is given', async () => {
    const value = { parameterId: 'registry.reserve_share', value: '1/4', source: 'décision', validFrom: '2026-06-15' };
    done(
      await net.work(work => setParameter(work, operator, { ...value, validFrom: '2026-06-15', lists: [parameters] })),
    );
    const { reserve_share: _, ...asked } = sampleIssue({ project: '0005', batchId: '0005' });
    done(await net.work(work => issue(work, operator, asked)));
    expect(await serials('0005')).toEqual(['000001-000006 reserve', '000007-000025 active']);
  });

  test('once a series: a batch may hold two years', async () => {
    const years = [2025, 2026].map(vintage => ({ project: '0006', batchId: '0006', vintage, quantity: 3n }));
    const [one, two] = [done(await doIssue(years[0])), done(await doIssue(years[1]))];
    expect([one.vintage, two.vintage, one.first, two.first]).toEqual([2025, 2026, 1n, 1n]);
  });
});

describe('retiring', () => {
  test('uses some units for good and leaves the others, without a gap', async () => {
    const first = await open('active');
    const asked = { rangeId: first.rangeId, quantity: 10n, ...sampleUse };
    const attempt = (over: object, by = operator) => net.work(work => retire(work, by, { ...asked, ...over }));
    expect(codeOf(await attempt({}, stranger))).toBe('registry.operator_only');
    expect(codeOf(await attempt({ purpose: ' ' }))).toBe('registry.purpose_missing');
    expect(codeOf(await attempt({ mention: 'Nous sommes neutres en carbone' }))).toBe('registry.neutral_claim');
    expect(codeOf(await attempt({ rangeId: 'rng_nowhere00' }))).toBe('registry.no_range');
    for (const quantity of [0n, -1n, 26n]) expect(codeOf(await attempt({ quantity }))).toBe('registry.not_that_many');
    const retired = done(await attempt({}));
    expect((await serials()).slice(0, 2)).toEqual(['000001-000010 retired', '000011-000025 active']);
    expect(codeOf(await attempt({}))).toBe('registry.range_moved');
    expect(codeOf(await attempt({ rangeId: retired.rangeId }))).toBe('registry.range_retired');
  });
});

describe('I-17: nothing leaves a final state', () => {
  const run = (statement: string) => net.work(work => sql.raw(statement).execute(work.tx));
  const copy = (over: Readonly<Record<string, string>>, where = `closed_at is null and state = 'active'`) => {
    const columns =
      'network_id, range_id, scheme, project, vintage, numbers, holder_id, state, parent_id, batch_id, opened_at, closed_at';
    const values = columns.split(', ').map(column => over[column] ?? column);
    return `insert into registry.unit_range (${columns}) select ${values} from registry.unit_range
      where ${where} order by numbers limit 1`;
  };
  const id = `'rng_other0001'`;
  const child = { range_id: id, parent_id: 'range_id' };
  const closing = (of: string) => `update registry.unit_range set closed_at = now() where closed_at is null and ${of}`;

  beforeAll(async () => {
    const active = await open('active');
    const asked = { rangeId: active.rangeId, quantity: 1n, register: 'Registre X', reference: 'X-1' };
    done(await net.work(work => sendOut(work, operator, asked)));
  });

  test.each(['retired', 'sent_out', 'reserve'])('not by a verb, from %s', async state => {
    const { rangeId } = await open(state);
    const refused = `registry.range_${state === 'reserve' ? 'in_reserve' : state}`;
    const verbs = [
      net.work(work => retire(work, operator, { rangeId, quantity: 1n, ...sampleUse })),
      net.work(work => transfer(work, operator, sampleTransfer(rangeId, 1n))),
      net.work(work => sendOut(work, operator, { rangeId, quantity: 1n, register: 'R', reference: 'r' })),
      net.work(work => splitRange(work, operator, { rangeId, quantity: 1n })),
    ];
    expect((await Promise.all(verbs)).map(codeOf)).toEqual(verbs.map(() => refused));
  });

  test.each([
    ['two ranges that overlap', copy({ range_id: id, parent_id: 'null', batch_id: `'b'` }), /a_series_has_no_gap/],
    [
      'numbers left out',
      copy({ range_id: id, parent_id: 'null', batch_id: `'b'`, numbers: 'int8range(999, 1000)' }),
      /a_series_has_no_gap/,
    ],
    ['a part of a range that is open', copy(child), /a_part_is_of_its_whole/],
    ['a range closed with nothing after it', closing(`state = 'active'`), /no_unit_vanishes/],
    ['a range that begins closed', copy({ ...child, closed_at: 'now()' }), /a_range_begins_open/],
    [
      'an empty range',
      copy({ range_id: id, parent_id: 'null', batch_id: `'b'`, numbers: `'empty'::int8range` }),
      /check/,
    ],
    ['an edited range', `update registry.unit_range set state = 'cancelled' where closed_at is null`, /are a ledger/],
    ['a retired range that is closed', closing(`state = 'retired'`), /final_states_are_never_left/],
    ['a range reopened', 'update registry.unit_range set closed_at = null where closed_at is not null', /are a ledger/],
    ['a removed range', 'delete from registry.unit_range', /are a ledger/],
    ['an edited posting', `update registry.posting set reason = ''`, /reversing entry/],
    ['a removed posting', 'delete from registry.posting', /reversing entry/],
    ['an edited end', `update registry.ending set state = 'cancelled'`, /reversing entry/],
    [
      'an end of another kind',
      `insert into registry.ending (network_id, range_id, state, reason, recorded_at)
         select network_id, range_id, 'cancelled', 'late_fraud', now() from registry.unit_range where state = 'active'`,
      /an_end_is_that_of_its_range/,
    ],
  ])('%s is refused by the database', async (_, statement, why) => {
    await expect(
      run(statement).catch(error => Promise.reject(new Error(`${error.message} ${error.constraint}`))),
    ).rejects.toThrow(why);
  });

  test.each([
    ['from gone to active', 'sent_out', { state: `'active'` }, /no unit goes from sent_out to active/],
    ['from reserve to active', 'reserve', { state: `'active'` }, /no unit goes from reserve to active/],
    ['to retired without saying for whom', 'active', { state: `'retired'` }, /a range that ends says how/],
    ['to other numbers', 'active', { numbers: 'int8range(1000, 1001)' }, /from the closed range that it comes from/],
    ['to another batch', 'active', { batch_id: `'other'` }, /from the closed range that it comes from/],
    ['to another year', 'active', { vintage: '2030' }, /from the closed range that it comes from/],
    ['less a unit', 'active', { numbers: 'int8range(lower(numbers), upper(numbers) - 1)' }, /to the last unit/],
  ])('a move by hand %s is refused by the database', async (_, from, over, why) => {
    const byHand = net.work(async work => {
      const { rows } = await sql
        .raw<{ range_id: string }>(
          `${closing(`range_id = (select range_id from
        registry.unit_range where closed_at is null and state = '${from}' order by numbers desc limit 1)`)} returning range_id`,
        )
        .execute(work.tx);
      const made = { ...child, opened_at: 'now()', closed_at: 'null', ...over };
      await sql.raw(copy(made, `range_id = '${rows[0]!.range_id}'`)).execute(work.tx);
    });
    await expect(byHand).rejects.toThrow(why);
  });
});
