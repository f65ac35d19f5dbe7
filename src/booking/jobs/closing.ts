import { unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Day, isBefore } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import { openIntervals, spacesByIds } from '../../spaces/spaces.ts';
import type { Booking } from '../claim.ts';
import { duringOf } from '../rules.ts';
import * as store from '../store.ts';
import { giveBack } from './cancelling.ts';

/**
 * Gives back, whatever the deadline and free of charge, what was booked for times at which a space no longer opens, and announces
 * it as `booking.closed`. What has begun stays; so does what opens again since.
 */
export async function freeClosed(
  work: Work,
  { spaceId, from, to }: { readonly spaceId: Id<'spc'>; readonly from: Day; readonly to: Day },
): Promise<readonly Booking[]> {
  const booked = (await store.selectInSpace(work, { spaceId, from, to })).filter(b =>
    isBefore(work.now, b.during.from),
  );
  const openDays = await openIntervals(work, { spaceIds: [spaceId], days: unique(booked.map(b => b.day)) });
  const [space] = await spacesByIds(work, [spaceId]);
  const openOn = new Map(openDays.map(open => [open.day, open]));
  const shut = booked.filter(b => openOn.has(b.day) && duringOf(b, openOn.get(b.day)!, space!.zone) === null);
  if (shut.length === 0) return [];
  await giveBack(
    work,
    { personId: 'closure' },
    shut.map(booking => ({ booking, refunded: true })),
  );
  const payload = { space_id: spaceId, booking_ids: shut.map(b => b.bookingId) };
  await announce(work, { event: 'booking.closed', payload });
  return shut;
}
