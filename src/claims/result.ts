import type { Canonical } from '../kernel/canonical.ts';
import type { Day } from '../kernel/time.ts';

/** What one employer gets in an energy claim. Whole figures as text, exact rests as fractions. */
export interface EmployerResult {
  readonly employer: string;
  /** Months of its lines, whose invoices are its rent. */
  readonly months: readonly string[];
  readonly offer_accepted_on: Day;
  readonly days: string;
  readonly avoided_m: string;
  readonly wh_cumac: string;
  readonly incentive_eur_cents: string;
  readonly above_cap_eur_cents: string;
  readonly rent_eur_cents: string;
  readonly paid_before_eur_cents: string;
  readonly residual_cost_eur_cents: string;
  /** The exact rests that came in, and those that go to the next claim. */
  readonly carried_wh_cumac: string;
  readonly carried_eur_cents: string;
  readonly carry_wh_cumac: string;
  readonly carry_eur_cents: string;
}

/** `batch.json` of an energy claim's dossier. */
export interface CeeResult {
  readonly kind: 'cee';
  readonly id: string;
  readonly contract: string;
  readonly on: Day;
  readonly method: { readonly id: string; readonly version: string; readonly sha256: string };
  readonly contract_sha256: string;
  readonly fictitious: boolean;
  /** Places of the lines in the log. */
  readonly lines: readonly number[];
  readonly employers: readonly EmployerResult[];
  readonly wh_cumac: string;
  readonly incentive_eur_cents: string;
  readonly turn: number;
  readonly engine: string;
}

/** `batch.json` of a carbon claim's dossier: masses are exact milligrams. */
export interface LbcResult {
  readonly kind: 'lbc';
  readonly id: string;
  readonly project: string;
  readonly vintage: number;
  readonly on: Day;
  readonly lines: readonly number[];
  readonly spaces: number;
  readonly users: number;
  readonly avoided_m: string;
  readonly gross_mg: string;
  readonly settlement: {
    readonly net_mg: string;
    readonly rebates: { readonly combine: string; readonly rates: readonly string[] };
    readonly recognised_mg: string;
    readonly carry_in_mg: string;
    readonly credits: string;
    readonly carry_out_mg: string;
    readonly mg_per_credit: string;
  };
  readonly turn: number;
  readonly engine: string;
}

export type ClaimResult = CeeResult | LbcResult;

export const asJson = (result: ClaimResult): Canonical => result as unknown as Canonical;

/** Names the rules of this room's arithmetic: another number when a claim could come out otherwise. */
export const claimsEngine = 'parvis-claims/1';
