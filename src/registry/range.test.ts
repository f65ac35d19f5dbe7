import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRational } from '../kernel/rational.ts';
import { instant } from '../kernel/time.ts';
import { reservedOf } from './issue.ts';
import { lineage, partsOf } from './lineage.ts';
import { balanceOf, parted, type RangeRow, type RangeState } from './range.ts';

const series = { scheme: 'lbc', project: '0001', vintage: 2026 } as const;
const range = (first: bigint, beyond: bigint, state: RangeState = 'active') => ({ ...series, first, beyond, state });

describe('units of a range', () => {
  it('are taken from its first numbers; taking all of them leaves it whole', () => {
    const ten = { ...series, first: 5n, beyond: 15n };
    expect(parted(ten, 10n)).toEqual([ten]);
    expect(parted(ten, 4n)).toEqual([
      { ...ten, beyond: 9n },
      { ...ten, first: 9n },
    ]);
    for (const count of [-1n, 0n, 11n]) expect(parted(ten, count)).toBeNull();
  });

  it('are counted in each state, those in none as well', () => {
    const open = [range(1n, 4n, 'reserve'), range(4n, 9n), range(9n, 11n), range(11n, 12n, 'retired')];
    expect(balanceOf(open)).toEqual({ active: 7n, reserve: 3n, sent_out: 0n, retired: 1n, cancelled: 0n });
    expect(balanceOf([range(1n, 3n, 'sent_out'), range(3n, 7n, 'cancelled')])).toMatchObject({
      sent_out: 2n,
      cancelled: 4n,
    });
  });
});

describe('units set aside at issue', () => {
  it.each([
    [25n, '1/20', 1n],
    [19n, '1/20', 0n],
    [20n, '1/20', 1n],
    [25n, '0', 0n],
    [25n, '1', 25n],
  ])('of %s, a share of %s is %s, rounded down', (quantity, share, units) => {
    expect(reservedOf(quantity, parseRational(share)!)).toBe(units);
  });

  it.each(['-1/1000', '1001/1000'])('are never a share of %s', share => {
    expect(() => reservedOf(25n, parseRational(share)!)).toThrow(/between 0 and 1/);
  });
});

/** Ten units, cut in 4 and 6; the 6 then cut in 1 and 5. Another batch's range has the same numbers. */
const row = (rangeId: string, parentId: string | null, first: bigint, beyond: bigint, isOpen: boolean): RangeRow => ({
  ...{ ...series, rangeId, parentId, first, beyond, holderId: 'org_holder01', anonymous: false, state: 'active' },
  ...{ batchId: 'batch one', openedAt: instant('2026-05-01T08:00:00Z') },
  closedAt: isOpen ? null : instant('2026-06-01T08:00:00Z'),
});
const whole = row('whole', null, 1n, 11n, false);
const four = row('four', 'whole', 1n, 5n, true);
const six = row('six', 'whole', 5n, 11n, false);
const one = row('one', 'six', 5n, 6n, true);
const five = row('five', 'six', 6n, 11n, true);
const second = row('second', null, 11n, 21n, true);
const family = [five, whole, second, one, six, four];

describe('how a range came to be', () => {
  it('is told from what its batch issued, with what left at each step', () => {
    expect(lineage(family, 'five')).toEqual([
      { range: whole, left: [] },
      { range: six, left: [four] },
      { range: five, left: [one] },
    ]);
    expect(lineage(family, 'whole')).toEqual([{ range: whole, left: [] }]);
  });

  it('is nothing for a range that is not of the family', () => {
    expect(lineage(family, 'unknown')).toEqual([]);
    expect(lineage(family, '')).toEqual([]);
  });
});

describe('where the units of a range are now', () => {
  it.each([
    ['in its open parts', whole, ['five', 'one', 'four']],
    ['in the parts of a part', six, ['five', 'one']],
    ['in itself while it is open', four, ['four']],
    ['in itself, to the last unit', second, ['second']],
  ])('%s', (_, of, names) => {
    expect(partsOf(family, of).map(part => part.rangeId)).toEqual(names);
  });

  it('adds up to the range, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 2, max: 40 })), cuts => {
        const bounds = [1, ...cuts.toSorted((a, b) => a - b), 41].map(BigInt);
        const parts = bounds.slice(1).map((beyond, i) => row(`${i}`, 'all', bounds[i]!, beyond, true));
        const all = row('all', null, 1n, 41n, parts.length === 0);
        const outside = row('outside', null, 41n, 60n, true);
        expect(partsOf([outside, all, ...parts], all)).toEqual(parts);
      }),
    );
  });
});
