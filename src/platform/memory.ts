import { sql } from 'kysely';
import type { Work } from './database.ts';

// What changes seldom is kept in this process for as long as the database says that nothing of its subject changed.

type Revisions = ReadonlyMap<string, bigint>;

const asked = new WeakMap<Work['tx'], Promise<Revisions>>();

/** What the transaction on a connection knew may no longer hold: it has written or waited for a lock, or another one begins. */
export const forgetRevisions = (tx: Work['tx']): boolean => asked.delete(tx);

/** The revisions, read once a unit of work until it writes or locks something. */
function revisions({ tx, networkId }: Work): Promise<Revisions> {
  const known = asked.get(tx);
  if (known !== undefined) return known;
  const found = sql<{ subject: string; revision: bigint }>`
    select subject, revision from platform.revision where network_id = ${networkId}`
    .execute(tx)
    .then(({ rows }) => new Map(rows.map(row => [row.subject, row.revision])));
  asked.set(tx, found);
  return found;
}

interface Shelf {
  readonly revision: bigint | undefined;
  readonly values: Map<string, unknown>;
}

/** More than a network has of anything that is kept: beyond it, what was kept is forgotten. */
const mostKept = 20_000;

export interface Recalled<V> {
  /** Whose tables are watched, by `platform.watch` in a migration. */
  readonly subject: string;
  /** One name for each kind of thing that is kept. */
  readonly shelf: string;
  readonly ids: readonly string[];
  /** Reads those that are not known yet; one that does not exist is absent. */
  readonly load: (ids: readonly string[]) => Promise<ReadonlyMap<string, V>>;
}

/**
 * Things by id, from memory or loaded together; one that does not exist is absent. What this unit of work has changed itself is
 * seen, and seen by no other before its commit.
 */
export async function recall<V>(
  work: Work,
  { subject, shelf, ids, load }: Recalled<V>,
): Promise<ReadonlyMap<string, V>> {
  if (ids.length === 0) return new Map();
  const revision = (await revisions(work)).get(subject);
  const kept = work.memory.get(shelf) as Shelf | undefined;
  const current: Shelf =
    kept?.revision === revision && kept !== undefined && kept.values.size < mostKept
      ? kept
      : { revision, values: new Map() };
  if (current !== kept) work.memory.set(shelf, current);
  const missing = ids.filter(id => !current.values.has(id));
  if (missing.length > 0) {
    // Read after the revision was: never older than it, and what is newer bears another.
    const loaded = await load(missing);
    for (const id of missing) current.values.set(id, loaded.get(id) ?? null);
  }
  const found = new Map<string, V>();
  for (const id of ids) {
    const value = current.values.get(id) as V | null;
    if (value !== null) found.set(id, value);
  }
  return found;
}
