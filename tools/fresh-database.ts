import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { inject } from 'vitest';
import type { Id, NewId } from '../src/kernel/ids.ts';
import { type Instant, instant } from '../src/kernel/time.ts';
import type { Network } from '../src/kernel/visit.ts';
import { inNetwork, type OpenDatabase, openDatabase, type Work, type WorkSource } from '../src/platform/database.ts';

/** A database of its own for a test file, cloned from the migrated template in some 50 ms. */
export async function freshDatabase(connections = 20): Promise<OpenDatabase> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const admin = openDatabase(inject('postgres').replace(/DATABASE$/, 'postgres'), 1);
  // Files are copied in a third of the time that pages take through the server's log.
  await sql.raw(`create database ${name} template parvis_template strategy file_copy`).execute(admin.db);
  await admin.db.destroy();
  const database = openDatabase(inject('postgres').replace(/DATABASE$/, name), connections);
  // Files follow each other in one process: what one leaves open must not add up to the server's 200 connections.
  database.pool.options.idleTimeoutMillis = 1_000;
  return database;
}

/** Ids in order: `bkg_00000001`, `bkg_00000002`… */
export const countingIds = (): NewId => {
  let count = 0;
  return kind => `${kind}_${String(++count).padStart(8, '0')}`;
};

export interface TestNetwork {
  readonly database: OpenDatabase;
  readonly networkId: Id<'net'>;
  /** The moment at which verbs run; move it with `at`. */
  readonly at: (moment: string) => void;
  /** One unit of work in the test network. */
  readonly work: <T>(task: (work: Work) => Promise<T>) => Promise<T>;
}

/** A database with one empty fictitious network, and a clock that stands where the test puts it. */
export async function freshNetwork(
  moment = '2026-06-15T08:00:00Z',
  profile: Network['profile'] = 'demo',
): Promise<TestNetwork> {
  const database = await freshDatabase();
  const networkId: Id<'net'> = 'net_testnetwork';
  let now: Instant = instant(moment);
  const source: WorkSource = { db: database.db, clock: () => now, newId: countingIds() };
  await sql`insert into people.network (network_id, name, hostname, profile, fictitious, created_at)
    values (${networkId}, 'Réseau d’essai', null, ${profile}, true, ${moment})`.execute(database.db);
  return {
    database,
    networkId,
    at: text => {
      now = instant(text);
    },
    work: task => inNetwork(source, networkId, task),
  };
}
