import type { Id } from '../kernel/ids.ts';
import { inNetwork, type Work } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners } from '../platform/jobs.ts';
import { cancelAhead, forgetPerson } from './booking.ts';

/** Someone erased is parted from their bookings; someone set aside has nothing more to come. */
export const listeners = (shell: Shell): Listeners => {
  const hear = (verb: (work: Work, personId: Id<'per'>) => Promise<void>) => [
    (payload: Readonly<Record<string, unknown>>) =>
      inNetwork(shell, payload['network_id'] as Id<'net'>, work => verb(work, payload['person_id'] as Id<'per'>)),
  ];
  return { 'people.erased': hear(forgetPerson), 'people.restricted': hear(cancelAhead) };
};
