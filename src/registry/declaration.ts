import { Temporal } from 'temporal-polyfill';
import type { Rational } from '../kernel/rational.ts';
import { type Day, daysBetween } from '../kernel/time.ts';

/** Past the limit is `late`; a declaration, even a late one, ends the clock. */
export type DeclarationState = 'waiting' | 'alarm' | 'red' | 'late' | 'declared';

export interface DeclarationTerms {
  /** Days after signing from which the clock warns, then insists. */
  readonly alarm_days: number;
  readonly red_days: number;
  readonly limit_months: number;
}

export interface DeclarationClock {
  /** The last day on which the declaration is in time. */
  readonly due_on: Day;
  readonly days_left: number;
  readonly state: DeclarationState;
}

/** The same date some months later, or the last of that month: 30 November + 3 months = 28 February. */
const monthsAfter = (day: Day, months: number): Day => Temporal.PlainDate.from(day).add({ months }).toString() as Day;

function stateOn(signedOn: Day, { today, dueOn }: { today: Day; dueOn: Day }, terms: DeclarationTerms) {
  if (today > dueOn) return 'late';
  const elapsed = daysBetween(signedOn, today);
  if (elapsed >= terms.red_days) return 'red';
  return elapsed >= terms.alarm_days ? 'alarm' : 'waiting';
}

/** How long is left to declare a transfer in the State's register (order of 5 September 2025: three months from signing). */
export function declarationClock(
  { signedOn, declaredOn }: { readonly signedOn: Day; readonly declaredOn: Day | null },
  today: Day,
  terms: DeclarationTerms,
): DeclarationClock {
  const due_on = monthsAfter(signedOn, terms.limit_months);
  const state = declaredOn === null ? stateOn(signedOn, { today, dueOn: due_on }, terms) : 'declared';
  return { due_on, days_left: daysBetween(today, due_on), state };
}

/** The clock's terms among the values of this room. */
export const clockTerms = (
  values: Readonly<Record<`declaration_${keyof DeclarationTerms}`, Rational>>,
): DeclarationTerms => ({
  alarm_days: Number(values.declaration_alarm_days.numerator),
  red_days: Number(values.declaration_red_days.numerator),
  limit_months: Number(values.declaration_limit_months.numerator),
});
