import type { Id } from '../kernel/ids.ts';
import { localDay, monthOf } from '../kernel/time.ts';
import { networkIds } from '../people/people.ts';
import { inNetwork } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners, Timetabled } from '../platform/jobs.ts';
import { chargeMonthlyDesks, endLinksOf } from './employers.ts';

export const listeners = (shell: Shell): Listeners => ({
  'people.erased': [
    payload =>
      inNetwork(shell, payload['network_id'] as Id<'net'>, work => endLinksOf(work, payload['person_id'] as Id<'per'>)),
  ],
});

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
