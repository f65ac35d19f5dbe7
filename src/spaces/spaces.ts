import { groupBy } from '../kernel/group.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import type { Work } from '../platform/database.ts';
import { announce } from '../platform/outbox.ts';
import { managed, todayAt } from './jobs/placing.ts';
import type { ResourceKind, TariffPart } from './kinds.ts';
import { type OpenDay, openingOf } from './opening.ts';
import {
  holdsOn,
  hoursRefusal,
  inPlaceOrder,
  mayManage,
  newSpaceRefusal,
  slugOf,
  tariffOf,
  tariffRefusal,
} from './rules.ts';
import type {
  Closure,
  ClosureReason,
  DatedHours,
  NewSpace,
  NewTariff,
  Offered,
  OpeningHours,
  Resource,
  Space,
  SpaceId,
  Tariff,
} from './space.ts';
import { recallAll, recallSpaces, type SpaceFacts } from './store/facts.ts';
import {
  deleteClosure,
  endHours,
  endTariff,
  insertClosure,
  insertHours,
  insertResources,
  insertSpaces,
  insertTariffs,
  selectClosure,
  selectClosures,
  selectHours,
  selectResources,
  selectSpaceBySlug,
  selectTariffs,
} from './store.ts';
import { words } from './words.ts';

export { type AccessibilityCode, accessibility, type EquipmentCode, equipment } from './equipment.ts';
export {
  addResource,
  editSheet,
  holdResources,
  type ManagedResource,
  managedResource,
  moveClock,
  putBack,
  renameResource,
  withdrawFrom,
} from './jobs/placing.ts';
export {
  bufferedKinds,
  hourlyKinds,
  type ResourceKind,
  resourceKinds,
  seatKinds,
  type TariffPart,
  termKinds,
} from './kinds.ts';
export { halfDaySplit_min, type OpenDay } from './opening.ts';
export { clockText, hoursSpoken, inPlaceOrder, mayManage, offeredOn, tariffOf } from './rules.ts';
export type {
  Closure,
  ClosureReason,
  DatedHours,
  Nearby,
  NewResource,
  NewSpace,
  NewTariff,
  Offered,
  OpeningHours,
  Resource,
  ResourceId,
  Space,
  SpaceId,
  SpaceStatus,
  Tariff,
} from './space.ts';
export type { SpaceFacts } from './store/facts.ts';
export { closureReasons, kinds, parts, weekdays } from './words.ts';

/** Puts spaces on the map, all or none, with their resources, hours and tariffs. Operators only. */
export async function addSpaces(
  work: Work,
  actor: Actor,
  news: readonly NewSpace[],
): Promise<Outcome<readonly Space[]>> {
  if (!holds(actor, 'network_operator')) return refuse(words.notOperator);
  const why = news.map(newSpaceRefusal).find(r => r !== null);
  if (why) return refuse(why);
  const added = news.map(({ resources, hours, tariffs, ...sheet }) => {
    const space: Space = { ...sheet, spaceId: work.newId('spc'), slug: slugOf(sheet.commune.name, sheet.name) };
    const own = { spaceId: space.spaceId, validFrom: space.openedOn };
    return {
      space,
      resources: resources.map(r => ({ ...r, spaceId: space.spaceId, resourceId: work.newId('res') })),
      hours: hours.map(h => ({ ...h, ...own })),
      tariffs: tariffs.map(t => ({ ...t, ...own })),
    };
  });
  const spaces = added.map(a => a.space);
  const written = new Set(await insertSpaces(work, spaces));
  const taken = spaces.find((s, i) => !written.has(s.slug) || spaces.findIndex(o => o.slug === s.slug) !== i);
  if (taken) return refuse(words.nameTaken(taken.name));
  await insertResources(
    work,
    added.flatMap(a => a.resources),
  );
  await insertHours(
    work,
    added.flatMap(a => a.hours),
  );
  await insertTariffs(
    work,
    added.flatMap(a => a.tariffs),
  );
  return accept(spaces);
}

/** The last day that a date can bear here: what has no end holds until then. */
const endOfTime: Day = '9999-12-31';

export interface HoursChange {
  readonly spaceId: SpaceId;
  /** The whole week: a weekday without a line is closed. */
  readonly hours: readonly OpeningHours[];
  readonly from: Day;
}

/** Replaces the weekly hours from a day on, today at the earliest; what was planned for later is replaced too. */
export async function setHours(
  work: Work,
  actor: Actor,
  change: HoursChange,
): Promise<Outcome<readonly OpeningHours[]>> {
  const space = await managed(work, actor, change.spaceId);
  if (!space.ok) return space;
  const today = todayAt(work, space.value);
  if (change.from < today) return refuse(words.fromThePast(today, 'from'));
  const why = hoursRefusal(change.hours);
  if (why) return refuse(why);
  await endHours(work, change.spaceId, change.from);
  await insertHours(
    work,
    change.hours.map(h => ({ ...h, spaceId: change.spaceId, validFrom: change.from })),
  );
  await announce(work, { event: 'spaces.hours_changed', payload: { space_id: change.spaceId, from: change.from } });
  return accept(change.hours);
}

export interface NewClosure {
  readonly spaceId: SpaceId;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly reason: ClosureReason;
  readonly note?: string | null;
}

/** Closes a space from the first to the last day, both included. */
export async function close(work: Work, actor: Actor, asked: NewClosure): Promise<Outcome<Closure>> {
  const space = await managed(work, actor, asked.spaceId);
  if (!space.ok) return space;
  const today = todayAt(work, space.value);
  if (asked.firstDay < today) return refuse(words.fromThePast(today, 'first_day'));
  if (asked.lastDay < asked.firstDay) return refuse(words.closureReversed);
  const closure: Closure = { ...asked, note: asked.note || null, closureId: work.newId('clo') };
  if (!(await insertClosure(work, closure))) return refuse(words.alreadyClosed);
  const { spaceId, firstDay, lastDay } = closure;
  await announce(work, {
    event: 'spaces.closed',
    payload: { space_id: spaceId, first_day: firstDay, last_day: lastDay },
  });
  return accept(closure);
}

/** Cancels a closure that is not over. */
export async function reopen(work: Work, actor: Actor, closureId: string): Promise<Outcome<Closure>> {
  const closure = await selectClosure(work, closureId);
  if (!closure) return refuse(words.unknownClosure);
  const space = await managed(work, actor, closure.spaceId);
  if (!space.ok) return space;
  const today = todayAt(work, space.value);
  if (closure.lastDay < today) return refuse(words.closureIsPast);
  await deleteClosure(work, closure.closureId);
  const from = closure.firstDay < today ? today : closure.firstDay;
  await announce(work, { event: 'spaces.hours_changed', payload: { space_id: closure.spaceId, from } });
  return accept(closure);
}

export interface TariffChange extends NewTariff {
  readonly spaceId: SpaceId;
  readonly from: Day;
}

/** Sets a price from a day on, today at the earliest, with the council's decision that says so. */
export async function setTariff(work: Work, actor: Actor, change: TariffChange): Promise<Outcome<Tariff>> {
  const space = await managed(work, actor, change.spaceId);
  if (!space.ok) return space;
  const today = todayAt(work, space.value);
  if (change.from < today) return refuse(words.fromThePast(today, 'valid_from'));
  const why = tariffRefusal(change);
  if (why) return refuse(why);
  const { from: validFrom, ...price } = change;
  await endTariff(work, { ...price, validFrom });
  await insertTariffs(work, [{ ...price, validFrom }]);
  return accept({ ...price, validFrom, validUntil: null });
}

/** A space by the name in its address; refused as `spaces.unknown_space`. */
export async function spaceBySlug(work: Work, slug: string): Promise<Outcome<Space>> {
  const space = await selectSpaceBySlug(work, slug);
  return space ? accept(space) : refuse(words.unknownSpace);
}

/** All that is known of these spaces, by town then name; an unknown id is absent. Read once in a process while none of it changes. */
export const factsOf: (work: Work, spaceIds: readonly SpaceId[]) => Promise<readonly SpaceFacts[]> = recallSpaces;

/** The spaces of these ids, by town then name; an unknown id is absent. */
export const spacesByIds = async (work: Work, spaceIds: readonly SpaceId[]): Promise<readonly Space[]> =>
  (await recallSpaces(work, spaceIds)).map(facts => facts.space);

/** Every space of the network, planned and closed ones included, by town then name. */
export const listSpaces: (work: Work) => Promise<readonly Space[]> = recallAll;

/** The spaces that the actor may manage, by town then name. */
export const managedSpaces = async (work: Work, actor: Actor): Promise<readonly Space[]> =>
  (await listSpaces(work)).filter(space => mayManage(actor, space));

/** A space with what its manager may change: hours and closures from today on, tariffs that hold or will. */
export interface ManagedSheet {
  readonly space: Space;
  readonly today: Day;
  readonly hours: readonly DatedHours[];
  readonly closures: readonly Closure[];
  readonly tariffs: readonly Tariff[];
  readonly resources: readonly Resource[];
}

/** What the manager's page shows; refused to anyone else. */
export async function managedSheet(work: Work, actor: Actor, slug: string): Promise<Outcome<ManagedSheet>> {
  const space = await selectSpaceBySlug(work, slug);
  if (!space) return refuse(words.unknownSpace);
  if (!mayManage(actor, space)) return refuse(words.notManager);
  const today = todayAt(work, space);
  const fromNow = { spaceIds: [space.spaceId], from: today, to: endOfTime };
  const hours = await selectHours(work, fromNow);
  const closures = await selectClosures(work, fromNow);
  const tariffs = await selectTariffs(work, fromNow);
  const resources = await selectResources(work, [space.spaceId]);
  return accept({ space, today, hours, closures, tariffs, resources });
}

/** What can or could be booked in these spaces, in the order that people read them; `offeredOn` leaves out what is withdrawn. */
export const resourcesOf = async (work: Work, spaceIds: readonly SpaceId[]): Promise<readonly Resource[]> =>
  (await recallSpaces(work, spaceIds)).flatMap(facts => facts.resources.toSorted(inPlaceOrder));

const offeredKnown = new WeakMap<SpaceFacts, ReadonlyMap<ResourceKind, readonly Offered[]>>();

/** The places of a space counted by kind, kept as long as what is known of it. */
function offeredBy(facts: SpaceFacts): ReadonlyMap<ResourceKind, readonly Offered[]> {
  const known = offeredKnown.get(facts);
  if (known !== undefined) return known;
  const offered = new Map<ResourceKind, readonly Offered[]>();
  for (const [kind, places] of groupBy(facts.resources, one => one.kind)) {
    const byEnd = groupBy(places, one => one.withdrawnFrom);
    offered.set(
      kind,
      [...byEnd].map(([until, { length: count }]) => ({ count, until })),
    );
  }
  offeredKnown.set(facts, offered);
  return offered;
}

/** The places of a kind that each space offers, until when; a space without any is absent. */
export async function countOfKind(
  work: Work,
  { spaceIds, kind }: { readonly spaceIds: readonly SpaceId[]; readonly kind: ResourceKind },
): Promise<ReadonlyMap<SpaceId, readonly Offered[]>> {
  const offered = new Map<SpaceId, readonly Offered[]>();
  for (const facts of await recallSpaces(work, spaceIds)) {
    const ofKind = offeredBy(facts).get(kind);
    if (ofKind) offered.set(facts.space.spaceId, ofKind);
  }
  return offered;
}

export interface SpaceFrom {
  readonly spaceId: SpaceId;
  readonly day: Day;
}

export interface SpacesOnDays {
  readonly spaceIds: readonly SpaceId[];
  readonly days: readonly Day[];
}

/** What is kept of a space is another object once it has changed: its days are kept with it. */
const daysKnown = new WeakMap<SpaceFacts, Map<Day, OpenDay>>();
const mostDaysKnown = 800;

/** The days of these spaces that are kept, made room for. */
function daysOf(facts: SpaceFacts): Map<Day, OpenDay> {
  const found = daysKnown.get(facts);
  if (found !== undefined && found.size < mostDaysKnown) return found;
  const fresh = new Map<Day, OpenDay>();
  daysKnown.set(facts, fresh);
  return fresh;
}

/** When these spaces are open: one line a space and a day, both as given. */
export function openDaysOf(facts: readonly SpaceFacts[], days: readonly Day[]): readonly OpenDay[] {
  const known = new Map(facts.map(one => [one.space.spaceId, daysOf(one)]));
  const behind = facts.filter(one => days.some(day => !known.get(one.space.spaceId)!.has(day)));
  if (behind.length > 0) {
    const asked = {
      spaces: behind.map(({ space }) => ({ ...space, communeCode: space.commune.code })),
      hours: behind.flatMap(one => one.hours),
      closures: behind.flatMap(one => one.closures),
    };
    for (const one of openingOf(asked, [...new Set(days)])) known.get(one.spaceId)!.set(one.day, one);
  }
  return facts.flatMap(({ space }) => days.map(day => known.get(space.spaceId)!.get(day)!));
}

/** When spaces are open: one line a space and a day (spaces by town then name, days as asked). */
export const openIntervals = async (work: Work, { spaceIds, days }: SpacesOnDays): Promise<readonly OpenDay[]> =>
  days.length === 0 ? [] : openDaysOf(await recallSpaces(work, spaceIds), days);

const tariffsIn = async (work: Work, spaceIds: readonly SpaceId[]): Promise<readonly Tariff[]> =>
  (await recallSpaces(work, spaceIds)).flatMap(facts => facts.tariffs);

/** Every tariff that holds on a day in these spaces; pick with `tariffOf`. */
export const tariffsOn = async (
  work: Work,
  { spaceIds, day }: { readonly spaceIds: readonly SpaceId[]; readonly day: Day },
): Promise<readonly Tariff[]> => (await tariffsIn(work, spaceIds)).filter(tariff => holdsOn(tariff, day));

export interface Priced {
  readonly spaceId: SpaceId;
  readonly kind: ResourceKind;
  readonly part: TariffPart;
  readonly day: Day;
}

/**
 * What a place costs on its day; refused as `spaces.no_tariff` where the council has not said, as `spaces.only_by_the_hour` where it
 * said so of hours, and of no part of the day.
 */
export function priceAmong(tariffs: readonly Tariff[], asked: Priced): Outcome<Tariff> {
  const { kind, part, day } = asked;
  const priced = (unit: TariffPart) => tariffOf(tariffs, { ...asked, part: unit });
  const tariff = priced(part);
  if (tariff) return accept(tariff);
  const ofDay: readonly TariffPart[] = ['half_day', 'day'];
  const hoursAlone = ofDay.includes(part) && priced('hour') && !ofDay.some(priced);
  return refuse(hoursAlone ? words.onlyByTheHour(kind, day) : words.noTariff(kind, part, day));
}

/** What one place costs that day. */
export const tariffFor = async (work: Work, asked: Priced): Promise<Outcome<Tariff>> =>
  priceAmong(await tariffsIn(work, [asked.spaceId]), asked);

/** The weekly hours that hold or will hold from a day on, oldest first. */
export const hoursFrom = (work: Work, { spaceId, day }: SpaceFrom): Promise<readonly DatedHours[]> =>
  selectHours(work, { spaceIds: [spaceId], from: day, to: endOfTime });

/** The closures that are not over on a day. */
export const closuresFrom = (work: Work, { spaceId, day }: SpaceFrom): Promise<readonly Closure[]> =>
  selectClosures(work, { spaceIds: [spaceId], from: day, to: endOfTime });
