import type { Id } from '../kernel/ids.ts';
import { addDays, type Day, localDay } from '../kernel/time.ts';
import { networkIds } from '../people/people.ts';
import { inNetwork, type Work } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners, Timetabled } from '../platform/jobs.ts';
import { cancelAhead, endPending, followUsuals, forgetPerson, freeClosed, promote } from './booking.ts';
import { blockFreed, blockPlace } from './jobs/blocking.ts';
import { forgetGuestNames, tellGuests } from './jobs/inviting.ts';
import {
  tellClashed,
  tellClosed,
  tellDecided,
  tellDisplaced,
  tellPromoted,
  tellReleased,
  tellRequested,
  tellReseated,
} from './jobs/mailing.ts';
import { purgeStrikes } from './jobs/releasing.ts';
import { tellUsuals } from './jobs/telling-regulars.ts';
import { forgetOldUsuals, selectRegulars } from './store/usual.ts';

type Payload = Readonly<Record<string, unknown>>;

const endOfTime: Day = '9999-12-31';

const network = (payload: Payload) => payload['network_id'] as Id<'net'>;

export const listeners = (shell: Shell): Listeners => {
  const hear = (verb: (work: Work, personId: Id<'per'>) => Promise<void>) => [
    (payload: Payload) => inNetwork(shell, network(payload), work => verb(work, payload['person_id'] as Id<'per'>)),
  ];
  const each = (tell: typeof tellPromoted) => [
    async (payload: Payload) => {
      for (const id of payload['booking_ids'] as readonly string[]) await tell(shell, network(payload), id);
    },
  ];
  const toGuests = (state: 'confirmed' | 'cancelled') => (payload: Payload) =>
    tellGuests(shell, network(payload), { bookingIds: payload['booking_ids'] as readonly string[], state });
  /** What was booked when it is now closed is given back; what outer calendars take is reckoned anew by the new hours. */
  const follow = (payload: Payload, days: Parameters<typeof freeClosed>[1]) =>
    inNetwork(shell, network(payload), async work => {
      await freeClosed(work, days);
      await blockFreed(work, [days.spaceId]);
    });
  return {
    'people.erased': hear(forgetPerson),
    'people.restricted': hear(cancelAhead),
    'booking.freed': [
      async payload => {
        const freed = { spaceIds: payload['space_ids'] as readonly Id[], days: payload['days'] as readonly Day[] };
        await inNetwork(shell, network(payload), async work => {
          await blockFreed(work, freed.spaceIds as readonly Id<'spc'>[]);
          await promote(work, freed);
        });
      },
    ],
    'spaces.closed': [
      async payload => {
        const [from, to] = [payload['first_day'] as Day, payload['last_day'] as Day];
        const days = { spaceId: payload['space_id'] as Id<'spc'>, from, to };
        await follow(payload, days);
      },
    ],
    'spaces.hours_changed': [
      async payload => {
        const days = { spaceId: payload['space_id'] as Id<'spc'>, from: payload['from'] as Day, to: endOfTime };
        await follow(payload, days);
      },
    ],
    'calendars.changed': [
      async payload => {
        const place = { spaceId: payload['space_id'] as Id<'spc'>, resourceId: payload['resource_id'] as Id<'res'> };
        await inNetwork(shell, network(payload), work => blockPlace(work, place));
      },
    ],
    'booking.clashed': each(tellClashed),
    'booking.closed': each(tellClosed),
    'booking.displaced': each(tellDisplaced),
    'booking.reseated': each(tellReseated),
    'booking.promoted': each(tellPromoted),
    'booking.released': each(tellReleased),
    'booking.requested': each(tellRequested),
    'booking.guest_invited': [toGuests('confirmed')],
    'booking.guest_off': [toGuests('cancelled')],
    'booking.usual_days': [
      payload =>
        tellUsuals(shell, network(payload), {
          personId: payload['person_id'] as Id<'per'>,
          toldAt: String(payload['told_at']),
        }),
    ],
    'booking.decided': [
      payload =>
        tellDecided(shell, network(payload), {
          bookingId: String(payload['booking_id']),
          approved: payload['approved'] === true,
          reason: String(payload['reason']),
        }),
    ],
  };
};

const everywhere = (shell: Shell, task: (work: Work) => Promise<unknown>) => async () => {
  for (const networkId of await networkIds(shell.db)) await inNetwork(shell, networkId, task);
};

const past_days = 92;

/** Each person's usual days in a unit of work of their own: one that fails holds back no other. */
const followRegulars = (shell: Shell) => async () => {
  for (const networkId of await networkIds(shell.db)) {
    const regulars = await inNetwork(shell, networkId, async work => {
      const today = localDay(work.now, 'Europe/Paris');
      await forgetOldUsuals(work, { over: addDays(today, -1), past: addDays(today, -past_days) });
      return selectRegulars(work);
    });
    for (const personId of regulars) {
      await inNetwork(shell, networkId, work => followUsuals(work, personId)).catch(failure =>
        shell.log.error('A usual day was not booked. It is tried again tomorrow.', failure),
      );
    }
  }
};

/** Places also come free where nobody cancelled: a desk added, longer hours, a minute that passed. And a wait ends with its day. */
export const timetable = (shell: Shell): readonly Timetabled[] => [
  { name: 'booking.end_pending', match: '* * * * *', task: everywhere(shell, endPending) },
  { name: 'booking.forget_guests', match: '55 3 * * *', task: everywhere(shell, forgetGuestNames) },
  { name: 'booking.follow_usual_days', match: '5 4 * * *', task: followRegulars(shell) },
  { name: 'booking.promote', match: '*/10 * * * *', task: everywhere(shell, work => promote(work, 'all')) },
  { name: 'booking.purge_strikes', match: '31 3 * * *', task: everywhere(shell, purgeStrikes) },
];
