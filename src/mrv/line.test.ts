import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenInvariant } from '../kernel/outcome.ts';
import { rational, sum, text } from '../kernel/rational.ts';
import { dayQuantifier, settle } from '../method/method.ts';
import { batchId, batchOf, exact, isConserved, noCarry } from './batch.ts';
import { flowOf, leakByPlace } from './flow.ts';
import { accountsOf, type MonthPresence, personDayOf, type Reason, reasonFor, tripMetres } from './line.ts';
import { sampleBatch, sampleLeg, sampleLines, sampleMonth, samplePresence, sampleTrip } from './sample.ts';
import { rebates, termsOf } from './terms.ts';

const quantify = dayQuantifier(termsOf('demo'));
const accountsFrom = (presences: readonly MonthPresence[], creditedBefore: ReadonlySet<string> = new Set()) => {
  if (!quantify.ok) throw new Error(quantify.refusal.code);
  const accounts = accountsOf(presences, { scheme: 'lbc', quantify: quantify.value, creditedBefore });
  if (!accounts.ok) throw new Error(accounts.refusal.code);
  return accounts.value;
};

/** Months of any presences whatever, undecided ones left out. */
const month = fc
  .array(
    fc.record({
      person: fc.nat(6),
      day: fc.integer({ min: 1, max: 28 }),
      metres: fc.integer({ min: 0, max: 90_000 }),
      evidence: fc.constantFrom('A', 'B', 'C' as const),
      standing: fc.constantFrom('settled', 'settled', 'settled', 'blocked' as const),
      replaced: fc.constantFrom('office', 'home', 'other', 'unknown' as const),
      engine: fc.constantFrom('valhalla 3.6.1', 'valhalla 3.6.1', 'estimate'),
      occupancy: fc.constantFrom('1', '2', '7/5'),
    }),
    { maxLength: 40 },
  )
  .map(rows =>
    rows.map(({ person, day, metres, evidence, standing, replaced, engine, occupancy }, i) =>
      samplePresence(i, {
        personCommit: `person ${person}`,
        day: `2026-10-${String(day).padStart(2, '0')}` as MonthPresence['day'],
        evidence,
        standing,
        trip: sampleTrip({ replaced, reference: [sampleLeg('out', metres, { occupancy, engine })] }),
      }),
    ),
  );

describe('a presence is credited, or the first reason not to', () => {
  it.each<[Reason, Partial<MonthPresence>]>([
    ['credited', {}],
    ['credited', { trip: sampleTrip({ replaced: 'home' }) }],
    ['blocked', { standing: 'blocked', evidence: 'A', trip: null }],
    ['evidence_too_weak', { evidence: 'B', trip: null }],
    ['evidence_too_weak', { evidence: 'A' }],
    ['no_trip', { trip: null }],
    ['no_trip', { trip: sampleTrip({ reference: [] }) }],
    [
      'estimated_distance',
      { trip: sampleTrip({ replaced: 'unknown', actual: [sampleLeg('out', 5, { engine: 'estimate' })] }) },
    ],
    ['replaced_unknown', { trip: sampleTrip({ replaced: 'unknown' }) }],
    ['replaced_other', { trip: sampleTrip({ replaced: 'other' }) }],
  ])('%s for %j', (reason, over) => {
    expect(reasonFor(samplePresence(1, over), false)).toBe(reason);
  });

  it('never while it is undecided: that is a bug above', () => {
    for (const standing of ['pending', 'waiting'] as const) {
      expect(() => reasonFor(samplePresence(1, { standing }), false)).toThrow(BrokenInvariant);
    }
  });

  it('once a person-day, whichever presence bears the trip, and never again in a later batch', () => {
    const twice = [
      samplePresence(1, { day: '2026-10-05', personCommit: 'p', trip: null, halves: 1 }),
      samplePresence(2, { day: '2026-10-05', personCommit: 'p', halves: 1 }),
      samplePresence(3, { day: '2026-10-05', personCommit: 'p' }),
    ];
    expect(accountsFrom(twice).map(account => account.reason)).toEqual([
      'second_of_the_day',
      'credited',
      'second_of_the_day',
    ]);
    const before = new Set([personDayOf(twice[0]!)]);
    expect(accountsFrom(twice, before).map(account => account.scheme)).toEqual(['none', 'none', 'none']);
  });
});

describe('the accounts of a month', () => {
  it('lose no metre: what came in is avoided, or said to be unallocated', () => {
    fc.assert(
      fc.property(month, presences => {
        const accounts = accountsFrom(presences);
        const told = accounts.map(a => ({
          ...a,
          trip_m: tripMetres(a.presence),
          home: a.presence.trip?.replaced === 'home',
        }));
        expect(isConserved(told)).toBe(true);
        const kept = told.filter(line => !(line.reason === 'credited' && line.home));
        const came = kept.reduce((metres, line) => metres + line.trip_m, 0n);
        expect(kept.reduce((metres, line) => metres + line.avoided_m + line.unallocated_m, 0n)).toBe(came);
      }),
    );
  });

  it('do not depend on the order in which presences are read', () => {
    fc.assert(
      fc.property(month, presences => {
        expect(accountsFrom([...presences].reverse())).toEqual(accountsFrom(presences));
      }),
    );
  });

  it('see through a line that invents or hides metres', () => {
    const [account] = accountsFrom([samplePresence(1)]);
    const told = { ...account!, trip_m: tripMetres(account!.presence), home: false };
    expect(isConserved([told])).toBe(true);
    for (const lie of [
      { avoided_m: 1n },
      { unallocated_m: 1n },
      { scheme: 'none' as const },
      { reason: 'blocked' as const },
    ]) {
      expect(isConserved([{ ...told, ...lie }])).toBe(false);
    }
  });
});

describe('the flow of a month', () => {
  it('has parts that add up to the whole, in presences and in metres', () => {
    fc.assert(
      fc.property(month, fc.nat(5), (presences, pending) => {
        const all = presences.map((one, i) => (i < pending ? { ...one, standing: 'pending' as const } : one));
        const { leaks, office, home, ...whole } = flowOf(all);
        const parts = [...leaks, office, home];
        expect(parts.reduce((n, part) => n + part.presences, 0)).toBe(whole.presences);
        expect(parts.reduce((metres, part) => metres + part.trip_m, 0n)).toBe(whole.trip_m);
        for (const { reason, presences: n } of leaks) {
          expect(leakByPlace(all, reason).reduce((total, place) => total + place.presences, 0)).toBe(n);
        }
      }),
    );
  });
});

describe('a batch', () => {
  const lines = sampleLines(sampleMonth, 0);

  it('has the exact sum of its lines, and carries the rest without rounding', () => {
    const batch = sampleBatch(lines, '1/3');
    const net = sum(lines.map(({ account }) => exact(account.net_mg)));
    expect(batch.totals.net_mg).toBe(text(net));
    expect(batch.settlement).toMatchObject({ credits: '0', carry_in_mg: '1/3' });
    const { recognised_mg, carry_out_mg } = batch.settlement;
    expect(text(sum([exact(recognised_mg), rational(1n, 3n)]))).toBe(carry_out_mg);
  });

  it('has sums by scheme and by reason that make its totals', () => {
    const { allocation, reasons, totals, lines: count } = sampleBatch(lines);
    expect(Object.values(allocation).reduce((n, tally) => n + tally.lines, 0)).toBe(count);
    expect(Object.values(reasons).reduce((n, tally) => n + tally.lines, 0)).toBe(count);
    const metres = Object.values(reasons).reduce((total, tally) => total + BigInt(tally.unallocated_m), 0n);
    expect(String(metres)).toBe(totals.unallocated_m);
  });

  it('gives the same credits however its lines are split between two months', () => {
    const figures = lines.map(({ account, leaf }) => ({ ...account, leaf: Buffer.from(leaf).toString('hex') }));
    const head = {
      network: 'net_testnetwork',
      month: '2026-10' as const,
      project: 'p',
      engine: 'e',
      closed_at: '2026-11-09T08:00:00Z',
      waiting: 0,
      method_sha256: 'm',
      factors_sha256: 'f',
    };
    // A tonne of half a gram: enough credits for a rounding to show.
    const small: typeof settle = (net, terms, carry) => {
      const settled = settle(
        rational(net.numerator * 2000n, net.denominator),
        terms,
        rational(carry.numerator * 2000n, carry.denominator),
      );
      return { ...settled, carry_mg: rational(settled.carry_mg.numerator, settled.carry_mg.denominator * 2000n) };
    };
    const closed = (some: typeof figures, carry_in_mg: string) =>
      batchOf(head, some, { rebates, carry_in_mg, settle: small }).settlement;
    const whole = closed(figures, noCarry);
    for (let cut = 0; cut <= figures.length; cut += 1) {
      const first = closed(figures.slice(0, cut), noCarry);
      const second = closed(figures.slice(cut), first.carry_out_mg);
      expect(BigInt(first.credits) + BigInt(second.credits)).toBe(BigInt(whole.credits));
      expect(second.carry_out_mg).toBe(whole.carry_out_mg);
    }
    expect(BigInt(whole.credits)).toBeGreaterThan(10n);
  });

  it('has an id made of its content and of nothing else', () => {
    const head = { ...sampleBatch(lines), method_sha256: 'm', factors_sha256: 'f' };
    const leaves = ['b', 'a'];
    const id = batchId(head, leaves);
    expect(batchId(head, ['a', 'b'])).toBe(id);
    expect(batchId({ ...head, closed_at: 'later', project: 'other', waiting: 9 }, leaves)).toBe(id);
    for (const over of [
      { month: '2026-11' as const },
      { network: 'x' },
      { engine: 'x' },
      { method_sha256: 'x' },
      { factors_sha256: 'x' },
    ]) {
      expect(batchId({ ...head, ...over }, leaves)).not.toBe(id);
    }
    expect(batchId(head, ['a'])).not.toBe(id);
  });

  it('never reads a mass that is not exact', () => {
    expect(() => exact('1.5')).toThrow(BrokenInvariant);
  });
});
