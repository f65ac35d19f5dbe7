import { describe, expect, test } from 'vitest';
import { instant, isMonth, localDay, nextMonth, overlaps, previousMonth, wallTime, weekday } from './time.ts';

describe('a local day', () => {
  test.each([
    ['just before midnight in Paris', '2026-11-23T22:59:59Z', 'Europe/Paris', '2026-11-23'],
    ['at midnight in Paris', '2026-11-23T23:00:00Z', 'Europe/Paris', '2026-11-24'],
    ['in summer', '2026-07-13T22:00:00Z', 'Europe/Paris', '2026-07-14'],
    ['in Réunion', '2026-11-23T20:00:00Z', 'Indian/Reunion', '2026-11-24'],
    ['in Guadeloupe', '2026-11-24T03:59:59Z', 'America/Guadeloupe', '2026-11-23'],
  ])('%s', (_name, at, zone, day) => {
    expect(localDay(instant(at), zone)).toBe(day);
  });

  test.each([
    ['in winter', '2026-11-24', 510, '2026-11-24T07:30:00Z'],
    ['in summer', '2026-07-14', 510, '2026-07-14T06:30:00Z'],
    ['after the hour that is lost', '2026-03-29', 510, '2026-03-29T06:30:00Z'],
    ['after the hour that comes twice', '2026-10-25', 510, '2026-10-25T07:30:00Z'],
  ] as const)('half past eight on the wall, %s', (_name, day, minutes, at) => {
    expect(wallTime(day, minutes, 'Europe/Paris').toString()).toBe(at);
  });

  test('a month has a next and a previous one, across years', () => {
    expect([nextMonth('2026-12'), previousMonth('2026-01'), isMonth('2026-12'), isMonth('2026-13')]).toEqual([
      '2027-01',
      '2025-12',
      true,
      false,
    ]);
  });

  test('Tuesday is the second day of the week', () => {
    expect(weekday('2026-11-24')).toBe(2);
  });
});

test('intervals that touch do not overlap', () => {
  const [a, b, c] = ['2026-11-24T08:00:00Z', '2026-11-24T12:00:00Z', '2026-11-24T17:00:00Z'].map(instant);
  expect(overlaps({ from: a!, to: b! }, { from: b!, to: c! })).toBe(false);
  expect(overlaps({ from: a!, to: c! }, { from: b!, to: c! })).toBe(true);
});
