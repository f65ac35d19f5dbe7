import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Adapter, DoorGroup, Failure, Lock } from '../grant.ts';

interface LockRow {
  readonly space_id: Id<'spc'>;
  readonly adapter: Adapter;
  readonly address: string;
  readonly token: Uint8Array;
  readonly service: string | null;
  readonly opens: boolean;
  readonly gives_pin: boolean;
  readonly before_min: number;
  readonly after_min: number;
  readonly everyone: readonly string[];
  readonly checked_at: Instant | null;
  readonly check_failure: Failure | null;
  readonly check_status: number | null;
}

const columns = sql`space_id, adapter, address, token, service, opens, gives_pin, before_min, after_min, everyone,
  checked_at, check_failure, check_status`;

const lockOf = (row: LockRow): Lock => ({
  spaceId: row.space_id,
  adapter: row.adapter,
  address: row.address,
  token: row.token,
  service: row.service,
  opens: row.opens,
  givesPin: row.gives_pin,
  before_min: row.before_min,
  after_min: row.after_min,
  everyone: row.everyone,
  checkedAt: row.checked_at,
  checkFailure: row.check_failure,
  checkStatus: row.check_status,
});

/** The locks of these spaces, held until the end of the work: what a space's doors must know is decided by one at a time. */
export async function lockLocks(work: Work, spaceIds: readonly string[]): Promise<readonly Lock[]> {
  const found = await sql<LockRow>`select ${columns} from access.lock
    where network_id = ${work.networkId} and space_id = any(${spaceIds}) order by space_id for update`.execute(work.tx);
  return found.rows.map(lockOf);
}

export async function selectLock(work: Work, spaceId: string): Promise<Lock | null> {
  const found = await sql<LockRow>`select ${columns} from access.lock
    where network_id = ${work.networkId} and space_id = ${spaceId}`.execute(work.tx);
  return found.rows[0] ? lockOf(found.rows[0]) : null;
}

export type NewLock = Omit<Lock, 'everyone' | 'checkedAt' | 'checkFailure' | 'checkStatus'>;

export async function upsertLock(work: Work, lock: NewLock, setBy: Id<'per'>): Promise<void> {
  await sql`insert into access.lock (network_id, space_id, adapter, address, token, service, opens, gives_pin, before_min,
      after_min, set_by, set_at)
    values (${work.networkId}, ${lock.spaceId}, ${lock.adapter}, ${lock.address}, ${lock.token}, ${lock.service},
      ${lock.opens}, ${lock.givesPin}, ${lock.before_min}, ${lock.after_min}, ${setBy}, ${work.now.toString()})
    on conflict on constraint one_lock_per_space do update set adapter = excluded.adapter, address = excluded.address,
      token = excluded.token, service = excluded.service, opens = excluded.opens, gives_pin = excluded.gives_pin,
      before_min = excluded.before_min, after_min = excluded.after_min, set_by = excluded.set_by,
      set_at = excluded.set_at`.execute(work.tx);
}

/** What asking the lock for its groups gave. */
export async function noteCheck(
  work: Work,
  spaceId: string,
  { failure, status }: { readonly failure: Failure | null; readonly status: number | null },
): Promise<void> {
  await sql`update access.lock set checked_at = ${work.now.toString()}, check_failure = ${failure}, check_status = ${status}
    where network_id = ${work.networkId} and space_id = ${spaceId}`.execute(work.tx);
}

export async function selectGroups(work: Work, spaceId: string): Promise<readonly DoorGroup[]> {
  const found = await sql<DoorGroup>`select group_id as "groupId", name from access.door_group
    where network_id = ${work.networkId} and space_id = ${spaceId} order by name, group_id`.execute(work.tx);
  return found.rows;
}

/** Groups as the lock names them now. One that it no longer names stays while something opens it: the lock will refuse, and be seen to. */
export async function replaceGroups(work: Work, spaceId: string, groups: readonly DoorGroup[]): Promise<void> {
  const ids = groups.map(one => one.groupId);
  const names = groups.map(one => one.name);
  await sql`insert into access.door_group (network_id, space_id, group_id, name)
    select ${work.networkId}, ${spaceId}, group_id, name from unnest(${ids}::text[], ${names}::text[]) as g (group_id, name)
    on conflict (network_id, space_id, group_id) do update set name = excluded.name`.execute(work.tx);
  await sql`delete from access.door_group g where network_id = ${work.networkId} and space_id = ${spaceId}
      and group_id <> all(${ids}::text[])
      and not exists (select from access.resource_group r where r.network_id = g.network_id and r.space_id = g.space_id
        and r.group_id = g.group_id)
      and not exists (select from access.lock l where l.network_id = g.network_id and l.space_id = g.space_id
        and g.group_id = any(l.everyone))`.execute(work.tx);
}

export interface ResourceGroup {
  readonly spaceId: Id<'spc'>;
  readonly resourceId: Id<'res'>;
  readonly groupId: string;
}

export async function selectResourceGroups(work: Work, spaceIds: readonly string[]): Promise<readonly ResourceGroup[]> {
  const found =
    await sql<ResourceGroup>`select space_id as "spaceId", resource_id as "resourceId", group_id as "groupId"
    from access.resource_group where network_id = ${work.networkId} and space_id = any(${spaceIds})
    order by resource_id, group_id`.execute(work.tx);
  return found.rows;
}

/** Which groups every booking of a space opens, and which each desk or room opens besides. */
export async function replaceOpened(
  work: Work,
  spaceId: string,
  opened: { readonly everyone: readonly string[]; readonly resources: readonly Omit<ResourceGroup, 'spaceId'>[] },
): Promise<void> {
  await sql`update access.lock set everyone = ${opened.everyone}::text[]
    where network_id = ${work.networkId} and space_id = ${spaceId}`.execute(work.tx);
  await sql`delete from access.resource_group where network_id = ${work.networkId} and space_id = ${spaceId}`.execute(
    work.tx,
  );
  const resourceIds = opened.resources.map(one => one.resourceId);
  const groupIds = opened.resources.map(one => one.groupId);
  await sql`insert into access.resource_group (network_id, space_id, resource_id, group_id)
    select distinct ${work.networkId}, ${spaceId}, resource_id, group_id
    from unnest(${resourceIds}::text[], ${groupIds}::text[]) as r (resource_id, group_id)`.execute(work.tx);
}

/** Settings stay, set by nobody that can be told. */
export async function severHands(work: Work, personId: Id<'per'>, other: Id<'per'>): Promise<void> {
  await sql`update access.lock set set_by = ${other}
    where network_id = ${work.networkId} and set_by = ${personId}`.execute(work.tx);
}
