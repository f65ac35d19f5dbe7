import { chargeMany, forgetPerson as forgetPayer, reverse } from '../billing/billing.ts';
import { payersFor } from '../employers/employers.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, BrokenInvariant, type Outcome, refuse } from '../kernel/outcome.ts';
import { addDays, type Day, isBefore, localDay } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import type { Work } from '../platform/database.ts';
import { recordDestruction } from '../platform/destruction.ts';
import { announce } from '../platform/outbox.ts';
import {
  mayManage,
  openIntervals,
  type Resource,
  resourcesOf,
  type Space,
  spacesByIds,
  tariffsFor,
} from '../spaces/spaces.ts';
import { allot, type Known } from './allotment.ts';
import { type FreeDesks, freeDesksOf, nextFree } from './availability.ts';
import type { Asked, BookableKind, Booking, BookingRequest } from './claim.ts';
import { type AskedPlace, askOf, bookedOf, chargeOf, newBookingOf, type Offer, offerOf, pricedOf } from './offer.ts';
import { cancellationAt, type DatedPolicy, freeUntil, type Policy, policyOn } from './policy.ts';
import { type Judgement, mayActFor, policyRefusal } from './rules.ts';
import * as store from './store.ts';
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
export type { Offer } from './offer.ts';
export type { Policy } from './policy.ts';
export { mayHost } from './rules.ts';
export { partNames, whenText } from './words.ts';

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

/** Half-days ahead that are looked through for the next best thing. */
const alternativesWithin_days = 14;

async function read(work: Work, requests: readonly Asked[]): Promise<Known> {
  const spaceIds = unique(requests.map(r => r.spaceId));
  const days = unique(requests.map(r => r.day));
  const bookings = await store.selectAround(work, { spaceIds, days, personIds: unique(requests.map(r => r.personId)) });
  // A refusal names the space where someone is already booked.
  const spaces = await spacesByIds(work, unique([...spaceIds, ...bookings.map(b => b.spaceId)]));
  const resources = await resourcesOf(work, spaceIds);
  const openDays = await openIntervals(work, { spaceIds, days });
  const policies = await store.selectPolicies(work, spaceIds);
  return { spaces, resources, openDays, policies, bookings };
}

/** Prices and payers of places, in order; the payer's refusal, or the missing tariff's, where there is one. */
async function offersFor(work: Work, places: readonly AskedPlace[]): Promise<readonly Outcome<Offer>[]> {
  const payers = await payersFor(
    work,
    places.map(p => askOf(p.asked)),
  );
  const tariffs = await tariffsFor(work, places.map(pricedOf));
  return places.map((place, i) => offerOf(place, payers[i]!, tariffs[i]!));
}

/** Writes offers with their charges; null for one that a rival took first. */
async function take(work: Work, offers: readonly Offer[]): Promise<readonly (Booking | null)[]> {
  if (offers.length === 0) return [];
  const news = offers.map(offer => newBookingOf(offer, offer.asked.bookingId ?? work.newId('bkg')));
  const written = new Set(await store.insertBookings(work, news));
  const charges = news.flatMap((b, i) => (written.has(b.bookingId) ? [chargeOf(b, offers[i]!)] : []));
  const charged = await chargeMany(work, charges);
  if (!charged.ok) throw new BrokenInvariant(`a new booking was already charged: ${charged.refusal.code}`);
  return news.map(b => (written.has(b.bookingId) ? bookedOf(b, work.now) : null));
}

interface Refused {
  readonly asked: Asked;
  readonly judgement: Judgement & { readonly ok: false };
}

const daysAfter = (day: Day): readonly Day[] =>
  Array.from({ length: alternativesWithin_days }, (_, n) => addDays(day, n));

/** Refusals in words, with the next free half-days of each space: read for refusals only, once a kind of place. */
async function refusedWith(work: Work, refused: readonly Refused[]): Promise<readonly Outcome<never>[]> {
  const lines = new Map<BookableKind, readonly FreeDesks[]>();
  for (const kind of unique(refused.map(({ asked }) => asked.kind ?? 'desk'))) {
    const asks = refused.filter(({ asked }) => (asked.kind ?? 'desk') === kind).map(({ asked }) => asked);
    const [spaceIds, days] = [unique(asks.map(a => a.spaceId)), unique(asks.flatMap(a => daysAfter(a.day)))];
    lines.set(kind, await freeDesks(work, { spaceIds, days, kind }));
  }
  return refused.map(({ asked, judgement }) => {
    const [first, last] = [asked.day, addDays(asked.day, alternativesWithin_days)];
    const near = lines
      .get(asked.kind ?? 'desk')!
      .filter(line => line.spaceId === asked.spaceId && line.day >= first && line.day < last);
    return refuse(judgement.refusal(nextFree(near, 3)));
  });
}

/** What a request that was already booked under its own id gets: the first answer, or a refusal if it is another one. */
const already = (asked: Asked, booking: Booking): Outcome<Booking> => {
  const same = booking.personId === asked.personId && booking.day === asked.day && booking.part === asked.part;
  return same && booking.spaceId === asked.spaceId ? accept(booking) : refuse(words.idReused);
};

/** Rounds end when nobody lost a race; each further round has at least one rival's booking behind it. */
const mostRounds = 64;

type Outcomes = (Outcome<Booking> | undefined)[];

interface Round {
  readonly settled: readonly (readonly [index: number, outcome: Outcome<Booking>])[];
  readonly again: readonly number[];
}

/** One pass over the requests still open: what is refused or written is settled, what lost a race comes again. */
async function playRound(work: Work, requests: readonly Asked[], open: readonly number[]): Promise<Round> {
  const asked = open.map(index => requests[index]!);
  const judged = allot(asked, await read(work, asked), work.now);
  const fit = judged.flatMap((j, i) => (j.ok ? [{ ...j.place, asked: asked[i]!, index: open[i]! }] : []));
  const offers = await offersFor(work, fit);
  const takeable = offers.flatMap((offer, i) => (offer.ok ? [{ offer: offer.value, index: fit[i]!.index }] : []));
  const taken = await take(
    work,
    takeable.map(t => t.offer),
  );
  const settled: [number, Outcome<Booking>][] = takeable.flatMap(({ index }, i) => {
    const booking = taken[i];
    return booking ? [[index, accept(booking)] as [number, Outcome<Booking>]] : [];
  });
  for (const [i, offer] of offers.entries()) if (!offer.ok) settled.push([fit[i]!.index, offer]);
  const lost = takeable.filter((_, i) => taken[i] === null).map(t => t.index);
  const unpaid = offers.some(offer => !offer.ok);
  const refused = judged.flatMap((j, i) => (j.ok ? [] : [{ j, index: open[i]! }]));
  // A place kept for someone who then cannot pay, or who lost it, may have been refused to another of the same list.
  if (lost.length > 0 || (unpaid && refused.length > 0)) {
    return { settled, again: [...lost, ...refused.map(r => r.index)].toSorted((a, b) => a - b) };
  }
  const worded = await refusedWith(
    work,
    refused.map(({ j, index }) => ({ asked: requests[index]!, judgement: j })),
  );
  const last = worded.map((outcome, i) => [refused[i]!.index, outcome] as const);
  return { settled: [...settled, ...last], again: [] };
}

/** Answers the requests whose booking id already stands, and names those still open. */
async function settleKnown(
  work: Work,
  { requests, open, outcomes }: { requests: readonly Asked[]; open: readonly number[]; outcomes: Outcomes },
): Promise<readonly number[]> {
  const named = open.flatMap(index => requests[index]!.bookingId ?? []);
  if (named.length === 0) return open;
  const known = new Map((await store.selectByIds(work, named)).map(b => [b.bookingId, b]));
  for (const index of open) {
    const { bookingId } = requests[index]!;
    const before = bookingId && known.get(bookingId);
    if (before) outcomes[index] = already(requests[index]!, before);
  }
  return open.filter(index => outcomes[index] === undefined);
}

/**
 * Books a list, each request by the same rules as `book`, and answers in the same order; one refusal hinders no other.
 * Nobody's rights are looked at: for imports, and for verbs that have looked already.
 */
export async function bookMany(work: Work, requests: readonly Asked[]): Promise<readonly Outcome<Booking>[]> {
  const outcomes: Outcomes = requests.map(() => undefined);
  let open: readonly number[] = requests.map((_, i) => i);
  for (let round = 1; open.length > 0 && round <= mostRounds; round++) {
    open = await settleKnown(work, { requests, open, outcomes });
    if (open.length === 0) break;
    const { settled, again } = await playRound(work, requests, open);
    for (const [index, outcome] of settled) outcomes[index] = outcome;
    open = again;
  }
  for (const index of open) outcomes[index] = refuse(words.full(requests[index]!.day, requests[index]!.part, []));
  const booked = outcomes.flatMap(o => (o?.ok ? [o.value.bookingId] : []));
  if (booked.length > 0) await announce(work, { event: 'booking.booked', payload: { booking_ids: booked } });
  return outcomes.map(outcome => outcome!);
}

/** Books for oneself, or for someone whom the actor receives in that space. */
export async function book(
  work: Work,
  actor: Actor,
  request: BookingRequest & { readonly personId?: Id<'per'> | undefined },
): Promise<Outcome<Booking>> {
  const personId = request.personId ?? actor.personId;
  if (personId !== actor.personId) {
    const [space] = await spacesByIds(work, [request.spaceId]);
    if (!space) return refuse(words.unknownSpace);
    if (!mayActFor(actor, personId, space)) return refuse(words.notForThem);
  }
  return (await bookMany(work, [{ ...request, personId, bookedBy: actor.personId }]))[0]!;
}

/** What `book` would give, and at what price; nothing is written and nothing is held. */
export async function offerFor(work: Work, asked: Asked): Promise<Outcome<Offer>> {
  const [judgement] = allot([asked], await read(work, [asked]), work.now);
  if (!judgement!.ok) return (await refusedWith(work, [{ asked, judgement: judgement! }]))[0]!;
  return (await offersFor(work, [{ ...judgement!.place, asked }]))[0]!;
}

export interface Cancelled {
  readonly booking: Booking;
  /** False when the deadline had passed: the desk is free again, the price stays due. */
  readonly refunded: boolean;
}

/** Frees a desk. Until the deadline nothing is due; after it the space's policy decides; asked again, nothing changes. */
export async function cancel(
  work: Work,
  actor: Actor,
  { bookingId }: { readonly bookingId: string },
): Promise<Outcome<Cancelled>> {
  const booking = await store.lockBooking(work, bookingId);
  if (!booking) return refuse(words.unknownBooking);
  const [space] = await spacesByIds(work, [booking.spaceId]);
  if (!space) throw new BrokenInvariant('a booking stands in a space');
  if (!mayActFor(actor, booking.personId, space)) return refuse(words.notYours);
  const { cost, until, begun } = await cancelTermsOf(work, booking);
  if (booking.status === 'cancelled') return accept({ booking, refunded: cost === 'free' });
  if (cost === 'too_late') return refuse(begun ? words.begun : words.deadlinePassed(until, space.zone));
  const cancelled = await store.cancelBooking(work, { bookingId: booking.bookingId, cancelledBy: actor.personId });
  if (cost === 'free') {
    const reversed = await reverse(work, booking.bookingId);
    if (!reversed.ok) throw new BrokenInvariant(`a booking was never charged: ${reversed.refusal.code}`);
  }
  await announce(work, { event: 'booking.cancelled', payload: { booking_id: booking.bookingId } });
  return accept({ booking: cancelled, refunded: cost === 'free' });
}

/** What cancelling costs now, or cost when it was done; until when it is free; whether the booking has begun. */
export async function cancelTermsOf(work: Work, booking: Booking) {
  const policies = await store.selectPolicies(work, [booking.spaceId]);
  const policy = policyOn(policies, booking.spaceId, booking.day);
  const { from } = booking.during;
  const cost = cancellationAt(from, policy, booking.cancelledAt ?? work.now);
  return { cost, until: freeUntil(from, policy), begun: !isBefore(work.now, from) };
}

/** One booking, if the actor holds it or receives its holder. */
export async function bookingFor(work: Work, actor: Actor, bookingId: string): Promise<Outcome<Booking>> {
  const [booking] = await store.selectByIds(work, [bookingId]);
  if (!booking) return refuse(words.unknownBooking);
  const [space] = await spacesByIds(work, [booking.spaceId]);
  return space && mayActFor(actor, booking.personId, space) ? accept(booking) : refuse(words.notYours);
}

/** Cancels what someone who asked to be erased had still to come; what can no longer be cancelled stays, like the past. */
export async function cancelAhead(work: Work, personId: Id<'per'>): Promise<void> {
  const actor: Actor = { personId, firstName: '', memberships: [] };
  const ahead = await store.selectOfPerson(work, { personId, from: localDay(work.now, 'UTC'), to: '9999-12-31' });
  for (const { bookingId } of ahead) await cancel(work, actor, { bookingId });
}

/**
 * Cancels what someone had still to come, and parts the past from them, money included: each desk was taken and paid, by
 * nobody that can be told.
 */
export async function forgetPerson(work: Work, personId: Id<'per'>): Promise<void> {
  await cancelAhead(work, personId);
  await recordDestruction(work, {
    booking_person: await store.sever(work, personId),
    charge_person: await forgetPayer(work, personId),
  });
}

/** Someone's live bookings, by day then hour; both days included. */
export const bookingsOf = store.selectOfPerson;

/** Everyone's live bookings of some days, in some spaces or in all: what presence is corroborated with. */
export const bookingsOnDays = (
  work: Work,
  { days, spaceIds = 'all' }: { readonly days: readonly Day[]; readonly spaceIds?: readonly Id<'spc'>[] | 'all' },
): Promise<readonly Booking[]> => store.selectOn(work, { days, spaceIds });

/** Everyone's live bookings of one day. */
export const bookingsOn = (
  work: Work,
  { day, spaceIds = 'all' }: { readonly day: Day; readonly spaceIds?: readonly Id<'spc'>[] | 'all' },
): Promise<readonly Booking[]> => store.selectOn(work, { days: [day], spaceIds });

export interface Board {
  readonly resources: readonly Resource[];
  readonly bookings: readonly Booking[];
}

/** A space's day: what can be booked and who has booked it. For hosts: names are read by the room that shows them. */
export const boardOf = async (
  work: Work,
  { spaceId, day }: { readonly spaceId: Id<'spc'>; readonly day: Day },
): Promise<Board> => ({
  resources: await resourcesOf(work, [spaceId]),
  bookings: await store.selectOn(work, { days: [day], spaceIds: [spaceId] }),
});

export interface FreeDesksAsked {
  readonly spaceIds: readonly Id<'spc'>[];
  readonly days: readonly Day[];
  readonly kind?: BookableKind | undefined;
}

/** Free places by space, day and half, desks unless said otherwise: one count over the bookings, whatever the list. */
export async function freeDesks(
  work: Work,
  { spaceIds, days, kind = 'desk' }: FreeDesksAsked,
): Promise<readonly FreeDesks[]> {
  if (spaceIds.length === 0 || days.length === 0) return [];
  const openDays = await openIntervals(work, { spaceIds, days });
  const total = new Map<string, number>();
  for (const r of await resourcesOf(work, spaceIds)) {
    if (r.kind === kind) total.set(r.spaceId, (total.get(r.spaceId) ?? 0) + 1);
  }
  const taken = await store.countTaken(work, { spaceIds, days, kind });
  return freeDesksOf(openDays, { total, taken, now: work.now });
}

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
  if (!mayManage(actor, space)) return refuse(words.notManager);
  const why = policyRefusal(change, localDay(work.now, space.zone));
  if (why) return refuse(why);
  const { spaceId: scope, from: validFrom, ...policy } = change;
  await store.upsertPolicy(work, { scope, validFrom, ...policy }, actor.personId);
  return accept({ scope, validFrom, ...policy });
}

/** The spaces of some bookings, by id: for pages and documents. */
export const spacesOfBookings = async (work: Work, bookings: readonly Booking[]): Promise<ReadonlyMap<Id, Space>> =>
  new Map((await spacesByIds(work, unique(bookings.map(b => b.spaceId)))).map(s => [s.spaceId as Id, s]));
