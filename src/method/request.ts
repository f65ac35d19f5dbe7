import type { Outcome } from '../kernel/outcome.ts';
import { compare, one, type Rational, sum, zero } from '../kernel/rational.ts';
import { type Day, isDay } from '../kernel/time.ts';
import { type EmissionFactor, type FactorSet, factorSetA, type Rate } from './lbc-tiers-lieux/2026-1/factors.ts';
import type { Leg, PersonDay, Rebates, Rebound, Replaced } from './lbc-tiers-lieux/2026-1/quantify.ts';
import {
  bad,
  conclude,
  good,
  listOf,
  oneOf,
  optional,
  type Read,
  type Reader,
  rationalWhere,
  readRational,
  readText,
  record,
  wholeFrom,
} from './reading.ts';
import { words } from './words.ts';

/** One leg as it travels in JSON. `factor` is an id of the factor set, or a rate of one's own. */
export interface LegRequest {
  readonly metres: number;
  readonly factor: string | Rate;
  /** Persons in the vehicle, an exact fraction of at least 1, like `"7/5"`; only with a `veh_km` factor. */
  readonly occupancy?: string;
}

export interface DayRequest {
  readonly x: 0 | 1;
  readonly replaced: Replaced;
  readonly s?: string;
  readonly reference: readonly LegRequest[];
  readonly actual: readonly LegRequest[];
  readonly space_energy_mg?: string;
}

/** How every day of a request is computed. */
export interface Terms {
  readonly method: string;
  readonly profile: 'demo' | 'certifying';
  readonly rebound: { readonly variant: Rebound['variant']; readonly rate?: string };
  /** The day of the computation, against which factors are judged; without it a past result is replayed as it was. */
  readonly on?: string;
}

export interface QuantifyRequest extends Terms {
  readonly id: string;
  readonly rebates?: { readonly combine: Rebates['combine']; readonly rates: readonly string[] };
  readonly carry_mg?: string;
  readonly days: readonly (DayRequest & { readonly count: number })[];
}

export interface ReadTerms {
  readonly method: string;
  readonly profile: 'demo' | 'certifying';
  readonly rebound: Rebound;
  readonly on: Day | null;
}

export interface CountedDay extends PersonDay {
  readonly count: number;
}

export interface ReadRequest extends ReadTerms {
  readonly id: string;
  readonly rebates: Rebates;
  readonly carry_mg: Rational;
  readonly days: readonly CountedDay[];
}

const methodId = 'lbc-tiers-lieux';

const fromZeroToOne = (value: Rational) => compare(value, zero) >= 0 && compare(value, one) <= 0;
const readRate = rationalWhere(fromZeroToOne, words.rateOutOfRange);

const readVariant = oneOf(['net', 'reference', 'none'], words.unknownVariant);
const readReboundFields = record({ variant: readVariant, rate: optional(readRate, null) });

const readRebound: Reader<Rebound> = input => {
  const read = readReboundFields(input);
  if (!read.ok) return read;
  const { variant, rate } = read.value;
  if (variant !== 'none' && rate === null) return bad(path => words.missing(`${path}.rate`));
  return good({ variant, rate: rate ?? zero });
};

const noRebates: Rebates = { combine: 'multiplicative', rates: [] };
const readRebateFields = record({
  combine: oneOf(['multiplicative', 'additive'], words.unknownCombination),
  rates: listOf(readRate),
});

const readRebates: Reader<Rebates> = input => {
  const read = readRebateFields(input);
  if (!read.ok || read.value.combine === 'multiplicative') return read;
  return compare(sum(read.value.rates), one) > 0 ? bad(words.rebatesAboveOne) : read;
};

const readOn: Reader<Day> = input => (typeof input === 'string' && isDay(input) ? good(input) : bad(words.badDay));

const termReaders = {
  method: oneOf([methodId], words.unknownMethod([methodId])),
  profile: oneOf(['demo', 'certifying'], words.unknownProfile),
  rebound: readRebound,
  on: optional(readOn, null),
};

const readOwnRate = record({
  ug_per_m: wholeFrom(0, words.badRate),
  denominator: oneOf(['veh_km', 'pers_km'], words.unknownDenominator),
});

/** Is a factor of this set usable for a quantity computed on that day? */
const validity = (set: FactorSet, on: Day | null, factor: EmissionFactor): Read<Rate> => {
  if (on !== null && on > set.best_before) return bad(words.factorExpired(set.best_before));
  if (on !== null && on < set.valid_from) return bad(words.factorNotYetValid(set.valid_from));
  return good(factor);
};

const rateReader = (set: FactorSet, on: Day | null): Reader<Rate> => {
  const usable = new Map(set.factors.map(factor => [factor.id, validity(set, on, factor)]));
  const unknown = bad(words.unknownFactor([...usable.keys()]));
  return input => (typeof input === 'string' ? (usable.get(input) ?? unknown) : readOwnRate(input));
};

const readOccupancy = rationalWhere(value => compare(value, one) >= 0, words.occupancyBelowOne);

const legReader = (readRateOfLeg: Reader<Rate>): Reader<Leg> => {
  const readFields = record({
    metres: wholeFrom(0, words.badMetres),
    factor: readRateOfLeg,
    occupancy: optional(readOccupancy, null),
  });
  return input => {
    const read = readFields(input);
    if (!read.ok) return read;
    const { metres, factor, occupancy } = read.value;
    if (factor.denominator === 'veh_km') return good({ metres, rate: factor, occupancy: occupancy ?? one });
    return occupancy === null ? good({ metres, rate: factor }) : bad(words.denominatorMismatch);
  };
};

const dayFields = (on: Day | null) => {
  const readLegs = listOf(legReader(rateReader(factorSetA, on)));
  return {
    x: oneOf([0, 1], words.badX),
    replaced: oneOf(['office', 'home', 'other', 'unknown'], words.unknownReplaced),
    s: optional(readRate, null),
    reference: readLegs,
    actual: readLegs,
    space_energy_mg: optional(
      rationalWhere(value => compare(value, zero) >= 0, words.negativeEnergy),
      zero,
    ),
  };
};

/** A share of home telework below 1 on a day known to have replaced it would turn a loss into a saving. */
const withShare = <D extends { replaced: Replaced; s: Rational | null }>(read: Read<D>): Read<D & { s: Rational }> => {
  if (!read.ok) return read;
  const { replaced, s } = read.value;
  if (replaced === 'home' && s !== null && compare(s, one) !== 0) {
    return bad(path => words.shareContradictsReplaced(path === '' ? 's' : `${path}.s`));
  }
  return good({ ...read.value, s: s ?? (replaced === 'home' ? one : zero) });
};

/** Reads one day, without a count, against the factors usable on `on`. */
export const dayReader = (on: Day | null): ((input: unknown) => Outcome<PersonDay>) => {
  const readFields = record(dayFields(on));
  return input => conclude(withShare(readFields(input)));
};

const countedDayReader = (on: Day | null): Reader<CountedDay> => {
  const readFields = record({ count: wholeFrom(1, words.badCount), ...dayFields(on) });
  return input => withShare(readFields(input));
};

const readTermFields = record(termReaders);

export const readTerms = (input: unknown): Outcome<ReadTerms> => conclude(readTermFields(input));

const asIs: Reader<unknown> = input => good(input);

const readHeader = record({
  id: readText,
  ...termReaders,
  rebates: optional(readRebates, noRebates),
  carry_mg: optional(readRational, zero),
  days: asIs,
});

/** Reads a whole request; the first fault, in the order in which the contract lists its fields, is the answer. */
export const readRequest = (input: unknown): Outcome<ReadRequest> => {
  const header = conclude(readHeader(input));
  if (!header.ok) return header;
  const days = conclude(record({ days: listOf(countedDayReader(header.value.on)) })({ days: header.value.days }));
  return days.ok ? { ok: true, value: { ...header.value, days: days.value.days } } : days;
};
