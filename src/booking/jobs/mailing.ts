import { unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { peopleById, staffOf } from '../../people/people.ts';
import { inNetwork, type Work } from '../../platform/database.ts';
import type { Shell } from '../../platform/http.ts';
import type { Mail } from '../../platform/mail.ts';
import { type Sending, sendOnce } from '../../platform/send-once.ts';
import { resourcesOf, spacesByIds } from '../../spaces/spaces.ts';
import type { Booking, BookingStatus } from '../claim.ts';
import {
  clashedMail,
  closedMail,
  decidedMail,
  displacedMail,
  mailboxOf,
  promotedMail,
  requestedMail,
  reseatedMail,
  type Told,
} from '../mails.ts';
import { releasedMail } from '../no-show-mails.ts';
import { shortName } from '../planning.ts';
import { selectByIds } from '../store.ts';
import type { Decision } from './answering.ts';
import { strikesLeft } from './releasing.ts';

// What people are told by mail of their bookings, once each.

type Person = Awaited<ReturnType<typeof peopleById>>[number];

interface Facts {
  readonly booking: Booking;
  readonly toldTo: (person: Person) => Told;
  readonly managerId: Id;
}

/** A booking as a mail tells it, while it is in that state. */
async function factsOf(
  work: Work,
  bookingId: string,
  { shell: { settings }, state }: { readonly shell: Shell; readonly state: BookingStatus },
): Promise<Facts | null> {
  const [booking] = await selectByIds(work, [bookingId]);
  if (booking?.status !== state) return null;
  const [space] = await spacesByIds(work, [booking.spaceId]);
  const resource = (await resourcesOf(work, [booking.spaceId])).find(one => one.resourceId === booking.resourceId);
  if (!space || !resource) return null;
  const { publicUrl } = settings;
  const link = publicUrl === null ? null : `${publicUrl}/reservations/${bookingId}`;
  const event = { booking, space, resource, link, url: link ?? '' };
  const organizer = mailboxOf(settings.mailFrom);
  return {
    booking,
    managerId: space.managerId,
    toldTo: ({ firstName, lastName, email, locale: lang }) => {
      const attendee = { name: `${firstName} ${lastName}`.trim(), email };
      return { ...event, firstName, lang, invited: { organizer, attendee } };
    },
  };
}

/** One letter to a booking's holder, while it is in that state: none to someone who is gone. */
async function tellHolder(
  shell: Shell,
  { networkId, bookingId, key, state }: Telling,
  letter: (told: Told, publicUrl: string | null) => Omit<Mail, 'to'>,
): Promise<void> {
  const { publicUrl } = shell.settings;
  const sendings = await inNetwork(shell, networkId, async (work): Promise<Sending[]> => {
    const facts = await factsOf(work, bookingId, { shell, state });
    const people = facts ? await peopleById(work, [facts.booking.personId]) : [];
    return people.map(one => ({
      ...{ asker: bookingId, key },
      mail: { to: one.email, ...letter(facts!.toldTo(one), publicUrl) },
    }));
  });
  await sendOnce(shell, networkId, sendings);
}

interface Telling {
  readonly networkId: Id<'net'>;
  readonly bookingId: string;
  readonly key: string;
  readonly state: BookingStatus;
}

/** Mails someone that a place became theirs. */
export const tellPromoted = (shell: Shell, networkId: Id<'net'>, bookingId: string): Promise<void> =>
  tellHolder(shell, { networkId, bookingId, key: 'promoted', state: 'confirmed' }, promotedMail);

/** Mails someone that the space no longer opens when they had booked. */
export const tellClosed = (shell: Shell, networkId: Id<'net'>, bookingId: string): Promise<void> =>
  tellHolder(shell, { networkId, bookingId, key: 'closed', state: 'cancelled' }, (told, publicUrl) =>
    closedMail({ ...told, again: publicUrl === null ? null : `${publicUrl}/reserver?espace=${told.space.slug}` }),
  );

/** Mails someone that their place was given back, as nobody came; how to have it again, and what follows. */
export async function tellReleased(shell: Shell, networkId: Id<'net'>, bookingId: string): Promise<void> {
  const strikes = await inNetwork(shell, networkId, work => strikesLeft(work, bookingId));
  if (strikes === null) return;
  await tellHolder(shell, { networkId, bookingId, key: 'released', state: 'cancelled' }, (told, publicUrl) =>
    releasedMail({
      ...told,
      strikes,
      back: publicUrl === null ? null : `${publicUrl}/reservations/${bookingId}/retour`,
    }),
  );
}

/** Mails someone that another place is theirs; told again when it changes again. */
export async function tellReseated(shell: Shell, networkId: Id<'net'>, bookingId: string): Promise<void> {
  const [booking] = await inNetwork(shell, networkId, work => selectByIds(work, [bookingId]));
  const key = `reseated ${booking?.amended ?? 0}`;
  await tellHolder(shell, { networkId, bookingId, key, state: 'confirmed' }, reseatedMail);
}

/** Mails someone that their place is withdrawn, and nothing else free. */
export const tellDisplaced = (shell: Shell, networkId: Id<'net'>, bookingId: string): Promise<void> =>
  tellHolder(shell, { networkId, bookingId, key: 'displaced', state: 'cancelled' }, (told, publicUrl) =>
    displacedMail({ ...told, again: publicUrl === null ? null : `${publicUrl}/reserver?espace=${told.space.slug}` }),
  );

/** Mails the answer to whoever asked. */
export const tellDecided = (
  shell: Shell,
  networkId: Id<'net'>,
  { bookingId, approved, reason }: Decision,
): Promise<void> =>
  tellHolder(shell, { networkId, bookingId, key: 'decided', state: approved ? 'confirmed' : 'cancelled' }, told =>
    decidedMail({ ...told, approved, reason }),
  );

/** Letters to those who receive people there about someone's booking, while it is in that state. */
async function tellHosts(
  shell: Shell,
  { networkId, bookingId, key, state }: Telling,
  letter: (told: Told & { readonly asker: string }) => Omit<Mail, 'to'>,
): Promise<void> {
  const sendings = await inNetwork(shell, networkId, async (work): Promise<Sending[]> => {
    const facts = await factsOf(work, bookingId, { shell, state });
    if (facts === null) return [];
    const [asker] = await peopleById(work, [facts.booking.personId]);
    if (!asker) return [];
    const roles = await staffOf(work, [facts.booking.spaceId, facts.managerId]);
    const held = roles.filter(({ from, until }) => isNow(work, from, until)).map(one => one.personId);
    return (await peopleById(work, unique(held))).map(one => ({
      ...{ asker: one.personId, key: `${key} ${bookingId}` },
      mail: { to: one.email, ...letter({ ...facts.toldTo(one), asker: shortName(asker) }) },
    }));
  });
  await sendOnce(shell, networkId, sendings);
}

/** Mails those who receive people there that a request awaits their answer. */
export const tellRequested = (shell: Shell, networkId: Id<'net'>, bookingId: string): Promise<void> =>
  tellHosts(shell, { networkId, bookingId, key: 'requested', state: 'requested' }, requestedMail);

/** Mails those who receive people there that an outer calendar takes a place that someone booked before. */
export const tellClashed = (shell: Shell, networkId: Id<'net'>, bookingId: string): Promise<void> =>
  tellHosts(shell, { networkId, bookingId, key: 'clashed', state: 'confirmed' }, clashedMail);

const isNow = ({ now }: Work, from: Work['now'], until: Work['now'] | null): boolean =>
  from.epochMilliseconds <= now.epochMilliseconds &&
  (until === null || now.epochMilliseconds < until.epochMilliseconds);
