import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/time.ts';
import { debitPlan, standingUnits } from './claw-back.ts';
import { type Holding, type RangeState, unitsIn } from './range.ts';

const holder = 'org_holder01';
/** Ranges one after the other, of these states, sizes and holders. */
const rangesOf = (list: readonly (readonly [RangeState, number, string])[]): readonly Holding[] =>
  list.map(([state, units, holderId], n) => {
    const first = 1n + list.slice(0, n).reduce((sum, [, size]) => sum + BigInt(size), 0n);
    return {
      ...{ scheme: 'lbc', project: '0001', vintage: 2026, first, beyond: first + BigInt(units), state, holderId },
      ...{ rangeId: `rng_${n}`, parentId: null, batchId: 'batch one', anonymous: false },
      openedAt: instant('2026-06-01T08:00:00Z'),
    };
  });

const drawn = fc
  .array(
    fc.tuple(
      fc.constantFrom<RangeState>('reserve', 'active', 'retired', 'cancelled', 'sent_out'),
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom(holder, 'pty_buyer001'),
    ),
    { maxLength: 8 },
  )
  .map(rangesOf);
const least = (a: bigint, b: bigint) => (a < b ? a : b);

describe('I-30: what late fraud takes', () => {
  it('reserve first, then what is unsold, then a duty', () => {
    const open = rangesOf([
      ['retired', 6, holder],
      ['active', 3, holder],
      ['active', 4, 'pty_buyer001'],
      ['reserve', 2, holder],
    ]);
    const plan = debitPlan(open, { projectHolderId: holder, quantity: 8n });
    expect(plan).toMatchObject({ from_reserve: 2n, from_unsold: 3n, owed: 3n });
    expect(plan.debits.map(({ range, count }) => [range.rangeId, count])).toEqual([
      ['rng_3', 2n],
      ['rng_1', 3n],
    ]);
  });

  it('is always the quantity, never a unit twice, and never one that is sold or ended', () => {
    fc.assert(
      fc.property(drawn, fc.bigInt(1n, 100n), (open, quantity) => {
        const plan = debitPlan(open, { projectHolderId: holder, quantity });
        expect(plan.from_reserve + plan.from_unsold + plan.owed).toBe(quantity);
        const reserve = unitsIn(open.filter(one => one.state === 'reserve'));
        const unsold = unitsIn(open.filter(one => one.state === 'active' && one.holderId === holder));
        expect(plan.from_reserve).toBe(least(quantity, reserve));
        expect(plan.from_unsold).toBe(least(quantity - plan.from_reserve, unsold));
        expect(new Set(plan.debits.map(({ range }) => range)).size).toBe(plan.debits.length);
        for (const { range, count } of plan.debits) {
          expect(count > 0n && count <= unitsIn([range])).toBe(true);
          expect(range.state === 'reserve' || (range.state === 'active' && range.holderId === holder)).toBe(true);
        }
      }),
    );
  });

  it('leaves what was struck off and what is owed out of what still stands', () => {
    const open = rangesOf([
      ['retired', 6, holder],
      ['cancelled', 4, holder],
    ]);
    const duties = [
      { batchId: 'batch one', quantity: 2n },
      { batchId: 'batch two', quantity: 9n },
    ];
    expect(standingUnits(open, duties)).toBe(4n);
    expect(standingUnits([], duties)).toBe(0n);
  });
});
