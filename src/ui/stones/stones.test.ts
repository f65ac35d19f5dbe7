import { expect, test } from 'vitest';
import { stonesFor } from './stones.tsx';

test.each([
  [0, 8, 0],
  [1, 8, 1],
  [1, 100, 1],
  [4, 8, 2],
  [7, 8, 3],
  [99, 100, 3],
  [8, 8, 4],
  [0, 0, 0],
] as const)('%d free of %d fills %d stones', (free, total, stones) => {
  expect(stonesFor(free, total)).toBe(stones);
});
