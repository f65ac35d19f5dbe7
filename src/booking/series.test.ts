import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { addDays, type Day, daysBetween, weekday } from '../kernel/time.ts';
import type { Booking } from './claim.ts';
import { daysOf, type Rhythm, seriesOf } from './series.ts';
import { words } from './words.ts';

/** A Monday. */
const today: Day = '2026-06-15';
const weekly: Rhythm = { from: '2026-06-16', until: '2026-07-03', weekdays: [2, 4], everyWeeks: 1 };
const days = (changes: Partial<Rhythm> = {}, on = today): readonly Day[] => {
  const found = daysOf({ ...weekly, ...changes }, on);
  if (!found.ok) throw new Error(found.refusal.code);
  return found.value;
};
const code = (outcome: Outcome<unknown>): string => (outcome.ok ? 'accepted' : outcome.refusal.code);

describe('the days of a series', () => {
  it('are its weekdays between both days, included', () => {
    expect(days()).toEqual(['2026-06-16', '2026-06-18', '2026-06-23', '2026-06-25', '2026-06-30', '2026-07-02']);
    expect(days({ from: '2026-06-18', until: '2026-06-18' })).toEqual(['2026-06-18']);
  });

  it('come back one week in two from the week of the first day, whichever its weekday', () => {
    expect(days({ everyWeeks: 2 })).toEqual(['2026-06-16', '2026-06-18', '2026-06-30', '2026-07-02']);
    expect(days({ everyWeeks: 2, weekdays: [1], from: '2026-06-19', until: '2026-07-13' })).toEqual([
      '2026-06-29',
      '2026-07-13',
    ]);
  });

  it('leave out what is over', () => {
    expect(days({ from: '2026-06-01', until: '2026-06-18' })).toEqual(['2026-06-16', '2026-06-18']);
  });

  it('pass through a 29 February and a change of hours', () => {
    expect(days({ from: '2028-02-22', until: '2028-03-07', weekdays: [2] }, '2028-02-01')).toEqual([
      '2028-02-22',
      '2028-02-29',
      '2028-03-07',
    ]);
    expect(days({ from: '2026-10-24', until: '2026-10-26', weekdays: [1, 6, 7] })).toHaveLength(3);
  });

  test.each<[string, Partial<Rhythm>, string]>([
    ['that ends before it begins', { until: '2026-06-15' }, 'booking.ends_before_it_begins'],
    ['longer than two years', { until: '2028-06-16' }, 'booking.series_too_long'],
    ['of every zeroth week', { everyWeeks: 0 }, 'booking.odd_rhythm'],
    ['of every ninth week', { everyWeeks: 9 }, 'booking.odd_rhythm'],
    ['of half a week', { everyWeeks: 1.5 }, 'booking.odd_rhythm'],
    ['on no weekday', { weekdays: [] }, 'booking.no_day_in_series'],
    ['on an eighth weekday', { weekdays: [8] }, 'booking.no_day_in_series'],
    ['that is over', { from: '2026-06-01', until: '2026-06-12' }, 'booking.no_day_in_series'],
  ])('are refused for a series %s', (_what, changes, expected) => {
    expect(code(daysOf({ ...weekly, ...changes }, today))).toBe(expected);
  });

  it('lasts two years at most, to the day', () => {
    expect(code(daysOf({ ...weekly, from: '2026-06-16', until: addDays('2026-06-16', 730) }, today))).toBe('accepted');
    expect(code(daysOf({ ...weekly, from: '2026-06-16', until: addDays('2026-06-16', 731) }, today))).toBe(
      'booking.series_too_long',
    );
  });

  it('whatever the rhythm: each asked weekday, in order, a whole number of rhythms apart', () => {
    const rhythm = fc.record({
      from: fc.integer({ min: 0, max: 1_500 }).map(n => addDays(today, n)),
      length: fc.integer({ min: 0, max: 700 }),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      everyWeeks: fc.integer({ min: 1, max: 8 }),
    });
    fc.assert(
      fc.property(rhythm, ({ length, ...given }) => {
        const until = addDays(given.from, length);
        const found = daysOf({ ...given, until }, today);
        const first = addDays(given.from, 1 - weekday(given.from));
        const expected: Day[] = [];
        for (let week = 0; week * 7 <= length + 7; week += given.everyWeeks) {
          for (const n of given.weekdays.toSorted()) {
            const day = addDays(first, 7 * week + n - 1);
            if (daysBetween(given.from, day) >= 0 && daysBetween(day, until) >= 0) expected.push(day);
          }
        }
        expect(found.ok ? found.value : []).toEqual(expected);
      }),
    );
  });
});

describe('what comes of a series', () => {
  const asked: readonly Day[] = ['2026-06-16', '2026-06-18'];
  const booking = { bookingId: 'bkg_00000001', day: '2026-06-16' } as unknown as Booking;
  const booked: Outcome<Booking> = accept(booking);
  const clash: Outcome<Booking> = refuse(words.idReused);

  it('is every booking when nothing clashes', () => {
    expect(seriesOf(asked, [booked, booked], false)).toEqual(accept({ booked: [booking, booking], skipped: [] }));
  });

  it('leaves out the days that clash, each with its reason', () => {
    const skipped = [{ day: '2026-06-18', refusal: words.idReused }];
    expect(seriesOf(asked, [booked, clash], true)).toEqual(accept({ booked: [booking], skipped }));
  });

  it('is nothing when one clashes and none may be skipped, or when all do', () => {
    expect(code(seriesOf(asked, [booked, clash], false))).toBe('booking.series_clashes');
    expect(code(seriesOf(asked, [clash, clash], true))).toBe('booking.series_clashes');
  });
});
