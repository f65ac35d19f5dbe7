import { sql } from 'kysely';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';

export type DisabledWhy = 'by_hand' | 'failing' | 'gone' | 'right_ended';

export interface Subscription {
  readonly subscriptionId: Id<'whk'>;
  /** The one space whose events it hears; null for those of the network. */
  readonly spaceId: Id<'spc'> | null;
  readonly url: string;
  readonly events: readonly string[];
  readonly generation: number;
  readonly rotatedAt: Instant | null;
  /** Whose right it rests on; null once that person is erased. */
  readonly responsibleId: Id<'per'> | null;
  readonly madeAt: Instant;
  readonly failingSince: Instant | null;
  readonly disabledAt: Instant | null;
  readonly disabledWhy: DisabledWhy | null;
}

const columns = sql`subscription_id as "subscriptionId", space_id as "spaceId", url, events,
  secret_generation as generation, rotated_at as "rotatedAt", responsible_id as "responsibleId", made_at as "madeAt",
  failing_since as "failingSince", disabled_at as "disabledAt", disabled_why as "disabledWhy"`;

const one = (work: Work, subscriptionId: string) =>
  sql`network_id = ${work.networkId} and subscription_id = ${subscriptionId}`;

export async function insertSubscription(
  work: Work,
  subscription: Pick<Subscription, 'subscriptionId' | 'spaceId' | 'url' | 'events' | 'responsibleId'>,
): Promise<void> {
  const { subscriptionId, spaceId, url, events, responsibleId } = subscription;
  await sql`insert into integrations.subscription (network_id, subscription_id, space_id, url, events, responsible_id, made_at)
    values (${work.networkId}, ${subscriptionId}, ${spaceId}, ${url}, ${events}, ${responsibleId}, ${work.now.toString()})`.execute(
    work.tx,
  );
}

/** Every subscription, the newest first. */
export async function subscriptions(work: Work): Promise<readonly Subscription[]> {
  const found = await sql<Subscription>`select ${columns} from integrations.subscription
    where network_id = ${work.networkId} order by made_at desc, subscription_id desc`.execute(work.tx);
  return found.rows;
}

/** One subscription, locked as a decision about it follows. */
export async function lockSubscription(work: Work, subscriptionId: string): Promise<Subscription | null> {
  const found = await sql<Subscription>`select ${columns} from integrations.subscription
    where ${one(work, subscriptionId)} for no key update`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** Subscriptions in service that hear an event. */
export async function listening(work: Work, event: string): Promise<readonly Subscription[]> {
  const found = await sql<Subscription>`select ${columns} from integrations.subscription
    where network_id = ${work.networkId} and disabled_at is null and ${event} = any(events)
    order by subscription_id`.execute(work.tx);
  return found.rows;
}

/** The next secret signs from now on, beside the one before for a while. */
export async function rotate(work: Work, subscriptionId: string): Promise<number> {
  const changed = await sql<{ generation: number }>`update integrations.subscription
    set secret_generation = secret_generation + 1, rotated_at = ${work.now.toString()}
    where ${one(work, subscriptionId)} returning secret_generation as generation`.execute(work.tx);
  return changed.rows[0]!.generation;
}

export async function disable(
  work: Work,
  { subscriptionId, why }: { readonly subscriptionId: string; readonly why: DisabledWhy },
): Promise<void> {
  await sql`update integrations.subscription set disabled_at = ${work.now.toString()}, disabled_why = ${why}
    where ${one(work, subscriptionId)} and disabled_at is null`.execute(work.tx);
}

/** In service again, on the right of whoever says so. */
export async function enable(
  work: Work,
  { subscriptionId, responsibleId }: { readonly subscriptionId: string; readonly responsibleId: string },
): Promise<void> {
  await sql`update integrations.subscription set disabled_at = null, disabled_why = null, failing_since = null,
      paused_until = null, responsible_id = ${responsibleId}
    where ${one(work, subscriptionId)}`.execute(work.tx);
}

export async function remove(work: Work, subscriptionId: string): Promise<void> {
  await sql`delete from integrations.subscription where ${one(work, subscriptionId)}`.execute(work.tx);
}

/** What rested on the right of someone who is erased stops, and no longer names them. */
export async function forgetResponsible(work: Work, personId: string): Promise<void> {
  await sql`update integrations.subscription set responsible_id = null,
      disabled_at = coalesce(disabled_at, ${work.now.toString()}), disabled_why = coalesce(disabled_why, 'right_ended')
    where network_id = ${work.networkId} and responsible_id = ${personId}`.execute(work.tx);
}

/** Takes for oneself, until a moment, subscriptions that have something due and that nobody else sends for. */
export async function claimSubscriptions(
  work: Work,
  { until, most }: { readonly until: Instant; readonly most: number },
): Promise<readonly Subscription[]> {
  const now = work.now.toString();
  const free = sql`(s.paused_until is null or s.paused_until <= ${now}) and s.disabled_at is null`;
  const claimed = await sql<Subscription>`update integrations.subscription s set paused_until = ${until.toString()}
    where s.network_id = ${work.networkId} and ${free} and subscription_id in (
      select d.subscription_id from integrations.delivery d join integrations.subscription s using (network_id, subscription_id)
      where d.network_id = ${work.networkId} and d.status = 'waiting' and d.next_attempt_at <= ${now} and ${free}
      group by d.subscription_id order by min(d.next_attempt_at) limit ${most})
    returning ${columns}`.execute(work.tx);
  return claimed.rows;
}

/** Keeps a subscription until a later moment. */
export async function renew(
  work: Work,
  { subscriptionId, until }: { readonly subscriptionId: string; readonly until: Instant },
): Promise<void> {
  await sql`update integrations.subscription set paused_until = ${until.toString()}
    where ${one(work, subscriptionId)}`.execute(work.tx);
}

/** Gives a subscription back: free at once after an answer, left alone until a moment after a failure. */
export async function release(
  work: Work,
  { subscriptionId, pausedUntil }: { readonly subscriptionId: string; readonly pausedUntil: Instant | null },
): Promise<void> {
  await sql`update integrations.subscription set paused_until = ${pausedUntil?.toString() ?? null},
      failing_since = ${pausedUntil === null ? sql`null` : sql`coalesce(failing_since, ${work.now.toString()})`}
    where ${one(work, subscriptionId)}`.execute(work.tx);
}
