import { greatCircleM, type Place } from '../kernel/place.ts';
import { familyNames, firstNames } from './names.ts';
import type { Random } from './random.ts';

/** A real commune, as the plan needs it. */
export interface Town {
  readonly code: string;
  readonly name: string;
  readonly population: number;
  readonly place: Place;
}

export interface PlannedSite {
  readonly employer: number;
  readonly town: Town;
}

export interface PlannedPerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** Positions in the lists of spaces and sites. */
  readonly space: number;
  readonly site: number;
  readonly home: Place;
  readonly homeTown: Town;
  readonly mode: 'car' | 'car_electric' | 'ter';
  /** Persons in the car, as a fraction: 1, or 2 for the few who share. */
  readonly occupancy: '1' | '2';
  /** Weekdays on which they come, 1 is Monday. */
  readonly weekdays: readonly number[];
  readonly usualPart: 'day' | 'morning' | 'afternoon';
  /** How they reach the space. */
  readonly reach: 'walk' | 'bicycle' | 'car';
  readonly stay: Stay;
}

/** In months before the present day's own: someone comes from `joined` on, and no more from `left` on. */
export interface Stay {
  readonly joined: number;
  readonly left: number | null;
}

export interface Plan {
  readonly sites: readonly PlannedSite[];
  readonly people: readonly PlannedPerson[];
  /** The towns between which the fictitious roads run. */
  readonly towns: readonly Town[];
}

/** Invented firms; no SIREN, so that none is anyone's. */
export const employerNames = [
  'Mutuelle des Trois Vallées',
  'Atelier Numérique Garance',
  'Assurances Pierre-Levée',
  'Bureau d’études Amont',
  'Coopérative Lumen',
] as const;

const townsPerSpace = 22;
/** A workplace worth not driving to: a town of 20,000 people or more, 18 to 75 km away as the crow flies. */
const workTown = { population: 20_000, nearestM: 18_000 };
/** How far from a space the plan looks for towns. */
export const horizonM = 75_000;

/** A space's own town, set at the space's place, and the other towns within the horizon, the nearest first. */
export interface Neighbourhood {
  readonly own: Town;
  readonly around: readonly Town[];
}

function workTownOf({ own, around }: Neighbourhood): Town {
  const far = around.filter(town => greatCircleM(own.place, town.place) >= workTown.nearestM);
  const large = far.find(town => town.population >= workTown.population);
  const chosen = large ?? [...far].sort((a, b) => b.population - a.population)[0];
  if (chosen === undefined) throw new RangeError('no town lies within reach of a space of the demo network');
  return chosen;
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');

function weekdaysOf(random: Random): readonly number[] {
  const count = random.pick([1, 1, 2, 2, 2, 3]);
  return random.some([1, 2, 3, 4, 5], count).sort((a, b) => a - b);
}

const jitter = (random: Random, at: Place): Place => ({
  lon_udeg: at.lon_udeg + random.under(4001) - 2000,
  lat_udeg: at.lat_udeg + random.under(3001) - 1500,
});

interface Surroundings {
  readonly site: number;
  /** Communes where people of this space live, the space's own first. */
  readonly homes: readonly Town[];
}

/** Months after which each of sixteen people who begin together stops coming; the others stay. */
const stops_months: readonly (number | null)[] = [null, 2, null, 2, null, 2, null, 2, null, 2, 5, 2, null, 2, 8, null];
const founders = 48;

/** Who ever comes in so many months: the founders, then as many more each month as there are ways to stop. */
export const peopleOver = (months: number): number => founders + (months - 1) * stops_months.length;

/** When the person of this place in the list comes, over so many months. */
export function stayOf(place: number, months: number): Stay {
  const wave = Math.max(0, Math.ceil((place + 1 - founders) / stops_months.length));
  const stops = stops_months[place % stops_months.length] ?? null;
  return { joined: months - wave, left: stops === null ? null : months - wave - stops };
}

function planPerson(
  random: Random,
  { serial, space, stay }: { readonly serial: number; readonly space: number; readonly stay: Stay },
  around: Surroundings,
): PlannedPerson {
  const firstName = random.pick(firstNames);
  const lastName = random.pick(familyNames);
  const ownTown = random.chance(55);
  const homeTown = ownTown ? around.homes[0]! : random.pick(around.homes);
  const mode = random.pick(['car', 'car', 'car', 'car', 'car', 'car', 'car', 'car', 'car_electric', 'ter'] as const);
  return {
    firstName,
    lastName,
    email: `${plain(firstName)}.${plain(lastName)}.${serial}@exemple.invalid`,
    space,
    site: around.site,
    home: jitter(random, homeTown.place),
    homeTown,
    mode,
    occupancy: mode === 'car' && random.chance(12) ? '2' : '1',
    weekdays: weekdaysOf(random),
    usualPart: random.pick(['day', 'day', 'day', 'day', 'morning', 'afternoon'] as const),
    reach:
      homeTown === around.homes[0] ? random.pick(['walk', 'walk', 'bicycle']) : random.pick(['car', 'car', 'bicycle']),
    stay,
  };
}

/** People, workplaces and roads around the spaces, from chance that repeats: the same plan twice. */
export function planNetwork(random: Random, spaces: readonly Neighbourhood[], months: number): Plan {
  const sites: PlannedSite[] = [];
  const towns = new Map<string, Town>();
  const surroundings = spaces.map((space, i): Surroundings => {
    const near = [space.own, ...space.around.slice(0, townsPerSpace)];
    const work = workTownOf(space);
    for (const town of [...near, work]) towns.set(town.code, town);
    sites.push({ employer: i % employerNames.length, town: work });
    return { site: i, homes: near.slice(0, 8) };
  });
  // Everyone has a space; the first spaces of the list have a few more regulars.
  const crowd = Array.from({ length: peopleOver(months) }, (_, i) => {
    const space =
      i < 3 * spaces.length ? i % spaces.length : Math.min(random.under(spaces.length), random.under(spaces.length));
    return planPerson(random, { serial: i + 1, space, stay: stayOf(i, months) }, surroundings[space]!);
  });
  return { sites, people: crowd, towns: [...towns.values()].sort((a, b) => (a.code < b.code ? -1 : 1)) };
}
