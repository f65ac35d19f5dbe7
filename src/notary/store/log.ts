import { sql } from 'kysely';
import type { Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { LogKey } from '../keys.ts';
import { parseVkey } from '../note.ts';
import type { RowRun, RowSlice } from '../tiles.ts';
import type { Hash } from '../tree.ts';

const hash_bytes = 32;

export interface Log {
  readonly origin: string;
  /** The oldest first; the last one signs. Never empty. */
  readonly keys: readonly LogKey[];
}

export interface CheckpointRow {
  readonly size: number;
  readonly root: Hash;
  readonly note: string;
  readonly sealedAt: Instant;
}

/** Writes the log's name and first key the first time; later calls change nothing. */
export async function openLog(
  work: Work,
  { origin, vkey }: { readonly origin: string; readonly vkey: string },
): Promise<void> {
  await sql`with opened as (
      insert into notary.log (network_id, origin, opened_at)
      values (${work.networkId}, ${origin}, ${work.now.toString()}) on conflict (network_id) do nothing returning network_id)
    insert into notary.key (network_id, generation, vkey, valid_from)
    select network_id, 1, ${vkey}, ${work.now.toString()} from opened`.execute(work.tx);
}

interface KeyRow extends Omit<LogKey, 'key'> {
  readonly origin: string;
}

export async function logOf(work: Work): Promise<Log | null> {
  const found = await sql<KeyRow>`
    select l.origin, k.generation, k.vkey, k.valid_from as from, retired.ended_at as until,
      revoked.ended_at as "revokedSince"
    from notary.log l join notary.key k using (network_id)
    left join notary.key_end retired on retired.network_id = k.network_id and retired.generation = k.generation
      and retired.kind = 'retired'
    left join notary.key_end revoked on revoked.network_id = k.network_id and revoked.generation = k.generation
      and revoked.kind = 'revoked'
    where l.network_id = ${work.networkId} order by k.generation`.execute(work.tx);
  const first = found.rows[0];
  if (!first) return null;
  return {
    origin: first.origin,
    keys: found.rows.map(({ origin: _, ...row }) => ({ ...row, key: parseVkey(row.vkey)! })),
  };
}

export async function insertKey(
  work: Work,
  { generation, vkey, from }: Pick<LogKey, 'generation' | 'vkey' | 'from'>,
): Promise<void> {
  await sql`insert into notary.key (network_id, generation, vkey, valid_from)
    values (${work.networkId}, ${generation}, ${vkey}, ${from.toString()})`.execute(work.tx);
}

/** Says how a key ended; false when that was said already. */
export async function endKey(
  work: Work,
  { generation, kind, at }: { readonly generation: number; readonly kind: 'retired' | 'revoked'; readonly at: Instant },
): Promise<boolean> {
  const said = await sql`insert into notary.key_end (network_id, generation, kind, ended_at, recorded_at)
    values (${work.networkId}, ${generation}, ${kind}, ${at.toString()}, ${work.now.toString()})
    on conflict do nothing returning 1`.execute(work.tx);
  return said.rows.length > 0;
}

/** Holds the log's row until the end of the transaction: sealers queue here, and nobody else does. */
export async function lockLog(work: Work): Promise<void> {
  await sql`select 1 from notary.log where network_id = ${work.networkId} for update`.execute(work.tx);
}

interface CheckpointRead extends Omit<CheckpointRow, 'size'> {
  readonly size: bigint;
}

async function checkpointWhere(work: Work, size: number | null): Promise<CheckpointRow | null> {
  const found = await sql<CheckpointRead>`
    select size, root, note, sealed_at as "sealedAt" from notary.checkpoint
    where network_id = ${work.networkId} and (${size}::bigint is null or size = ${size})
    order by size desc limit 1`.execute(work.tx);
  const row = found.rows[0];
  return row ? { ...row, size: Number(row.size) } : null;
}

export const latestCheckpoint = (work: Work): Promise<CheckpointRow | null> => checkpointWhere(work, null);

export const checkpointAt = (work: Work, size: number): Promise<CheckpointRow | null> => checkpointWhere(work, size);

export async function insertCheckpoint(work: Work, { size, root, note, sealedAt }: CheckpointRow): Promise<void> {
  await sql`insert into notary.checkpoint (network_id, size, root, note, sealed_at)
    values (${work.networkId}, ${size}, ${Buffer.from(root)}, ${note}, ${sealedAt.toString()})`.execute(work.tx);
}

/** Adds row hashes in one statement, however many: they go as bytes that nobody has to parse. */
export async function insertRowHashes(work: Work, runs: readonly RowRun[]): Promise<void> {
  const counts = runs.map(run => run.hashes.length);
  const before = counts.map((_, i) => counts.slice(0, i).reduce((sum, count) => sum + count, 0));
  await sql`insert into notary.row_hash (network_id, level, position, hash)
    select ${work.networkId}, level, position + n, substring(b.bytes from ((before + n) * ${hash_bytes}::int) + 1 for ${hash_bytes}::int)
    from (select ${Buffer.concat(runs.flatMap(run => run.hashes))}::bytea as bytes) b,
      unnest(${runs.map(run => run.level)}::smallint[], ${runs.map(run => run.position)}::bigint[], ${before}::int[],
        ${counts}::int[]) as run (level, position, before, count),
      generate_series(0, count - 1) as n`.execute(work.tx);
}

interface RowHash {
  readonly level: number;
  readonly position: number;
  readonly hash: Hash;
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
