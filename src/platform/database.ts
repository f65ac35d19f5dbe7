import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { runMigrations } from 'graphile-worker';
import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresQueryCompiler,
  type QueryExecutorProvider,
  sql,
} from 'kysely';
import pg from 'pg';
import type { Id, NewId } from '../kernel/ids.ts';
import { BrokenInvariant } from '../kernel/outcome.ts';
import type { Instant } from '../kernel/time.ts';
import { instant, instantAt } from '../kernel/time.ts';
import type { Clock } from './clock.ts';
import { forgetRevisions } from './memory.ts';

// Rows written together bear the same moments: each text is read once.
const moments = new Map<string, Instant>();
const rememberedMoments = 20_000;

/** `2026-11-24 08:30:00.12+00`: whole milliseconds in UTC, as nearly all are, need no calendar. */
const plainMoment = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,3})?\+00$/;

function instantRead(text: string): Instant {
  const known = moments.get(text);
  if (known !== undefined) return known;
  const iso = text.replace(' ', 'T');
  const at = plainMoment.test(text) ? instantAt(Date.parse(`${iso.slice(0, -3)}Z`)) : instant(iso);
  if (moments.size >= rememberedMoments) moments.clear();
  moments.set(text, at);
  return at;
}

// Whole numbers stay exact, days stay days, instants stay instants: nothing becomes a float or a Date on the way.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, BigInt);
types.setTypeParser(pg.types.builtins.DATE, text => text);
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, instantRead);

// Statements are SQL text in stores; the tables' types live in each store's row types.
export type Database = Kysely<unknown>;
export type Tx = QueryExecutorProvider;

export interface OpenDatabase {
  readonly db: Database;
  readonly pool: pg.Pool;
  readonly url: string;
}

const statementNames = new Map<string, string>();
/** More different texts than the program has; a text beyond them is read anew each time. */
const mostNames = 2_000;

const nameOf = (text: string): string | undefined => {
  const known = statementNames.get(text);
  if (known !== undefined || statementNames.size >= mostNames) return known;
  const name = `parvis_${statementNames.size}`;
  statementNames.set(text, name);
  return name;
};

/** One text asks for one row or for a month of them; from these sizes on it is planned for its values, each time. */
const longList = { items: 16, characters: 8_000 };

const isLong = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length >= longList.items
    : (typeof value === 'string' || value instanceof Uint8Array) && value.length >= longList.characters;

/** Statements asked in one breath leave in one message: each message costs more than most statements do. */
function messages(client: pg.PoolClient): () => void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Duplex } }).connection;
  let open = false;
  return () => {
    if (open) return;
    open = true;
    stream.cork();
    process.nextTick(() => {
      open = false;
      stream.uncork();
    });
  };
}

/** A statement with few values is read once a connection, and planned as PostgreSQL sees fit. */
function prepareStatements(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
  const gather = messages(client);
  const prepared = (...asked: unknown[]): unknown => {
    gather();
    const [text, values] = asked;
    if (
      asked.length !== 2 ||
      typeof text !== 'string' ||
      !Array.isArray(values) ||
      values.length === 0 ||
      values.some(isLong)
    )
      return query(...asked);
    return query({ text, values, name: nameOf(text) });
  };
  Object.assign(client, { query: prepared });
}

const pools = new WeakMap<Database, pg.Pool>();
const memories = new WeakMap<Database, Map<string, Map<string, unknown>>>();

/** What is kept of a network of this database. */
function memoryOf(db: Database, networkId: string): Map<string, unknown> {
  const ofDatabase = memories.get(db) ?? new Map<string, Map<string, unknown>>();
  memories.set(db, ofDatabase);
  const memory = ofDatabase.get(networkId) ?? new Map<string, unknown>();
  ofDatabase.set(networkId, memory);
  return memory;
}
const transactions = new WeakMap<pg.PoolClient, Tx>();

/** Neither writes nor waits for those who do. */
const reads = /^\s*select\b(?!.*\b(for (update|no key update|share|key share)|pg_advisory))/is;
const writes = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** Statements on one connection that leave as they are asked, without waiting for the answers of those before. */
function onConnection(client: pg.PoolClient): Tx {
  const known = transactions.get(client);
  if (known !== undefined) return known;
  const connection: DatabaseConnection = {
    executeQuery: async <R>(asked: CompiledQuery) => {
      if (!reads.test(asked.sql)) forgetRevisions(tx);
      const { command, rowCount, rows } = await client.query(asked.sql, asked.parameters as unknown[]);
      return {
        rows: (rows ?? []) as R[],
        ...(writes.has(command) && { numAffectedRows: BigInt(rowCount ?? 0) }),
      };
    },
    streamQuery: () => {
      throw new TypeError('rows are read whole');
    },
  };
  const executor = new DefaultQueryExecutor(new PostgresQueryCompiler(), new PostgresAdapter(), {
    provideConnection: consumer => consumer(connection),
  });
  const tx: Tx = { getExecutor: () => executor };
  transactions.set(client, tx);
  return tx;
}

export function openDatabase(url: string, connections = 10): OpenDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    types,
    connectionTimeoutMillis: 5_000,
    pipeline: true,
  });
  // An idle connection that the server drops must not take the process down; the next query opens another.
  pool.on('error', () => {});
  pool.on('connect', client => {
    client.on('error', () => {});
    prepareStatements(client);
  });
  const db: Database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  pools.set(db, pool);
  return { db, pool, url };
}

/** Asks the database the least there is to ask; throws when it is away. */
export async function answers(db: Database): Promise<void> {
  await sql`select 1`.execute(db);
}

/** One unit of work: one transaction, one network, one moment. Every verb that reads or writes takes it first. */
export interface Work {
  /** Statements asked together, as in `Promise.all`, leave together and are answered in their order. */
  readonly tx: Tx;
  readonly networkId: Id<'net'>;
  readonly now: Instant;
  readonly newId: NewId;
  /**
   * Reads in another transaction while this one works: what this one has written is not seen there. For long units of work that
   * read what others wrote before them; it takes a second connection.
   */
  readonly beside: <T>(task: (work: Work) => Promise<T>) => Promise<T>;
  /** What this process keeps of the network, by kind of thing; `memory.ts` alone reads it. */
  readonly memory: Map<string, unknown>;
}

/** What it takes to open a unit of work. */
export interface WorkSource {
  readonly db: Database;
  readonly clock: Clock;
  readonly newId: NewId;
}

class RolledBack extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super('refused');
    this.answer = answer;
  }
}

const isRefusal = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false;

/** PostgreSQL ended this transaction so that another could go on (40P01), or saw two that no order explains (40001). */
export const isPassing = (error: unknown): boolean => {
  const code = (error as { code?: unknown } | null)?.code;
  return code === '40001' || code === '40P01';
};

const mostAttempts = 8;

/** Rivals that met once part by chance: up to 10 ms after the first time, a second or so after the last. */
const aWhile = (attempt: number): Promise<void> =>
  new Promise(done => setTimeout(done, Math.random() * 5 * 2 ** attempt));

const rolesBelow = new WeakMap<Database, Promise<string>>();

/** Row security does not bind a superuser: such a session steps down for the length of each transaction (`platform.step_down`). */
function steppingDown(db: Database): Promise<string> {
  const known = rolesBelow.get(db);
  if (known !== undefined) return known;
  const asked = sql<{
    above: boolean;
  }>`select rolsuper or rolbypassrls as above from pg_roles where rolname = current_user`
    .execute(db)
    .then(({ rows }) => (rows[0]?.above ? 'set local role parvis_application' : ''));
  rolesBelow.set(db, asked);
  // A database that is away has said nothing: it is asked again.
  asked.catch(() => rolesBelow.delete(db));
  return asked;
}

/** Begins a transaction and enters a network in one message to the database: half of its round trips, for a short one. */
const entering = async (db: Database, networkId: Id<'net'>): Promise<string> =>
  `begin; set local app.network = ${pg.escapeLiteral(networkId)}; ${await steppingDown(db)}`;

/** One transaction on one connection, begun by `begin`; what fails leaves nothing written. */
async function inTransaction<T>(db: Database, begin: string, task: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pools.get(db)!.connect();
  const tx = onConnection(client);
  forgetRevisions(tx);
  // The first statements of the task leave with it: after a failure here PostgreSQL refuses them all. Asked of the driver itself, it
  // is the first: what is asked through `tx` takes its turn later, and all the later on a connection that is new.
  const begun = client.query(begin);
  begun.catch(() => {});
  try {
    const answer = await task(tx);
    await begun;
    const { command } = await client.query('commit');
    // Of a transaction in which something failed PostgreSQL keeps nothing, and says so here alone.
    if (command === 'ROLLBACK') throw new BrokenInvariant('a failed statement was passed over');
    return answer;
  } catch (error) {
    // What was asked beside the statement that failed may go on to ask more: it does so here, and is refused, before the connection
    // serves anyone else.
    await new Promise(done => setImmediate(done));
    // A connection that is gone has rolled back already: its first error is the one to tell.
    await client.query('rollback').catch(() => {});
    await begun;
    throw error;
  } finally {
    client.release();
  }
}

/**
 * Runs `task` in one transaction that sees the rows of one network only. A refusal, like a failure, leaves nothing written.
 * What PostgreSQL ends for the sake of another transaction is tried again from its beginning.
 */
export async function inNetwork<T>(
  source: WorkSource,
  networkId: Id<'net'>,
  task: (work: Work) => Promise<T>,
): Promise<T> {
  const memory = memoryOf(source.db, networkId);
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(source.db, await entering(source.db, networkId), async tx => {
        const beside: Work['beside'] = reading => inNetwork(source, networkId, reading);
        const answer = await task({ tx, networkId, now: source.clock(), newId: source.newId, beside, memory });
        if (isRefusal(answer)) throw new RolledBack(answer);
        return answer;
      });
    } catch (error) {
      if (error instanceof RolledBack) return error.answer as T;
      if (!isPassing(error) || attempt === mostAttempts) throw error;
      await aWhile(attempt);
    }
  }
}

/**
 * Lets this unit of work end before the disk has it: after a crash it may be as if it had not been, never half done. A later
 * unit that waits makes it last. For long lists of writes that would be made again.
 */
export async function endWithoutWaiting({ tx }: Work): Promise<void> {
  await sql`set local synchronous_commit = off`.execute(tx);
}

export interface Migration {
  readonly name: string;
  readonly text: string;
}

export const migrationsIn = (folder: string): Migration[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.sql'))
    .sort()
    .map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/**
 * Brings the schema up to date under an advisory lock, each file in its own transaction; names what it applied.
 * Safe to run from several processes at once.
 */
export async function migrate({ db, pool }: OpenDatabase, migrations: readonly Migration[]): Promise<string[]> {
  await runMigrations({ pgPool: pool });
  return db.connection().execute(async session => {
    await sql`select pg_advisory_lock(hashtext('parvis.migrations'))`.execute(session);
    try {
      await sql`create table if not exists public.parvis_migration (name text primary key, applied_at timestamptz not null default now())`.execute(
        session,
      );
      const done = await sql<{ name: string }>`select name from public.parvis_migration`.execute(session);
      const pending = migrations.filter(m => !done.rows.some(row => row.name === m.name));
      for (const migration of pending) {
        await session.transaction().execute(async tx => {
          await sql.raw(migration.text).execute(tx);
          await sql`insert into public.parvis_migration (name) values (${migration.name})`.execute(tx);
        });
      }
      if (pending.length > 0) await sql`call platform.grant_to_application()`.execute(session);
      return pending.map(m => m.name);
    } finally {
      await sql`select pg_advisory_unlock(hashtext('parvis.migrations'))`.execute(session);
    }
  });
}
