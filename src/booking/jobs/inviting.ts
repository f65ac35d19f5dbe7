import type { Id } from '../../kernel/ids.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, type Day, type DayPart, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import { peopleById } from '../../people/people.ts';
import { inNetwork, type Work } from '../../platform/database.ts';
import { recordDestruction } from '../../platform/destruction.ts';
import type { Shell } from '../../platform/http.ts';
import { type Sending, sendOnce } from '../../platform/send-once.ts';
import { resourcesOf, spacesByIds } from '../../spaces/spaces.ts';
import type { Booking, BookingId } from '../claim.ts';
import { type Guest, guestIdOf, guestKept_days, guestRefusal, mostInvitations } from '../guest.ts';
import { guestMail } from '../guest-mails.ts';
import { guestWords } from '../guest-words.ts';
import { shortName } from '../planning.ts';
import { mayActFor, mayHost } from '../rules.ts';
import { countInvited, insertGuest, purgeGuests, selectGuests } from '../store/guest.ts';
import * as store from '../store.ts';
import { words } from '../words.ts';
import { bookMany } from './allotting.ts';
import { announceInvited } from './guest-news.ts';

// Someone brings someone: a place more, held and paid by who invites, for a guest without an account.

export interface Invitation {
  /** The booking of who invites. */
  readonly bookingId: string;
  readonly name: string;
  readonly email: string;
  /** The time of that booking unless said otherwise. */
  readonly part?: DayPart | undefined;
  /** Chosen by the caller so that asking twice books once. */
  readonly guestBookingId?: BookingId | undefined;
}

const isKnown = async (work: Work, bookingId: BookingId): Promise<boolean> =>
  (await store.selectByIds(work, [bookingId])).length > 0;

/** Books a place for a guest beside a booking, for its holder or whoever receives them; the guest is told if they have an address. */
export async function invite(work: Work, actor: Actor, invitation: Invitation): Promise<Outcome<Booking>> {
  const { name, email, part, guestBookingId = work.newId('bkg') } = invitation;
  const [own] = await store.selectByIds(work, [invitation.bookingId]);
  if (!own) return refuse(words.unknownBooking);
  const [space] = await spacesByIds(work, [own.spaceId]);
  if (!space || !mayActFor(actor, own.personId, space)) return refuse(words.notYours);
  const why = guestRefusal(invitation);
  if (why) return refuse(why);
  const byHost = mayHost(actor, space);
  if (own.guestId !== null || own.status !== 'confirmed') return refuse(guestWords.alone);
  if (!byHost && (await countInvited(work, own.personId)) >= mostInvitations && !(await isKnown(work, guestBookingId)))
    return refuse(guestWords.tooManyInvitations(mostInvitations));
  const guest: Guest = {
    ...{ guestId: guestIdOf(guestBookingId), name: name.trim(), email: email.trim() || null, day: own.day },
  };
  const { spaceId, day, personId } = own;
  const asked = { spaceId, day, personId, part: part ?? own.part, guestId: guest.guestId, bookingId: guestBookingId };
  const [booked] = await bookMany(work, [{ ...asked, byHost, bookedBy: actor.personId }]);
  if (booked!.ok && (await insertGuest(work, guest))) await announceInvited(work, booked!.value);
  return booked!;
}

/** Guests of some bookings, by the booking's id; one whose name is gone is absent. */
export async function guestsOf(work: Work, bookings: readonly Booking[]): Promise<ReadonlyMap<string, Guest>> {
  const guests = await selectGuests(
    work,
    bookings.flatMap(one => one.guestId ?? []),
  );
  const byId = new Map(guests.map(one => [one.guestId, one]));
  return new Map(
    bookings.flatMap(one => {
      const guest = one.guestId === null ? undefined : byId.get(one.guestId);
      return guest ? [[one.bookingId as string, guest] as const] : [];
    }),
  );
}

/** The live bookings of the guests beside a booking. */
export async function guestsBesideOf(work: Work, own: Booking): Promise<readonly Booking[]> {
  const { personId, day, spaceId } = own;
  const there = await store.selectOfPerson(work, { personId, from: day, to: day });
  return there.filter(one => one.guestId !== null && one.spaceId === spaceId);
}

async function sendingOf(
  work: Work,
  bookingId: string,
  { publicUrl, state }: { readonly publicUrl: string | null; readonly state: 'confirmed' | 'cancelled' },
): Promise<Sending[]> {
  const [booking] = await store.selectByIds(work, [bookingId]);
  if (booking?.status !== state) return [];
  // Moved: the invitation to the new time says it all.
  if (state === 'cancelled' && (await store.selectMovedTo(work, booking))) return [];
  const guest = (await guestsOf(work, [booking])).get(bookingId);
  const [[space], [inviter], resources] = await Promise.all([
    spacesByIds(work, [booking.spaceId]),
    peopleById(work, [booking.personId]),
    resourcesOf(work, [booking.spaceId]),
  ]);
  const resource = resources.find(one => one.resourceId === booking.resourceId);
  if (!guest?.email || !space || !inviter || !resource) return [];
  const url = publicUrl === null ? '' : `${publicUrl}/espaces/${space.slug}`;
  const told = { booking, space, resource, url, name: guest.name, inviter: shortName(inviter), lang: inviter.locale };
  return [{ asker: bookingId, key: `guest ${state}`, mail: { to: guest.email, ...guestMail(told) } }];
}

/** Mails guests who left an address that they are expected, or no longer: once each. */
export async function tellGuests(
  shell: Shell,
  networkId: Id<'net'>,
  { bookingIds, state }: { readonly bookingIds: readonly string[]; readonly state: 'confirmed' | 'cancelled' },
): Promise<void> {
  const { publicUrl } = shell.settings;
  for (const id of bookingIds) {
    const sendings = await inNetwork(shell, networkId, work => sendingOf(work, id, { publicUrl, state }));
    await sendOnce(shell, networkId, sendings);
  }
}

/** Destroys the names of guests at their term. */
export async function forgetGuestNames(work: Work): Promise<void> {
  const before: Day = addDays(localDay(work.now, 'Europe/Paris'), -guestKept_days);
  await recordDestruction(
    work,
    { guest: await purgeGuests(work, before) },
    work.now.subtract({ hours: 24 * guestKept_days }),
  );
}
