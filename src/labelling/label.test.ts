import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Day } from '../kernel/time.ts';
import { gridOn, grids } from './grid.ts';
import { type Decision, type DecisionKind, labelOn } from './label.ts';
import { changeRefusal, type Finding, findingsRefusal, verdictRefusal } from './rules.ts';

const spaceId = 'spc_00000001';
const decision = (sequence: number, kind: DecisionKind, decidedOn: Day, validUntil: Day | null = null): Decision => ({
  spaceId,
  sequence,
  kind,
  decidedOn,
  validUntil,
  gridVersion: 'provisoire-2026-1',
  reason: 'visite',
});
const granted = decision(1, 'label', '2026-01-10', '2027-01-10');
const application = { appliedOn: '2025-11-03' as const, gridVersion: 'provisoire-2026-1' };

describe('the label on a day', () => {
  test.each<[string, readonly Decision[], typeof application | null, Day, string, Day | null]>([
    ['never asked', [], null, '2026-06-01', 'none', null],
    ['asked', [], application, '2026-06-01', 'candidate', '2025-11-03'],
    ['asked tomorrow', [], application, '2025-11-02', 'none', null],
    ['granted', [granted], null, '2026-06-01', 'labelled', '2026-01-10'],
    ['the day before it was granted', [granted], null, '2026-01-09', 'none', null],
    ['on its last day', [granted], null, '2027-01-09', 'labelled', '2026-01-10'],
    ['the day after its last', [granted], null, '2027-01-10', 'expired', '2027-01-10'],
    ['suspended', [granted, decision(2, 'suspend', '2026-03-01')], null, '2026-06-01', 'suspended', '2026-03-01'],
    [
      'suspended, then past its end',
      [granted, decision(2, 'suspend', '2026-03-01')],
      null,
      '2027-02-01',
      'expired',
      '2027-01-10',
    ],
    [
      'reinstated',
      [granted, decision(2, 'suspend', '2026-03-01'), decision(3, 'reinstate', '2026-04-01')],
      null,
      '2026-06-01',
      'labelled',
      '2026-04-01',
    ],
    [
      'reinstated after its end: too late',
      [granted, decision(2, 'suspend', '2026-03-01'), decision(3, 'reinstate', '2027-04-01')],
      null,
      '2027-06-01',
      'expired',
      '2027-01-10',
    ],
    ['withdrawn', [granted, decision(2, 'withdraw', '2026-03-01')], null, '2026-06-01', 'withdrawn', '2026-03-01'],
    ['refused', [decision(1, 'refuse', '2026-03-01')], null, '2026-06-01', 'refused', '2026-03-01'],
    [
      'refused renewal while the label still holds',
      [granted, decision(2, 'refuse', '2026-12-01')],
      null,
      '2026-12-02',
      'labelled',
      '2026-01-10',
    ],
    ['renewal asked while the label still holds', [granted], application, '2026-06-01', 'labelled', '2026-01-10'],
    ['asked again after it expired', [granted], application, '2027-06-01', 'candidate', '2025-11-03'],
  ])('%s', (_case, decisions, open, day, state, since) => {
    expect(labelOn({ spaceId, decisions, application: open }, day)).toMatchObject({ state, since });
  });

  test('depends on the order of decisions, not on the order of rows', () => {
    const history = [granted, decision(2, 'suspend', '2026-03-01'), decision(3, 'reinstate', '2026-03-01')];
    fc.assert(
      fc.property(fc.shuffledSubarray(history, { minLength: 3 }), rows => {
        expect(labelOn({ spaceId, decisions: rows, application: null }, '2026-06-01').state).toBe('labelled');
      }),
    );
  });
});

describe('the provisional grid', () => {
  const grid = gridOn('2026-06-01')!;
  const all = (answer: Finding['answer']) => grid.criteria.map(({ code }) => ({ code, answer }));
  const verdict = {
    kind: 'label',
    decidedOn: '2026-06-01',
    validUntil: '2029-06-01',
    reason: 'tout est en place',
  } as const;
  const file = { grid, findings: all('met'), evaluatorId: 'per_00000001' };

  test('has eleven candidate criteria, three gates, each with a source in both languages', () => {
    expect(grid.criteria.map(c => c.code)).toEqual(
      Array.from({ length: 11 }, (_, n) => `K${String(n + 1).padStart(2, '0')}`),
    );
    expect(grid.criteria.filter(c => c.kind === 'gate')).toHaveLength(3);
    expect(grids.every(g => g.status === 'candidate')).toBe(true);
    expect(grid.criteria.every(c => c.source.fr && c.source.en && c.text.en)).toBe(true);
  });

  test('wants every criterion answered and none invented', () => {
    expect(findingsRefusal(grid, all('not_checked'))).toBeNull();
    expect(findingsRefusal(grid, all('met').slice(1))?.code).toBe('labelling.unanswered');
    expect(findingsRefusal(grid, [...all('met'), { code: 'K99', answer: 'met' }])?.code).toBe(
      'labelling.unknown_criterion',
    );
  });

  test.each([
    ['the reviewer of the visit', file, verdict, 'per_00000001', 'labelling.same_reviewer'],
    ['no reason', file, { ...verdict, reason: ' ' }, 'per_00000002', 'labelling.no_reason'],
    [
      'an end before the start',
      file,
      { ...verdict, validUntil: '2026-06-01' as const },
      'per_00000002',
      'labelling.validity_reversed',
    ],
    [
      'a gate not checked',
      { ...file, findings: [...all('met').slice(1), { code: 'K01', answer: 'not_checked' as const }] },
      verdict,
      'per_00000002',
      'labelling.gate_not_met',
    ],
  ])('%s: no label', (_case, facts, asked, decider, refused) => {
    expect(verdictRefusal(facts, asked, decider)?.code).toBe(refused);
  });

  test('a scored criterion that is not met does not stop the label; a refusal needs no gate', () => {
    const findings = all('met').map(f => (f.code === 'K05' ? { ...f, answer: 'not_met' as const } : f));
    expect(verdictRefusal({ ...file, findings }, verdict, 'per_00000002')).toBeNull();
    expect(
      verdictRefusal(
        { ...file, findings: all('not_met') },
        { ...verdict, kind: 'refuse', validUntil: null },
        'per_00000002',
      ),
    ).toBeNull();
  });
});

test.each([
  ['suspend', 'labelled', null],
  ['suspend', 'suspended', 'labelling.not_in_that_state'],
  ['reinstate', 'suspended', null],
  ['reinstate', 'expired', 'labelling.not_in_that_state'],
  ['withdraw', 'none', 'labelling.not_in_that_state'],
] as const)('to %s what is %s', (kind, state, refused) => {
  expect(changeRefusal(kind, state)?.code ?? null).toBe(refused);
});
