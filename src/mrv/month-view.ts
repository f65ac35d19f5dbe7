import type { RecomputeRun } from '../commute/commute.ts';
import type { Day, Month } from '../kernel/time.ts';
import type { Batch } from './batch.ts';
import type { Check } from './checks.ts';
import type { Flow, LeakAt } from './flow.ts';
import type { PeriodState } from './period.ts';

/** A month on its way: what came in, what left and why, what still stands before its closing. */
export interface MonthView {
  readonly month: Month;
  readonly state: PeriodState;
  readonly closable_from: Day;
  readonly flow: Flow;
  readonly checks: readonly Check[];
  readonly batch: Batch | null;
  /** The last time that every leg of the month was counted again from what was kept; null as long as it was not. */
  readonly recount: RecomputeRun | null;
  /** The leak asked about, place by place; empty when none was. */
  readonly places: readonly (LeakAt & { readonly name: string })[];
}

/** A month in the operator's list. */
export interface MonthRow {
  readonly month: Month;
  readonly state: PeriodState;
  readonly trips: number;
  readonly avoided_m: bigint;
  readonly batch: Batch | null;
}
