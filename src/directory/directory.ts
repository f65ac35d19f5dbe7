import { freeDesks } from '../booking/booking.ts';
import { groupBy } from '../kernel/group.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { greatCircleM, type Place } from '../kernel/place.ts';
import { type Day, daysFrom, localDay } from '../kernel/time.ts';
import { labelsOf } from '../labelling/labelling.ts';
import { communeOf, findPlaces, type Geocoder } from '../platform/communes/communes.ts';
import type { Work } from '../platform/database.ts';
import { estimate, type RoadRouter } from '../platform/roads/roads.ts';
import {
  type Closure,
  closuresFrom,
  type DatedHours,
  hoursFrom,
  listSpaces,
  type OpenDay,
  offeredOn,
  openIntervals,
  type Resource,
  resourcesOf,
  type Space,
  spaceBySlug,
  type Tariff,
  tariffOf,
  tariffsOn,
} from '../spaces/spaces.ts';
import { firstFreeDay, guessed, type Listing, type Mode, modes, type Result, ranked, type Trip } from './listing.ts';
import { meant, type Somewhere } from './places.ts';
import { words } from './words.ts';

export type { Listing, Mode, Result, Trip } from './listing.ts';
export type { Somewhere } from './places.ts';

/** The day on which a network spread over zones shows its spaces when none is asked. */
const capitalZone = 'Europe/Paris';
/** Days read ahead: this week and the next. */
const daysAhead = 10;
/** How many spaces a search compares. */
const mostResults = 8;
/** Beyond this as the crow flies, a space is said to be far. */
const far_m = 60_000;

const today = (work: Work): Day => localDay(work.now, capitalZone);

/** A day asked, unless it is past. */
const dayOr = (work: Work, asked: Day | null): Day | null => (asked !== null && asked >= today(work) ? asked : null);

/** Spaces with their labels, prices and free half-days over some days: six queries, however many spaces. */
async function listingsOf(work: Work, spaces: readonly Space[], days: readonly Day[]): Promise<readonly Listing[]> {
  const spaceIds = spaces.map(s => s.spaceId);
  const day = days[0]!;
  const [labels, halves, tariffs] = await Promise.all([
    labelsOf(work, { spaceIds, day }),
    freeDesks(work, { spaceIds, days }),
    tariffsOn(work, { spaceIds, day }),
  ]);
  const halvesOf = groupBy(halves, one => one.spaceId);
  const tariffsOf = groupBy(tariffs, one => one.spaceId);
  return spaces.map((space, n) => {
    const { spaceId } = space;
    const own = tariffsOf.get(spaceId) ?? [];
    return {
      space,
      label: labels[n]!,
      halves: halvesOf.get(spaceId) ?? [],
      halfDay: tariffOf(own, { spaceId, kind: 'desk', part: 'half_day', day }),
      day: tariffOf(own, { spaceId, kind: 'desk', part: 'day', day }),
    };
  });
}

/** Every space that is not closed for good, by town then name, with what is free from a day on. */
export async function listings(
  work: Work,
  asked: Day | null = null,
): Promise<{ readonly day: Day; readonly listings: readonly Listing[] }> {
  const spaces = (await listSpaces(work)).filter(s => s.status !== 'closed');
  const first = dayOr(work, asked) ?? today(work);
  const all = await listingsOf(work, spaces, daysFrom(first, asked === null ? 4 : 1));
  return {
    day:
      dayOr(work, asked) ??
      firstFreeDay(
        all.flatMap(l => l.halves),
        first,
      ),
    listings: all,
  };
}

/** Minutes from a place to spaces by every mode, in their order; a straight-line estimate where no road answers. */
export async function tripsFrom(
  roads: RoadRouter,
  from: Place,
  tos: readonly Place[],
): Promise<readonly (readonly Trip[])[]> {
  const byMode = await Promise.all(modes.map(mode => roads.oneToMany(from, tos, mode)));
  return tos.map((to, n) =>
    modes.map((mode, m): Trip => {
      const reach = byMode[m]![n];
      return reach
        ? { mode, seconds: reach.seconds, metres: reach.metres, estimated: false }
        : guessed(mode, estimate(from, to).metres);
    }),
  );
}

/** What a search may ask of the world beyond the database. */
export interface Guides {
  readonly roads: RoadRouter;
  readonly geocoder: Geocoder | null;
}

export interface SearchAsked {
  /** A commune's name, a postcode or an address. */
  readonly text: string;
  /** An INSEE code, when the visitor has chosen among communes of one name. */
  readonly communeCode: string | null;
  readonly day: Day | null;
}

export type Search =
  | { readonly kind: 'choose'; readonly places: readonly Somewhere[] }
  | {
      readonly kind: 'found';
      readonly from: Somewhere;
      /** Other places of that name or postcode. */
      readonly others: readonly Somewhere[];
      readonly day: Day;
      readonly results: readonly Result[];
      /** The nearest is farther than anyone would go each week. */
      readonly isFar: boolean;
      readonly roads: { readonly known: boolean; readonly fictitious: boolean };
    };

async function placeOf(work: Work, { text, communeCode }: SearchAsked, geocoder: Geocoder | null) {
  if (communeCode === null) {
    const found = await findPlaces(work.tx, text, geocoder);
    return found.ok ? accept(meant(text, found.value)) : found;
  }
  const commune = await communeOf(work.tx, communeCode);
  if (!commune || commune.lon_udeg === null || commune.lat_udeg === null) return refuse(words.unknownCommune);
  const place: Somewhere = {
    label: `${commune.name} (${commune.postcodes[0] ?? commune.departement})`,
    place: { lon_udeg: commune.lon_udeg, lat_udeg: commune.lat_udeg },
    kind: 'commune',
    insee_code: commune.insee_code,
    commune: commune.name,
    approximate: commune.centre_source !== 'geonames',
  };
  return accept({ kind: 'one' as const, place, others: [] });
}

const nearest = (spaces: readonly Space[], from: Place): readonly Space[] =>
  spaces
    .filter(s => s.status === 'open')
    .toSorted((a, b) => greatCircleM(from, a.place) - greatCircleM(from, b.place))
    .slice(0, mostResults);

/** « Où travailler près de chez moi ? »: the nearest spaces by road, with what is free, or the communes to choose from. */
export async function search(work: Work, guides: Guides, asked: SearchAsked): Promise<Outcome<Search>> {
  const place = await placeOf(work, asked, guides.geocoder);
  if (!place.ok) return place;
  if (place.value.kind === 'choose') return accept(place.value);
  const { place: from, others } = place.value;
  const spaces = nearest(await listSpaces(work), from.place);
  const first = dayOr(work, asked.day) ?? today(work);
  const found = await listingsOf(work, spaces, daysFrom(first, daysAhead));
  const trips = await tripsFrom(
    guides.roads,
    from.place,
    spaces.map(s => s.place),
  );
  const map = guides.roads.describe();
  return accept({
    kind: 'found',
    from,
    others,
    day:
      dayOr(work, asked.day) ??
      firstFreeDay(
        found.flatMap(l => l.halves),
        first,
      ),
    results: ranked(found.map((listing, n) => ({ ...listing, trips: trips[n]! }))),
    isFar: spaces.every(s => greatCircleM(from.place, s.place) > far_m),
    roads: { known: map.engine !== 'none', fictitious: map.fictitious },
  });
}

/** Everything that the page of a space shows. */
export interface SpaceSheet extends Listing {
  readonly today: Day;
  /** The first of the seven days shown. */
  readonly from: Day;
  readonly week: readonly OpenDay[];
  readonly resources: readonly Resource[];
  readonly tariffs: readonly Tariff[];
  /** Hours that hold on the first day shown. */
  readonly hours: readonly DatedHours[];
  readonly closures: readonly Closure[];
}

const holdsOn = (day: Day) => (h: DatedHours) => h.validFrom <= day && (h.validUntil === null || day < h.validUntil);

/** A space with a week of half-days from a day on, today when none is asked or it is past. */
export async function spaceSheet(work: Work, slug: string, asked: Day | null): Promise<Outcome<SpaceSheet>> {
  const found = await spaceBySlug(work, slug);
  if (!found.ok) return found;
  const space = found.value;
  const { spaceId } = space;
  const now = localDay(work.now, space.zone);
  const from = asked !== null && asked >= now ? asked : now;
  const days = daysFrom(from, 7);
  const [listing] = await listingsOf(work, [space], days);
  const week = await openIntervals(work, { spaceIds: [spaceId], days });
  const resources = offeredOn(await resourcesOf(work, [spaceId]), from);
  const tariffs = await tariffsOn(work, { spaceIds: [spaceId], day: from < space.openedOn ? space.openedOn : from });
  const hours = (await hoursFrom(work, { spaceId, day: from })).filter(
    holdsOn(from < space.openedOn ? space.openedOn : from),
  );
  const closures = await closuresFrom(work, { spaceId, day: from });
  return accept({ ...listing!, today: now, from, week, resources, tariffs, hours, closures });
}

/** What can be reached from a space in a quarter of an hour, by mode; a mode without an answer is left out. */
export async function quarterHour(
  roads: RoadRouter,
  space: Space,
): Promise<readonly { readonly mode: Mode; readonly ring: readonly Place[] }[]> {
  const asked: readonly Mode[] = ['foot', 'bicycle'];
  const found = await Promise.all(asked.map(mode => roads.isochrone(space.place, mode, [15])));
  return found.flatMap((outcome, n) => {
    const ring = outcome.ok ? outcome.value[0]?.rings[0] : undefined;
    return ring && ring.length > 2 ? [{ mode: asked[n]!, ring }] : [];
  });
}

/** Where a line of text is, for « depuis chez moi » on a space's page; the first guess when several bear the name. */
export async function somewhere(work: Work, guides: Guides, text: string): Promise<Outcome<Somewhere>> {
  const found = await findPlaces(work.tx, text, guides.geocoder);
  if (!found.ok) return found;
  const place = meant(text, found.value);
  return accept(place.kind === 'one' ? place.place : place.places[0]!);
}
