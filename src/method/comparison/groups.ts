import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { add, type Rational } from '../../kernel/rational.ts';
import type { SetId } from '../factors/factor-set.ts';
import { factorSets, setHashes } from '../factors/sets.ts';
import type { PersonDay, Rebound } from '../lbc-tiers-lieux/2026-1/quantify.ts';
import { type Computation, computationOf, counterOf, type Sums, tally } from '../quantified.ts';
import {
  type DayRequest,
  type DayRules,
  dayReader,
  type LegRequest,
  readTerms,
  rulesOf,
  sameRebound,
  type Terms,
  termsRefusal,
} from '../request.ts';
import { words } from '../words.ts';

/** Days that are the same in all that counts, once, and how many; fewer than none where lines were taken back. */
export interface DayGroup {
  readonly day: DayRequest;
  readonly count: number;
}

/** Under what a group is weighed: factors are not judged by date, since a comparison issues nothing. */
export interface Weighing {
  readonly computation: Computation;
  readonly rules: DayRules;
}

/** How a batch of days is to be weighed under its terms, or why it may not be. */
export const weighingUnder = (terms: Terms): Outcome<Weighing & { readonly rebound: Rebound }> => {
  const read = readTerms(terms);
  if (!read.ok) return read;
  const why = termsRefusal(read.value);
  if (why !== null) return refuse(why);
  const { certified, rebound } = read.value;
  return accept({ computation: computationOf(certified), rules: rulesOf({ on: null, certified }), rebound });
};

/** The same weighing with the factors of another set. */
export const withSet = ({ computation, rules }: Weighing, id: SetId): Weighing => {
  const set = factorSets[id];
  return { computation: { ...computation, set }, rules: { ...rules, set } };
};

/** Reads each group once and hands it on; the first fault is the answer. */
export const eachGroup = (
  groups: readonly DayGroup[],
  rules: DayRules,
  take: (day: PersonDay, count: bigint) => void,
): Refusal | null => {
  const readDay = dayReader(rules);
  for (const { day, count } of groups) {
    if (!Number.isSafeInteger(count)) return words.countNotWhole('count');
    const read = readDay(day);
    if (!read.ok) return read.refusal;
    take(read.value, BigInt(count));
  }
  return null;
};

/** One total for each rebound, the groups being read once for all of them. */
export const sumsUnder = (
  groups: readonly DayGroup[],
  { computation, rules }: Weighing,
  rebounds: readonly Rebound[],
): Outcome<readonly Sums[]> => {
  const weigh = counterOf(computation);
  const tallies = rebounds.map(rebound => ({ rebound, days: tally() }));
  const why = eachGroup(groups, rules, (day, count) => {
    for (const { rebound, days } of tallies) days.take(weigh(day, rebound).result, count);
  });
  return why === null ? accept(tallies.map(({ days }) => days.sums())) : refuse(why);
};

/** Every mode that the days use; a rate of one's own belongs to no set. */
const modesOf = (groups: readonly DayGroup[]): readonly string[] => {
  const used = new Set<string>();
  const note = ({ factor }: LegRequest) => used.add(typeof factor === 'string' ? factor : 'own_rate');
  for (const { day } of groups) {
    day.reference.forEach(note);
    day.actual.forEach(note);
  }
  return [...used].sort();
};

const denominators = (id: SetId): ReadonlyMap<string, string> =>
  new Map(factorSets[id].factors.map(factor => [factor.id, factor.denominator]));

/** Why days counted with one set cannot be counted with another: a mode is absent, or is counted otherwise. */
export const otherSetRefusal = (groups: readonly DayGroup[], from: SetId, to: SetId): Refusal | null => {
  if (from === to) return null;
  const [known, offered] = [denominators(from), denominators(to)];
  const used = modesOf(groups);
  const absent = used.filter(mode => !offered.has(mode));
  if (absent.length > 0) return words.modeAbsent(to, absent)('factor_set');
  const otherwise = used.filter(mode => offered.get(mode) !== known.get(mode));
  return otherwise.length > 0 ? words.denominatorDiffers(to, otherwise) : null;
};

/** Exact totals that say what they rest on. */
export interface Totals extends Sums {
  readonly version: string;
  readonly factor_set: SetId;
  readonly factor_set_hash: string;
  readonly rebound: Rebound;
}

export const totalsOf = (sums: Sums, { version, set }: Computation, rebound: Rebound): Totals => ({
  version: version.published.version,
  factor_set: set.id,
  factor_set_hash: setHashes[set.id],
  rebound,
  ...sums,
});

const onOneBasis = (a: Totals, b: Totals) =>
  a.version === b.version && a.factor_set_hash === b.factor_set_hash && sameRebound(a.rebound, b.rebound);

/** Adds two totals that rest on the same: boundaries differ from set to set, and their masses never mix. */
export const addTotals = (a: Totals, b: Totals): Outcome<Totals> => {
  if (!onOneBasis(a, b)) return refuse(words.mixedTotals(a.factor_set, b.factor_set));
  const mass = (key: 'gross_mg' | 'net_mg'): Rational => add(a[key], b[key]);
  return accept({
    ...a,
    avoided_m: a.avoided_m + b.avoided_m,
    unallocated_m: a.unallocated_m + b.unallocated_m,
    gross_mg: mass('gross_mg'),
    net_mg: mass('net_mg'),
  });
};
