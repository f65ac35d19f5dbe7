import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Rational, subtract, zero } from '../../kernel/rational.ts';
import type { SetId } from '../factors/factor-set.ts';
import { factorSets } from '../factors/sets.ts';
import type { Rebates, Rebound } from '../lbc-tiers-lieux/2026-1/quantify.ts';
import { noRebates, readRebates, readRebound } from '../lbc-tiers-lieux/readers.ts';
import { versions } from '../lbc-tiers-lieux/versions.ts';
import { conclude, oneOf, optional, record } from '../reading.ts';
import { words } from '../words.ts';
import { type DayGroup, otherSetRefusal, sumsUnder, type Totals, totalsOf, type Weighing } from './groups.ts';

/** What a total rests on, in JSON. */
export interface Basis {
  readonly version: string;
  readonly factor_set: SetId;
  readonly rebound: { readonly variant: Rebound['variant']; readonly rate?: string };
  readonly rebates?: { readonly combine: Rebates['combine']; readonly rates: readonly string[] };
}

interface ReadBasis {
  readonly version: string;
  readonly factor_set: SetId;
  readonly rebound: Rebound;
  readonly rebates: Rebates;
}

const versionIds = [...versions.keys()];
const setIds = Object.keys(factorSets) as readonly SetId[];
const readBasis = record({
  version: oneOf(versionIds, words.unknownVersion(versionIds)),
  factor_set: oneOf(setIds, words.unknownSet(setIds)),
  rebound: readRebound,
  rebates: optional(readRebates, noRebates),
});

export interface Recognised extends Totals {
  readonly recognised_mg: Rational;
}

/** What is, what would have been, and the second less the first. Nothing is issued or altered by it. */
export interface DifferenceReport {
  readonly from: Recognised;
  readonly to: Recognised;
  readonly difference: {
    readonly avoided_m: bigint;
    readonly gross_mg: Rational;
    readonly net_mg: Rational;
    readonly recognised_mg: Rational;
  };
}

const weighingOf = ({ version, factor_set }: ReadBasis): Weighing => {
  const set = factorSets[factor_set];
  return {
    computation: { version: versions.get(version)!, set, baselines: 'own_factor_negative_kept' },
    rules: { on: null, set, free: true, space_energy: 'optional' },
  };
};

const recognisedUnder = (groups: readonly DayGroup[], basis: ReadBasis): Outcome<Recognised> => {
  const weighing = weighingOf(basis);
  const sums = sumsUnder(groups, weighing, [basis.rebound]);
  if (!sums.ok) return sums;
  const totals = totalsOf(sums.value[0]!, weighing.computation, basis.rebound);
  const { recognised_mg } = weighing.computation.version.settle(totals.net_mg, basis.rebates, zero);
  return accept({ ...totals, recognised_mg });
};

/** The days of a batch as they were issued, and as they would have been under another version, factor set or terms. */
export const differenceReport = (groups: readonly DayGroup[], from: Basis, to: Basis): Outcome<DifferenceReport> => {
  const [readFrom, readTo] = [conclude(readBasis(from)), conclude(readBasis(to))];
  if (!readFrom.ok) return readFrom;
  if (!readTo.ok) return readTo;
  const was = recognisedUnder(groups, readFrom.value);
  if (!was.ok) return was;
  const why = otherSetRefusal(groups, readFrom.value.factor_set, readTo.value.factor_set);
  if (why !== null) return refuse(why);
  const would = recognisedUnder(groups, readTo.value);
  if (!would.ok) return would;
  const less = (key: 'gross_mg' | 'net_mg' | 'recognised_mg') => subtract(would.value[key], was.value[key]);
  return accept({
    from: was.value,
    to: would.value,
    difference: {
      avoided_m: would.value.avoided_m - was.value.avoided_m,
      gross_mg: less('gross_mg'),
      net_mg: less('net_mg'),
      recognised_mg: less('recognised_mg'),
    },
  });
};
