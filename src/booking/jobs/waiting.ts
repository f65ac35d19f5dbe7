import { unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { type Day, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { spacesByIds } from '../../spaces/spaces.ts';
import { allot, type Known } from '../allotment.ts';
import type { Asked, Booking, BookingRequest } from '../claim.ts';
import { hasBegun } from '../hours.ts';
import { mayActFor } from '../rules.ts';
import * as store from '../store/wait.ts';
import { words } from '../words.ts';
import { announceBookings, bookMany, offersFor, payersOf, read, refusedWith } from './allotting.ts';

// Who waits for a place gets the first that is given back, in the order in which they asked.

export type WaitRequest = Pick<BookingRequest, 'spaceId' | 'day' | 'part' | 'hours' | 'kind'> & {
  readonly personId?: Id<'per'> | undefined;
};

/** What a place may lack for someone to wait for it; any other refusal would still stand when a place is given back. */
const passes = new Set(['booking.space_full', 'booking.desk_taken']);

/** What a price may lack: no place given back would mend it. */
const unpriced = new Set(['spaces.no_tariff', 'spaces.only_by_the_hour']);

/** Why a place could not be booked even if all were free: nobody has said what it costs. */
async function priceRefusal(work: Work, asked: Asked, known: Known): Promise<Refusal | null> {
  const [judgement] = allot([asked], { ...known, bookings: [] }, work.now);
  if (!judgement!.ok) return null;
  const [offer] = offersFor([{ ...judgement!.place, asked }], { known, payers: await payersOf(work, [asked]) });
  return !offer!.ok && unpriced.has(offer!.refusal.code) ? offer!.refusal : null;
}

/**
 * Joins the queue for a place where everything is taken; refused when one is free, or for any reason that waiting would not
 * mend. Asked again, the same turn.
 */
export async function wait(work: Work, actor: Actor, request: WaitRequest): Promise<Outcome<store.Wait>> {
  const { personId = actor.personId, kind = 'desk', hours = null, ...rest } = request;
  const [space] = await spacesByIds(work, [request.spaceId]);
  if (!space) return refuse(words.unknownSpace);
  if (!mayActFor(actor, personId, space)) return refuse(words.notForThem);
  const asked = { ...rest, hours, kind, personId };
  const known = await read(work, [asked]);
  const [judgement] = allot([asked], known, work.now);
  if (judgement!.ok) return refuse(words.nothingToWaitFor(asked));
  const [refused] = await refusedWith(work, [{ asked, judgement: judgement! }]);
  if (refused!.ok || !passes.has(refused!.refusal.code)) return refused!;
  if (hours && hasBegun({ hours, day: asked.day }, space.zone, work.now))
    return refuse(words.past(asked, localDay(work.now, space.zone), true));
  const priceless = await priceRefusal(work, asked, known);
  if (priceless) return refuse(priceless);
  return accept(await store.insertWait(work, { ...asked, waitId: work.newId('wai'), askedBy: actor.personId }));
}

/** Leaves a queue; asked again, nothing changes. */
export async function leaveQueue(work: Work, actor: Actor, waitId: string): Promise<Outcome<null>> {
  const found = await store.selectWait(work, waitId);
  if (!found) return refuse(words.unknownWait);
  const [space] = await spacesByIds(work, [found.spaceId]);
  if (!space || !mayActFor(actor, found.personId, space)) return refuse(words.unknownWait);
  await store.endWaits(work, [{ waitId: found.waitId, status: 'left', bookingId: null }]);
  return accept(null);
}

const over = ({ waitId }: store.Wait): store.Ended => ({ waitId, status: 'over', bookingId: null });

/** Hours that have begun are no longer those that were asked for; without hours, `booking.past_day` tells when a wait is over. */
async function begunOf(work: Work, queue: readonly store.Wait[]): Promise<ReadonlySet<store.Wait>> {
  const byHour = queue.filter(one => one.hours !== null);
  const spaces = await spacesByIds(work, unique(byHour.map(one => one.spaceId)));
  const zones = new Map(spaces.map(({ spaceId, zone }) => [spaceId, zone]));
  return new Set(
    byHour.filter(({ spaceId, day, hours }) => hasBegun({ day, hours: hours! }, zones.get(spaceId)!, work.now)),
  );
}

/**
 * Books what is free now for those who wait, first come first served, and announces each booking made. A wait whose time is over
 * ends, by the hour once it has begun; one refused for another reason goes on: the reason may pass before the day.
 */
export async function promote(
  work: Work,
  asked: { readonly spaceIds: readonly Id[]; readonly days: readonly Day[] } | 'all',
): Promise<readonly Booking[]> {
  const queue = await store.lockQueue(work, asked);
  if (queue.length === 0) return [];
  const begun = await begunOf(work, queue);
  const waiting = queue.filter(one => !begun.has(one));
  const outcomes = await bookMany(work, waiting);
  const booked = outcomes.flatMap(outcome => (outcome.ok ? [outcome.value] : []));
  const ended = waiting.flatMap((one, i): store.Ended[] => {
    const outcome = outcomes[i]!;
    if (outcome.ok) return [{ waitId: one.waitId, status: 'promoted', bookingId: outcome.value.bookingId }];
    return outcome.refusal.code === 'booking.past_day' ? [over(one)] : [];
  });
  await store.endWaits(work, [...[...begun].map(over), ...ended]);
  await announceBookings(work, 'booking.promoted', booked);
  return booked;
}
