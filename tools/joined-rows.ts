import { createHmac } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { hashOf } from '../src/kernel/canonical.ts';

/** What a whole database holds, a row a text, by table. */
export type Rows = ReadonlyMap<string, readonly string[]>;

/** Every row of every table of ours, as text: what whoever has the database can read. */
export async function everyRow(db: Kysely<unknown>): Promise<Rows> {
  const tables = await sql<{ name: string }>`select table_schema || '.' || table_name as name
    from information_schema.tables where table_type = 'BASE TABLE'
      and table_schema not in ('pg_catalog', 'information_schema')`.execute(db);
  const rows = new Map<string, readonly string[]>();
  for (const { name } of tables.rows) {
    const found = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(name)} t`.execute(db);
    rows.set(
      name,
      found.rows.map(({ row }) => row),
    );
  }
  return rows;
}

/** Kinds of things that many people share: they join nothing. */
const shared = /^(net|org|spc|sit|ksk|res|prj|sub|con|pof)_/;

/** Ids of ours, and hashes and keys in hex, but for what everyone's rows have in common. */
const words = (row: string): readonly string[] =>
  (row.match(/[a-z]{3}_[0-9a-z]{6,}|[0-9a-f]{64}/g) ?? []).filter(word => !shared.test(word));

/** What can be computed of a row without guessing: the hash under which a booking corroborates a day. */
const computed = (table: string, row: string): readonly string[] => {
  if (table !== 'booking.booking') return [];
  const { booking_id: booking, space_id: space, local_day: day, part } = JSON.parse(row) as Record<string, string>;
  return [hashOf({ booking: booking!, space: space!, day: day!, part: part! })];
};

/**
 * Tables in which rows can be joined to a start, from column to column, through any shared id or hash, any hash of a booking and
 * any keyed hash under any key found in the database. `others` are other people's ids: what they did to the row is not who it is of.
 */
export function joinedTables(rows: Rows, start: string, others: ReadonlySet<string>): readonly string[] {
  const all = [...rows].flatMap(([table, texts]) =>
    texts.map(row => ({ table, words: [...words(row), ...computed(table, row)].filter(word => !others.has(word)) })),
  );
  const keys = [...new Set(all.flatMap(row => row.words.filter(word => word.length === 64)))];
  const underKeys = (word: string) =>
    keys.map(key => createHmac('sha256', Buffer.from(key, 'hex')).update(`person\n${word}`).digest('hex'));
  const known = new Set([start, ...underKeys(start)]);
  const joined = new Set<string>();
  for (let before = -1; before < known.size; ) {
    before = known.size;
    for (const { table, words } of all) {
      if (!words.some(word => known.has(word))) continue;
      joined.add(table);
      for (const word of words) known.add(word);
    }
  }
  return [...joined].toSorted();
}
