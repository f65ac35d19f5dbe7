import type { Canonical } from '../../kernel/canonical.ts';
import type { Actor } from '../../kernel/visit.ts';
import { holds } from '../../kernel/visit.ts';
import { rolesOf } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import { mayManage, spacesByIds } from '../../spaces/spaces.ts';
import { dataFor, eventNamed, type HookData } from '../events.ts';
import { insertDeliveries } from '../store/delivery.ts';
import * as store from '../store.ts';

// What was announced becomes deliveries, in one transaction; they leave after it.

/** Does the right on which a subscription rests still stand? */
async function stands(work: Work, { responsibleId, spaceId }: store.Subscription): Promise<boolean> {
  if (responsibleId === null) return false;
  const actor: Actor = { personId: responsibleId, firstName: '', memberships: await rolesOf(work, responsibleId) };
  if (spaceId === null) return holds(actor, 'network_operator');
  const [space] = await spacesByIds(work, [spaceId]);
  return space !== undefined && mayManage(actor, space);
}

/** The subscriptions whose right stands; the others stop, and say so. */
export async function standing(
  work: Work,
  subscriptions: readonly store.Subscription[],
): Promise<readonly store.Subscription[]> {
  const kept: store.Subscription[] = [];
  for (const one of subscriptions) {
    if (await stands(work, one)) kept.push(one);
    else await stop(work, one, 'right_ended');
  }
  return kept;
}

/** Stops a subscription by itself: whoever answers for it is told. */
export async function stop(work: Work, one: store.Subscription, why: store.DisabledWhy): Promise<void> {
  await store.disable(work, { subscriptionId: one.subscriptionId, why });
  await announce(work, { event: 'integrations.stopped', payload: { subscription_id: one.subscriptionId } });
}

export interface Heard {
  readonly name: string;
  /** The same when it is told twice. */
  readonly announcement: string;
}

/** Queues what is told to each; gives the deliveries' ids. */
export async function queue(
  work: Work,
  { name, announcement }: Heard,
  told: readonly { readonly one: store.Subscription; readonly data: HookData }[],
): Promise<readonly string[]> {
  const rows = told.map(({ one: { subscriptionId }, data }) => ({
    ...{ deliveryId: work.newId('whd'), subscriptionId, announcement, event: name },
    body: JSON.stringify({ type: name, timestamp: work.now.toString(), data: { network_id: work.networkId, ...data } }),
  }));
  const added = await insertDeliveries(work, rows);
  if (added > 0) await announce(work, { event: 'integrations.due', payload: {} });
  return rows.map(row => row.deliveryId);
}

/** Queues an announcement for everyone who hears it. */
export async function hear(work: Work, name: string, payload: Readonly<Record<string, unknown>>): Promise<void> {
  const event = eventNamed(name);
  const listening = event === undefined ? [] : await store.listening(work, name);
  if (event === undefined || listening.length === 0) return;
  const told = (await standing(work, listening)).flatMap(one => {
    const data = dataFor(event, payload as Readonly<Record<string, Canonical>>, one.spaceId);
    return data === null ? [] : [{ one, data }];
  });
  if (told.length > 0) await queue(work, { name, announcement: String(payload['announcement_id']) }, told);
}
