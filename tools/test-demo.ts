import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { TestProject } from 'vitest/node';
import { playStory } from '../src/demo/demo.ts';
import { listeners } from '../src/events.ts';
import type { Day } from '../src/kernel/time.ts';
import { openDatabase } from '../src/platform/database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { hearAll } from '../src/platform/jobs.ts';
import { silentLog } from '../src/platform/log.ts';
import { ensureDatabase, openShell } from '../src/platform/open.ts';
import { readSettings, type Settings } from '../src/platform/settings.ts';
import { executable } from './browser.ts';

/** The present day of the story that journeys walk through: a Tuesday. */
export const anchor: Day = '2026-11-24';
/** The fictitious network as a template database: each journey file clones it. */
export const demoTemplate = 'parvis_demo';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: string;
    home: string;
  }
}

/** The settings of an installation whose secrets everyone knows. */
export const journeySettings = (over: Pick<Settings, 'databaseUrl' | 'home'> & Partial<Settings>): Settings => ({
  ...readSettings({}),
  secretHex: '5e'.repeat(32),
  ...over,
});

/** Plays the story into the template of a server, with its map under `home`. */
async function seedDemo(databaseUrl: string, home: string): Promise<void> {
  const { shell, close } = await openShell(journeySettings({ databaseUrl, home }), silentLog);
  const { db, database, secrets, log } = shell;
  const hear: Parameters<typeof playStory>[0]['hear'] = during =>
    hearAll(database, { listeners: listeners({ ...shell, ...during }), log });
  await playStory({ db, home, secrets, host: null, hear, say: log.info }, anchor);
  await close();
}

/** Tells the story in a database that gets the template's name once it is whole. */
async function tell(server: EmbeddedPostgres, home: string): Promise<void> {
  await seedDemo(await ensureDatabase(server, 'parvis_half_told'), home);
  const admin = openDatabase(server.url(), 1);
  await sql.raw(`alter database parvis_half_told rename to ${demoTemplate}`).execute(admin.db);
  await admin.db.destroy();
}

/** One throw-away server a run; the fictitious network is told once, while tests that do not need it run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'parvis-journeys-'));
  // Unpacked before two files at once find that it is not.
  await executable();
  const server = await startEmbeddedPostgres(join(home, 'postgres'), { durable: false });
  // Should it fail, the run stops there with the reason: nobody has a promise to wait for.
  const told = tell(server, home);
  project.provide('postgres', server.url('DATABASE'));
  project.provide('home', home);
  return async () => {
    await told;
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
}
