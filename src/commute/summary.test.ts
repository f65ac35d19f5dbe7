import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/time.ts';
import { metresOfKilometres } from './form.ts';
import { byMonth, reasonOf, roundTripsPassed, summaryOf } from './summary.ts';
import type { Trip } from './trip.ts';

describe('round trips passed on the way', () => {
  it.each([
    [0n, []],
    [79_599n, []],
    [79_600n, [1]],
    [1_100_000n, [5, 10]],
    [30_000_000n, [200, 365]],
  ])('of %s metres are %j', (avoided_m, passed) => {
    expect(roundTripsPassed(avoided_m, 79_600).map(({ times }) => times)).toEqual(passed);
  });

  it('are none while the way to the office is unknown', () => {
    expect(roundTripsPassed(100_000n, 0)).toEqual([]);
  });
});

describe('kilometres as typed', () => {
  it.each([
    ['35', 35_000],
    ['35,5', 35_500],
    [' 35.25 km ', 35_250],
    ['0,001', 1],
    ['35,1234', null],
    ['-3', null],
    ['trente', null],
    ['', null],
  ])('%j are %s metres', (typed, metres) => {
    expect(metresOfKilometres(typed)).toBe(metres);
  });
});

describe('what days add up to', () => {
  const trip = (changes: Partial<Trip>): Trip => ({
    attestationId: 'prs_00000001',
    revision: 1,
    day: '2026-06-09',
    spaceId: 'spc_00000001',
    baselineId: 'bas_00000001',
    x: 1,
    replaced: 'office',
    source: 'worker',
    reference: [
      { metres: 40_000, factor: 'car' },
      { metres: 40_000, factor: 'car' },
    ],
    actual: [
      { metres: 5_000, factor: 'car' },
      { metres: 5_000, factor: 'car' },
    ],
    avoided_m: 70_000n,
    recordedAt: instant('2026-06-10T08:00:00Z'),
    ...changes,
  });
  const waiting = trip({ source: 'none', replaced: 'unknown', avoided_m: 0n });

  it('is told with the least and the most that the rebound allows', () => {
    const summary = summaryOf([trip({}), waiting]);
    expect(summary.ok && summary.value).toEqual({
      days: 2,
      counted: 1,
      waiting: 1,
      avoided_m: 70_000n,
      net_mg: 9_321_900n,
      least_mg: 8_723_600n,
      most_mg: 10_132_500n,
    });
  });

  it('is told month by month, the newest first', () => {
    expect(byMonth([trip({ day: '2026-05-04' }), trip({}), waiting])).toEqual([
      { month: '2026-06', days: 2, avoided_m: 70_000n },
      { month: '2026-05', days: 1, avoided_m: 70_000n },
    ]);
  });

  it.each([
    [waiting, 'waiting for your answer'],
    [trip({ replaced: 'unknown' }), 'you do not know: not counted'],
    [trip({ replaced: 'other' }), 'neither office nor home: not counted'],
    [trip({ replaced: 'home' }), 'home telework replaced'],
    [trip({ x: 0 }), 'office on the same day'],
    [trip({}), 'office day replaced'],
  ])('says why a day counts for what it does', (one, words) => {
    expect(reasonOf(one).en).toBe(words);
  });
});
