import { localDay, monthOf } from '../kernel/time.ts';
import { networkIds } from '../people/people.ts';
import { inNetwork } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Timetabled } from '../platform/jobs.ts';
import { chargeMonthlyDesks } from './employers.ts';

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
