import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { initialValues } from '../platform/parameters/parameters.ts';
import type { Axes, AxisStatus } from './attestation.ts';
import {
  afterDecisions,
  axesFrom,
  axesOf,
  axisNames,
  bothAxes,
  type Decision,
  lettersOf,
  standingAfter,
} from './axes.ts';
import { clockOf, closingStandingAt, finalityAt, type Judgeable } from './finality.ts';
import type { Finding } from './rules/rule.ts';
import { sheets, type Thresholds } from './rules/thresholds.ts';

const clock = clockOf(initialValues({ room: 'presence', sheets }) as Thresholds);
const status = fc.constantFrom<AxisStatus>('pending', 'passed', 'review', 'blocked');
const anyAxes = fc.record<Axes>({ acquisition: status, fraud: status, anomaly: status });
const anyFinding = fc.record<Finding>({
  rule: fc.constantFrom('F01', 'F04', 'F05'),
  version: fc.constant('1'),
  axis: fc.constantFrom(...axisNames),
  status: fc.constantFrom('noted', 'pending', 'review', 'blocked'),
});
const allPassed: Axes = { acquisition: 'passed', fraud: 'passed', anomaly: 'passed' };
const order: readonly AxisStatus[] = ['passed', 'review', 'pending', 'blocked'];

describe('axes', () => {
  test('are passed only when every finding on them lets pass', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 6 }), findings => {
        const axes = axesOf(findings);
        for (const axis of axisNames) {
          const own = findings.filter(one => one.axis === axis);
          expect(axes[axis] === 'passed').toBe(own.every(one => one.status === 'noted'));
          expect(axes[axis] === 'blocked').toBe(own.some(one => one.status === 'blocked'));
        }
      }),
    );
  });

  test('of two judges are those of the worse one, whoever speaks first; a silent judge keeps them waiting', () => {
    fc.assert(
      fc.property(anyAxes, anyAxes, (own, trip) => {
        const both = bothAxes(own, trip);
        expect(bothAxes(trip, own)).toEqual(both);
        for (const axis of axisNames)
          expect(order.indexOf(both[axis])).toBe(Math.max(order.indexOf(own[axis]), order.indexOf(trip[axis])));
        expect(Object.values(bothAxes(own, null))).not.toContain('passed');
        expect(Object.values(bothAxes(null, trip))).not.toContain('passed');
      }),
    );
  });

  test('are read from their letters as they were written', () => {
    fc.assert(
      fc.property(anyAxes, axes => {
        expect(axesFrom(lettersOf(axes))).toEqual(axes);
      }),
    );
    expect(lettersOf({ acquisition: 'pending', fraud: 'review', anomaly: 'blocked' })).toBe('wrb');
  });
});

describe('decisions', () => {
  const judged = { judge: 'presence', factsSha256: 'aa' } as const;
  const finding = (rule: string, said: Finding['status']): Finding => ({
    rule,
    version: '1',
    axis: 'fraud',
    status: said,
  });
  const decision = (kind: Decision['kind'], more: Partial<Decision> = {}): Decision => ({
    ...judged,
    rule: 'F05',
    kind,
    ...more,
  });

  test.each<[string, Finding['status'], Decision[], Finding['status']]>([
    ['one operator lets a review pass', 'review', [decision('let_pass')], 'noted'],
    ['one operator blocks a review', 'review', [decision('block')], 'blocked'],
    ['the last word of two is kept', 'review', [decision('let_pass'), decision('block')], 'blocked'],
    ['one operator cannot lift a block', 'blocked', [decision('let_pass')], 'blocked'],
    ['one operator cannot stand in for a rule that did not complete', 'pending', [decision('let_pass')], 'pending'],
    ['two people lift a block', 'blocked', [decision('override')], 'noted'],
    ['two people stand in for a rule that did not complete', 'pending', [decision('override')], 'noted'],
    ['a decision on other facts says nothing', 'review', [decision('let_pass', { factsSha256: 'bb' })], 'review'],
    ['a decision on another rule says nothing', 'review', [decision('let_pass', { rule: 'F09' })], 'review'],
    ['a decision on the other judge says nothing', 'review', [decision('let_pass', { judge: 'commute' })], 'review'],
  ])('%s', (_case, said, decisions, want) => {
    expect(afterDecisions({ ...judged, findings: [finding('F05', said)] }, decisions)[0]!.status).toBe(want);
  });

  test('whatever was decided, a block is lifted by two people only', () => {
    const anyDecision = fc.record<Decision>({
      judge: fc.constant('presence' as const),
      factsSha256: fc.constantFrom('aa', 'bb'),
      rule: fc.constantFrom('F01', 'F04', 'F05'),
      kind: fc.constantFrom('let_pass', 'block'),
    });
    fc.assert(
      fc.property(
        fc.array(anyFinding, { maxLength: 4 }),
        fc.array(anyDecision, { maxLength: 6 }),
        (findings, decisions) => {
          const after = afterDecisions({ ...judged, findings }, decisions);
          for (const [i, one] of findings.entries()) {
            if (one.status === 'blocked' || one.status === 'pending') expect(after[i]!.status).toBe(one.status);
          }
          expect(standingAfter(after).blockedBy).toEqual(after.filter(f => f.status === 'blocked').map(f => f.rule));
        },
      ),
    );
  });
});

describe('finality', () => {
  const at = (hours: number, more: Partial<Judgeable> = {}): Judgeable => ({
    evidenceClass: 'C',
    age_s: hours * 3_600,
    reversed: false,
    contested: false,
    axes: allPassed,
    ...more,
  });
  const fraud = (said: AxisStatus) => ({ axes: { ...allPassed, fraud: said } });

  test.each<[number, Partial<Judgeable>, string, string]>([
    [0, {}, 'captured', 'pending'],
    [23.99, {}, 'captured', 'pending'],
    [24, {}, 'checking', 'pending'],
    [47.99, {}, 'checking', 'pending'],
    [48, {}, 'provisional', 'pending'],
    [167.99, {}, 'provisional', 'pending'],
    [168, {}, 'creditable', 'settled'],
    [168, { evidenceClass: 'B' }, 'provisional', 'settled'],
    [48, { evidenceClass: 'B' }, 'provisional', 'settled'],
    [168, { contested: true }, 'provisional', 'waiting'],
    [100_000, fraud('pending'), 'checking', 'pending'],
    [48, fraud('blocked'), 'blocked', 'blocked'],
    [168, fraud('review'), 'provisional', 'waiting'],
    [168, { ...fraud('review'), evidenceClass: 'B' }, 'provisional', 'waiting'],
  ])('after %f h, with %j: %s, and %s for the accounts', (hours, more, finality, standing) => {
    expect(finalityAt(at(hours, more), clock)).toBe(finality);
    expect(closingStandingAt(at(hours, more), clock)).toBe(standing);
  });

  test('of a day taken back is reversed, whatever was said of it', () => {
    fc.assert(
      fc.property(anyAxes, fc.nat(1_000), (axes, hours) => {
        expect(finalityAt(at(hours, { axes, reversed: true }), clock)).toBe('reversed');
      }),
    );
  });

  test('I-23: is creditable only in class C, three axes passed, uncontested and seven days old; and only then settled in class C', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom('A' as const, 'B' as const, 'C' as const),
        fc.boolean(),
        anyAxes,
        (hours, evidenceClass, contested, axes) => {
          const one = at(hours, { evidenceClass, contested, axes });
          const passed = Object.values(axes).every(said => said === 'passed');
          const settled = evidenceClass === 'C' && !contested && hours >= 168 && passed;
          expect(finalityAt(one, clock) === 'creditable').toBe(settled);
          if (evidenceClass === 'C') expect(closingStandingAt(one, clock) === 'settled').toBe(settled);
        },
      ),
    );
  });

  test('waits for ever when a check did not complete', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.constantFrom(...axisNames), (hours, axis) => {
        const axes = { ...allPassed, [axis]: 'pending' as const };
        expect(['captured', 'checking']).toContain(finalityAt(at(hours, { axes }), clock));
      }),
    );
  });
});
