import { sql } from 'kysely';
import type { Instant } from '../kernel/time.ts';
import type { Work } from './database.ts';

/** Rows that were destroyed, or parted from the person they were about: what and how many, never who. */
export interface Destruction {
  /** The table, or what was told apart in it: `access_event`, `home_point`. */
  readonly record: string;
  /** What a term destroys is older than this; null when someone was erased. */
  readonly before: Instant | null;
  readonly destroyed: number;
}

/** Records what was just destroyed, in the transaction that did; of nothing, nothing is recorded. */
export async function recordDestruction(
  work: Work,
  counts: Readonly<Record<string, number | bigint | undefined>>,
  before: Instant | null = null,
): Promise<void> {
  for (const [record, destroyed] of Object.entries(counts)) {
    if (!destroyed) continue;
    await sql`insert into platform.destruction (network_id, destruction_id, record, happened_before, destroyed, destroyed_at)
      values (${work.networkId}, ${work.newId('dst')}, ${record}, ${before?.toString() ?? null}, ${Number(destroyed)},
        ${work.now.toString()})`.execute(work.tx);
  }
}

/** What was destroyed, when, and how many, the latest first. */
export async function destructions(work: Work): Promise<readonly (Destruction & { readonly destroyedAt: Instant })[]> {
  const found = await sql<Destruction & { destroyedAt: Instant }>`
    select record, happened_before as before, destroyed, destroyed_at as "destroyedAt" from platform.destruction
    where network_id = ${work.networkId} order by destroyed_at desc, destruction_id desc`.execute(work.tx);
  return found.rows;
}
