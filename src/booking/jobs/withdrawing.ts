import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Day, isBefore } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import {
  holdResources,
  type ManagedResource,
  managedResource,
  type Resource,
  withdrawFrom,
} from '../../spaces/spaces.ts';
import { type Booking, isExpired } from '../claim.ts';
import { displace } from '../displacing.ts';
import { leftAlone } from '../guest.ts';
import { placeWords } from '../place-words.ts';
import { reseat } from '../store/place.ts';
import * as store from '../store.ts';
import { giveBack } from './cancelling.ts';

// A place is withdrawn from a day on: what was booked in it goes to another, or is given back.

export interface WithdrawRequest {
  readonly resourceId: string;
  /** The first day on which it is no longer offered. */
  readonly from: Day;
  /** What becomes of bookings that fit nowhere else: the withdrawal is refused, or they are given back free of charge. */
  readonly displace: 'refuse' | 'cancel';
}

export interface Withdrawn {
  readonly resource: Resource;
  readonly moved: readonly Booking[];
  readonly cancelled: readonly Booking[];
}

/** What stands from a day on in a place and in those like it, while nobody can book any of them. */
async function hold(work: Work, { space, resource, others }: ManagedResource, from: Day) {
  const alike = others.filter(one => one.kind === resource.kind);
  await holdResources(
    work,
    [resource, ...alike].map(one => one.resourceId),
  );
  const there = await store.selectInSpace(work, { spaceId: space.spaceId, from, to: '9999-12-31' });
  const over = there.filter(one => isExpired(one, work.now));
  if (over.length > 0)
    await store.expire(
      work,
      over.map(one => one.bookingId),
    );
  const named = there.filter(one => !over.includes(one) && one.resourceId === resource.resourceId);
  const locked = await store.lockBookings(
    work,
    named.map(one => one.bookingId),
  );
  const live = new Set(locked.filter(one => one.status !== 'cancelled').map(one => one.bookingId));
  return {
    alike,
    leaving: named.filter(one => live.has(one.bookingId)),
    standing: there.filter(one => !over.includes(one) && one.resourceId !== resource.resourceId),
  };
}

/** What is given back, with the guests whom it would leave alone. */
async function giveUp(work: Work, spaceId: string, left: readonly Booking[]): Promise<readonly Booking[]> {
  if (left.length === 0) return [];
  const own = left.filter(one => one.guestId === null);
  const alone = own.length === 0 ? [] : leftAlone(await store.selectBeside(work, own), left);
  const stranded = [...left, ...alone];
  await giveBack(
    work,
    { personId: 'closure' },
    stranded.map(booking => ({ booking, refunded: true })),
  );
  const payload = { space_id: spaceId, booking_ids: stranded.map(one => one.bookingId) };
  await announce(work, { event: 'booking.displaced', payload });
  return stranded;
}

/**
 * Withdraws a place from a day on. Its bookings go to another place of the same kind, at the same time and price; those that fit
 * nowhere refuse it, or are given back free of charge. Whoever is concerned is told by mail. Asked again, nothing changes.
 */
export async function withdraw(
  work: Work,
  actor: Actor,
  { resourceId, from, displace: whatElse }: WithdrawRequest,
): Promise<Outcome<Withdrawn>> {
  const found = await managedResource(work, actor, resourceId);
  if (!found.ok) return found;
  const { space, resource } = found.value;
  if (resource.withdrawnFrom === from) return accept({ resource, moved: [], cancelled: [] });
  const { alike, leaving, standing } = await hold(work, found.value, from);
  if (leaving.some(one => !isBefore(work.now, one.during.from))) return refuse(placeWords.placeInUse);
  const { moved, stranded } = displace(leaving, alike, standing);
  if (stranded.length > 0 && whatElse === 'refuse') return refuse(placeWords.placeStillBooked(stranded));
  const seated = leaving.filter(one => moved.some(({ bookingId }) => bookingId === one.bookingId));
  if (moved.length > 0) {
    await reseat(work, moved);
    const payload = { space_id: space.spaceId, booking_ids: moved.map(one => one.bookingId) };
    await announce(work, { event: 'booking.reseated', payload });
  }
  const cancelled = await giveUp(work, space.spaceId, stranded);
  const withdrawn = await withdrawFrom(work, found.value, from);
  return withdrawn.ok ? accept({ resource: withdrawn.value, moved: seated, cancelled }) : withdrawn;
}
