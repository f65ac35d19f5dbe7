import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Place } from '../kernel/place.ts';
import { compare, one, parseRational } from '../kernel/rational.ts';
import type { Day, Instant } from '../kernel/time.ts';
import type { Replaced } from '../method/method.ts';
import { words } from './words.ts';

export type BaselineId = Id<'bas'>;
export type SpaceId = Id<'spc'>;

export const modes = [
  'car',
  'motorbike',
  'scooter',
  'ter',
  'intercites',
  'tgv',
  'rer',
  'metro',
  'tram',
  'bus',
  'coach',
  'e_bike',
  'bicycle',
  'walk',
] as const;
export type TravelMode = (typeof modes)[number];

export const energies = ['petrol', 'diesel', 'hybrid', 'plug_in', 'electric', 'lpg', 'e85'] as const;
export type Energy = (typeof energies)[number];

/** How someone travels: what they declared, before any factor is chosen. */
export interface Travel {
  readonly mode: TravelMode;
  /** What the car runs on; null for anything but a car. */
  readonly energy: Energy | null;
  /** Persons in the vehicle, the driver included, as an exact fraction: `"1"`, `"7/5"`. */
  readonly occupancy: string;
}

/** Where the person works for the employer. */
export interface Workplace {
  readonly siteId: Id<'sit'> | null;
  readonly name: string;
  readonly communeCode: string;
  readonly place: Place;
}

/** Where the person lives: a commune for good, an exact point only until distances are known. */
export interface Home {
  readonly communeCode: string;
  readonly communeName: string;
  /** Was the point that of an address, or the centre of the commune for want of one? */
  readonly precision: 'address' | 'commune';
  readonly exact: Place | null;
}

export interface Declaration {
  /** First day on which it holds, until the next declaration. */
  readonly validFrom: Day;
  readonly home: Home & { readonly exact: Place };
  readonly office: Travel;
  readonly space: Travel;
  /** Weekdays usually spent at the office, 1 is Monday. */
  readonly officeWeekdays: readonly number[];
  /** What a day without the space would usually be: fills in the daily question, never answers it. */
  readonly usual: Replaced;
  /** Home to office, one way, as the person knows it; kept beside the routed distance. */
  readonly declaredOffice_m: number | null;
  /** Spaces where the person means to go. */
  readonly spaceIds: readonly SpaceId[];
  /** The car's plate under the network's key, if the person gave it: one car twice on a day is seen, no car is known. */
  readonly plateHash?: string | null;
}

export interface Baseline extends Omit<Declaration, 'home'> {
  readonly baselineId: BaselineId;
  /** Null once the person is erased: distances and totals stay, nobody is found from them. */
  readonly personId: Id<'per'> | null;
  readonly home: Home;
  readonly workplace: Workplace;
  readonly recordedAt: Instant;
}

const shared: readonly TravelMode[] = ['car', 'motorbike', 'scooter'];

/** Is the vehicle shared by the people in it, so that its emissions are divided between them? */
export const isShared = (mode: TravelMode): boolean => shared.includes(mode);

/** Does the person say that they drive alone? */
export const isAlone = ({ mode, occupancy }: Travel): boolean => mode === 'car' && occupancy === '1';

/** The emission factor of a way of travelling: the set in use knows two kinds of cars. */
export const factorOf = ({ mode, energy }: Travel): string =>
  mode === 'car' && energy === 'electric' ? 'car_electric' : mode;

/** The road that measures a trip. Rails have no map here: the road stands in for them, as an assumption of ours. */
export const roadModeOf = (mode: TravelMode): 'car' | 'bicycle' | 'foot' => {
  if (mode === 'walk') return 'foot';
  return mode === 'bicycle' || mode === 'e_bike' ? 'bicycle' : 'car';
};

const travelRefusal = (which: 'office' | 'space', { mode, energy, occupancy }: Travel): Refusal | null => {
  if (mode === 'car' && energy === null) return words.energyMissing(`${which}_energy`);
  const people = parseRational(occupancy);
  if (people === null || compare(people, one) < 0) return words.occupancyNotUnderstood(`${which}_occupancy`);
  if (!isShared(mode) && compare(people, one) !== 0) return words.occupancyOfNoVehicle(`${which}_occupancy`);
  return null;
};

/** Nobody commutes farther than this every week: a longer figure is a slip of the keyboard. */
export const longestCommute_m = 500_000;

const isDistance = (metres: number) => Number.isSafeInteger(metres) && metres > 0 && metres <= longestCommute_m;

/** Past days keep the situation under which they were counted: only a first declaration may reach back. */
export const declarationRefusal = (
  declared: Declaration,
  {
    today,
    isFirst,
    workplace,
  }: { readonly today: Day; readonly isFirst: boolean; readonly workplace: Workplace | null },
): Refusal | null => {
  if (workplace === null) return words.noWorkplace;
  if (!isFirst && declared.validFrom < today) return words.startsInThePast(today);
  if (declared.declaredOffice_m !== null && !isDistance(declared.declaredOffice_m)) return words.distanceOutOfRange;
  return travelRefusal('office', declared.office) ?? travelRefusal('space', declared.space);
};
