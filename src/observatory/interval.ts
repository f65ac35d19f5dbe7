/** The greatest whole number whose square is not above `n`. */
const rootOf = (n: bigint): bigint => {
  if (n < 2n) return n;
  let guess = 1n << (BigInt(n.toString(2).length + 1) / 2n);
  for (;;) {
    const better = (guess + n / guess) / 2n;
    if (better >= guess) return guess;
    guess = better;
  }
};

const square = (n: bigint): bigint => n * n;
const sum = (terms: readonly bigint[]): bigint => terms.reduce((total, term) => total + term, 0n);

/** 1.96², in ten-thousandths: the square of how many standard deviations 95 % of chance stays within. */
const squared_e4 = 38_416n;

/**
 * The 95 % interval of the share `part / whole`, in thousandths rounded outward: Wilson's, which stays between 0 and 1000 and
 * keeps a width when everyone or nobody is counted. `0 / 10` → `0` to `278`; `5 / 10` → `236` to `764`.
 */
export function shareInterval_permille(part: bigint, whole: bigint): { readonly low: bigint; readonly high: bigint } {
  const middle = 1_000n * (2n * part * 10_000n + squared_e4);
  const spread = square(1_000n) * (square(squared_e4) + (40_000n * squared_e4 * part * (whole - part)) / whole);
  const around = 2n * (whole * 10_000n + squared_e4);
  const half = rootOf(spread);
  return { low: (middle - half) / around, high: (middle + half + around - 1n) / around };
}

/**
 * Half the width of the 95 % interval of a total, when chance had sent other people of the same kind: the total's
 * variance estimated between people (ultimate clusters, drawn with replacement),
 * `n/(n−1) · Σ(tᵢ − T/n)² = (n·Σtᵢ² − T²)/(n−1)`, times 1.96. In the unit of the terms, floored; null for fewer than
 * two people. `[10, 10, 10]` → `0`; `[0, 20]` → `39`.
 */
export function halfWidth(perPerson: readonly bigint[]): bigint | null {
  const people = BigInt(perPerson.length);
  if (people < 2n) return null;
  const spread = people * sum(perPerson.map(square)) - square(sum(perPerson));
  return rootOf((spread * square(196n)) / ((people - 1n) * square(100n)));
}
