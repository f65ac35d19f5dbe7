import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Day } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { spacesByIds } from '../../spaces/spaces.ts';
import { allot } from '../allotment.ts';
import type { Booking, BookingRequest } from '../claim.ts';
import { mayActFor } from '../rules.ts';
import * as store from '../store/wait.ts';
import { words } from '../words.ts';
import { announceBookings, bookMany, read, refusedWith } from './allotting.ts';

// Who waits for a place gets the first that is given back, in the order in which they asked.

export type WaitRequest = Pick<BookingRequest, 'spaceId' | 'day' | 'part' | 'kind'> & {
  readonly personId?: Id<'per'> | undefined;
};

/** What a place may lack for someone to wait for it; any other refusal would still stand when a place is given back. */
const passes = new Set(['booking.space_full', 'booking.desk_taken']);

/**
 * Joins the queue for a place where everything is taken; refused when one is free, or for any reason that waiting would not
 * mend. Asked again, the same turn.
 */
export async function wait(work: Work, actor: Actor, request: WaitRequest): Promise<Outcome<store.Wait>> {
  const { personId = actor.personId, kind = 'desk', ...rest } = request;
  const [space] = await spacesByIds(work, [request.spaceId]);
  if (!space) return refuse(words.unknownSpace);
  if (!mayActFor(actor, personId, space)) return refuse(words.notForThem);
  const asked = { ...rest, kind, personId };
  const [judgement] = allot([asked], await read(work, [asked]), work.now);
  if (judgement!.ok) return refuse(words.nothingToWaitFor(request.day, request.part));
  const [refused] = await refusedWith(work, [{ asked, judgement: judgement! }]);
  if (refused!.ok || !passes.has(refused!.refusal.code)) return refused!;
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

/**
 * Books what is free now for those who wait, first come first served, and announces each booking made. A wait whose time is over
 * ends; one refused for another reason goes on: the reason may pass before the day.
 */
export async function promote(
  work: Work,
  asked: { readonly spaceIds: readonly Id[]; readonly days: readonly Day[] } | 'all',
): Promise<readonly Booking[]> {
  const queue = await store.lockQueue(work, asked);
  if (queue.length === 0) return [];
  const outcomes = await bookMany(work, queue);
  const booked = outcomes.flatMap(outcome => (outcome.ok ? [outcome.value] : []));
  const ended = queue.flatMap(({ waitId }, i): store.Ended[] => {
    const outcome = outcomes[i]!;
    if (outcome.ok) return [{ waitId, status: 'promoted', bookingId: outcome.value.bookingId }];
    return outcome.refusal.code === 'booking.past_day' ? [{ waitId, status: 'over', bookingId: null }] : [];
  });
  await store.endWaits(work, ended);
  await announceBookings(work, 'booking.promoted', booked);
  return booked;
}
