import { addSeconds, type Instant, isBefore } from '../kernel/time.ts';

/** Seconds from one attempt to the next, growing: seven attempts in a day and a half hour. */
export const delays_s: readonly number[] = [60, 5 * 60, 30 * 60, 2 * 3_600, 6 * 3_600, 16 * 3_600];

export const attemptsInAll = delays_s.length + 1;

/** How long a receiver that failed is left alone before anything else is tried with it. */
export const pause_s = 60;

/** How long a delivery under way belongs to who sends it; after that, whoever stopped is taken over from. */
export const lease_s = 30;

/** Both secrets sign for this long after a change. */
export const overlap_s = 24 * 3_600;

/** A receiver that answered nothing well for this long, and lost a delivery, is told nothing more. */
export const longestFailing_s = 24 * 3_600;

/** Deliveries are forgotten after this. */
export const kept_days = 30;

export interface Attempted {
  /** Failures of this delivery before this one. */
  readonly step: number;
  /** HTTP status; null when nobody answered. */
  readonly status: number | null;
}

export type Next =
  | { readonly state: 'delivered' }
  | { readonly state: 'waiting'; readonly at: Instant }
  | { readonly state: 'failed' };

const isWell = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/** What becomes of a delivery after an attempt: only an answer of the two hundreds is one. 410 says never again. */
export function nextOf({ step, status }: Attempted, now: Instant): Next {
  if (isWell(status)) return { state: 'delivered' };
  const delay_s = delays_s[step];
  return status === 410 || delay_s === undefined
    ? { state: 'failed' }
    : { state: 'waiting', at: addSeconds(now, delay_s) };
}

/** Why a receiver is told nothing more after a failure; null while there is hope. */
export function endOf(
  { status, lost, failingSince }: { status: number | null; lost: boolean; failingSince: Instant },
  now: Instant,
): 'gone' | 'failing' | null {
  if (status === 410) return 'gone';
  return lost && !isBefore(now, addSeconds(failingSince, longestFailing_s)) ? 'failing' : null;
}
