import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Place } from '../kernel/place.ts';
import type { Day } from '../kernel/time.ts';
import type { Plan, TeleworkBasis } from './payer.ts';
import { words } from './words.ts';

/** Where an employer's people work when they are not near home. */
export interface NewSite {
  readonly name: string;
  readonly address: string;
  /** INSEE code of the commune, `34111`. */
  readonly communeCode: string;
  readonly place: Place;
  readonly headcount: number | null;
}

export interface Site extends NewSite {
  readonly siteId: Id<'sit'>;
  readonly employerId: Id<'org'>;
}

export interface NewSubscription {
  readonly employerId: Id<'org'>;
  readonly plan: Plan;
  readonly cap_half_days: number | null;
  readonly from: Day;
  readonly until: Day | null;
}

export interface NewStaffLink {
  readonly personId: Id<'per'>;
  readonly siteId: Id<'sit'>;
  readonly basis: TeleworkBasis;
  readonly weekdays: readonly number[];
  readonly from: Day;
  readonly until: Day | null;
}

/** Who employs someone on a day, and where they would work if not near home. */
export interface Employment extends Omit<Site, 'name' | 'headcount'> {
  readonly personId: Id<'per'>;
  readonly employerName: string;
  readonly siteName: string;
}

/** The largest whole number that a column of counts keeps. */
const largestCount = 2_147_483_647;

const isCount = (n: number | null): boolean => n === null || (Number.isSafeInteger(n) && n > 0 && n <= largestCount);

export function siteRefusal(site: NewSite): Refusal | null {
  const { lon_udeg, lat_udeg } = site.place;
  const onEarth =
    [lon_udeg, lat_udeg].every(Number.isSafeInteger) && Math.abs(lon_udeg) <= 180e6 && Math.abs(lat_udeg) <= 90e6;
  if (site.name.trim() === '') return words.badSite('name');
  if (site.address.trim() === '') return words.badSite('address');
  if (!/^(\d{2}|2[AB])\d{3}$/.test(site.communeCode)) return words.badSite('commune_code');
  if (!onEarth) return words.badSite('place');
  return isCount(site.headcount) ? null : words.badSite('headcount');
}

const endsAfter = ({ from, until }: { from: Day; until: Day | null }): boolean => until === null || from < until;

export function subscriptionRefusal(subscription: NewSubscription): Refusal | null {
  const { plan } = subscription;
  const prices = Object.entries(plan).filter((entry): entry is [string, bigint] => typeof entry[1] === 'bigint');
  const negative = prices.find(([, cents]) => cents < 0n);
  if (negative !== undefined) return words.badPrice(negative[0]);
  if (plan.kind === 'per_day' && (plan.day_eur_cents === null) !== (plan.half_day_eur_cents === null)) {
    return words.badPrice(plan.day_eur_cents === null ? 'day_eur_cents' : 'half_day_eur_cents');
  }
  if (plan.kind === 'day_pack' && !isCount(plan.pack_half_days)) return words.badPrice('pack_half_days');
  if (!isCount(subscription.cap_half_days)) return words.badPrice('cap_half_days');
  return endsAfter(subscription) ? null : words.badPeriod();
}

export function linkRefusal(link: NewStaffLink): Refusal | null {
  const days = new Set(link.weekdays);
  const known = link.weekdays.every(day => Number.isInteger(day) && day >= 1 && day <= 7);
  if (!known || days.size === 0 || days.size !== link.weekdays.length) return words.badWeekdays();
  return endsAfter(link) ? null : words.badPeriod();
}
