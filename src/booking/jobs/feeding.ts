import { sha256 } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, type Interval, localDay, wallTime } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import { rolesOf } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { resourcesOf, spacesByIds } from '../../spaces/spaces.ts';
import type { CalendarEntry, Telling } from '../calendar.ts';
import type { Booking } from '../claim.ts';
import { mayHost } from '../rules.ts';
import * as feeds from '../store/feed.ts';
import * as store from '../store.ts';
import { words } from '../words.ts';

// Calendars that read bookings by an address of their own, without a session.

export interface FeedAsked {
  /** Bookings of a space, for whoever receives there; one's own without it. */
  readonly spaceId?: Id<'spc'> | undefined;
  readonly resourceId?: Id<'res'> | undefined;
  readonly detail: feeds.Feed['detail'];
}

export interface OpenedFeed {
  readonly feedId: Id<'fed'>;
  /** The secret part of the address: told here and never again, since only its hash is kept. */
  readonly token: string;
}

const mayOpen = async (work: Work, actor: Actor, { spaceId, resourceId }: FeedAsked): Promise<Outcome<null>> => {
  if (spaceId === undefined) return accept(null);
  const [space] = await spacesByIds(work, [spaceId]);
  if (!space) return refuse(words.unknownSpace);
  if (!mayHost(actor, space)) return refuse(words.feedNotHost);
  if (resourceId === undefined) return accept(null);
  const known = (await resourcesOf(work, [spaceId])).some(one => one.resourceId === resourceId);
  return known ? accept(null) : refuse(words.unknownResource);
};

/** Gives an address by which a calendar reads bookings until it is taken back. */
export async function openFeed(work: Work, actor: Actor, asked: FeedAsked): Promise<Outcome<OpenedFeed>> {
  const may = await mayOpen(work, actor, asked);
  if (!may.ok) return may;
  const feedId = work.newId('fed');
  const token = [work.newId('tok'), work.newId('tok')].map(id => id.slice(4)).join('');
  await feeds.insertFeed(work, {
    ...{ feedId, detail: asked.detail, tokenSha256: sha256(token), openedBy: actor.personId },
    ...{ personId: asked.spaceId === undefined ? actor.personId : null },
    ...{ spaceId: asked.spaceId ?? null, resourceId: asked.spaceId === undefined ? null : (asked.resourceId ?? null) },
  });
  return accept({ feedId, token });
}

/** The addresses that the actor opened and has not taken back, the newest first. */
export const feedsOf = (work: Work, actor: Actor): Promise<readonly feeds.Feed[]> =>
  feeds.feedsOf(work, actor.personId);

/** Takes an address back: calendars that read it are told that it is over. */
export const revokeFeed = async (work: Work, actor: Actor, feedId: string): Promise<Outcome<null>> =>
  (await feeds.revokeFeed(work, { feedId, openedBy: actor.personId })) ? accept(null) : refuse(words.unknownFeed);

/** What a feed tells: three months back, and all that is to come. */
const [back_days, ahead_days] = [92, 731];

const zone = 'Europe/Paris';

const daysTold = (work: Work) => {
  const today = localDay(work.now, zone);
  return { from: addDays(today, -back_days), to: addDays(today, ahead_days) };
};

const bookingsIn = (work: Work, { personId, spaceId }: Told): Promise<readonly Booking[]> => {
  const range = daysTold(work);
  return personId === null
    ? store.selectInSpace(work, { spaceId: spaceId!, ...range })
    : store.selectOfPerson(work, { personId, ...range });
};

export interface FeedRead {
  /** The name of a space, or of one place of it; null for one's own bookings. */
  readonly space: string | null;
  /** What it tells of. */
  readonly during: Interval;
  readonly telling: Telling;
  readonly entries: readonly Omit<CalendarEntry, 'url'>[];
}

/** What an address tells today. A host who no longer receives in a space reads nothing of it any more. */
export async function readFeed(work: Work, token: string): Promise<Outcome<FeedRead & { readonly feedId: Id<'fed'> }>> {
  const feed = await feeds.feedByToken(work, sha256(token));
  if (feed === null) return refuse(words.unknownFeed);
  if (feed.revokedAt !== null) return refuse(words.feedRevoked);
  const opener: Actor = { personId: feed.openedBy, firstName: '', memberships: await rolesOf(work, feed.openedBy) };
  const may = await mayOpen(work, opener, { spaceId: feed.spaceId ?? undefined, detail: feed.detail });
  if (!may.ok) return may;
  return accept({ feedId: feed.feedId, ...(await toldBy(work, feed)) });
}

type Told = Pick<feeds.Feed, 'personId' | 'spaceId' | 'resourceId' | 'detail'>;

/** Someone's own bookings, as an address of theirs would tell them: for a program with a token of theirs. */
export const readOwn = (work: Work, personId: Id<'per'>): Promise<FeedRead> =>
  toldBy(work, { personId, spaceId: null, resourceId: null, detail: 'full' });

async function toldBy(work: Work, feed: Told): Promise<FeedRead> {
  const bookings = (await bookingsIn(work, feed)).filter(
    one =>
      (feed.resourceId === null || one.resourceId === feed.resourceId) &&
      // Whoever invites has one event for their day, not one a guest.
      (feed.personId === null || one.guestId === null),
  );
  const spaceIds = [...new Set([...bookings.map(one => one.spaceId), ...(feed.spaceId ? [feed.spaceId] : [])])];
  const spaces = new Map((await spacesByIds(work, spaceIds)).map(one => [one.spaceId as Id, one]));
  const resources = new Map((await resourcesOf(work, spaceIds)).map(one => [one.resourceId as Id, one]));
  const names = [
    feed.resourceId && resources.get(feed.resourceId)?.name,
    feed.spaceId && spaces.get(feed.spaceId)?.name,
  ];
  const { from, to } = daysTold(work);
  return {
    space: names.filter(Boolean).join(', ') || null,
    during: { from: wallTime(from, 0, zone), to: wallTime(addDays(to, 1), 0, zone) },
    telling: feed.detail === 'busy' ? 'busy' : feed.personId === null ? 'taken' : 'own',
    entries: bookings.map(booking => ({
      ...{ booking, space: spaces.get(booking.spaceId)!, resource: resources.get(booking.resourceId)! },
    })),
  };
}
