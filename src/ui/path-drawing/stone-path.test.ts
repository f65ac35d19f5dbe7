import { expect, test } from 'vitest';
import { laidStones, stoneKm } from './stone-path.ts';

test.each([
  [4_000, 1],
  [60_000, 1],
  [61_000, 2],
  [864_000, 20],
  [41_230_000, 1000],
  [9_000_000_000, 50_000],
] as const)('a path of %d m has stones of %d km', (metres, km) => {
  expect(stoneKm(metres)).toBe(km);
});

test('stones stay in the picture and do not cover each other', () => {
  const { stones, height } = laidStones(60);
  expect(stones.every(({ x, y }) => x > 8 && x < 392 && y > 8 && y < height - 8)).toBe(true);
  const apart = stones.flatMap((a, n) => stones.slice(n + 1).map(b => Math.hypot(a.x - b.x, a.y - b.y)));
  expect(Math.min(...apart)).toBeGreaterThan(18);
});
