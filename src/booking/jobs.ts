import type { Id } from '../kernel/ids.ts';
import { accept } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import { networkIds, peopleById } from '../people/people.ts';
import { inNetwork, type Work } from '../platform/database.ts';
import { onceFor } from '../platform/first-answer.ts';
import type { Shell } from '../platform/http.ts';
import type { Listeners, Timetabled } from '../platform/jobs.ts';
import type { Mail } from '../platform/mail.ts';
import { resourcesOf, spacesByIds } from '../spaces/spaces.ts';
import { cancelAhead, forgetPerson, promote } from './booking.ts';
import { promotedMail } from './promoted-mail.ts';
import { selectByIds } from './store.ts';

/** The mail that a booking made for someone who waited calls for; null when it was given back since, or its holder is gone. */
async function mailOf(work: Work, bookingId: string, publicUrl: string | null): Promise<Mail | null> {
  const [booking] = await selectByIds(work, [bookingId]);
  if (booking?.status !== 'confirmed') return null;
  const [person] = await peopleById(work, [booking.personId]);
  const [space] = await spacesByIds(work, [booking.spaceId]);
  const resource = (await resourcesOf(work, [booking.spaceId])).find(one => one.resourceId === booking.resourceId);
  if (!person || !space || !resource) return null;
  const link = publicUrl === null ? null : `${publicUrl}/reservations/${bookingId}`;
  const { firstName, locale: lang } = person;
  return { to: person.email, ...promotedMail({ booking, space, resource, firstName, lang, link, url: link ?? '' }) };
}

/** Mails someone that a place became theirs: once, however often the queue tells it. */
async function tellPromoted(shell: Shell, networkId: Id<'net'>, bookingId: string): Promise<void> {
  const mail = await inNetwork(shell, networkId, work => mailOf(work, bookingId, shell.settings.publicUrl));
  if (mail === null) return;
  const send = async () => accept(await shell.post(mail).then(() => null));
  const request = { asker: bookingId, key: 'promoted', body: null };
  await inNetwork(shell, networkId, work => onceFor(work, request, send));
}

export const listeners = (shell: Shell): Listeners => {
  const network = (payload: Readonly<Record<string, unknown>>) => payload['network_id'] as Id<'net'>;
  const hear = (verb: (work: Work, personId: Id<'per'>) => Promise<void>) => [
    (payload: Readonly<Record<string, unknown>>) =>
      inNetwork(shell, network(payload), work => verb(work, payload['person_id'] as Id<'per'>)),
  ];
  return {
    'people.erased': hear(forgetPerson),
    'people.restricted': hear(cancelAhead),
    'booking.freed': [
      async payload => {
        const freed = { spaceIds: payload['space_ids'] as readonly Id[], days: payload['days'] as readonly Day[] };
        await inNetwork(shell, network(payload), work => promote(work, freed));
      },
    ],
    'booking.promoted': [
      async payload => {
        for (const id of payload['booking_ids'] as readonly string[]) await tellPromoted(shell, network(payload), id);
      },
    ],
  };
};

/** Places also come free where nobody cancelled: a desk added, longer hours. And a wait ends with its day. */
export const timetable = (shell: Shell): readonly Timetabled[] => [
  {
    name: 'booking.promote',
    match: '*/10 * * * *',
    task: async () => {
      for (const networkId of await networkIds(shell.db))
        await inNetwork(shell, networkId, work => promote(work, 'all'));
    },
  },
];
