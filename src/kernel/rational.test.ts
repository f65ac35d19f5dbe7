import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  compare,
  divide,
  floor,
  multiply,
  negate,
  parseRational,
  rational,
  subtract,
  sum,
  text,
  zero,
} from './rational.ts';

const fraction = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
  .map(([n, d]) => rational(n, d));

describe('an exact fraction', () => {
  test('is written in lowest terms, whatever it was made from', () => {
    fc.assert(
      fc.property(fraction, fc.bigInt({ min: 1n, max: 10n ** 9n }), (a, k) => {
        expect(rational(a.numerator * k, a.denominator * k)).toEqual(a);
        expect(rational(-a.numerator, -a.denominator)).toEqual(a);
      }),
    );
  });

  test('keeps the laws of arithmetic', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        expect(subtract(a, a)).toEqual(zero);
        expect(add(a, negate(b))).toEqual(subtract(a, b));
        if (b.numerator !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
      }),
    );
  });

  test('sums to the same total in any order and any grouping', () => {
    fc.assert(
      fc.property(fc.array(fraction, { maxLength: 12 }), fc.nat(12), (terms, at) => {
        expect(sum([...terms].reverse())).toEqual(sum(terms));
        expect(add(sum(terms.slice(0, at)), sum(terms.slice(at)))).toEqual(sum(terms));
      }),
    );
  });

  test('rounds down to the integer just below, negatives too', () => {
    fc.assert(
      fc.property(fraction, a => {
        const below = rational(floor(a));
        expect(compare(below, a)).toBeLessThanOrEqual(0);
        expect(compare(a, add(below, rational(1n)))).toBeLessThan(0);
      }),
    );
    expect(floor(rational(-1n, 2n))).toBe(-1n);
  });

  test('is read back as it was written', () => {
    fc.assert(
      fc.property(fraction, a => {
        expect(parseRational(text(a))).toEqual(a);
      }),
    );
  });

  test.each(['', '0.31', '1/0', '1/-2', '1e3', ' 1', '1/2/3', '+1', 'NaN'])('“%s” is not one', input => {
    expect(parseRational(input)).toBeNull();
  });
});
