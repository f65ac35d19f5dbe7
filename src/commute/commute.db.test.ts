import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { straightRoads } from '../../tools/straight-roads.ts';
import type { Id } from '../kernel/ids.ts';
import type { Actor } from '../kernel/visit.ts';
import { words as roadWords } from '../platform/roads/words.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type SpaceId } from '../spaces/spaces.ts';
import {
  answerDay,
  answerDays,
  type Baseline,
  baselinesOf,
  computeAllDistances,
  computeDistances,
  currentBaseline,
  declareBaseline,
  declareBaselines,
  forgetPerson,
  monthTotals,
  recompute,
  recordAttested,
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
  const baseline = done(await declare(person));
  done(await net.work(work => computeDistances(work, straightRoads(), baseline.baselineId)));
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
  const spaces = done(await net.work(work => addSpaces(work, operator, [sampleSpace()])));
  spaceId = spaces[0]!.spaceId;
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) await employ(worker(n));
});
afterAll(() => net.database.db.destroy());

describe('a declaration of trips', () => {
  it('keeps the exact home until every distance is known, then only its commune', async () => {
    const baseline = done(await declare(worker(1)));
    expect(baseline).toMatchObject({ workplace: { name: 'Siège' }, home: { exact: { lon_udeg: 3_700_000 } } });
    const routes = done(await net.work(work => computeDistances(work, straightRoads(), baseline.baselineId)));
    expect(routes.map(route => route.kind)).toEqual([
      'home_office',
      'office_home',
      'home_space',
      'space_home',
      'space_office',
    ]);
    expect(routes[1]!.routed_m - routes[0]!.routed_m).toBe(10);
    const kept = await net.work(work => currentBaseline(work, worker(1).personId, '2026-06-10'));
    expect(kept?.home).toEqual({ communeCode: '34111', communeName: 'Ganges', precision: 'address', exact: null });
    const { rows } = await sql`select 1 from commute.home_point`.execute(net.database.db);
    expect(rows).toEqual([]);
  });

  it('asks for the same distances once only', async () => {
    const [baseline] = await net.work(work => baselinesOf(work, worker(1).personId));
    const down = straightRoads({ refusal: roadWords.engineUnavailable() });
    const again = done(await net.work(work => computeDistances(work, down, baseline!.baselineId)));
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
    const baseline = done(await declare(worker(2), { validFrom: '2026-06-15' }));
    expect(codeOf(await net.work(work => computeDistances(work, roads, baseline.baselineId)))).toBe(code);
    expect(await net.work(work => routesOf(work, [baseline.baselineId]))).toEqual([]);
    const kept = await net.work(work => currentBaseline(work, worker(2).personId, '2026-06-15'));
    expect(kept?.home.exact).not.toBeNull();
  });

  it('declares and measures several people at once, all or none, as each alone', async () => {
    const { validFrom, ...declared } = sampleDeclaration({ spaceIds: [spaceId] });
    const all = (people: readonly Actor[]) =>
      net.work(work =>
        declareBaselines(work, { validFrom, declared: people.map(({ personId }) => ({ ...declared, personId })) }),
      );
    expect(codeOf(await all([worker(7), worker(9)]))).toBe('commute.no_workplace');
    expect(await net.work(work => baselinesOf(work, worker(7).personId))).toEqual([]);
    const ids = done(await all([worker(7), worker(8)])).map(one => one.baselineId);
    const down = straightRoads({ refusal: roadWords.engineUnavailable() });
    expect(codeOf(await net.work(work => computeAllDistances(work, down, ids)))).toBe('roads.engine_unavailable');
    const together = done(await net.work(work => computeAllDistances(work, straightRoads(), ids)));
    const [alone] = await net.work(work => baselinesOf(work, worker(1).personId));
    const lengths = (routes: readonly { kind: string; routed_m: number }[]) =>
      routes.map(r => [r.kind, r.routed_m]).sort();
    const expected = lengths(await net.work(work => routesOf(work, [alone!.baselineId])));
    for (const id of ids) expect(lengths(together.filter(route => route.baselineId === id))).toEqual(expected);
    const { rows } = await sql`select distinct salt from commute.route_salt where baseline_id = any(${ids})`.execute(
      net.database.db,
    );
    expect(rows).toHaveLength(2);
    const homes = await sql`select 1 from commute.home_point where baseline_id = any(${ids})`.execute(net.database.db);
    expect(homes.rows).toEqual([]);
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
    const later = done(await declare(worker(3), { validFrom: '2026-06-20', usual: 'home' }));
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
    const first = done(await record(presence(worker(4), 1)));
    const again = done(await record(presence(worker(4), 1)));
    expect(again).toEqual(first);
    expect(first).toMatchObject({ revision: 1, x: 1, replaced: 'office', source: 'worker' });
    const metres = (legs: Trip['reference']) => legs.reduce((sum, leg) => sum + BigInt(leg.metres), 0n);
    expect(first.avoided_m).toBe(metres(first.reference) - metres(first.actual));
  });

  it('is counted again, beside the first count, when the worker answers otherwise', async () => {
    done(await net.work(work => answerDay(work, worker(4), { day: '2026-06-10', replaced: 'home' })));
    const [trip] = await net.work(work => tripsOf(work, { attestationIds: ['prs_00000001'] }));
    expect(trip).toMatchObject({ revision: 2, replaced: 'home' });
    expect(trip!.avoided_m).toBeLessThan(0n);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from commute.trip
      where attestation_id = 'prs_00000001'`.execute(net.database.db);
    expect(rows[0]!.n).toBe(2);
  });

  it('says why it is not counted: no declaration, a space never measured, an answer for tomorrow', async () => {
    expect(codeOf(await record(presence(worker(5), 2)))).toBe('commute.no_baseline');
    expect(codeOf(await record(presence(worker(4), 3, { day: '2026-06-08', spaceId: 'spc_elsewhere1' })))).toBe(
      'commute.no_distance',
    );
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
    expect(new Set(both.map(outcome => done(outcome).revision))).toEqual(new Set([1]));
  });

  it('stands for the whole day of its person: a second presence that day is not counted', async () => {
    expect(codeOf(await record(presence(worker(6), 8, { day: '2026-06-12' })))).toBe('commute.day_already_counted');
    const two = [presence(worker(6), 9, { day: '2026-06-05' }), presence(worker(6), 0, { day: '2026-06-05' })];
    const { recorded, refused } = await net.work(work => recordAvoidedTrips(work, two));
    expect([recorded.length, refused.map(one => one.refusal.code)]).toEqual([1, ['commute.day_already_counted']]);
  });

  it('is counted again from the evidence with a difference of 0 m', async () => {
    const again = await net.work(work => recompute(work, '2026-06'));
    expect(again).toEqual({ trips: 5, differing: [], difference_m: 0n });
  });

  it('adds up by month without a name', async () => {
    const trips = await net.work(work => tripsOf(work, { month: '2026-06' }));
    const [total] = await net.work(work => monthTotals(work));
    const avoided_m = trips.reduce((sum, trip) => sum + trip.avoided_m, 0n);
    expect(total).toEqual({ month: '2026-06', trips: 5, answered: 4, avoided_m });
  });

  it('that was altered in the database is named when it is counted again', async () => {
    const { db } = net.database;
    await sql`insert into commute.trip select network_id, attestation_id, revision + 1, day, space_id, baseline_id, x, replaced,
        source, reference, actual, avoided_m + 7, recorded_at from commute.trip where attestation_id = 'prs_00000004'`.execute(
      db,
    );
    expect(await net.work(work => recompute(work, '2026-06'))).toMatchObject({
      differing: ['prs_00000004'],
      difference_m: 7n,
    });
    done(await record(presence(worker(6), 4)));
    expect(await net.work(work => recompute(work, '2026-06'))).toMatchObject({ differing: [], difference_m: 0n });
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

describe('presences that were attested', () => {
  const attest = async (person: Actor, id: string, day: string, reverses: string | null = null) => {
    const pseudonym = person.personId.at(-1)!.repeat(64);
    const { db } = net.database;
    await sql`insert into presence.person_link values
      (${net.networkId}, ${person.personId}, ${pseudonym}, decode(repeat('00', 32), 'hex'), now())
      on conflict do nothing`.execute(db);
    await sql`insert into presence.day_attestation (network_id, attestation_id, pseudonym, space_id, commune_code,
        local_day, halves, evidence_class, evidence_sha256, person_commit, payload_commit, reverses, reason, recorded_at)
      values (${net.networkId}, ${id}, ${pseudonym}, ${spaceId}, '34111', ${day}, 2, 'B', '{x}', 'p', 'q', ${reverses},
        ${reverses === null ? null : 'operator'}, now())`.execute(db);
  };
  const count = (...ids: Id<'prs'>[]) => net.work(work => recordAttested(work, ids));

  it('are counted under the answer of their day, and wait for it when there is none', async () => {
    await net.work(work => answerDays(work, [{ personId: worker(4).personId, day: '2026-05-04', replaced: 'office' }]));
    await attest(worker(4), 'prs_attested1', '2026-05-04');
    await attest(worker(4), 'prs_attested2', '2026-05-05');
    const { recorded, refused } = await count('prs_attested1', 'prs_attested2');
    expect(recorded.map(trip => [trip.replaced, trip.source])).toEqual([
      ['office', 'worker'],
      ['unknown', 'none'],
    ]);
    expect(refused).toEqual([]);
    expect((await count('prs_attested1', 'prs_attested2')).recorded).toEqual(recorded);
  });

  it('that were reversed leave their day to the one that replaces them', async () => {
    await attest(worker(4), 'prs_reversing', '2026-05-04', 'prs_attested1');
    await attest(worker(4), 'prs_attested3', '2026-05-04');
    const { recorded } = await count('prs_attested1', 'prs_attested3');
    expect(recorded.map(trip => [trip.attestationId, trip.avoided_m > 0n])).toEqual([['prs_attested3', true]]);
  });
});
