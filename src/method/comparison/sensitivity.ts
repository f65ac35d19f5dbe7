import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Rational, rational, subtract, zero } from '../../kernel/rational.ts';
import type { SetId } from '../factors/factor-set.ts';
import { factorSets } from '../factors/sets.ts';
import type { Rebound } from '../lbc-tiers-lieux/2026-1/quantify.ts';
import type { Sums } from '../quantified.ts';
import { sameRebound, type Terms } from '../request.ts';
import { type DayGroup, otherSetRefusal, sumsUnder, type Totals, totalsOf, weighingUnder, withSet } from './groups.ts';

/** One way of counting the same days; refused where a set lacks a mode or counts it otherwise. */
export interface SensitivityRow {
  readonly factor_set: SetId;
  readonly rebound: Rebound;
  readonly result: Outcome<{ readonly net_mg: Rational; readonly difference_mg: Rational }>;
}

export interface Sensitivity {
  readonly main: Totals;
  readonly rows: readonly SensitivityRow[];
}

/** Rebounds that published studies would allow, and none at all. */
export const otherRebounds: readonly Rebound[] = [
  { variant: 'reference', rate: rational(25n, 100n) },
  { variant: 'net', rate: rational(31n, 100n) },
  { variant: 'none', rate: zero },
];

/** The same days under the other factor sets, then under the other rebounds: exact totals, each less the main one. */
export const sensitivity = (groups: readonly DayGroup[], terms: Terms): Outcome<Sensitivity> => {
  const weighing = weighingUnder(terms);
  if (!weighing.ok) return weighing;
  const { computation, rebound } = weighing.value;
  const rebounds = otherRebounds.filter(other => !sameRebound(other, rebound));
  const sums = sumsUnder(groups, weighing.value, [rebound, ...rebounds]);
  if (!sums.ok) return sums;
  const [main, ...others] = sums.value as [Sums, ...Sums[]];
  const against = ({ net_mg }: Sums) => ({ net_mg, difference_mg: subtract(net_mg, main.net_mg) });
  const underSet = (set: SetId): SensitivityRow['result'] => {
    const why = otherSetRefusal(groups, computation.set.id, set);
    if (why !== null) return refuse(why);
    const other = sumsUnder(groups, withSet(weighing.value, set), [rebound]);
    return other.ok ? accept(against(other.value[0]!)) : other;
  };
  const sets = (Object.keys(factorSets) as readonly SetId[]).filter(set => set !== computation.set.id);
  return accept({
    main: totalsOf(main, computation, rebound),
    rows: [
      ...sets.map(factor_set => ({ factor_set, rebound, result: underSet(factor_set) })),
      ...others.map((sum, i) => ({
        factor_set: computation.set.id,
        rebound: rebounds[i]!,
        result: accept(against(sum)),
      })),
    ],
  });
};
