import { describe, expect, it } from 'vitest';
import { flowOf, leakByPlace } from './flow.ts';
import { inAccountsOrder, type MonthPresence, personDayOf, reasonFor, reasonsOf } from './line.ts';
import { sampleLeg, samplePresence, sampleTrip } from './sample.ts';

const estimate = sampleTrip({
  reference: [sampleLeg('out', 100, { engine: 'estimate' })],
  actual: [sampleLeg('out', 1)],
});
const trip_m = 69_680n;
const some: readonly MonthPresence[] = [
  { personCommit: 'a' },
  { personCommit: 'a', trip: sampleTrip({ reference: [sampleLeg('out', 9)], actual: [sampleLeg('out', 2)] }) },
  { personCommit: 'b', trip: sampleTrip({ replaced: 'home' }) },
  { personCommit: 'c', trip: sampleTrip({ replaced: 'other' }) },
  { personCommit: 'd', trip: sampleTrip({ replaced: 'unknown' }) },
  { personCommit: 'e', trip: estimate },
  { personCommit: 'f', trip: null },
  { personCommit: 'g', evidence: 'B' as const },
  { personCommit: 'h', standing: 'blocked' as const },
  { personCommit: 'i', standing: 'waiting' as const, trip: estimate },
  { personCommit: 'j', standing: 'pending' as const },
  { personCommit: 'k' },
].map((over, i) => samplePresence(i, { day: '2026-10-05', spaceId: `spc_${i % 2}`, ...over }));

describe('where each kilometre of a month goes', () => {
  it('is told in the order in which presences meet what stops them', () => {
    expect(flowOf(some)).toEqual({
      ...{ presences: 12, trip_m: 8n * trip_m + 7n + 2n * 99n },
      leaks: [
        { reason: 'pending', presences: 1, trip_m },
        { reason: 'waiting', presences: 1, trip_m: 99n },
        { reason: 'blocked', presences: 1, trip_m },
        { reason: 'evidence_too_weak', presences: 1, trip_m },
        { reason: 'no_trip', presences: 1, trip_m: 0n },
        { reason: 'estimated_distance', presences: 1, trip_m: 99n },
        { reason: 'replaced_unknown', presences: 1, trip_m },
        { reason: 'replaced_other', presences: 1, trip_m },
        { reason: 'second_of_the_day', presences: 1, trip_m: 7n },
      ],
      office: { presences: 2, trip_m: 2n * trip_m },
      home: { presences: 1, trip_m },
    });
  });

  it('has no leak in a month where nothing happened', () => {
    const empty = { presences: 0, trip_m: 0n };
    expect(flowOf([])).toEqual({ ...empty, leaks: [], office: empty, home: empty });
  });

  it('is told place by place, the largest leak first, then by the name of the place', () => {
    const at = (id: number, spaceId: string, standing: MonthPresence['standing'] = 'blocked') =>
      samplePresence(id, { spaceId, standing });
    const month = [at(1, 'spc_c'), at(2, 'spc_b'), at(3, 'spc_a'), at(4, 'spc_b'), at(5, 'spc_d', 'settled')];
    for (const read of [month, month.toReversed()]) {
      expect(leakByPlace(read, 'blocked')).toEqual([
        { spaceId: 'spc_b', presences: 2, trip_m: 2n * trip_m },
        { spaceId: 'spc_a', presences: 1, trip_m },
        { spaceId: 'spc_c', presences: 1, trip_m },
      ]);
    }
    expect(leakByPlace(month, 'no_trip')).toEqual([]);
  });
});

describe('the reason of each presence', () => {
  const on = (id: number, over: Partial<MonthPresence> = {}) =>
    samplePresence(id, { day: '2026-10-05', personCommit: 'p', ...over });
  const told = (presences: readonly MonthPresence[], before: ReadonlySet<string> = new Set()) =>
    [...reasonsOf(presences, before)].map(([id, reason]) => `${Number(id.slice(4))} ${reason}`).sort();

  it('lets the first one by number bear the day, however they are read', () => {
    const day = [on(2), on(1), on(3, { day: '2026-10-06' }), on(4, { personCommit: 'q' })];
    const expected = ['1 credited', '2 second_of_the_day', '3 credited', '4 credited'];
    expect(told(day)).toEqual(expected);
    expect(told(day.toReversed())).toEqual(expected);
  });

  it('of a presence without a trip is that another bears the day, of this month or of an earlier batch', () => {
    const bare = on(1, { trip: null });
    expect(told([bare])).toEqual(['1 no_trip']);
    expect(told([bare, on(2)])).toEqual(['1 second_of_the_day', '2 credited']);
    expect(told([bare, on(2, { personCommit: 'q' })])).toEqual(['1 no_trip', '2 credited']);
    expect(told([bare], new Set([personDayOf(bare)]))).toEqual(['1 second_of_the_day']);
    expect(told([bare], new Set(['another']))).toEqual(['1 no_trip']);
  });

  it('stays what stopped it first when another bears the day', () => {
    const weak = on(1, { evidence: 'B' });
    expect(told([weak, on(2)])).toEqual(['1 evidence_too_weak', '2 credited']);
    expect(reasonFor(weak, true)).toBe('evidence_too_weak');
    expect(reasonFor(on(1, { trip: sampleTrip({ replaced: 'other' }) }), true)).toBe('replaced_other');
    expect(reasonFor(on(1), true)).toBe('second_of_the_day');
  });

  it('needs a trip with legs on both sides, each measured on the road', () => {
    const without = (over: Parameters<typeof sampleTrip>[0]) => reasonFor(on(1, { trip: sampleTrip(over) }), false);
    expect(without({ actual: [] })).toBe('no_trip');
    expect(without({ reference: [] })).toBe('no_trip');
    expect(without({ reference: [sampleLeg('out', 1), sampleLeg('back', 1, { engine: 'estimate' })] })).toBe(
      'estimated_distance',
    );
  });

  it('is asked in the order of days, then of numbers', () => {
    const order = [on(2, { day: '2026-10-04' }), on(1), on(3), on(0, { day: '2026-10-06' })];
    expect(order.toReversed().sort(inAccountsOrder)).toEqual(order);
    expect(order.toSorted(inAccountsOrder)).toEqual(order);
  });

  it('rests on a hash of person and day', () => {
    expect(personDayOf({ personCommit: 'p', day: '2026-10-05' })).toBe(
      '6dbc98ed9ae31c2e6ee561ece865afb1e7ca03ada3c1de9c4b76b331df122ef2',
    );
  });
});
