import type { Id } from '../kernel/ids.ts';
import { localDay } from '../kernel/time.ts';
import { networkIds } from '../people/people.ts';
import { inNetwork, type Work } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners, Timetabled } from '../platform/jobs.ts';
import { announce } from '../platform/outbox.ts';
import { attestDay } from './jobs/attesting.ts';
import { checkDue } from './jobs/checking.ts';
import { deleteLink, selectLinks, selectRecorded } from './store/attestation.ts';
import * as events from './store/event.ts';

// What the clock sets off, and what is heard: attest, judge, and in the end destroy. The door offers these verbs too.

/** Months for which raw events are kept (a badge log's usual term); what they proved has its own, longer term. */
const eventsKept_months = 3;

/** Destroys raw events and employers' codes at their term and records that it did; what they proved stays. */
export async function purgeAccessEvents(work: Work): Promise<{ readonly destroyed: number }> {
  const before = work.now.toZonedDateTimeISO('UTC').subtract({ months: eventsKept_months }).toInstant();
  const destroyed = await events.deleteEvents(work, { before });
  if (destroyed > 0) await events.insertDestruction(work, { record: 'access_event', before, destroyed });
  const codes = await events.deleteCodes(work, { before: localDay(before, 'UTC') });
  if (codes > 0) await events.insertDestruction(work, { record: 'day_code', before, destroyed: codes });
  return { destroyed };
}

/** Destroys what leads back to a person: their events, their link, their keys. Totals and proofs stay valid. */
export async function forgetPerson(work: Work, { personId }: { readonly personId: string }): Promise<void> {
  const gone = [
    ['access_event', await events.deleteEvents(work, { personId })],
    ['day_code', await events.deleteCodes(work, { personId })],
    ['person_link', await deleteLink(work, personId)],
  ] as const;
  for (const [record, destroyed] of gone)
    if (destroyed > 0) await events.insertDestruction(work, { record, before: null, destroyed });
}

/** Forgets a person who was erased, and tells which presences no longer lead to anyone. Told twice, the second finds nothing. */
async function eraseHere(work: Work, personId: Id<'per'>): Promise<void> {
  const [link] = await selectLinks(work, { personIds: [personId] });
  const all = { from: '0001-01-01', to: '9999-12-31' } as const;
  const kept = link ? await selectRecorded(work, { pseudonym: link.pseudonym, ...all }) : [];
  await forgetPerson(work, { personId });
  const ids = kept.map(one => one.attestationId);
  if (ids.length > 0) await announce(work, { event: 'presence.forgotten', payload: { attestation_ids: ids } });
}

export const listeners = (shell: Shell): Listeners => ({
  'people.erased': [
    payload =>
      inNetwork(shell, payload['network_id'] as Id<'net'>, work => eraseHere(work, payload['person_id'] as Id<'per'>)),
  ],
});

/** Attests the days that received something new, then judges what has waited a day: each day in its own transaction. */
async function settle(shell: Shell): Promise<void> {
  for (const networkId of await networkIds(shell.db)) {
    const run = <T>(task: (work: Work) => Promise<T>) => inNetwork(shell, networkId, task);
    const days = await run(events.daysToAttest);
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
      for (const networkId of await networkIds(shell.db)) await inNetwork(shell, networkId, purgeAccessEvents);
    },
  },
];
