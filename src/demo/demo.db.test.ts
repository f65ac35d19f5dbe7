import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../tools/fresh-database.ts';
import { listeners } from '../events.ts';
import { sha256 } from '../kernel/canonical.ts';
import type { Dossier } from '../mrv/mrv.ts';
import type { OpenDatabase } from '../platform/database.ts';
import { hearAll } from '../platform/jobs.ts';
import { silentLog } from '../platform/log.ts';
import { openShell } from '../platform/open.ts';
import { readSettings } from '../platform/settings.ts';
import { demoDossier } from './demo.ts';

interface Told {
  readonly database: OpenDatabase;
  readonly dossier: Dossier;
}

const homes: string[] = [];

async function tellDossier(): Promise<Told> {
  const database = await freshDatabase();
  const home = mkdtempSync(join(tmpdir(), 'parvis-story-'));
  homes.push(home);
  const { shell, close } = await openShell({ ...readSettings({}), databaseUrl: database.url, home }, silentLog);
  const dossier = await demoDossier({
    db: database.db,
    home,
    hear: during => hearAll(database, { listeners: listeners({ ...shell, ...during }), log: silentLog }),
    say: () => {},
  });
  await close();
  return { database, dossier };
}

/** The rows of every table of ours, hashed; without the random keys that each installation makes for itself. */
async function tableHashes({ db }: OpenDatabase): Promise<ReadonlyMap<string, string>> {
  const tables = await sql<{ name: string }>`
    select schemaname || '.' || tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema', 'public', 'graphile_worker') order by 1`.execute(db);
  const hashes = new Map<string, string>();
  for (const { name } of tables.rows) {
    const rows = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(db);
    const lines = rows.rows.map(({ row }) => row).sort();
    hashes.set(name, `${lines.length} rows ${sha256(lines.join('\n'))}`);
  }
  return hashes;
}

describe('a story told twice', () => {
  let first: Told;
  let second: Told;
  beforeAll(async () => {
    first = await tellDossier();
    second = await tellDossier();
  }, 120_000);
  afterAll(async () => {
    for (const told of [first, second]) await told?.database.db.destroy();
    for (const home of homes) rmSync(home, { recursive: true, force: true });
  });

  test('gives the same dossier, byte for byte', () => {
    expect(first.dossier.bytes.length).toBeGreaterThan(100_000);
    expect(second.dossier.sha256).toBe(first.dossier.sha256);
  });

  test('writes the same rows in every table', async () => {
    const [one, two] = [await tableHashes(first.database), await tableHashes(second.database)];
    expect([...one.keys()].length).toBeGreaterThan(50);
    expect(two).toEqual(one);
  });
});
