import type { Id } from '../kernel/ids.ts';
import { inNetwork } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listener, Listeners } from '../platform/jobs.ts';
import { forgetPerson } from './hosting.ts';

export const listeners = (shell: Shell): Listeners => {
  const forget: Listener = payload =>
    inNetwork(shell, payload['network_id'] as Id<'net'>, work => forgetPerson(work, payload['person_id'] as Id<'per'>));
  return { 'people.erased': [forget], 'people.restricted': [forget] };
};
