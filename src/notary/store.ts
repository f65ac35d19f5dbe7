import { sql } from 'kysely';
import type { Work } from '../platform/database.ts';
import type { RowHash, RowSlice } from './tiles.ts';
import type { Hash } from './tree.ts';

export interface LogRow {
  readonly origin: string;
  readonly vkey: string;
}

export interface CheckpointRow {
  readonly size: number;
  readonly root: Hash;
  readonly note: string;
}

/** Writes the log's name and key the first time; later calls change nothing. */
export async function openLog(work: Work, { origin, vkey }: LogRow): Promise<void> {
  await sql`insert into notary.log (network_id, origin, vkey, opened_at)
    values (${work.networkId}, ${origin}, ${vkey}, ${work.now.toString()})
    on conflict (network_id) do nothing`.execute(work.tx);
}

export async function logRow(work: Work): Promise<LogRow | null> {
  const found = await sql<LogRow>`select origin, vkey from notary.log where network_id = ${work.networkId}`.execute(
    work.tx,
  );
  return found.rows[0] ?? null;
}

/** The log's row, held until the end of the transaction: sealers queue here. */
export async function lockLog(work: Work): Promise<LogRow | null> {
  const found =
    await sql<LogRow>`select origin, vkey from notary.log where network_id = ${work.networkId} for update`.execute(
      work.tx,
    );
  return found.rows[0] ?? null;
}

const checkpointOf = (row: { size: bigint; root: Buffer; note: string } | undefined): CheckpointRow | null =>
  row ? { size: Number(row.size), root: row.root, note: row.note } : null;

export async function latestCheckpoint(work: Work): Promise<CheckpointRow | null> {
  const found = await sql<{ size: bigint; root: Buffer; note: string }>`
    select size, root, note from notary.checkpoint where network_id = ${work.networkId}
    order by size desc limit 1`.execute(work.tx);
  return checkpointOf(found.rows[0]);
}

export async function insertCheckpoint(work: Work, { size, root, note }: CheckpointRow): Promise<void> {
  await sql`insert into notary.checkpoint (network_id, size, root, note, sealed_at)
    values (${work.networkId}, ${size}, ${Buffer.from(root)}, ${note}, ${work.now.toString()})`.execute(work.tx);
}

/** Adds row hashes in one statement, however many. */
export async function insertRowHashes(work: Work, rows: readonly RowHash[]): Promise<void> {
  await sql`insert into notary.row_hash (network_id, level, position, hash)
    select ${work.networkId}, level, position, decode(hash, 'hex')
    from unnest(${rows.map(row => row.level)}::smallint[], ${rows.map(row => row.position)}::bigint[],
      ${rows.map(row => Buffer.from(row.hash).toString('hex'))}::text[]) as row (level, position, hash)`.execute(
    work.tx,
  );
}

/** The hashes in some slices of rows, in no order. */
export async function rowHashes(work: Work, slices: readonly RowSlice[]): Promise<RowHash[]> {
  const found = await sql<{ level: number; position: bigint; hash: Buffer }>`
    select distinct r.level, r.position, r.hash
    from unnest(${slices.map(s => s.level)}::smallint[], ${slices.map(s => s.from)}::bigint[],
      ${slices.map(s => s.to)}::bigint[]) as slice (level, first, beyond)
    join notary.row_hash r on r.network_id = ${work.networkId} and r.level = slice.level
      and r.position >= slice.first and r.position < slice.beyond`.execute(work.tx);
  return found.rows.map(({ level, position, hash }) => ({ level, position: Number(position), hash }));
}

/** Where a leaf stands; the first place when the same entry was sealed twice. */
export async function leafPosition(work: Work, leaf: Hash): Promise<number | null> {
  const found = await sql<{ position: bigint }>`
    select position from notary.row_hash
    where network_id = ${work.networkId} and level = 0 and hash = ${Buffer.from(leaf)}
    order by position limit 1`.execute(work.tx);
  const row = found.rows[0];
  return row ? Number(row.position) : null;
}
