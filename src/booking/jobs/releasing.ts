import { unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, type Day, isBefore, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import { type Person, peopleById } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { recordDestruction } from '../../platform/destruction.ts';
import { announce } from '../../platform/outbox.ts';
import { mayManage, spacesByIds } from '../../spaces/spaces.ts';
import type { Booking, BookingId } from '../claim.ts';
import { type DatedNoShowPolicy, type NoShowPolicy, noShowOn, noShowRefusal, type Strike } from '../no-show.ts';
import type { StrikeCount } from '../no-show-mails.ts';
import { noShowWords } from '../no-show-words.ts';
import { policyWords } from '../policy-words.ts';
import { mayHost } from '../rules.ts';
import * as store from '../store/no-show.ts';
import * as bookings from '../store.ts';
import { words } from '../words.ts';
import { giveBack } from './cancelling.ts';

// Places for which nobody came: given back, taken again, and what is remembered of it.

/** What a space does on a day with places for which nobody came. */
export const noShowPolicyFor = async (
  work: Work,
  { spaceId, day }: { readonly spaceId: Id<'spc'>; readonly day: Day },
): Promise<NoShowPolicy> => noShowOn(await store.selectNoShowPolicies(work, spaceId), day);

/** Sets it, from a day on, today at the earliest. */
export async function setNoShowPolicy(
  work: Work,
  actor: Actor,
  change: NoShowPolicy & { readonly spaceId: Id<'spc'>; readonly from: Day },
): Promise<Outcome<DatedNoShowPolicy>> {
  const [space] = await spacesByIds(work, [change.spaceId]);
  if (!space) return refuse(words.unknownSpace);
  if (!mayManage(actor, space)) return refuse(policyWords.notManager);
  const why = noShowRefusal(change, localDay(work.now, space.zone));
  if (why) return refuse(why);
  const { from: validFrom, ...policy } = change;
  await store.upsertNoShowPolicy(work, { ...policy, validFrom }, actor.personId);
  return accept({ ...policy, validFrom });
}

/** Bookings whose time to come is over, under the policy of their day. Whoever runs the arrivals says for which nobody came. */
export const dueForRelease = async (work: Work): Promise<readonly Booking[]> =>
  bookings.selectByIds(work, await store.selectDueForRelease(work));

/**
 * Gives back places for which nobody came, each once whoever asks at the same time: the price stays due, as when one cancels late,
 * a strike is noted, whoever waits is served. Announced as `booking.released`.
 */
export async function release(work: Work, bookingIds: readonly BookingId[]): Promise<readonly Booking[]> {
  const standing = (await bookings.lockBookings(work, bookingIds)).filter(one => one.status === 'confirmed');
  if (standing.length === 0) return [];
  await store.insertStrikes(work, standing);
  await giveBack(
    work,
    { personId: 'no_show' },
    standing.map(booking => ({ booking, refunded: false })),
  );
  for (const space_id of unique(standing.map(one => one.spaceId))) {
    const booking_ids = standing.filter(one => one.spaceId === space_id).map(one => one.bookingId);
    await announce(work, { event: 'booking.released', payload: { space_id, booking_ids } });
  }
  return standing;
}

/** Places that some people lost on some days, and were not given again. */
export const lostPlaces = store.selectLost;

/** What became of a place that was given back; null for one that never was. */
export const strikeOf = store.selectStrike;

/**
 * Gives a place to its holder again, who was noted as arrived: the strike is lifted whatever happens, the place stands while it is
 * free and not over. Asked again, the booking as it stands.
 */
export async function restore(work: Work, bookingId: BookingId): Promise<Outcome<Booking>> {
  const [booking] = await bookings.lockBookings(work, [bookingId]);
  const strike = booking && (await store.selectStrike(work, bookingId));
  if (!booking || !strike) return refuse(noShowWords.notReleased);
  if (booking.status === 'confirmed') return accept(booking);
  if (strike.restoredAt !== null) return refuse(noShowWords.notReleased);
  await store.liftStrikes(work, { bookingIds: [bookingId], by: 'arrival', reason: 'arrival' });
  if (!isBefore(work.now, booking.during.to)) return refuse(noShowWords.tooLateToReturn);
  if (!(await store.restoreBooking(work, bookingId))) return refuse(noShowWords.placeGone);
  return accept((await bookings.selectByIds(work, [bookingId]))[0]!);
}

/** A strike with whom it is about, while they are not erased. */
export interface StrikeTold extends Strike {
  readonly person: Person | undefined;
}

/** Strikes of a space that count, or were lifted since, for who receives people there. */
export async function strikesAt(work: Work, actor: Actor, spaceId: Id<'spc'>): Promise<Outcome<readonly StrikeTold[]>> {
  const [space] = await spacesByIds(work, [spaceId]);
  if (!space) return refuse(words.unknownSpace);
  if (!mayHost(actor, space)) return refuse(words.notYours);
  const today = localDay(work.now, space.zone);
  const { strike_window_days } = await noShowPolicyFor(work, { spaceId, day: today });
  const strikes = await store.selectStrikesAt(work, { spaceId, since: addDays(today, 1 - strike_window_days) });
  const people = await peopleById(work, unique(strikes.map(one => one.personId)));
  return accept(strikes.map(one => ({ ...one, person: people.find(p => p.personId === one.personId) })));
}

/** Lifts a strike, for who receives people in that space, with why. Lifted before, it stays as it was lifted. */
export async function liftStrike(
  work: Work,
  actor: Actor,
  { bookingId, reason }: { readonly bookingId: string; readonly reason: string },
): Promise<Outcome<Strike>> {
  const strike = await store.selectStrike(work, bookingId);
  if (!strike) return refuse(noShowWords.unknownStrike);
  const [space] = await spacesByIds(work, [strike.spaceId]);
  if (!space || !mayHost(actor, space)) return refuse(words.notYours);
  const why = reason.trim();
  if (why.length < 1 || why.length > 300) return refuse(noShowWords.liftWithoutReason);
  await store.liftStrikes(work, { bookingIds: [bookingId], by: actor.personId, reason: why });
  return accept((await store.selectStrike(work, bookingId))!);
}

/** The longest time for which a strike may count. */
const strikesKept_days = 365;

/** Destroys strikes that count nowhere any more. */
export async function purgeStrikes(work: Work): Promise<void> {
  const strikes = await store.deleteStrikes(work, { before: addDays(localDay(work.now, 'UTC'), -strikesKept_days) });
  await recordDestruction(work, { strike: strikes });
}

/** How many strikes of a booking's holder count in its space, and how many it allows; null where this one counts no more. */
export async function strikesLeft(work: Work, bookingId: string): Promise<StrikeCount | null> {
  const strike = await store.selectStrike(work, bookingId);
  if (!strike || strike.liftedAt !== null) return null;
  const { spaceId, day } = strike;
  const { strike_window_days, strikes_allowed } = await noShowPolicyFor(work, { spaceId, day });
  const recent = await store.selectStrikesAt(work, { spaceId, since: addDays(day, 1 - strike_window_days) });
  const own = recent.filter(one => one.personId === strike.personId && one.liftedAt === null);
  return { count: own.length, allowed: strikes_allowed };
}
