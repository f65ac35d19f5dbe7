import type { Bilingual } from '../kernel/bilingual.ts';
import type { Day } from '../kernel/time.ts';
import type { AccessibilityCode, EquipmentCode, NewSpace, NewTariff, OpeningHours } from '../spaces/spaces.ts';
import { demoTown, densityVintage } from './towns.ts';

/**
 * The spaces of the demonstration. Towns are real; names, addresses, hosts, prices, council decisions and descriptions
 * are invented, but for the facts of La Dynamo that its local press published, named in its description.
 */
export interface DemoSpace extends Omit<NewSpace, 'managerId'> {
  readonly manager: { readonly name: string; readonly kind: 'commune' | 'epci' | 'association' };
  readonly population: number;
}

/** Opening periods as `weekdays opens closes`, minutes from midnight. */
const week = (weekdays: readonly number[], ...spans: readonly (readonly [number, number])[]): readonly OpeningHours[] =>
  weekdays.flatMap(weekday => spans.map(([opens_min, closes_min]) => ({ weekday, opens_min, closes_min })));

const mondayToFriday = [1, 2, 3, 4, 5];
const hours = {
  townHall: week(mondayToFriday, [510, 750], [810, 1080]),
  allDay: week(mondayToFriday, [480, 1140]),
  market: week([2, 3, 4, 5, 6], [540, 750], [840, 1110]),
  shortFriday: [...week([1, 2, 3, 4], [510, 1080]), ...week([5], [510, 750])],
  early: [...week(mondayToFriday, [450, 1170]), ...week([6], [540, 780])],
  noWednesday: week([1, 2, 4, 5], [540, 1050]),
  island: week(mondayToFriday, [450, 990]),
} as const;

/** Euros: half-day and day for a desk, then for an office, then for a meeting room. */
type Prices = readonly [number, number, number, number, number, number];
const prices = {
  low: [6, 10, 12, 20, 25, 45],
  middle: [7.5, 13, 15, 25, 30, 55],
  high: [9, 15, 18, 30, 40, 70],
} as const satisfies Record<string, Prices>;

const tariffs = (
  [deskHalf, deskDay, officeHalf, officeDay, roomHalf, roomDay]: Prices,
  { opened, has }: Pick<Told, 'opened' | 'has'>,
): readonly NewTariff[] => {
  const year = opened.slice(0, 4);
  const cents = (euros: number) => BigInt(Math.round(euros * 100));
  const one = (kind: NewTariff['kind'], part: NewTariff['part'], euros: number): NewTariff => ({
    ...{ kind, part, amount_eur_cents: cents(euros), deliberation: `${year}-041 (délibération fictive)` },
  });
  const line = (kind: NewTariff['kind'], half: number, day: number): readonly NewTariff[] => [
    one(kind, 'half_day', half),
    one(kind, 'day', day),
  ];
  return [
    ...line('desk', deskHalf, deskDay),
    ...line('office', officeHalf, officeDay),
    one('office', 'month', officeDay * 12),
    ...line('meeting_room', roomHalf, roomDay),
    one('meeting_room', 'hour', roomHalf / 2.5),
    ...(has.includes('phone_booth') ? [one('phone_booth', 'hour', 2)] : []),
    ...(has.includes('lockers') ? [one('locker', 'month', 10)] : []),
  ];
};

const around = {
  bakery: { fr: 'boulangerie', en: 'bakery' },
  market: { fr: 'marché', en: 'market' },
  school: { fr: 'école', en: 'school' },
  nursery: { fr: 'crèche', en: 'day nursery' },
  doctor: { fr: 'maison de santé', en: 'health centre' },
  library: { fr: 'médiathèque', en: 'library' },
  station: { fr: 'gare', en: 'railway station' },
  coach: { fr: 'arrêt de car', en: 'coach stop' },
  post: { fr: 'bureau de poste', en: 'post office' },
  river: { fr: 'bords de rivière', en: 'riverside' },
  restaurant: { fr: 'restaurant ouvrier', en: 'workers’ restaurant' },
  cinema: { fr: 'cinéma', en: 'cinema' },
} as const satisfies Record<string, Bilingual>;

const base: readonly EquipmentCode[] = ['fibre', 'printer', 'kitchen', 'coffee'];
/** What most of them offer on one floor. */
export const atGroundLevel: readonly AccessibilityCode[] = ['step_free', 'adapted_toilet', 'adapted_desk'];

/** One invented space as its story is told below; `spaceOf` makes the rest. */
export interface Told {
  readonly town: string;
  readonly name: string;
  readonly street: string;
  readonly host: string;
  readonly opened: Day;
  /** Desks, offices, meeting rooms. */
  readonly rooms: readonly [desks: number, offices: number, rooms: number];
  readonly open: keyof typeof hours;
  readonly price: keyof typeof prices;
  readonly has: readonly EquipmentCode[];
  readonly access?: readonly AccessibilityCode[];
  /** Minutes on foot. */
  readonly near: readonly (readonly [place: keyof typeof around, minutes: number])[];
  readonly come: Bilingual;
  readonly about: Bilingual;
  /** Metres from the town's centre to the door, east and north. */
  readonly off?: readonly [east_m: number, north_m: number];
  readonly by?: DemoSpace['manager'];
  readonly status?: DemoSpace['status'];
  readonly zone?: string;
}

const resources = ({ rooms: [desks, offices, rooms], has }: Told): DemoSpace['resources'] => [
  ...Array.from({ length: desks }, (_, n) => ({ kind: 'desk' as const, name: `Poste ${n + 1}`, capacity: 1 })),
  ...Array.from({ length: offices }, (_, n) => ({
    kind: 'office' as const,
    name: `Bureau fermé ${'ABC'[n]}`,
    capacity: n === 0 ? 2 : 1,
  })),
  ...Array.from({ length: rooms }, (_, n) => ({
    kind: 'meeting_room' as const,
    name: n === 0 ? 'Salle haute' : 'Petite salle',
    capacity: n === 0 ? 10 : 5,
  })),
  ...(has.includes('phone_booth') ? [{ kind: 'phone_booth' as const, name: 'Cabine', capacity: 1 }] : []),
  ...(has.includes('lockers')
    ? Array.from({ length: 6 }, (_, n) => ({ kind: 'locker' as const, name: `Casier ${n + 1}`, capacity: 1 }))
    : []),
];

/** The space as the network takes it. */
export function spaceOf(told: Told): DemoSpace {
  const town = demoTown(told.town);
  const [east_m, north_m] = told.off ?? [90, -60];
  const narrow = Math.cos((town.place.lat_udeg / 1e6) * (Math.PI / 180));
  return {
    name: told.name,
    address: told.street,
    postcode: town.postcode,
    commune: { code: town.code, name: town.name },
    place: {
      lon_udeg: town.place.lon_udeg + Math.round((east_m * 8.9932) / narrow),
      lat_udeg: town.place.lat_udeg + Math.round(north_m * 8.9932),
    },
    zone: told.zone ?? 'Europe/Paris',
    manager: told.by ?? { name: `Commune de ${town.name}`, kind: 'commune' },
    population: town.population,
    hostFirstName: told.host,
    description: told.about,
    gettingThere: told.come,
    nearby: told.near.map(([place, walk_min]) => ({ what: around[place], walk_min })),
    equipment: [...base, ...told.has],
    accessibility: told.access ?? atGroundLevel,
    openedOn: told.opened,
    status: told.status ?? 'open',
    density: { level: town.density, vintage: densityVintage },
    smallTownProgramme: true,
    opensOnPublicHolidays: false,
    resources: resources(told),
    hours: hours[told.open],
    tariffs: tariffs(prices[told.price], told),
  };
}
