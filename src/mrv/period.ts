import type { Day, Month } from '../kernel/time.ts';
import type { Batch } from './batch.ts';
import { closableFrom } from './checks.ts';
import type { MonthPresence } from './line.ts';

/** Where a month stands: under way, over but not final, ready to be closed, closed. */
export type PeriodState = 'running' | 'settling' | 'ready' | 'closed';

export const periodState = (month: Month, today: Day, isClosed: boolean): PeriodState => {
  if (isClosed) return 'closed';
  if (today >= closableFrom(month)) return 'ready';
  return today.slice(0, 7) > month ? 'settling' : 'running';
};

const sameYear = (a: Month, b: Month): boolean => a.slice(0, 4) === b.slice(0, 4);

/** Closed months of the same year that left presences waiting for a decision. */
export const monthsLeftWaiting = (month: Month, closed: readonly Batch[]): readonly Month[] =>
  closed
    .filter(batch => batch.waiting > 0 && batch.month < month && sameYear(batch.month, month))
    .map(batch => batch.month);

/** Has this presence its place in the accounts, credited or not? */
export const isDecided = ({ standing }: MonthPresence): boolean => standing === 'settled' || standing === 'blocked';
