import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { type Day, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import {
  kinds,
  offeredOn,
  openIntervals,
  type Resource,
  type Space,
  spacesByIds,
  tariffFor,
  termKinds,
} from '../../spaces/spaces.ts';
import { allot, type Known } from '../allotment.ts';
import type { Asked, BookableKind, Booking } from '../claim.ts';
import { placeWords } from '../place-words.ts';
import { cancellationAt, policyOn } from '../policy.ts';
import { mayActFor, mayHost } from '../rules.ts';
import { idsOfTerm } from '../store/place.ts';
import * as store from '../store.ts';
import { daysOfTerm, sharesOf, type TermUnit, wholeOf } from '../terms.ts';
import { words } from '../words.ts';
import { bookMany, read, refusedWith } from './allotting.ts';
import { type Cancelled, giveBack, guestsLeft } from './cancelling.ts';

// A week or a month of one place, booked in one act and given back in one.

export interface TermRequest {
  readonly spaceId: Id<'spc'>;
  readonly kind: BookableKind;
  readonly unit: TermUnit;
  /** Any day of the week or month. */
  readonly day: Day;
  readonly resourceId?: Id<'res'> | undefined;
  readonly personId?: Id<'per'> | undefined;
}

export interface TermBooked {
  readonly termId: Id<'trm'>;
  /** One a day that the space opens, in order. */
  readonly bookings: readonly Booking[];
}

/** One request a day of the term, each with its share of the price. */
async function requestsFor(
  work: Work,
  actor: Actor,
  space: Space,
  asked: TermRequest,
): Promise<Outcome<readonly Asked[]>> {
  const { spaceId, kind, unit, personId = actor.personId } = asked;
  const days = daysOfTerm(unit, asked.day);
  const openDays = await openIntervals(work, { spaceIds: [spaceId], days });
  const open = openDays.flatMap(one => {
    const part = wholeOf(one);
    return part === null ? [] : [{ day: one.day, part }];
  });
  if (open.length === 0) return refuse(placeWords.nothingOpenInTerm);
  const first = open[0]!.day;
  if (first < localDay(work.now, space.zone)) return refuse(placeWords.termBegun(first));
  const tariff = await tariffFor(work, { spaceId, kind, part: unit, day: first });
  if (!tariff.ok) return tariff;
  const shares = sharesOf(tariff.value.amount_eur_cents, open.length);
  const termId = work.newId('trm');
  const by = { spaceId, kind, personId, bookedBy: actor.personId, byHost: mayHost(actor, space) };
  return accept(open.map((when, n) => ({ ...by, ...when, term: { termId, price_eur_cents: shares[n]! } })));
}

const offeredThroughout = (resources: readonly Resource[], requests: readonly Asked[]): readonly Resource[] =>
  requests.reduce((left, { day }) => offeredOn(left, day), resources);

/** A place that is free on each of the days, or the first reason why the first place is not. */
async function placeFor(
  work: Work,
  requests: readonly Asked[],
  { known, resourceId }: { readonly known: Known; readonly resourceId: Id<'res'> | undefined },
): Promise<Outcome<Resource>> {
  const { kind = 'desk', spaceId } = requests[0]!;
  const candidates = offeredThroughout(known.resources, requests).filter(
    one => one.spaceId === spaceId && one.kind === kind && (resourceId ?? one.resourceId) === one.resourceId,
  );
  let why: Refusal | null = null;
  for (const candidate of candidates) {
    const placed = requests.map(one => ({ ...one, resourceId: candidate.resourceId }));
    const judged = allot(placed, known, work.now);
    const n = judged.findIndex(one => !one.ok);
    if (n < 0) return accept(candidate);
    const judgement = judged[n]!;
    if (why !== null || judgement.ok) continue;
    const [refused] = await refusedWith(work, [{ asked: placed[n]!, judgement }]);
    if (!refused!.ok) why = refused!.refusal;
  }
  return refuse(why === null ? words.unknownDesk(kinds[kind]) : placeWords.termClashes(why));
}

/**
 * Books one place each open day of a week or a month: all of them or none, at the price of the whole, shared to the cent. Under the
 * same rules and constraints as days booked one by one.
 */
export async function bookTerm(work: Work, actor: Actor, asked: TermRequest): Promise<Outcome<TermBooked>> {
  const [space] = await spacesByIds(work, [asked.spaceId]);
  if (!space) return refuse(words.unknownSpace);
  if (!mayActFor(actor, asked.personId ?? actor.personId, space)) return refuse(words.notForThem);
  if (!termKinds.includes(asked.kind)) return refuse(placeWords.notByTheTerm(kinds[asked.kind]));
  const requests = await requestsFor(work, actor, space, asked);
  if (!requests.ok) return requests;
  const known = await read(work, requests.value);
  const place = await placeFor(work, requests.value, { known, resourceId: asked.resourceId });
  if (!place.ok) return place;
  const { resourceId } = place.value;
  const outcomes = await bookMany(
    work,
    requests.value.map(one => ({ ...one, resourceId })),
  );
  const refused = outcomes.find(one => !one.ok);
  if (refused && !refused.ok) return refuse(placeWords.termClashes(refused.refusal));
  const bookings = outcomes.flatMap(one => (one.ok ? [one.value] : []));
  return accept({ termId: bookings[0]!.termId!, bookings });
}

/**
 * Gives back all that is left of a week or a month: free of charge until its first day's deadline, else its price stays due. Asked
 * again, nothing changes.
 */
export async function cancelTerm(work: Work, actor: Actor, termId: string): Promise<Outcome<readonly Cancelled[]>> {
  const bookings = (await store.lockBookings(work, await idsOfTerm(work, termId))).toSorted((a, b) =>
    a.day < b.day ? -1 : 1,
  );
  const [first] = bookings;
  const [space] = first ? await spacesByIds(work, [first.spaceId]) : [];
  if (!first || !space || !mayActFor(actor, first.personId, space)) return refuse(placeWords.unknownTerm);
  const policies = await store.selectPolicies(work, [first.spaceId]);
  const policy = policyOn(policies, first.spaceId, first.day);
  const refunded = cancellationAt(first.during.from, policy, work.now) === 'free';
  const left = bookings.filter(
    one => one.status !== 'cancelled' && cancellationAt(one.during.from, policy, work.now) !== 'too_late',
  );
  if (left.length === 0 && bookings.some(one => one.status !== 'cancelled')) return refuse(words.begun);
  const freed = left.map(booking => ({ booking, refunded }));
  const after = await giveBack(work, actor, [...freed, ...(await guestsLeft(work, freed, policies))]);
  return accept(freed.map(one => ({ ...one, booking: after.get(one.booking.bookingId) ?? one.booking })));
}
