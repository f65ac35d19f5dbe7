import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, multiply, parseRational, type Rational, rational, sum, text } from '../kernel/rational.ts';
import { dayQuantifier, type QuantifyRequest, quantify, quantifyLine, settle } from './method.ts';

type Day = QuantifyRequest['days'][number];

const wholeBetween = (min: number, max: number) => fc.integer({ min, max });
const rate = fc.tuple(wholeBetween(0, 40), wholeBetween(40, 100)).map(([a, b]) => `${a}/${b}`);
const metres = wholeBetween(0, 200_000);

const leg = fc.oneof(
  fc.record({ metres, factor: fc.constantFrom('ter', 'bus', 'e_bike', 'walk', 'coach') }),
  fc.record(
    {
      metres,
      factor: fc.constantFrom('car', 'car_electric', 'scooter'),
      occupancy: fc.constantFrom('1', '7/5', '3', '8/5'),
    },
    { requiredKeys: ['metres', 'factor'] },
  ),
);

const legs = fc.array(leg, { maxLength: 4 });

const day: fc.Arbitrary<Day> = fc.record(
  {
    count: wholeBetween(1, 30),
    x: fc.constantFrom(0 as const, 1 as const),
    replaced: fc.constantFrom('office', 'home', 'other', 'unknown'),
    reference: legs,
    actual: legs,
    space_energy_mg: wholeBetween(0, 300_000).map(String),
  },
  { requiredKeys: ['count', 'x', 'replaced', 'reference', 'actual'] },
);

const rebound = fc.record({ variant: fc.constantFrom('net', 'reference', 'none'), rate });
const someDays = fc.array(day, { maxLength: 12 });

const request = (days: readonly Day[], terms: QuantifyRequest['rebound']): QuantifyRequest => ({
  id: 'P',
  method: 'lbc-tiers-lieux',
  profile: 'demo',
  rebound: terms,
  days,
});

const totalsOf = (days: readonly Day[], terms: QuantifyRequest['rebound']) => {
  const result = quantify(request(days, terms));
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
};

const shown = (days: readonly Day[], terms: QuantifyRequest['rebound']) =>
  quantifyLine(JSON.stringify(request(days, terms)));

/** An oracle that shares no code with the method: fractions as plain pairs, never reduced, one person-day at a time. */
const microgramsPerMetre: Record<string, bigint> = {
  car: 193_000n,
  car_electric: 19_800n,
  scooter: 61_600n,
  ter: 24_800n,
  bus: 103_000n,
  coach: 35_200n,
  e_bike: 2_000n,
  walk: 0n,
};
type Pair = readonly [over: bigint, under: bigint];
const pair = (written: string): Pair => {
  const [over, under] = written.split('/');
  return [BigInt(over!), BigInt(under ?? '1')];
};
const plus = (a: Pair, b: Pair): Pair => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
const minus = (a: Pair, b: Pair): Pair => plus(a, [-b[0], b[1]]);
const by = (a: Pair, b: Pair): Pair => [a[0] * b[0], a[1] * b[1]];

const naiveEmissions = (list: Day['reference']): Pair =>
  list.reduce<Pair>(
    (total, one) => {
      const people = pair(one.occupancy ?? '1');
      const ug = BigInt(one.metres) * microgramsPerMetre[String(one.factor)]!;
      return plus(total, [ug * people[1], 1000n * people[0]]);
    },
    [0n, 1n],
  );

const naiveNet = (one: Day, terms: QuantifyRequest['rebound']): Pair => {
  if (one.replaced === 'other' || one.replaced === 'unknown') return [0n, 1n];
  const reference = naiveEmissions(one.reference);
  const actual = naiveEmissions(one.actual);
  const fromHome = one.replaced === 'home';
  const saved: Pair = fromHome ? [-actual[0], actual[1]] : minus(reference, actual);
  const rho = pair(terms.rate!);
  const bases: Record<string, Pair> = {
    none: [0n, 1n],
    net: saved[0] > 0n ? saved : [0n, 1n],
    reference: fromHome ? [0n, 1n] : reference,
  };
  const lost = one.x === 1 ? by(rho, bases[terms.variant]!) : ([0n, 1n] as const);
  return minus(minus(saved, lost), pair(one.space_energy_mg ?? '0'));
};

const naiveTotal = (days: readonly Day[], terms: QuantifyRequest['rebound']): Rational => {
  const everyDay = days.flatMap(one => Array.from({ length: one.count }, () => naiveNet(one, terms)));
  return sum(everyDay.map(([over, under]) => rational(over, under)));
};

describe('the method, against its own algebra', () => {
  it('agrees with a naive computation, one person-day at a time', () => {
    fc.assert(
      fc.property(someDays, rebound, (days, terms) => {
        expect(text(totalsOf(days, terms).net_mg)).toBe(text(naiveTotal(days, terms)));
      }),
    );
  });

  it('I-03: the order of the days never changes the total', () => {
    fc.assert(
      fc.property(someDays, rebound, fc.infiniteStream(fc.nat()), (days, terms, keys) => {
        const shuffled = days
          .map(one => ({ one, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(shown(shuffled, terms)).toBe(shown(days, terms));
      }),
    );
  });

  it('I-03: splitting a run of equal days never changes the total', () => {
    fc.assert(
      fc.property(someDays, rebound, (days, terms) => {
        const split = days.flatMap(one =>
          one.count === 1
            ? [one]
            : [
                { ...one, count: 1 },
                { ...one, count: one.count - 1 },
              ],
        );
        expect(shown(split, terms)).toBe(shown(days, terms));
      }),
    );
  });

  it('I-03: sealing a period in two parts gives the same credits in all, and the same carry', () => {
    const mass = fc.tuple(fc.bigInt(-(10n ** 11n), 10n ** 11n), fc.bigInt(1n, 21n)).map(([a, b]) => rational(a, b));
    const none = { combine: 'multiplicative' as const, rates: [] };
    fc.assert(
      fc.property(fc.array(mass, { maxLength: 8 }), masses => {
        let carried = rational(0n);
        let credits = 0n;
        for (const net of masses) {
          const settled = settle(net, none, carried);
          carried = settled.carry_mg;
          credits += settled.credits;
        }
        // Conservation: what came in is exactly what was credited plus what is carried.
        expect(text(add(rational(credits * 1_000_000_000n), carried))).toBe(text(sum(masses)));
        expect(credits >= 0n && settle(rational(0n), none, carried).credits === 0n).toBe(true);
      }),
    );
  });

  it('I-04: days that lose more than they save give a negative total, never zero', () => {
    const losing = day.map(one => ({ ...one, x: 1 as const, replaced: 'office' as const, reference: [] }));
    fc.assert(
      fc.property(fc.array(losing, { minLength: 1, maxLength: 6 }), rebound, (days, terms) => {
        const { net_mg, credits } = totalsOf(days, terms);
        expect(text(net_mg)).toBe(text(naiveTotal(days, terms)));
        expect(net_mg.numerator <= 0n && credits === 0n).toBe(true);
      }),
    );
  });

  it('I-50: a day that replaced home telework never saves; one whose replacement is unknown counts for nothing', () => {
    fc.assert(
      fc.property(day, rebound, (one, terms) => {
        const home = totalsOf([{ ...one, x: 1, replaced: 'home' }], terms);
        expect(home.net_mg.numerator <= 0n && home.avoided_m <= 0n).toBe(true);
        const unknown = totalsOf([{ ...one, replaced: 'unknown' }], terms);
        expect([unknown.avoided_m, text(unknown.net_mg), text(unknown.gross_mg)]).toEqual([0n, '0', '0']);
      }),
    );
  });

  it('I-01: metres avoided and metres unallocated add up to reference less actual, home days losing their reference', () => {
    const length = (list: Day['reference']) => list.reduce((all, one) => all + BigInt(one.metres), 0n);
    fc.assert(
      fc.property(someDays, rebound, (days, terms) => {
        const expected = days.reduce(
          (all, one) =>
            all + BigInt(one.count) * ((one.replaced === 'home' ? 0n : length(one.reference)) - length(one.actual)),
          0n,
        );
        const { avoided_m, unallocated_m } = totalsOf(days, terms);
        expect(avoided_m + unallocated_m).toBe(expected);
      }),
    );
  });

  it('a net rebound rate scales a saving by exactly 1 − ρ', () => {
    fc.assert(
      fc.property(metres, metres, rate, (long, short, rho) => {
        const saving: Day = {
          count: 1,
          x: 1,
          replaced: 'office',
          reference: [{ metres: long + short, factor: 'car' }],
          actual: [{ metres: short, factor: 'car' }],
        };
        const { gross_mg } = totalsOf([saving], { variant: 'none' });
        const kept = add(rational(1n), multiply(rational(-1n), parseRational(rho)!));
        expect(text(totalsOf([saving], { variant: 'net', rate: rho }).net_mg)).toBe(text(multiply(kept, gross_mg)));
      }),
    );
  });

  it('multiplicative rebates come in any order, and never take more than additive ones', () => {
    const mass = fc.bigInt(1n, 10n ** 12n).map(value => rational(value));
    const small = fc.tuple(wholeBetween(0, 10), wholeBetween(40, 100)).map(([a, b]) => rational(BigInt(a), BigInt(b)));
    const none = rational(0n);
    fc.assert(
      fc.property(mass, fc.array(small, { maxLength: 4 }), (net, rates) => {
        const kept = (combine: 'multiplicative' | 'additive', order: readonly Rational[]) =>
          settle(net, { combine, rates: order }, none).recognised_mg;
        const product = kept('multiplicative', rates);
        expect(text(kept('multiplicative', rates.toReversed()))).toBe(text(product));
        const difference = add(product, multiply(rational(-1n), kept('additive', rates)));
        expect(difference.numerator >= 0n).toBe(true);
      }),
    );
  });

  it('computes a day alone as it computes it in a batch', () => {
    fc.assert(
      fc.property(day, rebound, (one, terms) => {
        const quantifier = dayQuantifier({ method: 'lbc-tiers-lieux', profile: 'demo', rebound: terms });
        const { count: _, ...alone } = one;
        const result = quantifier.ok ? quantifier.value(alone) : quantifier;
        if (!result.ok) throw new Error(result.refusal.code);
        const batch = totalsOf([{ ...one, count: 1 }], terms);
        expect([text(result.value.net_mg), result.value.avoided_m]).toEqual([text(batch.net_mg), batch.avoided_m]);
      }),
    );
  });

  it('answers any line with one line of JSON, and never throws', () => {
    const nearly = fc
      .tuple(someDays, rebound, fc.jsonValue())
      .map(([days, terms, odd]) => JSON.stringify({ ...request(days, terms), carry_mg: odd }));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), nearly), line => {
        const answer = quantifyLine(line);
        expect(answer).not.toContain('\n');
        expect(Object.keys(JSON.parse(answer) as object)).toContain('id');
      }),
    );
  });
});
