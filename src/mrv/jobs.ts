import type { Id } from '../kernel/ids.ts';
import { inNetwork } from '../platform/database.ts';
import { recordDestruction } from '../platform/destruction.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners } from '../platform/jobs.ts';
import { forgetPresences } from './mrv.ts';

export const listeners = (shell: Shell): Listeners => ({
  'presence.forgotten': [
    async payload => {
      const ids = payload['attestation_ids'] as readonly Id<'prs'>[];
      await inNetwork(shell, payload['network_id'] as Id<'net'>, async work =>
        recordDestruction(work, { line_content: await forgetPresences(work, ids) }),
      );
    },
  ],
});
