import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenDatabase } from '../src/platform/database.ts';
import { freshDatabase } from './fresh-database.ts';

/** Shared lists and the tenant itself: nothing personal, no network. */
const shared = [
  'people.network',
  'platform.commune',
  'platform.commune_postcode',
  'platform.commune_import',
  'platform.import',
];

let database: OpenDatabase;
beforeAll(async () => {
  database = await freshDatabase(2);
});
afterAll(() => database.db.destroy());

const ours = sql`n.nspname !~ '^(pg_|information_schema|public|graphile_worker)'`;

describe('the catalogue', () => {
  test('network_id leads every primary, unique, exclusion and foreign key of a tenant table', async () => {
    const { rows } = await sql<{ table: string; key: string; first_column: string }>`
      select c.conrelid::regclass::text as table, c.conname as key, a.attname as first_column
      from pg_constraint c
      join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype in ('p', 'u', 'x', 'f') and ${ours}`.execute(database.db);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(r => r.first_column !== 'network_id' && !shared.includes(r.table))).toEqual([]);
  });

  test('network_id leads every unique index of a tenant table but two', async () => {
    const { rows } = await sql<{ table: string; index: string; first_column: string | null }>`
      select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as index, a.attname as first_column
      from pg_index i
      join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
      left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indisunique and ${ours}`.execute(database.db);
    const others = rows.filter(r => r.first_column !== 'network_id' && !shared.includes(r.table)).map(r => r.index);
    // Keys all but unique without their network, a million at a time: compared first, they cost less (decision 14).
    expect(others.toSorted()).toEqual(['mrv.one_credited_line_a_person_day', 'mrv.one_presence_one_scheme']);
  });

  test('every tenant table hides the rows of other networks, from its owner too', async () => {
    const { rows } = await sql<{ table: string }>`
      select t.oid::regclass::text as table from pg_class t join pg_namespace n on n.oid = t.relnamespace
      where t.relkind in ('r', 'p') and ${ours} and not (t.relrowsecurity and t.relforcerowsecurity)`.execute(
      database.db,
    );
    expect(rows.map(r => r.table).filter(table => !shared.includes(table))).toEqual([]);
  });

  test('every table names its rules: no constraint bears a machine-made name but keys and single-column checks', async () => {
    const { rows } = await sql<{ table: string; name: string }>`
      select c.conrelid::regclass::text as table, c.conname as name from pg_constraint c
      join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
      where c.contype in ('x', 'u') and ${ours} and c.conname ~ '_(key|excl|check)[0-9]*$'`.execute(database.db);
    expect(rows).toEqual([]);
  });
});
