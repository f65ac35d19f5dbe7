import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfWidth, shareInterval_permille } from './interval.ts';

test.each([
  ['people who all avoid the same leave no doubt', [10n, 10n, 10n], 0n],
  ['two people, one of whom avoids nothing', [0n, 20n], 39n],
  ['a negative day widens it too', [-10n, 10n], 39n],
  ['one person tells nothing of the others', [35_000n], null],
  ['nobody', [], null],
] as const)('%s', (_title, perPerson, half) => {
  expect(halfWidth(perPerson)).toBe(half);
});

const metres = fc.array(fc.bigInt({ min: -200_000n, max: 5_000_000n }), { minLength: 2, maxLength: 60 });

test('it does not depend on the order of people, and grows tenfold when metres do', () => {
  fc.assert(
    fc.property(metres, perPerson => {
      const half = halfWidth(perPerson)!;
      const tenfold = halfWidth(perPerson.map(term => 10n * term))!;
      return halfWidth([...perPerson].reverse()) === half && tenfold >= 10n * half && tenfold <= 10n * half + 10n;
    }),
  );
});

test('it agrees with the formula in floating point', () => {
  fc.assert(
    fc.property(metres, perPerson => {
      const terms = perPerson.map(Number);
      const n = terms.length;
      const mean = terms.reduce((a, b) => a + b, 0) / n;
      const variance = (n / (n - 1)) * terms.reduce((sum, term) => sum + (term - mean) ** 2, 0);
      return Math.abs(Number(halfWidth(perPerson)) - 1.96 * Math.sqrt(variance)) <= 1;
    }),
  );
});

test.each([
  ['nobody of ten', 0n, 10n, 0n, 278n],
  ['half of ten', 5n, 10n, 236n, 764n],
  ['everyone of six', 6n, 6n, 609n, 1000n],
] as const)('a share keeps a width: %s', (_title, part, whole, low, high) => {
  expect(shareInterval_permille(part, whole)).toEqual({ low, high });
});

test('the interval of a share holds it, stays between nothing and everyone, and mirrors that of the others', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat(5_000), (whole, some) => {
      const part = BigInt(some % (whole + 1));
      const { low, high } = shareInterval_permille(part, BigInt(whole));
      const others = shareInterval_permille(BigInt(whole) - part, BigInt(whole));
      const share = (1_000n * part) / BigInt(whole);
      const gap = low + others.high - 1_000n;
      return low >= 0n && low <= share && share <= high && high <= 1_000n && gap >= -1n && gap <= 1n;
    }),
  );
});
