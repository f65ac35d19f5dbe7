import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import { type Day, type Instant, type Interval, instantText } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Failure, Grant, GrantId, GrantState, Wanted } from '../grant.ts';

interface GrantRow {
  readonly grant_id: GrantId;
  readonly booking_id: Id<'bkg'>;
  readonly space_id: Id<'spc'>;
  readonly resource_id: Id<'res'>;
  readonly local_day: Day;
  readonly groups: readonly string[];
  readonly opens: Instant;
  readonly ends: Instant;
  readonly wanted: Grant['wanted'];
  readonly revision: number;
  readonly sent_revision: number;
  readonly state: GrantState;
  readonly failure: Failure | null;
  readonly failure_status: number | null;
  readonly attempts: number;
  readonly next_try_at: Instant | null;
  readonly sending_until: Instant | null;
  readonly told_at: Instant | null;
  readonly pin_sealed: Uint8Array | null;
  readonly pin_mac: Uint8Array | null;
}

const columns = sql`grant_id, booking_id, space_id, resource_id, local_day, groups, lower(during) as opens,
  upper(during) as ends, wanted, revision, sent_revision, state, failure, failure_status, attempts, next_try_at,
  sending_until, told_at, pin_sealed, pin_mac`;

const grantOf = (row: GrantRow): Grant => ({
  grantId: row.grant_id,
  bookingId: row.booking_id,
  spaceId: row.space_id,
  resourceId: row.resource_id,
  day: row.local_day,
  groups: row.groups,
  during: { from: row.opens, to: row.ends },
  wanted: row.wanted,
  revision: row.revision,
  sentRevision: row.sent_revision,
  state: row.state,
  failure: row.failure,
  failureStatus: row.failure_status,
  attempts: row.attempts,
  nextTryAt: row.next_try_at,
  sendingUntil: row.sending_until,
  toldAt: row.told_at,
  pin: row.pin_sealed && row.pin_mac ? { sealed: row.pin_sealed, mac: row.pin_mac } : null,
});

const select = async (work: Work, where: RawBuilder<unknown>): Promise<readonly Grant[]> => {
  const found = await sql<GrantRow>`select ${columns} from access.door_grant
    where network_id = ${work.networkId} and ${where}`.execute(work.tx);
  return found.rows.map(grantOf);
};

export const selectOn = (
  work: Work,
  { spaceIds, days }: { readonly spaceIds: readonly string[]; readonly days: readonly Day[] },
): Promise<readonly Grant[]> =>
  select(work, sql`space_id = any(${spaceIds}) and local_day = any(${days}::date[]) order by local_day, grant_id`);

/** Grants of a space that are not over, by hour. */
export const selectAhead = (work: Work, spaceId: string): Promise<readonly Grant[]> =>
  select(work, sql`space_id = ${spaceId} and upper(during) > ${work.now.toString()} order by lower(during), grant_id`);

/** Grants of a space, those of the last days included, by hour. */
export const selectInSpace = (work: Work, spaceId: string): Promise<readonly Grant[]> =>
  select(work, sql`space_id = ${spaceId} order by lower(during), grant_id`);

export const selectOfBooking = async (work: Work, bookingId: string): Promise<Grant | null> =>
  (await select(work, sql`booking_id = ${bookingId}`))[0] ?? null;

/** One grant, held until the end of the work. */
export const lockGrant = async (work: Work, grantId: string): Promise<Grant | null> =>
  (await select(work, sql`grant_id = ${grantId} for update`))[0] ?? null;

/** These grants, in the order in which they open. */
export const selectNamed = (work: Work, grantIds: readonly string[]): Promise<readonly Grant[]> =>
  select(work, sql`grant_id = any(${grantIds}) order by lower(during), grant_id`);

const mostDue = 500;

/** Grants to tell now, the soonest to open first. */
export const selectDue = async (work: Work): Promise<readonly Pick<Grant, 'grantId' | 'spaceId'>[]> => {
  const now = work.now.toString();
  const found = await sql<Pick<Grant, 'grantId' | 'spaceId'>>`select grant_id as "grantId", space_id as "spaceId"
    from access.door_grant where network_id = ${work.networkId} and next_try_at <= ${now} and upper(during) > ${now}
      and (sending_until is null or sending_until <= ${now})
    order by lower(during), grant_id limit ${mostDue}`.execute(work.tx);
  return found.rows;
};

/** Does no other code of the space that a door may still know open at that time? */
export async function isFree(
  work: Work,
  asked: { readonly spaceId: string; readonly mac: Uint8Array; readonly during: Interval; readonly except: string },
): Promise<boolean> {
  const { from, to } = asked.during;
  const found = await sql`select from access.door_grant where network_id = ${work.networkId}
    and space_id = ${asked.spaceId} and pin_mac = ${asked.mac} and state <> 'withdrawn' and grant_id <> ${asked.except}
    and during && tstzrange(${instantText(from)}, ${instantText(to)})`.execute(work.tx);
  return found.rows.length === 0;
}

export interface NewGrant extends Wanted {
  readonly grantId: GrantId;
  readonly spaceId: Id<'spc'>;
  readonly pin: Grant['pin'];
}

/** A grant to tell. False when its booking has one already. */
export async function insertGrant(work: Work, grant: NewGrant): Promise<boolean> {
  const { from, to } = grant.during;
  const added =
    await sql`insert into access.door_grant (network_id, grant_id, booking_id, space_id, resource_id, local_day,
      groups, during, wanted, revision, state, next_try_at, pin_sealed, pin_mac)
    values (${work.networkId}, ${grant.grantId}, ${grant.bookingId}, ${grant.spaceId}, ${grant.resourceId}, ${grant.day},
      ${grant.groups}::text[], tstzrange(${instantText(from)}, ${instantText(to)}), 'open', 1, 'waiting',
      ${work.now.toString()}, ${grant.pin?.sealed ?? null}, ${grant.pin?.mac ?? null})
    on conflict on constraint one_grant_per_booking do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

const toTellAgain = (work: Work) => sql`revision = revision + 1, state = 'waiting', failure = null,
  failure_status = null, attempts = 0, next_try_at = ${work.now.toString()}`;

export async function reviseGrant(
  work: Work,
  grantId: GrantId,
  { groups, during, pin }: Pick<NewGrant, 'groups' | 'during' | 'pin'>,
): Promise<void> {
  await sql`update access.door_grant set ${toTellAgain(work)}, wanted = 'open', groups = ${groups}::text[],
      during = tstzrange(${instantText(during.from)}, ${instantText(during.to)}),
      pin_sealed = ${pin?.sealed ?? null}, pin_mac = ${pin?.mac ?? null}
    where network_id = ${work.networkId} and grant_id = ${grantId}`.execute(work.tx);
}

export async function withdrawGrants(work: Work, grantIds: readonly GrantId[]): Promise<void> {
  await sql`update access.door_grant set ${toTellAgain(work)}, wanted = 'withdrawn'
    where network_id = ${work.networkId} and grant_id = any(${grantIds})`.execute(work.tx);
}

/** Grants that only someone could mend are told again; gives which. */
export async function retryFailed(work: Work, spaceId: string): Promise<readonly GrantId[]> {
  const now = work.now.toString();
  const again = await sql<{ grant_id: GrantId }>`update access.door_grant set attempts = 0, next_try_at = ${now}
    where network_id = ${work.networkId} and space_id = ${spaceId} and state = 'failed' and upper(during) > ${now}
    returning grant_id`.execute(work.tx);
  return again.rows.map(row => row.grant_id);
}

/** Someone is telling the grant at its present revision. */
export async function markSending(work: Work, { grantId, revision }: Grant, until: Instant): Promise<void> {
  await sql`update access.door_grant set sent_revision = ${revision}, sending_until = ${until.toString()}
    where network_id = ${work.networkId} and grant_id = ${grantId}`.execute(work.tx);
}

/** The door knows what is wanted; or never heard of the grant, and need not. */
export async function markTold(work: Work, { grantId, wanted }: Pick<Grant, 'grantId' | 'wanted'>): Promise<void> {
  const state: GrantState = wanted === 'open' ? 'granted' : 'withdrawn';
  await sql`update access.door_grant set state = ${state}, failure = null, failure_status = null, attempts = 0,
      next_try_at = null, sending_until = null, told_at = ${work.now.toString()}
    where network_id = ${work.networkId} and grant_id = ${grantId}`.execute(work.tx);
}

export interface Failed {
  readonly failure: Failure;
  readonly status: number | null;
  readonly nextTryAt: Instant | null;
}

export async function markFailed(work: Work, grantId: GrantId, { failure, status, nextTryAt }: Failed): Promise<void> {
  await sql`update access.door_grant set state = 'failed', failure = ${failure}, failure_status = ${status},
      attempts = attempts + 1, next_try_at = ${nextTryAt?.toString() ?? null}, sending_until = null
    where network_id = ${work.networkId} and grant_id = ${grantId}`.execute(work.tx);
}

/** It changed while it was told: it waits again. */
export async function stopSending(work: Work, grantId: GrantId): Promise<void> {
  await sql`update access.door_grant set sending_until = null
    where network_id = ${work.networkId} and grant_id = ${grantId}`.execute(work.tx);
}

/** Destroys grants that ended before then, or that the door was told to withdraw before then, codes included; says how many. */
export async function deleteEnded(work: Work, before: Instant): Promise<number> {
  const gone = await sql`delete from access.door_grant where network_id = ${work.networkId}
    and (upper(during) < ${before.toString()} or (state = 'withdrawn' and told_at < ${before.toString()}))
    returning 1`.execute(work.tx);
  return gone.rows.length;
}
