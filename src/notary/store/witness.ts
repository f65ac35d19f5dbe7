import { sql } from 'kysely';
import type { Work } from '../../platform/database.ts';
import type { StampRow } from '../journal.ts';
import type { Answer, CosignatureRow, Witness } from '../witnesses.ts';

interface WitnessRead extends Omit<Witness, 'knownSize'> {
  readonly knownSize: bigint | null;
}

/** Witnesses in service, the first added first. */
export async function witnesses(work: Work): Promise<readonly Witness[]> {
  const found = await sql<WitnessRead>`
    select witness_id as "witnessId", name, vkey, url, asked_at as "askedAt", answer, known_size as "knownSize"
    from notary.witness where network_id = ${work.networkId} and removed_at is null
    order by added_at, witness_id`.execute(work.tx);
  return found.rows.map(row => ({ ...row, knownSize: row.knownSize === null ? null : Number(row.knownSize) }));
}

/** False when the same key witnesses already. */
export async function insertWitness(
  work: Work,
  { witnessId, name, vkey, url }: Pick<Witness, 'witnessId' | 'name' | 'vkey' | 'url'>,
): Promise<boolean> {
  const added = await sql`insert into notary.witness (network_id, witness_id, name, vkey, url, added_at)
    values (${work.networkId}, ${witnessId}, ${name}, ${vkey}, ${url}, ${work.now.toString()})
    on conflict (network_id, vkey) where removed_at is null do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

export async function endWitness(work: Work, witnessId: string): Promise<boolean> {
  const ended = await sql`update notary.witness set removed_at = ${work.now.toString()}
    where network_id = ${work.networkId} and witness_id = ${witnessId} and removed_at is null returning 1`.execute(
    work.tx,
  );
  return ended.rows.length > 0;
}

/** What a witness answered last; `knownSize` null leaves the size it was known to hold. */
export async function noteAnswer(
  work: Work,
  {
    witnessId,
    answer,
    knownSize,
  }: { readonly witnessId: string; readonly answer: Answer; readonly knownSize: number | null },
): Promise<void> {
  await sql`update notary.witness set asked_at = ${work.now.toString()}, answer = ${answer},
      known_size = coalesce(${knownSize}::bigint, known_size)
    where network_id = ${work.networkId} and witness_id = ${witnessId}`.execute(work.tx);
}

export async function insertCosignature(work: Work, { size, vkey, signedAt, line }: CosignatureRow): Promise<void> {
  await sql`insert into notary.cosignature (network_id, size, vkey, signed_at, line)
    values (${work.networkId}, ${size}, ${vkey}, ${signedAt.toString()}, ${line})
    on conflict do nothing`.execute(work.tx);
}

/** The latest cosignature of each key, of one size or of any. */
export async function latestCosignatures(work: Work, size: number | null): Promise<readonly CosignatureRow[]> {
  const found = await sql<Omit<CosignatureRow, 'size'> & { size: bigint }>`
    select distinct on (vkey) size, vkey, signed_at as "signedAt", line from notary.cosignature
    where network_id = ${work.networkId} and (${size}::bigint is null or size = ${size})
    order by vkey, signed_at desc, size desc`.execute(work.tx);
  return found.rows.map(row => ({ ...row, size: Number(row.size) }));
}

export async function insertStamp(work: Work, { size, stampedAt, authority, token }: StampRow): Promise<void> {
  await sql`insert into notary.timestamp (network_id, size, stamped_at, authority, token)
    values (${work.networkId}, ${size}, ${stampedAt.toString()}, ${authority}, ${Buffer.from(token)})
    on conflict do nothing`.execute(work.tx);
}

/** The latest time stamps, the latest first; of one size or of any. */
export async function latestStamps(
  work: Work,
  { size, limit }: { readonly size: number | null; readonly limit: number },
): Promise<readonly StampRow[]> {
  const found = await sql<Omit<StampRow, 'size'> & { size: bigint }>`
    select size, stamped_at as "stampedAt", authority, token from notary.timestamp
    where network_id = ${work.networkId} and (${size}::bigint is null or size = ${size})
    order by stamped_at desc, size desc limit ${limit}`.execute(work.tx);
  return found.rows.map(row => ({ ...row, size: Number(row.size) }));
}
