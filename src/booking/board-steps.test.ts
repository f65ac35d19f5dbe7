import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type At, isStep, type Step, stepped } from './board-steps.ts';

// Two days of two halves: the second row has a whole day first.
const rows = [
  [1, 1, 1, 1],
  [2, 1, 1],
  [1, 1, 2],
].map(row => row.map(span => ({ span })));

describe('an arrow leads', () => {
  test.each<[Step, At, At]>([
    ['ArrowRight', { row: 0, cell: 0 }, { row: 0, cell: 1 }],
    ['ArrowRight', { row: 1, cell: 2 }, { row: 1, cell: 2 }],
    ['ArrowLeft', { row: 0, cell: 0 }, { row: 0, cell: 0 }],
    ['ArrowDown', { row: 0, cell: 1 }, { row: 1, cell: 0 }],
    ['ArrowDown', { row: 0, cell: 3 }, { row: 1, cell: 2 }],
    ['ArrowDown', { row: 1, cell: 2 }, { row: 2, cell: 2 }],
    ['ArrowUp', { row: 1, cell: 1 }, { row: 0, cell: 2 }],
    ['ArrowUp', { row: 0, cell: 1 }, { row: 0, cell: 1 }],
    ['ArrowDown', { row: 2, cell: 0 }, { row: 2, cell: 0 }],
  ])('%s from %j to %j', (step, from, to) => {
    expect(stepped(rows, from, step)).toEqual(to);
  });

  test('never off the board, wherever one goes', () => {
    const board = fc.array(fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 8 }), { minLength: 1 });
    const steps = fc.array(fc.constantFrom<Step>('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'));
    fc.assert(
      fc.property(board, steps, (spans, all) => {
        const drawn = spans.map(row => row.map(span => ({ span })));
        const end = all.reduce((at, step) => stepped(drawn, at, step), { row: 0, cell: 0 });
        expect(drawn[end.row]?.[end.cell]).toBeDefined();
      }),
    );
  });
});

test.each([
  ['ArrowUp', true],
  ['Enter', false],
  ['ArrowUpper', false],
])('%s is a step: %s', (key, expected) => {
  expect(isStep(key)).toBe(expected);
});
