import type { Asked } from '../booking/booking.ts';
import type { Declarations } from '../commute/commute.ts';
import type { NewSite, NewStaffLink } from '../employers/employers.ts';
import type { Bilingual } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { type Day, wallTime } from '../kernel/time.ts';
import type { Town as StudyTown } from '../siting/siting.ts';
import type { Space } from '../spaces/spaces.ts';
import type { PlannedDay } from './calendar.ts';
import type { Plan, PlannedPerson, PlannedSite, Town } from './plan.ts';

// What the plan comes to in the words of each room: verbs take these as they are.

/** Hours of the story are those of metropolitan France. */
export const zone = 'Europe/Paris';

export const siteSheet = ({ town }: PlannedSite): NewSite => ({
  name: `Agence de ${town.name}`,
  address: `1 place fictive, ${town.name}`,
  communeCode: town.code,
  place: town.place,
  headcount: null,
});

/** Someone's contract: working elsewhere is allowed on any weekday. */
export const staffSheet = (personId: Id<'per'>, siteId: Id<'sit'>, from: Day): NewStaffLink => ({
  personId,
  siteId,
  basis: 'agreement',
  weekdays: [1, 2, 3, 4, 5],
  from,
  until: null,
});

/** What someone says of their trips: to the office by car or train, to the space as they please. */
export function declarationSheet(
  person: PlannedPerson,
  personId: Id<'per'>,
  spaceId: Id<'spc'>,
): Declarations['declared'][number] {
  const { mode, reach, homeTown } = person;
  const energy = mode === 'ter' ? null : mode === 'car_electric' ? 'electric' : 'petrol';
  return {
    personId,
    home: { communeCode: homeTown.code, communeName: homeTown.name, precision: 'address', exact: person.home },
    office: { mode: mode === 'ter' ? 'ter' : 'car', energy, occupancy: person.occupancy },
    space: { mode: reach, energy: reach === 'car' ? 'petrol' : null, occupancy: '1' },
    officeWeekdays: [1, 2, 3, 4, 5],
    usual: 'office',
    declaredOffice_m: null,
    spaceIds: [spaceId],
  };
}

/** Who speaks, in words that fit any first name. */
export const workerSentence = (office: Town, space: Space): Bilingual => ({
  fr: `en poste à ${office.name}, travaille près de son domicile à ${space.commune.name}`,
  en: `has an office in ${office.name}, works near home in ${space.commune.name}`,
});

export interface Cast {
  readonly plan: Plan;
  readonly spaces: readonly Space[];
  /** Ids of the plan's people, in its order. */
  readonly personIds: readonly Id<'per'>[];
}

export const spaceOf = ({ plan, spaces }: Pick<Cast, 'plan' | 'spaces'>, { person }: PlannedDay): Space =>
  spaces[plan.people[person]!.space]!;

export const requestOf = (cast: Cast, one: PlannedDay): Asked => ({
  spaceId: spaceOf(cast, one).spaceId,
  personId: cast.personIds[one.person]!,
  day: one.day,
  part: one.part,
});

/** Without a desk some come all the same; nobody comes to a door that is shut, or where they are not allowed. */
export const comesAfter = (answer: Outcome<unknown>, { comes, insists }: PlannedDay): boolean =>
  comes && (answer.ok || (insists && answer.refusal.code === 'booking.space_full'));

/** When someone stands before the kiosk. Afternoons begin at half past one. */
export const arrivalOf = ({ day, part, arrives_min }: PlannedDay) =>
  wallTime(day, (part === 'afternoon' ? 13 * 60 + 30 : 8 * 60 + 30) + arrives_min, zone);

export const studyTown = ({ code, name, population, place }: Town): StudyTown => ({ code, name, population, place });
