import type { NewCharge } from '../billing/billing.ts';
import { type Ask, amountDue, type Payer } from '../employers/employers.ts';
import { both } from '../kernel/bilingual.ts';
import { accept, type Outcome } from '../kernel/outcome.ts';
import { type Instant, isBefore } from '../kernel/time.ts';
import type { Planned } from '../passes/passes.ts';
import { kinds, type Priced, type Tariff } from '../spaces/spaces.ts';
import { type Asked, type Booking, type BookingId, firstOf, halvesOf, isHalfDays } from './claim.ts';
import { hoursPrice_eur_cents } from './hours.ts';
import type { Place } from './rules.ts';
import { whenOf } from './words.ts';

export interface AskedPlace extends Place {
  readonly asked: Asked;
}

/** The place someone would get, at what price, paid by whom. */
export interface Offer extends AskedPlace {
  readonly payer: Payer;
  /** What is left to pay. */
  readonly price_eur_cents: bigint;
  /** What passes pay, and what is taken of each. */
  readonly covered_eur_cents: bigint;
  readonly plan: readonly Planned[];
}

/** A booking on its way to the table. */
export interface NewBooking extends Omit<Booking, 'bookedAt' | 'cancelledAt'> {
  readonly bookedBy: Booking['personId'];
}

const halfDaysOf = ({ part }: Pick<Asked, 'part'>): 1 | 2 => (halvesOf(part).length === 2 ? 2 : 1);

export const askOf = (asked: Pick<Asked, 'personId' | 'day' | 'part' | 'spaceId'>): Ask => ({
  personId: asked.personId,
  day: asked.day,
  halves: halfDaysOf(asked),
  spaceId: asked.spaceId,
});

export const pricedOf = ({ asked, resource }: AskedPlace): Priced => ({
  spaceId: asked.spaceId,
  kind: resource.kind,
  part: asked.hours ? 'hour' : asked.part === 'day' ? 'day' : 'half_day',
  day: asked.day,
});

/** What nobody sits at for half a day is no desk-day of an employer's: whoever books it pays. */
export const isSubscribed = ({ asked, resource }: AskedPlace): boolean =>
  isHalfDays({ kind: resource.kind, hours: asked.hours ?? null });
/** Whoever invites pays for their guest: no employer does. */
export const selfPaid: Outcome<Payer> = accept({ kind: 'self' });

const uncovered = { covered_eur_cents: 0n, plan: [] } as const;

/** Price and payer of a place. A price agreed with the employer needs no tariff; any other does. */
export function offerOf(place: AskedPlace, payer: Outcome<Payer>, tariff: Outcome<Tariff>): Outcome<Offer> {
  if (!payer.ok) return payer;
  const { value } = payer;
  if (value.kind === 'employer' && value.price.kind === 'agreed') {
    return accept({ ...place, ...uncovered, payer: value, price_eur_cents: amountDue(value.price, 0n) });
  }
  const { term, hours } = place.asked;
  if (term) return accept({ ...place, ...uncovered, payer: value, price_eur_cents: term.price_eur_cents });
  if (!tariff.ok) return tariff;
  const { amount_eur_cents } = tariff.value;
  const price_eur_cents = hours ? hoursPrice_eur_cents(amount_eur_cents, place.during) : amount_eur_cents;
  return accept({ ...place, ...uncovered, payer: value, price_eur_cents });
}

/** How long a place is kept for someone to confirm. */
export const hold_minutes = 10;

/** Whether a new booking stands, waits for its holder or waits for an answer, and until when. */
function pendingOf({ asked, policy, during }: Offer, now: Instant): Pick<Booking, 'status' | 'heldUntil'> {
  if (policy.approval === 'required' && !asked.byHost) {
    // A request for a time that has begun is answered on the spot, or not at all.
    const soon = now.add({ minutes: hold_minutes });
    return { status: 'requested', heldUntil: isBefore(soon, during.from) ? during.from : soon };
  }
  if (asked.hold) return { status: 'held', heldUntil: now.add({ minutes: hold_minutes }) };
  return { status: 'confirmed', heldUntil: null };
}

export const newBookingOf = (offer: Offer, bookingId: BookingId, now: Instant): NewBooking => {
  const { asked, resource, during, freeAgain, payer, price_eur_cents, covered_eur_cents } = offer;
  return {
    bookingId,
    spaceId: asked.spaceId,
    resourceId: resource.resourceId,
    kind: resource.kind,
    personId: asked.personId,
    day: asked.day,
    part: asked.part,
    hours: asked.hours ?? null,
    during,
    freeAgain,
    price_eur_cents,
    covered_eur_cents,
    payerKind: payer.kind === 'employer' ? 'employer' : 'person',
    payerId: payer.kind === 'employer' ? payer.employerId : asked.personId,
    contractId: payer.kind === 'employer' ? payer.subscriptionId : null,
    guestId: asked.guestId ?? null,
    bookedBy: asked.bookedBy ?? asked.personId,
    continues: asked.movedFrom === undefined ? null : firstOf(asked.movedFrom),
    moves: asked.movedFrom === undefined ? 0 : asked.movedFrom.moves + 1,
    amended: asked.movedFrom?.amended ?? 0,
    termId: asked.term?.termId ?? null,
    ...pendingOf(offer, now),
  };
};

/** A booking as it stands once written. */
export const bookedOf = ({ bookedBy: _, ...booking }: NewBooking, now: Instant): Booking => ({
  ...booking,
  bookedAt: now,
  cancelledAt: null,
});

type Charged = Pick<
  Booking,
  | 'bookingId'
  | 'payerId'
  | 'contractId'
  | 'spaceId'
  | 'personId'
  | 'kind'
  | 'day'
  | 'part'
  | 'hours'
  | 'price_eur_cents'
  | 'guestId'
>;

/** The line that the payer will see on the month's statement. */
export const chargeOf = (booking: Charged, space: Pick<Place['space'], 'managerId' | 'name'>): NewCharge => ({
  reference: booking.bookingId,
  payerId: booking.payerId,
  payeeId: space.managerId,
  contractId: booking.contractId,
  spaceId: booking.spaceId,
  personId: booking.personId,
  day: booking.day,
  half_days: booking.guestId === null && isHalfDays(booking) ? halfDaysOf(booking) : 0,
  amount_eur_cents: booking.price_eur_cents,
  label: both(lang => `${kinds[booking.kind][lang]}, ${space.name}, ${whenOf(booking, lang)}`),
});
