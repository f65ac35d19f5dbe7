import { type Booking, book, confirmedOf, halvesOf, type Offer, offerFor, standingOn } from '../../booking/booking.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type DayPart, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { type Resource, resourcesOf, type Space } from '../../spaces/spaces.ts';
import { halfAt } from '../arrival.ts';
import { tagWords as words } from '../tag-words.ts';
import { type CheckIn, markPresence } from './noting.ts';

// A desk taken on the spot, by whoever scans what lies on it.

/** What someone has booked in a space for now, or later today. */
async function bookedToday(work: Work, { personId }: Actor, space: Space): Promise<Booking | undefined> {
  const day = localDay(work.now, space.zone);
  const now = halfAt(work.now, space.zone);
  const own = await confirmedOf(work, { personId, from: day, to: day });
  return own.find(one => one.spaceId === space.spaceId && halvesOf(one.part).includes(now));
}

export interface DeskAsked {
  readonly space: Space;
  readonly resourceId: Id<'res'>;
  /** The rest of the day unless said otherwise. */
  readonly part?: DayPart | undefined;
}

/** The parts of today that can still be taken from now on, the longest first. */
const partsFrom = (work: Work, { zone }: Space): readonly DayPart[] =>
  halfAt(work.now, zone) === 'morning' ? ['day', 'morning'] : ['afternoon'];

/** A desk from now on for someone: what they have booked, or what they may book, or why not and what else is free. */
export interface DeskNow {
  readonly space: Space;
  readonly desk: Resource;
  readonly booking: Booking | undefined;
  readonly offers: readonly { readonly part: DayPart; readonly offer: Outcome<Offer> }[];
  /** Others of its kind that nobody holds for the half-day that runs. */
  readonly free: readonly Resource[];
}

export async function deskNow(
  work: Work,
  actor: Actor,
  { space, resourceId }: Pick<DeskAsked, 'space' | 'resourceId'>,
): Promise<Outcome<DeskNow>> {
  const { spaceId } = space;
  const resources = await resourcesOf(work, [spaceId]);
  const desk = resources.find(one => one.resourceId === resourceId);
  if (!desk) return refuse(words.unknownPlace);
  const booking = await bookedToday(work, actor, space);
  const day = localDay(work.now, space.zone);
  const offers: { readonly part: DayPart; readonly offer: Outcome<Offer> }[] = [];
  const asked = { spaceId, day, resourceId, personId: actor.personId };
  if (!booking)
    for (const part of partsFrom(work, space)) offers.push({ part, offer: await offerFor(work, { ...asked, part }) });
  const now = halfAt(work.now, space.zone);
  const held = (await standingOn(work, { days: [day], spaceIds: [spaceId] })).filter(one =>
    halvesOf(one.part).includes(now),
  );
  const free = resources.filter(
    one =>
      one.kind === desk.kind &&
      one.resourceId !== resourceId &&
      !held.some(booked => booked.resourceId === one.resourceId),
  );
  return accept({ space, desk, booking, offers, free });
}

/** The desk for the rest of the day, unless its holder has booked there already; refused with what else is free. */
export async function takeDesk(
  work: Work,
  actor: Actor,
  { space, resourceId, part = partsFrom(work, space)[0]! }: DeskAsked,
): Promise<Outcome<Booking>> {
  const booked = await bookedToday(work, actor, space);
  if (booked) return accept(booked);
  const day = localDay(work.now, space.zone);
  return book(work, actor, { spaceId: space.spaceId, resourceId, day, part });
}

/** Takes a desk whose printed square was scanned, and notes its holder's own word: anyone may print a square. */
export async function sitDown(work: Work, actor: Actor, asked: DeskAsked): Promise<Outcome<CheckIn>> {
  const taken = await takeDesk(work, actor, asked);
  if (!taken.ok) return taken;
  const { spaceId, day, part } = taken.value;
  const marks = [{ personId: actor.personId, part, present: true }];
  const noted = await markPresence(work, actor, { spaceId, day, marks });
  return noted.ok ? accept(noted.value[0]!) : noted;
}
