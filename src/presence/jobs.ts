import type { Id } from '../kernel/ids.ts';
import { networkIds } from '../people/people.ts';
import { inNetwork, type Work } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners, Timetabled } from '../platform/jobs.ts';
import { attestDay } from './jobs/attesting.ts';
import { checkDue } from './jobs/checking.ts';
import { forgetPerson, purgeAccessEvents, purgeEvidence } from './jobs/forgetting.ts';
import { releaseAbsent } from './jobs/releasing.ts';
import { purgeVisitors } from './jobs/visitors.ts';
import { daysToAttest } from './store/event.ts';

// What the clock sets off, and what is heard: attest, judge, and in the end destroy. The door offers these verbs too.

export const listeners = (shell: Shell): Listeners => ({
  'people.erased': [
    payload =>
      inNetwork(shell, payload['network_id'] as Id<'net'>, work =>
        forgetPerson(work, { personId: String(payload['person_id']) }),
      ),
  ],
});

/** Attests the days that received something new, then judges what has waited a day: each day in its own transaction. */
async function settle(shell: Shell): Promise<void> {
  for (const networkId of await networkIds(shell.db)) {
    const run = <T>(task: (work: Work) => Promise<T>) => inNetwork(shell, networkId, task);
    const days = await run(daysToAttest);
    // A day that is not over anywhere is refused: its turn comes.
    for (const day of days) await run(work => attestDay(work, { day, secrets: shell.secrets }));
    while ((await run(work => checkDue(work, shell.roads))).checked > 0);
  }
}

export const timetable = (shell: Shell): readonly Timetabled[] => [
  { name: 'presence.settle', match: '20 * * * *', task: () => settle(shell) },
  {
    name: 'presence.purge',
    match: '40 3 * * *',
    task: async () => {
      for (const networkId of await networkIds(shell.db)) {
        await inNetwork(shell, networkId, purgeAccessEvents);
        await inNetwork(shell, networkId, purgeEvidence);
        await inNetwork(shell, networkId, purgeVisitors);
      }
    },
  },
  {
    name: 'presence.release',
    match: '*/5 * * * *',
    task: async () => {
      for (const networkId of await networkIds(shell.db)) await inNetwork(shell, networkId, releaseAbsent);
    },
  },
];
