import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import type { Actor } from '../kernel/visit.ts';
import type { RoadRouter } from '../platform/roads/roads.ts';
import { words as roadWords } from '../platform/roads/words.ts';
import { addSpaces, type SpaceId } from '../spaces/spaces.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import {
  answerDay,
  type Baseline,
  baselinesOf,
  computeDistances,
  currentBaseline,
  declareBaseline,
  forgetPerson,
  monthTotals,
  recompute,
  recordAvoidedTrip,
  recordAvoidedTrips,
  routesOf,
  type Trip,
  tripsOf,
  tripsOfPerson,
} from './commute.ts';
import { sampleDeclaration } from './sample.ts';

let net: TestNetwork;
let spaceId: SpaceId;

const operator: Actor = {
  personId: 'per_operator1',
  firstName: 'Olga',
  memberships: [{ role: 'network_operator', scope: null }],
};
const worker = (n: number): Actor => ({ personId: `per_worker00${n}`, firstName: 'Ana', memberships: [] });

/** A straight road everywhere, ten metres longer on the way back, so that directions cannot be swapped unseen. */
const straightRoads = (changes: { snap_m?: number; refusal?: Refusal } = {}): RoadRouter => {
  const route: RoadRouter['route'] = async (from, to, mode, costing) => {
    if (changes.refusal) return refuse(changes.refusal);
    const metres = Math.round(Math.hypot(from.lon_udeg - to.lon_udeg, from.lat_udeg - to.lat_udeg) / 10);
    return accept({
      method: 'route',
      engine: 'straight',
      engine_version: '1',
      data_sha256: 'a'.repeat(64),
      costing: JSON.stringify({ mode, costing }),
      metres: from.lat_udeg > to.lat_udeg ? metres : metres + 10,
      seconds: metres,
      polyline6: '',
      snapped_from: from,
      snapped_to: to,
      snap_m: changes.snap_m ?? 3,
      way_ids: [],
      request_sha256: 'b'.repeat(64),
    });
  };
  return {
    route,
    oneToMany: async () => [],
    isochrone: async () => accept([]),
    describe: () => ({
      engine: 'straight',
      version: '1',
      data_timestamp: null,
      data_sha256: 'a'.repeat(64),
      tileset_sha256: 'a'.repeat(64),
      costing: '{}',
      caveat: '',
      fictitious: true,
    }),
    close: async () => {},
  };
};

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.message.en}`);
  return outcome.value;
};
const codeOf = (outcome: Outcome<unknown>) => (outcome.ok ? 'accepted' : outcome.refusal.code);

const employ = async (person: Actor) => {
  const { db } = net.database;
  await sql`insert into people.person values
    (${net.networkId}, ${person.personId}, ${`${person.personId}@exemple.fr`}, 'Ana', 'Essai', 'fr', now())`.execute(
    db,
  );
  await sql`insert into employers.staff_link (network_id, staff_link_id, person_id, organisation_id, site_id,
      telework_basis, weekdays, valid, recorded_at)
    values (${net.networkId}, ${`stl_${person.personId}`}, ${person.personId}, 'org_00000001', 'sit_00000001',
      'agreement', '{1,2,3,4,5}', '[2026-01-01,)', now())`.execute(db);
};

const declare = (person: Actor, changes = {}) =>
  net.work(work => declareBaseline(work, person, sampleDeclaration({ spaceIds: [spaceId], ...changes })));

const declareAndMeasure = async (person: Actor): Promise<Baseline> => {
  const baseline = value(await declare(person));
  value(await net.work(work => computeDistances(work, straightRoads(), baseline.baselineId)));
  return baseline;
};

const presence = (person: Actor, n: number, changes = {}) => ({
  attestationId: `prs_0000000${n}` as Id<'prs'>,
  personId: person.personId,
  day: '2026-06-10' as const,
  spaceId,
  replaced: 'office' as const,
  source: 'worker' as const,
  ...changes,
});

beforeAll(async () => {
  net = await freshNetwork();
  const { db } = net.database;
  await sql`insert into people.organisation (network_id, organisation_id, kind, name, created_at)
    values (${net.networkId}, 'org_00000001', 'employer', 'Essai SA', now())`.execute(db);
  await sql`insert into employers.employer values (${net.networkId}, 'org_00000001', now())`.execute(db);
  await sql`insert into employers.site (network_id, site_id, organisation_id, name, address, commune_code, lon_udeg,
      lat_udeg, recorded_at)
    values (${net.networkId}, 'sit_00000001', 'org_00000001', 'Siège', '1 rue', '34172', 3876000, 43611000, now())`.execute(
    db,
  );
  const spaces = value(await net.work(work => addSpaces(work, operator, [sampleSpace()])));
  spaceId = spaces[0]!.spaceId;
  for (const n of [1, 2, 3, 4, 5, 6]) await employ(worker(n));
});
afterAll(() => net.database.db.destroy());

describe('a declaration of trips', () => {
  it('keeps the exact home until every distance is known, then only its commune', async () => {
    const baseline = value(await declare(worker(1)));
    expect(baseline).toMatchObject({ workplace: { name: 'Siège' }, home: { exact: { lon_udeg: 3_700_000 } } });
    const routes = value(await net.work(work => computeDistances(work, straightRoads(), baseline.baselineId)));
    expect(routes.map(route => route.kind)).toEqual([
      'home_office',
      'office_home',
      'home_space',
      'space_home',
      'space_office',
    ]);
    expect(routes[1]!.routed_m - routes[0]!.routed_m).toBe(10);
    const kept = await net.work(work => currentBaseline(work, worker(1).personId, '2026-06-10'));
    expect(kept?.home).toEqual({ communeCode: '34111', communeName: 'Ganges', exact: null });
    const { rows } = await sql`select 1 from commute.home_point`.execute(net.database.db);
    expect(rows).toEqual([]);
  });

  it('asks for the same distances once only', async () => {
    const [baseline] = await net.work(work => baselinesOf(work, worker(1).personId));
    const down = straightRoads({ refusal: roadWords.engineUnavailable() });
    const again = value(await net.work(work => computeDistances(work, down, baseline!.baselineId)));
    expect(again).toHaveLength(5);
  });

  it.each([
    ['no road joins the two ends', straightRoads({ refusal: roadWords.noRoute('car') }), 'commute.no_route'],
    [
      'the home is far from any road',
      straightRoads({ refusal: roadWords.snapTooFar(900, 'car') }),
      'commute.snap_too_far',
    ],
    ['the engine answers from too far', straightRoads({ snap_m: 501 }), 'commute.snap_too_far'],
    ['the engine is away', straightRoads({ refusal: roadWords.engineUnavailable() }), 'roads.engine_unavailable'],
  ])('writes nothing and keeps the home when %s', async (_why, roads, code) => {
    const baseline = value(await declare(worker(2), { validFrom: '2026-06-15' }));
    expect(codeOf(await net.work(work => computeDistances(work, roads, baseline.baselineId)))).toBe(code);
    expect(await net.work(work => routesOf(work, [baseline.baselineId]))).toEqual([]);
    const kept = await net.work(work => currentBaseline(work, worker(2).personId, '2026-06-15'));
    expect(kept?.home.exact).not.toBeNull();
  });

  it('is refused to someone whom nobody employs, and of a declaration that does not exist', async () => {
    expect(codeOf(await declare(worker(9)))).toBe('commute.no_workplace');
    expect(codeOf(await net.work(work => computeDistances(work, straightRoads(), 'bas_00000000')))).toBe(
      'commute.unknown_baseline',
    );
  });

  it('holds from its first day on; earlier days keep the one before', async () => {
    await declareAndMeasure(worker(3));
    expect(codeOf(await declare(worker(3), { validFrom: '2026-06-14' }))).toBe('commute.starts_in_the_past');
    const later = value(await declare(worker(3), { validFrom: '2026-06-20', usual: 'home' }));
    const on = (day: `${number}-${number}-${number}`) =>
      net.work(work => currentBaseline(work, worker(3).personId, day));
    expect((await on('2026-06-19'))?.usual).toBe('office');
    expect((await on('2026-06-20'))?.baselineId).toBe(later.baselineId);
    expect(await on('2026-01-04')).toBeNull();
  });
});

describe('a trip', () => {
  const record = (asked: ReturnType<typeof presence>) => net.work(work => recordAvoidedTrip(work, asked));

  it('is counted once: the same presence again changes nothing', async () => {
    await declareAndMeasure(worker(4));
    const first = value(await record(presence(worker(4), 1)));
    const again = value(await record(presence(worker(4), 1)));
    expect(again).toEqual(first);
    expect(first).toMatchObject({ revision: 1, x: 1, replaced: 'office', source: 'worker' });
    const metres = (legs: Trip['reference']) => legs.reduce((sum, leg) => sum + BigInt(leg.metres), 0n);
    expect(first.avoided_m).toBe(metres(first.reference) - metres(first.actual));
  });

  it('is counted again, beside the first count, when the worker answers otherwise', async () => {
    value(await net.work(work => answerDay(work, worker(4), { day: '2026-06-10', replaced: 'home' })));
    const [trip] = await net.work(work => tripsOf(work, { attestationIds: ['prs_00000001'] }));
    expect(trip).toMatchObject({ revision: 2, replaced: 'home' });
    expect(trip!.avoided_m).toBeLessThan(0n);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from commute.trip
      where attestation_id = 'prs_00000001'`.execute(net.database.db);
    expect(rows[0]!.n).toBe(2);
  });

  it('says why it is not counted: no declaration, a space never measured, an answer for tomorrow', async () => {
    expect(codeOf(await record(presence(worker(5), 2)))).toBe('commute.no_baseline');
    expect(codeOf(await record(presence(worker(4), 3, { spaceId: 'spc_elsewhere1' })))).toBe('commute.no_distance');
    const ahead = net.work(work => answerDay(work, worker(4), { day: '2026-06-16', replaced: 'home' }));
    expect(codeOf(await ahead)).toBe('commute.day_ahead');
  });

  it('of many presences counts those it can and names the others', async () => {
    await declareAndMeasure(worker(6));
    const asked = [
      presence(worker(6), 4),
      presence(worker(5), 5),
      presence(worker(6), 6, { day: '2026-06-11', source: 'none' }),
    ];
    const { recorded, refused } = await net.work(work => recordAvoidedTrips(work, asked));
    expect(recorded.map(trip => [trip.attestationId, trip.avoided_m > 0n])).toEqual([
      ['prs_00000004', true],
      ['prs_00000006', false],
    ]);
    expect(refused.map(one => [one.attestationId, one.refusal.code])).toEqual([
      ['prs_00000005', 'commute.no_baseline'],
    ]);
  });

  it('comes out the same from two transactions at once', async () => {
    const both = await Promise.all([1, 2, 3, 4].map(() => record(presence(worker(6), 7, { day: '2026-06-12' }))));
    expect(new Set(both.map(outcome => value(outcome).revision))).toEqual(new Set([1]));
  });

  it('is counted again from the evidence with a difference of 0 m', async () => {
    const again = await net.work(work => recompute(work, '2026-06'));
    expect(again).toEqual({ trips: 4, differing: [], difference_m: 0n });
  });

  it('adds up by month without a name', async () => {
    const trips = await net.work(work => tripsOf(work, { month: '2026-06' }));
    const [total] = await net.work(work => monthTotals(work));
    const avoided_m = trips.reduce((sum, trip) => sum + trip.avoided_m, 0n);
    expect(total).toEqual({ month: '2026-06', trips: 4, answered: 3, avoided_m });
  });

  it('cannot be rewritten, nor can a distance', async () => {
    const { db } = net.database;
    await expect(sql`update commute.trip set avoided_m = 1`.execute(db)).rejects.toThrow(/reversing entry/);
    await expect(sql`delete from commute.route`.execute(db)).rejects.toThrow(/reversing entry/);
  });

  it('outlives the person: totals stay, nobody is found from them', async () => {
    const before = await net.work(work => monthTotals(work));
    await net.work(work => forgetPerson(work, worker(6).personId));
    expect(await net.work(work => monthTotals(work))).toEqual(before);
    expect(await net.work(work => tripsOfPerson(work, worker(6).personId))).toEqual([]);
    expect((await net.work(work => recompute(work, '2026-06'))).difference_m).toBe(0n);
    const { rows } = await sql`select 1 from commute.baseline where person_id = ${worker(6).personId}
      union all select 1 from commute.answer where person_id = ${worker(6).personId}`.execute(net.database.db);
    expect(rows).toEqual([]);
  });
});
