import type { Id } from '../kernel/ids.ts';
import type { Month } from '../kernel/time.ts';
import { inNetwork } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners } from '../platform/jobs.ts';
import { publish } from './observatory.ts';

/** A month that `mrv` has closed is published; told twice, it is published once. */
export const listeners = (shell: Shell): Listeners => ({
  'mrv.period_closed': [
    async payload => {
      await inNetwork(shell, payload['network_id'] as Id<'net'>, work => publish(work, payload['month'] as Month));
    },
  ],
});
