import type { Id } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import type { Pass, PassId } from './pass.ts';

/** A place that a person pays for. */
export interface Need {
  readonly personId: Id<'per'>;
  readonly spaceId: Id<'spc'>;
  readonly managerId: Id<'org'>;
  readonly resourceKind: string;
  /** The day booked. */
  readonly day: Day;
  readonly price_eur_cents: bigint;
  /** Halves of a day that it takes; 0 for what is sold by another measure. */
  readonly halves: 0 | 1 | 2;
  readonly minutes: number;
}

/** Units to take of a pass, and what they save. */
export interface Planned {
  readonly passId: PassId;
  readonly validUntil: Day;
  readonly quantity: number;
  readonly saved_eur_cents: bigint;
}

type Held = Pick<Pass, 'passId' | 'kind' | 'balance' | 'validUntil'>;

/** May this pass pay that place? It is the booked day that counts, not the day of booking. */
export const serves = (pass: Pass, need: Need): boolean =>
  pass.personId === need.personId &&
  pass.balance > 0 &&
  pass.managerId === need.managerId &&
  (pass.spaceId === null || pass.spaceId === need.spaceId) &&
  pass.resourceKinds.includes(need.resourceKind) &&
  pass.validFrom <= need.day &&
  need.day <= pass.validUntil;

/** The pass that ends first goes first; of two that end together, the older one. */
export const soonest = (a: Held, b: Held): number =>
  a.validUntil < b.validUntil ? -1 : a.validUntil > b.validUntil ? 1 : a.passId < b.passId ? -1 : 1;

/** Half of a day's price; the first half bears the odd cent. */
const shareOf = (price: bigint, halves: number, nth: number): bigint =>
  halves === 1 ? price : nth === 0 ? (price + 1n) / 2n : price / 2n;

const take = ({ passId, validUntil }: Held, quantity: number, saved_eur_cents: bigint): Planned => ({
  ...{ passId, validUntil, quantity, saved_eur_cents },
});

/**
 * The ways in which units of whole and half days may pay, none included. A day unit pays a whole day, never half of one; a half-day
 * unit pays one half, two pay a day.
 */
function unitWays({ price_eur_cents: price, halves }: Need, passes: readonly Held[]): readonly (readonly Planned[])[] {
  const ways: (readonly Planned[])[] = [[]];
  if (halves === 2) for (const one of passes) if (one.kind === 'days') ways.push([take(one, 1, price)]);
  if (halves === 0) return ways;
  const carnets = passes.filter(one => one.kind === 'half_days');
  const share = (nth: number) => shareOf(price, halves, nth);
  for (const [i, first] of carnets.entries()) {
    ways.push([take(first, 1, share(0))]);
    if (halves === 1) continue;
    if (first.balance >= 2) ways.push([take(first, 2, price)]);
    for (const second of carnets.slice(i + 1)) ways.push([take(first, 1, share(0)), take(second, 1, share(1))]);
  }
  return ways;
}

/** Minutes are worth their part of the price, rounded down; a minute begun is taken whole. */
function creditsFor(need: Need, passes: readonly Held[], units: readonly Planned[]): readonly Planned[] {
  const { price_eur_cents: price, minutes } = need;
  let rest = units.reduce((left, one) => left - one.saved_eur_cents, price);
  return passes.flatMap(pass => {
    const { kind, balance } = pass;
    if (kind !== 'cents' && (kind !== 'minutes' || minutes <= 0)) return [];
    const worth = kind === 'cents' ? BigInt(balance) : (price * BigInt(balance)) / BigInt(minutes);
    const saved = worth < rest ? worth : rest;
    if (saved <= 0n) return [];
    rest -= saved;
    const quantity = kind === 'cents' ? saved : (saved * BigInt(minutes) + price - 1n) / price;
    return [take(pass, Number(quantity), saved)];
  });
}

const savedBy = (plan: readonly Planned[], passId: PassId): bigint =>
  plan.find(one => one.passId === passId)?.saved_eur_cents ?? 0n;

export const savedIn = (plan: readonly Pick<Planned, 'saved_eur_cents'>[]): bigint =>
  plan.reduce((sum, one) => sum + one.saved_eur_cents, 0n);

/** Which plan leaves less to pay; of two that leave the same, the one that takes more of what ends first. */
export function isBetter(a: readonly Planned[], b: readonly Planned[], passes: readonly Held[]): boolean {
  if (savedIn(a) !== savedIn(b)) return savedIn(a) > savedIn(b);
  for (const { passId } of passes) {
    const [ofA, ofB] = [savedBy(a, passId), savedBy(b, passId)];
    if (ofA !== ofB) return ofA > ofB;
  }
  return false;
}

/**
 * What to take of someone's passes so that the least is left to pay; ties go to the pass that ends first. Nothing is taken that saves
 * nothing, and nothing twice.
 */
export function cheapest(need: Need, held: readonly Held[]): readonly Planned[] {
  const passes = held.filter(one => one.balance > 0).toSorted(soonest);
  let best: readonly Planned[] = [];
  if (need.price_eur_cents <= 0n) return best;
  for (const units of unitWays(need, passes)) {
    const plan = [...units, ...creditsFor(need, passes, units)];
    if (isBetter(plan, best, passes)) best = plan;
  }
  return best;
}

/** What each place takes of the passes, in order: each counts what those before it took. */
export function coverAll(needs: readonly (Need | null)[], passes: readonly Pass[]): readonly (readonly Planned[])[] {
  let left = passes;
  return needs.map(need => {
    const usable = need === null ? [] : left.filter(pass => serves(pass, need));
    if (need === null || usable.length === 0) return [];
    const plan = cheapest(need, usable);
    const taken = new Map(plan.map(one => [one.passId, one.quantity]));
    left = left.map(pass => ({ ...pass, balance: pass.balance - (taken.get(pass.passId) ?? 0) }));
    return plan;
  });
}
