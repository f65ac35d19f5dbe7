import { add, type Rational, rational, zero } from '../kernel/rational.ts';

/** Adds up many fractions: whole numbers by denominator, reduced once at the end instead of once an addition. */
export interface ExactSum {
  readonly add: (value: Rational, times: bigint) => void;
  readonly total: () => Rational;
}

export const exactSum = (): ExactSum => {
  const numerators = new Map<bigint, bigint>();
  return {
    add: ({ numerator, denominator }, times) => {
      numerators.set(denominator, (numerators.get(denominator) ?? 0n) + numerator * times);
    },
    total: () => [...numerators].reduce((sum, [under, over]) => add(sum, rational(over, under)), zero),
  };
};
