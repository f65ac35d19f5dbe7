import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import { compare, one, type Rational, text, zero } from '../kernel/rational.ts';
import type { Day } from '../kernel/time.ts';
import type { FactorSet } from './factors/factor-set.ts';
import { modes } from './factors/modes.ts';
import { factorSets } from './factors/sets.ts';
import type { EmissionFactor, Rate } from './lbc-tiers-lieux/2026-1/factors.ts';
import type { Leg, PersonDay, Rebates, Rebound, Replaced } from './lbc-tiers-lieux/2026-1/quantify.ts';
import { type CertifiedTerms, isCertified } from './lbc-tiers-lieux/certified.ts';
import { noRebates, readDay, readRate, readRebates, readRebound } from './lbc-tiers-lieux/readers.ts';
import { missingFor } from './lbc-tiers-lieux/unknowns.ts';
import {
  asIs,
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
  /** Under `certifying`: what `readCertified` made. It comes from no document. */
  readonly certified?: CertifiedTerms;
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
  readonly certified: CertifiedTerms | null;
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

const readTermsMade: Reader<CertifiedTerms> = input => (isCertified(input) ? good(input) : bad(words.unknownField));

const termReaders = {
  certified: optional(readTermsMade, null),
  method: oneOf([methodId], words.unknownMethod([methodId])),
  profile: oneOf(['demo', 'certifying'], words.unknownProfile),
  rebound: readRebound,
  on: optional(readDay, null),
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

/** What a day is read against. */
export interface DayRules {
  readonly on: Day | null;
  readonly set: FactorSet;
  /** May a leg bear a rate of its own, and a day a survey share? Never under signed values. */
  readonly free: boolean;
  readonly space_energy: CertifiedTerms['space_energy'] | 'optional';
}

export const rulesOf = ({ on, certified }: Pick<ReadTerms, 'on' | 'certified'>): DayRules => ({
  on,
  set: certified?.set ?? factorSets.A,
  free: certified === null,
  space_energy: certified?.space_energy ?? 'optional',
});

const rateReader = ({ set, on, free }: DayRules): Reader<Rate> => {
  const usable = new Map(set.factors.map(factor => [factor.id, validity(set, on, factor)]));
  const unknown = bad(words.unknownFactor([...usable.keys()]));
  const absent = (id: string) =>
    set.id !== 'A' && Object.hasOwn(modes, id) ? bad(words.modeAbsent(set.id, [id])) : unknown;
  const readOther = free ? readOwnRate : () => bad(words.ownRate);
  return input => (typeof input === 'string' ? (usable.get(input) ?? absent(input)) : readOther(input));
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

const readEnergy = rationalWhere(value => compare(value, zero) >= 0, words.negativeEnergy);
const readNoEnergy = rationalWhere(value => compare(value, zero) === 0, words.energyNotCounted);

const energyReaders = {
  optional: optional(readEnergy, zero),
  none: optional(readNoEnergy, zero),
  per_day: readEnergy,
} as const;

const dayFields = (rules: DayRules) => {
  const readLegs = listOf(legReader(rateReader(rules)));
  return {
    x: oneOf([0, 1], words.badX),
    replaced: oneOf(['office', 'home', 'other', 'unknown'], words.unknownReplaced),
    s: optional(rules.free ? readRate : () => bad(words.surveyShare), null),
    reference: readLegs,
    actual: readLegs,
    space_energy_mg: energyReaders[rules.space_energy],
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

/** Reads one day, without a count. */
export const dayReader = (rules: DayRules): ((input: unknown) => Outcome<PersonDay>) => {
  const readFields = record(dayFields(rules));
  return input => conclude(withShare(readFields(input)));
};

const countedDayReader = (rules: DayRules): Reader<CountedDay> => {
  const readFields = record({ count: wholeFrom(1, words.badCount), ...dayFields(rules) });
  return input => withShare(readFields(input));
};

export const sameRebound = (a: Rebound, b: Rebound) => a.variant === b.variant && compare(a.rate, b.rate) === 0;
const sameRebates = (a: Rebates, b: Rebates) =>
  a.combine === b.combine && a.rates.map(text).join(' ') === b.rates.map(text).join(' ');

/** May these terms compute at all, and do they say what was certified? */
export const termsRefusal = ({ profile, certified, rebound }: ReadTerms, rebates?: Rebates): Refusal | null => {
  if (profile === 'demo') return certified === null ? null : words.unknownField('certified');
  if (certified === null) return words.profileIncomplete(missingFor(new Set()));
  if (!sameRebound(rebound, certified.rebound)) return words.notAsCertified('rebound', 'U5');
  if (rebates && !sameRebates(rebates, certified.rebates)) return words.notAsCertified('rebates', 'U6');
  return null;
};

const { certified: readCertifiedTerms, ...contractReaders } = termReaders;
const readTermFields = record(termReaders);

export const readTerms = (input: unknown): Outcome<ReadTerms> => conclude(readTermFields(input));

const readHeader = record({
  certified: readCertifiedTerms,
  id: readText,
  ...contractReaders,
  rebates: optional(readRebates, null),
  carry_mg: optional(readRational, zero),
  days: asIs,
});

/** Reads a whole request; the first fault, in the order in which the contract lists its fields, is the answer. */
export const readRequest = (input: unknown): Outcome<ReadRequest> => {
  const header = conclude(readHeader(input));
  if (!header.ok) return header;
  const { certified, rebates } = header.value;
  const readDays = record({ days: listOf(countedDayReader(rulesOf(header.value))) });
  const days = conclude(readDays({ days: header.value.days }));
  if (!days.ok) return days;
  const why = termsRefusal(header.value, rebates ?? undefined);
  if (why !== null) return refuse(why);
  return accept({ ...header.value, rebates: rebates ?? certified?.rebates ?? noRebates, days: days.value.days });
};
