import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, one, type Rational, rational } from '../../kernel/rational.ts';
import {
  type Inventory,
  type InventoryMass,
  inventoryOf,
  type QuantifyRequest,
  quantify,
  type Terms,
} from '../method.ts';
import { InventoryMass as Mass } from './2026-1/quantify.ts';

const terms: Terms = { method: 'lbc-tiers-lieux', profile: 'demo', rebound: { variant: 'net', rate: '31/100' } };
const metres = fc.integer({ min: 0, max: 60_000 });
const legs = fc.array(fc.record({ metres, factor: fc.constantFrom('car', 'ter', 'bus', 'e_bike', 'walk') }), {
  maxLength: 3,
});
const groups = fc.array(
  fc.record({
    day: fc.record({
      x: fc.constantFrom(0 as const, 1 as const),
      replaced: fc.constantFrom('office' as const, 'home' as const, 'unknown' as const),
      reference: legs,
      actual: legs,
    }),
    count: fc.integer({ min: 1, max: 40 }),
  }),
  { maxLength: 6 },
);

const made = (some: Parameters<typeof inventoryOf>[0]['groups']): Inventory => {
  const result = inventoryOf({ employer: 'org_example', from: '2026-01-01', until: '2026-02-01', groups: some, terms });
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
};

/** Does `Given` fit where `Asked` is asked? The compiler answers: a wrong word below does not build. */
type Fits<Given, Asked> = Given extends Asked ? 'fits' : 'does not';
type Addend = Parameters<typeof add>[0];
type Settled = Extract<ReturnType<typeof quantify>, { ok: true }>['value'];

describe('I-16: an inventory effect is no credit', () => {
  it('in types: neither fits where the other is added', () => {
    const answers: [
      Fits<InventoryMass, Addend>,
      Fits<Rational, InventoryMass>,
      Fits<Inventory['net'], Settled['net_mg']>,
      Fits<Settled['net_mg'], Parameters<InventoryMass['plus']>[0]>,
      Fits<{ toString(): string; toJSON(): string; show(): string; plus(): InventoryMass }, InventoryMass>,
    ] = ['does not', 'does not', 'does not', 'does not', 'does not'];
    expect(new Set(answers)).toEqual(new Set(['does not']));
  });

  it('and when types are forced, the sum throws', () => {
    const { net } = made([]);
    expect(() => add(net as never, one)).toThrow(TypeError);
    expect(() => net.plus(one as never)).toThrow(TypeError);
  });

  it('adds to its like, exactly', () => {
    const third = Mass.of(rational(1n, 3n));
    expect(String(third.plus(third).plus(third))).toBe('1');
    expect(JSON.stringify({ net: third })).toBe('{"net":"1/3"}');
    expect([Mass.of(rational(857_614_800n)).show('fr'), Mass.of(rational(-1n, 2n)).show('en')]).toEqual([
      '858\u00a0kg',
      '0\u00a0kg',
    ]);
  });
});

describe('an inventory', () => {
  it('has the net effect and the metres that the method gives, to the milligram', () => {
    fc.assert(
      fc.property(groups, some => {
        const days: QuantifyRequest['days'] = some.map(({ day, count }) => ({ ...day, count }));
        const result = quantify({ ...terms, id: 'x', days });
        if (!result.ok) throw new Error(result.refusal.code);
        const inventory = made(some);
        expect(String(inventory.net)).toBe(String(Mass.of(result.value.net_mg)));
        expect(inventory.avoided_m).toBe(result.value.avoided_m);
        const byMode = inventory.avoided_by_mode.reduce((sum, { avoided_m }) => sum + avoided_m, 0n);
        expect(byMode).toBe(inventory.avoided_m);
      }),
    );
  });

  it('is the same however the days are cut, and adds up over them', () => {
    fc.assert(
      fc.property(groups, some => {
        const cut = some.flatMap(({ day, count }) => Array.from({ length: count }, () => ({ day, count: 1 })));
        expect(made(cut.reverse())).toEqual(made(some));
      }),
      { numRuns: 30 },
    );
  });

  it('counts in every day what was travelled, and compares only days that say what they replaced', () => {
    const day = {
      x: 1 as const,
      reference: [{ metres: 10_000, factor: 'car' }],
      actual: [{ metres: 1_000, factor: 'car' }],
    };
    const told = made([{ day: { ...day, replaced: 'other' }, count: 2 }]);
    expect([told.days, told.days_counted, told.residual_m, String(told.residual)]).toEqual([2n, 0n, 2_000n, '386000']);
    expect(Object.values(told.compared).map(String)).toEqual(['0', '0', '0']);
  });

  it('takes days back when lines were, and is watermarked in the demonstration', () => {
    const day = {
      x: 1 as const,
      replaced: 'office' as const,
      reference: [{ metres: 10_000, factor: 'car' }],
      actual: [],
    };
    const none = made([
      { day, count: 3 },
      { day, count: -3 },
    ]);
    expect([none.days, none.avoided_m, String(none.net), String(none.net_between.low)]).toEqual([0n, 0n, '0', '0']);
    expect(none.watermark?.en).toBe('unofficial estimate');
  });

  it('names a rate of one’s own as such, and refuses what the method refuses', () => {
    const own = { ug_per_m: 5, denominator: 'pers_km' as const };
    const day = { x: 1 as const, replaced: 'office' as const, reference: [{ metres: 10, factor: own }], actual: [] };
    expect(made([{ day, count: 1 }]).avoided_by_mode).toEqual([
      { vehicle: 'own_rate', energy: 'none', avoided_m: 10n },
    ]);
    const request = { employer: 'e', from: '2026-01-01', until: '2026-02-01', terms } as const;
    expect(inventoryOf({ ...request, groups: [{ day, count: 0.5 }] })).toMatchObject({
      ok: false,
      refusal: { code: 'method.count_not_whole' },
    });
    // Each count is whole; their sum is no longer exact.
    const many = { day, count: Number.MAX_SAFE_INTEGER };
    expect(inventoryOf({ ...request, groups: [many, many] })).toMatchObject({
      ok: false,
      refusal: { code: 'method.count_not_whole' },
    });
    expect(inventoryOf({ ...request, groups: [], terms: { ...terms, profile: 'certifying' } })).toMatchObject({
      ok: false,
      refusal: { code: 'method.profile_incomplete' },
    });
  });
});
