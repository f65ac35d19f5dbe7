import type { Id } from '../kernel/ids.ts';
import { inNetwork } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners } from '../platform/jobs.ts';
import { forgetPerson } from './floors.ts';

export const listeners = (shell: Shell): Listeners => ({
  'people.erased': [
    payload =>
      inNetwork(shell, payload['network_id'] as Id<'net'>, work =>
        forgetPerson(work, payload['person_id'] as Id<'per'>),
      ),
  ],
});
