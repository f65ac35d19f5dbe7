import type { Refusal } from '../kernel/outcome.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import { kinds, mayManage, type Space } from '../spaces/spaces.ts';
import type { PassOffer } from './pass.ts';
import { words } from './words.ts';

/** Sells passes in a space: its hosts, its managers, the operator. */
export const maySell = (actor: Actor, space: Pick<Space, 'spaceId' | 'managerId'>): boolean =>
  mayManage(actor, space) || holds(actor, 'host', space.spaceId) || holds(actor, 'host', space.managerId);

/** Whether a space sells and takes what is offered. */
export const isOfferedIn = (
  offer: Pick<PassOffer, 'spaceId' | 'managerId'>,
  space: Pick<Space, 'spaceId' | 'managerId'>,
): boolean => offer.managerId === space.managerId && (offer.spaceId === null || offer.spaceId === space.spaceId);

const within = (n: number, least: number, most: number): boolean => Number.isInteger(n) && least <= n && n <= most;

type Terms = Omit<PassOffer, 'offerId' | 'managerId' | 'spaceId'>;

const mostUnits = 1_000_000;
const most_eur_cents = 10_000_000n;

/** The first reason why something cannot be offered; null when it can. */
export function offerRefusal(terms: Terms): Refusal | null {
  if (!within(terms.name.trim().length, 1, 80)) return words.nameMissing;
  if (!within(terms.quantity, 1, mostUnits)) return words.quantityOutOfRange;
  if (terms.price_eur_cents < 0n || terms.price_eur_cents > most_eur_cents) return words.priceOutOfRange;
  if (!within(terms.deliberation.trim().length, 1, 300)) return words.deliberationMissing;
  if (!within(terms.validity_days, 1, 1_827)) return words.validityOutOfRange;
  const known = terms.resourceKinds.length > 0 && terms.resourceKinds.every(kind => kind in kinds);
  return known ? null : words.noKind;
}
