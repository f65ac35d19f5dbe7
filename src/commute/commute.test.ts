import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../kernel/rational.ts';
import { instant } from '../kernel/time.ts';
import { type DayRequest, dayQuantifier } from '../method/method.ts';
import { type Baseline, type Declaration, declarationRefusal, factorOf, roadModeOf, type Travel } from './baseline.ts';
import { answerRefusal, type KnownLeg, legsOfDay, plannedLegs, spacesToReach } from './legs.ts';
import { sampleDeclaration } from './sample.ts';
import { answered, countTrip, type NewTrip, oneADay, sameCount } from './trip.ts';

const office = {
  siteId: 'sit_00000001',
  name: 'Siège',
  communeCode: '34172',
  place: { lon_udeg: 3_876_000, lat_udeg: 43_611_000 },
} as const;

const baseline = (changes: Partial<Declaration> = {}): Baseline => ({
  ...sampleDeclaration(changes),
  baselineId: 'bas_00000001',
  personId: 'per_00000001',
  workplace: office,
  recordedAt: instant('2026-01-05T08:00:00Z'),
});

const space = 'spc_00000001';
const legs = (lengths: Partial<Record<KnownLeg['kind'], number>> = {}): KnownLeg[] => {
  const all = {
    home_office: 40_000,
    office_home: 40_000,
    home_space: 5_000,
    space_home: 5_000,
    space_office: 37_000,
    ...lengths,
  };
  return Object.entries(all).map(([kind, routed_m]) => ({
    kind: kind as KnownLeg['kind'],
    spaceId: kind.includes('space') ? space : null,
    routed_m,
  }));
};

const trip = (changes: Partial<NewTrip> = {}): NewTrip => ({
  attestationId: 'prs_00000001',
  personId: 'per_00000001',
  day: '2026-02-03',
  spaceId: space,
  replaced: 'office',
  source: 'worker',
  ...changes,
});

const counted = (changes: Partial<NewTrip> = {}, declared: Partial<Declaration> = {}, lengths = {}) => {
  const outcome = countTrip(trip(changes), baseline(declared), legs(lengths));
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};

describe('a declaration', () => {
  const travel = (changes: Partial<Travel>): Travel => ({ mode: 'car', energy: 'petrol', occupancy: '1', ...changes });
  const context = { today: '2026-02-01', isFirst: false, workplace: office } as const;
  const later = { validFrom: '2026-02-01' } as const;

  it.each([
    ['nobody employs the person', later, { workplace: null }, 'commute.no_workplace'],
    ['it reaches back over counted days', { validFrom: '2026-01-31' } as const, {}, 'commute.starts_in_the_past'],
    ['the distance is nought', { ...later, declaredOffice_m: 0 }, {}, 'commute.distance_out_of_range'],
    [
      'the distance is a slip of the keyboard',
      { ...later, declaredOffice_m: 4_000_000 },
      {},
      'commute.distance_out_of_range',
    ],
    ['a car runs on nothing', { ...later, office: travel({ energy: null }) }, {}, 'commute.energy_missing'],
    [
      'a car holds less than one person',
      { ...later, space: travel({ occupancy: '1/2' }) },
      {},
      'commute.occupancy_not_understood',
    ],
    [
      'the occupancy is a decimal',
      { ...later, office: travel({ occupancy: '1.4' }) },
      {},
      'commute.occupancy_not_understood',
    ],
    [
      'a train is shared by two',
      { ...later, office: travel({ mode: 'ter', energy: null, occupancy: '2' }) },
      {},
      'commute.occupancy_of_no_vehicle',
    ],
  ])('is refused when %s', (_why, changes, around, code) => {
    expect(declarationRefusal(sampleDeclaration(changes), { ...context, ...around })?.code).toBe(code);
  });

  it('may reach back when it is the first, and is accepted from today on', () => {
    expect(declarationRefusal(sampleDeclaration(), { ...context, isFirst: true })).toBeNull();
    expect(declarationRefusal(sampleDeclaration(later), context)).toBeNull();
  });

  it.each([
    [{ mode: 'car', energy: 'diesel' } as const, 'car', 'car'],
    [{ mode: 'car', energy: 'electric' } as const, 'car_electric', 'car'],
    [{ mode: 'ter', energy: null } as const, 'ter', 'car'],
    [{ mode: 'e_bike', energy: null } as const, 'e_bike', 'bicycle'],
    [{ mode: 'walk', energy: null } as const, 'walk', 'foot'],
  ])('%j is counted by the factor %s and measured on roads for %s', (changes, factor, road) => {
    expect([factorOf(travel(changes)), roadModeOf(changes.mode)]).toEqual([factor, road]);
  });
});

describe('the legs to ask for', () => {
  const at = (name: string, lat_udeg: number) =>
    ({ spaceId: `spc_${name}`, place: { lon_udeg: 3_700_000, lat_udeg } }) as const;
  const home = { lon_udeg: 3_700_000, lat_udeg: 43_930_000 };
  const spaces = [
    at('far00000', 45_000_000),
    at('near0001', 43_931_000),
    at('near0002', 43_940_000),
    at('near0003', 43_950_000),
    at('near0004', 43_960_000),
  ];

  it('reach the spaces named, however far, then the three nearest', () => {
    const reached = spacesToReach(home, ['spc_far00000'], spaces).map(one => one.spaceId);
    expect(reached).toEqual(['spc_far00000', 'spc_near0001', 'spc_near0002', 'spc_near0003']);
  });

  it('go each direction apart; only the office and the spaces named are required', () => {
    const planned = plannedLegs(baseline({ spaceIds: ['spc_near0002'] }), home, spaces.slice(2, 4));
    expect(planned.map(leg => [leg.kind, leg.spaceId, leg.required])).toEqual([
      ['home_office', null, true],
      ['office_home', null, true],
      ['home_space', 'spc_near0002', true],
      ['space_home', 'spc_near0002', true],
      ['space_office', 'spc_near0002', false],
      ['home_space', 'spc_near0003', false],
      ['space_home', 'spc_near0003', false],
      ['space_office', 'spc_near0003', false],
    ]);
    expect([planned[0]!.from, planned[1]!.to]).toEqual([home, home]);
  });

  it.each([
    ['estimate', 10, 'commute.estimate_never_credited'],
    ['matrix', 10, 'commute.estimate_never_credited'],
    ['route', 501, 'commute.snap_too_far'],
    ['route', 500, undefined],
  ])('an answer of the kind %s, %d m from the road, is refused as %s', (method, snap_m, code) => {
    expect(answerRefusal('home_office', { method, snap_m })?.code).toBe(code);
  });
});

describe('a day', () => {
  it('avoids the road to the office less the road to the space', () => {
    const { reference, actual, avoided_m, x } = counted();
    expect(reference).toEqual([
      { metres: 40_000, factor: 'car' },
      { metres: 40_000, factor: 'car' },
    ]);
    expect(actual).toEqual([
      { metres: 5_000, factor: 'car' },
      { metres: 5_000, factor: 'car' },
    ]);
    expect([avoided_m, x]).toEqual([70_000n, 1]);
  });

  it('keeps each direction as it was routed', () => {
    const lengths = { home_office: 40_120, office_home: 39_480, home_space: 5_030, space_home: 4_890 };
    expect(counted({}, {}, lengths).avoided_m).toBe(69_680n);
  });

  it('keeps the shorter of the declared and the routed way to the office, each direction apart', () => {
    const found = counted({}, { declaredOffice_m: 38_000 }, { office_home: 37_500 });
    expect(found.reference.map(leg => leg.metres)).toEqual([38_000, 37_500]);
    expect(counted({}, { declaredOffice_m: 60_000 }).reference.map(leg => leg.metres)).toEqual([40_000, 40_000]);
  });

  it('shares a car between those in it, and a train with nobody', () => {
    const shared = { office: { mode: 'car', energy: 'petrol', occupancy: '7/5' } } as const;
    expect(counted({}, shared).reference[0]).toEqual({ metres: 40_000, factor: 'car', occupancy: '7/5' });
    const train = { office: { mode: 'ter', energy: null, occupancy: '1' } } as const;
    expect(counted({}, train).reference[0]).toEqual({ metres: 40_000, factor: 'ter' });
  });

  it('with the company on the same day is its real chain of legs', () => {
    const found = counted({ alsoOffice: true });
    expect([found.x, found.avoided_m]).toEqual([0, -2_000n]);
    expect(found.actual.map(leg => leg.metres)).toEqual([5_000, 37_000, 40_000]);
  });

  it('that replaced home telework avoids nothing and costs the trip to the space', () => {
    expect(counted({ replaced: 'home' }).avoided_m).toBe(-10_000n);
  });

  it('without an answer counts for nothing, whatever the person usually does', () => {
    expect(counted({ source: 'none' })).toMatchObject({ replaced: 'unknown', avoided_m: 0n });
  });

  it.each([
    ['nothing is declared', null, legs(), {}, 'commute.no_baseline'],
    ['the office is out of reach', baseline(), legs().slice(1), {}, 'commute.no_distance'],
    ['the space was never measured', baseline(), legs(), { spaceId: 'spc_00000002' } as const, 'commute.no_distance'],
    [
      'the way from the space to the office is unknown',
      baseline(),
      legs().slice(0, 4),
      { alsoOffice: true },
      'commute.no_distance',
    ],
  ])('is refused when %s', (_why, declared, known, changes, code) => {
    const outcome = countTrip(trip(changes), declared, known);
    expect(outcome.ok ? null : outcome.refusal.code).toBe(code);
  });

  it('tells a changed count from the same one', () => {
    expect(sameCount(counted(), counted())).toBe(true);
    expect(sameCount(counted(), counted({ replaced: 'home' }))).toBe(false);
    expect(sameCount(counted(), counted({}, {}, { home_office: 40_001, office_home: 39_999 }))).toBe(false);
  });

  it('without an answer, or with “I do not know”, has no source', () => {
    const bare = {
      attestationId: 'prs_00000001',
      personId: 'per_00000001',
      day: '2026-02-03',
      spaceId: space,
    } as const;
    expect(answered(bare, undefined)).toMatchObject({ replaced: 'unknown', source: 'none' });
    expect(answered(bare, { replaced: 'unknown', alsoOffice: false })).toMatchObject({ source: 'none' });
    expect(answered(bare, { replaced: 'other', alsoOffice: true })).toMatchObject({
      source: 'worker',
      alsoOffice: true,
    });
  });

  it('is stood for by one presence: the one already counted, else the first', () => {
    const [first, second] = [trip(), trip({ attestationId: 'prs_00000002' })];
    expect([...oneADay([first, second], [])]).toEqual(['prs_00000001']);
    expect([...oneADay([first, second], [second])]).toEqual(['prs_00000002']);
    expect(oneADay([first, trip({ attestationId: 'prs_00000003', day: '2026-02-04' })], []).size).toBe(2);
  });

  it('U9: declaring a distance never raises the net saving, whatever the rebound', () => {
    const length = fc.integer({ min: 0, max: 120_000 });
    const variant = fc.constantFrom('net', 'reference', 'none');
    const net = (request: DayRequest, chosen: 'net' | 'reference' | 'none') => {
      const quantifier = dayQuantifier({
        method: 'lbc-tiers-lieux',
        profile: 'demo',
        rebound: { variant: chosen, rate: '31/100' },
      });
      const result = quantifier.ok ? quantifier.value(request) : quantifier;
      if (!result.ok) throw new Error(result.refusal.code);
      return result.value;
    };
    fc.assert(
      fc.property(
        length,
        length,
        length,
        fc.integer({ min: 1, max: 120_000 }),
        fc.boolean(),
        variant,
        (out, back, near, declared, alsoOffice, chosen) => {
          const known = legs({ home_office: out, office_home: back, home_space: near });
          const day = { legs: known, spaceId: space, replaced: 'office', alsoOffice } as const;
          const routed = legsOfDay({ ...day, baseline: baseline() });
          const both = legsOfDay({ ...day, baseline: baseline({ declaredOffice_m: declared }) });
          if (!routed.ok || !both.ok) throw new Error('every leg is known');
          const [without, with_] = [net(routed.value, chosen), net(both.value, chosen)];
          expect(compare(without.net_mg, with_.net_mg)).toBeGreaterThanOrEqual(0);
          expect(with_.avoided_m <= without.avoided_m).toBe(true);
        },
      ),
    );
  });
});
