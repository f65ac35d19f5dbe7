import { sql } from 'kysely';
import { addEmployer } from '../../src/employers/employers.ts';
import type { Id } from '../../src/kernel/ids.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { type Day, daysOfMonth, instant, type Month, weekday } from '../../src/kernel/time.ts';
import type { Actor, Network, Role } from '../../src/kernel/visit.ts';
import signed from '../../src/method/lbc-tiers-lieux/signed-example.json' with { type: 'json' };
import { fictitiousContract } from '../../src/method/method.ts';
import type { Keyring } from '../../src/notary/notary.ts';
import { addOrganisations } from '../../src/people/people.ts';
import { randomId } from '../../src/platform/clock.ts';
import { type Database, inNetwork, type Work } from '../../src/platform/database.ts';
import { openSecretsOf } from '../../src/platform/secrets.ts';
import {
  acceptOffer,
  addContract,
  advance,
  changeMembers,
  draftProject,
  enterCertified,
} from '../../src/schemes/schemes.ts';
import { sampleSpace } from '../../src/spaces/sample.ts';
import { addSpaces } from '../../src/spaces/spaces.ts';

/** What a verb gives; a refusal ends the bench, in its own words. */
export function done<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.message.en}`);
  return outcome.value;
}

export const secrets = openSecretsOf('bench');
export const keyring: Keyring = { secrets, host: 'bench.invalid' };

const actorAs = (role: Role, scope: Id | null = null): Actor => ({
  personId: `per_bench${role.replaceAll('_', '')}`,
  firstName: 'Olga',
  memberships: [{ role, scope }],
});
export const operator = actorAs('network_operator');

/** A number from 0 up to 1, the same each time: a run can be played again (Park and Miller, 1988). */
export const chanceFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

export interface Asked {
  readonly networkId: Id<'net'>;
  readonly profile: Network['profile'];
  readonly spaces: number;
  /** Half of them work for an employer who accepted an energy contract; all of them when there is no such contract. */
  readonly people: number;
  readonly contract: boolean;
}

export interface BenchNetwork {
  readonly db: Database;
  readonly networkId: Id<'net'>;
  readonly people: number;
  readonly spaceIds: readonly Id<'spc'>[];
  readonly projectId: Id<'prj'>;
  readonly holderId: Id<'org'>;
  readonly contractId: Id<'con'> | null;
  /** The moment at which verbs run from now on. */
  readonly at: (moment: string) => void;
  readonly work: <T>(task: (work: Work) => Promise<T>) => Promise<T>;
}

/** A network's unit of work in this process, at the moment that it is told. */
export function openNetwork(db: Database, networkId: Id<'net'>, moment: string): Pick<BenchNetwork, 'at' | 'work'> {
  let now = instant(moment);
  const source = { db, clock: () => now, newId: randomId };
  return {
    at: text => {
      now = instant(text);
    },
    work: task => inNetwork(source, networkId, task),
  };
}

const eligibility = {
  ...{ densityLevel: 5, densityVintage: '2024', individualOffices: true, exchangeArea: true },
  ...{ forEmployees: true, nouveauxLiens: false, fabrique: false },
};
const founded: Day = '2026-08-31';

/** A project that is monitored, its notification received on a day: later days of these spaces count. */
export async function foundProject(
  work: Work,
  {
    holderId,
    spaceIds,
    on,
  }: { readonly holderId: Id<'org'>; readonly spaceIds: readonly Id<'spc'>[]; readonly on: Day },
): Promise<Id<'prj'>> {
  const { projectId } = done(await draftProject(work, operator, { name: 'Projet du banc', holderId }));
  const member = { signatory: 'Le maire', signedOn: on, notifiedOn: null, eligibility };
  const joining = spaceIds.map(spaceId => ({ ...member, spaceId }));
  done(await changeMembers(work, operator, { projectId, joining, leaving: [] }));
  // As if it had been filed with enough: what a project must reach is tested in its room.
  const facts = { gaugeReached: true, allAfterReceipt: true };
  for (const command of ['notify', 'file', 'label', 'start_monitoring'] as const) {
    done(await advance(work, operator, { projectId, command, happenedOn: on, reference: 'B-1', facts }));
  }
  return projectId;
}

async function foundContract(work: Work, partyId: Id<'org'>, employerId: Id<'org'>): Promise<Id<'con'>> {
  const terms = { ...fictitiousContract, unit: 'day', min_residual_cost_eur_cents: 1 };
  const asked = { obligatedPartyId: partyId, label: 'v1', validFrom: '2026-01-01', validUntil: null, terms } as const;
  const { contractId } = done(await addContract(work, operator, { ...asked, statementText: 'Je déclare.' }));
  const employer = actorAs('employer_admin', employerId);
  done(await acceptOffer(work, employer, { contractId, employerId, signatory: 'M. Essai' }));
  return contractId;
}

/** Declarations and their roads: each person's own distance, 20 to 60 km, one space each. */
async function declare(
  db: Database,
  net: Pick<BenchNetwork, 'networkId' | 'people' | 'spaceIds'>,
  sites: readonly string[],
) {
  const { networkId, people, spaceIds } = net;
  await sql`insert into commute.baseline (network_id, baseline_id, person_id, valid_from, home_commune_code,
      home_commune_name, home_precision, site_id, workplace_name, workplace_commune_code, workplace_lon_udeg,
      workplace_lat_udeg, office_mode, office_energy, office_occupancy, space_mode, space_energy, space_occupancy,
      office_weekdays, usual_replaced, space_ids, recorded_at)
    select ${networkId}, 'bas_' || lpad(n::text, 8, '0'), 'per_' || lpad(n::text, 8, '0'), '2026-01-05', '34111', 'Ganges',
      'address', (${sites}::text[])[1 + n % ${sites.length}::int], 'Siège', '34172', 3876000, 43611000, 'car', 'petrol', '1',
      'car', 'petrol', '1', '{1,2,3,4,5}', 'office', array[(${spaceIds}::text[])[1 + n % ${spaceIds.length}::int]], now()
    from generate_series(0, ${people}::int - 1) n`.execute(db);
  await sql`insert into commute.route (network_id, baseline_id, leg, space_id, mode, routed_m, seconds, engine,
      engine_version, data_sha256, costing, snap_m, question_commit, recorded_at)
    select ${networkId}, 'bas_' || lpad(n::text, 8, '0'), leg,
      case when leg like '%space%' then (${spaceIds}::text[])[1 + n % ${spaceIds.length}::int] else '' end, 'car',
      case when leg like '%space%' then 900 + n * 131 % 4000 else 20000 + n * 7919 % 40000 end, 1800, 'straight', '1',
      repeat('a', 64), '{}', 7, repeat('b', 64), now()
    from generate_series(0, ${people}::int - 1) n,
      unnest(array['home_office', 'office_home', 'home_space', 'space_home']) leg`.execute(db);
}

/** A fictitious network with its spaces, project, employers, declarations and roads. */
export async function foundNetwork(db: Database, { networkId, profile, ...asked }: Asked): Promise<BenchNetwork> {
  await sql`insert into people.network (network_id, name, profile, fictitious, created_at)
    values (${networkId}, 'Banc', ${profile}, true, now())`.execute(db);
  const opened = openNetwork(db, networkId, `${founded}T08:00:00Z`);
  const made = await opened.work(async work => {
    const kinds = ['operator', 'commune', 'obligated_party', 'employer', 'employer'] as const;
    const named = kinds.map((kind, n) => ({ kind, name: `Organisation ${n}` }));
    const [holder, manager, party, first, second] = done(await addOrganisations(work, operator, named)).map(
      one => one.organisationId,
    ) as [Id<'org'>, Id<'org'>, Id<'org'>, Id<'org'>, Id<'org'>];
    const site = { name: 'Siège', address: '1 rue', communeCode: '34172', headcount: null } as const;
    const place = { lon_udeg: 3_876_000, lat_udeg: 43_611_000 };
    const sites: string[] = [];
    for (const employerId of [first, second]) {
      const [added] = done(await addEmployer(work, operator, { employerId, sites: [{ ...site, place }] }));
      sites.push(added!.siteId);
    }
    const sheet = { managerId: manager, opensOnPublicHolidays: true };
    const sheets = Array.from({ length: asked.spaces }, (_, n) => sampleSpace({ ...sheet, name: `Espace ${n}` }));
    const spaceIds = done(await addSpaces(work, operator, sheets)).map(space => space.spaceId);
    for (const { unknown, value, source, vouched_by } of profile === 'certifying' ? signed : []) {
      const entry = { unknownId: unknown as 'U1', value: value as never, source, vouchedBy: vouched_by };
      done(await enterCertified(work, operator, entry));
    }
    const contractId = asked.contract ? await foundContract(work, party, first) : null;
    return {
      spaceIds,
      holderId: holder,
      contractId,
      sites,
      projectId: await foundProject(work, { holderId: holder, spaceIds, on: founded }),
    };
  });
  const { sites, ...rest } = made;
  const net = { db, networkId, people: asked.people, ...rest, ...opened };
  await declare(db, net, sites);
  return net;
}

const weekdaysOf = (month: Month): readonly Day[] => daysOfMonth(month).filter(day => weekday(day) < 6);

/**
 * A month lived by everyone, as the rooms below leave it: attested, judged, its trips counted. One presence in twenty replaced
 * home, one in twenty-five was not answered, one in thirty lacks a booking. `mark` is two hex digits, another for each month.
 */
export async function liveMonth(
  net: BenchNetwork,
  month: Month,
  { presences, mark }: { presences: number; mark: string },
) {
  const { db, networkId, spaceIds } = net;
  const days = weekdaysOf(month);
  const people = Math.ceil(presences / days.length);
  if (people > net.people) throw new RangeError(`${presences} presences need ${people} people in ${month}`);
  const lived = sql`(select n, n % ${people}::int as person, ((${days}::date[])[1 + n / ${people}::int]) as day,
      'prs_' || ${mark}::text || lpad(to_hex(n), 8, '0') as id, (${spaceIds}::text[])[1 + n % ${people}::int % ${spaceIds.length}::int] as space
    from generate_series(0, ${presences}::int - 1) n)`;
  const digest = (text: string) => sql`encode(sha256(convert_to(${sql.raw(text)}, 'utf8')), 'hex')`;
  await db.transaction().execute(async tx => {
    // Rows that obey every constraint, written without asking each of them: a fixture, not what is measured.
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`insert into presence.day_attestation (network_id, attestation_id, pseudonym, space_id, commune_code, local_day,
        halves, evidence_class, evidence_sha256, booking_sha256, person_commit, payload_commit, recorded_at)
      select ${networkId}, id, ${digest(`'person ' || person`)}, space, '34111', day, 2,
        case when n % 30 = 7 then 'B' else 'C' end, array[${digest('id')}], ${digest(`'booking ' || id`)},
        ${digest(`'commit ' || person`)}, ${digest(`'payload ' || id`)}, day + interval '20 hours'
      from ${lived} l`.execute(tx);
    await sql`insert into presence.standing (network_id, attestation_id, local_day, manual, own, own_revision, trip,
        trip_revision)
      select ${networkId}, id, day, false, 'ppp', 1, 'ppp', 1 from ${lived} l`.execute(tx);
    await sql`insert into commute.trip (network_id, attestation_id, revision, day, space_id, baseline_id, x, replaced, source,
        reference, actual, avoided_m, recorded_at)
      select ${networkId}, l.id, 1, l.day, l.space, o.baseline_id, 1, r.replaced,
        case when r.replaced = 'unknown' then 'none' else 'worker' end,
        jsonb_build_array(jsonb_build_object('metres', o.routed_m, 'factor', 'car', 'occupancy', '1'),
          jsonb_build_object('metres', o.routed_m, 'factor', 'car', 'occupancy', '1')),
        jsonb_build_array(jsonb_build_object('metres', s.routed_m, 'factor', 'car', 'occupancy', '1'),
          jsonb_build_object('metres', s.routed_m, 'factor', 'car', 'occupancy', '1')),
        case r.replaced when 'office' then 2 * (o.routed_m - s.routed_m) when 'home' then -2 * s.routed_m else 0 end,
        l.day + interval '21 hours'
      from ${lived} l
        join commute.route o on o.network_id = ${networkId} and o.leg = 'home_office'
          and o.baseline_id = 'bas_' || lpad(l.person::text, 8, '0')
        join commute.route s on s.network_id = o.network_id and s.leg = 'home_space' and s.baseline_id = o.baseline_id,
        lateral (select case when n % 20 = 3 then 'home' when n % 25 = 11 then 'unknown' else 'office' end as replaced) r
      `.execute(tx);
  });
  await sql`analyze presence.day_attestation, presence.standing, commute.trip, commute.route, commute.baseline`.execute(
    db,
  );
}
