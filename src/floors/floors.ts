import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import type { Actor } from '../kernel/visit.ts';
import type { Work } from '../platform/database.ts';
import { mayManage, resourcesOf, type Space } from '../spaces/spaces.ts';
import { type Drawing, drawingRefusal, floors, type Plan } from './plan.ts';
import * as store from './store.ts';
import { words } from './words.ts';

export { floorName } from './labels.ts';
export { type Drawing, footprintOf, inRows, type Place, type Plan } from './plan.ts';
export { forgetDrawer as forgetPerson } from './store.ts';

/** The plans of a space that hold, the highest floor first. */
export const plansOf = store.selectInForce;

/** Every plan that a floor had, the latest first, for who manages the space. */
export async function historyOf(
  work: Work,
  actor: Actor,
  { space, floor }: { readonly space: Space; readonly floor: number },
): Promise<Outcome<readonly Plan[]>> {
  if (!mayManage(actor, space)) return refuse(words.notManager);
  return accept(await store.selectOfFloor(work, { spaceId: space.spaceId, floor }));
}

interface OfFloor {
  readonly space: Space;
  readonly floor: number;
  /** The plan that one started from; null where the floor had none. */
  readonly basedOn: string | null;
}

/** The plans in force, held until the end of the work, if the actor may draw this floor from the plan they saw. */
async function drawn(work: Work, actor: Actor, { space, floor, basedOn }: OfFloor): Promise<Outcome<readonly Plan[]>> {
  if (!mayManage(actor, space)) return refuse(words.notManager);
  if (!Number.isInteger(floor) || floor < floors.lowest || floor > floors.highest) return refuse(words.unknownFloor);
  await store.lockDrawing(work, space.spaceId);
  const plans = await store.selectInForce(work, space.spaceId);
  const before = plans.find(one => one.floor === floor)?.planId ?? null;
  return before === basedOn ? accept(plans) : refuse(words.planChanged);
}

/** Draws a floor: its plan replaces the one that held, which is kept. */
export async function drawPlan(
  work: Work,
  actor: Actor,
  { drawing, ...asked }: OfFloor & { readonly drawing: Drawing },
): Promise<Outcome<Plan>> {
  const plans = await drawn(work, actor, asked);
  if (!plans.ok) return plans;
  const { space, floor, basedOn } = asked;
  const names = new Map((await resourcesOf(work, [space.spaceId])).map(one => [one.resourceId, one.name]));
  const why = drawingRefusal(drawing, names);
  if (why) return refuse(why);
  const elsewhere = new Set(
    plans.value.filter(one => one.floor !== floor).flatMap(one => one.places.map(place => place.resourceId)),
  );
  const twice = drawing.places.find(place => elsewhere.has(place.resourceId));
  if (twice) return refuse(words.onAnotherFloor(names.get(twice.resourceId)!));
  if (basedOn !== null) await store.endPlan(work, basedOn as Id<'pln'>);
  const plan = { ...drawing, planId: work.newId('pln'), spaceId: space.spaceId, floor, from: work.now, until: null };
  await store.insertPlan(work, plan, actor.personId);
  return accept(plan);
}

/** A floor has no plan any more; the one it had is kept. */
export async function removePlan(work: Work, actor: Actor, asked: OfFloor): Promise<Outcome<null>> {
  if (asked.basedOn === null) return refuse(words.unknownFloor);
  const plans = await drawn(work, actor, asked);
  if (!plans.ok) return plans;
  await store.endPlan(work, asked.basedOn as Id<'pln'>);
  return accept(null);
}
