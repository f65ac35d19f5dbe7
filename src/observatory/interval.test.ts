import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfWidth } from './interval.ts';

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
