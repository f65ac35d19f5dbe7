import {
  type Booking,
  bookingFor,
  dueForRelease,
  release,
  restore,
  type Strike,
  strikeOf,
} from '../../booking/booking.ts';
import { unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import type { DeviceSeen } from '../arrival.ts';
import { cameAmong } from '../attendance.ts';
import { isCoded } from '../evidence.ts';
import { isSilent, type Kiosk } from '../kiosk.ts';
import { releaseWords as words } from '../release-words.ts';
import * as events from '../store/event.ts';
import * as kiosks from '../store/kiosk.ts';
import { selectOnPaper } from '../store/sheet.ts';
import { checkIn } from './noting.ts';

// Places for which nobody came.

/** Kiosks of these spaces that may hold arrivals which we do not know of: nothing is given back there meanwhile. */
export const silentKiosks = async (work: Work, spaceIds: readonly Id<'spc'>[]): Promise<readonly Kiosk[]> =>
  (await kiosks.selectKiosks(work, { spaceIds })).filter(kiosk => isSilent(kiosk, work.now));

/** Gives back the places for which nobody was noted in the time that their space leaves. Whoever runs it at the same time, once. */
export async function releaseAbsent(work: Work): Promise<readonly Booking[]> {
  const due = await dueForRelease(work);
  if (due.length === 0) return [];
  const spaceIds = unique(due.map(one => one.spaceId));
  const silent = new Set((await silentKiosks(work, spaceIds)).map(kiosk => kiosk.spaceId));
  const came = cameAmong(await events.selectEventsOn(work, { days: unique(due.map(one => one.day)), spaceIds }));
  const paper = await selectOnPaper(work, { spaceIds, days: unique(due.map(one => one.day)) });
  const absent = due.filter(
    ({ spaceId, personId, day }) =>
      !silent.has(spaceId) && !paper.has(`${spaceId} ${day}`) && !came.has(`${spaceId} ${personId} ${day}`),
  );
  return release(
    work,
    absent.map(one => one.bookingId),
  );
}

/** What came of "I am there": the place again, or why not. The arrival is noted either way. */
export interface Return {
  readonly booking: Booking;
  readonly strike: Strike;
  readonly why: Refusal | null;
}

/**
 * "I am there", from someone whose place was given back: by the code that the kiosk shows, or because the host noted them. The place
 * is theirs again while it is free.
 */
export async function comeBack(
  work: Work,
  actor: Actor,
  {
    bookingId,
    code,
    device,
    secrets,
  }: {
    readonly bookingId: string;
    readonly code?: string | undefined;
    readonly device?: DeviceSeen | undefined;
    readonly secrets: Secrets;
  },
): Promise<Outcome<Return>> {
  const found = await bookingFor(work, actor, bookingId);
  if (!found.ok) return found;
  const { personId, spaceId, day } = found.value;
  if (!(await strikeOf(work, bookingId))) return refuse(words.notReleased);
  if (code !== undefined) {
    const noted = await checkIn(work, actor, { code, device, secrets });
    if (!noted.ok) return noted;
    if (noted.value.spaceId !== spaceId || noted.value.day !== day) return refuse(words.elsewhere);
  }
  const own = await events.selectEventsOf(work, { personId, from: day, to: day });
  const there = own.filter(e => e.spaceId === spaceId && (isCoded(e.method) || e.method === 'host_list'));
  if (!cameAmong(there).has(`${spaceId} ${personId} ${day}`)) return refuse(words.notNotedYet);
  const again = await restore(work, found.value.bookingId);
  const strike = (await strikeOf(work, bookingId))!;
  return accept({ booking: again.ok ? again.value : found.value, strike, why: again.ok ? null : again.refusal });
}
