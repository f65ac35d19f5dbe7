import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../../tools/fresh-database.ts';
import { same } from '../../kernel/bilingual.ts';
import { text } from '../../kernel/rational.ts';
import type { Day } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import { initialValues, parameterList, parameterRows, parametersOn, setParameter, valuesSet } from './parameters.ts';

const list = parameterList('presence', {
  wait: {
    title: same('wait'),
    unit: 'hours',
    initial: '24',
    from: '0',
    to: '72',
    status: 'product',
    source: same('ours'),
    usedBy: same('the clock'),
  },
  manual: {
    title: same('manual'),
    unit: 'share',
    initial: '5/100',
    from: '0',
    to: '1',
    status: 'product',
    source: same('ours'),
    usedBy: same('F16'),
  },
});

const operator: Actor = {
  personId: 'per_operator1',
  firstName: 'Olga',
  memberships: [{ role: 'network_operator', scope: null }],
};

let net: TestNetwork;
beforeAll(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
});
afterAll(() => net.database.db.destroy());

const set = async (over: Partial<Parameters<typeof setParameter>[2]> = {}, by = operator) => {
  const asked = { parameterId: 'presence.wait', value: '48', source: 'décision du 1er juin', lists: [list] };
  const done = await net.work(work => setParameter(work, by, { validFrom: '2026-07-01', ...asked, ...over }));
  return done.ok ? 'set' : done.refusal.code;
};
const on = async (day: Day) => {
  const { wait, manual } = await net.work(work => parametersOn(work, list, day));
  return [text(wait), text(manual)];
};

describe('a parameter', () => {
  test('has its first value until the network sets one, then that one from its day on', async () => {
    expect(text(initialValues(list).manual)).toBe('1/20');
    expect(await set()).toBe('set');
    expect(await on('2026-06-30')).toEqual(['24', '1/20']);
    expect(await on('2026-07-01')).toEqual(['48', '1/20']);
    expect(await net.work(valuesSet)).toMatchObject([
      { parameterId: 'presence.wait', value: '48', author: 'per_operator1', source: 'décision du 1er juin' },
    ]);
  });

  test.each([
    ['by someone else', {}, { ...operator, memberships: [] }, 'parameters.operator_only'],
    ['that nobody declared', { parameterId: 'presence.other' }, operator, 'parameters.unknown'],
    ['of another room', { parameterId: 'billing.wait' }, operator, 'parameters.unknown'],
    ['with a decimal point', { value: '4.5' }, operator, 'parameters.out_of_range'],
    ['above its range', { value: '73' }, operator, 'parameters.out_of_range'],
    ['as a fraction of an hour', { value: '1/2' }, operator, 'parameters.out_of_range'],
    ['without a source', { source: '  ' }, operator, 'parameters.source_missing'],
    ['for yesterday', { validFrom: '2026-06-14' }, operator, 'parameters.in_the_past'],
    ['twice for one day', {}, operator, 'parameters.already_set'],
  ] as const)('is refused %s', async (_, over, by, code) => {
    expect(await set(over, by)).toBe(code);
  });

  test('may be a share where a share is asked', async () => {
    expect(await set({ parameterId: 'presence.manual', value: '1/10' })).toBe('set');
    expect(await on('2026-07-02')).toEqual(['48', '1/10']);
  });

  test.each([
    ['2026-06-30', '24', null, '2026-07-01'],
    ['2026-07-01', '48', '2026-07-01', null],
  ] as const)('on %s is shown with its value, since when and until when', async (day, value, from, until) => {
    const rows = parameterRows([list], { values: await net.work(valuesSet), day });
    const wait = rows.find(one => one.parameterId === 'presence.wait')!;
    expect([wait.value, wait.set?.validFrom ?? null, wait.until]).toEqual([value, from, until]);
    expect(rows).toHaveLength(2);
  });

  test('once set is never rewritten', async () => {
    const rewrite = net.work(work => sql`update platform.parameter_value set value = '1'`.execute(work.tx));
    await expect(rewrite).rejects.toThrow(/reversing entry/);
  });
});
