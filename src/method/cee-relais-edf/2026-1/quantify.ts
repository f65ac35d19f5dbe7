import { add, floor, multiply, type Rational, rational, subtract, zero } from '../../../kernel/rational.ts';
import { addDays, type Day } from '../../../kernel/time.ts';

/**
 * Every parameter of a contract version. No public text gives their values: each one comes from the contract, or is missing.
 * Money is in euro cents, energy in watt-hours over the life of the action (Wh cumac).
 */
export interface Contract {
  readonly obligated_party: string;
  readonly contract_version: string;
  readonly valid_from: Day;
  /** First day out of force; null when no end is set. */
  readonly valid_until: Day | null;
  readonly unit: 'km' | 'day' | 'kWh';
  readonly price_per_unit_eur_cents: Rational;
  readonly wh_cumac_per_m: Rational;
  readonly eligible_modes: readonly string[];
  readonly eligible_energies: readonly string[];
  readonly min_distance_m: number;
  readonly max_share_of_rent: Rational;
  readonly min_residual_cost_eur_cents: number;
  readonly claim_window_days: number;
  readonly application_delay_days: number;
  readonly min_batch_wh_cumac: number;
  /** After such an operation of the same person, no day counts for that many days. */
  readonly cooldown_rules: readonly { readonly operation: string; readonly days: number }[];
  readonly control_rate: Rational;
  readonly archive_years: number;
  readonly statement_template_version: string;
  readonly replaced_allowed: readonly string[];
}

/** One presence allocated to the scheme. */
export interface CeeDay {
  readonly presence_id: string;
  readonly employer: string;
  readonly day: Day;
  /** How the person would have gone to the office: the trip avoided. */
  readonly mode: string;
  readonly energy: string;
  readonly replaced: string;
  readonly avoided_m: number;
  /** A half-day is 1/2. */
  readonly share: Rational;
  readonly past_operations: readonly { readonly operation: string; readonly on: Day }[];
}

/** An employer over the period of the batch. */
export interface CeeEmployer {
  readonly employer: string;
  readonly offer_accepted_on: Day;
  readonly rent_eur_cents: number;
  /** What earlier batches paid over the same months: it counts against the cap, and in what is left to pay. */
  readonly paid_before_eur_cents: number;
  readonly other_aid_eur_cents: number;
  readonly carry_wh_cumac: Rational;
  readonly carry_eur_cents: Rational;
}

/** Why a day counts or does not, in order of precedence. */
export const reasons = [
  'contract_not_in_force',
  'mode_not_eligible',
  'energy_not_eligible',
  'replaced_not_allowed',
  'no_prior_offer',
  'below_min_distance',
  'cooldown',
  'too_early',
  'claim_window_over',
] as const;
export type LineReason = (typeof reasons)[number] | 'eligible';

const lacks = (list: readonly string[] | undefined, value: string): boolean =>
  list !== undefined && !list.includes(value);

type Check = (day: CeeDay, employer: CeeEmployer) => boolean;

/** What each reason looks at. A parameter that is missing is not applied: only a complete contract claims. */
const checksOf = (contract: Partial<Contract>, on: Day): Readonly<Record<(typeof reasons)[number], Check>> => {
  const { valid_from, valid_until, min_distance_m = 0, cooldown_rules = [], claim_window_days } = contract;
  const newest = addDays(on, -(contract.application_delay_days ?? 0));
  const oldest = claim_window_days === undefined ? null : addDays(on, -claim_window_days);
  return {
    contract_not_in_force: ({ day }) =>
      (valid_from !== undefined && day < valid_from) || (valid_until != null && day >= valid_until),
    mode_not_eligible: ({ mode }) => lacks(contract.eligible_modes, mode),
    energy_not_eligible: ({ energy }) => lacks(contract.eligible_energies, energy),
    replaced_not_allowed: ({ replaced }) => lacks(contract.replaced_allowed, replaced),
    no_prior_offer: ({ day }, { offer_accepted_on }) => offer_accepted_on >= day,
    // A day that loses is never excused for being short: it would bias the sum upward.
    below_min_distance: ({ avoided_m }) => avoided_m >= 0 && avoided_m < min_distance_m,
    cooldown: ({ day, past_operations }) =>
      cooldown_rules.some(rule =>
        past_operations.some(
          ({ operation, on: past }) => operation === rule.operation && past <= day && day < addDays(past, rule.days),
        ),
      ),
    too_early: ({ day }) => day > newest,
    claim_window_over: ({ day }) => oldest !== null && day < oldest,
  };
};

/** Judges the days of a batch made on that day: the first reason that says no, or `eligible`. */
export const judgeOf = (contract: Partial<Contract>, on: Day): ((day: CeeDay, employer: CeeEmployer) => LineReason) => {
  const checks = checksOf(contract, on);
  return (day, employer) => reasons.find(reason => checks[reason](day, employer)) ?? 'eligible';
};

/** One rounding, downward and never below zero; the exact rest goes to the same employer's next batch. */
export interface Floored {
  readonly exact: Rational;
  readonly whole: bigint;
  readonly carry: Rational;
}

const floored = (exact: Rational, carried: Rational): Floored => {
  const available = add(exact, carried);
  const below = floor(available);
  const whole = below > 0n ? below : 0n;
  return { exact, whole, carry: subtract(available, rational(whole)) };
};

/** What the eligible days of one employer come to. */
export interface EmployerResult {
  readonly employer: string;
  readonly eligible_days: Rational;
  readonly avoided_m: bigint;
  readonly wh_cumac: Floored;
  /** Earned and carried, in euro cents; of what is whole, one part is paid and the part above the cap never is. */
  readonly incentive: Floored & { readonly paid: bigint; readonly above_cap: bigint };
  readonly residual_cost_eur_cents: bigint;
}

export type Prices = Pick<Contract, 'unit' | 'price_per_unit_eur_cents' | 'wh_cumac_per_m' | 'max_share_of_rent'>;

const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const perThousand = rational(1n, 1000n);

/** Energy saved and money earned by the eligible days of one employer, each rounded once. */
export const settleEmployer = (employer: CeeEmployer, days: readonly CeeDay[], contract: Prices): EmployerResult => {
  const avoided_m = days.reduce((sum, day) => sum + BigInt(day.avoided_m), 0n);
  const eligible_days = days.reduce((sum, day) => add(sum, day.share), zero);
  const wh = multiply(rational(avoided_m), contract.wh_cumac_per_m);
  const units = { km: multiply(rational(avoided_m), perThousand), day: eligible_days, kWh: multiply(wh, perThousand) };
  const earned = multiply(units[contract.unit], contract.price_per_unit_eur_cents);
  const incentive = floored(earned, employer.carry_eur_cents);
  const paid_before = BigInt(employer.paid_before_eur_cents);
  const cap = floor(multiply(rational(BigInt(employer.rent_eur_cents)), contract.max_share_of_rent)) - paid_before;
  const paid = lesser(incentive.whole, cap < 0n ? 0n : cap);
  return {
    employer: employer.employer,
    eligible_days,
    avoided_m,
    wh_cumac: floored(wh, employer.carry_wh_cumac),
    incentive: { ...incentive, paid, above_cap: incentive.whole - paid },
    residual_cost_eur_cents:
      BigInt(employer.rent_eur_cents) - paid - paid_before - BigInt(employer.other_aid_eur_cents),
  };
};

/** Whoever benefits keeps something to pay: more than nothing, and at least what the contract says. */
export const leavesEnough = (
  { wh_cumac, incentive, residual_cost_eur_cents }: EmployerResult,
  least_eur_cents: number,
): boolean =>
  // A batch that only takes days back claims and pays nothing: there is no one to leave anything to.
  (wh_cumac.whole === 0n && incentive.paid === 0n) ||
  (residual_cost_eur_cents > 0n && residual_cost_eur_cents >= BigInt(least_eur_cents));
