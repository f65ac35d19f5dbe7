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
