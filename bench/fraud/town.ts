import { sql } from 'kysely';
import { computeAllDistances, type Declaration, declareBaselines } from '../../src/commute/commute.ts';
import { addEmployer, linkStaff, subscribe } from '../../src/employers/employers.ts';
import type { Id } from '../../src/kernel/ids.ts';
import type { Place } from '../../src/kernel/place.ts';
import { addDays, type Day } from '../../src/kernel/time.ts';
import { addOrganisations, addPersons, grant } from '../../src/people/people.ts';
import type { Database, Work } from '../../src/platform/database.ts';
import type { RoadRouter } from '../../src/platform/roads/roads.ts';
import { declareRelative, type Kiosk, openKiosks } from '../../src/presence/presence.ts';
import { sampleSpace } from '../../src/spaces/sample.ts';
import { addSpaces, type Space } from '../../src/spaces/spaces.ts';
import { straightRoads } from '../../tools/straight-roads.ts';
import { done, openNetwork, operator, secrets } from '../claims/network.ts';

/** Someone of the story: an honest person, or one of those who cheat. */
export interface Person {
  readonly personId: Id<'per'>;
  /** Where they usually go, by its place in the list of spaces. */
  readonly space: number;
}

export interface Town {
  readonly at: (moment: string) => void;
  readonly work: <T>(task: (work: Work) => Promise<T>) => Promise<T>;
  readonly db: Database;
  readonly spaces: readonly Space[];
  readonly kiosks: readonly Kiosk[];
  readonly people: readonly Person[];
  readonly roads: RoadRouter;
}

export interface TownAsked {
  readonly founded: Day;
  readonly spaces: number;
  readonly people: number;
  readonly desksIn: (space: number) => number;
  readonly spaceOf: (person: number) => number;
  readonly plateOf: (person: number) => string | null;
  /** How far from their space they live, on the way to the office. */
  readonly awayOf: (person: number) => number;
  /** People who run a space, and people close to one who does. */
  readonly managers: readonly number[];
  readonly relatives: readonly number[];
}

const office: Place = { lon_udeg: 3_250_000, lat_udeg: 46_100_000 };
/** A grid of small towns some fifty kilometres apart. */
const placeOf = (space: number): Place => ({
  lon_udeg: 2_000_000 + (space % 5) * 500_000,
  lat_udeg: 45_000_000 + Math.floor(space / 5) * 400_000,
});

/** Straight roads at 65 km/h: going from one town to the next takes most of an hour. */
function roadsAtPace(): RoadRouter {
  const roads = straightRoads();
  const route: RoadRouter['route'] = async (...asked) => {
    const answer = await roads.route(...asked);
    return answer.ok ? { ok: true, value: { ...answer.value, seconds: answer.value.metres / 18 } } : answer;
  };
  return { ...roads, route };
}

/** How someone says that they travel; `away_udeg` is how far from the space they live, on the way to the office. */
export function declarationOf(
  person: number,
  { space, spaceId, away_udeg, plate }: { space: number; spaceId: Id<'spc'>; away_udeg: number; plate: string | null },
): Omit<Declaration, 'validFrom'> {
  const { lon_udeg, lat_udeg } = placeOf(space);
  const exact = { lon_udeg: lon_udeg + ((person * 37) % 60) * 1_000 - 30_000, lat_udeg: lat_udeg + away_udeg };
  return {
    home: { communeCode: '34111', communeName: 'Ganges', precision: 'address', exact },
    office: { mode: 'car', energy: 'petrol', occupancy: '1' },
    space: { mode: 'car', energy: 'petrol', occupancy: '1' },
    ...{ officeWeekdays: [1, 2, 3, 4, 5], usual: 'office', declaredOffice_m: null },
    ...{ spaceIds: [spaceId], plateHash: plate },
  };
}

async function employ(work: Work, { people, founded }: TownAsked): Promise<readonly Id<'per'>[]> {
  const from = { from: founded, until: null };
  const [employer] = done(await addOrganisations(work, operator, [{ kind: 'employer', name: 'Banc SA' }]));
  const employerId = employer!.organisationId;
  const site = { communeCode: '34172', place: office, name: 'Siège', address: '1 rue', headcount: null };
  const [added] = done(await addEmployer(work, operator, { employerId, sites: [site] }));
  const plan = { kind: 'per_day', day_eur_cents: 1200n, half_day_eur_cents: 700n } as const;
  done(await subscribe(work, operator, { employerId, plan, cap_half_days: null, ...from }));
  const names = Array.from({ length: people }, (_, n) => ({
    ...{ email: `personne.${n}@exemple.invalid`, firstName: 'Ana', lastName: 'Banc' },
  }));
  const ids = done(await addPersons(work, operator, names)).map(one => one.personId);
  done(
    await grant(
      work,
      operator,
      ids.map(personId => ({ personId, role: 'worker' as const })),
    ),
  );
  const link = { siteId: added!.siteId, basis: 'agreement', weekdays: [1, 2, 3, 4, 5], ...from } as const;
  done(await linkStaff(work, operator, { employerId, links: ids.map(personId => ({ ...link, personId })) }));
  return ids;
}

async function openDoors(work: Work, { spaces, desksIn, founded }: TownAsked) {
  const communes = Array.from({ length: spaces }, (_, n) => ({ kind: 'commune' as const, name: `Commune ${n}` }));
  const managers = done(await addOrganisations(work, operator, communes));
  const sheets = managers.map(({ organisationId }, n) =>
    sampleSpace({
      ...{ name: `Espace ${n}`, managerId: organisationId, place: placeOf(n), openedOn: founded },
      opensOnPublicHolidays: true,
      resources: Array.from({ length: desksIn(n) }, (_, i) => ({ kind: 'desk', name: `Bureau ${i}`, capacity: 1 })),
    }),
  );
  const opened = done(await addSpaces(work, operator, sheets));
  const spaceIds = opened.map(space => space.spaceId);
  const kiosks = done(await openKiosks(work, operator, { spaceIds, name: 'Entrée', secrets })).map(one => one.kiosk);
  return { spaces: opened, kiosks };
}

/** People say how they travel from a day on, and their roads are measured. */
export async function declare(
  { work, roads }: Pick<Town, 'work' | 'roads'>,
  validFrom: Day,
  declared: readonly (Omit<Declaration, 'validFrom'> & { readonly personId: Id<'per'> })[],
): Promise<void> {
  for (let from = 0; from < declared.length; from += 200) {
    await work(async w => {
      const made = done(await declareBaselines(w, { validFrom, declared: declared.slice(from, from + 200) }));
      const ids = made.map(one => one.baselineId);
      done(await computeAllDistances(w, roads, ids));
    });
  }
}

/** Spaces, people, an employer who pays for their desks, and how each of them travels. */
export async function foundTown(db: Database, asked: TownAsked): Promise<Town> {
  const networkId: Id<'net'> = 'net_benchfrauds';
  await sql`insert into people.network (network_id, name, profile, fictitious, created_at)
    values (${networkId}, 'Banc', 'demo', true, now())`.execute(db);
  const opened = openNetwork(db, networkId, `${asked.founded}T08:00:00Z`);
  const { ids, doors } = await opened.work(async work => ({
    ids: await employ(work, asked),
    doors: await openDoors(work, asked),
  }));
  const people = ids.map((personId, n): Person => ({ personId, space: asked.spaceOf(n) }));
  const town = { ...opened, db, ...doors, people, roads: roadsAtPace() };
  const declared = people.map(({ personId, space }, n) => {
    const where = { space, spaceId: town.spaces[space]!.spaceId, away_udeg: asked.awayOf(n) };
    return { personId, ...declarationOf(n, { ...where, plate: asked.plateOf(n) }) };
  });
  await declare(town, addDays(asked.founded, 1), declared);
  await town.work(async work => {
    for (const n of asked.managers) {
      const { personId, space } = people[n]!;
      const scope = town.spaces[space]!.spaceId;
      done(await grant(work, operator, [{ personId, role: 'host', scope }]));
    }
    for (const n of asked.relatives) {
      const { personId, space } = people[n]!;
      const tie = { personId, spaceId: town.spaces[space]!.spaceId, from: asked.founded, until: null, secrets };
      done(await declareRelative(work, operator, tie));
    }
  });
  return town;
}
