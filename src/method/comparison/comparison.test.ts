import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, compare, multiply, type Rational, rational, subtract, text, zero } from '../../kernel/rational.ts';
import {
  addTotals,
  assumptions,
  type Basis,
  chosenHalfWidths,
  type DayGroup,
  type DayRequest,
  differenceReport,
  quantify,
  sensitivity,
  type Terms,
  totalsByFactor,
  uncertainty,
} from '../method.ts';
import { rootUp } from './uncertainty.ts';

const metres = fc.integer({ min: 0, max: 100_000 });
const leg = fc.oneof(
  fc.record({ metres, factor: fc.constantFrom('ter', 'bus', 'e_bike', 'walk') }),
  fc.record({ metres, factor: fc.constantFrom('car', 'car_electric'), occupancy: fc.constantFrom('1', '7/5', '3') }),
);
const legs = fc.array(leg, { maxLength: 3 });
const day: fc.Arbitrary<DayRequest> = fc.record({
  x: fc.constantFrom(0 as const, 1 as const),
  replaced: fc.constantFrom('office', 'home', 'other', 'unknown'),
  reference: legs,
  actual: legs,
  space_energy_mg: fc.integer({ min: 0, max: 300_000 }).map(String),
});
const groups: fc.Arbitrary<readonly DayGroup[]> = fc.array(
  fc.record({ day, count: fc.integer({ min: 1, max: 1_000 }) }),
  {
    maxLength: 8,
  },
);
const rate = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 40, max: 100 })).map(([a, b]) => `${a}/${b}`);
const terms: fc.Arbitrary<Terms> = fc
  .record({ variant: fc.constantFrom('net', 'reference', 'none'), rate })
  .map(rebound => ({ method: 'lbc-tiers-lieux', profile: 'demo', rebound }));

const value = <T>(outcome: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T => {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};
const netOf = (some: readonly DayGroup[], asked: Terms): Rational =>
  value(quantify({ ...asked, id: 'x', days: some.map(group => ({ ...group.day, count: group.count })) })).net_mg;
const usual: Terms = { method: 'lbc-tiers-lieux', profile: 'demo', rebound: { variant: 'net', rate: '31/100' } };
const carDay: DayRequest = {
  x: 1,
  replaced: 'office',
  reference: [{ metres: 40_000, factor: 'car' }],
  actual: [{ metres: 5_000, factor: 'car' }],
};
const halved = (some: readonly DayGroup[]): readonly DayGroup[] =>
  some.flatMap(({ day: one, count }) => [
    { day: one, count: 1 },
    { day: one, count: count - 1 },
  ]);

describe('sensitivity', () => {
  it('starts from the very total that the method gives, and each row is a total of its own', () => {
    fc.assert(
      fc.property(groups, terms, (some, asked) => {
        const { main, rows } = value(sensitivity(some, asked));
        expect(text(main.net_mg)).toBe(text(netOf(some, asked)));
        for (const { factor_set, rebound, result } of rows) {
          if (!result.ok) continue;
          expect(text(add(main.net_mg, result.value.difference_mg))).toBe(text(result.value.net_mg));
          if (factor_set !== 'A') continue;
          const other = { ...asked, rebound: { variant: rebound.variant, rate: text(rebound.rate) } };
          expect(text(result.value.net_mg)).toBe(text(netOf(some, other)));
        }
      }),
    );
  });

  it('does not depend on the order or the splitting of the days', () => {
    fc.assert(
      fc.property(groups, terms, (some, asked) => {
        expect(value(sensitivity(halved([...some].reverse()), asked))).toEqual(value(sensitivity(some, asked)));
      }),
    );
  });

  it.each([
    ['a mode that the set lacks', [{ metres: 900, factor: 'walk' }], 'D', 'walking (walk)'],
    [
      'two of them',
      [
        { metres: 900, factor: 'tram' },
        { metres: 900, factor: 'rer' },
      ],
      'B',
      'suburban train (RER, Transilien) (rer), tram (tram)',
    ],
    ['a rate of one’s own', [{ metres: 900, factor: { ug_per_m: 1, denominator: 'veh_km' } }], 'B', 'own_rate'],
  ] as const)('names %s', (_what, actual, set, named) => {
    const { rows } = value(sensitivity([{ day: { ...carDay, actual }, count: 1 }], usual));
    const result = rows.find(({ factor_set }) => factor_set === set)!.result;
    expect(result.ok ? '' : result.refusal.message.en).toBe(
      `Set ${set} has no factor for ${named}, in "factor_set". Nothing is guessed in its place.`,
    );
  });

  it('refuses what the method refuses, and a count that is no whole number', () => {
    const code = (group: DayGroup, asked: Terms = usual) => {
      const result = sensitivity([group], asked);
      return result.ok ? 'accepted' : result.refusal.code;
    };
    expect(sensitivity([{ day: carDay, count: 1.5 }], usual)).toMatchObject({
      ok: false,
      refusal: { code: 'method.count_not_whole', field: 'count' },
    });
    expect(code({ day: { ...carDay, reference: [{ metres: -1, factor: 'car' }] }, count: 1 })).toBe(
      'method.metres_not_whole',
    );
    expect(code({ day: carDay, count: 1 }, { ...usual, profile: 'certifying' })).toBe('method.profile_incomplete');
    expect(code({ day: carDay, count: 1 }, { ...usual, method: 'other' })).toBe('method.unknown_method');
  });
});

describe('uncertainty', () => {
  it('splits the net total between its factors, energy of the space apart', () => {
    fc.assert(
      fc.property(groups, terms, (some, asked) => {
        const { net_mg, factors } = value(totalsByFactor(some, asked));
        expect(text(net_mg)).toBe(text(netOf(some, asked)));
        const energy = some
          .filter(({ day: { replaced } }) => replaced === 'office' || replaced === 'home')
          .reduce((sum, { day: one, count }) => sum + BigInt(one.space_energy_mg!) * BigInt(count), 0n);
        const carried = factors.reduce((sum, { mg }) => add(sum, mg), zero);
        expect(text(subtract(carried, rational(energy)))).toBe(text(net_mg));
      }),
    );
  });

  it('does not depend on the order or the splitting of the days', () => {
    fc.assert(
      fc.property(groups, terms, (some, asked) => {
        expect(value(totalsByFactor(halved([...some].reverse()), asked))).toEqual(value(totalsByFactor(some, asked)));
      }),
    );
  });

  it('is a whole interval that holds the exact total, and never narrows when an error grows', () => {
    const share = fc.tuple(fc.bigInt(0n, 50n), fc.bigInt(50n, 99n)).map(([a, b]) => rational(a, b));
    fc.assert(
      fc.property(groups, share, share, (some, factor, distance) => {
        const totals = value(totalsByFactor(some, usual));
        const { net_mg, low_mg, high_mg, half_width_mg, variance_mg2 } = uncertainty(totals, { factor, distance });
        const within = (least: bigint, mg: Rational, most: bigint) =>
          compare(rational(least), mg) <= 0 && compare(mg, rational(most)) <= 0;
        const exactHalf = multiply(rational(half_width_mg), rational(half_width_mg));
        expect(compare(exactHalf, variance_mg2) >= 0).toBe(true);
        expect(within(low_mg + half_width_mg, net_mg, high_mg - half_width_mg)).toBe(true);
        const wider = uncertainty(totals, { factor: multiply(factor, rational(2n)), distance });
        expect(wider.low_mg <= low_mg && wider.high_mg >= high_mg).toBe(true);
      }),
    );
  });

  it('a factor’s error grows with the number of trips, errors of distances with its square root', () => {
    const trips = (n: number): readonly DayGroup[] =>
      Array.from({ length: n }, (_, i) => ({
        day: { ...carDay, reference: [{ metres: 40_000 + i, factor: 'car' }], actual: [] },
        count: 1,
      }));
    const half = (n: number, factor: Rational, distance: Rational) =>
      uncertainty(value(totalsByFactor(trips(n), usual)), { factor, distance }).half_width_mg;
    const tenth = rational(1n, 10n);
    expect(half(100, tenth, zero) / half(1, tenth, zero)).toBe(100n);
    expect(half(100, zero, tenth) / half(1, zero, tenth)).toBe(10n);
  });

  it('refuses what the method refuses', () => {
    const code = (some: readonly DayGroup[], asked: Terms = usual) => {
      const result = totalsByFactor(some, asked);
      return result.ok ? 'accepted' : result.refusal.code;
    };
    expect(code([{ day: carDay, count: 0.5 }])).toBe('method.count_not_whole');
    expect(code([], { ...usual, profile: 'certifying' })).toBe('method.profile_incomplete');
    // Each count is whole; their sum is no longer exact.
    const many = { day: carDay, count: Number.MAX_SAFE_INTEGER };
    expect(code([many, many])).toBe('method.count_not_whole');
  });

  it('tells rates of one’s own apart by their value', () => {
    const own = (ug_per_m: number): DayRequest => ({
      ...carDay,
      reference: [{ metres: 1_000, factor: { ug_per_m, denominator: 'pers_km' } }],
      actual: [],
    });
    const { factors } = value(
      totalsByFactor(
        [
          { day: own(5), count: 1 },
          { day: own(7), count: 1 },
        ],
        { ...usual, rebound: { variant: 'none' } },
      ),
    );
    expect(factors.map(({ factor, mg }) => [factor, text(mg)])).toEqual([
      ['5 pers_km', '5'],
      ['7 pers_km', '7'],
    ]);
  });

  it('a root is the least whole number whose square is enough', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 40n), fc.bigInt(1n, 10n ** 6n), (numerator, denominator) => {
        const root = rootUp(rational(numerator, denominator));
        expect(root * root * denominator >= numerator && root >= 0n).toBe(true);
        expect(root === 0n || (root - 1n) * (root - 1n) * denominator < numerator).toBe(true);
      }),
    );
    expect([0n, 1n, 2n, 4n, 5n, 9n].map(n => rootUp(rational(n)))).toEqual([0n, 1n, 2n, 2n, 3n, 3n]);
    expect(rootUp(rational(1n, 4n))).toBe(1n);
  });

  it('rests on assumptions that are named, worded and called what they are', () => {
    expect(assumptions.map(({ id, status }) => [id, status])).toEqual([
      ['factor', 'product_choice'],
      ['distance', 'product_choice'],
    ]);
    expect([text(chosenHalfWidths.factor), text(chosenHalfWidths.distance)]).toEqual(['1/5', '1/10']);
  });
});

describe('totals', () => {
  const main = (some: readonly DayGroup[], asked: Terms) => value(sensitivity(some, asked)).main;

  it('add up when they rest on the same, as their days would together', () => {
    fc.assert(
      fc.property(groups, groups, terms, (some, others, asked) => {
        const sum = value(addTotals(main(some, asked), main(others, asked)));
        expect(sum).toEqual(main([...some, ...others], asked));
      }),
    );
  });

  it('never mix boundaries, versions or rebounds', () => {
    const one = main([{ day: carDay, count: 1 }], usual);
    const other = (change: object) => {
      const added = addTotals(one, { ...one, ...change });
      return added.ok ? 'added' : added.refusal.code;
    };
    expect(other({})).toBe('added');
    expect(other({ factor_set: 'B', factor_set_hash: 'b' })).toBe('method.mixed_totals');
    expect(other({ version: '2027-1' })).toBe('method.mixed_totals');
    expect(other({ rebound: { variant: 'net', rate: rational(1n, 4n) } })).toBe('method.mixed_totals');
    expect(other({ rebound: { variant: 'none', rate: rational(31n, 100n) } })).toBe('method.mixed_totals');
  });
});

describe('a difference report', () => {
  const basis: Basis = { version: '2026-1', factor_set: 'A', rebound: { variant: 'net', rate: '31/100' } };

  it.each([
    ['a version that is none', { ...basis, version: '2025-1' }, 'method.unknown_version'],
    ['a set that is none', { ...basis, factor_set: 'E' as 'A' }, 'method.unknown_factor_set'],
    ['a rebound without its rate', { ...basis, rebound: { variant: 'net' as const } }, 'method.missing_field'],
    ['a field too many', { ...basis, carry: '0' } as Basis, 'method.unknown_field'],
  ])('refuses %s, on either side', (_what, other, code) => {
    const some = [{ day: carDay, count: 1 }];
    for (const [from, to] of [
      [basis, other],
      [other, basis],
    ] as const) {
      expect(differenceReport(some, from, to)).toMatchObject({ ok: false, refusal: { code } });
    }
  });

  it('on one set takes a rate of one’s own, which no other set does', () => {
    const own = { ...carDay, actual: [{ metres: 9, factor: { ug_per_m: 1_000, denominator: 'veh_km' as const } }] };
    const some = [{ day: own, count: 1 }];
    const none: Basis = { ...basis, rebound: { variant: 'none' } };
    expect(value(differenceReport(some, none, basis)).from.net_mg).toEqual(rational(7_719_991n));
    expect(differenceReport(some, basis, { ...basis, factor_set: 'B' })).toMatchObject({
      ok: false,
      refusal: { code: 'method.mode_absent', field: 'factor_set' },
    });
    expect(differenceReport([{ day: carDay, count: 0.5 }], basis, none)).toMatchObject({
      ok: false,
      refusal: { code: 'method.count_not_whole' },
    });
  });

  it('refuses days that could not have been issued on the first basis, whatever the second one knows', () => {
    const some = [{ day: { ...carDay, actual: [{ metres: 900, factor: 'tram' }] }, count: 1 }];
    expect(differenceReport(some, { ...basis, factor_set: 'B' }, basis)).toMatchObject({
      ok: false,
      refusal: { code: 'method.mode_absent' },
    });
  });

  it('I-26: leaves the days and the bases as they were', () => {
    const some = Object.freeze([Object.freeze({ day: Object.freeze(carDay), count: 3 })]);
    const to = Object.freeze({ ...basis, factor_set: 'B' as const });
    const [first, again] = [differenceReport(some, basis, to), differenceReport(some, basis, to)];
    expect(first.ok && first).toEqual(again);
  });

  it('turned round, gives the opposite difference', () => {
    const to: Basis = { ...basis, factor_set: 'B', rebound: { variant: 'none' } };
    fc.assert(
      fc.property(groups, some => {
        const there = differenceReport(some, basis, to);
        const back = differenceReport(some, to, basis);
        const sum = add(value(there).difference.net_mg, value(back).difference.net_mg);
        expect([text(sum), value(there).difference.avoided_m]).toEqual(['0', 0n]);
      }),
    );
  });
});
