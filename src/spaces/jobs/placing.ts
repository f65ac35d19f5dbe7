import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Day, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { isZone, mayManage, sheetRefusal } from '../rules.ts';
import type { NewResource, Resource, ResourceId, SheetTexts, Space, SpaceId } from '../space.ts';
import * as places from '../store/resources.ts';
import { lockSpace, selectResources, selectSpaces } from '../store.ts';
import { words } from '../words.ts';

// What a space offers changes: a place more, another name, a place withdrawn from a day on, another clock.

/** The space, if the actor may manage it; its lines are locked until the end of the work. */
export async function managed(work: Work, actor: Actor, spaceId: SpaceId): Promise<Outcome<Space>> {
  const locked = await lockSpace(work, spaceId);
  const [space] = locked ? await selectSpaces(work, [spaceId]) : [];
  if (!space) return refuse(words.unknownSpace);
  return mayManage(actor, space) ? accept(space) : refuse(words.notManager);
}

export const todayAt = (work: Work, space: Space): Day => localDay(work.now, space.zone);

const mostPeople = 500;

const resourceRefusal = ({ name, capacity }: Pick<NewResource, 'name' | 'capacity'>) => {
  if (name.trim() === '') return words.resourceNameless;
  return Number.isInteger(capacity) && capacity >= 1 && capacity <= mostPeople ? null : words.nobodyFits;
};

/** Adds a place, to be booked from now on. */
export async function addResource(
  work: Work,
  actor: Actor,
  { spaceId, ...asked }: NewResource & { readonly spaceId: SpaceId },
): Promise<Outcome<Resource>> {
  const space = await managed(work, actor, spaceId);
  if (!space.ok) return space;
  const why = resourceRefusal(asked);
  if (why) return refuse(why);
  const name = asked.name.trim();
  const resource = { ...asked, name, spaceId, resourceId: work.newId('res'), withdrawnFrom: null };
  return (await places.insertResource(work, resource)) ? accept(resource) : refuse(words.resourceNameTaken(name));
}

export interface ManagedResource {
  readonly space: Space;
  readonly resource: Resource;
  /** What else the space has, withdrawn or not. */
  readonly others: readonly Resource[];
}

/** A place and its space, if the actor may manage it; the space is locked until the end of the work. */
export async function managedResource(work: Work, actor: Actor, resourceId: string): Promise<Outcome<ManagedResource>> {
  const spaceId = await places.spaceOfResource(work, resourceId);
  if (spaceId === null) return refuse(words.unknownResource);
  const space = await managed(work, actor, spaceId);
  if (!space.ok) return space;
  const all = await selectResources(work, [spaceId]);
  const resource = all.find(one => one.resourceId === resourceId);
  if (!resource) return refuse(words.unknownResource);
  return accept({ space: space.value, resource, others: all.filter(one => one !== resource) });
}

/** Gives a place another name: bookings keep the place. */
export async function renameResource(
  work: Work,
  actor: Actor,
  { resourceId, name }: { readonly resourceId: string; readonly name: string },
): Promise<Outcome<Resource>> {
  const found = await managedResource(work, actor, resourceId);
  if (!found.ok) return found;
  const { resource } = found.value;
  const why = resourceRefusal({ name, capacity: resource.capacity });
  if (why) return refuse(why);
  const renamed = { ...resource, name: name.trim() };
  const done = await places.renameResource(work, resource, renamed.name);
  return done ? accept(renamed) : refuse(words.resourceNameTaken(renamed.name));
}

/** Keeps everyone else from booking these places until the end of the work. */
export const holdResources = (work: Work, resourceIds: readonly ResourceId[]): Promise<void> =>
  places.lockResources(work, resourceIds);

/**
 * Withdraws a place from a day on, today at the earliest. The database refuses it while bookings stand from that day on: `booking`,
 * which knows them, calls this.
 */
export async function withdrawFrom(
  work: Work,
  { space, resource }: Pick<ManagedResource, 'space' | 'resource'>,
  from: Day,
): Promise<Outcome<Resource>> {
  const today = todayAt(work, space);
  if (from < today) return refuse(words.fromThePast(today, 'from'));
  if (resource.withdrawnFrom !== null && resource.withdrawnFrom <= today) return refuse(words.alreadyWithdrawn);
  await places.setWithdrawn(work, resource.resourceId, from);
  return accept({ ...resource, withdrawnFrom: from });
}

/** Takes back a withdrawal that is still to come. */
export async function putBack(work: Work, actor: Actor, resourceId: string): Promise<Outcome<Resource>> {
  const found = await managedResource(work, actor, resourceId);
  if (!found.ok) return found;
  const { space, resource } = found.value;
  if (resource.withdrawnFrom !== null && resource.withdrawnFrom <= todayAt(work, space))
    return refuse(words.alreadyWithdrawn);
  await places.setWithdrawn(work, resource.resourceId, null);
  return accept({ ...resource, withdrawnFrom: null });
}

/** Rewrites what a space says of itself: name, address in its town, host, texts. Its address on the site stays. */
export async function editSheet(
  work: Work,
  actor: Actor,
  { spaceId, ...sheet }: SheetTexts & { readonly spaceId: SpaceId },
): Promise<Outcome<Space>> {
  const space = await managed(work, actor, spaceId);
  if (!space.ok) return space;
  const why = sheetRefusal(sheet);
  if (why) return refuse(why);
  await places.setSheet(work, spaceId, sheet);
  return accept({ ...space.value, ...sheet });
}

/** Sets a space by another clock from now on; `booking`, which moves what was booked with it, calls this. */
export async function moveClock(
  work: Work,
  actor: Actor,
  { spaceId, zone }: { readonly spaceId: SpaceId; readonly zone: string },
): Promise<Outcome<{ readonly before: Space; readonly after: Space }>> {
  const space = await managed(work, actor, spaceId);
  if (!space.ok) return space;
  if (!isZone(zone)) return refuse(words.unknownZone(zone));
  if (zone === space.value.zone) return refuse(words.sameZone);
  await places.setZone(work, spaceId, zone);
  return accept({ before: space.value, after: { ...space.value, zone } });
}
