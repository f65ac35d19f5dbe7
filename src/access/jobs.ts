import type { Id } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import { networkIds } from '../people/people.ts';
import { inNetwork } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listener, Listeners, Timetabled } from '../platform/jobs.ts';
import { forgetPerson, purge } from './access.ts';
import type { GrantId } from './grant.ts';
import { settle } from './jobs/settling.ts';
import { checkLock, tellChanged, tellDue, type World } from './jobs/telling.ts';

// What was booked or given back changes what doors must know; what doors must know is told after commit.

type Heard = World & Pick<Shell, 'chance'>;

const network = (payload: Readonly<Record<string, unknown>>) => payload['network_id'] as Id<'net'>;

const follow =
  (world: Heard): Listener =>
  async payload => {
    const places = { spaceIds: payload['space_ids'] as readonly Id<'spc'>[], days: payload['days'] as readonly Day[] };
    await inNetwork(world, network(payload), work => settle(work, world, places));
  };

export const listeners = (world: Heard): Listeners => ({
  'booking.taken': [follow(world)],
  'booking.freed': [follow(world)],
  'access.changed': [payload => tellChanged(world, network(payload), payload['grant_ids'] as readonly GrantId[])],
  'access.check_asked': [
    async payload => {
      await checkLock(world, network(payload), String(payload['space_id']));
    },
  ],
  'people.erased': [
    payload => inNetwork(world, network(payload), work => forgetPerson(work, payload['person_id'] as Id<'per'>)),
  ],
});

const everywhere = (world: Heard, task: (networkId: Id<'net'>) => Promise<unknown>) => async () => {
  for (const networkId of await networkIds(world.db)) await task(networkId);
};

export const timetable = (world: Heard): readonly Timetabled[] => [
  { name: 'access.tell', match: '* * * * *', task: everywhere(world, id => tellDue(world, id)) },
  { name: 'access.purge', match: '50 3 * * *', task: everywhere(world, id => inNetwork(world, id, purge)) },
];
