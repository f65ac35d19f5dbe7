import { describe, expect, it } from 'vitest';
import type { RouteEvidence, Trip } from '../commute/commute.ts';
import { instant } from '../kernel/time.ts';
import type { ClosingPresence } from '../presence/presence.ts';
import { presencesFrom, tripCounter } from './gather.ts';

const presence = (): ClosingPresence => ({
  attestationId: 'prs_00000001',
  pseudonym: 'pseudonym',
  spaceId: 'spc_00000001',
  day: '2026-10-06',
  halves: 2,
  evidenceClass: 'C',
  personCommit: 'commit',
  standing: 'settled',
  blockedBy: [],
});

const trip = (over: Partial<Trip> = {}): Trip => ({
  attestationId: 'prs_00000001',
  revision: 1,
  day: '2026-10-06',
  spaceId: 'spc_00000001',
  baselineId: 'bas_00000001',
  x: 1,
  replaced: 'office',
  source: 'worker',
  reference: [
    { metres: 40_000, factor: 'car' },
    { metres: 39_000, factor: 'car', occupancy: '7/5' },
  ],
  actual: [
    { metres: 5_000, factor: 'e_bike' },
    { metres: 5_100, factor: 'e_bike' },
  ],
  avoided_m: 68_900n,
  recordedAt: instant('2026-10-06T20:00:00Z'),
  ...over,
});

const route = (
  kind: RouteEvidence['kind'],
  routed_m: number,
  spaceId: RouteEvidence['spaceId'] = null,
): RouteEvidence => ({
  baselineId: 'bas_00000001',
  kind,
  spaceId,
  routed_m,
  mode: 'car',
  seconds: 100,
  engine: 'valhalla',
  engine_version: '3.6.1',
  data_sha256: 'd'.repeat(64),
  costing: '{}',
  snap_m: 4,
  question_commit: 'q',
  recordedAt: instant('2026-10-01T20:00:00Z'),
});
const space = 'spc_00000001' as const;
const routes = [
  route('home_office', 40_000),
  route('office_home', 39_500),
  route('home_space', 5_000, space),
  route('space_home', 5_100, space),
  route('space_office', 37_000, space),
  route('home_space', 9_000, 'spc_00000002'),
];
const isPerVehicle = (factor: string) => factor === 'car';
const gathered = (trips: readonly Trip[] = [trip()], known = routes) =>
  presencesFrom({
    presences: [presence()],
    trips: trips.map(one => ({ attestationId: one.attestationId, legs: one })),
    countTrip: tripCounter(known, isPerVehicle),
    employerOf: () => 'org_00000001',
  });

describe('a presence and its trip', () => {
  it('come together with the road answer behind each leg, in each direction', () => {
    const [counted] = gathered();
    expect(counted?.trip?.reference).toMatchObject([
      { direction: 'out', metres: 40_000, routed_m: 40_000, occupancy: '1', engine: 'valhalla 3.6.1', snap_m: 4 },
      { direction: 'back', metres: 39_000, routed_m: 39_500, occupancy: '7/5' },
    ]);
    expect(counted?.trip?.actual[0]).not.toHaveProperty('occupancy');
    expect(counted?.trip?.actual.map(leg => leg.routed_m)).toEqual([5_000, 5_100]);
  });

  it('follow the real chain of legs on a day that also saw the office', () => {
    const chain = [
      { metres: 5_000, factor: 'e_bike' },
      { metres: 37_000, factor: 'car' },
      { metres: 39_500, factor: 'car' },
    ];
    const [counted] = gathered([trip({ x: 0, actual: chain })]);
    expect(counted?.trip?.actual.map(leg => `${leg.direction} ${leg.routed_m}`)).toEqual([
      'out 5000',
      'out 37000',
      'back 39500',
    ]);
  });

  it('leave a presence without a trip when the evidence behind a leg is missing', () => {
    expect(gathered([]).map(one => one.trip)).toEqual([null]);
    expect(gathered([trip()], routes.slice(1)).map(one => one.trip)).toEqual([null]);
    expect(gathered([trip({ actual: [] })]).map(one => one.trip)).toEqual([null]);
    expect(gathered([trip({ reference: [] })]).map(one => one.trip)).toEqual([null]);
    expect(gathered([trip({ x: 0 })]).map(one => one.trip)).toEqual([null]);
    expect(gathered([trip()], routes.slice(0, 3)).map(one => one.trip)).toEqual([null]);
    const ownRate = { metres: 40_000, factor: { ug_per_m: 1 } } as unknown as Trip['reference'][0];
    expect(gathered([trip({ reference: [ownRate, trip().reference[1]!] })]).map(one => one.trip)).toEqual([null]);
  });

  it('tell all that the accounts need, and no energy of the space', () => {
    const legs = (direction: 'out' | 'back', metres: number, routed_m: number) => ({
      ...{ direction, metres, routed_m, factor: 'e_bike', engine: 'valhalla 3.6.1' },
      ...{ data_sha256: 'd'.repeat(64), snap_m: 4 },
    });
    expect(gathered()).toEqual([
      {
        ...{ presenceId: 'prs_00000001', personCommit: 'commit', spaceId: space, day: '2026-10-06', halves: 2 },
        ...{ evidence: 'C', standing: 'settled', employerId: 'org_00000001' },
        trip: {
          ...{ x: 1, replaced: 'office', replaced_source: 'worker', space_energy_mg: '0' },
          reference: [
            { ...legs('out', 40_000, 40_000), factor: 'car', occupancy: '1' },
            { ...legs('back', 39_000, 39_500), factor: 'car', occupancy: '7/5' },
          ],
          actual: [legs('out', 5_000, 5_000), legs('back', 5_100, 5_100)],
        },
      },
    ]);
  });

  it('take the road to the space of the day, not to another', () => {
    const elsewhere = route('home_space', 9_000, 'spc_00000002');
    const [counted] = gathered([trip()], [elsewhere, route('home_office', 1, space), ...routes]);
    expect(counted?.trip?.actual[0]?.routed_m).toBe(5_000);
    expect(counted?.trip?.reference[0]?.routed_m).toBe(40_000);
  });

  it('tell all that differs from one day to another, and name the employer of the declaration', () => {
    const countTrip = tripCounter(routes, isPerVehicle);
    const one = countTrip(trip());
    expect(countTrip(trip({ day: '2026-10-07', attestationId: 'prs_00000002' }))).toEqual(one);
    const fuller = trip({ reference: [{ metres: 40_000, factor: 'car', occupancy: '2' }, trip().reference[1]!] });
    expect(countTrip(fuller)).not.toEqual(one);
    const chain = [trip().actual[0]!, { metres: 1, factor: 'car' }, { metres: 2, factor: 'car' }];
    const others: readonly Partial<Trip>[] = [
      { replaced: 'home' },
      { source: 'employer' as Trip['source'] },
      { x: 0, actual: chain },
      { x: 0, actual: [...chain.slice(0, 2), { metres: 3, factor: 'car' }] },
      { x: 0, actual: [...chain.slice(0, 2), { metres: 2, factor: 'bus' }] },
      { reference: [trip().reference[0]!, { metres: 39_000, factor: 'car', occupancy: '3' }] },
      { reference: [trip().reference[0]!, { metres: 39_001, factor: 'car' }] },
    ];
    const counted = others.map(over => countTrip(trip(over)));
    expect(new Set([one, ...counted].map(trip => JSON.stringify(trip))).size).toBe(1 + others.length);
    expect(counted).not.toContain(null);
    expect(countTrip(trip({ spaceId: 'spc_00000002' }))).toBeNull();
    expect(countTrip(trip({ baselineId: 'bas_00000002' }))).toBeNull();
    expect(gathered()[0]?.employerId).toBe('org_00000001');
    expect(gathered([])[0]?.employerId).toBeNull();
  });
});
