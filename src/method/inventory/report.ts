import type { Bilingual } from '../../kernel/bilingual.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { rational } from '../../kernel/rational.ts';
import type { Day } from '../../kernel/time.ts';
import { type DayGroup, eachGroup, weighingUnder } from '../comparison/groups.ts';
import { chosenHalfWidths, factorOf, totalsByFactor, uncertainty } from '../comparison/uncertainty.ts';
import { exactSum } from '../exact-sum.ts';
import { modes } from '../factors/modes.ts';
import { type DayQuantity, type Leg, metresOf, type PersonDay } from '../lbc-tiers-lieux/2026-1/quantify.ts';
import { counterOf, fingerprintOf, type MethodFingerprint } from '../quantified.ts';
import type { Terms } from '../request.ts';
import { watermark } from '../words.ts';
import { type DayEffect, effectOf, InventoryMass } from './2026-1/quantify.ts';

/** Whole metres by what moved and what it ran on; positive when driven less. */
export interface AvoidedByMode {
  readonly vehicle: string;
  readonly energy: string;
  readonly avoided_m: bigint;
}

/** An employer's commuting (scope 3, category 7) over its staff's days in spaces: reported, never sold. */
export interface Inventory {
  readonly employer: string;
  readonly from: Day;
  /** First day out. */
  readonly until: Day;
  readonly days: bigint;
  /** Days that say what they replaced: the only ones with an effect. */
  readonly days_counted: bigint;
  readonly avoided_m: bigint;
  readonly avoided_by_mode: readonly AvoidedByMode[];
  /** Travelled all the same, every day. */
  readonly residual_m: bigint;
  readonly residual: InventoryMass;
  readonly gross: InventoryMass;
  readonly rebound: InventoryMass;
  readonly net: InventoryMass;
  /** Around the net effect, rounded outward to whole milligrams. */
  readonly net_between: { readonly low: InventoryMass; readonly high: InventoryMass };
  /** The counted days as they were lived, and as they would have been at the company or at home. */
  readonly compared: {
    readonly lived: InventoryMass;
    readonly no_telework: InventoryMass;
    readonly home_telework: InventoryMass;
  };
  readonly fingerprint: MethodFingerprint;
  readonly watermark: Bilingual | null;
}

export interface InventoryRequest {
  readonly employer: string;
  readonly from: Day;
  readonly until: Day;
  readonly groups: readonly DayGroup[];
  readonly terms: Terms;
}

/** Metres by mode, kept as they are added to. */
type Tally = Map<string, bigint>;

const tallyLegs = (tally: Tally, legs: readonly Leg[], times: bigint): void => {
  for (const leg of legs) tally.set(factorOf(leg), (tally.get(factorOf(leg)) ?? 0n) + BigInt(leg.metres) * times);
};

const tallyDay = (tally: Tally, day: PersonDay, { credited }: DayQuantity, count: bigint): void => {
  if (!credited) return;
  if (day.replaced !== 'home') tallyLegs(tally, day.reference, count);
  tallyLegs(tally, day.actual, -count);
};

const byMode = (tally: Tally): readonly AvoidedByMode[] => {
  const rows = new Map<string, AvoidedByMode>();
  for (const [factor, metres] of tally) {
    const { vehicle, energy } = modes[factor] ?? { vehicle: 'own_rate', energy: 'none' };
    const key = `${vehicle} ${energy}`;
    rows.set(key, { vehicle, energy, avoided_m: (rows.get(key)?.avoided_m ?? 0n) + metres });
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
};

const whole = (mg: bigint): InventoryMass => InventoryMass.of(rational(mg));

const masses = ['residual_mg', 'gross_mg', 'rebound_mg', 'net_mg', 'office_mg', 'lived_mg', 'home_mg'] as const;
type Masses = Readonly<Record<(typeof masses)[number], InventoryMass>>;

/** Sums of effects, each `count` times. */
const effectTally = () => {
  const sums = masses.map(key => [key, exactSum()] as const);
  return {
    take: (effect: DayEffect, count: bigint): void => {
      for (const [key, sum] of sums) sum.add(effect[key], count);
    },
    totals: () => Object.fromEntries(sums.map(([key, sum]) => [key, InventoryMass.of(sum.total())])) as Masses,
  };
};

/** The inventory of one employer over one period, from its days alone. */
export const inventoryOf = ({ employer, from, until, groups, terms }: InventoryRequest): Outcome<Inventory> => {
  const weighing = weighingUnder(terms);
  if (!weighing.ok) return weighing;
  const { computation, rules, rebound } = weighing.value;
  const weigh = counterOf(computation);
  const [metres, effects]: [Tally, ReturnType<typeof effectTally>] = [new Map(), effectTally()];
  let [days, days_counted, avoided_m, residual_m] = [0n, 0n, 0n, 0n];
  const why = eachGroup(groups, rules, (asked, count) => {
    const { day, result } = weigh(asked, rebound);
    effects.take(effectOf(day, result, rebound), count);
    tallyDay(metres, day, result, count);
    days += count;
    days_counted += result.credited ? count : 0n;
    avoided_m += result.avoided_m * count;
    residual_m += metresOf(day.actual) * count;
  });
  if (why !== null) return refuse(why);
  const split = totalsByFactor(groups, terms);
  if (!split.ok) return split;
  const { low_mg, high_mg } = uncertainty(split.value, chosenHalfWidths);
  const { residual_mg, gross_mg, rebound_mg, net_mg, lived_mg, office_mg, home_mg } = effects.totals();
  return accept({
    employer,
    from,
    until,
    days,
    days_counted,
    avoided_m,
    avoided_by_mode: byMode(metres),
    residual_m,
    residual: residual_mg,
    gross: gross_mg,
    rebound: rebound_mg,
    net: net_mg,
    net_between: { low: whole(low_mg), high: whole(high_mg) },
    compared: { lived: lived_mg, no_telework: office_mg, home_telework: home_mg },
    fingerprint: fingerprintOf(computation),
    watermark: terms.profile === 'demo' ? watermark : null,
  });
};
