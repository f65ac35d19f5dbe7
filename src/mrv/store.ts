import { sql } from 'kysely';
import type { Canonical } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant, Month } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import type { Batch, LineFigures } from './batch.ts';
import type { LineContent } from './dossier.ts';
import type { Line } from './line.ts';

/** A closed month, with every file of its dossier that is not made from its lines. */
export interface BatchRow {
  readonly content: Batch;
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

const batchColumns = sql`content, checks, method, factors, checkpoint, vkey, readme, summary, closed_by as "closedBy",
  closed_at as "closedAt"`;

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

/** The exact rest left by the batch closed last in a vintage; null before the first: each vintage starts from nothing. */
export async function carryLeft(work: Work, vintage: number): Promise<string | null> {
  const found = await sql<{ carry_out_mg: string }>`select content #>> '{settlement,carry_out_mg}' as carry_out_mg
    from mrv.batch where network_id = ${work.networkId} and vintage = ${vintage} order by closing desc limit 1`.execute(
    work.tx,
  );
  return found.rows[0]?.carry_out_mg ?? null;
}

export async function insertBatch(work: Work, { content, ...row }: BatchRow): Promise<void> {
  await sql`insert into mrv.batch (network_id, batch_id, month, project, vintage, content, checks, method, factors,
      checkpoint, vkey, readme, summary, closed_by, closed_at)
    values (${work.networkId}, ${content.id}, ${content.month}, ${content.project}, ${content.vintage},
      ${JSON.stringify(content)}::jsonb, ${JSON.stringify(row.checks)}::jsonb, ${JSON.stringify(row.method)}::jsonb,
      ${JSON.stringify(row.factors)}::jsonb, ${row.checkpoint}, ${row.vkey}, ${row.readme}, ${Buffer.from(row.summary)},
      ${row.closedBy}, ${row.closedAt.toString()})`.execute(work.tx);
}

const written = ({ lineId, account, entry, leaf }: Line, personDay: string | null) => ({
  line_id: lineId,
  presence_id: account.presence.presenceId,
  seq: entry.seq,
  leaf: Buffer.from(leaf).toString('hex'),
  scheme: account.scheme,
  reason: account.reason,
  gross_mg: account.gross_mg,
  net_mg: account.net_mg,
  avoided_m: account.avoided_m.toString(),
  unallocated_m: account.unallocated_m.toString(),
  person_day: personDay,
});

/** Writes the lines of a batch in one statement; the constraints have the last word on who serves what. */
export async function insertLines(
  work: Work,
  batchId: string,
  lines: readonly { readonly line: Line; readonly personDay: string | null }[],
): Promise<void> {
  const rows = lines.map(({ line, personDay }) => written(line, personDay));
  await sql`insert into mrv.line (network_id, batch_id, line_id, presence_id, seq, leaf, scheme, reason, gross_mg, net_mg,
      avoided_m, unallocated_m, person_day)
    select ${work.networkId}, ${batchId}, line_id, presence_id, seq, decode(leaf, 'hex'), scheme, reason, gross_mg, net_mg,
      avoided_m, unallocated_m, person_day
    from json_to_recordset(${JSON.stringify(rows)}::json) as line (line_id text, presence_id text, seq bigint, leaf text,
      scheme text, reason text, gross_mg text, net_mg text, avoided_m bigint, unallocated_m bigint, person_day text)`.execute(
    work.tx,
  );
}

/** Writes what the leaves commit to, apart: these rows alone can be destroyed. */
export async function insertContents(work: Work, lines: readonly Line[]): Promise<void> {
  const rows = lines.map(({ lineId, entry, payload, salt }) => ({ line_id: lineId, entry, payload, salt }));
  await sql`insert into mrv.line_content (network_id, line_id, entry, payload, salt)
    select ${work.networkId}, line_id, entry, payload, salt
    from json_to_recordset(${JSON.stringify(rows)}::json) as content (line_id text, entry jsonb, payload jsonb, salt text)`.execute(
    work.tx,
  );
}

export interface LineRow extends LineFigures {
  readonly lineId: string;
  readonly seq: number;
  readonly leaf: string;
  readonly content: LineContent;
}

interface RawLine extends Omit<LineRow, 'seq' | 'content'> {
  readonly seq: bigint;
  readonly entry: Canonical | null;
  readonly payload: Canonical | null;
  readonly salt: string | null;
}

const lineOf = ({ seq, entry, payload, salt, ...row }: RawLine): LineRow => ({
  ...row,
  seq: Number(seq),
  content: entry !== null && payload !== null && salt !== null ? { entry, payload, salt } : { erased: true },
});

/** Lines of a batch in the order of the log, from `after` (a place in the log) on; all of them without a limit. */
export async function linesOfBatch(
  work: Work,
  batchId: string,
  { after = -1, limit = null }: { readonly after?: number; readonly limit?: number | null } = {},
): Promise<LineRow[]> {
  const found = await sql<RawLine>`
    select l.line_id as "lineId", l.seq, encode(l.leaf, 'hex') as leaf, l.scheme, l.reason, l.gross_mg, l.net_mg,
      l.avoided_m, l.unallocated_m, c.entry, c.payload, c.salt
    from mrv.line l left join mrv.line_content c on c.network_id = l.network_id and c.line_id = l.line_id
    where l.network_id = ${work.networkId} and l.batch_id = ${batchId} and l.seq > ${after}
    order by l.seq limit ${limit}`.execute(work.tx);
  return found.rows.map(lineOf);
}

/** Which of these presences a batch already holds. */
export async function allocated(work: Work, presenceIds: readonly string[]): Promise<Set<string>> {
  const found = await sql<{ presence_id: string }>`select presence_id from mrv.line
    where network_id = ${work.networkId} and presence_id = any(${presenceIds})`.execute(work.tx);
  return new Set(found.rows.map(row => row.presence_id));
}

/** Which of these person-days a batch already credits. */
export async function creditedPersonDays(work: Work, personDays: readonly string[]): Promise<Set<string>> {
  const found = await sql<{ person_day: string }>`select person_day from mrv.line
    where network_id = ${work.networkId} and person_day = any(${personDays})`.execute(work.tx);
  return new Set(found.rows.map(row => row.person_day));
}

/** Destroys what the leaves of these presences commit to; figures, proofs and totals stay. */
export async function deleteContents(work: Work, presenceIds: readonly string[]): Promise<number> {
  const gone = await sql`delete from mrv.line_content c using mrv.line l
    where c.network_id = ${work.networkId} and l.network_id = c.network_id and l.line_id = c.line_id
      and l.presence_id = any(${presenceIds}) returning 1`.execute(work.tx);
  return gone.rows.length;
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
