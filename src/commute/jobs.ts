import type { Id } from '../kernel/ids.ts';
import { inNetwork } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners } from '../platform/jobs.ts';
import { recordAttested } from './commute.ts';

/** Each attested presence is counted at once; told twice, nothing changes. */
export const listeners = (shell: Shell): Listeners => ({
  'presence.attested': [
    async payload => {
      const attestationIds = payload['attestation_ids'] as readonly Id<'prs'>[];
      await inNetwork(shell, payload['network_id'] as Id<'net'>, work => recordAttested(work, attestationIds));
    },
  ],
});
