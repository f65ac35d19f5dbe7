import type { Bilingual } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import type { Place } from '../kernel/place.ts';
import type { Day } from '../kernel/time.ts';
import type { AccessibilityCode, EquipmentCode } from './equipment.ts';
import type { ResourceKind, TariffPart } from './kinds.ts';

export type SpaceId = Id<'spc'>;
export type ResourceId = Id<'res'>;
export type SpaceStatus = 'planned' | 'open' | 'closed';

/** Something useful within a quarter of an hour on foot. */
export interface Nearby {
  readonly what: Bilingual;
  readonly walk_min: number;
}

export interface Space {
  readonly spaceId: SpaceId;
  /** Unique in the network, made of the town and the name: `ganges-la-filature`. */
  readonly slug: string;
  readonly name: string;
  readonly address: string;
  readonly postcode: string;
  /** INSEE code and name. */
  readonly commune: { readonly code: string; readonly name: string };
  readonly place: Place;
  /** IANA zone: decides the local day. */
  readonly zone: string;
  /** The organisation that runs the space: town, group of towns, association. */
  readonly managerId: Id<'org'>;
  readonly hostFirstName: string;
  readonly description: Bilingual;
  readonly gettingThere: Bilingual;
  readonly nearby: readonly Nearby[];
  readonly equipment: readonly EquipmentCode[];
  readonly accessibility: readonly AccessibilityCode[];
  readonly openedOn: Day;
  readonly status: SpaceStatus;
  /** INSEE seven-level density grid of the commune, 1 dense to 7 very sparse, with the grid's year. */
  readonly density: { readonly level: number; readonly vintage: string } | null;
  /** In a town of the programme Petites Villes de demain. */
  readonly smallTownProgramme: boolean;
  readonly opensOnPublicHolidays: boolean;
}

/** What a manager may rewrite of a space's sheet; its address on the site stays. */
export type SheetTexts = Pick<
  Space,
  'name' | 'address' | 'postcode' | 'hostFirstName' | 'description' | 'gettingThere'
>;

export interface Resource {
  readonly resourceId: ResourceId;
  readonly spaceId: SpaceId;
  readonly kind: ResourceKind;
  readonly name: string;
  /** People who fit. */
  readonly capacity: number;
  /** The first day on which it is no longer offered. */
  readonly withdrawnFrom: Day | null;
}

/** How many places of a kind a space offers until a day, that day not included; null for those that stay. */
export interface Offered {
  readonly count: number;
  readonly until: Day | null;
}

/** Open from `opens_min` to `closes_min`, minutes from midnight on the wall; weekday 1 is Monday. */
export interface OpeningHours {
  readonly weekday: number;
  readonly opens_min: number;
  readonly closes_min: number;
}

/** Hours with the days on which they hold; `validUntil` is the first day on which they no longer do. */
export interface DatedHours extends OpeningHours {
  readonly spaceId: SpaceId;
  readonly validFrom: Day;
  readonly validUntil: Day | null;
}

export type ClosureReason = 'holidays' | 'works' | 'event' | 'staff' | 'other';

/** Closed from the first to the last day, both included. */
export interface Closure {
  readonly closureId: Id<'clo'>;
  readonly spaceId: SpaceId;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly reason: ClosureReason;
  readonly note: string | null;
}

export interface Tariff {
  readonly spaceId: SpaceId;
  readonly kind: ResourceKind;
  readonly part: TariffPart;
  readonly amount_eur_cents: bigint;
  /** Reference of the council's decision that set the price. */
  readonly deliberation: string;
  readonly validFrom: Day;
  readonly validUntil: Day | null;
}

export interface NewResource {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly capacity: number;
}

export interface NewTariff {
  readonly kind: ResourceKind;
  readonly part: TariffPart;
  readonly amount_eur_cents: bigint;
  readonly deliberation: string;
}

/** Everything needed to put a space on the map. Its hours and tariffs hold from the day it opens. */
export interface NewSpace extends Omit<Space, 'spaceId' | 'slug'> {
  readonly resources: readonly NewResource[];
  readonly hours: readonly OpeningHours[];
  readonly tariffs: readonly NewTariff[];
}
