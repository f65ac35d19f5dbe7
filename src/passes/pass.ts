import type { Id } from '../kernel/ids.ts';
import type { Day, Instant } from '../kernel/time.ts';

export type PassId = Id<'pas'>;
export type OfferId = Id<'pof'>;

/** What a unit is: half a day, a whole day, a minute, or a cent. */
export const passKinds = ['half_days', 'days', 'minutes', 'cents'] as const;
export type PassKind = (typeof passKinds)[number];

/** What is sold ahead. */
export interface PassOffer {
  readonly offerId: OfferId;
  readonly managerId: Id<'org'>;
  /** The only space that takes it; null: all those of its manager. */
  readonly spaceId: Id<'spc'> | null;
  readonly name: string;
  readonly kind: PassKind;
  readonly quantity: number;
  readonly price_eur_cents: bigint;
  /** The council's decision that sets the price. */
  readonly deliberation: string;
  readonly validity_days: number;
  /** Kinds of place that it pays. */
  readonly resourceKinds: readonly string[];
}

/** What someone bought, at the terms of that day. */
export interface Pass {
  readonly passId: PassId;
  readonly offerId: OfferId;
  readonly name: string;
  /** Null once its holder is erased. */
  readonly personId: Id<'per'> | null;
  readonly managerId: Id<'org'>;
  readonly spaceId: Id<'spc'> | null;
  readonly soldIn: Id<'spc'>;
  readonly kind: PassKind;
  readonly resourceKinds: readonly string[];
  readonly quantity: number;
  readonly price_eur_cents: bigint;
  readonly validFrom: Day;
  /** The last day that it pays. */
  readonly validUntil: Day;
  /** Units left. */
  readonly balance: number;
  readonly soldAt: Instant;
  /** Sold by mistake, and paid back. */
  readonly takenBackAt: Instant | null;
}

/** Units of a pass that a booking took, and what they saved; turned, they were given back. */
export interface Draw {
  readonly passId: PassId;
  readonly bookingId: Id<'bkg'>;
  readonly day: Day;
  readonly quantity: number;
  readonly saved_eur_cents: bigint;
  readonly at: Instant;
}
