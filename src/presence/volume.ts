/** Twice the median of whole numbers, which may end in a half: `[3, 4]` → 7. */
const median_x2 = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return sorted.length === 0 ? 0 : sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!;
};

/** What a space's earlier weeks amount to: twice their median, four times their median absolute deviation. */
export function usualOf(weeks: readonly number[]): { readonly median_x2: number; readonly deviation_x4: number } {
  const twice = median_x2(weeks);
  return { median_x2: twice, deviation_x4: median_x2(weeks.map(halves => Math.abs(2 * halves - twice))) };
}

/** The largest whole number whose square is not above `n`. */
const rootOf = (n: bigint): bigint => {
  if (n < 2n) return n;
  let root = BigInt(Math.floor(Math.sqrt(Number(n))));
  while (root * root > n) root--;
  while ((root + 1n) * (root + 1n) <= n) root++;
  return root;
};

/**
 * Standard deviation of times of day in whole minutes, rounded down: n²σ² = n·Σx² − (Σx)², without a fraction. Times are
 * in seconds; two minutes or more is two or more, so that a threshold in minutes is judged exactly.
 */
export function sigmaMinutes(times_s: readonly number[]): number {
  const n = BigInt(times_s.length);
  if (n === 0n) return 0;
  const sum = times_s.reduce((total, x) => total + BigInt(x), 0n);
  const squares = times_s.reduce((total, x) => total + BigInt(x) * BigInt(x), 0n);
  return Number(rootOf((n * squares - sum * sum) / (n * n * 3_600n)));
}
