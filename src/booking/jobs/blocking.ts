import { busyAt, busyOf, connectedAt } from '../../calendars/calendars.ts';
import { unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import {
  addDays,
  type Day,
  type DayPart,
  daysFrom,
  type Interval,
  localDay,
  overlaps,
  wallTime,
} from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import { type OpenDay, openIntervals, resourcesOf, spacesByIds } from '../../spaces/spaces.ts';
import { blocksOf, difference } from '../blocks.ts';
import type { Booking } from '../claim.ts';
import * as blocks from '../store/block.ts';

// What an outer calendar takes of a place is blocked there, under the constraint that parts two bookings; what it says of a person is
// for that person alone.

/** As far as outer calendars are read. */
const ahead_days = 61;

export interface PlaceAsked {
  readonly spaceId: Id<'spc'>;
  readonly resourceId: Id<'res'>;
}

/** Bookings that a place's calendar meets: they stand, and whoever receives people there settles it. */
async function clashesOf(work: Work, resourceId: Id<'res'>, times: readonly Interval[]): Promise<readonly Booking[]> {
  const found = await Promise.all(times.map(time => blocks.selectMeeting(work, resourceId, time)));
  return [...new Map(found.flat().map(one => [one.bookingId, one])).values()];
}

/**
 * Blocks a place as its outer calendar says now, and frees what it no longer takes. A booking that was there first stands, and is
 * announced as `booking.clashed`.
 */
export async function blockPlace(work: Work, { spaceId, resourceId }: PlaceAsked): Promise<readonly Booking[]> {
  await blocks.lockBlocks(work, resourceId);
  const [space] = await spacesByIds(work, [spaceId]);
  const resource = (await resourcesOf(work, [spaceId])).find(one => one.resourceId === resourceId);
  if (!space || !resource) return [];
  const days = daysFrom(localDay(work.now, space.zone), ahead_days);
  const during = { from: work.now, to: wallTime(addDays(days.at(-1)!, 1), 0, space.zone) };
  const busy = await busyAt(work, { resourceId, during });
  const { withdrawnFrom } = resource;
  const offered = days.filter(day => withdrawnFrom === null || day < withdrawnFrom);
  const wanted = blocksOf(busy, await openIntervals(work, { spaceIds: [spaceId], days: offered }));
  const { gone, fresh } = difference(await blocks.selectBlocks(work, resourceId), wanted);
  await blocks.deleteBlocks(
    work,
    gone.map(one => one.bookingId),
  );
  const place = { spaceId, resourceId, kind: resource.kind };
  const blocked = new Set(await blocks.insertBlocks(work, place, fresh));
  const left = fresh.filter(one => !blocked.has(one)).map(one => one.during);
  const clashes = await clashesOf(work, resourceId, left);
  if (clashes.length > 0) {
    const payload = { space_id: spaceId, booking_ids: clashes.map(one => one.bookingId) };
    await announce(work, { event: 'booking.clashed', payload });
  }
  return clashes;
}

/** Bookings of a space that its places' outer calendars meet. */
export async function clashesAt(
  work: Work,
  { spaceId, resourceIds }: { readonly spaceId: Id<'spc'>; readonly resourceIds: readonly Id<'res'>[] },
): Promise<readonly Booking[]> {
  const [space] = await spacesByIds(work, [spaceId]);
  if (!space) return [];
  const to = wallTime(addDays(localDay(work.now, space.zone), ahead_days), 0, space.zone);
  const found = await Promise.all(
    resourceIds.map(async resourceId =>
      clashesOf(work, resourceId, await busyAt(work, { resourceId, during: { from: work.now, to } })),
    ),
  );
  return found.flat();
}

/** Blocks again what was just given back, where an outer calendar had it all along. */
export async function blockFreed(work: Work, spaceIds: readonly Id<'spc'>[]): Promise<void> {
  for (const place of await connectedAt(work, spaceIds)) await blockPlace(work, place);
}

/** The parts of a day during which someone is busy elsewhere. */
export async function busyParts(work: Work, personId: Id<'per'>, { parts }: OpenDay): Promise<readonly DayPart[]> {
  const offered = (['morning', 'afternoon', 'day'] as const).filter(part => parts[part] !== null);
  const [first, last] = [parts[offered[0]!], parts[offered.at(-1)!]];
  if (!first || !last) return [];
  const busy = await busyOf(work, { personId, during: { from: first.from, to: last.to } });
  return offered.filter(part => busy.some(one => overlaps(one, parts[part]!)));
}

/** Days on which someone is busy elsewhere during a part of the day, by the calendars that they connected. */
export async function busyDays(
  work: Work,
  asked: {
    readonly personId: Id<'per'>;
    readonly spaceId: Id<'spc'>;
    readonly days: readonly Day[];
    readonly part: DayPart;
  },
): Promise<ReadonlySet<Day>> {
  const openDays = await openIntervals(work, { spaceIds: [asked.spaceId], days: unique(asked.days) });
  const times = openDays.flatMap(({ day, parts }) => (parts[asked.part] ? [{ day, time: parts[asked.part]! }] : []));
  const [first, last] = [times[0], times.at(-1)];
  if (!first || !last) return new Set();
  const busy = await busyOf(work, { personId: asked.personId, during: { from: first.time.from, to: last.time.to } });
  return new Set(times.filter(({ time }) => busy.some(one => overlaps(one, time))).map(({ day }) => day));
}
