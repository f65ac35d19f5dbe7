import {
  add,
  compare,
  floor,
  multiply,
  one,
  type Rational,
  rational,
  subtract,
  sum,
  zero,
} from '../../../kernel/rational.ts';
import type { PersonRate, VehicleRate } from './factors.ts';

/**
 * Reconstruction from public sentences: the approved method's own equations are not public.
 * Symbols and equation numbers are those of the method sheet.
 */
export type Leg =
  | { readonly metres: number; readonly rate: VehicleRate; readonly occupancy: Rational }
  | { readonly metres: number; readonly rate: PersonRate };

export type Replaced = 'office' | 'home' | 'other' | 'unknown';

export interface PersonDay {
  /** 1 when the person did not travel to the company that day; 0 when both sides are the real chain of legs. */
  readonly x: 0 | 1;
  readonly replaced: Replaced;
  /** 1 when the day replaced home telework, 0 an office day; a share in between serves sensitivity only. */
  readonly s: Rational;
  readonly reference: readonly Leg[];
  readonly actual: readonly Leg[];
  readonly space_energy_mg: Rational;
}

export interface Rebound {
  readonly variant: 'net' | 'reference' | 'none';
  readonly rate: Rational;
}

export interface DayQuantity {
  readonly credited: boolean;
  readonly reason: 'credited' | 'replaced_other' | 'replaced_unknown';
  readonly reference_mg: Rational;
  readonly actual_mg: Rational;
  /** Equation 2, may be negative: a floor at zero each day would bias every sum upward. */
  readonly gross_mg: Rational;
  readonly substituted_mg: Rational;
  readonly rebound_mg: Rational;
  readonly net_mg: Rational;
  readonly avoided_m: bigint;
  /** Reference less actual metres of a day that earns nothing, shown so that no metre vanishes. */
  readonly unallocated_m: bigint;
}

const perMille = rational(1n, 1000n);

const sharedUg = (leg: Leg): Rational => {
  const ug = BigInt(leg.metres) * BigInt(leg.rate.ug_per_m);
  return 'occupancy' in leg ? rational(ug * leg.occupancy.denominator, leg.occupancy.numerator) : rational(ug);
};

/** Equation 1: metres × µg a metre ÷ people in the vehicle, in milligrams. */
export const emissionsMg = (legs: readonly Leg[]): Rational => multiply(sum(legs.map(sharedUg)), perMille);

export const metresOf = (legs: readonly Leg[]): bigint => legs.reduce((total, leg) => total + BigInt(leg.metres), 0n);

/** Equation 4, only on a day without a trip to the company. */
const reboundMg = (day: PersonDay, rebound: Rebound, reference: Rational, substituted: Rational): Rational => {
  if (day.x === 0 || rebound.variant === 'none') return zero;
  if (rebound.variant === 'reference') return multiply(rebound.rate, multiply(subtract(one, day.s), reference));
  return compare(substituted, zero) > 0 ? multiply(rebound.rate, substituted) : zero;
};

const notCredited = (day: PersonDay, reason: DayQuantity['reason']): DayQuantity => ({
  credited: false,
  reason,
  reference_mg: zero,
  actual_mg: zero,
  gross_mg: zero,
  substituted_mg: zero,
  rebound_mg: zero,
  net_mg: zero,
  avoided_m: 0n,
  unallocated_m: metresOf(day.reference) - metresOf(day.actual),
});

/** Equations 1 to 5 and 8 for one person-day, in exact milligrams and whole metres. */
export const quantifyPersonDay = (day: PersonDay, rebound: Rebound): DayQuantity => {
  if (day.replaced === 'unknown') return notCredited(day, 'replaced_unknown');
  if (day.replaced === 'other') return notCredited(day, 'replaced_other');
  const reference_mg = emissionsMg(day.reference);
  const actual_mg = emissionsMg(day.actual);
  const gross_mg = subtract(reference_mg, actual_mg);
  // (1 − s)·gross − s·E_prj, written without the products that are zero on a plain office day.
  const substituted_mg =
    compare(day.s, zero) === 0
      ? gross_mg
      : subtract(multiply(subtract(one, day.s), gross_mg), multiply(day.s, actual_mg));
  const rebound_mg = reboundMg(day, rebound, reference_mg, substituted_mg);
  return {
    credited: true,
    reason: 'credited',
    reference_mg,
    actual_mg,
    gross_mg,
    substituted_mg,
    rebound_mg,
    net_mg: subtract(subtract(substituted_mg, rebound_mg), day.space_energy_mg),
    // A day of home telework had no trip to avoid: only the metres travelled to the space remain, as a loss.
    avoided_m: (day.replaced === 'home' ? 0n : metresOf(day.reference)) - metresOf(day.actual),
    unallocated_m: 0n,
  };
};

export interface Rebates {
  readonly combine: 'multiplicative' | 'additive';
  readonly rates: readonly Rational[];
}

export interface Settlement {
  /** P′: the quantity after rebates, before the carry. */
  readonly recognised_mg: Rational;
  /** Whole tonnes: one credit is 1 tCO2e. */
  readonly credits: bigint;
  /** The exact rest, for the next period of the same project and vintage. */
  readonly carry_mg: Rational;
}

const keptShare = ({ combine, rates }: Rebates): Rational =>
  combine === 'additive' ? subtract(one, sum(rates)) : rates.map(rate => subtract(one, rate)).reduce(multiply, one);

export const mgPerCredit = 1_000_000_000n;

/** Equations 6 and 7: rebates on a positive total only, one rounding downward, the rest carried exactly. */
export const settle = (net_mg: Rational, rebates: Rebates, carry_mg: Rational): Settlement => {
  const recognised_mg = compare(net_mg, zero) > 0 ? multiply(net_mg, keptShare(rebates)) : net_mg;
  const available = add(carry_mg, recognised_mg);
  const tonnes = floor(multiply(available, rational(1n, mgPerCredit)));
  const credits = tonnes > 0n ? tonnes : 0n;
  return { recognised_mg, credits, carry_mg: subtract(available, rational(credits * mgPerCredit)) };
};

/** E14: at least ten tonnes after rebates, and ten spaces or thirty users. A project may then be filed. */
export const mayFile = (recognised_mg: Rational, spaces: number, users: number): boolean =>
  compare(recognised_mg, rational(10n * mgPerCredit)) >= 0 && (spaces >= 10 || users >= 30);
