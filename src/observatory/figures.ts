import type { Month } from '../kernel/time.ts';
import type { Compared } from './comparison.ts';
import type { Edition } from './edition.ts';
import { shareInterval_permille } from './interval.ts';
import type { Return } from './persistence.ts';

/** A quantity with its 95 % interval, in its own unit; bounds null when nothing tells them. */
export interface Quantity {
  readonly value: bigint;
  readonly low: bigint | null;
  readonly high: bigint | null;
}

export interface Monthly extends Quantity {
  readonly month: Month;
}

const around = (value: bigint, half: bigint | null): Quantity => ({
  value,
  low: half === null ? null : value - half,
  high: half === null ? null : value + half,
});

const size = (n: bigint): bigint => (n < 0n ? -n : n);

/** Metres avoided in a month. */
export const metres = ({ avoided_m, half_width_m }: Edition): Quantity =>
  around(BigInt(avoided_m), half_width_m === null ? null : BigInt(half_width_m));

/** Milligrams of CO2e avoided in a month, net of rebound; its interval is in proportion to that of the metres. */
export const milligrams = ({ net_mg, avoided_m, half_width_m }: Edition): Quantity => {
  const net = BigInt(net_mg);
  const road = size(BigInt(avoided_m));
  return around(net, half_width_m === null || road === 0n ? null : (size(net) * BigInt(half_width_m)) / road);
};

/** Half-days spent in the spaces: counted one by one, without an interval. */
export const halfDays = ({ halves }: Edition): Quantity => around(BigInt(halves), 0n);

/** The share of a cohort that came again, in thousandths, floored. */
export const share_permille = ({ people, active }: Return): Quantity => ({
  value: (1_000n * BigInt(active)) / BigInt(people),
  ...shareInterval_permille(BigInt(active), BigInt(people)),
});

/** Claimed over measured, in thousandths, floored; null when nothing was measured. The margin is that of the measure. */
export function claimedRatio_permille({ claimed_mg, measured_mg, low_mg, high_mg }: Compared): Quantity | null {
  const over = (measured: string | null) =>
    measured === null || BigInt(measured) <= 0n ? null : (1_000n * BigInt(claimed_mg)) / BigInt(measured);
  const value = over(measured_mg);
  const [low, high] = [over(high_mg), over(low_mg)];
  if (value === null) return null;
  return low === null || high === null ? { value, low: null, high: null } : { value, low, high };
}

/** Months that bear figures, the oldest first. */
export const told = (editions: readonly Edition[]): readonly Edition[] => editions.filter(edition => !edition.withheld);

export const monthly = (editions: readonly Edition[], of: (edition: Edition) => Quantity): readonly Monthly[] =>
  told(editions).map(edition => ({ month: edition.month, ...of(edition) }));

const widthOf = ({ value, high }: Quantity): bigint | null => (high === null ? null : high - value);

/** The sum of several months. Their intervals are added up, as if chance leaned the same way each month: the widest case. */
export const total = (quantities: readonly Quantity[]): Quantity => {
  const value = quantities.reduce((sum, one) => sum + one.value, 0n);
  const halves = quantities.map(widthOf);
  const half = halves.reduce<bigint | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0n);
  return around(value, half);
};
