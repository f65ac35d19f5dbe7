import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import { isPurpose, type Purpose } from './ending.ts';
import type { Units } from './range.ts';
import { words } from './words.ts';

/** What the contract says, as the State's register asks for it. Prices are never public. */
export interface Terms {
  /** Reference of the private contract. */
  readonly contract: string;
  readonly signedOn: Day;
  readonly purpose: Purpose;
  /** Sale price of one unit, and what of it reaches the project holder. */
  readonly price_eur_cents: bigint;
  readonly project_holder_eur_cents: bigint;
  /** Who bears a shortfall of units paid before verification; null when they are paid after it. */
  readonly shortfallBearer: 'buyer' | 'project_holder' | null;
  /** The buyer is not named on the public site. */
  readonly anonymous: boolean;
}

/** Ten million euros a unit: beyond lies a slip of the finger. */
const highestPrice_eur_cents = 1_000_000_000n;

const isPrice = (cents: bigint): boolean => cents >= 0n && cents <= highestPrice_eur_cents;

/** May units change hands on these terms? */
export function termsRefusal(terms: Terms, today: Day): Refusal | null {
  if (terms.contract.trim() === '') return words.contractMissing;
  if (terms.signedOn > today) return words.notSignedYet;
  if (!isPurpose(terms.purpose)) return words.useMissing('purpose');
  if (!isPrice(terms.price_eur_cents)) return words.wrongPrice('price_eur_cents');
  return isPrice(terms.project_holder_eur_cents) ? null : words.wrongPrice('project_holder_eur_cents');
}

/** An organisation of the network, or someone from outside. */
export type Buyer = { readonly organisationId: Id<'org'> } | { readonly name: string };

export interface TransferAsked extends Units, Terms {
  readonly to: Buyer;
}
