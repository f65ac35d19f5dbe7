import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Day, instant, isBefore, overlaps } from '../kernel/time.ts';
import { openingOf } from '../spaces/opening.ts';
import {
  areWhole,
  asShownBy,
  hasBegun,
  holds,
  hoursPrice_eur_cents,
  intervalOf,
  isOpenDuring,
  partOf,
  quartersOf,
  type WallHours,
  wallHoursOf,
} from './hours.ts';

const hours = (from: string, to: string): WallHours => {
  const [begins_min, ends_min] = [from, to].map(clock => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)));
  return { begins_min: begins_min!, ends_min: ends_min! };
};
const quarter = fc.integer({ min: 0, max: 96 }).map(n => n * 15);
const someHours = fc
  .tuple(quarter, quarter)
  .filter(([a, b]) => a !== b)
  .map(([a, b]): WallHours => ({ begins_min: Math.min(a, b), ends_min: Math.max(a, b) }));

/** Days when clocks change, where they do, and one when they do not. */
const nights: readonly (readonly [zone: string, day: Day])[] = [
  ['Europe/Paris', '2026-03-29'],
  ['Europe/Paris', '2026-10-25'],
  ['America/Miquelon', '2026-03-08'],
  ['America/Miquelon', '2026-11-01'],
  ['Indian/Reunion', '2026-03-29'],
];
const night = fc.constantFrom(...nights);

describe('hours on the wall', () => {
  test.each([
    ['09:00', '10:30', true],
    ['00:00', '24:00', true],
    ['09:00', '09:00', false],
    ['10:00', '09:00', false],
    ['09:05', '10:00', false],
    ['23:00', '25:00', false],
  ] as const)('%s to %s are whole quarters of one day: %s', (from, to, want) => {
    expect(areWhole(hours(from, to))).toBe(want);
  });

  test.each([
    ['08:00', '13:00', 'morning'],
    ['13:00', '14:00', 'afternoon'],
    ['12:45', '13:15', 'day'],
  ] as const)('%s to %s meet the %s', (from, to, want) => {
    expect(partOf(hours(from, to))).toBe(want);
  });

  test.each([
    ['Europe/Paris', '2026-03-29', '01:00', '04:00', 8n],
    ['Europe/Paris', '2026-10-25', '01:00', '04:00', 16n],
    ['America/Miquelon', '2026-03-08', '01:00', '04:00', 8n],
    ['America/Miquelon', '2026-11-01', '00:30', '04:00', 18n],
    ['Europe/Paris', '2026-06-16', '09:00', '10:30', 6n],
  ] as const)('in %s on %s, %s to %s last %s quarters', (zone, day, from, to, want) => {
    expect(quartersOf(intervalOf(hours(from, to), day, zone)!)).toBe(want);
  });

  test.each([
    ['Europe/Paris', '2026-03-29', '02:00', '03:00'],
    ['Europe/Paris', '2026-03-29', '01:00', '02:30'],
    ['America/Miquelon', '2026-03-08', '02:15', '04:00'],
  ] as const)('in %s on %s, %s to %s begin or end at an hour that no clock shows', (zone, day, from, to) => {
    expect(intervalOf(hours(from, to), day, zone)).toBeNull();
  });

  test.each([
    ['Europe/Paris', '2026-06-16', '2026-06-16T07:00:00Z', '2026-06-16T08:30:00Z', hours('09:00', '10:30')],
    ['Europe/Paris', '2026-06-16', '2026-06-16T20:00:00Z', '2026-06-16T22:00:00Z', hours('22:00', '24:00')],
    ['Europe/Paris', '2026-06-16', '2026-06-16T07:10:00Z', '2026-06-16T08:30:00Z', null],
    ['Europe/Paris', '2026-06-16', '2026-06-16T07:00:00Z', '2026-06-16T08:30:30Z', null],
    ['Europe/Paris', '2026-06-16', '2026-06-16T07:00:00Z', '2026-06-17T08:30:00Z', null],
    ['Indian/Reunion', '2026-06-16', '2026-06-16T05:00:00Z', '2026-06-16T06:00:00Z', hours('09:00', '10:00')],
    // From the second half past two of a night that has two of them: no clock tells it from the first.
    ['Europe/Paris', '2026-10-25', '2026-10-25T01:30:00Z', '2026-10-25T03:00:00Z', null],
  ] as const)('in %s on %s, %s to %s are told by the wall', (zone, day, from, to, want) => {
    expect(wallHoursOf({ from: instant(from), to: instant(to) }, day, zone)).toEqual(want);
  });

  test('what the wall tells comes back the same, whatever the night', () => {
    fc.assert(
      fc.property(night, someHours, ([zone, day], some) => {
        const during = intervalOf(some, day, zone);
        if (during) expect(wallHoursOf(during, day, zone)).toEqual(some);
      }),
    );
  });

  test.each([
    ['2026-06-16T06:59:59Z', false],
    ['2026-06-16T07:00:00Z', true],
    ['2026-06-17T07:00:00Z', true],
  ] as const)('nine o’clock in Paris on 16 June has come at %s: %s', (now, want) => {
    const then = { day: '2026-06-16', hours: hours('09:00', '10:30') } as const;
    expect(hasBegun(then, 'Europe/Paris', instant(now))).toBe(want);
  });

  test('follow each other as the wall says, whatever the night: none is empty, and those apart stay apart', () => {
    fc.assert(
      fc.property(night, someHours, someHours, ([zone, day], a, b) => {
        const [one, two] = [intervalOf(a, day, zone), intervalOf(b, day, zone)];
        if (one) expect(isBefore(one.from, one.to)).toBe(true);
        if (!one || !two) return;
        const meetOnTheWall = a.begins_min < b.ends_min && b.begins_min < a.ends_min;
        expect(overlaps(one, two)).toBe(meetOnTheWall);
      }),
    );
  });

  test('an hour split anywhere lasts as long as whole', () => {
    fc.assert(
      fc.property(night, someHours, quarter, ([zone, day], whole, at) => {
        fc.pre(whole.begins_min < at && at < whole.ends_min);
        const parts = [
          { begins_min: whole.begins_min, ends_min: at },
          { begins_min: at, ends_min: whole.ends_min },
        ].map(one => intervalOf(one, day, zone));
        const all = intervalOf(whole, day, zone);
        fc.pre(all !== null && parts.every(one => one !== null));
        expect(parts.reduce((sum, one) => sum + quartersOf(one!), 0n)).toBe(quartersOf(all!));
      }),
    );
  });

  test('are open when every minute of them is, and not across a lunch break', () => {
    const open = [
      { from: instant('2026-06-16T06:30:00Z'), to: instant('2026-06-16T10:30:00Z') },
      { from: instant('2026-06-16T11:30:00Z'), to: instant('2026-06-16T13:00:00Z') },
      { from: instant('2026-06-16T13:00:00Z'), to: instant('2026-06-16T16:00:00Z') },
    ];
    const said = (from: string, to: string) =>
      isOpenDuring({ open }, intervalOf(hours(from, to), '2026-06-16', 'Europe/Paris')!);
    expect([said('08:30', '12:30'), said('12:00', '14:00'), said('14:00', '17:00'), said('08:00', '09:00')]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  test('opening hours around the clock take every hour that exists', () => {
    fc.assert(
      fc.property(night, someHours, ([zone, day], asked) => {
        const spaceId = 'spc_00000001';
        const always = { spaceId, opens_min: 0, closes_min: 1440, validFrom: '2020-01-01', validUntil: null } as const;
        const space = { spaceId, zone, openedOn: '2020-01-01', status: 'open', communeCode: '34111' } as const;
        const facts = {
          spaces: [{ ...space, opensOnPublicHolidays: true }],
          hours: [1, 2, 3, 4, 5, 6, 7].map(weekday => ({ ...always, weekday })),
          closures: [],
        };
        const during = intervalOf(asked, day, zone);
        if (during) expect(isOpenDuring(openingOf(facts, [day])[0]!, during)).toBe(true);
      }),
    );
  });
});

describe('the price of hours', () => {
  test.each([
    [1000n, '09:00', '10:00', 1000n],
    [1000n, '09:00', '10:30', 1500n],
    [550n, '09:00', '09:15', 137n],
    [0n, '09:00', '18:00', 0n],
  ] as const)('%s cents an hour, %s to %s: %s', (tariff, from, to, want) => {
    expect(hoursPrice_eur_cents(tariff, intervalOf(hours(from, to), '2026-06-16', 'Europe/Paris')!)).toBe(want);
  });

  test('is never more than the tariff says, and less by under a cent; more hours never cost less', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 100_000n }), someHours, someHours, (tariff, a, b) => {
        const cost = (one: WallHours) => hoursPrice_eur_cents(tariff, intervalOf(one, '2026-06-16', 'Europe/Paris')!);
        const quarters = BigInt((a.ends_min - a.begins_min) / 15);
        expect(tariff * quarters - cost(a) * 4n).toBeGreaterThanOrEqual(0n);
        expect(tariff * quarters - cost(a) * 4n).toBeLessThan(4n);
        if (holds(a, b)) expect(cost(a) >= cost(b)).toBe(true);
      }),
    );
  });
});

describe('another clock', () => {
  test('shows the same hour of the same day, or does not show it at all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 364 }), quarter, (offset, minutes) => {
        const day = addDays('2026-01-01', offset);
        const span = intervalOf({ begins_min: 0, ends_min: Math.max(15, minutes) }, day, 'Europe/Paris');
        fc.pre(span !== null);
        const shown = asShownBy(span!.from, { from: 'Europe/Paris', to: 'Indian/Reunion' })!;
        expect(shown.toZonedDateTimeISO('Indian/Reunion').toPlainDateTime()).toEqual(
          span!.from.toZonedDateTimeISO('Europe/Paris').toPlainDateTime(),
        );
      }),
    );
    const skipped = { from: 'Indian/Reunion', to: 'Europe/Paris' };
    expect(asShownBy(instant('2026-03-28T22:30:00Z'), skipped)).toBeNull();
  });
});
