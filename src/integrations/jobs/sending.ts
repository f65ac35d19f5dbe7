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

type Due = readonly deliveries.Delivery[];

/** Takes subscriptions that have something due and that nobody else sends for. */
async function claim(work: Work): Promise<readonly store.Subscription[]> {
  const until = addSeconds(work.now, lease_s);
  return standing(work, await store.claimSubscriptions(work, { until, most: receiversAtOnce }));
}

/** The next deliveries of a subscription that is ours, for as long again. */
async function nextDue(work: Work, { subscriptionId, failingSince }: store.Subscription): Promise<Due> {
  const until = addSeconds(work.now, lease_s);
  const most = failingSince === null ? callsAtOnce : 1;
  const due = await deliveries.claimDeliveries(work, { subscriptionId, most, until });
  if (due.length > 0) await store.renew(work, { subscriptionId, until });
  return due;
}

/** The keys that sign now: the current one, and for a day after a change the one before. */
function keysOf(sender: Sender, networkId: string, { subscriptionId, generation, rotatedAt }: store.Subscription) {
  const isRecent = rotatedAt !== null && isBefore(sender.clock(), addSeconds(rotatedAt, overlap_s));
  const generations = isRecent ? [generation, generation - 1] : [generation];
  return generations.map(one => signingKey(sender.secrets('webhooks'), { networkId, subscriptionId, generation: one }));
}

interface Attempted {
  readonly status: number | null;
  readonly state: deliveries.Delivery['status'];
}

/** Writes down how an attempt went. */
async function record(work: Work, { deliveryId, step }: deliveries.Delivery, answer: CallOutcome): Promise<Attempted> {
  const { status, failure, response_ms } = answer;
  const next = nextOf({ step, status }, work.now);
  const failed = next.state !== 'delivered';
  await deliveries.recordAttempt(work, {
    ...{ deliveryId, status: next.state, answerStatus: status, response_ms, failed },
    error: failed ? (failure ?? 'bad_answer') : null,
    nextAttemptAt: next.state === 'waiting' ? next.at : null,
  });
  return { status, state: next.state };
}

/** One network's sender. */
interface Sending {
  readonly sender: Sender;
  readonly networkId: Id<'net'>;
}

async function send({ sender, networkId }: Sending, one: store.Subscription, delivery: deliveries.Delivery) {
  const timestamp_s = Math.floor(sender.clock().epochMilliseconds / 1000);
  const signed = { id: delivery.deliveryId, timestamp_s, body: delivery.body };
  const headers = { 'content-type': 'application/json', ...signedHeaders(signed, keysOf(sender, networkId, one)) };
  const answer = await sender.courier({ url: one.url, body: delivery.body, headers });
  return inNetwork(sender, networkId, work => record(work, delivery, answer));
}

/** Gives a subscription back, left alone for a while when nothing of the last calls got through, or stopped. */
async function giveBack(work: Work, subscriptionId: string, last: readonly Attempted[]): Promise<void> {
  const current = await store.lockSubscription(work, subscriptionId);
  if (current === null) return;
  const failed = last.length > 0 && !last.some(one => one.state === 'delivered');
  await store.release(work, { subscriptionId, pausedUntil: failed ? addSeconds(work.now, pause_s) : null });
  if (!failed || current.disabledAt !== null) return;
  const status = last.some(one => one.status === 410) ? 410 : null;
  const lost = last.some(one => one.state === 'failed');
  const why = endOf({ status, lost, failingSince: current.failingSince ?? work.now }, work.now);
  if (why) await stop(work, current, why);
}

/** After so many calls a sender lets others work: what is still due leaves with the next event, or the next minute. */
const longestTurn = { rounds: 3, batches: 20 };

/** Sends what is due to one receiver, until nothing is or nothing gets through. Gives how many attempts it made. */
async function serve(sending: Sending, one: store.Subscription): Promise<number> {
  const { sender, networkId } = sending;
  let [attempts, last]: [number, readonly Attempted[]] = [0, []];
  for (let batch = 0; batch < longestTurn.batches; batch++) {
    const due = await inNetwork(sender, networkId, work => nextDue(work, one));
    if (due.length === 0) break;
    last = await Promise.all(due.map(delivery => send(sending, one, delivery)));
    attempts += last.length;
    if (one.failingSince !== null || !last.some(({ state }) => state === 'delivered')) break;
  }
  await inNetwork(sender, networkId, work => giveBack(work, one.subscriptionId, last));
  return attempts;
}

/** Sends what is due, receivers side by side, until nothing is that can leave. Gives how many attempts it made. */
export async function deliverDue(sender: Sender, networkId: Id<'net'>): Promise<number> {
  let attempts = 0;
  for (let round = 0; round < longestTurn.rounds; round++) {
    const claimed = await inNetwork(sender, networkId, claim);
    if (claimed.length === 0) break;
    const made = await Promise.all(claimed.map(one => serve({ sender, networkId }, one)));
    attempts += made.reduce((sum, n) => sum + n, 0);
  }
  return attempts;
}

/** Forgets deliveries at their term. */
export const forget = (work: Work): Promise<void> =>
  deliveries.forgetDeliveries(work, work.now.subtract({ hours: 24 * kept_days }));
