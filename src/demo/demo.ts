import { bookMany } from '../booking/booking.ts';
import { computeDistances, declareBaseline } from '../commute/commute.ts';
import { addEmployer, linkStaff, type Site, subscribe } from '../employers/employers.ts';
import { sha256 } from '../kernel/canonical.ts';
import type { Id, NewId } from '../kernel/ids.ts';
import { BrokenInvariant, type Outcome } from '../kernel/outcome.ts';
import { addDays, type Day, wallTime } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { addOrganisations, addPersons, createNetwork, grant, presentAs } from '../people/people.ts';
import { communesAround, importCommunes } from '../platform/communes/communes.ts';
import { inNetwork, type Work, type WorkSource } from '../platform/database.ts';
import { openDemoRoads } from '../platform/roads/demo-roads.ts';
import type { RoadRouter } from '../platform/roads/roads.ts';
import type { Secrets } from '../platform/secrets.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import { mondaysBetween, type PlannedDay, weekOf } from './calendar.ts';
import { employerNames, horizonM, type Plan, planNetwork } from './plan.ts';
import { seeded } from './random.ts';
import { cast, firstDayOf, foundedOn, peopleCount, plans, scopeOf, seed, weeksAhead } from './scenery.ts';
import { demoSpaces } from './spaces.ts';

export const demoNetworkId: Id<'net'> = 'net_demonetwork';
const zone = 'Europe/Paris';

/** What the story needs of the world. */
export interface Stage {
  readonly db: WorkSource['db'];
  /** Where the invented roads are written. */
  readonly home: string;
  readonly secrets: Secrets;
  /** Lets the listeners of everything announced so far do their work. */
  readonly hear: () => Promise<void>;
  readonly say: (progress: string) => void;
}

/** The value of a verb that cannot be refused in a story we wrote. */
function done<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new BrokenInvariant(`the demo network was refused: ${outcome.refusal.code}, ${outcome.refusal.message.en}`);
  return outcome.value;
}

/** Ids that follow from the seed: the story's bytes are the same twice. */
function storyIds(): NewId {
  let count = 0;
  return kind => `${kind}_${sha256(`${seed} ${++count}`).slice(0, 26)}`;
}

interface Story {
  /** One unit of work at a moment of the story: minutes from midnight in Paris. */
  readonly at: <T>(day: Day, minutes: number, task: (work: Work) => Promise<T>) => Promise<T>;
}

function storyOn(stage: Stage): Story {
  const newId = storyIds();
  return {
    at: (day, minutes, task) => {
      const now = wallTime(day, minutes, zone);
      return inNetwork({ db: stage.db, clock: () => now, newId }, demoNetworkId, task);
    },
  };
}

/** The network, its operator and the spaces with those who run them. */
async function foundNetwork(work: Work, openedOn: Day): Promise<{ operator: Actor; spaces: readonly Space[] }> {
  done(await importCommunes(work.tx, work.now));
  const { operator } = done(
    await createNetwork(work, {
      name: 'Réseau Parvis', hostname: null, profile: 'demo', fictitious: true,
      operator: { email: 'nadia.ferrand@exemple.invalid', firstName: cast[0]!.firstName, lastName: cast[0]!.lastName },
    }),
  );
  const managers = done(await addOrganisations(work, operator, demoSpaces.map(({ manager }) => manager)));
  const sheets = demoSpaces.map(({ manager: _manager, population: _population, ...sheet }, i) => ({
    ...sheet,
    openedOn: sheet.openedOn < openedOn ? sheet.openedOn : openedOn,
    managerId: managers[i]!.organisationId,
  }));
  return { operator, spaces: done(await addSpaces(work, operator, sheets)) };
}

async function planAround(work: Work, spaces: readonly Space[]): Promise<Plan> {
  const neighbourhoods = [];
  for (const { place } of spaces) {
    const around = await communesAround(work.tx, place, horizonM);
    neighbourhoods.push({
      place,
      around: around.map(c => ({
        code: c.insee_code,
        name: c.name,
        population: c.population,
        place: { lon_udeg: c.lon_udeg!, lat_udeg: c.lat_udeg! },
      })),
    });
  }
  return planNetwork(seeded(seed), neighbourhoods, peopleCount);
}

/** Employers with their sites and contracts. Gives the sites in the plan's order. */
async function hire(work: Work, operator: Actor, { plan, from }: { plan: Plan; from: Day }): Promise<readonly Site[]> {
  const employers = done(await addOrganisations(work, operator, employerNames.map(name => ({ kind: 'employer', name }) as const)));
  const sites = new Map<number, Site>();
  for (const [e, { organisationId }] of employers.entries()) {
    const positions = plan.sites.flatMap((site, i) => (site.employer === e ? [i] : []));
    const added = done(
      await addEmployer(work, operator, {
        employerId: organisationId,
        sites: positions.map(i => {
          const { town } = plan.sites[i]!;
          return { name: `Agence de ${town.name}`, address: `1 place fictive, ${town.name}`, communeCode: town.code, place: town.place, headcount: null };
        }),
      }),
    );
    positions.forEach((position, n) => sites.set(position, added[n]!));
    done(await subscribe(work, operator, { employerId: organisationId, ...plans[e]!, from, until: null }));
  }
  return plan.sites.map((_, i) => sites.get(i)!);
}

interface Crowd {
  readonly workers: readonly Actor[];
  readonly sites: readonly Site[];
}

/** The people of the plan, as workers of their employers, and the cast that a visitor may play. */
async function welcome(
  work: Work,
  operator: Actor,
  { plan, spaces, from }: { plan: Plan; spaces: readonly Space[]; from: Day },
): Promise<Crowd> {
  const sites = await hire(work, operator, { plan, from });
  const people = done(await addPersons(work, operator, plan.people.map(({ email, firstName, lastName }) => ({ email, firstName, lastName }))));
  done(await grant(work, operator, people.map(({ personId }) => ({ personId, role: 'worker' as const, from: work.now }))));
  const links = plan.people.map((person, i) => ({
    personId: people[i]!.personId, siteId: sites[person.site]!.siteId, basis: 'agreement' as const,
    weekdays: [1, 2, 3, 4, 5], from, until: null,
  }));
  for (const employerId of new Set(sites.map(site => site.employerId))) {
    const own = links.filter((_, i) => sites[plan.people[i]!.site]!.employerId === employerId);
    done(await linkStaff(work, operator, { employerId, links: own }));
  }
  const over = { space: spaces[0]!.spaceId, employer: sites[0]!.employerId };
  const others = cast.filter(part => part.casting !== 'operator');
  const players = done(
    await addPersons(
      work,
      operator,
      others.map(({ casting, firstName, lastName }) => ({ email: `${casting.replace('_', '-')}@exemple.invalid`, firstName, lastName })),
    ),
  );
  done(await grant(work, operator, others.map((part, i) => ({ personId: players[i]!.personId, role: part.role, scope: scopeOf(part.casting, over) }))));
  const firstWorker = plan.people[0]!;
  done(
    await presentAs(work, operator, [
      {
        personId: people[0]!.personId,
        sentence: {
          fr: `salariée à ${plan.sites[firstWorker.site]!.town.name}, travaille près de chez elle à ${spaces[firstWorker.space]!.commune.name}`,
          en: `employed in ${plan.sites[firstWorker.site]!.town.name}, works near home in ${spaces[firstWorker.space]!.commune.name}`,
        },
      },
      { personId: operator.personId, sentence: cast[0]!.sentence },
      ...others.map((part, i) => ({ personId: players[i]!.personId, sentence: part.sentence })),
    ]),
  );
  const workers = people.map(({ personId, firstName }): Actor => ({ personId, firstName, memberships: [{ role: 'worker', scope: null }] }));
  return { workers, sites };
}
