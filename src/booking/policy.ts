import type { Id } from '../kernel/ids.ts';
import { type Day, type Instant, isBefore } from '../kernel/time.ts';
import type { BookableKind } from './claim.ts';

/** How a space, or the whole network, lets people book and cancel. */
export interface Policy {
  /** The last day that can be booked, counted from today. */
  readonly furthest_days: number;
  /** Until how many hours before it begins a booking is cancelled without cost. */
  readonly cancel_hours: number;
  /** After that, until it begins: the desk is freed but stays due, or the booking stands. */
  readonly late_cancellation: 'charged' | 'refused';
  /** `required`: who runs the space answers each request; until then the place is kept, and not charged. */
  readonly approval: 'none' | 'required';
  /** How long before it begins a place is booked at the latest; 0: until it is over. Not for who runs the space. */
  readonly notice_minutes: number;
  /** Half-days that one person may hold in the space in a week, Monday to Sunday; null: as many as there are. */
  readonly half_days_a_week: number | null;
  /** Time kept free after a booking of an office, a room or a booth, to clean it. */
  readonly buffer_minutes: number;
  /** Guests that one person may bring in a day; 0: none. */
  readonly guests_a_day: number;
  /** Kinds of place that only who runs the space books, for others. */
  readonly by_host: readonly BookableKind[];
}

export interface DatedPolicy extends Policy {
  readonly scope: 'network' | Id<'spc'>;
  readonly validFrom: Day;
}

/** What holds where nobody decided anything: a product choice, to be changed on the space's page. */
export const defaultPolicy: Policy = {
  furthest_days: 60,
  cancel_hours: 24,
  late_cancellation: 'charged',
  approval: 'none',
  notice_minutes: 0,
  half_days_a_week: null,
  buffer_minutes: 0,
  guests_a_day: 2,
  by_host: [],
};

/** The newest policy whose first day has come, the space's own before the network's. */
export function policyOn(policies: readonly DatedPolicy[], spaceId: Id<'spc'>, day: Day): Policy {
  const begun = policies.filter(p => p.validFrom <= day).toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  return begun.find(p => p.scope === spaceId) ?? begun.find(p => p.scope === 'network') ?? defaultPolicy;
}

export type Cancellation = 'free' | 'charged' | 'too_late';

/** What cancelling costs at a moment: nothing until the deadline, the price after it, impossible once begun. */
export function cancellationAt(begins: Instant, policy: Policy, now: Instant): Cancellation {
  if (!isBefore(now, begins)) return 'too_late';
  if (!isBefore(begins.subtract({ hours: policy.cancel_hours }), now)) return 'free';
  return policy.late_cancellation === 'charged' ? 'charged' : 'too_late';
}

/** The last moment at which cancelling is free. */
export const freeUntil = (begins: Instant, policy: Policy): Instant => begins.subtract({ hours: policy.cancel_hours });
