import { type CronItem, Logger, parseCronItems, type Runner, run, runOnce, type TaskList } from 'graphile-worker';
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

/** Starts hearing announcements and keeping the timetable, until stopped. */
export const startJobs = (
  { pool }: OpenDatabase,
  work: { listeners: Listeners; timetable: readonly Timetabled[]; log: Log },
): Promise<Runner> =>
  run({
    pgPool: pool,
    concurrency: 2,
    noHandleSignals: true,
    logger: quiet(work.log),
    taskList: tasksFor(work.listeners, work.timetable),
    parsedCronItems: parseCronItems(
      work.timetable.map(({ name, match }): CronItem => ({ task: name, match, identifier: name })),
    ),
  });

/** Hears everything announced so far, then returns: for the command line, the demo network and tests. */
export const hearAll = ({ pool }: OpenDatabase, work: { listeners: Listeners; log: Log }): Promise<void> =>
  runOnce({ pgPool: pool, concurrency: 1, noHandleSignals: true, logger: quiet(work.log), taskList: tasksFor(work.listeners, []) });
