import { bookMany } from '../booking/booking.ts';
import { answerDays, computeDistances, declareBaseline } from '../commute/commute.ts';
import { addEmployer, linkStaff, type Site, subscribe } from '../employers/employers.ts';
import { sha256 } from '../kernel/canonical.ts';
import type { Id, NewId } from '../kernel/ids.ts';
import { BrokenInvariant, type Outcome } from '../kernel/outcome.ts';
import { addDays, type Day, monthOf, wallTime } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { applyAll, decideAll, evaluateAll, gridOn } from '../labelling/labelling.ts';
import { addOrganisations, addPersons, createNetwork, grant, networkIds, presentAs } from '../people/people.ts';
import { type CommuneRow, communesAround, importCommunes } from '../platform/communes/communes.ts';
import { inNetwork, type Work, type WorkSource } from '../platform/database.ts';
import { openDemoRoads } from '../platform/roads/demo-roads.ts';
import type { RoadRouter } from '../platform/roads/roads.ts';
import type { Secrets } from '../platform/secrets.ts';
import {
  attestDay,
  checkDue,
  codeAt,
  type Kiosk,
  type KioskEvent,
  markPresence,
  openKiosk,
  purgeAccessEvents,
  syncKiosk,
} from '../presence/presence.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import { mondaysBetween, type PlannedDay, weekOf } from './calendar.ts';
import { employerNames, horizonM, type Plan, planNetwork, type Town } from './plan.ts';
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
  /** Lets the listeners of everything announced so far do their work, at a moment and with ids of the story. */
  readonly hear: (during: Pick<WorkSource, 'clock' | 'newId'>) => Promise<void>;
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
  /** One unit of work at a moment of the story, minutes from midnight in Paris. */
  readonly at: <T>(day: Day, minutes: number, task: (work: Work) => Promise<T>) => Promise<T>;
  /** Whoever listens hears of all that happened so far. */
  readonly hear: (day: Day, minutes: number) => Promise<void>;
}

function storyOn(stage: Stage): Story {
  const newId = storyIds();
  const during = (day: Day, minutes: number) => ({ clock: () => wallTime(day, minutes, zone), newId });
  return {
    at: (day, minutes, task) => inNetwork({ db: stage.db, ...during(day, minutes) }, demoNetworkId, task),
    hear: (day, minutes) => stage.hear(during(day, minutes)),
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

const townOf = (c: CommuneRow): Town => ({
  code: c.insee_code,
  name: c.name,
  population: c.population,
  place: { lon_udeg: c.lon_udeg!, lat_udeg: c.lat_udeg! },
});

async function planAround(work: Work, spaces: readonly Space[]): Promise<Plan> {
  const neighbourhoods = [];
  for (const [i, { place, commune }] of spaces.entries()) {
    const around = await communesAround(work.tx, place, horizonM);
    neighbourhoods.push({
      own: { ...commune, population: demoSpaces[i]!.population, place },
      around: around.filter(c => c.insee_code !== commune.code).map(townOf),
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
  /** The operator who did not make the visits decides on the labels. */
  readonly second: Actor;
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
  const position = others.findIndex(part => part.casting === 'second_operator');
  const second: Actor = {
    personId: players[position]!.personId,
    firstName: players[position]!.firstName,
    memberships: [{ role: 'network_operator', scope: null }],
  };
  return { workers, sites, second };
}

interface Scene extends Omit<Crowd, 'second'> {
  readonly story: Story;
  readonly stage: Stage;
  readonly plan: Plan;
  readonly operator: Actor;
  readonly spaces: readonly Space[];
  readonly kiosks: readonly Kiosk[];
  readonly anchor: Day;
}

/** Everyone says once how they travel; distances follow, and exact homes go. */
async function settleHomes(scene: Scene, roads: RoadRouter, from: Day): Promise<void> {
  const { story, plan, spaces, workers } = scene;
  await story.at(from, 7 * 60, async work => {
    for (const [i, person] of plan.people.entries()) {
      const car = person.mode !== 'ter';
      const declared = await declareBaseline(work, workers[i]!, {
        validFrom: from,
        home: { communeCode: person.homeTown.code, communeName: person.homeTown.name, precision: 'address', exact: person.home },
        office: {
          mode: car ? 'car' : 'ter',
          energy: person.mode === 'car_electric' ? 'electric' : car ? 'petrol' : null,
          occupancy: person.occupancy,
        },
        space: { mode: person.reach, energy: person.reach === 'car' ? 'petrol' : null, occupancy: '1' },
        officeWeekdays: [1, 2, 3, 4, 5],
        usual: 'office',
        declaredOffice_m: null,
        spaceIds: [spaces[person.space]!.spaceId],
      });
      done(await computeDistances(work, roads, done(declared).baselineId));
    }
  });
}

async function bookWeek({ story, plan, spaces, workers }: Scene, week: readonly PlannedDay[], on: Day): Promise<void> {
  await story.at(on, 17 * 60, async work => {
    // A closed day or a full space refuses: that is life in a small town.
    await bookMany(
      work,
      week.map(one => ({
        spaceId: spaces[plan.people[one.person]!.space]!.spaceId,
        personId: workers[one.person]!.personId,
        day: one.day,
        part: one.part,
      })),
    );
  });
}

/** What each kiosk saw in a week, with the code that it showed at that very moment. */
const eventsOf = ({ plan, stage, workers }: Scene, { kiosk, space }: { kiosk: Kiosk; space: number }, came: readonly PlannedDay[]): KioskEvent[] =>
  came
    .filter(one => plan.people[one.person]!.space === space && one.usesKiosk)
    .map(one => {
      const captured_at = wallTime(one.day, (one.part === 'afternoon' ? 13 * 60 + 30 : 8 * 60 + 30) + one.arrives_min, zone);
      const shown = codeAt(kiosk, { at: captured_at, secrets: stage.secrets });
      return { personId: workers[one.person]!.personId, method: 'rotating_code', ...shown, captured_at };
    });

const byDay = (days: readonly PlannedDay[]): readonly Day[] => [...new Set(days.map(one => one.day))].sort();

/** What happened in the days of a week that are over: codes typed, lists kept, days attested. */
async function liveWeek(scene: Scene, came: readonly PlannedDay[], on: Day): Promise<void> {
  const { story, stage, plan, spaces, kiosks, operator, workers } = scene;
  await story.at(on, 8 * 60, async work => {
    await answerDays(
      work,
      came.map(one => ({ personId: workers[one.person]!.personId, day: one.day, replaced: one.replaced })),
    );
    for (const [space, kiosk] of kiosks.entries()) {
      const events = eventsOf(scene, { kiosk, space }, came);
      if (events.length > 0) done(await syncKiosk(work, { kioskId: kiosk.kioskId, events, secrets: stage.secrets }));
    }
    for (const day of byDay(came)) {
      const byHand = came.filter(one => one.day === day && !one.usesKiosk);
      for (const space of new Set(byHand.map(one => plan.people[one.person]!.space))) {
        const marks = byHand
          .filter(one => plan.people[one.person]!.space === space)
          .map(one => ({ personId: workers[one.person]!.personId, part: one.part, present: true }));
        done(await markPresence(work, operator, { spaceId: spaces[space]!.spaceId, day, marks }));
      }
      done(await attestDay(work, { day, secrets: stage.secrets }));
    }
    await checkDue(work);
  });
}

/** Six months, week by week, then two weeks booked ahead. */
async function live(scene: Scene): Promise<void> {
  const { anchor, plan, story } = scene;
  const last = addDays(anchor, 7 * weeksAhead);
  for (const monday of mondaysBetween(firstDayOf(anchor), last)) {
    const week = weekOf(plan.people, seed, monday).filter(one => one.day >= firstDayOf(anchor));
    await bookWeek(scene, week, monday <= anchor ? addDays(monday, -3) : addDays(anchor, -1));
    const over = week.filter(one => one.day < anchor && one.comes);
    const saturday = addDays(monday, 5);
    const on = saturday < anchor ? saturday : anchor;
    if (over.length > 0) await liveWeek(scene, over, on);
    if (monthOf(addDays(monday, 7)) !== monthOf(monday) || on === anchor) await story.hear(on, 12 * 60);
  }
  await story.at(anchor, 8 * 60, async work => {
    while ((await checkDue(work)).checked > 0);
    await purgeAccessEvents(work);
  });
  await story.hear(anchor, 9 * 60);
}

/** Labels: most spaces have one, some wait, one is suspended. */
async function giveLabels({ story, operator, spaces }: Scene, from: Day, second: Actor): Promise<void> {
  const grid = gridOn(from);
  if (grid === null) throw new BrokenInvariant('a grid is in force on every day of the story');
  const findings = grid.criteria.map(({ code }) => ({ code, answer: 'met' as const }));
  const candidates = spaces.slice(0, spaces.length - 4);
  const files = await story.at(from, 10 * 60, async work =>
    done(await applyAll(work, operator, candidates.map(({ spaceId }) => ({ spaceId, selfAssessment: findings })))),
  );
  const visited = files.slice(0, files.length - 5);
  await story.at(addDays(from, 20), 10 * 60, async work =>
    done(await evaluateAll(work, operator, visited.map(applicationId => ({ applicationId, visitedOn: addDays(from, 19), findings })))),
  );
  await story.at(addDays(from, 30), 10 * 60, async work =>
    done(
      await decideAll(
        work,
        second,
        visited.map(applicationId => ({ applicationId, kind: 'label' as const, validUntil: addDays(from, 760), reason: 'Visite conforme (décision fictive).' })),
      ),
    ),
  );
}

/** Plays the whole story into an empty database. `anchor` is its present day; the same anchor gives the same bytes. */
export async function playStory(stage: Stage, anchor: Day): Promise<void> {
  const story = storyOn(stage);
  const from = foundedOn(anchor);
  stage.say('A fictitious network: communes, spaces, employers…');
  const { operator, spaces } = await story.at(from, 8 * 60, work => foundNetwork(work, from));
  const plan = await story.at(from, 9 * 60, work => planAround(work, spaces));
  const crowd = await story.at(from, 10 * 60, work => welcome(work, operator, { plan, spaces, from }));
  const kiosks = await story.at(from, 11 * 60, async work => {
    const opened: Kiosk[] = [];
    for (const { spaceId } of spaces) {
      opened.push(done(await openKiosk(work, operator, { spaceId, name: 'Entrée', secrets: stage.secrets })).kiosk);
    }
    return opened;
  });
  const scene: Scene = { story, stage, plan, operator, spaces, kiosks, anchor, workers: crowd.workers, sites: crowd.sites };
  await giveLabels(scene, addDays(from, 1), crowd.second);
  stage.say('…roads and homes…');
  await settleHomes(scene, await openDemoRoads(stage.home, plan.towns, seed), addDays(firstDayOf(anchor), -1));
  stage.say('…six months of bookings and presences…');
  await live(scene);
}

/** Seeds the fictitious network when the installation has none yet; says whether it did. */
export async function seedDemoOnce(stage: Stage, anchor: Day): Promise<boolean> {
  if ((await networkIds(stage.db)).length > 0) return false;
  await playStory(stage, anchor);
  return true;
}
