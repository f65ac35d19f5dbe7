import { computeAllDistances, declareBaselines } from '../commute/commute.ts';
import { addEmployer, linkStaff, type Site, subscribe } from '../employers/employers.ts';
import { drawPlan, inRows } from '../floors/floors.ts';
import { addRule, addTask, showMe } from '../hosting/hosting.ts';
import type { Id } from '../kernel/ids.ts';
import { BrokenInvariant, type Outcome } from '../kernel/outcome.ts';
import { addDays, type Day } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { applyAll, changeLabel, decideAll, evaluateAll, gridOn } from '../labelling/labelling.ts';
import { fictitiousContract } from '../method/method.ts';
import { addOrganisations, addPersons, createNetwork, grant, presentAs } from '../people/people.ts';
import { communesAround, importCommunes } from '../platform/communes/communes.ts';
import type { Work } from '../platform/database.ts';
import type { RoadRouter } from '../platform/roads/roads.ts';
import type { Secrets } from '../platform/secrets.ts';
import { type Kiosk, openKiosks } from '../presence/presence.ts';
import { fictitiousStudy, loadFlows } from '../siting/siting.ts';
import { addSpaces, resourcesOf, type Space } from '../spaces/spaces.ts';
import { employerNames, horizonM, type Plan, planNetwork } from './plan.ts';
import { seeded } from './random.ts';
import { type Casting, cast, mandateDays, monthsLived, plans, scopeOf, seed } from './scenery.ts';
import { declarationSheet, siteSheet, staffSheet, studyTown, workerSentence } from './sheets.ts';
import { demoSpaces } from './spaces.ts';

// The scenes of the story, in the order in which they are played. Each speaks through the doors, like anyone else.

/** Tells one unit of work at a moment of the story, minutes from midnight in Paris. */
export type At = <T>(day: Day, minutes: number, task: (work: Work) => Promise<T>) => Promise<T>;

/** The value of a verb that cannot be refused in a story we wrote. */
export function done<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) {
    throw new BrokenInvariant(`the demo network was refused: ${outcome.refusal.code}, ${outcome.refusal.message.en}`);
  }
  return outcome.value;
}

interface Founded {
  readonly operator: Actor;
  readonly spaces: readonly Space[];
}

/** The network, its operator and the spaces with those who run them. */
export async function foundNetwork(work: Work, openedOn: Day): Promise<Founded> {
  done(await importCommunes(work.tx, work.now));
  const { firstName, lastName } = cast[0]!;
  const { operator } = done(
    await createNetwork(work, {
      name: 'Réseau Parvis',
      hostname: null,
      profile: 'demo',
      fictitious: true,
      operator: { email: 'operator@exemple.invalid', firstName, lastName },
    }),
  );
  const managers = done(
    await addOrganisations(
      work,
      operator,
      demoSpaces.map(({ manager }) => manager),
    ),
  );
  const sheets = demoSpaces.map(({ manager: _manager, population: _population, ...sheet }, i) => ({
    ...sheet,
    openedOn: sheet.status === 'planned' || sheet.openedOn < openedOn ? sheet.openedOn : openedOn,
    managerId: managers[i]!.organisationId,
  }));
  return { operator, spaces: done(await addSpaces(work, operator, sheets)) };
}

/** Who will live and work where, from the communes around each space. */
export async function planAround(work: Work, spaces: readonly Space[]): Promise<Plan> {
  const places = spaces.map(space => space.place);
  const around = await communesAround(work.tx, places, horizonM);
  const neighbourhoods = spaces.map(({ place, commune }, i) => ({
    own: { ...commune, population: demoSpaces[i]!.population, place },
    around: around[i]!.filter(c => c.insee_code !== commune.code).map(
      ({ insee_code, name, population, lon_udeg, lat_udeg }) => ({
        code: insee_code,
        name,
        population,
        place: { lon_udeg, lat_udeg },
      }),
    ),
  }));
  return planNetwork(seeded(seed), neighbourhoods, monthsLived);
}

/** Employers with their sites and contracts. Gives the sites in the plan's order. */
async function hire(work: Work, operator: Actor, { plan, from }: { plan: Plan; from: Day }): Promise<readonly Site[]> {
  const firms = employerNames.map(name => ({ kind: 'employer' as const, name }));
  const employers = done(await addOrganisations(work, operator, firms));
  const sites: Site[] = [];
  for (const [e, { organisationId: employerId }] of employers.entries()) {
    const own = plan.sites.flatMap((site, position) => (site.employer === e ? [{ site, position }] : []));
    const sheets = own.map(({ site }) => siteSheet(site));
    const added = done(await addEmployer(work, operator, { employerId, sites: sheets }));
    for (const [n, { position }] of own.entries()) sites[position] = added[n]!;
    done(await subscribe(work, operator, { employerId, ...plans[e]!, from, until: null }));
  }
  return sites;
}

export interface Crowd extends Founded {
  readonly plan: Plan;
  /** The plan's people, in its order. */
  readonly personIds: readonly Id<'per'>[];
  /** The operator who did not make the visits decides on the labels. */
  readonly second: Actor;
  readonly auditor: Actor;
  /** Runs the first employer, which accepts the obligated party's offer. */
  readonly employerAdmin: Actor;
  readonly employer: Id<'org'>;
  readonly obligatedAgent: Actor;
  readonly obligated: Id<'org'>;
  /** The people whom a visitor may play, in order of appearance. */
  readonly personas: Parameters<typeof presentAs>[2];
}

interface Town extends Founded {
  readonly plan: Plan;
  readonly from: Day;
}

/** The people that a visitor may play, with their roles; ids by casting. */
async function castRoles(
  work: Work,
  { operator, spaces }: Founded,
  { employer, obligated }: { readonly employer: Id<'org'>; readonly obligated: Id<'org'> },
) {
  const over = { space: spaces[0]!.spaceId, employer, obligated };
  const others = cast.filter(part => part.casting !== 'operator');
  const sheets = others.map(({ casting, firstName, lastName }) => ({
    email: `${casting.replace('_', '-')}@exemple.invalid`,
    firstName,
    lastName,
  }));
  const players = done(await addPersons(work, operator, sheets));
  const personIds = new Map<Casting, Id<'per'>>(others.map(({ casting }, i) => [casting, players[i]!.personId]));
  const grants = others.map(({ casting, role }) => ({
    personId: personIds.get(casting)!,
    role,
    scope: scopeOf(casting, over),
    until: casting === 'auditor' ? work.now.add({ hours: 24 * mandateDays }) : null,
  }));
  done(await grant(work, operator, grants));
  return personIds.set('operator', operator.personId);
}

/** The people of the plan, as workers of their employers, and the cast that a visitor may play. */
export async function welcome(work: Work, { plan, from, ...founded }: Town): Promise<Crowd> {
  const { operator, spaces } = founded;
  const sites = await hire(work, operator, { plan, from });
  const names = plan.people.map(({ email, firstName, lastName }) => ({ email, firstName, lastName }));
  const personIds = done(await addPersons(work, operator, names)).map(({ personId }) => personId);
  done(
    await grant(
      work,
      operator,
      personIds.map(personId => ({ personId, role: 'worker', from: work.now })),
    ),
  );
  const siteOf = (person: number) => sites[plan.people[person]!.site]!;
  for (const employerId of new Set(sites.map(site => site.employerId))) {
    const links = personIds.flatMap((personId, i) => {
      const site = siteOf(i);
      return site.employerId === employerId ? [staffSheet(personId, site.siteId, from)] : [];
    });
    done(await linkStaff(work, operator, { employerId, links }));
  }
  const party = { kind: 'obligated_party' as const, name: fictitiousContract.obligated_party };
  const [obligated] = done(await addOrganisations(work, operator, [party]));
  const parties = { employer: sites[0]!.employerId, obligated: obligated!.organisationId };
  const played = await castRoles(work, founded, parties);
  const [worker] = plan.people;
  const sentence = workerSentence(plan.sites[worker!.site]!.town, spaces[worker!.space]!);
  const others = cast.map(part => ({ personId: played.get(part.casting)!, sentence: part.sentence }));
  const actorOf = (casting: Casting, scope: Id | null): Actor => {
    const { firstName, role } = cast.find(part => part.casting === casting)!;
    return { personId: played.get(casting)!, firstName, memberships: [{ role, scope }] };
  };
  return {
    ...{ ...founded, ...parties, plan, personIds },
    second: actorOf('second_operator', null),
    auditor: actorOf('auditor', null),
    employerAdmin: actorOf('employer_admin', parties.employer),
    obligatedAgent: actorOf('obligated_party', parties.obligated),
    personas: [{ personId: personIds[0]!, sentence }, ...others],
  };
}

/** The first space's day beside its bookings: a plan, people who agreed to be seen there, tasks of its host. */
export async function furnish(work: Work, { operator, spaces, plan, personIds }: Crowd, today: Day): Promise<void> {
  const space = spaces[0]!;
  const rows = inRows(await resourcesOf(work, [space.spaceId]));
  const labels = [{ x_cm: 20, y_cm: 40, text: 'Entrée' }];
  done(await drawPlan(work, operator, { space, floor: 0, basedOn: null, drawing: { ...rows, labels } }));
  const own = plan.people.flatMap((person, n) => (person.space === 0 && n % 2 === 1 ? [personIds[n]!] : []));
  for (const personId of own) await showMe(work, { personId, firstName: '', memberships: [] }, { space, shown: true });
  const asked = { space, dueOn: today };
  done(await addTask(work, operator, { ...asked, kind: 'keys', title: 'Badge à rendre : salle du fond' }));
  const rhythm = { every: 'working_days' } as const;
  done(await addRule(work, operator, { space, kind: 'cleaning', title: 'Machine à café', rhythm, firstDay: today }));
}

/** Lets visitors play the cast: the last thing told, and the sign that all was. */
export const openTheDoors = async (work: Work, { operator, personas }: Crowd): Promise<void> => {
  done(await presentAs(work, operator, personas));
};

/** Labels: most spaces have one, one of them suspended; some wait for a visit, some have not asked. */
export async function giveLabels(at: At, { operator, second, spaces }: Crowd, from: Day): Promise<void> {
  const grid = gridOn(from);
  if (grid === null) throw new BrokenInvariant('a grid is in force on every day of the story');
  const findings = grid.criteria.map(({ code }) => ({ code, answer: 'met' as const }));
  const asked = spaces.slice(0, -4).map(({ spaceId }) => ({ spaceId, selfAssessment: findings }));
  const files = await at(from, 10 * 60, async work => done(await applyAll(work, operator, asked)));
  const visited = files.slice(0, -5).map(applicationId => ({ applicationId, visitedOn: addDays(from, 19), findings }));
  await at(addDays(from, 20), 10 * 60, async work => done(await evaluateAll(work, operator, visited)));
  const granted = {
    kind: 'label',
    validUntil: addDays(from, 760),
    reason: 'Visite conforme (décision fictive).',
  } as const;
  const verdicts = visited.map(({ applicationId }) => ({ ...granted, applicationId }));
  await at(addDays(from, 30), 10 * 60, async work => done(await decideAll(work, second, verdicts)));
  const reason = 'Imprimante en panne depuis deux mois (décision fictive).';
  const suspended = { spaceId: spaces[visited.length - 1]!.spaceId, kind: 'suspend', reason } as const;
  await at(addDays(from, 80), 10 * 60, async work => done(await changeLabel(work, second, suspended)));
}

/** Everyone says once how they travel; distances follow, and exact homes go. */
export async function settleHomes(
  work: Work,
  crowd: Crowd,
  { roads, from }: { roads: RoadRouter; from: Day },
): Promise<void> {
  const { plan, spaces, personIds } = crowd;
  const declared = plan.people.map((person, i) =>
    declarationSheet(person, personIds[i]!, spaces[person.space]!.spaceId),
  );
  const baselines = done(await declareBaselines(work, { validFrom: from, declared }));
  const baselineIds = baselines.map(({ baselineId }) => baselineId);
  done(await computeAllDistances(work, roads, baselineIds));
}

/** Where people who commute far could be met next: the study that the siting page shows. */
export const loadStudy = async (work: Work, { towns }: Plan): Promise<void> => {
  done(await loadFlows(work, fictitiousStudy(towns.map(studyTown), seed)));
};

export const openAllKiosks = async (
  work: Work,
  { operator, spaces }: Crowd,
  secrets: Secrets,
): Promise<readonly Kiosk[]> => {
  const spaceIds = spaces.map(({ spaceId }) => spaceId);
  return done(await openKiosks(work, operator, { spaceIds, name: 'Entrée', secrets })).map(({ kiosk }) => kiosk);
};
