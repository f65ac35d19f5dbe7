import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KindTaken } from '../booking/booking.ts';
import { addDays, type Day, wallTime, weekday } from '../kernel/time.ts';
import type { OpenDay, ResourceKind } from '../spaces/spaces.ts';
import { countsOf, fullest, type HalfCount, percentOf, ratesOf } from './capacity.ts';

const monday: Day = '2026-06-15';
const during = (day: Day) => ({ from: wallTime(day, 510, 'Europe/Paris'), to: wallTime(day, 750, 'Europe/Paris') });
const openDay = (day: Day, halves: { morning: boolean; afternoon: boolean }): OpenDay => ({
  spaceId: 'spc_essai000',
  day,
  open: [],
  parts: {
    morning: halves.morning ? during(day) : null,
    afternoon: halves.afternoon ? during(day) : null,
    day: halves.morning && halves.afternoon ? during(day) : null,
  },
  closed: null,
});
const both = { morning: true, afternoon: true };
const places = (['desk', 'desk', 'desk', 'office'] as const).map(kind => ({ kind, withdrawnFrom: null }));
const taken: readonly KindTaken[] = [
  { day: monday, kind: 'desk', morning: 2, afternoon: 1 },
  { day: monday, kind: 'office', morning: 1, afternoon: 0 },
];

describe('half-days are counted', () => {
  test.each<[string, readonly ResourceKind[], readonly [number, number][]]>([
    [
      'of all kinds',
      ['desk', 'office'],
      [
        [3, 4],
        [1, 4],
      ],
    ],
    [
      'of one kind',
      ['desk'],
      [
        [2, 3],
        [1, 3],
      ],
    ],
    [
      'of a kind that the space lacks',
      ['meeting_room'],
      [
        [0, 0],
        [0, 0],
      ],
    ],
  ])('%s', (_, kinds, expected) => {
    const counts = countsOf({ openDays: [openDay(monday, both)], kinds, places, taken });
    expect(counts.map(one => [one.taken, one.total])).toEqual(expected);
  });

  test('a place counts until the day on which it is withdrawn', () => {
    const openDays = [openDay(monday, both), openDay(addDays(monday, 1), both)];
    const leaving = [...places, { kind: 'desk' as const, withdrawnFrom: addDays(monday, 1) }];
    const counts = countsOf({ openDays, kinds: ['desk'], places: leaving, taken });
    expect(counts.map(one => one.total)).toEqual([4, 4, 3, 3]);
  });

  test('a half that the hours do not offer has no place, whatever was booked before they changed', () => {
    const openDays = [openDay(monday, { morning: true, afternoon: false })];
    const counts = countsOf({ openDays, kinds: ['desk'], places, taken });
    expect(counts.map(one => [one.half, one.taken, one.total])).toEqual([
      ['morning', 2, 3],
      ['afternoon', 0, 0],
    ]);
  });
});

const count = (day: Day, taken: number, total: number): HalfCount => ({ day, half: 'morning', taken, total });

describe('days of the week', () => {
  test('add up over the weeks, closed half-days apart', () => {
    const counts = [count(monday, 1, 3), count(addDays(monday, 7), 2, 4), count(addDays(monday, 14), 0, 0)];
    expect(ratesOf(counts)).toEqual([{ weekday: 1, taken: 3, total: 7 }]);
  });

  test('lose no half-day and invent none', () => {
    const line = fc.record({ after: fc.nat(60), total: fc.nat(40), share: fc.nat(40) });
    fc.assert(
      fc.property(fc.array(line), lines => {
        const counts = lines.map(({ after, total, share }) =>
          count(addDays(monday, after), Math.min(total, share), total),
        );
        const rates = ratesOf(counts);
        const sum = (all: readonly { taken: number; total: number }[]) =>
          all.reduce<readonly number[]>(([t = 0, o = 0], one) => [t + one.taken, o + one.total], [0, 0]);
        expect(sum(rates)).toEqual(sum(counts.filter(one => one.total > 0)));
        expect(rates.map(one => one.weekday)).toEqual([...new Set(rates.map(one => one.weekday))].toSorted());
        for (const one of rates) expect(counts.some(c => weekday(c.day) === one.weekday && c.total > 0)).toBe(true);
      }),
    );
  });
});

test.each([
  ['nothing', [], null],
  [
    'nothing taken',
    [
      [0, 4],
      [0, 8],
    ],
    null,
  ],
  [
    'the fuller ratio, not the larger number',
    [
      [5, 10],
      [2, 3],
    ],
    [2, 3],
  ],
  [
    'the first of two equal ratios',
    [
      [1, 2],
      [2, 4],
    ],
    [1, 2],
  ],
] as const)('the fullest of %s', (_, ratios, expected) => {
  const found = fullest(ratios.map(([taken, total]) => ({ taken, total })));
  expect(found && [found.taken, found.total]).toEqual(expected);
});

test.each([
  [0, 0, 0],
  [0, 8, 0],
  [2, 3, 66],
  [199, 200, 99],
  [8, 8, 100],
])('%i of %i is %i per cent', (taken, total, expected) => {
  expect(percentOf({ taken, total })).toBe(expected);
});
