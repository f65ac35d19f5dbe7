import { sql } from 'kysely';
import type { Canonical } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Instant, Month } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Batch } from '../batch.ts';

/** A closed month, with every file of its dossier that is not made from its lines. */
export interface BatchRow {
  readonly content: Batch;
  readonly firstSeq: number;
  readonly checks: Canonical;
  readonly method: Canonical;
  readonly factors: Canonical;
  readonly checkpoint: string;
  readonly vkey: string;
  readonly readme: string;
  readonly summary: Uint8Array;
  readonly closedBy: Id<'per'>;
  readonly closedAt: Instant;
}

const batchColumns = sql`content, first_seq::double precision as "firstSeq", checks, method, factors, checkpoint, vkey, readme,
  summary, closed_by as "closedBy", closed_at as "closedAt"`;

export async function batchOfMonth(work: Work, month: Month): Promise<BatchRow | null> {
  const found = await sql<BatchRow>`select ${batchColumns} from mrv.batch
    where network_id = ${work.networkId} and month = ${month}`.execute(work.tx);
  return found.rows[0] ?? null;
}

export async function batchById(work: Work, batchId: string): Promise<BatchRow | null> {
  const found = await sql<BatchRow>`select ${batchColumns} from mrv.batch
    where network_id = ${work.networkId} and batch_id = ${batchId}`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** The contents of every closed month, the latest first. */
export async function allBatches(work: Work): Promise<Batch[]> {
  const found = await sql<{ content: Batch }>`select content from mrv.batch
    where network_id = ${work.networkId} order by month desc`.execute(work.tx);
  return found.rows.map(row => row.content);
}

/** The verifier key under which each closed month was sealed. */
export async function vkeys(work: Work): Promise<ReadonlyMap<string, string>> {
  const found = await sql<{ id: string; vkey: string }>`select batch_id as id, vkey from mrv.batch
    where network_id = ${work.networkId}`.execute(work.tx);
  return new Map(found.rows.map(({ id, vkey }) => [id, vkey]));
}

export async function insertBatch(work: Work, { content, ...row }: BatchRow): Promise<void> {
  await sql`insert into mrv.batch (network_id, batch_id, month, first_seq, lines, content, checks, method, factors, checkpoint,
      vkey, readme, summary, closed_by, closed_at)
    values (${work.networkId}, ${content.id}, ${content.month}, ${row.firstSeq}, ${content.lines},
      ${JSON.stringify(content)}::jsonb, ${JSON.stringify(row.checks)}::jsonb, ${JSON.stringify(row.method)}::jsonb,
      ${JSON.stringify(row.factors)}::jsonb, ${row.checkpoint}, ${row.vkey}, ${row.readme}, ${Buffer.from(row.summary)},
      ${row.closedBy}, ${row.closedAt.toString()})`.execute(work.tx);
}

export async function insertReading(
  work: Work,
  {
    batchId,
    personId,
    what,
  }: { readonly batchId: string; readonly personId: Id<'per'>; readonly what: 'dossier' | 'lines' },
): Promise<void> {
  await sql`insert into mrv.reading (network_id, reading_id, batch_id, person_id, what, read_at)
    values (${work.networkId}, ${work.newId('rdg')}, ${batchId}, ${personId}, ${what}, ${work.now.toString()})`.execute(
    work.tx,
  );
}

export interface Reading {
  readonly personId: Id<'per'>;
  readonly what: 'dossier' | 'lines';
  readonly readAt: Instant;
}

/** Who read a batch's lines, the latest first. */
export async function readingsOf(work: Work, batchId: string): Promise<Reading[]> {
  const found = await sql<Reading>`select person_id as "personId", what, read_at as "readAt" from mrv.reading
    where network_id = ${work.networkId} and batch_id = ${batchId} order by read_at desc, reading_id desc limit 50`.execute(
    work.tx,
  );
  return found.rows;
}

/** Method and factors of each of these batches. */
export async function basesOf(
  work: Work,
  batchIds: readonly string[],
): Promise<ReadonlyMap<string, Pick<BatchRow, 'method' | 'factors'>>> {
  const found = await sql<{ batch_id: string } & Pick<BatchRow, 'method' | 'factors'>>`
    select batch_id, method, factors from mrv.batch
    where network_id = ${work.networkId} and batch_id = any(${batchIds})`.execute(work.tx);
  return new Map(found.rows.map(({ batch_id, method, factors }) => [batch_id, { method, factors }]));
}
