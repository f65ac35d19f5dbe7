import { unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, isBefore, localDay, overlaps } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { holdResources, moveClock, resourcesOf, type Space } from '../../spaces/spaces.ts';
import { type Booking, isExpired, isSeat } from '../claim.ts';
import { asShownBy } from '../hours.ts';
import { placeWords } from '../place-words.ts';
import { retime } from '../store/place.ts';
import * as store from '../store.ts';

// A space is set by another clock: what is booked keeps its hours on the wall.

type Retimed = Pick<Booking, 'bookingId' | 'during' | 'freeAgain'>;

/** A booking at the same hours of another clock; null where they do not exist. */
function retimed(booking: Booking, clocks: { readonly from: string; readonly to: string }): Retimed | null {
  const [from, to] = [asShownBy(booking.during.from, clocks), asShownBy(booking.during.to, clocks)];
  if (from === null || to === null || !isBefore(from, to)) return null;
  return {
    bookingId: booking.bookingId,
    during: { from, to },
    freeAgain: to.add(booking.during.to.until(booking.freeAgain)),
  };
}

/** Would a booking, at its new time, meet this one, which keeps its own? */
const meets = (booking: Booking, then: Retimed, other: Booking): boolean => {
  const kept = (one: Pick<Booking, 'during' | 'freeAgain'>) => ({ from: one.during.from, to: one.freeAgain });
  if (other.resourceId === booking.resourceId) return overlaps(kept(then), kept(other));
  const seats = isSeat(other) && isSeat(booking) && (other.hours === null) === (booking.hours === null);
  return seats && other.personId === booking.personId && overlaps(then.during, other.during);
};

/** What stands around: those of the space that have begun, and those of the same people elsewhere. */
async function staying(work: Work, spaceId: Id<'spc'>, ahead: readonly Booking[]): Promise<readonly Booking[]> {
  const days = unique(ahead.flatMap(({ day }) => [addDays(day, -1), day, addDays(day, 1)]));
  const personIds = unique(ahead.map(one => one.personId));
  const around = days.length === 0 ? [] : await store.selectAround(work, { spaceIds: [spaceId], personIds, days });
  const moving = new Set<string>(ahead.map(one => one.bookingId));
  return around.filter(one => !moving.has(one.bookingId) && !isExpired(one, work.now));
}

const isExclusion = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '23P01';

/**
 * Sets a space by another clock from now on. What has begun keeps its moment; what is to come keeps its hours on the wall, and
 * calendars are told. Refused when that would make two bookings meet.
 */
export async function changeZone(
  work: Work,
  actor: Actor,
  asked: { readonly spaceId: Id<'spc'>; readonly zone: string },
): Promise<Outcome<{ readonly space: Space; readonly retimed: number }>> {
  const moved = await moveClock(work, actor, asked);
  if (!moved.ok) return moved;
  const { before, after } = moved.value;
  const { spaceId } = asked;
  await holdResources(
    work,
    (await resourcesOf(work, [spaceId])).map(one => one.resourceId),
  );
  const from = addDays(localDay(work.now, before.zone), -1);
  const there = await store.selectInSpace(work, { spaceId, from, to: '9999-12-31' });
  const ahead = there.filter(one => isBefore(work.now, one.during.from) && !isExpired(one, work.now));
  const others = await staying(work, spaceId, ahead);
  const judged = ahead.map(booking => ({ booking, later: retimed(booking, { from: before.zone, to: after.zone }) }));
  const clashing = judged.filter(
    ({ booking, later }) => later === null || others.some(other => meets(booking, later, other)),
  );
  if (clashing.length > 0) return refuse(placeWords.clockCollides(clashing.map(one => one.booking)));
  try {
    await retime(
      work,
      judged.flatMap(({ later }) => later ?? []),
    );
  } catch (error) {
    // Someone booked elsewhere meanwhile, at what is now the same time.
    if (isExclusion(error)) return refuse(placeWords.clockCollides([]));
    throw error;
  }
  return accept({ space: after, retimed: ahead.length });
}
