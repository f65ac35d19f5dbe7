import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import { isPrivateAddress } from '../platform/courier.ts';
import type { Work } from '../platform/database.ts';
import { announce } from '../platform/outbox.ts';
import type { Secrets } from '../platform/secrets.ts';
import { mayManage, spacesByIds } from '../spaces/spaces.ts';
import { eventNamed, testEvent } from './events.ts';
import { queue } from './jobs/queueing.ts';
import { secretText, signingKey } from './signature.ts';
import * as deliveries from './store/delivery.ts';
import * as store from './store.ts';
import { targetRefusal } from './target.ts';
import { words } from './words.ts';

export { hear } from './jobs/queueing.ts';
export { deliverDue, forget } from './jobs/sending.ts';
export type { Delivery } from './store/delivery.ts';
export type { DisabledWhy, Subscription } from './store.ts';

const most = { subscriptions: 20, logged: 100 };

/** May they settle what leaves for a space, or for the network? */
async function settles(work: Work, actor: Actor, spaceId: string | null): Promise<boolean> {
  if (holds(actor, 'network_operator')) return true;
  const [space] = spaceId === null ? [] : await spacesByIds(work, [spaceId as Id<'spc'>]);
  return space !== undefined && mayManage(actor, space);
}

export interface SubscriptionAsked {
  readonly url: string;
  readonly events: readonly string[];
  /** One space; null for the network. */
  readonly spaceId: string | null;
}

/** What the installation says of its own: its secrets, and whether webhooks may stay within its network. */
export interface House {
  readonly secrets: Secrets;
  readonly privately: boolean;
}

export interface Subscribed {
  readonly subscriptionId: Id<'whk'>;
  /** By which the receiver knows us: told here and never again. */
  readonly secret: string;
}

const secretOf = (work: Work, { secrets }: House, key: { subscriptionId: string; generation: number }): string =>
  secretText(signingKey(secrets('webhooks'), { networkId: work.networkId, ...key }));

function askedRefusal({ url, events, spaceId }: SubscriptionAsked, { privately }: House): Refusal | null {
  const misplaced = targetRefusal(url, { privately, isPrivateAddress });
  if (misplaced) return misplaced;
  const named = events.map(eventNamed);
  if (named.length === 0) return words.noEvent;
  if (named.includes(undefined)) return words.unknownEvent;
  return spaceId !== null && named.some(one => one?.places === null) ? words.notOfASpace : null;
}

/** Subscribes an address to events, for whoever runs the network or manages the space. */
export async function subscribe(
  work: Work,
  actor: Actor,
  asked: SubscriptionAsked & { readonly house: House },
): Promise<Outcome<Subscribed>> {
  const { house, url, events } = asked;
  if (!(await settles(work, actor, asked.spaceId))) return refuse(words.mayNot);
  const spaceId = asked.spaceId as Id<'spc'> | null;
  if (spaceId !== null && (await spacesByIds(work, [spaceId])).length === 0) return refuse(words.unknownSpace);
  const reason = askedRefusal(asked, house);
  if (reason) return refuse(reason);
  const known = (await store.subscriptions(work)).filter(one => one.spaceId === spaceId);
  if (known.length >= most.subscriptions) return refuse(words.tooMany);
  const subscriptionId = work.newId('whk');
  const row = { subscriptionId, spaceId, url: new URL(url).href, events: [...new Set(events)].sort() };
  await store.insertSubscription(work, { ...row, responsibleId: actor.personId });
  return accept({ subscriptionId, secret: secretOf(work, house, { subscriptionId, generation: 1 }) });
}

/** The subscriptions that the actor settles, the newest first. */
export async function subscriptionsFor(work: Work, actor: Actor): Promise<readonly store.Subscription[]> {
  const all = await store.subscriptions(work);
  const may = await Promise.all(all.map(one => settles(work, actor, one.spaceId)));
  return all.filter((_one, n) => may[n]);
}

/** A subscription that the actor settles, locked. */
async function settled(work: Work, actor: Actor, id: string): Promise<Outcome<store.Subscription>> {
  const one = await store.lockSubscription(work, id);
  return one !== null && (await settles(work, actor, one.spaceId)) ? accept(one) : refuse(words.unknownSubscription);
}

export interface SubscriptionLog {
  readonly subscription: store.Subscription;
  /** The latest, the newest first. */
  readonly deliveries: readonly deliveries.Delivery[];
}

/** A subscription and what became of its deliveries. */
export async function logOf(work: Work, actor: Actor, id: string): Promise<Outcome<SubscriptionLog>> {
  const one = await settled(work, actor, id);
  if (!one.ok) return one;
  const asked = { subscriptionId: one.value.subscriptionId, most: most.logged };
  return accept({ subscription: one.value, deliveries: await deliveries.deliveriesOf(work, asked) });
}

/** Gives a new secret. The one before signs too for a day, so that a receiver changes it without losing a call. */
export async function rotateSecret(
  work: Work,
  actor: Actor,
  { id, house }: { readonly id: string; readonly house: House },
): Promise<Outcome<Subscribed>> {
  const one = await settled(work, actor, id);
  if (!one.ok) return one;
  const { subscriptionId } = one.value;
  const generation = await store.rotate(work, subscriptionId);
  return accept({ subscriptionId, secret: secretOf(work, house, { subscriptionId, generation }) });
}

/** Stops a subscription, or starts it again on the actor's own right: what waited then leaves. */
export async function setRunning(
  work: Work,
  actor: Actor,
  { id, running }: { readonly id: string; readonly running: boolean },
): Promise<Outcome<{ readonly running: boolean }>> {
  const one = await settled(work, actor, id);
  if (!one.ok) return one;
  const { subscriptionId } = one.value;
  if (running) {
    await store.enable(work, { subscriptionId, responsibleId: actor.personId });
    await announce(work, { event: 'integrations.due', payload: {} });
  } else await store.disable(work, { subscriptionId, why: 'by_hand' });
  return accept({ running });
}

/** Deletes a subscription and its log. */
export async function unsubscribe(work: Work, actor: Actor, id: string): Promise<Outcome<null>> {
  const one = await settled(work, actor, id);
  if (!one.ok) return one;
  await store.remove(work, one.value.subscriptionId);
  return accept(null);
}

/** Sends a trial event, so that a receiver can be seen to work. */
export async function tryOut(work: Work, actor: Actor, id: string): Promise<Outcome<{ readonly deliveryId: string }>> {
  const one = await settled(work, actor, id);
  if (!one.ok) return one;
  if (one.value.disabledAt !== null) return refuse(words.disabled);
  const event = { name: testEvent, announcement: `trial ${work.newId('whd')}` };
  const data = one.value.spaceId === null ? {} : { space_id: one.value.spaceId };
  const [deliveryId] = await queue(work, event, [{ one: one.value, data }]);
  return accept({ deliveryId: deliveryId! });
}

/** Sends a delivery once more, under the id that it had. */
export async function replay(
  work: Work,
  actor: Actor,
  deliveryId: string,
): Promise<Outcome<{ readonly deliveryId: string; readonly subscriptionId: string }>> {
  const found = await deliveries.deliveryById(work, deliveryId);
  const one = found && (await settled(work, actor, found.subscriptionId));
  if (!one?.ok) return refuse(words.unknownDelivery);
  if (one.value.disabledAt !== null) return refuse(words.disabled);
  await deliveries.replay(work, deliveryId);
  await announce(work, { event: 'integrations.due', payload: {} });
  return accept({ deliveryId, subscriptionId: one.value.subscriptionId });
}

/** Whoever is erased answers for nothing any more: what rested on their right stops. */
export const forgetPerson = (work: Work, personId: Id<'per'>): Promise<void> => store.forgetResponsible(work, personId);
