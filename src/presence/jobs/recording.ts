import { lostPlaces, restore, type Strike } from '../../booking/booking.ts';
import { unique } from '../../kernel/group.ts';
import type { Work } from '../../platform/database.ts';
import { type AccessEvent, isCoded } from '../evidence.ts';
import * as events from '../store/event.ts';

// Arrivals on their way to the record; whoever had lost their place by then has it again.

/** Only a code or the host says that someone is there after all. */
const bringsBack = ({ present, method }: AccessEvent): boolean =>
  present && (isCoded(method) || method === 'host_list' || method === 'paper_sheet');

/** Gives people who were noted there the places that they had lost, while these are free; says how many. */
const lostTo = (work: Work, arrived: readonly AccessEvent[]): Promise<readonly Strike[]> =>
  arrived.length === 0
    ? Promise.resolve([])
    : lostPlaces(work, { personIds: unique(arrived.map(e => e.personId)), days: unique(arrived.map(e => e.day)) });

async function bringBack(work: Work, arrived: readonly AccessEvent[], places: readonly Strike[]): Promise<number> {
  let restored = 0;
  for (const lost of places) {
    const there = arrived.some(e => e.personId === lost.personId && e.spaceId === lost.spaceId && e.day === lost.day);
    if (there) restored += Number((await restore(work, lost.bookingId)).ok);
  }
  return restored;
}

export interface Recording {
  /** Ids of what is new: an id, or a code already used by that person, is left out. */
  readonly added: ReadonlySet<string>;
  /** How many places were given to someone again. */
  readonly restored: number;
}

/** Writes arrivals. */
export async function record(work: Work, arrivals: readonly AccessEvent[]): Promise<Recording> {
  const arrived = arrivals.filter(bringsBack);
  const [added, lost] = await Promise.all([events.insertEvents(work, arrivals), lostTo(work, arrived)]);
  const fresh = arrived.filter(e => added.has(e.eventId));
  return { added, restored: await bringBack(work, fresh, lost) };
}
