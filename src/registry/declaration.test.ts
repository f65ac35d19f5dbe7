import { describe, expect, it } from 'vitest';
import { addDays, type Day } from '../kernel/time.ts';
import { initialValues } from '../platform/parameters/parameters.ts';
import { clockTerms, declarationClock } from './declaration.ts';
import { parameters } from './registry.ts';

const terms = clockTerms(initialValues(parameters));
const signedOn: Day = '2026-06-01';
const on = (today: Day, declaredOn: Day | null = null) => declarationClock({ signedOn, declaredOn }, today, terms);

describe('the three months to declare a transfer', () => {
  it.each([
    ['on the day of signing', signedOn, 'waiting', 92],
    ['on day 59', addDays(signedOn, 59), 'waiting', 33],
    ['on day 60', addDays(signedOn, 60), 'alarm', 32],
    ['on day 79', addDays(signedOn, 79), 'alarm', 13],
    ['on day 80', addDays(signedOn, 80), 'red', 12],
    ['on the last day', '2026-09-01', 'red', 0],
    ['on the day after', '2026-09-02', 'late', -1],
  ] as const)('%s', (_, today, state, days_left) => {
    expect(on(today)).toEqual({ due_on: '2026-09-01', days_left, state });
  });

  it('end with the declaration, even a late one', () => {
    expect(on('2026-12-01', '2026-11-01').state).toBe('declared');
  });

  it.each([
    ['2026-11-30', '2027-02-28'],
    ['2027-11-30', '2028-02-29'],
    ['2026-03-31', '2026-06-30'],
    ['2026-12-15', '2027-03-15'],
  ] as const)('from %s end on %s: the same date, or the last of the month', (day, due_on) => {
    expect(declarationClock({ signedOn: day, declaredOn: null }, day, terms).due_on).toBe(due_on);
  });
});
