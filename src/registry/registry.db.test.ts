import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import type { Outcome } from '../kernel/outcome.ts';
import type { Actor } from '../kernel/visit.ts';
import { holdings, type Issue, issue, retire, serialText } from './registry.ts';

let net: TestNetwork;
beforeAll(async () => {
  net = await freshNetwork();
});
afterAll(() => net.database.db.destroy());

const operator: Actor = {
  personId: 'per_operator1',
  firstName: 'Olga',
  memberships: [{ role: 'network_operator', scope: null }],
};
const stranger: Actor = { personId: 'per_stranger1', firstName: 'Ana', memberships: [] };
const asked = (over: Partial<Issue> = {}): Issue => ({
  profile: 'certifying',
  scheme: 'lbc',
  project: '0001',
  vintage: 2026,
  batchId: 'batch one',
  quantity: 25n,
  holderId: 'org_holder01',
  ...over,
});
const codeOf = (outcome: Outcome<unknown>) => (outcome.ok ? 'accepted' : outcome.refusal.code);
const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};
const doIssue = (over: Partial<Issue> = {}, by = operator) => net.work(work => issue(work, by, asked(over)));
const serials = async () => (await net.work(holdings)).map(one => `${serialText(one)} ${one.state}`);

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

  test('happens once for a batch, however many ask at once, and numbers follow each other', async () => {
    const batches = ['batch one', 'batch two', 'batch three'];
    const answers = await Promise.all([...batches, ...batches, ...batches].map(batchId => doIssue({ batchId })));
    expect(new Set(answers.map(answer => value(answer).rangeId)).size).toBe(3);
    expect(await serials()).toEqual([
      'PV-LBC-0001-2026-000001-000025 active',
      'PV-LBC-0001-2026-000026-000050 active',
      'PV-LBC-0001-2026-000051-000075 active',
    ]);
    expect(codeOf(await doIssue({ quantity: 24n }))).toBe('registry.other_quantity');
  });
});

describe('retiring', () => {
  test('uses some units for good and leaves the others, without a gap', async () => {
    const [first] = await net.work(holdings);
    const why = { beneficiary: 'Commune de Ganges', purpose: 'contribution', year: 2026 };
    const retirement = { rangeId: first!.rangeId, quantity: 10n, ...why };
    expect(codeOf(await net.work(work => retire(work, operator, { ...retirement, purpose: ' ' })))).toBe(
      'registry.purpose_missing',
    );
    expect(codeOf(await net.work(work => retire(work, operator, { ...retirement, quantity: 26n })))).toBe(
      'registry.no_range',
    );
    const retired = value(await net.work(work => retire(work, operator, retirement)));
    expect((await serials()).slice(0, 2)).toEqual([
      'PV-LBC-0001-2026-000001-000010 retired',
      'PV-LBC-0001-2026-000011-000025 active',
    ]);
    const again = await net.work(work => retire(work, operator, { ...retirement, rangeId: retired.rangeId }));
    expect(codeOf(again)).toBe('registry.no_range');
  });
});

describe('the database has the last word', () => {
  const run = (statement: string) => net.work(work => sql.raw(statement).execute(work.tx));
  const copy = (over: string) =>
    `insert into registry.unit_range select network_id, 'rng_other0001', scheme, project, vintage, ${over}, holder_id, state,
       range_id, batch_id, opened_at, closed_at from registry.unit_range where closed_at is null and state = 'active' limit 1`;

  test.each([
    [
      'two open ranges that overlap',
      copy('int8range(lower(numbers), upper(numbers) + 5)'),
      /a_unit_is_in_one_open_range/,
    ],
    ['an empty range', copy(`'empty'::int8range`), /check/],
    ['an edited range', `update registry.unit_range set state = 'cancelled' where closed_at is null`, /are a ledger/],
    [
      'a range moved out of a final state',
      `update registry.unit_range set closed_at = now() where state = 'retired'`,
      /final_states_are_never_left/,
    ],
    ['a range reopened', 'update registry.unit_range set closed_at = null where closed_at is not null', /are a ledger/],
    ['a removed range', 'delete from registry.unit_range', /are a ledger/],
    ['an edited posting', `update registry.posting set reason = ''`, /reversing entry/],
    ['a removed posting', 'delete from registry.posting', /reversing entry/],
  ])('%s is refused', async (_, statement, why) => {
    await expect(run(statement)).rejects.toThrow(why);
  });
});
