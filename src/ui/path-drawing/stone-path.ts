/** Kilometres that one stone stands for: round, and such that the path has at most 60 stones. */
export const stoneKm = (metres: number): number =>
  [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000].find(km => metres / 1000 / km <= 60) ?? 50_000;

export interface LaidStone {
  readonly x: number;
  readonly y: number;
  /** Degrees: as if laid by hand, always the same. */
  readonly turn: number;
}

const perRow = 15;
const step = 25;
const rowHeight = 56;

/** Stones along a path that winds down a picture 400 units wide: to the right, then back, each row joined to the next. */
export const laidStones = (count: number): { readonly stones: readonly LaidStone[]; readonly height: number } => {
  const stones = Array.from({ length: Math.max(1, count) }, (_, n): LaidStone => {
    const row = Math.floor(n / perRow);
    const along = n % perRow;
    const x = 25 + step * (row % 2 === 0 ? along : perRow - 1 - along);
    const sway = 7 * Math.sin(n * 0.55) + (along === perRow - 1 ? 9 : along === 0 && row > 0 ? -9 : 0);
    return { x, y: Math.round(22 + row * rowHeight + sway), turn: Math.round(9 * Math.sin(n * 1.7)) };
  });
  return { stones, height: Math.max(...stones.map(({ y }) => y)) + 30 };
};
