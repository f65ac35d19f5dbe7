import type { Id } from '../../kernel/ids.ts';
import { accept } from '../../kernel/outcome.ts';
import { peopleById, staffOf } from '../../people/people.ts';
import { inNetwork, type Work } from '../../platform/database.ts';
import { onceFor } from '../../platform/first-answer.ts';
import type { Shell } from '../../platform/http.ts';
import type { Mail } from '../../platform/mail.ts';
import { resourcesOf, spacesByIds } from '../../spaces/spaces.ts';
import type { Booking, BookingStatus } from '../claim.ts';
import { closedMail, decidedMail, promotedMail, requestedMail, type Told } from '../mails.ts';
import { shortName } from '../planning.ts';
import { selectByIds } from '../store.ts';
import { unique } from './allotting.ts';

// What people are told by mail of their bookings, once each.

type Person = Awaited<ReturnType<typeof peopleById>>[number];

interface Facts {
  readonly booking: Booking;
  readonly toldTo: (person: Person) => Told;
  readonly managerId: Id;
}

/** A booking as a mail tells it, while it is in one of these states. */
async function factsOf(
  work: Work,
  bookingId: string,
  { publicUrl, states }: { readonly publicUrl: string | null; readonly states: readonly BookingStatus[] },
): Promise<Facts | null> {
  const [booking] = await selectByIds(work, [bookingId]);
  if (!booking || !states.includes(booking.status)) return null;
  const [space] = await spacesByIds(work, [booking.spaceId]);
  const resource = (await resourcesOf(work, [booking.spaceId])).find(one => one.resourceId === booking.resourceId);
  if (!space || !resource) return null;
  const link = publicUrl === null ? null : `${publicUrl}/reservations/${bookingId}`;
  const event = { booking, space, resource, link, url: link ?? '' };
  return {
    booking,
    managerId: space.managerId,
    toldTo: ({ firstName, locale }) => ({ ...event, firstName, lang: locale }),
  };
}

interface Sending {
  readonly asker: string;
  readonly key: string;
  readonly mail: Mail;
}

/** Sends what was not sent yet; one that cannot leave holds back no other. */
async function sendOnce(shell: Shell, networkId: Id<'net'>, sendings: readonly Sending[]): Promise<void> {
  const failures: unknown[] = [];
  for (const { asker, key, mail } of sendings) {
    const send = async () => accept(await shell.post(mail).then(() => null));
    await inNetwork(shell, networkId, work => onceFor(work, { asker, key, body: null }, send)).catch(failure =>
      failures.push(failure),
    );
  }
  if (failures.length > 0) throw failures[0];
}

/** Mails someone that a place became theirs. */
export async function tellPromoted(shell: Shell, networkId: Id<'net'>, bookingId: string): Promise<void> {
  const { publicUrl } = shell.settings;
  const sendings = await inNetwork(shell, networkId, async (work): Promise<Sending[]> => {
    const facts = await factsOf(work, bookingId, { publicUrl, states: ['confirmed'] });
    const people = facts ? await peopleById(work, [facts.booking.personId]) : [];
    return people.map(one => ({
      ...{ asker: bookingId, key: 'promoted' },
      mail: { to: one.email, ...promotedMail(facts!.toldTo(one)) },
    }));
  });
  await sendOnce(shell, networkId, sendings);
}

/** Mails those who receive people there that a request awaits their answer. */
export async function tellRequested(shell: Shell, networkId: Id<'net'>, bookingId: string): Promise<void> {
  const { publicUrl } = shell.settings;
  const sendings = await inNetwork(shell, networkId, async (work): Promise<Sending[]> => {
    const facts = await factsOf(work, bookingId, { publicUrl, states: ['requested'] });
    if (facts === null) return [];
    const [asker] = await peopleById(work, [facts.booking.personId]);
    if (!asker) return [];
    const roles = await staffOf(work, [facts.booking.spaceId, facts.managerId]);
    const held = roles.filter(({ from, until }) => isNow(work, from, until)).map(one => one.personId);
    return (await peopleById(work, unique(held))).map(one => ({
      ...{ asker: one.personId, key: `requested ${bookingId}` },
      mail: { to: one.email, ...requestedMail({ ...facts.toldTo(one), asker: shortName(asker) }) },
    }));
  });
  await sendOnce(shell, networkId, sendings);
}

const isNow = ({ now }: Work, from: Work['now'], until: Work['now'] | null): boolean =>
  from.epochMilliseconds <= now.epochMilliseconds &&
  (until === null || now.epochMilliseconds < until.epochMilliseconds);

/** Mails someone that the space no longer opens when they had booked. */
export async function tellClosed(shell: Shell, networkId: Id<'net'>, bookingId: string): Promise<void> {
  const { publicUrl } = shell.settings;
  const sendings = await inNetwork(shell, networkId, async (work): Promise<Sending[]> => {
    const facts = await factsOf(work, bookingId, { publicUrl, states: ['cancelled'] });
    const people = facts ? await peopleById(work, [facts.booking.personId]) : [];
    return people.map(one => {
      const told = facts!.toldTo(one);
      const again = publicUrl === null ? null : `${publicUrl}/reserver?espace=${told.space.slug}`;
      return {
        ...{ asker: bookingId, key: 'closed' },
        mail: { to: one.email, ...closedMail({ ...told, again }) },
      };
    });
  });
  await sendOnce(shell, networkId, sendings);
}

/** Mails the answer to whoever asked. */
export async function tellDecided(
  shell: Shell,
  networkId: Id<'net'>,
  { bookingId, approved, reason }: { readonly bookingId: string; readonly approved: boolean; readonly reason: string },
): Promise<void> {
  const { publicUrl } = shell.settings;
  const sendings = await inNetwork(shell, networkId, async (work): Promise<Sending[]> => {
    const states: readonly BookingStatus[] = approved ? ['confirmed'] : ['cancelled'];
    const facts = await factsOf(work, bookingId, { publicUrl, states });
    const people = facts ? await peopleById(work, [facts.booking.personId]) : [];
    return people.map(one => ({
      ...{ asker: bookingId, key: 'decided' },
      mail: { to: one.email, ...decidedMail({ ...facts!.toldTo(one), approved, reason }) },
    }));
  });
  await sendOnce(shell, networkId, sendings);
}
