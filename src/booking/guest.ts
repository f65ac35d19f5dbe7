import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import { meet } from './availability.ts';
import { type Booking, type BookingId, halvesOf, includes, isHalfDays } from './claim.ts';
import { guestWords } from './guest-words.ts';

export type GuestId = Id<'gst'>;

/** Who sits at a place that someone else holds; their name is kept for a while. */
export interface Guest {
  readonly guestId: GuestId;
  readonly name: string;
  readonly email: string | null;
  readonly day: Day;
}

/** Days after theirs for which a guest's name is kept. */
export const guestKept_days = 30;

/** A booking's guest has one id for ever: asked twice, they are invited once. */
export const guestIdOf = (bookingId: BookingId): GuestId => `gst_${bookingId.slice(4)}`;

type Seat = Pick<Booking, 'spaceId' | 'day' | 'part' | 'guestId' | 'kind' | 'hours'>;

const isBeside = (a: Pick<Seat, 'spaceId' | 'day'>, b: Pick<Seat, 'spaceId' | 'day'>): boolean =>
  a.spaceId === b.spaceId && a.day === b.day;

/** Is whoever invites there themself, at all the time of their guest? */
export const isAccompanied = (guest: Pick<Seat, 'spaceId' | 'day' | 'part'>, own: readonly Seat[]): boolean =>
  halvesOf(guest.part).every(half =>
    own.some(seat => seat.guestId === null && isHalfDays(seat) && isBeside(seat, guest) && includes(seat.part, half)),
  );

/** How many guests someone has in a space on a day. */
export const guestsBeside = (
  at: Pick<Seat, 'spaceId' | 'day'>,
  own: readonly Pick<Seat, 'spaceId' | 'day' | 'guestId'>[],
): number => own.filter(seat => seat.guestId !== null && isBeside(seat, at)).length;

/** Guests who would come alone once these places are given back. */
export const leftAlone = (live: readonly Booking[], freed: readonly Booking[]): readonly Booking[] => {
  const gone = new Set(freed.map(one => one.bookingId));
  const rest = live.filter(one => !gone.has(one.bookingId));
  return rest.filter(
    guest =>
      guest.guestId !== null &&
      freed.some(own => own.personId === guest.personId && isBeside(own, guest) && meet(own.part, guest.part)) &&
      !isAccompanied(
        guest,
        rest.filter(own => own.personId === guest.personId),
      ),
  );
};

const address = /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+\.[^\s@<>"(),:;[\]\\]{2,}$/;

/** A name and no more: a mail leaves with it, to an address that somebody typed; no link can be written in it. */
const plainName = /^[\p{L}\p{M}][\p{L}\p{M}' ’.-]*$/u;
const likeAnAddress = /\.\p{L}{2}/u;

/** Invitations that one person may send in 24 hours, given back or not: each may be a mail to someone who did not ask for it. */
export const mostInvitations = 20;

/** The first reason why someone cannot be invited so; null when they can. */
export function guestRefusal({ name, email }: { readonly name: string; readonly email: string }): Refusal | null {
  const said = name.trim();
  if (said.length > 120 || !plainName.test(said) || likeAnAddress.test(said)) return guestWords.nameMissing;
  return email.trim() === '' || (email.trim().length <= 254 && address.test(email.trim())) ? null : guestWords.badEmail;
}
