import { sql } from 'kysely';
import type { Instant } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import type { SerialRange, UnitScheme } from './serial.ts';

export type RangeState = 'reserve' | 'active' | 'sent_out' | 'retired' | 'cancelled';

/** A run of units with one holder and one state. */
export interface Holding extends SerialRange {
  readonly rangeId: string;
  readonly holderId: string;
  readonly state: RangeState;
  readonly parentId: string | null;
  readonly batchId: string;
  readonly openedAt: Instant;
}

const columns = sql`range_id as "rangeId", scheme, project, vintage, lower(numbers) as first, upper(numbers) as beyond,
  holder_id as "holderId", state, parent_id as "parentId", batch_id as "batchId", opened_at as "openedAt"`;

export interface Series {
  readonly scheme: UnitScheme;
  readonly project: string;
  readonly vintage: number;
}

/** Queues whoever numbers units of one series until the end of the transaction. */
export async function lockSeries(work: Work, { scheme, project, vintage }: Series): Promise<void> {
  const key = `registry ${work.networkId} ${scheme} ${project} ${vintage}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(work.tx);
}

/** The first number never given in a series. */
export async function nextNumber(work: Work, { scheme, project, vintage }: Series): Promise<bigint> {
  const found = await sql<{ next: bigint }>`select coalesce(max(upper(numbers)), 1)::bigint as next
    from registry.unit_range where network_id = ${work.networkId} and scheme = ${scheme} and project = ${project}
      and vintage = ${vintage}`.execute(work.tx);
  return found.rows[0]!.next;
}

export async function issuedBy(work: Work, batchId: string): Promise<Holding | null> {
  const found = await sql<Holding>`select ${columns} from registry.unit_range
    where network_id = ${work.networkId} and batch_id = ${batchId} and parent_id is null`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** Ranges that are open, by series and number. */
export async function openRanges(work: Work): Promise<Holding[]> {
  const found = await sql<Holding>`select ${columns} from registry.unit_range
    where network_id = ${work.networkId} and closed_at is null
    order by scheme, project, vintage, lower(numbers)`.execute(work.tx);
  return found.rows;
}

export async function closeRange(work: Work, rangeId: string): Promise<void> {
  await sql`update registry.unit_range set closed_at = ${work.now.toString()}
    where network_id = ${work.networkId} and range_id = ${rangeId} and closed_at is null`.execute(work.tx);
}

export async function insertRange(work: Work, range: Holding): Promise<void> {
  await sql`insert into registry.unit_range (network_id, range_id, scheme, project, vintage, numbers, holder_id, state,
      parent_id, batch_id, opened_at)
    values (${work.networkId}, ${range.rangeId}, ${range.scheme}, ${range.project}, ${range.vintage},
      int8range(${range.first.toString()}::bigint, ${range.beyond.toString()}::bigint), ${range.holderId}, ${range.state},
      ${range.parentId}, ${range.batchId}, ${range.openedAt.toString()})`.execute(work.tx);
}

export interface Posting {
  readonly rangeId: string;
  readonly verb: 'issue' | 'transfer' | 'retire' | 'cancel' | 'split';
  readonly actorId: string;
  readonly reason: string;
}

export async function insertPosting(work: Work, { rangeId, verb, actorId, reason }: Posting): Promise<void> {
  await sql`insert into registry.posting (network_id, posting_id, range_id, verb, actor_id, reason, happened_at, recorded_at)
    values (${work.networkId}, ${work.newId('pst')}, ${rangeId}, ${verb}, ${actorId}, ${reason}, ${work.now.toString()},
      ${work.now.toString()})`.execute(work.tx);
}
