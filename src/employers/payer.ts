import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/outcome.ts';
import { type Day, type Month, monthOf, weekday } from '../kernel/time.ts';
import { words } from './words.ts';

/** What a subscription buys. */
export type Plan =
  /** Each day at the agreed prices; without prices, at the tariff voted for each space. */
  | { readonly kind: 'per_day'; readonly day_eur_cents: bigint | null; readonly half_day_eur_cents: bigint | null }
  /** So many half-days and no more, at the agreed prices, charged as they are used. */
  | {
      readonly kind: 'day_pack';
      readonly day_eur_cents: bigint;
      readonly half_day_eur_cents: bigint;
      readonly pack_half_days: number;
    }
  /** One space, at a price by the month whoever comes: its days cost nothing more. */
  | {
      readonly kind: 'monthly_desk';
      readonly month_eur_cents: bigint;
      readonly spaceId: Id<'spc'>;
      readonly payeeId: Id<'org'>;
    };

export interface Subscription {
  readonly subscriptionId: Id<'sub'>;
  readonly employerId: Id<'org'>;
  readonly plan: Plan;
  /** Half-days that one person may use in a calendar month; null for no limit. */
  readonly cap_half_days: number | null;
  /** First day inside, and first day outside (null when open). */
  readonly from: Day;
  readonly until: Day | null;
}

export type TeleworkBasis = 'agreement' | 'charter' | 'written';

export interface StaffLink {
  readonly staffLinkId: Id<'stf'>;
  readonly personId: Id<'per'>;
  readonly employerId: Id<'org'>;
  readonly siteId: Id<'sit'>;
  readonly basis: TeleworkBasis;
  /** ISO weekdays on which telework is allowed: 1 is Monday. */
  readonly weekdays: readonly number[];
  readonly from: Day;
  readonly until: Day | null;
}

/** Whose day, when, where: `halves` is 1 for a half-day, 2 for a day. */
export interface Ask {
  readonly personId: Id<'per'>;
  readonly day: Day;
  readonly halves: 1 | 2;
  readonly spaceId: Id<'spc'>;
}

/** What the employer pays for the day: the space's own tariff, or an amount agreed with the network. */
export type PriceRule =
  | { readonly kind: 'space_tariff' }
  | { readonly kind: 'agreed'; readonly amount_eur_cents: bigint };

export type Payer =
  | {
      readonly kind: 'employer';
      readonly employerId: Id<'org'>;
      readonly subscriptionId: Id<'sub'>;
      readonly price: PriceRule;
    }
  | { readonly kind: 'self' };

/** The amount due, given what the space's tariff says for the same half-days. */
export const amountDue = (price: PriceRule, tariff_eur_cents: bigint): bigint =>
  price.kind === 'agreed' ? price.amount_eur_cents : tariff_eur_cents;

/** What is known when a payer is sought. */
export interface Facts {
  readonly links: readonly StaffLink[];
  readonly subscriptions: readonly Subscription[];
  /** Half-days already charged, by `employer person month` (see `personMonth`) and by subscription. */
  readonly usedByPerson: ReadonlyMap<string, number>;
  readonly usedBySubscription: ReadonlyMap<string, number>;
}

export const personMonth = (employerId: string, personId: string, month: Month): string =>
  `${employerId} ${personId} ${month}`;

const covers = ({ from, until }: { from: Day; until: Day | null }, day: Day): boolean =>
  from <= day && (until === null || day < until);

const priceOf = (plan: Plan, halves: 1 | 2): PriceRule => {
  if (plan.kind === 'monthly_desk') return { kind: 'agreed', amount_eur_cents: 0n };
  const amount = halves === 2 ? plan.day_eur_cents : plan.half_day_eur_cents;
  return amount === null ? { kind: 'space_tariff' } : { kind: 'agreed', amount_eur_cents: amount };
};

/** Why the employer does not pay this day. Reasons come in this order: the first that holds is the answer. */
function refusalFor(ask: Ask, link: StaffLink, subscription: Subscription, used: Facts): Refusal | null {
  const { plan, cap_half_days: cap } = subscription;
  if (!link.weekdays.includes(weekday(ask.day))) return words.weekdayNotAllowed(ask.day, link.weekdays);
  if (plan.kind === 'monthly_desk' && plan.spaceId !== ask.spaceId) return words.otherSpace();
  const month = monthOf(ask.day);
  const usedHere = used.usedByPerson.get(personMonth(link.employerId, ask.personId, month)) ?? 0;
  if (cap !== null && usedHere + ask.halves > cap) return words.capReached(month, cap, usedHere);
  const drawn = used.usedBySubscription.get(subscription.subscriptionId) ?? 0;
  if (plan.kind === 'day_pack' && drawn + ask.halves > plan.pack_half_days)
    return words.packUsedUp(plan.pack_half_days);
  return null;
}

/**
 * Who pays this day? Someone without an employer or whose employer subscribes to nothing on that day pays for
 * themselves; a day that the employer does not allow is refused rather than passed on.
 */
function payerOf(ask: Ask, facts: Facts): Payer | Refusal {
  const link = facts.links.find(l => l.personId === ask.personId && covers(l, ask.day));
  const subscription = link && facts.subscriptions.find(s => s.employerId === link.employerId && covers(s, ask.day));
  if (link === undefined || subscription === undefined) return { kind: 'self' };
  const reason = refusalFor(ask, link, subscription, facts);
  if (reason !== null) return reason;
  const { employerId, subscriptionId, plan } = subscription;
  return { kind: 'employer', employerId, subscriptionId, price: priceOf(plan, ask.halves) };
}

/** Who pays each of these days, in the order asked; each one counts those paid before it. */
export function payersOf(asks: readonly Ask[], facts: Facts): (Payer | Refusal)[] {
  const usedByPerson = new Map(facts.usedByPerson);
  const usedBySubscription = new Map(facts.usedBySubscription);
  const add = (counts: Map<string, number>, key: string, more: number) =>
    counts.set(key, (counts.get(key) ?? 0) + more);
  return asks.map(ask => {
    const payer = payerOf(ask, { ...facts, usedByPerson, usedBySubscription });
    if ('kind' in payer && payer.kind === 'employer') {
      add(usedByPerson, personMonth(payer.employerId, ask.personId, monthOf(ask.day)), ask.halves);
      add(usedBySubscription, payer.subscriptionId, ask.halves);
    }
    return payer;
  });
}
