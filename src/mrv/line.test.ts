import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../kernel/canonical.ts';
import { BrokenInvariant } from '../kernel/outcome.ts';
import { sum, text } from '../kernel/rational.ts';
import { reallocated, reversalOf, type SealedLine } from './account.ts';
import { type Balanced, batchId, batchOf, exact, isConserved } from './batch.ts';
import { lineJson } from './dossier.ts';
import { payloadCommit, payloadOf, sealer, tripTold } from './entries.ts';
import { flowOf, leakByPlace } from './flow.ts';
import { legMetres, type MonthPresence, personDayOf, type Reason, reasonFor } from './line.ts';
import {
  rowOf,
  sampleBatch,
  sampleCounted,
  sampleLeg,
  sampleLines,
  sampleMonth,
  samplePresence,
  sampleTrip,
  tallyOf,
} from './sample.ts';

const accountsFrom = (presences: readonly MonthPresence[], before?: ReadonlySet<string>) =>
  sampleCounted(presences, before).map(counted => counted.account);

const balanced = (presences: readonly MonthPresence[]): readonly Balanced[] =>
  accountsFrom(presences).map(account => ({
    ...account,
    trip_m: legMetres(account.trip),
    home: account.trip?.replaced === 'home',
  }));

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
      expect(() => reasonFor(samplePresence(1, { standing }), false)).toThrow(/not decided reached the accounts/);
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
        const told = balanced(presences);
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
    const [told] = balanced([samplePresence(1)]) as [Balanced];
    expect(isConserved([told])).toBe(true);
    for (const lie of [
      { avoided_m: 1n },
      { unallocated_m: 1n },
      { scheme: 'none' as const },
      { scheme: 'none' as const, claimant: '' },
      { claimant: '' },
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
  const monthLines = () => sampleLines(sampleMonth, 0);

  it('has the exact sum of its lines, without rounding', () => {
    const lines = monthLines();
    const batch = sampleBatch(lines);
    expect(batch.totals.net_mg).toBe(text(sum(lines.map(({ account }) => exact(account.net_mg)))));
    expect(batch.claimable).toEqual([
      {
        scheme: 'lbc',
        claimant: 'prj_sample0001',
        vintage: 2026,
        lines: batch.totals.credited,
        avoided_m: batch.totals.avoided_m,
        net_mg: batch.totals.net_mg,
        gross_mg: batch.totals.gross_mg,
      },
    ]);
  });

  it('has sums by scheme and by reason that make its totals', () => {
    const { allocation, reasons, totals, lines: count } = sampleBatch(monthLines());
    expect(Object.values(allocation).reduce((n, tally) => n + tally.lines, 0)).toBe(count);
    expect(Object.values(reasons).reduce((n, tally) => n + tally.lines, 0)).toBe(count);
    const metres = Object.values(reasons).reduce((total, tally) => total + BigInt(tally.unallocated_m), 0n);
    expect(String(metres)).toBe(totals.unallocated_m);
  });

  it('has the same sums however its lines are grouped', () => {
    const head = { ...sampleBatch(monthLines()), method_sha256: 'm', factors_sha256: 'f' };
    fc.assert(
      fc.property(month, presences => {
        const some = sampleCounted(presences);
        const one = batchOf(head, tallyOf(some), []);
        const counts = new Map<object, number>();
        for (const { account } of some) counts.set(account, (counts.get(account) ?? 0) + 1);
        const grouped = [...counts].map(([figures, n]) => ({
          figures: figures as (typeof some)[0]['account'],
          lines: n,
        }));
        expect(batchOf(head, grouped, [])).toEqual(one);
        expect(grouped.length).toBeLessThanOrEqual(some.length);
      }),
    );
  });

  it('has an id made of its content and of nothing else', () => {
    const head = { ...sampleBatch(monthLines()), method_sha256: 'm', factors_sha256: 'f' };
    const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const leaves = [b, a];
    const id = batchId(head, leaves);
    expect(batchId(head, [a, b])).toBe(id);
    expect(batchId({ ...head, closed_at: 'later', waiting: 9 }, leaves)).toBe(id);
    for (const over of [
      { month: '2026-11' as const },
      { network: 'x' },
      { engine: 'x' },
      { method_sha256: 'x' },
      { factors_sha256: 'x' },
    ]) {
      expect(batchId({ ...head, ...over }, leaves)).not.toBe(id);
    }
    expect(batchId(head, [a])).not.toBe(id);
  });

  it('never reads a mass that is not exact', () => {
    expect(() => exact('1.5')).toThrow(BrokenInvariant);
  });
});

describe('a line that takes another back', () => {
  const sealed = (presences: readonly MonthPresence[]): readonly SealedLine[] => sampleLines(presences, 100);

  it('leaves exactly nothing: 0 m, 0 mg, whatever the line', () => {
    const head = { ...sampleBatch([]), method_sha256: 'm', factors_sha256: 'f' };
    fc.assert(
      fc.property(month, presences => {
        const lines = sealed(presences);
        const batch = batchOf(head, tallyOf([...lines, ...lines.map(line => reversalOf(line, 'reversed'))]), []);
        const { avoided_m, unallocated_m, gross_mg, net_mg } = batch.totals;
        expect([avoided_m, unallocated_m, gross_mg, net_mg]).toEqual(['0', '0', '0', '0']);
      }),
    );
  });

  it('and gives it to another scheme with the figures that were sealed, or to none with its metres said', () => {
    const [line] = sealed([samplePresence(1)]) as [SealedLine];
    const cee = reallocated(line, { scheme: 'cee', claimant: 'con_other0001' }).account;
    expect(cee).toMatchObject({
      scheme: 'cee',
      claimant: 'con_other0001',
      avoided_m: line.account.avoided_m,
      reverses: null,
    });
    const none = reallocated(line, { scheme: 'none', claimant: '' }).account;
    expect(none).toMatchObject({ reason: 'no_scheme', avoided_m: 0n, net_mg: '0', unallocated_m: 69_680n });
  });
});

describe('a line in its place in the log', () => {
  it('is told by the dossier exactly as it was sealed', () => {
    fc.assert(
      fc.property(month, fc.nat(1_000_000), (presences, first) => {
        const own = sampleLines(presences, first);
        const back = sealer(Buffer.alloc(32, 7))(
          own.map(line => reversalOf(line, 'reallocated')),
          first + own.length,
        );
        for (const line of [...own, ...back]) {
          const told = lineJson(rowOf(line)) as { payload: object; entry: { payload_commit: string; seq: number } };
          const payload = payloadOf({ ...line.account, lineId: line.lineId, trip: tripTold(line.account.trip) });
          expect(canonical(told.payload as never)).toBe(canonical(payload));
          expect(told.entry.payload_commit).toBe(payloadCommit(line.salt, canonical(payload)));
          expect(told.entry.seq).toBe(line.seq);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has an id and a salt that its place and a seed nobody keeps decide', () => {
    const [a, b] = sampleLines([samplePresence(1), samplePresence(2)], 0);
    expect(new Set([a!.salt, b!.salt].map(String).concat(a!.lineId, b!.lineId)).size).toBe(4);
    expect(a!.lineId).toMatch(/^lin_[0-9a-f]{26}$/);
    const other = sealer(Buffer.alloc(32, 9))(sampleCounted([samplePresence(1)]), 0)[0]!;
    expect([other.salt, other.lineId]).not.toEqual([a!.salt, a!.lineId]);
  });

  it('cannot be told once what was sealed has changed', () => {
    const row = rowOf(sampleLines([samplePresence(1)], 0)[0]!);
    expect(() => lineJson({ ...row, net_mg: '1' })).toThrow(BrokenInvariant);
  });
});
