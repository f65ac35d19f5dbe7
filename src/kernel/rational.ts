/** An exact fraction in lowest terms, `denominator > 0n`. Mass, rates and shares never touch a float. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

export const rational = (numerator: bigint, denominator = 1n): Rational => {
  if (denominator === 0n) throw new RangeError('a fraction cannot have 0 as its denominator');
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = gcd(numerator, denominator) || 1n;
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor };
};

export const zero = rational(0n);
export const one = rational(1n);

export const add = (a: Rational, b: Rational): Rational =>
  a.denominator === b.denominator
    ? rational(a.numerator + b.numerator, a.denominator)
    : rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);

export const negate = (a: Rational): Rational => ({ numerator: -a.numerator, denominator: a.denominator });
export const subtract = (a: Rational, b: Rational): Rational => add(a, negate(b));
export const multiply = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator);
export const divide = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator, a.denominator * b.numerator);
export const sum = (terms: readonly Rational[]): Rational => terms.reduce(add, zero);

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export const compare = (a: Rational, b: Rational): number => {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** The greatest integer not above `a`: −1/2 → −1. */
export const floor = (a: Rational): bigint => {
  const quotient = a.numerator / a.denominator;
  return a.numerator % a.denominator !== 0n && a.numerator < 0n ? quotient - 1n : quotient;
};

/** `"7/5"`, or `"3"` when whole. The inverse of `parseRational`. */
export const text = (a: Rational): string =>
  a.denominator === 1n ? String(a.numerator) : `${a.numerator}/${a.denominator}`;

/** Reads `"31/100"` or `"-3"`; null for anything else, decimals included: a decimal point invites a float. */
export const parseRational = (input: string): Rational | null => {
  const match = /^(-?\d{1,400})(?:\/(\d{1,400}))?$/.exec(input);
  if (!match) return null;
  const denominator = BigInt(match[2] ?? '1');
  return denominator === 0n ? null : rational(BigInt(match[1]!), denominator);
};
