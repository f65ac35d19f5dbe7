import { sql } from 'kysely';
import type { Work } from '../../platform/database.ts';
import type { PendingEntry } from '../entry.ts';

interface Waiting extends PendingEntry {
  /** 64 hex digits. */
  readonly pendingId: string;
}

/** Leaves entries to wait; one that waits already is left as it is. Touches nothing that a sealer holds. */
export async function insertPending(work: Work, entries: readonly Waiting[]): Promise<void> {
  const column = (key: keyof Waiting) => entries.map(entry => entry[key]);
  await sql`insert into notary.pending (network_id, pending_id, type, site, day, person_commit, payload_commit)
    select ${work.networkId}, decode(id, 'hex'), type, site, day, person, payload
    from unnest(${column('pendingId')}::text[], ${column('type')}::text[], ${column('site')}::text[],
      ${column('day')}::date[], ${column('person_commit')}::text[], ${column('payload_commit')}::text[])
      as waiting (id, type, site, day, person, payload)
    order by id on conflict do nothing`.execute(work.tx);
}

export async function isAnyPending(work: Work): Promise<boolean> {
  const found = await sql`select 1 from notary.pending where network_id = ${work.networkId} limit 1`.execute(work.tx);
  return found.rows.length > 0;
}

/**
 * Takes what waits, in the order of the ids, whatever the order in which it came; at most `limit`. What was sealed already,
 * asked again while it was being sealed, is taken and left out. For whoever holds the log.
 */
export async function drainPending(work: Work, limit: number): Promise<readonly Waiting[]> {
  const taken = await sql<Waiting>`with taken as (
      delete from notary.pending p where p.network_id = ${work.networkId} and p.pending_id in (
        select pending_id from notary.pending where network_id = ${work.networkId} order by pending_id limit ${limit})
      returning p.*)
    select encode(t.pending_id, 'hex') as "pendingId", t.type, t.site, t.day, t.person_commit, t.payload_commit
    from taken t where not exists (
      select from notary.sealed s where s.network_id = t.network_id and s.pending_id = t.pending_id)
    order by t.pending_id`.execute(work.tx);
  return taken.rows;
}

export interface Place {
  readonly pendingId: string;
  readonly seq: number;
}

export async function insertPlaces(work: Work, places: readonly Place[]): Promise<void> {
  await sql`insert into notary.sealed (network_id, pending_id, seq)
    select ${work.networkId}, decode(id, 'hex'), seq
    from unnest(${places.map(p => p.pendingId)}::text[], ${places.map(p => p.seq)}::bigint[]) as place (id, seq)`.execute(
    work.tx,
  );
}

export async function placesOf(work: Work, pendingIds: readonly string[]): Promise<readonly Place[]> {
  const found = await sql<{ pendingId: string; seq: bigint }>`
    select encode(pending_id, 'hex') as "pendingId", seq from notary.sealed
    where network_id = ${work.networkId}
      and pending_id in (select decode(id, 'hex') from unnest(${pendingIds}::text[]) as asked (id))`.execute(work.tx);
  return found.rows.map(({ pendingId, seq }) => ({ pendingId, seq: Number(seq) }));
}
