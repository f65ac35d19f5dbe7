import type { Id } from '../kernel/ids.ts';
import { accept } from '../kernel/outcome.ts';
import { inNetwork } from './database.ts';
import { onceFor } from './first-answer.ts';
import type { Shell } from './http.ts';
import type { Mail } from './mail.ts';

/** One mail, under the key by which it is known to have left. */
export interface Sending {
  readonly asker: string;
  readonly key: string;
  readonly mail: Mail;
}

/**
 * Sends what was not sent yet. One that cannot leave holds back no other; it is thrown at the end, so that the job that called is
 * tried again for it alone.
 */
export async function sendOnce(shell: Shell, networkId: Id<'net'>, sendings: readonly Sending[]): Promise<void> {
  const failures: unknown[] = [];
  for (const { asker, key, mail } of sendings) {
    const send = async () => accept(await shell.post(mail).then(() => null));
    await inNetwork(shell, networkId, work => onceFor(work, { asker, key, body: null }, send)).catch(failure =>
      failures.push(failure),
    );
  }
  if (failures.length > 0) throw failures[0];
}
