import { bookMany } from '../booking/booking.ts';
import { answerDays, computeAllDistances, declareBaselines } from '../commute/commute.ts';
import { addEmployer, linkStaff, type Site, subscribe } from '../employers/employers.ts';
import type { Id } from '../kernel/ids.ts';
import { BrokenInvariant, type Outcome } from '../kernel/outcome.ts';
import { addDays, type Day, type Month } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { applyAll, changeLabel, decideAll, evaluateAll, gridOn } from '../labelling/labelling.ts';
import { fictitiousContract } from '../method/method.ts';
import { closePeriod } from '../mrv/mrv.ts';
import { addOrganisations, addPersons, createNetwork, grant, presentAs } from '../people/people.ts';
import { communesAround, importCommunes } from '../platform/communes/communes.ts';
import type { Work } from '../platform/database.ts';
import type { RoadRouter } from '../platform/roads/roads.ts';
import type { Secrets } from '../platform/secrets.ts';
import {
  attestDays,
  checkDue,
  codeAt,
  type Kiosk,
  type KioskBatch,
  type MarksAsked,
  markPresences,
  openKiosks,
  purgeAccessEvents,
  syncKiosks,
} from '../presence/presence.ts';
import { fictitiousStudy, loadFlows } from '../siting/siting.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import { daysOf, mondaysBetween, type PlannedDay, spellsOf, weekOf } from './calendar.ts';
import { employerNames, horizonM, type Plan, planNetwork } from './plan.ts';
import { seeded } from './random.ts';
import { type Casting, cast, closesOn, mandateDays, peopleCount, plans, scopeOf, seed, weeksAhead } from './scenery.ts';
import {
  arrivalOf,
  type Cast,
  comesAfter,
  declarationSheet,
  requestOf,
  siteSheet,
  spaceOf,
  staffSheet,
  studyTown,
  workerSentence,
} from './sheets.ts';
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
  return planNetwork(seeded(seed), neighbourhoods, peopleCount);
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
  /** Runs the first employer, which accepts the obligated party's offer. */
  readonly employerAdmin: Actor;
  readonly employer: Id<'org'>;
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
    employerAdmin: actorOf('employer_admin', parties.employer),
    personas: [{ personId: personIds[0]!, sentence }, ...others],
  };
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

export interface Scene {
  readonly crowd: Crowd;
  /** One a space, in their order. */
  readonly kiosks: readonly Kiosk[];
  readonly secrets: Secrets;
  /** The host name under which the log is signed. */
  readonly host: string | null;
  readonly at: At;
  /** Whoever listens hears of all that happened so far. */
  readonly hear: (day: Day, minutes: number) => Promise<void>;
  readonly anchor: Day;
  /** Months of the story, oldest first: each on its day, or on the last. */
  readonly toClose: readonly Month[];
}

/** A week as it was asked for, and who will come. */
export interface BookedWeek {
  readonly monday: Day;
  readonly asked: number;
  readonly refused: number;
  readonly come: readonly PlannedDay[];
}

interface Booking {
  readonly at: At;
  readonly first: Day;
  readonly anchor: Day;
}

async function bookWeek(crowd: Crowd, monday: Day, { at, first, anchor }: Booking): Promise<BookedWeek> {
  const week = weekOf(crowd.plan.people, seed, monday).filter(one => one.day >= first);
  const requests = week.map(one => requestOf(crowd, one));
  const answers = await at(monday <= anchor ? addDays(monday, -3) : addDays(anchor, -1), 17 * 60, work =>
    bookMany(work, requests),
  );
  const refused = answers.filter(answer => !answer.ok).length;
  return { monday, asked: week.length, refused, come: week.filter((one, i) => comesAfter(answers[i]!, one)) };
}

/**
 * Everyone books their weeks, those of the story and those ahead, one week after the other; each is given as soon as it is
 * booked. Nothing else in the story takes a desk, so that the rest may be told meanwhile.
 */
export function bookWeeks(crowd: Crowd, booking: Booking): readonly Promise<BookedWeek>[] {
  const mondays = mondaysBetween(booking.first, addDays(booking.anchor, 7 * weeksAhead));
  let before: Promise<unknown> = Promise.resolve();
  return mondays.map(monday => {
    const booked = before.then(() => bookWeek(crowd, monday, booking));
    // Whoever waits for a week hears that it failed; nobody may be waiting yet.
    booked.catch(() => {});
    before = booked;
    return booked;
  });
}

/** What each kiosk saw, with the code that it showed at that very moment. */
const batchesOf = ({ crowd, kiosks, secrets }: Scene, came: readonly PlannedDay[]): readonly KioskBatch[] =>
  kiosks.flatMap((kiosk, space) => {
    const there = came.filter(one => one.usesKiosk && crowd.plan.people[one.person]!.space === space);
    const events = there.map(one => {
      const captured_at = arrivalOf(one);
      const shown = codeAt(kiosk, { at: captured_at, secrets });
      return { personId: crowd.personIds[one.person]!, method: 'rotating_code' as const, ...shown, captured_at };
    });
    return events.length === 0 ? [] : [{ kioskId: kiosk.kioskId, events }];
  });

/** The lines that hosts wrote by hand. */
function listsOf(crowd: Cast, came: readonly PlannedDay[]): readonly MarksAsked[] {
  const lists = new Map<string, MarksAsked>();
  for (const one of came.filter(({ usesKiosk }) => !usesKiosk)) {
    const { spaceId } = spaceOf(crowd, one);
    const key = `${spaceId} ${one.day}`;
    const mark = { personId: crowd.personIds[one.person]!, part: one.part, present: true };
    lists.set(key, { spaceId, day: one.day, marks: [...(lists.get(key)?.marks ?? []), mark] });
  }
  return [...lists.values()];
}

/** What happened in days that are over: codes typed, lists kept, questions answered, days attested. */
async function liveThrough(work: Work, scene: Scene, came: readonly PlannedDay[]): Promise<void> {
  const { crowd, secrets } = scene;
  const answers = came.map(({ person, day, replaced }) => ({ personId: crowd.personIds[person]!, day, replaced }));
  await answerDays(work, answers);
  for (const received of await syncKiosks(work, { batches: batchesOf(scene, came), secrets })) done(received).map(done);
  done(await markPresences(work, crowd.operator, listsOf(crowd, came)));
  (await attestDays(work, { days: daysOf(came), secrets })).map(done);
}

/** Judges what waits, then closes the month; whoever listens has heard of it before and hears of it after. */
async function closeMonth({ at, hear, crowd, secrets, host }: Scene, month: Month, on: Day): Promise<void> {
  await hear(on, 9 * 60);
  await at(on, 9 * 60 + 30, async work => {
    while ((await checkDue(work)).checked > 0);
  });
  await at(on, 10 * 60, async work =>
    done(await closePeriod(work, crowd.operator, { month, keyring: { secrets, host } })),
  );
}

/** How often people asked for a desk, and did not get one. */
export interface Asking {
  readonly asked: number;
  readonly refused: number;
}

/** The story's months, week by week, as they are booked; each month closes on its day. */
export async function live(scene: Scene, weeks: readonly Promise<BookedWeek>[]): Promise<Asking> {
  const { anchor, at, hear } = scene;
  const closings = [...scene.toClose];
  let [asked, refused] = [0, 0];
  for (const booked of weeks) {
    const week = await booked;
    [asked, refused] = [asked + week.asked, refused + week.refused];
    for (const { on, came } of spellsOf(week.come, week.monday, anchor)) {
      const due = closings[0];
      if (due !== undefined && closesOn(due) <= on) await closeMonth(scene, closings.shift()!, closesOn(due));
      await at(on, 8 * 60, work => liveThrough(work, scene, came));
    }
  }
  for (const month of closings) await closeMonth(scene, month, anchor);
  await hear(anchor, 11 * 60);
  await at(anchor, 12 * 60, async work => {
    while ((await checkDue(work)).checked > 0);
    await purgeAccessEvents(work);
  });
  await hear(anchor, 13 * 60);
  return { asked, refused };
}
