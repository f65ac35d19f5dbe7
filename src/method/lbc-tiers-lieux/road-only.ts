import type { FactorSet } from '../factors/factor-set.ts';
import { modes } from '../factors/modes.ts';
import type { Rate } from './2026-1/factors.ts';
import { metresOf, type PersonDay } from './2026-1/quantify.ts';

/** A day as its baseline lets it count, and the reference metres that it leaves out. */
export interface BaselineDay<D extends PersonDay> {
  readonly day: D;
  readonly left_out_m: bigint;
}

/**
 * U8, `road_only`: reference legs by rail, bicycle or on foot are not road avoided, so they save neither mass nor metres.
 * Actual legs all stay: a trip that was made is never forgotten.
 */
export const roadOnly = (set: FactorSet): (<D extends PersonDay>(day: D) => BaselineDay<D>) => {
  const road = new Set<Rate>(set.factors.filter(({ id }) => modes[id]!.road));
  return day => {
    // Without an office day to avoid there is no reference to weigh: home and unknown days count as they always do.
    if (day.replaced !== 'office') return { day, left_out_m: 0n };
    const reference = day.reference.filter(leg => road.has(leg.rate));
    return { day: { ...day, reference }, left_out_m: metresOf(day.reference) - metresOf(reference) };
  };
};

/** Factors whose reference legs `road_only` leaves out, by id. */
export const leftOutOf = (set: FactorSet): readonly string[] =>
  set.factors.filter(({ id }) => !modes[id]!.road).map(({ id }) => id);

export const everyMode = <D extends PersonDay>(day: D): BaselineDay<D> => ({ day, left_out_m: 0n });
