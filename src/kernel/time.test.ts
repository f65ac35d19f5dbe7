import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  type Day,
  daysBetween,
  daysFrom,
  instant,
  instantText,
  isBefore,
  isDay,
  localDay,
  weekday,
} from './time.ts';

const days = fc
  .integer({ min: -100_000, max: 150_000 })
  .map(n => Temporal.PlainDate.from('1970-01-01').add({ days: n }).toString() as Day)
  .filter(day => day >= '1000-01-01');

const instants = fc
  .bigInt({ min: -3_000_000_000_000_000_000n, max: 9_000_000_000_000_000_000n })
  .map(n => Temporal.Instant.fromEpochNanoseconds(n));

/** Far east, far west, half hours, quarters, clocks moved by half an hour, and one that skipped a whole day. */
const zones = [
  'Europe/Paris',
  'Indian/Reunion',
  'Pacific/Marquesas',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Cayenne',
];

describe('the calendar by plain arithmetic is the calendar', () => {
  test('days are added, counted and named as Temporal does', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5_000, max: 5_000 }), (day, n) => {
        const date = Temporal.PlainDate.from(day);
        const later = addDays(day, n);
        expect(later).toBe(date.add({ days: n }).toString());
        expect(daysBetween(day, later)).toBe(n);
        expect(daysFrom(day, n).at(-1)).toBe(n > 0 ? addDays(day, n - 1) : undefined);
        expect(weekday(day)).toBe(date.dayOfWeek);
      }),
    );
  });

  test.each(['1899-12-31', '2200-01-01', '9999-12-31'])('%s is beyond the days of this house', text => {
    expect(isDay(text)).toBe(false);
  });

  test.each(['2026-02-30', '2026-13-01', '2026-1-1', '24/11/2026', ''])(
    '“%s” is no day: nothing is made of it',
    text => {
      expect(isDay(text)).toBe(false);
      expect(() => addDays(text as Day, 1)).toThrow(RangeError);
      expect(() => weekday(text as Day)).toThrow(RangeError);
    },
  );

  test('instants are written and compared as Temporal does', () => {
    const at = fc.oneof(
      instants,
      instants.map(one => one.round('second')),
      instants.map(one => one.round('millisecond')),
    );
    fc.assert(
      fc.property(at, at, (a, b) => {
        expect(instantText(a)).toBe(a.toString());
        expect(isBefore(a, b)).toBe(Temporal.Instant.compare(a, b) < 0);
      }),
    );
  });

  test('a remembered quarter of an hour never hides the change of day of a zone', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (at, zone) => {
        const quarter = at.round({ smallestUnit: 'minute', roundingIncrement: 15, roundingMode: 'floor' });
        localDay(quarter, zone);
        expect(localDay(at, zone)).toBe(at.toZonedDateTimeISO(zone).toPlainDate().toString());
      }),
    );
  });

  test('midnight in Paris, in summer and in winter', () => {
    expect(localDay(instant('2026-06-30T21:59:59Z'), 'Europe/Paris')).toBe('2026-06-30');
    expect(localDay(instant('2026-06-30T22:00:00Z'), 'Europe/Paris')).toBe('2026-07-01');
    expect(localDay(instant('2026-12-31T22:59:59Z'), 'Europe/Paris')).toBe('2026-12-31');
  });
});
