import type { Id } from '../../kernel/ids.ts';
import { addSeconds, isBefore } from '../../kernel/time.ts';
import type { CallOutcome, Courier } from '../../platform/courier.ts';
import { inNetwork, type Work, type WorkSource } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { endOf, kept_days, lease_s, nextOf, overlap_s, pause_s } from '../attempts.ts';
import { signedHeaders, signingKey } from '../signature.ts';
import * as deliveries from '../store/delivery.ts';
import * as store from '../store.ts';
import { standing, stop } from './queueing.ts';

// Deliveries leave here, after commit. A receiver is written to by one sender at a time, and while it fails, once a minute: those
// that answer never wait for one that hangs.

/** Calls under way with one receiver that answers; there is one with a receiver that failed. */
const callsAtOnce = 5;

/** Receivers written to at once. */
const receiversAtOnce = 50;

export interface Sender extends WorkSource {
  readonly courier: Courier;
  readonly secrets: Secrets;
}

interface Sending {
  readonly subscription: store.Subscription;
  readonly delivery: deliveries.Delivery;
}

/** Takes what is due, of subscriptions that nobody else sends for. */
async function claim(work: Work): Promise<readonly Sending[]> {
  const until = addSeconds(work.now, lease_s);
  const subscriptions = await standing(work, await store.claimSubscriptions(work, { until, most: receiversAtOnce }));
  const claimed = await Promise.all(
    subscriptions.map(async subscription => {
      const { subscriptionId, failingSince } = subscription;
      const most = failingSince === null ? callsAtOnce : 1;
      const due = await deliveries.claimDeliveries(work, { subscriptionId, most, until });
      return due.map(delivery => ({ subscription, delivery }));
    }),
  );
  return claimed.flat();
}

/** The keys that sign now: the current one, and for a day after a change the one before. */
function keysOf(sender: Sender, networkId: string, { subscriptionId, generation, rotatedAt }: store.Subscription) {
  const isRecent = rotatedAt !== null && isBefore(sender.clock(), addSeconds(rotatedAt, overlap_s));
  const generations = isRecent ? [generation, generation - 1] : [generation];
  return generations.map(one => signingKey(sender.secrets('webhooks'), { networkId, subscriptionId, generation: one }));
}

/** Writes down how an attempt went; a subscription that was deleted meanwhile keeps no trace of it. */
async function record(work: Work, { delivery, subscription }: Sending, answer: CallOutcome): Promise<void> {
  const { subscriptionId } = subscription;
  const { status, failure, response_ms } = answer;
  const next = nextOf({ step: delivery.step, status }, work.now);
  const failed = next.state !== 'delivered';
  const current = await store.lockSubscription(work, subscriptionId);
  if (current === null) return;
  await deliveries.recordAttempt(work, {
    ...{ deliveryId: delivery.deliveryId, status: next.state, answerStatus: status, response_ms, failed },
    error: failed ? (failure ?? 'bad_answer') : null,
    nextAttemptAt: next.state === 'waiting' ? next.at : null,
  });
  await store.release(work, { subscriptionId, pausedUntil: failed ? addSeconds(work.now, pause_s) : null });
  if (!failed || current.disabledAt !== null) return;
  const facts = { status, lost: next.state === 'failed', failingSince: current.failingSince ?? work.now };
  const why = endOf(facts, work.now);
  if (why) await stop(work, current, why);
}

async function send(sender: Sender, networkId: Id<'net'>, sending: Sending): Promise<void> {
  const { subscription, delivery } = sending;
  const timestamp_s = Math.floor(sender.clock().epochMilliseconds / 1000);
  const signed = { id: delivery.deliveryId, timestamp_s, body: delivery.body };
  const answer = await sender.courier({
    ...{ url: subscription.url, body: delivery.body },
    headers: {
      'content-type': 'application/json',
      ...signedHeaders(signed, keysOf(sender, networkId, subscription)),
    },
  });
  await inNetwork(sender, networkId, work => record(work, sending, answer));
}

/** Rounds after which a sender lets others work: what is still due leaves with the next event, or the next minute. */
const longestTurn_rounds = 20;

/** Sends what is due, until nothing is or each receiver that has something due has failed. Gives how many attempts it made. */
export async function deliverDue(sender: Sender, networkId: Id<'net'>): Promise<number> {
  let attempts = 0;
  for (let round = 0; round < longestTurn_rounds; round++) {
    const claimed = await inNetwork(sender, networkId, claim);
    if (claimed.length === 0) break;
    await Promise.all(claimed.map(sending => send(sender, networkId, sending)));
    attempts += claimed.length;
  }
  return attempts;
}

/** Forgets deliveries at their term. */
export const forget = (work: Work): Promise<void> =>
  deliveries.forgetDeliveries(work, work.now.subtract({ hours: 24 * kept_days }));
