import * as commute from './commute/jobs.ts';
import * as employers from './employers/jobs.ts';
import * as observatory from './observatory/jobs.ts';
import * as people from './people/jobs.ts';
import type { Shell } from './platform/http.ts';
import type { Listener, Listeners, Timetabled } from './platform/jobs.ts';
import * as presence from './presence/jobs.ts';

const listening = [people, commute, observatory];
const keepingTime = [people, employers, presence];

/** Who hears what: the tables of the rooms that listen, as one. */
export function listeners(shell: Shell): Listeners {
  const table: Record<string, Listener[]> = {};
  for (const room of listening) {
    for (const [event, heard] of Object.entries(room.listeners(shell)))
      table[event] = [...(table[event] ?? []), ...heard];
  }
  return table;
}

/** What the clock sets off, in every room. */
export const timetable = (shell: Shell): readonly Timetabled[] => keepingTime.flatMap(room => room.timetable(shell));
