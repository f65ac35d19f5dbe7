import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Day, Instant } from '../kernel/time.ts';
import { noShowWords } from './no-show-words.ts';
import { policyWords } from './policy-words.ts';

/** What a space does with a place for which nobody came. */
export interface NoShowPolicy {
  /** How long after it begins the place is given back; null: never. */
  readonly release_after_minutes: number | null;
  /** With more strikes than these, the space accepts each of the person's requests. */
  readonly strikes_allowed: number;
  /** For how many days a strike counts. */
  readonly strike_window_days: number;
}

export interface DatedNoShowPolicy extends NoShowPolicy {
  readonly spaceId: Id<'spc'>;
  readonly validFrom: Day;
}

/** Where nobody decided anything, nothing is given back: a product choice. */
export const noRelease: NoShowPolicy = { release_after_minutes: null, strikes_allowed: 3, strike_window_days: 90 };

/** The newest policy whose first day has come. */
export const noShowOn = (policies: readonly DatedNoShowPolicy[], day: Day): NoShowPolicy => {
  const [newest] = policies.filter(p => p.validFrom <= day).toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  if (newest === undefined) return noRelease;
  const { release_after_minutes, strikes_allowed, strike_window_days } = newest;
  return { release_after_minutes, strikes_allowed, strike_window_days };
};

const within = (n: number, least: number, most: number): boolean => Number.isInteger(n) && least <= n && n <= most;

/** The first reason why a policy cannot be written; null when it can. */
export function noShowRefusal(policy: NoShowPolicy & { readonly from: Day }, today: Day): Refusal | null {
  const { release_after_minutes, strikes_allowed, strike_window_days } = policy;
  if (release_after_minutes !== null && !within(release_after_minutes, 15, 240)) return noShowWords.badDelay;
  if (!within(strikes_allowed, 1, 20)) return noShowWords.badStrikes;
  if (!within(strike_window_days, 7, 365)) return noShowWords.badWindow;
  return policy.from < today ? policyWords.policyInThePast(today) : null;
}

/** A place that was given back because nobody came. */
export interface Strike {
  readonly bookingId: Id<'bkg'>;
  readonly personId: Id<'per'>;
  readonly spaceId: Id<'spc'>;
  readonly day: Day;
  readonly notedAt: Instant;
  /** When the place was given to the person again; null when it was not. */
  readonly restoredAt: Instant | null;
  readonly liftedAt: Instant | null;
  /** A host's id, or `arrival`. */
  readonly liftedBy: string | null;
  readonly liftReason: string | null;
}
