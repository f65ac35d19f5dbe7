import type { Id } from '../kernel/ids.ts';
import { networkIds } from '../people/people.ts';
import { inNetwork } from '../platform/database.ts';
import { openFetcher } from '../platform/fetcher.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners, Timetabled } from '../platform/jobs.ts';
import { forgetPerson, readDue } from './calendars.ts';

const network = (payload: Readonly<Record<string, unknown>>) => payload['network_id'] as Id<'net'>;

const readerOf = (shell: Shell) => ({
  ...shell,
  fetcher: openFetcher({ privately: shell.settings.privateWebhooks }),
});

export const listeners = (shell: Shell): Listeners => ({
  'calendars.connected': [payload => readDue(readerOf(shell), network(payload)).then(() => {})],
  'people.erased': [
    payload => inNetwork(shell, network(payload), work => forgetPerson(work, payload['person_id'] as Id<'per'>)),
  ],
});

export const timetable = (shell: Shell): readonly Timetabled[] => [
  {
    name: 'calendars.read',
    match: '*/5 * * * *',
    task: async () => {
      for (const networkId of await networkIds(shell.db)) await readDue(readerOf(shell), networkId);
    },
  },
];
