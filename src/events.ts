import * as access from './access/jobs.ts';
import * as booking from './booking/jobs.ts';
import * as calendars from './calendars/jobs.ts';
import * as commute from './commute/jobs.ts';
import * as employers from './employers/jobs.ts';
import * as floors from './floors/jobs.ts';
import * as hosting from './hosting/jobs.ts';
import * as integrations from './integrations/jobs.ts';
import * as mrv from './mrv/jobs.ts';
import * as notary from './notary/jobs.ts';
import * as observatory from './observatory/jobs.ts';
import * as passes from './passes/jobs.ts';
import * as people from './people/jobs.ts';
import { networkIds } from './people/people.ts';
import { inNetwork } from './platform/database.ts';
import { forgetAnswers } from './platform/first-answer.ts';
import type { Shell } from './platform/http.ts';
import type { Listener, Listeners, Timetabled } from './platform/jobs.ts';
import * as presence from './presence/jobs.ts';
import * as registry from './registry/jobs.ts';

const listening = [
  people,
  registry,
  employers,
  calendars,
  floors,
  passes,
  booking,
  access,
  presence,
  hosting,
  commute,
  mrv,
  observatory,
  integrations,
];
const keepingTime = [
  people,
  employers,
  calendars,
  passes,
  booking,
  access,
  presence,
  hosting,
  commute,
  registry,
  integrations,
];

/** Who hears what: the tables of the rooms that listen, as one. */
export function listeners(shell: Shell): Listeners {
  const table: Record<string, Listener[]> = {};
  for (const room of listening) {
    for (const [event, heard] of Object.entries(room.listeners(shell)))
      table[event] = [...(table[event] ?? []), ...heard];
  }
  return table;
}

const forgetting = (shell: Shell): Timetabled => ({
  name: 'platform.forget_answers',
  match: '41 2 * * *',
  task: async () => {
    for (const networkId of await networkIds(shell.db)) await inNetwork(shell, networkId, forgetAnswers);
  },
});

/** What the clock sets off, in every room and in the platform. */
export const timetable = (shell: Shell): readonly Timetabled[] => [
  ...keepingTime.flatMap(room => room.timetable(shell)),
  ...notary.timetable(shell, () => networkIds(shell.db)),
  forgetting(shell),
];
