import type { Id } from '../kernel/ids.ts';
import { inNetwork } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners, Timetabled } from '../platform/jobs.ts';
import { eraseDue, forget, linkMail, linkMailed, networkIds } from './people.ts';

/** Sends the link that was asked for. Told again before the mail has left, it sends another link; afterwards, nothing. */
async function sendLink(shell: Shell, networkId: Id<'net'>, requestId: string): Promise<void> {
  const base = { publicUrl: shell.settings.publicUrl, mailed: shell.settings.smtpUrl !== null };
  const mail = await inNetwork(shell, networkId, work => linkMail(work, requestId, base));
  if (mail.kind === 'no_origin') {
    shell.log.error(
      'A sign-in mail was not sent: set PUBLIC_URL, or the host name of the network, to the address that people visit.',
    );
  }
  if (mail.kind !== 'mail') return;
  await shell.post({ to: mail.to, subject: mail.subject, text: mail.text });
  await inNetwork(shell, networkId, work => linkMailed(work, requestId));
}

export const listeners = (shell: Shell): Listeners => ({
  'people.sign_in_requested': [
    payload => sendLink(shell, payload['network_id'] as Id<'net'>, String(payload['request_id'])),
  ],
});

export const timetable = (shell: Shell): Timetabled[] => [
  {
    name: 'people.forget',
    match: '7 * * * *',
    task: async () => {
      for (const networkId of await networkIds(shell.db)) {
        await inNetwork(shell, networkId, forget);
        await inNetwork(shell, networkId, eraseDue);
      }
    },
  },
];
