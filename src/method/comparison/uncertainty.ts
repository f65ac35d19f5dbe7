import type { Bilingual } from '../../kernel/bilingual.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import {
  add,
  compare,
  floor,
  multiply,
  negate,
  one,
  type Rational,
  rational,
  subtract,
  text,
  zero,
} from '../../kernel/rational.ts';
import { type ExactSum, exactSum } from '../exact-sum.ts';
import { emissionsMg, type Leg, type PersonDay, type Rebound } from '../lbc-tiers-lieux/2026-1/quantify.ts';
import { counterOf, tally } from '../quantified.ts';
import type { DayRules, Terms } from '../request.ts';
import { type DayGroup, eachGroup, weighingUnder } from './groups.ts';

/** A relative half-width: an error of ± that share of the value. It widens an interval and never earns a credit. */
export interface Assumption {
  readonly id: 'factor' | 'distance';
  readonly label: Bilingual;
  readonly half_width: Rational;
  readonly status: 'product_choice';
}

export const assumptions: readonly Assumption[] = [
  {
    id: 'factor',
    label: {
      fr: 'facteur d’émission : la même erreur pour tout le monde',
      en: 'emission factor: the same error for everyone',
    },
    half_width: rational(20n, 100n),
    status: 'product_choice',
  },
  {
    id: 'distance',
    label: { fr: 'distance : une erreur propre à chaque trajet', en: 'distance: an error of its own for each trip' },
    half_width: rational(10n, 100n),
    status: 'product_choice',
  },
];

export type HalfWidths = Readonly<Record<Assumption['id'], Rational>>;

/** The half-widths that Parvis chose. */
export const chosenHalfWidths = Object.fromEntries(
  assumptions.map(({ id, half_width }) => [id, half_width]),
) as HalfWidths;

/** The part of a net total that one factor carries. */
export interface FactorTotal {
  readonly factor: string;
  /** Signed: reference legs less actual legs, after the rebound. One error moves all of it. */
  readonly mg: Rational;
  /** Σ of the squares of what each trip carries: each has its own error. */
  readonly trips_mg2: Rational;
}

export interface FactorTotals {
  readonly net_mg: Rational;
  readonly factors: readonly FactorTotal[];
}

const square = (value: Rational): Rational => multiply(value, value);

/** What multiplies the two sides of a credited day in its net saving: `net = r·E_ref − a·E_prj − E_TL`. */
const weightsOf = (
  day: PersonDay,
  rebound: Rebound,
  saves: boolean,
): readonly [reference: Rational, actual: Rational] => {
  const office = subtract(one, day.s);
  const kept = subtract(one, rebound.rate);
  if (day.x === 0 || rebound.variant === 'none') return [office, negate(one)];
  if (rebound.variant === 'reference') return [multiply(office, kept), negate(one)];
  return saves ? [multiply(office, kept), negate(kept)] : [office, negate(one)];
};

/** The id of a leg's factor in its set; a rate of one's own is told by its value. */
export const factorOf = ({ rate }: Leg): string =>
  'id' in rate && typeof rate.id === 'string' ? rate.id : `${rate.ug_per_m} ${rate.denominator}`;

const keyOf = (day: PersonDay): string => {
  const legs = (side: readonly Leg[]) =>
    side.map(leg => `${leg.metres} ${factorOf(leg)} ${'occupancy' in leg ? text(leg.occupancy) : ''}`).join();
  return `${day.x}|${day.replaced}|${text(day.s)}|${legs(day.reference)}|${legs(day.actual)}|${text(day.space_energy_mg)}`;
};

/** What each factor carries: its sum, and the sum of the squares of its trips. */
type Tally = Map<string, { readonly mg: ExactSum; readonly trips_mg2: ExactSum }>;

const tallySide = (carried: Tally, legs: readonly Leg[], weight: Rational): void => {
  for (const leg of legs) {
    const factor = factorOf(leg);
    const sums = carried.get(factor) ?? { mg: exactSum(), trips_mg2: exactSum() };
    carried.set(factor, sums);
    const mg = multiply(emissionsMg([leg]), weight);
    sums.mg.add(mg, 1n);
    sums.trips_mg2.add({ numerator: mg.numerator ** 2n, denominator: mg.denominator ** 2n }, 1n);
  }
};

/** Equal days together: where the first of them stands, and how many they are in all. */
const alike = (groups: readonly DayGroup[], rules: DayRules): Outcome<readonly DayGroup[]> => {
  const same = new Map<string, { readonly first: DayGroup; count: number }>();
  let at = 0;
  const why = eachGroup(groups, rules, day => {
    const group = groups[at++]!;
    const key = keyOf(day);
    const known = same.get(key);
    if (known) known.count += group.count;
    else same.set(key, { first: group, count: group.count });
  });
  return why === null ? accept([...same.values()].map(({ first: { day }, count }) => ({ day, count }))) : refuse(why);
};

/**
 * The net total of a batch, split by what carries it. Equal days, wherever they stand in the list, are taken for one trip made
 * several times, with one error: the wider of the two readings.
 */
export const totalsByFactor = (groups: readonly DayGroup[], terms: Terms): Outcome<FactorTotals> => {
  const weighing = weighingUnder(terms);
  if (!weighing.ok) return weighing;
  const { computation, rules, rebound } = weighing.value;
  const weigh = counterOf(computation);
  const together = alike(groups, rules);
  if (!together.ok) return together;
  const carried: Tally = new Map();
  const days = tally();
  const why = eachGroup(together.value, rules, (asked, count) => {
    const { day, result } = weigh(asked, rebound);
    days.take(result, count);
    if (!result.credited) return;
    const times = rational(count);
    const [reference, actual] = weightsOf(day, rebound, compare(result.substituted_mg, zero) > 0);
    tallySide(carried, day.reference, multiply(reference, times));
    tallySide(carried, day.actual, multiply(actual, times));
  });
  if (why !== null) return refuse(why);
  const factors = [...carried]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([factor, { mg, trips_mg2 }]) => ({ factor, mg: mg.total(), trips_mg2: trips_mg2.total() }));
  return accept({ net_mg: days.sums().net_mg, factors });
};

/** The least whole number whose square is not below `value`. */
export const rootUp = (value: Rational): bigint => {
  const { numerator, denominator } = value;
  let low = -1n;
  let high = 1n;
  while (high * high * denominator < numerator) high *= 2n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle * middle * denominator < numerator) low = middle;
    else high = middle;
  }
  return high;
};

/** An exact total and, for display, whole milligrams around it, rounded outward. */
export interface Interval {
  readonly net_mg: Rational;
  readonly variance_mg2: Rational;
  readonly half_width_mg: bigint;
  readonly low_mg: bigint;
  readonly high_mg: bigint;
}

/** Errors of different factors are independent, as are those of different trips; one factor's error is everyone's. */
export const uncertainty = ({ net_mg, factors }: FactorTotals, { factor, distance }: HalfWidths): Interval => {
  const variance_mg2 = factors.reduce(
    (sum, { mg, trips_mg2 }) => add(sum, add(square(multiply(factor, mg)), multiply(square(distance), trips_mg2))),
    zero,
  );
  const half_width_mg = rootUp(variance_mg2);
  return {
    net_mg,
    variance_mg2,
    half_width_mg,
    low_mg: floor(net_mg) - half_width_mg,
    high_mg: -floor(negate(net_mg)) + half_width_mg,
  };
};
