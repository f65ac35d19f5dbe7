import type { Id } from '../../kernel/ids.ts';
import { unsealUnder } from '../../kernel/seal.ts';
import { addDays, addSeconds, type Interval, isBefore, localDay, wallTime } from '../../kernel/time.ts';
import { inNetwork, type Work, type WorkSource } from '../../platform/database.ts';
import type { Fetched, Fetcher } from '../../platform/fetcher.ts';
import { announce } from '../../platform/outbox.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { spacesByIds } from '../../spaces/spaces.ts';
import { outerBusy } from '../outer.ts';
import * as store from '../store.ts';

// Calendars are read outside of any transaction; what they say is then written in one.

export interface Reader extends WorkSource {
  readonly fetcher: Fetcher;
  readonly secrets: Secrets;
}

export const keyOf = (secrets: Secrets): Uint8Array => secrets('outer calendars');
export const aboutCalendar = ({ networkId }: Pick<Work, 'networkId'>, calendarId: string): string =>
  `${networkId} ${calendarId}`;

const every_s = 15 * 60;
const longestPause_s = 6 * 3_600;
const ahead_days = 60;
const atOnce = 20;
const ownZone = 'Europe/Paris';

/** Said of a place's calendar: what is blocked there is looked at again. */
export async function changed(work: Work, { spaceId, resourceId }: store.OuterCalendar): Promise<void> {
  if (spaceId === null || resourceId === null) return;
  await announce(work, { event: 'calendars.changed', payload: { space_id: spaceId, resource_id: resourceId } });
}

/** From the beginning of today to sixty days on. */
export const daysRead = (work: Pick<Work, 'now'>, zone: string): Interval => {
  const today = localDay(work.now, zone);
  return { from: wallTime(today, 0, zone), to: wallTime(addDays(today, ahead_days + 1), 0, zone) };
};

/** Longer and longer between two attempts: 15, 30, 60 minutes… */
const pause_s = (failures: number): number => Math.min(longestPause_s, every_s * 2 ** failures);

async function keepFailure(work: Work, one: store.OuterCalendar, failure: string): Promise<void> {
  const next = addSeconds(work.now, pause_s(one.failures));
  await store.keepFailure(work, one.calendarId, { failure, next });
}

async function keep(work: Work, calendarId: store.CalendarId, fetched: Fetched): Promise<void> {
  // Taken away meanwhile: nothing of it is kept.
  const one = await store.calendarById(work, calendarId);
  if (one === null) return;
  if (fetched.kind === 'failed') return keepFailure(work, one, fetched.failure);
  if (fetched.kind === 'same') return store.keepSame(work, calendarId);
  const [space] = one.spaceId === null ? [] : await spacesByIds(work, [one.spaceId]);
  const zone = space?.zone ?? ownZone;
  const read = outerBusy(fetched.text, { during: daysRead(work, zone), zone });
  if (read === null) return keepFailure(work, one, 'not_a_calendar');
  await store.keepRead(work, calendarId, { ...read, etag: fetched.etag });
  await changed(work, one);
}

/** Read whole at least once a day: what repeats reaches one day further. */
const knownTag = ({ readAt, etag }: store.OuterCalendar, now: Work['now']): string | null =>
  readAt !== null && isBefore(now, addSeconds(readAt, 12 * 3_600)) ? etag : null;

async function readClaimed(reader: Reader, networkId: Id<'net'>, one: store.OuterCalendar): Promise<void> {
  const url = unsealUnder(keyOf(reader.secrets), one.sealed, aboutCalendar({ networkId }, one.calendarId));
  const asked = { url: url ?? '', accept: 'text/calendar', etag: knownTag(one, reader.clock()) };
  const fetched = await reader.fetcher(asked);
  await inNetwork(reader, networkId, work => keep(work, one.calendarId, fetched));
}

/** Reads the calendars whose time has come: at once for one just connected. */
export async function readDue(reader: Reader, networkId: Id<'net'>): Promise<number> {
  const due = await inNetwork(reader, networkId, work =>
    store.claimDue(work, { until: addSeconds(work.now, every_s), most: atOnce }),
  );
  await Promise.all(due.map(one => readClaimed(reader, networkId, one)));
  return due.length;
}
