import type { Id } from '../kernel/ids.ts';
import { networkIds } from '../people/people.ts';
import { inNetwork } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listener, Listeners, Timetabled } from '../platform/jobs.ts';
import { forgetPerson, purge } from './hosting.ts';
import { tellParcel } from './jobs/telling.ts';

export const listeners = (shell: Shell): Listeners => {
  const forget: Listener = payload =>
    inNetwork(shell, payload['network_id'] as Id<'net'>, work => forgetPerson(work, payload['person_id'] as Id<'per'>));
  return {
    'people.erased': [forget],
    'people.restricted': [forget],
    'hosting.parcel_arrived': [
      payload => tellParcel(shell, payload['network_id'] as Id<'net'>, String(payload['task_id'])),
    ],
  };
};

export const timetable = (shell: Shell): readonly Timetabled[] => [
  {
    name: 'hosting.purge',
    match: '10 4 * * *',
    task: async () => {
      for (const networkId of await networkIds(shell.db)) await inNetwork(shell, networkId, purge);
    },
  },
];
