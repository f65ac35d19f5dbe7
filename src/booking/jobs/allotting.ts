import { chargeMany } from '../../billing/billing.ts';
import { type Payer, payersAmong } from '../../employers/employers.ts';
import { groupBy, unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, BrokenInvariant, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, type Day, daysFrom } from '../../kernel/time.ts';
import { draw, type Pass, usablePasses } from '../../passes/passes.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import { countOfKind, factsOf, openDaysOf, openIntervals, priceAmong, spacesByIds } from '../../spaces/spaces.ts';
import { allot, type Known } from '../allotment.ts';
import { type FreeDesks, freeDesksOf, nextFree } from '../availability.ts';
import { type Asked, type BookableKind, type Booking, isExpired } from '../claim.ts';
import { coveredBy } from '../covering.ts';
import { sameHours } from '../hours.ts';
import {
  type AskedPlace,
  askOf,
  bookedOf,
  chargeOf,
  isSubscribed,
  newBookingOf,
  type Offer,
  offerOf,
  pricedOf,
  selfPaid,
} from '../offer.ts';
import type { Judgement } from '../rules.ts';
import { selectStruck } from '../store/no-show.ts';
import * as store from '../store.ts';
import { words } from '../words.ts';
import { expire } from './drawing.ts';

// Requests become bookings: read, judged, priced, written, and those that a rival was quicker than, again.

/** Half-days ahead that are looked through for the next best thing. */
export const alternativesWithin_days = 14;

export async function read(work: Work, requests: readonly Asked[]): Promise<Known> {
  const spaceIds = unique(requests.map(r => r.spaceId));
  const days = unique(requests.map(r => r.day));
  const personIds = unique(requests.map(r => r.personId));
  const [bookings, facts, policies, struck] = await Promise.all([
    store.selectAround(work, { spaceIds, days, personIds }),
    factsOf(work, spaceIds),
    store.selectPolicies(work, spaceIds),
    selectStruck(work, { spaceIds, personIds }),
  ]);
  // A refusal names the space where someone is already booked.
  const elsewhere = unique(bookings.map(b => b.spaceId)).filter(id => !spaceIds.includes(id));
  const others = elsewhere.length === 0 ? [] : await spacesByIds(work, elsewhere);
  return {
    spaces: [...facts.map(one => one.space), ...others],
    resources: facts.flatMap(one => one.resources),
    openDays: openDaysOf(facts, days),
    tariffs: facts.flatMap(one => one.tariffs),
    policies,
    bookings,
    struck,
  };
}

/** Says who pays some of the places asked for, and with what. */
export interface Payers {
  readonly of: (places: readonly AskedPlace[]) => readonly Outcome<Payer>[];
  /** What the people asked about have left of their passes. */
  readonly passes: readonly Pass[];
}

const isOwn = ({ guestId }: Asked): boolean => guestId === undefined;

/**
 * Who pays these requests, or some of them: read beside the rest, whether or not there is a place for each. With `lock` the passes are
 * held, to be drawn.
 */
export async function payersOf(work: Work, requests: readonly Asked[], lock = false): Promise<Payers> {
  const personIds = unique(requests.map(r => r.personId));
  const [from] = requests.map(r => r.day).toSorted();
  const [payers, passes] = await Promise.all([
    payersAmong(work, requests.filter(isOwn).map(askOf)),
    usablePasses(work, { personIds, from: from!, lock }),
  ]);
  const of: Payers['of'] = places => {
    const own = places.filter(place => isOwn(place.asked) && isSubscribed(place));
    const paid = payers(own.map(place => askOf(place.asked)));
    const byPlace = new Map(own.map((place, i) => [place, paid[i]!]));
    return places.map(place => byPlace.get(place) ?? selfPaid);
  };
  return { of, passes };
}

/**
 * Prices and payers of places, in order, less what people's passes pay; the payer's refusal, or the missing tariff's, where there is
 * one.
 */
export function offersFor(
  places: readonly AskedPlace[],
  { known, payers }: { readonly known: Known; readonly payers: Payers },
): readonly Outcome<Offer>[] {
  const paid = payers.of(places);
  const offers = places.map((place, i) => offerOf(place, paid[i]!, priceAmong(known.tariffs, pricedOf(place))));
  return coveredBy(offers, payers.passes);
}

/** Announces bookings, those of each space together. */
export async function announceBookings(
  work: Work,
  event: 'booking.requested' | 'booking.promoted',
  bookings: readonly { readonly bookingId: string; readonly spaceId: string }[],
): Promise<void> {
  for (const [space_id, ofSpace] of groupBy(bookings, one => one.spaceId))
    await announce(work, { event, payload: { space_id, booking_ids: ofSpace.map(one => one.bookingId) } });
}

/** Writes offers with their charges; null for one that a rival took first. */
async function take(work: Work, offers: readonly Offer[]): Promise<readonly (Booking | null)[]> {
  if (offers.length === 0) return [];
  const news = offers.map(offer => newBookingOf(offer, offer.asked.bookingId ?? work.newId('bkg'), work.now));
  const written = new Set(await store.insertBookings(work, news));
  const requested = news.filter(b => written.has(b.bookingId) && b.status === 'requested');
  const charges = news.flatMap((b, i) =>
    written.has(b.bookingId) && b.heldUntil === null ? [chargeOf(b, offers[i]!.space)] : [],
  );
  const drawn = news.flatMap(({ bookingId, day }, i) => {
    const { plan } = offers[i]!;
    return written.has(bookingId) && plan.length > 0 ? [{ bookingId, day, plan }] : [];
  });
  const [charged] = await Promise.all([
    chargeMany(work, charges),
    announceBookings(work, 'booking.requested', requested),
    drawn.length > 0 && draw(work, drawn),
  ]);
  if (!charged.ok) throw new BrokenInvariant(`a new booking was already charged: ${charged.refusal.code}`);
  return news.map(b => (written.has(b.bookingId) ? bookedOf(b, work.now) : null));
}

/** Where people have a share of the week, or of guests, each of theirs is counted after the others that they ask for at the same moment. */
async function readForQuotas(work: Work, requests: readonly Asked[]): Promise<Known> {
  const known = await read(work, requests);
  const guests = requests.some(r => r.guestId !== undefined);
  if (!guests && known.policies.every(policy => policy.half_days_a_week === null)) return known;
  await store.lockPeople(work, unique(requests.map(r => r.personId)));
  return read(work, requests);
}

interface Refused {
  readonly asked: Asked;
  readonly judgement: Judgement & { readonly ok: false };
}

const daysAfter = (day: Day): readonly Day[] => daysFrom(day, alternativesWithin_days);

/** Refusals in words, with the next free half-days of each space: read for refusals only, once a kind of place. */
export async function refusedWith(work: Work, refused: readonly Refused[]): Promise<readonly Outcome<never>[]> {
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
  const when =
    booking.day === asked.day && booking.part === asked.part && sameHours(booking.hours, asked.hours ?? null);
  const same = booking.personId === asked.personId && when;
  const seat = booking.spaceId === asked.spaceId && booking.guestId === (asked.guestId ?? null);
  return same && seat ? accept(booking) : refuse(words.idReused);
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
  const [known, first] = await Promise.all([readForQuotas(work, asked), payersOf(work, asked, true)]);
  // The same request, under the same id, may have been written meanwhile: it is no rival of its own, and the next round knows it.
  const standing = new Set(known.bookings.map(booking => booking.bookingId));
  if (asked.some(({ bookingId }) => bookingId && standing.has(bookingId))) return { settled: [], again: open };
  // What nobody confirmed in time still stands in the table: it must go before its desk is given.
  const over = known.bookings.filter(booking => isExpired(booking, work.now)).map(booking => booking.bookingId);
  if (over.length > 0) await expire(work, over);
  const judged = allot(asked, known, work.now);
  const fit = judged.flatMap((j, i) => (j.ok ? [{ ...j.place, asked: asked[i]!, index: open[i]! }] : []));
  // Units that came back with what was over pay again.
  const back = known.bookings.some(one => one.covered_eur_cents > 0n && over.includes(one.bookingId));
  const payers = back ? await payersOf(work, asked, true) : first;
  const offers = offersFor(fit, { known, payers });
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
  for (const index of open) outcomes[index] = refuse(words.full(requests[index]!, []));
  return outcomes.map(outcome => outcome!);
}

/** What a request would give: the booking that stands under its id already, or the offer that it would become. */
export type Foreseen = { readonly booking: Booking } | { readonly offer: Offer };

/**
 * What `bookMany` would answer, in the same order, without writing or holding anything: whoever books meanwhile changes it. A request
 * twice in the list is judged twice.
 */
export async function foresee(work: Work, requests: readonly Asked[]): Promise<readonly Outcome<Foreseen>[]> {
  if (requests.length === 0) return [];
  // Read before it is asked what stands: what is written in between is then known as what it is.
  const [first, payers] = await Promise.all([read(work, requests), payersOf(work, requests)]);
  let known = first;
  const settled: Outcomes = requests.map(() => undefined);
  let open = await settleKnown(work, { requests, open: requests.map((_, i) => i), outcomes: settled });
  const outcomes: (Outcome<Foreseen> | undefined)[] = settled.map(one =>
    one?.ok ? accept({ booking: one.value }) : one,
  );
  while (open.length > 0) {
    const asked = open.map(index => requests[index]!);
    const judged = allot(asked, known, work.now);
    const fit = judged.flatMap((j, i) => (j.ok ? [{ ...j.place, asked: asked[i]!, index: open[i]! }] : []));
    const offers = offersFor(fit, { known, payers });
    for (const [i, offer] of offers.entries()) {
      outcomes[fit[i]!.index] = offer.ok ? accept({ offer: offer.value }) : offer;
    }
    const refused = judged.flatMap((judgement, i) =>
      judgement.ok ? [] : [{ judgement, asked: asked[i]!, index: open[i]! }],
    );
    if (offers.every(offer => offer.ok)) {
      for (const [i, outcome] of (await refusedWith(work, refused)).entries()) outcomes[refused[i]!.index] = outcome;
      break;
    }
    // A place counted for someone who cannot pay may have been refused to another of the same list: as in `playRound`, those who
    // were refused are judged again, after all that would be written by then.
    const held = offers.flatMap(offer => (offer.ok ? [heldFor(offer.value, work)] : []));
    known = { ...known, bookings: [...known.bookings, ...held] };
    open = refused.map(({ index }) => index);
  }
  return outcomes.map(one => one!);
}

/** What an offer would hold; its id tells it from no other. */
const heldFor = (offer: Offer, { now }: Work): Booking =>
  bookedOf(newBookingOf(offer, offer.asked.bookingId ?? 'bkg_foreseen', now), now);

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
  const [openDays, total, taken] = await Promise.all([
    openIntervals(work, { spaceIds, days }),
    countOfKind(work, { spaceIds, kind }),
    store.countTaken(work, { spaceIds, days, kind }),
  ]);
  return freeDesksOf(openDays, { total, taken, now: work.now });
}
