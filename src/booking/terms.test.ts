import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../kernel/time.ts';
import { daysOfTerm, sharesOf } from './terms.ts';

describe('a week or a month', () => {
  test.each([
    ['week', '2026-06-17', '2026-06-15', '2026-06-21'],
    ['week', '2027-01-02', '2026-12-28', '2027-01-03'],
    ['month', '2026-02-10', '2026-02-01', '2026-02-28'],
    ['month', '2028-02-29', '2028-02-01', '2028-02-29'],
  ] as const)('the %s of %s goes from %s to %s', (unit, day, first, last) => {
    const days = daysOfTerm(unit, day);
    expect([days[0], days.at(-1)]).toEqual([first, last]);
  });

  test('any of its days names the same one', () => {
    fc.assert(
      fc.property(fc.constantFrom('week', 'month'), fc.integer({ min: 0, max: 2000 }), (unit, offset) => {
        const days = daysOfTerm(unit, addDays('2025-01-01', offset));
        for (const day of days) expect(daysOfTerm(unit, day)).toEqual(days);
      }),
    );
  });
});

test('a price is shared to the cent, and no day pays a cent more than another', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10_000_000n }), fc.integer({ min: 1, max: 31 }), (total, days) => {
      const shares = sharesOf(total, days);
      expect(shares).toHaveLength(days);
      expect(shares.reduce((sum, one) => sum + one, 0n)).toBe(total);
      expect(shares[0]! - shares.at(-1)!).toBeLessThanOrEqual(1n);
    }),
  );
});
