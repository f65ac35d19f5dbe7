import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Day, type DayPart, isBefore } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { spacesByIds } from '../../spaces/spaces.ts';
import { type Asked, type Booking, includes, isExpired } from '../claim.ts';
import { leftAlone } from '../guest.ts';
import { holds, partOf, sameHours, type WallHours } from '../hours.ts';
import { mayActFor, mayHost } from '../rules.ts';
import { moveGuest } from '../store/guest.ts';
import * as store from '../store.ts';
import { words } from '../words.ts';
import { bookMany } from './allotting.ts';
import { giveBack, termsOf } from './cancelling.ts';
import { announceInvited } from './guest-news.ts';

// A booking goes to another day, another part of the day or another desk: given back and booked again, all or nothing.

/** Where a booking goes; what is not said stays. */
export interface MoveRequest {
  readonly bookingId: string;
  readonly day?: Day | undefined;
  readonly part?: DayPart | undefined;
  /** By the hour; a part of the day without hours is booked as such. */
  readonly hours?: WallHours | null | undefined;
  readonly resourceId?: Id<'res'> | undefined;
}

const hoursTo = (booking: Booking, { part, hours }: Pick<MoveRequest, 'part' | 'hours'>): WallHours | null =>
  hours ?? (part === undefined ? booking.hours : null);

const isAt = (booking: Booking, { day, part, hours, resourceId }: Omit<MoveRequest, 'bookingId'>): boolean =>
  (day ?? booking.day) === booking.day &&
  (part ?? booking.part) === booking.part &&
  sameHours(hoursTo(booking, { part, hours }), booking.hours) &&
  (resourceId ?? booking.resourceId) === booking.resourceId;

/** Books the place asked for; the same desk as before while it is free there, when none is named. */
async function bookThere(work: Work, asked: Asked, before: Booking): Promise<Outcome<Booking>> {
  if (asked.resourceId !== undefined) return (await bookMany(work, [asked]))[0]!;
  const [same] = await bookMany(work, [{ ...asked, resourceId: before.resourceId }]);
  return same!.ok || same!.refusal.code !== 'booking.desk_taken' ? same! : (await bookMany(work, [asked]))[0]!;
}

/**
 * Moves a booking: while cancelling it is free or, for whoever receives people there, until it begins. One that keeps its hours
 * or adds to them may change desk or grow until it ends. The new place has the price of its day; a unit of work that ends with a
 * refusal leaves the old one as it was. Asked again, the same.
 */
export async function move(work: Work, actor: Actor, { bookingId, ...to }: MoveRequest): Promise<Outcome<Booking>> {
  const [before] = await store.lockBookings(work, [bookingId]);
  if (!before) return refuse(words.unknownBooking);
  const [space] = await spacesByIds(work, [before.spaceId]);
  if (!space || !mayActFor(actor, before.personId, space)) return refuse(words.notYours);
  if (before.status === 'cancelled') {
    const after = await store.selectMovedTo(work, before);
    return after && isAt(after, { day: before.day, part: before.part, hours: before.hours, ...to })
      ? accept(after)
      : refuse(words.movedOrCancelled);
  }
  if (isExpired(before, work.now)) return refuse(words.holdOver);
  if (isAt(before, to)) return refuse(words.movesNowhere);
  const hours = hoursTo(before, to);
  const { day = before.day, resourceId } = to;
  const part = hours ? partOf(hours) : (to.part ?? before.part);
  const { cost, until, begun } = termsOf(work, before, await store.selectPolicies(work, [before.spaceId]));
  const adds = hours === null ? includes(part, before.part) : before.hours !== null && holds(hours, before.hours);
  const grows = day === before.day && adds && isBefore(work.now, before.during.to);
  if (cost !== 'free' && !grows && (begun || !mayHost(actor, space)))
    return refuse(begun ? words.movedTooLate : words.moveDeadlinePassed(until, space.zone));
  await giveBack(work, actor, [{ booking: before, refunded: true }]);
  const { spaceId, kind, personId, guestId } = before;
  const asked = {
    spaceId,
    kind,
    personId,
    day,
    part,
    hours,
    resourceId,
    guestId: guestId ?? undefined,
    bookedBy: actor.personId,
    movedFrom: before,
    hold: before.status === 'held',
    byHost: mayHost(actor, space),
  };
  const after = await bookThere(work, asked, before);
  if (after.ok) await followedByGuests(work, actor, { before, after: after.value });
  return after;
}

interface Moved {
  readonly before: Booking;
  readonly after: Booking;
}

/** A guest who moves is told; those whom their host leaves behind are given back, as it is still free. */
async function followedByGuests(work: Work, actor: Actor, { before, after }: Moved): Promise<void> {
  if (after.guestId !== null) {
    await moveGuest(work, after.guestId, after.day);
    await announceInvited(work, after);
    return;
  }
  const { personId, day } = before;
  const live = await store.selectOfPerson(work, { personId, from: day, to: day });
  const alone = leftAlone(live, [before]);
  await giveBack(
    work,
    actor,
    alone.map(booking => ({ booking, refunded: true })),
  );
}
