import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { TestProject } from 'vitest/node';
import { migrate, migrationsIn, openDatabase } from '../src/platform/database.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: string;
  }
}

/** One throw-away server a run, with a migrated template: each test file clones it, so files never see each other. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), 'parvis-test-'));
  const server = await startEmbeddedPostgres(dir, { durable: false });
  const admin = openDatabase(server.url(), 1);
  await sql`create database parvis_template`.execute(admin.db);
  const template = openDatabase(server.url('parvis_template'), 2);
  await migrate(template, migrationsIn('migrations'));
  await template.db.destroy();
  await admin.db.destroy();
  project.provide('postgres', server.url('DATABASE'));
  return async () => {
    await server.stop();
    // Some 150 000 files, when nothing else runs any more: Node would take twice as long.
    spawnSync('rm', ['-rf', dir]);
  };
}
