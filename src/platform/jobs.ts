import { setTimeout } from 'node:timers/promises';
import { type CronItem, Logger, parseCronItems, type Runner, run, runOnce, type TaskList } from 'graphile-worker';
import pg from 'pg';
import type { OpenDatabase } from './database.ts';
import { causeOf, type Log } from './log.ts';

export type Listener = (payload: Readonly<Record<string, unknown>>) => Promise<void>;

/** Who hears what. One event may have several listeners; each must bear being told twice. */
export type Listeners = Readonly<Record<string, readonly Listener[]>>;

/** A task of the clock: `match` is a crontab time in UTC. */
export interface Timetabled {
  readonly name: string;
  readonly match: string;
  readonly task: () => Promise<void>;
}

/** A failure as the queue keeps and tells it, without what the error may quote of people. */
class TaskFailed extends Error {
  override readonly name = 'TaskFailed';
  override readonly stack = '';
  constructor(cause: unknown) {
    super(causeOf(cause));
  }
}

const failing = (cause: unknown): never => {
  throw new TaskFailed(cause);
};

/** `announcement_id` is the same when a listener is told twice. */
async function tell(listeners: Listeners, job: unknown, announcement_id: string): Promise<void> {
  const { event, payload } = job as { event: string; payload: Record<string, unknown> };
  for (const listener of listeners[event] ?? []) await listener({ ...payload, announcement_id });
}

const tasksFor = (listeners: Listeners, timetable: readonly Timetabled[]): TaskList => ({
  announced: (job, { job: { id } }) => tell(listeners, job, id).catch(failing),
  ...Object.fromEntries(timetable.map(({ name, task }) => [name, () => task().catch(failing)])),
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

/** Announces the places that changed (`platform.change`), in the network of each; says how many announcements that made. */
async function tellChanges(pgPool: pg.Pool): Promise<number> {
  const { rows } = await pgPool.query<{ told: number }>('select platform.tell_changes() as told');
  return rows[0]!.told;
}

/** Who waits for a place, and a door, hears of one this much later at most. */
const gathered_ms = 300;

/** Hears announcements and keeps the timetable until stopped. */
export interface Jobs {
  readonly stop: () => Promise<void>;
}

/** How long the database is left alone before its queue is opened again. */
const pause_ms = 1_000;

/**
 * Starts hearing announcements and keeping the timetable, until stopped. A database that goes away while a task runs ends the
 * runner, as it can no longer say how the task ended: another one starts when it is back, and the task is tried again.
 */
export async function startJobs(
  database: OpenDatabase,
  work: { listeners: Listeners; timetable: readonly Timetabled[]; log: Log },
): Promise<Jobs> {
  const pgPool = openQueue(database);
  const start = () =>
    run({
      pgPool,
      // How a task ended is written in turn and tried again: unbatched, the library lets such a failure end the process.
      preset: { worker: { concurrentJobs: 2, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      noHandleSignals: true,
      logger: quiet(work.log),
      taskList: tasksFor(work.listeners, work.timetable),
      parsedCronItems: parseCronItems(
        work.timetable.map(({ name, match }): CronItem => ({ task: name, match, identifier: name })),
      ),
    });
  const stopped = new AbortController();
  let runner: Runner | null = await start();
  const keepRunning = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      try {
        runner ??= await start();
        await runner.promise;
      } catch (error) {
        work.log.error('The queue stopped. It starts again.', error);
      }
      if (stopped.signal.aborted) return;
      runner = null;
      await setTimeout(pause_ms, null, { signal: stopped.signal }).catch(() => null);
    }
  };
  const keepTelling = async (): Promise<void> => {
    let failing = false;
    while (!stopped.signal.aborted) {
      try {
        await tellChanges(pgPool);
        failing = false;
      } catch (error) {
        if (!failing) work.log.error('Places that changed could not be announced. They are tried again.', error);
        failing = true;
      }
      await setTimeout(gathered_ms, null, { signal: stopped.signal }).catch(() => null);
    }
  };
  const kept = Promise.all([keepRunning(), keepTelling()]);
  return {
    stop: async () => {
      stopped.abort();
      await runner?.stop().catch(() => null);
      await kept;
      await pgPool.end();
    },
  };
}

/** Hears everything announced so far, and what that brings, then returns: for the command line, the demo network and tests. */
export async function hearAll(database: OpenDatabase, work: { listeners: Listeners; log: Log }): Promise<void> {
  const pgPool = openQueue(database);
  const hear = () =>
    runOnce({
      pgPool,
      concurrency: 1,
      noHandleSignals: true,
      logger: quiet(work.log),
      taskList: tasksFor(work.listeners, []),
    });
  try {
    await tellChanges(pgPool);
    do await hear();
    while ((await tellChanges(pgPool)) > 0);
  } finally {
    await pgPool.end();
  }
}
