import { join } from 'node:path';
import { sql } from 'kysely';
import { randomId, systemClock } from './clock.ts';
import { migrate, migrationsIn, openDatabase } from './database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import type { Shell } from './http.ts';
import type { Log } from './log.ts';
import { openPost } from './mail.ts';
import { openSecrets } from './secrets.ts';
import type { Settings } from './settings.ts';

export interface OpenShell {
  readonly shell: Shell;
  readonly close: () => Promise<void>;
}

/** Makes the database `name` on an embedded server when it is not there yet. */
export async function ensureDatabase(server: EmbeddedPostgres, name: string): Promise<string> {
  const admin = openDatabase(server.url(), 1);
  const found = await sql`select 1 from pg_database where datname = ${name}`.execute(admin.db);
  if (found.rows.length === 0) await sql.raw(`create database "${name}"`).execute(admin.db);
  await admin.db.destroy();
  return server.url(name);
}

/** Opens everything a process needs: the database (ours or yours), its schema, secrets, mail, built assets. */
export async function openShell(settings: Settings, log: Log): Promise<OpenShell> {
  const server = settings.databaseUrl === null ? await startEmbeddedPostgres(join(settings.home, 'postgres')) : null;
  const url = server === null ? settings.databaseUrl! : await ensureDatabase(server, 'parvis');
  const database = openDatabase(url);
  const applied = await migrate(database, migrationsIn(join(settings.root, 'migrations')));
  if (applied.length > 0) log.info(`Schema brought up to date: ${applied.length} migrations.`);
  const shell: Shell = {
    settings,
    database,
    db: database.db,
    clock: systemClock,
    newId: randomId,
    log,
    post: openPost(settings, log),
    secrets: openSecrets(settings),
  };
  const close = async () => {
    await database.db.destroy();
    await server?.stop();
  };
  return { shell, close };
}
