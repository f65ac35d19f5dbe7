import { join } from 'node:path';
import { sql } from 'kysely';
import { randomId, systemChance, systemClock } from './clock.ts';
import { migrate, migrationsIn, type OpenDatabase, openDatabase } from './database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { geoplateformeGeocoder } from './geoplateforme/geocoder.ts';
import { geoplateformeRoads } from './geoplateforme/itinerary.ts';
import type { Shell } from './http.ts';
import type { Log } from './log.ts';
import { openPost } from './mail.ts';
import { openRoads } from './roads/built-roads.ts';
import { noRoads } from './roads/no-roads.ts';
import type { RoadRouter } from './roads/roads.ts';
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

/** Removes a database with all it holds. Only for what we made ourselves: a scratch, or a demonstration begun and not finished. */
async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const admin = openDatabase(adminUrl, 1);
  await sql.raw(`drop database if exists "${name}" with (force)`).execute(admin.db);
  await admin.db.destroy();
}

/** Opens the map in use once, when someone first needs a road: a restart does not wait for it. */
function roadsOnDemand(settings: Settings) {
  let opening: Promise<RoadRouter> | null = null;
  const open = async (): Promise<RoadRouter> => {
    const opened = await openRoads(settings);
    if (opened === null && settings.geoplateformeUrl !== null) return geoplateformeRoads(settings.geoplateformeUrl);
    // Without a map, ask again next time: one may have been built since.
    if (!opened?.ok) opening = null;
    return opened?.ok ? opened.value : noRoads(opened?.refusal ?? null);
  };
  return {
    roads: () => {
      opening ??= open();
      return opening;
    },
    close: async () => (await opening)?.close(),
  };
}

/**
 * Empties the embedded database, to begin again what was stopped half way. A database of yours is never emptied: then it
 * says false.
 */
export async function emptyEmbedded(settings: Settings): Promise<boolean> {
  if (settings.databaseUrl !== null) return false;
  const server = await startEmbeddedPostgres(join(settings.home, 'postgres'));
  await dropDatabase(server.url(), 'parvis');
  await server.stop();
  return true;
}

/**
 * Runs a task in a database of its own, migrated and empty, on the server that the settings name or on the embedded one;
 * nothing of it remains.
 */
export async function inScratchDatabase<T>(
  settings: Settings,
  task: (scratch: OpenDatabase) => Promise<T>,
): Promise<T> {
  const server = settings.databaseUrl === null ? await startEmbeddedPostgres(join(settings.home, 'postgres')) : null;
  const adminUrl = server === null ? settings.databaseUrl! : server.url();
  const name = `parvis_scratch_${randomId('tmp').slice(4)}`;
  const admin = openDatabase(adminUrl, 1);
  await sql.raw(`create database "${name}"`).execute(admin.db);
  await admin.db.destroy();
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const scratch = openDatabase(url.href);
  try {
    await migrate(scratch, migrationsIn(join(settings.root, 'migrations')));
    return await task(scratch);
  } finally {
    await scratch.db.destroy();
    await dropDatabase(adminUrl, name);
    await server?.stop();
  }
}

/** Opens everything a process needs: the database (ours or yours), its schema, secrets, mail, built assets. */
export async function openShell(settings: Settings, log: Log): Promise<OpenShell> {
  const server = settings.databaseUrl === null ? await startEmbeddedPostgres(join(settings.home, 'postgres')) : null;
  const url = server === null ? settings.databaseUrl! : await ensureDatabase(server, 'parvis');
  const database = openDatabase(url);
  const applied = await migrate(database, migrationsIn(join(settings.root, 'migrations')));
  if (applied.length > 0) log.info(`Schema brought up to date: ${applied.length} migrations.`);
  const road = roadsOnDemand(settings);
  const shell: Shell = {
    settings,
    database,
    db: database.db,
    clock: systemClock,
    newId: randomId,
    chance: systemChance,
    log,
    post: openPost(settings, log),
    secrets: openSecrets(settings),
    roads: road.roads,
    geocoder: settings.geoplateformeUrl === null ? null : geoplateformeGeocoder(settings.geoplateformeUrl),
  };
  const close = async () => {
    await road.close();
    await database.db.destroy();
    await server?.stop();
  };
  return { shell, close };
}
