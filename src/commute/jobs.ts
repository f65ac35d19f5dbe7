import type { Id } from '../kernel/ids.ts';
import { localDay, monthOf, previousMonth } from '../kernel/time.ts';
import { networkIds } from '../people/people.ts';
import { inNetwork, type Work } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners, Timetabled } from '../platform/jobs.ts';
import { awaitingTrips } from '../presence/presence.ts';
import { forgetPerson, judgeAgain, recomputeMonth, recordAttested } from './commute.ts';

type Heard = Readonly<Record<string, unknown>>;

/** Each attested presence is counted at once, and judged again when an employer speaks of its day; told twice, nothing changes. */
export const listeners = (shell: Shell): Listeners => {
  const hear = (task: (work: Work, ids: readonly Id<'prs'>[]) => Promise<unknown>) => async (payload: Heard) => {
    const ids = payload['attestation_ids'] as readonly Id<'prs'>[];
    await inNetwork(shell, payload['network_id'] as Id<'net'>, work => task(work, ids));
  };
  const erased = (payload: Heard) =>
    inNetwork(shell, payload['network_id'] as Id<'net'>, work => forgetPerson(work, payload['person_id'] as Id<'per'>));
  return {
    'presence.attested': [hear(recordAttested)],
    'presence.day_coded': [hear(judgeAgain)],
    'people.erased': [erased],
  };
};

const inEach = async (shell: Shell, task: (work: Work) => Promise<unknown>): Promise<void> => {
  for (const networkId of await networkIds(shell.db)) await inNetwork(shell, networkId, task);
};

export const timetable = (shell: Shell): readonly Timetabled[] => [
  {
    // A presence whose word was lost on the way waits for ours: it is counted and judged here.
    name: 'commute.judge',
    match: '50 * * * *',
    task: () => inEach(shell, async work => recordAttested(work, await awaitingTrips(work))),
  },
  {
    name: 'commute.recompute',
    match: '10 2 * * *',
    task: async () => {
      const roads = await shell.roads();
      await inEach(shell, async work => {
        const month = monthOf(localDay(work.now, 'Europe/Paris'));
        for (const one of [previousMonth(month), month]) await recomputeMonth(work, one, roads);
      });
    },
  },
];
