import type { Id } from '../kernel/ids.ts';
import { holdersOf, networkIds, peopleById } from '../people/people.ts';
import { inNetwork, type Work } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners, Timetabled } from '../platform/jobs.ts';
import type { Mail } from '../platform/mail.ts';
import { announce } from '../platform/outbox.ts';
import { sendOnce } from '../platform/send-once.ts';
import { gapOf, news } from './external.ts';
import { transfersMade } from './registry.ts';
import { reminderMail } from './reminder.ts';
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

/** One mail for each operator, in their language; none once the transfer is declared. */
async function remindersOf(work: Work, transferId: string, publicUrl: string | null) {
  const [transfer] = await transfersMade(work, transferId);
  if (!transfer?.clock || transfer.clock.state === 'declared') return [];
  const link = publicUrl === null ? null : `${publicUrl}/registre/cessions/${transferId}`;
  const operators = await peopleById(work, await holdersOf(work, 'network_operator', null));
  return operators.map(({ personId, email, firstName, locale: lang }): { asker: string; mail: Mail } => ({
    asker: personId,
    mail: { to: email, ...reminderMail({ firstName, lang, transfer, clock: transfer.clock!, link }) },
  }));
}

interface Crossed {
  readonly networkId: Id<'net'>;
  readonly transferId: string;
  readonly threshold: string;
}

/**
 * Mails every operator that a transfer is to be declared, once a threshold each: told again, whoever was reached is not mailed
 * again, and whoever could not be is.
 */
async function remind(shell: Shell, { networkId, transferId, threshold }: Crossed): Promise<void> {
  const key = `declaration ${transferId} ${threshold}`;
  const reminders = await inNetwork(shell, networkId, work => remindersOf(work, transferId, shell.settings.publicUrl));
  await sendOnce(
    shell,
    networkId,
    reminders.map(one => ({ ...one, key })),
  );
}

export const listeners = (shell: Shell): Listeners => ({
  'registry.declaration_due': [
    payload =>
      remind(shell, {
        networkId: payload['network_id'] as Id<'net'>,
        transferId: String(payload['transfer_id']),
        threshold: String(payload['threshold']),
      }),
  ],
});

const daily = (shell: Shell, task: (work: Work) => Promise<unknown>) => async () => {
  for (const networkId of await networkIds(shell.db)) await inNetwork(shell, networkId, task);
};

export const timetable = (shell: Shell): readonly Timetabled[] => [
  { name: 'registry.announce_declarations', match: '12 4 * * *', task: daily(shell, announceDue) },
  { name: 'registry.reconcile', match: '22 4 * * *', task: daily(shell, reconcile) },
];
