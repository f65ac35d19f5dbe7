import type { Id } from '../kernel/ids.ts';
import { networkIds, peopleById } from '../people/people.ts';
import { inNetwork } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners, Timetabled } from '../platform/jobs.ts';
import { type Sending, sendOnce } from '../platform/send-once.ts';
import { endingMail } from './mail.ts';
import { announceEnding, passesNamed } from './passes.ts';

/** Mails someone that their pass ends soon; nothing once it is empty. */
async function tellEnding(shell: Shell, networkId: Id<'net'>, passId: string): Promise<void> {
  const { publicUrl } = shell.settings;
  const link = publicUrl === null ? null : `${publicUrl}/reserver`;
  const sendings = await inNetwork(shell, networkId, async (work): Promise<Sending[]> => {
    const [pass] = await passesNamed(work, [passId]);
    if (!pass?.personId || pass.balance === 0) return [];
    const people = await peopleById(work, [pass.personId]);
    return people.map(({ personId, email, firstName, locale: lang }) => ({
      ...{ asker: personId, key: `ending ${passId}` },
      mail: { to: email, ...endingMail({ firstName, lang, pass, link }) },
    }));
  });
  await sendOnce(shell, networkId, sendings);
}

export const listeners = (shell: Shell): Listeners => ({
  'passes.ending': [payload => tellEnding(shell, payload['network_id'] as Id<'net'>, String(payload['pass_id']))],
});

export const timetable = (shell: Shell): readonly Timetabled[] => [
  {
    name: 'passes.announce_ending',
    match: '32 5 * * *',
    task: async () => {
      for (const networkId of await networkIds(shell.db)) await inNetwork(shell, networkId, announceEnding);
    },
  },
];
