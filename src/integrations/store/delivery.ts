import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';

export interface Delivery {
  readonly deliveryId: Id<'whd'>;
  readonly subscriptionId: Id<'whk'>;
  readonly event: string;
  /** The text that is signed and sent. */
  readonly body: string;
  readonly status: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  /** Failures since it was first due, or replayed. */
  readonly step: number;
  readonly nextAttemptAt: Instant | null;
  readonly attemptedAt: Instant | null;
  /** HTTP status of the last answer; null when nobody answered. */
  readonly answerStatus: number | null;
  readonly error: string | null;
  readonly response_ms: number | null;
  readonly recordedAt: Instant;
}

const columns = sql`delivery_id as "deliveryId", subscription_id as "subscriptionId", event, body, status, attempts, step,
  next_attempt_at as "nextAttemptAt", attempted_at as "attemptedAt", answer_status as "answerStatus", error, response_ms,
  recorded_at as "recordedAt"`;

export interface NewDelivery extends Pick<Delivery, 'deliveryId' | 'subscriptionId' | 'event' | 'body'> {
  readonly announcement: string;
}

/** Queues deliveries, due now; an announcement told twice is queued once. */
export async function insertDeliveries(work: Work, deliveries: readonly NewDelivery[]): Promise<number> {
  const now = work.now.toString();
  const added = await sql`insert into integrations.delivery
      (network_id, delivery_id, subscription_id, announcement, event, body, next_attempt_at, recorded_at)
    select ${work.networkId}, "deliveryId", "subscriptionId", announcement, event, body, ${now}, ${now}
    from json_to_recordset(${JSON.stringify(deliveries)}::json)
      as d ("deliveryId" text, "subscriptionId" text, announcement text, event text, body text)
    on conflict on constraint one_delivery_per_announcement do nothing`.execute(work.tx);
  return Number(added.numAffectedRows ?? 0n);
}

/**
 * The oldest due deliveries of a subscription that is ours for now, not due again before a moment. The subscription's row is
 * what rivals queue for.
 */
export async function claimDeliveries(
  work: Work,
  { subscriptionId, most, until }: { readonly subscriptionId: string; readonly most: number; readonly until: Instant },
): Promise<readonly Delivery[]> {
  const claimed = await sql<Delivery>`update integrations.delivery set next_attempt_at = ${until.toString()}
    where network_id = ${work.networkId} and delivery_id in (
      select delivery_id from integrations.delivery
      where network_id = ${work.networkId} and subscription_id = ${subscriptionId} and status = 'waiting'
        and next_attempt_at <= ${work.now.toString()}
      order by recorded_at, delivery_id limit ${most})
    returning ${columns}`.execute(work.tx);
  return claimed.rows;
}

/** How an attempt went, and what comes next. */
export type Recorded = Pick<Delivery, 'deliveryId' | 'status' | 'answerStatus' | 'error' | 'nextAttemptAt'> & {
  readonly response_ms: number;
  readonly failed: boolean;
};

export async function recordAttempt(work: Work, recorded: Recorded): Promise<void> {
  await sql`update integrations.delivery set status = ${recorded.status}, attempts = attempts + 1,
      step = step + ${recorded.failed ? 1 : 0}, next_attempt_at = ${recorded.nextAttemptAt?.toString() ?? null},
      attempted_at = ${work.now.toString()}, answer_status = ${recorded.answerStatus}, error = ${recorded.error},
      response_ms = ${recorded.response_ms}
    where network_id = ${work.networkId} and delivery_id = ${recorded.deliveryId}`.execute(work.tx);
}

/** The newest deliveries of a subscription first. */
export async function deliveriesOf(
  work: Work,
  { subscriptionId, most }: { readonly subscriptionId: string; readonly most: number },
): Promise<readonly Delivery[]> {
  const found = await sql<Delivery>`select ${columns} from integrations.delivery
    where network_id = ${work.networkId} and subscription_id = ${subscriptionId}
    order by recorded_at desc, delivery_id desc limit ${most}`.execute(work.tx);
  return found.rows;
}

export async function deliveryById(work: Work, deliveryId: string): Promise<Delivery | null> {
  const found = await sql<Delivery>`select ${columns} from integrations.delivery
    where network_id = ${work.networkId} and delivery_id = ${deliveryId}`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** Due again now, from the first delay; one that waits keeps the delays that it has used. */
export async function replay(work: Work, deliveryId: string): Promise<void> {
  await sql`update integrations.delivery set next_attempt_at = ${work.now.toString()},
      step = case when status = 'waiting' then step else 0 end, status = 'waiting'
    where network_id = ${work.networkId} and delivery_id = ${deliveryId}`.execute(work.tx);
}

export async function forgetDeliveries(work: Work, before: Instant): Promise<void> {
  await sql`delete from integrations.delivery where network_id = ${work.networkId}
    and recorded_at < ${before.toString()}`.execute(work.tx);
}
