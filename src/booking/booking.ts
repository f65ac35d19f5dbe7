import { forgetPerson as forgetPayer } from '../billing/billing.ts';
import { unique } from '../kernel/group.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { type Day, type DayPart, localDay } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { forgetPerson as forgetPasses } from '../passes/passes.ts';
import type { Work } from '../platform/database.ts';
import { recordDestruction } from '../platform/destruction.ts';
import { mayManage, type Space, spacesByIds } from '../spaces/spaces.ts';
import { allot } from './allotment.ts';
import { calendarWords } from './calendar-words.ts';
import { type Asked, type Booking, type BookingRequest, isSeat } from './claim.ts';
import { areWhole, partOf, type WallHours } from './hours.ts';
import { bookMany, offersFor, payersOf, read, refusedWith } from './jobs/allotting.ts';
import { busyDays } from './jobs/blocking.ts';
import { cancelAhead, cancelMany } from './jobs/cancelling.ts';
import { explained } from './jobs/explaining.ts';
import type { Offer } from './offer.ts';
import { placeWords } from './place-words.ts';
import { type DatedPolicy, type Policy, policyOn } from './policy.ts';
import { policyWords } from './policy-words.ts';
import { mayActFor, mayHost, policyRefusal } from './rules.ts';
import { type Away, awayOf, daysOf, type SeriesBooked, type SeriesRequest, seriesOf } from './series.ts';
import { forgetFeeds } from './store/feed.ts';
import { forgetGuests } from './store/guest.ts';
import { deleteStrikes } from './store/no-show.ts';
import { forgetUsuals, insertAbsence } from './store/usual.ts';
import { forgetWaits, selectWaitsOf, type Wait } from './store/wait.ts';
import * as store from './store.ts';
import type { Step } from './trace.ts';
import { words } from './words.ts';

export { type FreeDesks, halves } from './availability.ts';
export {
  type Asked,
  type BookableKind,
  type Booking,
  type BookingId,
  type BookingRequest,
  type Half,
  halvesOf,
  isCharged,
} from './claim.ts';
export { isOpenDuring, type WallHours, wallHoursOf } from './hours.ts';
export { bookMany, type Foreseen, foresee, freeDesks } from './jobs/allotting.ts';
export { confirm, type Decision, decide, endPending } from './jobs/answering.ts';
export { busyParts, clashesAt } from './jobs/blocking.ts';
export { type Planning, planningOf } from './jobs/board.ts';
export { type Cancelled, cancel, cancelAhead, cancelTermsOf } from './jobs/cancelling.ts';
export { freeClosed } from './jobs/closing.ts';
export {
  type FeedAsked,
  type FeedRead,
  feedsOf,
  type OpenedFeed,
  openFeed,
  readFeed,
  readOwn,
  revokeFeed,
} from './jobs/feeding.ts';
export { guestsBesideOf, guestsOf, type Invitation, invite } from './jobs/inviting.ts';
export { type MoveRequest, move } from './jobs/moving.ts';
export {
  absencesOf,
  endUsual,
  followUsuals,
  forgetAbsence,
  pauseUsual,
  setUsual,
  type UsualAsked,
  type UsualTold,
  usualsOf,
} from './jobs/regulars.ts';
export {
  dueForRelease,
  liftStrike,
  lostPlaces,
  noShowPolicyFor,
  release,
  restore,
  type StrikeTold,
  setNoShowPolicy,
  strikeOf,
  strikesAt,
} from './jobs/releasing.ts';
export { changeZone } from './jobs/rezoning.ts';
export { bookTerm, cancelTerm, type TermBooked, type TermRequest } from './jobs/terming.ts';
export { leaveQueue, promote, type WaitRequest, wait } from './jobs/waiting.ts';
export { type Withdrawn, type WithdrawRequest, withdraw } from './jobs/withdrawing.ts';
export type { NoShowPolicy, Strike } from './no-show.ts';
export type { Offer } from './offer.ts';
export { shortName } from './planning.ts';
export type { Policy } from './policy.ts';
export { mayHost } from './rules.ts';
export type { Away, Rhythm, SeriesBooked, SeriesRequest } from './series.ts';
export type { Feed } from './store/feed.ts';
export { countByKind, type KindTaken } from './store/occupancy.ts';
export type { Absence, Usual } from './usual.ts';
export { partNames, whenOf } from './words.ts';
export type { Wait };

/** Books for oneself, or for someone whom the actor receives in that space. */
export async function book(
  work: Work,
  actor: Actor,
  request: BookingRequest & { readonly personId?: Id<'per'> | undefined; readonly hold?: boolean | undefined },
): Promise<Outcome<Booking>> {
  const personId = request.personId ?? actor.personId;
  let byHost = false;
  // A worker who books for themselves is spared the question: most bookings are theirs.
  if (personId !== actor.personId || actor.memberships.some(one => one.role !== 'worker')) {
    const [space] = await spacesByIds(work, [request.spaceId]);
    if (!space) return refuse(words.unknownSpace);
    if (!mayActFor(actor, personId, space)) return refuse(words.notForThem);
    byHost = mayHost(actor, space);
  }
  return (await bookMany(work, [{ ...request, personId, byHost, bookedBy: actor.personId }]))[0]!;
}

/** When something is booked: a part of the day, or hours that meet it. */
export interface When {
  readonly part: DayPart;
  readonly hours: WallHours | null;
}

export const byTheHour = (hours: WallHours): Outcome<When> =>
  areWhole(hours) ? accept({ part: partOf(hours), hours }) : refuse(placeWords.oddHours);

/** What `book` would give, and at what price; nothing is written and nothing is held. */
export async function offerFor(work: Work, asked: Asked): Promise<Outcome<Offer>> {
  const [known, payers] = await Promise.all([read(work, [asked]), payersOf(work, [asked])]);
  const [judgement] = allot([asked], known, work.now);
  if (!judgement!.ok) return (await refusedWith(work, [{ asked, judgement: judgement! }]))[0]!;
  return offersFor([{ ...judgement!.place, asked }], { known, payers })[0]!;
}

/** Why `book` would grant or refuse: each rule in its order, and what it said; nothing is written. */
export async function explain(
  work: Work,
  actor: Actor,
  request: BookingRequest & { readonly personId?: Id<'per'> | undefined; readonly guest?: boolean },
): Promise<Outcome<readonly Step[]>> {
  const personId = request.personId ?? actor.personId;
  const [space] = await spacesByIds(work, [request.spaceId]);
  if (!space) return refuse(words.unknownSpace);
  if (!mayActFor(actor, personId, space)) return refuse(words.notForThem);
  const guestId = request.guest ? ('gst_explained0' as const) : undefined;
  const steps = await explained(work, { ...request, personId, guestId, byHost: mayHost(actor, space) });
  return steps ? accept(steps) : refuse(words.unknownSpace);
}

/** The actor's own bookings among these. */
export const bookingsById = async (work: Work, actor: Actor, ids: readonly string[]): Promise<readonly Booking[]> =>
  (await store.selectByIds(work, ids)).filter(one => one.personId === actor.personId);

/**
 * Books the same part of many days for oneself, or for someone whom the actor receives. Days that clash are skipped, each with its
 * reason, or refuse the whole list.
 */
export async function bookSeries(work: Work, actor: Actor, request: SeriesRequest): Promise<Outcome<SeriesBooked>> {
  const { rhythm, skipClashes, personId = actor.personId, ...asked } = request;
  const [space] = await spacesByIds(work, [request.spaceId]);
  if (!space) return refuse(words.unknownSpace);
  if (!mayActFor(actor, personId, space)) return refuse(words.notForThem);
  const days = daysOf(rhythm, localDay(work.now, space.zone));
  if (!days.ok) return days;
  const by = { personId, byHost: mayHost(actor, space), bookedBy: actor.personId };
  // Nobody learns of anyone else's calendar, a host who books for them included.
  const busy =
    personId === actor.personId
      ? await busyDays(work, { personId, spaceId: space.spaceId, days: days.value, part: request.part })
      : new Set<Day>();
  const free = days.value.filter(day => !busy.has(day));
  const made = await bookMany(
    work,
    free.map(day => ({ ...asked, day, ...by })),
  );
  const outcomes = days.value.map(day =>
    busy.has(day) ? refuse(calendarWords.busyElsewhere(day, request.part)) : made[free.indexOf(day)]!,
  );
  return seriesOf(days.value, outcomes, skipClashes);
}

/**
 * Cancels what one had booked between two days, both included: "I am away". What can no longer be cancelled stays, and says why;
 * usual days are not booked meanwhile.
 */
export async function cancelBetween(
  work: Work,
  actor: Actor,
  { from, until }: { readonly from: Day; readonly until: Day },
): Promise<Outcome<Away>> {
  if (until < from) return refuse(words.endsBeforeItBegins);
  await insertAbsence(work, { personId: actor.personId, awayId: work.newId('awy'), from, until });
  const ahead = await store.selectOfPerson(work, { personId: actor.personId, from, to: until });
  const outcomes = await cancelMany(
    work,
    actor,
    ahead.map(one => one.bookingId),
  );
  return accept(awayOf(ahead, outcomes));
}

/** One booking, if the actor holds it or receives its holder. */
export async function bookingFor(work: Work, actor: Actor, bookingId: string): Promise<Outcome<Booking>> {
  const [booking] = await store.selectByIds(work, [bookingId]);
  if (!booking) return refuse(words.unknownBooking);
  const [space] = await spacesByIds(work, [booking.spaceId]);
  return space && mayActFor(actor, booking.personId, space) ? accept(booking) : refuse(words.notYours);
}

/**
 * Cancels what someone had still to come, and parts the past from them, money included: each desk was taken and paid, by
 * nobody that can be told.
 */
export async function forgetPerson(work: Work, personId: Id<'per'>): Promise<void> {
  await cancelAhead(work, personId);
  await forgetPasses(work, personId);
  const { usuals, absences } = await forgetUsuals(work, personId);
  await recordDestruction(work, {
    guest: await forgetGuests(work, personId),
    usual_day: usuals,
    absence: absences,
    calendar_feed: await forgetFeeds(work, personId),
    booking_wait: await forgetWaits(work, personId),
    strike: await deleteStrikes(work, { personId }),
    booking_person: await store.sever(work, personId),
    charge_person: await forgetPayer(work, personId),
  });
}

/** What someone waits for, with how many asked before them. */
export const waitsOf = (work: Work, actor: Actor) => selectWaitsOf(work, actor.personId);

/** What a booking was moved to, if it was. */
export const movedTo = store.selectMovedTo;

/** Someone's live bookings, by day then hour; both days included. */
export const bookingsOf = store.selectOfPerson;

/** What someone holds for themself: a guest's place says nothing of anyone's presence. */
const confirmed = (bookings: readonly Booking[]): readonly Booking[] =>
  bookings.filter(one => one.status === 'confirmed' && one.guestId === null);

/** Nobody is expected at a locker. */
const seated = (bookings: readonly Booking[]): readonly Booking[] => confirmed(bookings).filter(isSeat);

/** Someone's confirmed bookings of places to sit: a desk that is only kept, or asked for, is not theirs to sit at. */
export const confirmedOf = async (...asked: Parameters<typeof store.selectOfPerson>): Promise<readonly Booking[]> =>
  seated(await store.selectOfPerson(...asked));

interface OnDays {
  readonly days: readonly Day[];
  readonly spaceIds?: readonly Id<'spc'>[] | 'all';
}

/** Everyone's confirmed bookings of some days, in some spaces or in all, of places to sit: what presence is corroborated with. */
export const bookingsOnDays = async (work: Work, { days, spaceIds = 'all' }: OnDays): Promise<readonly Booking[]> =>
  seated(await store.selectOn(work, { days, spaceIds }));

/** Everyone's confirmed bookings of some days, of every kind of place: whoever has a locker or a parking place comes in too. */
export const grantedOnDays = async (work: Work, { days, spaceIds = 'all' }: OnDays): Promise<readonly Booking[]> =>
  confirmed(await store.selectOn(work, { days, spaceIds }));

/** Some bookings, cancelled ones too, whoever holds them: for imports, and for verbs that have looked at rights. */
export const lookUp = store.selectByIds;

/** Everything that holds a place on some days, pending or confirmed. */
export const standingOn = store.selectOn;

/** The same of one day. */
export const bookingsOn = (
  work: Work,
  { day, spaceIds = 'all' }: { readonly day: Day; readonly spaceIds?: readonly Id<'spc'>[] | 'all' },
): Promise<readonly Booking[]> => bookingsOnDays(work, { days: [day], spaceIds });

/** Confirmed bookings of a space, from a day on. */
export const bookingsAhead = async (
  work: Work,
  { spaceId, from }: { readonly spaceId: Id<'spc'>; readonly from: Day },
): Promise<readonly Booking[]> => confirmed(await store.selectInSpace(work, { spaceId, from, to: '9999-12-31' }));

/** The bookings of these ids, whoever holds them: for rooms above that have looked already. */
export const bookingsNamed = store.selectByIds;

/** How a space lets people book and cancel on a day. */
export const policyFor = async (
  work: Work,
  { spaceId, day }: { readonly spaceId: Id<'spc'>; readonly day: Day },
): Promise<Policy> => policyOn(await store.selectPolicies(work, [spaceId]), spaceId, day);

/** Sets how a space lets people book and cancel, from a day on, today at the earliest. */
export async function setPolicy(
  work: Work,
  actor: Actor,
  change: Policy & { readonly spaceId: Id<'spc'>; readonly from: Day },
): Promise<Outcome<DatedPolicy>> {
  const [space] = await spacesByIds(work, [change.spaceId]);
  if (!space) return refuse(words.unknownSpace);
  if (!mayManage(actor, space)) return refuse(policyWords.notManager);
  const why = policyRefusal(change, localDay(work.now, space.zone));
  if (why) return refuse(why);
  const { spaceId: scope, from: validFrom, ...policy } = change;
  await store.upsertPolicy(work, { scope, validFrom, ...policy }, actor.personId);
  return accept({ scope, validFrom, ...policy });
}

/** The spaces of some bookings, by id: for pages and documents. */
export const spacesOfBookings = async (work: Work, bookings: readonly Booking[]): Promise<ReadonlyMap<Id, Space>> =>
  new Map((await spacesByIds(work, unique(bookings.map(b => b.spaceId)))).map(s => [s.spaceId as Id, s]));
