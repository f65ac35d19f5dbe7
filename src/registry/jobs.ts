import { networkIds } from '../people/people.ts';
import { inNetwork, type Work } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Timetabled } from '../platform/jobs.ts';
import { announce } from '../platform/outbox.ts';
import { gapOf, news } from './external.ts';
import { transfersMade } from './registry.ts';
import { compareAll, insertFound, selectFound } from './store/external.ts';
import { crossThreshold } from './store/transfer.ts';

/**
 * Compares each of the State's references with ours under it, and writes down what changed: a gap stands as an alarm until a
 * comparison without one. Says how many references disagree.
 */
export async function reconcile(work: Work): Promise<{ readonly disagreeing: number }> {
  const compared = await compareAll(work);
  for (const one of news(compared, await selectFound(work))) await insertFound(work, one);
  return { disagreeing: compared.filter(one => gapOf(one) !== 0n).length };
}

/** Announces each transfer that crossed a threshold of its declaration's clock since last time, once a threshold. */
export async function announceDue(work: Work): Promise<{ readonly announced: number }> {
  let announced = 0;
  for (const { transferId, clock } of await transfersMade(work)) {
    if (clock === null || clock.state === 'waiting' || clock.state === 'declared') continue;
    const { state: threshold, due_on, days_left } = clock;
    if (!(await crossThreshold(work, { transferId, threshold }))) continue;
    const payload = { transfer_id: transferId, threshold, due_on, days_left };
    await announce(work, { event: 'registry.declaration_due', payload });
    announced++;
  }
  return { announced };
}

const daily = (shell: Shell, task: (work: Work) => Promise<unknown>) => async () => {
  for (const networkId of await networkIds(shell.db)) await inNetwork(shell, networkId, task);
};

export const timetable = (shell: Shell): readonly Timetabled[] => [
  { name: 'registry.announce_declarations', match: '12 4 * * *', task: daily(shell, announceDue) },
  { name: 'registry.reconcile', match: '22 4 * * *', task: daily(shell, reconcile) },
];
