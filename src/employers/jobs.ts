import type { Id } from '../kernel/ids.ts';
import { localDay, monthOf } from '../kernel/time.ts';
import { networkIds } from '../people/people.ts';
import { inNetwork, type Work } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners, Timetabled } from '../platform/jobs.ts';
import { chargeMonthlyDesks, endLinksOf, forgetPerson } from './employers.ts';

/** Someone erased was never anyone's employee here; someone set aside is one no longer. */
export const listeners = (shell: Shell): Listeners => {
  const hear = (verb: (work: Work, personId: Id<'per'>) => Promise<void>) => [
    (payload: Readonly<Record<string, unknown>>) =>
      inNetwork(shell, payload['network_id'] as Id<'net'>, work => verb(work, payload['person_id'] as Id<'per'>)),
  ];
  return { 'people.erased': hear(forgetPerson), 'people.restricted': hear(endLinksOf) };
};

export const timetable = (shell: Shell): Timetabled[] => [
  {
    name: 'employers.charge_monthly_desks',
    match: '17 3 * * *',
    task: async () => {
      for (const networkId of await networkIds(shell.db)) {
        await inNetwork(shell, networkId, work =>
          chargeMonthlyDesks(work, monthOf(localDay(work.now, 'Europe/Paris'))),
        );
      }
    },
  },
];
