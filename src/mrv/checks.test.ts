import { describe, expect, it } from 'vitest';
import type { Batch } from './batch.ts';
import { allPassed, type CheckId, checkIds, checksJson, checksOf, closableFrom, type Facts } from './checks.ts';
import { isDecided, monthsLeftWaiting, periodState } from './period.ts';
import { sampleBatch, samplePresence } from './sample.ts';

const facts: Facts = {
  month: '2026-02',
  today: '2026-03-08',
  presences: 12,
  undecided: 0,
  factors: { id: 'A', valid_from: '2021-03-01', best_before: '2030-12-31' },
  logIntact: true,
  alreadyAllocated: 0,
  metresConserved: true,
};

describe('before a month is closed', () => {
  it('every check passes, in the published order', () => {
    const checks = checksOf(facts);
    expect(checks.map(check => check.id)).toEqual([...checkIds]);
    expect(allPassed(checks)).toBe(true);
  });

  it('factors count on their first day and on their last', () => {
    const first = { month: '2021-03', today: '2030-12-31' } as const;
    expect(allPassed(checksOf({ ...facts, ...first }))).toBe(true);
  });

  it('says how many things were looked at', () => {
    expect(checksOf(facts).map(({ counted }) => counted)).toEqual([1, 12, 1, 1, 12, 12]);
  });

  it('has a title and an advice for each check, in French and in English', () => {
    const told = checksOf(facts).flatMap(({ words, advice }) => [words.fr, words.en, advice.fr, advice.en]);
    expect(new Set(told).size).toBe(4 * checkIds.length);
    for (const text of told) expect(text).toMatch(/^(\p{Lu}|\d).{15}/u);
  });

  it.each<[CheckId, Partial<Facts>, RegExp]>([
    ['month_final', { today: '2026-03-07' }, /8 mars 2026/],
    ['presences_decided', { undecided: 1 }, /^1 présence/],
    ['factors_in_date', { today: '2031-01-01' }, /jeu A/],
    ['factors_in_date', { month: '2021-02' }, /2021-03-01/],
    ['log_intact', { logIntact: false }, /restaurez/],
    ['one_scheme', { alreadyAllocated: 1 }, /une fois/],
    ['metres_conserved', { metresConserved: false }, /défaut du programme/],
  ])('%s alone stops it, and says what to do', (id, over, advice) => {
    const checks = checksOf({ ...facts, ...over });
    expect(checks.filter(check => !check.passed).map(check => check.id)).toEqual([id]);
    expect(checks.find(check => check.id === id)?.advice.fr).toMatch(advice);
    expect(allPassed(checks)).toBe(false);
  });

  it('seven whole days pass after the last one', () => {
    expect(closableFrom('2026-02')).toBe('2026-03-08');
    expect(closableFrom('2026-12')).toBe('2027-01-08');
  });

  it('tells an auditor what was checked, in both languages', () => {
    const [first] = checksJson(checksOf(facts)) as readonly object[];
    expect(first).toEqual({
      ...{ id: 'month_final', passed: true, counted: 1 },
      ...{ fr: 'Le mois est fini depuis sept jours', en: 'The month has been over for seven days' },
    });
  });
});

describe('a month', () => {
  it.each([
    ['running', '2026-02-28', false],
    ['settling', '2026-03-01', false],
    ['settling', '2026-03-07', false],
    ['ready', '2026-03-08', false],
    ['closed', '2026-03-01', true],
  ] as const)('is %s on %s', (state, today, closed) => expect(periodState('2026-02', today, closed)).toBe(state));

  const closed = (month: Batch['month'], waiting: number): Batch => ({ ...sampleBatch([]), month, waiting });

  it('looks back at the months of its year that left presences waiting', () => {
    const batches = [closed('2026-03', 2), closed('2026-01', 0), closed('2025-12', 4)];
    expect(monthsLeftWaiting('2026-04', batches)).toEqual(['2026-03']);
    expect(monthsLeftWaiting('2026-01', batches)).toEqual([]);
    expect(monthsLeftWaiting('2026-03', batches)).toEqual([]);
    expect(monthsLeftWaiting('2026-05', [closed('2026-04', 1), ...batches])).toEqual(['2026-04', '2026-03']);
  });

  it('has a place for presences settled or blocked, and none for those that wait', () => {
    const standings = ['settled', 'blocked', 'pending', 'waiting'] as const;
    expect(standings.filter(standing => isDecided(samplePresence(1, { standing })))).toEqual(['settled', 'blocked']);
  });
});
