import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant } from '../kernel/time.ts';
import { cheapest, coverAll, type Need, type Planned, savedIn, soonest } from './covering.ts';
import type { Pass, PassKind } from './pass.ts';

const pass = (id: string, kind: PassKind, balance: number, over: Partial<Pass> = {}): Pass => ({
  ...{
    passId: `pas_${id}`,
    offerId: 'pof_00000001',
    name: 'Carnet',
    personId: 'per_00000001',
    managerId: 'org_00000001',
  },
  ...{ spaceId: null, soldIn: 'spc_00000001', kind, resourceKinds: ['desk'], quantity: 1_000, price_eur_cents: 0n },
  ...{
    validFrom: '2026-01-01',
    validUntil: '2026-12-31',
    balance,
    soldAt: instant('2026-01-01T08:00:00Z'),
    takenBackAt: null,
  },
  ...over,
});
const need = (over: Partial<Need> = {}): Need => ({
  ...{ personId: 'per_00000001', spaceId: 'spc_00000001', managerId: 'org_00000001', resourceKind: 'desk' },
  ...{ day: '2026-06-16', price_eur_cents: 1400n, halves: 2, minutes: 560 },
  ...over,
});
const told = (plan: readonly Planned[]) =>
  plan.map(one => `${one.passId.slice(4)} ${one.quantity} ${one.saved_eur_cents}`).join(', ');
const halfDay = { price_eur_cents: 800n, halves: 1, minutes: 240 } as const;
const soon = { validUntil: '2026-07-31' } as const;

describe('the cheapest draw', () => {
  test.each<[string, Need, readonly Pass[], string]>([
    ['nothing where there is nothing', need(), [], ''],
    ['a day unit pays a whole day', need(), [pass('a', 'days', 3)], 'a 1 1400'],
    ['never half of one', need(halfDay), [pass('a', 'days', 3)], ''],
    ['two half-day units pay a day', need(), [pass('a', 'half_days', 3)], 'a 2 1400'],
    ['of two carnets if need be', need(), [pass('a', 'half_days', 1), pass('b', 'half_days', 1)], 'a 1 700, b 1 700'],
    [
      'one pays half of it, the odd cent included',
      need({ price_eur_cents: 1401n }),
      [pass('a', 'half_days', 1)],
      'a 1 701',
    ],
    ['minutes pay their part, rounded down', need(), [pass('a', 'minutes', 100)], 'a 100 250'],
    ['and no more of them than it takes', need(), [pass('a', 'minutes', 9_000)], 'a 560 1400'],
    ['cents pay what is left', need(), [pass('a', 'cents', 500)], 'a 500 500'],
    [
      'half a day by unit, the rest by credit',
      need(),
      [pass('a', 'half_days', 1), pass('b', 'cents', 300)],
      'a 1 700, b 300 300',
    ],
    ['what ends first goes first', need(), [pass('a', 'days', 3), pass('b', 'days', 1, soon)], 'b 1 1400'],
    ['unless it leaves more to pay', need(), [pass('a', 'days', 3), pass('b', 'cents', 500, soon)], 'a 1 1400'],
    [
      'credit that ends first, then what ends later',
      need(),
      [pass('a', 'cents', 2000), pass('b', 'minutes', 100, soon)],
      'b 100 250, a 1150 1150',
    ],
    ['of two that end together, the older', need(), [pass('b', 'days', 1), pass('a', 'days', 1)], 'a 1 1400'],
    ['nothing for a free place', need({ price_eur_cents: 0n }), [pass('a', 'cents', 500)], ''],
    [
      'units of days pay nothing sold by another measure',
      need({ halves: 0 }),
      [pass('a', 'days', 1), pass('b', 'half_days', 9)],
      '',
    ],
  ])('%s', (_, asked, passes, plan) => {
    expect(told(cheapest(asked, passes))).toBe(plan);
  });

  test.each<[string, Partial<Pass>]>([
    ['of someone else', { personId: 'per_00000002' }],
    ['of an erased person', { personId: null }],
    ['of another manager', { managerId: 'org_00000002' }],
    ['of another space', { spaceId: 'spc_00000002' }],
    ['for another kind of place', { resourceKinds: ['meeting_room'] }],
    ['that ended the day before', { validUntil: '2026-06-15' }],
    ['that begins the day after', { validFrom: '2026-06-17' }],
    ['that is empty', { balance: 0 }],
  ])('a pass %s pays nothing', (_, over) => {
    expect(coverAll([need()], [pass('a', 'days', 1, over)])).toEqual([[]]);
  });

  test('on its last day a pass still pays, whenever it is booked; each place counts those before it', () => {
    const last = pass('a', 'days', 2, { validUntil: '2026-06-16', spaceId: 'spc_00000001' });
    expect(coverAll([need(), null, need(), need()], [last]).map(told)).toEqual(['a 1 1400', '', 'a 1 1400', '']);
  });
});

/** Every way in which a pass may pay, written apart from `cheapest`: what it takes, what it saves. */
function waysOf({ price_eur_cents: price, halves, minutes }: Need, { kind, balance }: Pass) {
  const ways: { quantity: number; saved: bigint; shares: number }[] = [{ quantity: 0, saved: 0n, shares: 0 }];
  if (kind === 'days' && halves === 2 && balance > 0) ways.push({ quantity: 1, saved: price, shares: 2 });
  if (kind === 'half_days') {
    for (let n = 1; n <= Math.min(balance, halves); n++) ways.push({ quantity: n, saved: 0n, shares: n });
  }
  if (kind === 'cents' || kind === 'minutes') {
    for (let saved = 1n; saved <= price; saved++) {
      let quantity = Number(saved);
      if (kind === 'minutes') for (quantity = 1; (price * BigInt(quantity)) / BigInt(minutes) < saved; ) quantity++;
      if (quantity <= balance) ways.push({ quantity, saved, shares: 0 });
    }
  }
  return ways;
}

/** The best plan of all that exist, as quantities by pass. */
function bruteForce(asked: Need, passes: readonly Pass[]): { saved: bigint; quantities: readonly number[] } {
  const ordered = passes.toSorted(soonest);
  let best: { saved: bigint; each: bigint[]; quantities: number[] } = { saved: 0n, each: [], quantities: [] };
  const visit = (n: number, each: bigint[], quantities: number[], shares: number): void => {
    if (n === ordered.length) {
      const saved = each.reduce((sum, one) => sum + one, 0n);
      if (saved > asked.price_eur_cents) return;
      const first = each.findIndex((one, i) => one !== (best.each[i] ?? 0n));
      const earlier = first >= 0 && each[first]! > (best.each[first] ?? 0n);
      if (saved > best.saved || (saved === best.saved && earlier)) best = { saved, each, quantities };
      return;
    }
    for (const way of waysOf(asked, ordered[n]!)) {
      if (shares + way.shares > asked.halves) continue;
      let { saved } = way;
      if (ordered[n]!.kind === 'half_days')
        for (let k = 0; k < way.quantity; k++)
          saved +=
            asked.halves === 1 ? asked.price_eur_cents : (asked.price_eur_cents + (shares + k === 0 ? 1n : 0n)) / 2n;
      visit(n + 1, [...each, saved], [...quantities, way.quantity], shares + way.shares);
    }
  };
  visit(0, [], [], 0);
  return { saved: best.saved, quantities: ordered.map((_, i) => best.quantities[i] ?? 0) };
}

const anyPass = fc.record({
  kind: fc.constantFrom<PassKind>('half_days', 'days', 'minutes', 'cents'),
  balance: fc.integer({ min: 0, max: 9 }),
  until: fc.constantFrom('2026-07-31' as const, '2026-09-30' as const, '2026-12-31' as const),
});
const anyNeed = fc.record({
  price: fc.bigInt({ min: 0n, max: 13n }),
  halves: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
  minutes: fc.integer({ min: 1, max: 9 }),
});

test('no other draw leaves less to pay or takes more of what ends first, whatever the passes', () => {
  fc.assert(
    fc.property(anyNeed, fc.array(anyPass, { maxLength: 4 }), ({ price, halves, minutes }, given) => {
      const asked = need({ price_eur_cents: price, halves, minutes });
      const passes = given.map((one, n) => pass(String(n), one.kind, one.balance, { validUntil: one.until }));
      const plan = cheapest(asked, passes);
      const best = bruteForce(asked, passes);
      expect(savedIn(plan)).toBe(best.saved);
      const byPass = new Map(plan.map(one => [one.passId, one.quantity]));
      expect(passes.toSorted(soonest).map(one => byPass.get(one.passId) ?? 0)).toEqual(best.quantities);
      expect(plan.every(one => one.quantity > 0 && one.saved_eur_cents > 0n)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('whatever is asked in a row, no pass gives more than it has, no place costs less than nothing, and order alone decides', () => {
  fc.assert(
    fc.property(fc.array(anyNeed, { maxLength: 6 }), fc.array(anyPass, { maxLength: 5 }), (asked, given) => {
      const needs = asked.map(({ price, ...rest }) => need({ price_eur_cents: price, ...rest }));
      const passes = given.map((one, n) => pass(String(n), one.kind, one.balance, { validUntil: one.until }));
      const plans = coverAll(needs, passes);
      expect(coverAll(needs, passes.toReversed())).toEqual(plans);
      for (const one of passes) {
        const taken = plans.flat().filter(draw => draw.passId === one.passId);
        expect(taken.reduce((sum, draw) => sum + draw.quantity, 0)).toBeLessThanOrEqual(one.balance);
      }
      for (const [n, plan] of plans.entries()) expect(savedIn(plan)).toBeLessThanOrEqual(needs[n]!.price_eur_cents);
    }),
  );
});
