import { sql } from 'kysely';
import type { Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Holding, PostingVerb, RangeRow } from '../range.ts';
import type { SerialRange } from '../serial.ts';

const columns = sql`range_id as "rangeId", scheme, project, vintage, lower(numbers) as first, upper(numbers) as beyond,
  holder_id as "holderId", holder_anonymous as anonymous, state, parent_id as "parentId", batch_id as "batchId",
  opened_at as "openedAt", closed_at as "closedAt"`;

export type Series = Pick<SerialRange, 'scheme' | 'project' | 'vintage'>;

/** Queues whoever numbers or moves units of one series until the end of the transaction. */
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

/** What a batch issued, one range a series, in their order: whoever locks them locks them in the same one. */
export async function rootsOf(work: Work, batchId: string): Promise<RangeRow[]> {
  const found = await sql<RangeRow>`select ${columns} from registry.unit_range
    where network_id = ${work.networkId} and batch_id = ${batchId} and parent_id is null
    order by scheme, project, vintage`.execute(work.tx);
  return found.rows;
}

export async function rangeById(work: Work, rangeId: string): Promise<RangeRow | null> {
  const found = await sql<RangeRow>`select ${columns} from registry.unit_range
    where network_id = ${work.networkId} and range_id = ${rangeId}`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** Ranges that are open, by series and number; those of one batch when it is named. */
export async function openRanges(work: Work, batchId: string | null = null): Promise<RangeRow[]> {
  const found = await sql<RangeRow>`select ${columns} from registry.unit_range
    where network_id = ${work.networkId} and closed_at is null and (${batchId}::text is null or batch_id = ${batchId})
    order by scheme, project, vintage, lower(numbers)`.execute(work.tx);
  return found.rows;
}

/** Every range that ever was of a batch and series, wholes before their parts. */
export async function familyOf(work: Work, { batchId, ...series }: Series & { batchId: string }): Promise<RangeRow[]> {
  const found = await sql<RangeRow>`select ${columns} from registry.unit_range
    where network_id = ${work.networkId} and batch_id = ${batchId} and scheme = ${series.scheme}
      and project = ${series.project} and vintage = ${series.vintage}
    order by lower(numbers), upper(numbers) desc, opened_at, closed_at nulls last`.execute(work.tx);
  return found.rows;
}

/** Every range that is or was. */
export async function allRanges(work: Work): Promise<RangeRow[]> {
  const found = await sql<RangeRow>`select ${columns} from registry.unit_range
    where network_id = ${work.networkId}`.execute(work.tx);
  return found.rows;
}

/** The open ranges that hold these units now, by number; none when these numbers never were one range. */
export async function openWithin(work: Work, { first, beyond, ...series }: SerialRange): Promise<RangeRow[]> {
  const numbers = sql`int8range(${String(first)}::bigint, ${String(beyond)}::bigint)`;
  const inSeries = sql`network_id = ${work.networkId} and scheme = ${series.scheme} and project = ${series.project}
    and vintage = ${series.vintage}`;
  const found = await sql<RangeRow>`select ${columns} from registry.unit_range
    where ${inSeries} and closed_at is null and numbers <@ ${numbers}
      and exists (select from registry.unit_range where ${inSeries} and numbers = ${numbers})
    order by lower(numbers)`.execute(work.tx);
  return found.rows;
}

export async function closeRange(work: Work, rangeId: string): Promise<void> {
  await sql`update registry.unit_range set closed_at = ${work.now.toString()}
    where network_id = ${work.networkId} and range_id = ${rangeId} and closed_at is null`.execute(work.tx);
}

export async function insertRange(work: Work, range: Holding): Promise<void> {
  await sql`insert into registry.unit_range (network_id, range_id, scheme, project, vintage, numbers, holder_id,
      holder_anonymous, state, parent_id, batch_id, opened_at)
    values (${work.networkId}, ${range.rangeId}, ${range.scheme}, ${range.project}, ${range.vintage},
      int8range(${range.first.toString()}::bigint, ${range.beyond.toString()}::bigint), ${range.holderId},
      ${range.anonymous}, ${range.state}, ${range.parentId}, ${range.batchId}, ${range.openedAt.toString()})`.execute(
    work.tx,
  );
}

export interface Posting {
  readonly rangeId: string;
  readonly verb: PostingVerb;
  readonly actorId: string;
  readonly reason: string;
}

export async function insertPosting(work: Work, { rangeId, verb, actorId, reason }: Posting): Promise<void> {
  await sql`insert into registry.posting (network_id, posting_id, range_id, verb, actor_id, reason, happened_at, recorded_at)
    values (${work.networkId}, ${work.newId('pst')}, ${rangeId}, ${verb}, ${actorId}, ${reason}, ${work.now.toString()},
      ${work.now.toString()})`.execute(work.tx);
}

export interface PostingRow extends Posting {
  readonly happenedAt: Instant;
}

export async function postingsOf(work: Work, rangeIds: readonly string[]): Promise<PostingRow[]> {
  const found = await sql<PostingRow>`select range_id as "rangeId", verb, actor_id as "actorId", reason,
      happened_at as "happenedAt"
    from registry.posting where network_id = ${work.networkId} and range_id = any(${rangeIds})
    order by happened_at, posting_id`.execute(work.tx);
  return found.rows;
}
