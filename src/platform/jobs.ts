import { type CronItem, Logger, parseCronItems, run, runOnce, type TaskList } from 'graphile-worker';
import pg from 'pg';
import type { OpenDatabase } from './database.ts';
import type { Log } from './log.ts';

export type Listener = (payload: Readonly<Record<string, unknown>>) => Promise<void>;

/** Who hears what. One event may have several listeners; each must bear being told twice. */
export type Listeners = Readonly<Record<string, readonly Listener[]>>;

/** A task of the clock: `match` is a crontab time in UTC. */
export interface Timetabled {
  readonly name: string;
  readonly match: string;
  readonly task: () => Promise<void>;
}

const tasksFor = (listeners: Listeners, timetable: readonly Timetabled[]): TaskList => ({
  announced: async job => {
    const { event, payload } = job as { event: string; payload: Record<string, unknown> };
    for (const listener of listeners[event] ?? []) await listener(payload);
  },
  ...Object.fromEntries(timetable.map(({ name, task }) => [name, () => task()])),
});

const quiet = (log: Log) =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.error(message);
  });

// The queue writes its own job numbers as JSON, so it gets a pool of its own, without our exact whole numbers: with
// ours, a job that fails could not be marked as failed, nor tried again. Between two tasks nobody listens to an idle
// connection: one that the database drops must not take the process down.
function openQueue({ url }: OpenDatabase): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 3, connectionTimeoutMillis: 5_000 });
  pool.on('error', () => {});
  pool.on('connect', client => client.on('error', () => {}));
  return pool;
}

/** Hears announcements and keeps the timetable until stopped. */
export interface Jobs {
  readonly stop: () => Promise<void>;
}

/** Starts hearing announcements and keeping the timetable, until stopped. */
export async function startJobs(
  database: OpenDatabase,
  work: { listeners: Listeners; timetable: readonly Timetabled[]; log: Log },
): Promise<Jobs> {
  const pgPool = openQueue(database);
  const runner = await run({
    pgPool,
    concurrency: 2,
    noHandleSignals: true,
    logger: quiet(work.log),
    taskList: tasksFor(work.listeners, work.timetable),
    parsedCronItems: parseCronItems(
      work.timetable.map(({ name, match }): CronItem => ({ task: name, match, identifier: name })),
    ),
  });
  return {
    stop: async () => {
      await runner.stop();
      await pgPool.end();
    },
  };
}

/** Hears everything announced so far, then returns: for the command line, the demo network and tests. */
export async function hearAll(database: OpenDatabase, work: { listeners: Listeners; log: Log }): Promise<void> {
  const pgPool = openQueue(database);
  try {
    await runOnce({
      pgPool,
      concurrency: 1,
      noHandleSignals: true,
      logger: quiet(work.log),
      taskList: tasksFor(work.listeners, []),
    });
  } finally {
    await pgPool.end();
  }
}
