import type { Bilingual } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import { type Day, type Instant, localDay, type Month, monthOf } from '../kernel/time.ts';

/** Statements follow the calendar of mainland France, wherever the server stands. */
const accountingZone = 'Europe/Paris';

/** One line of the ledger. A reversal has both its signs turned. */
export interface Line {
  readonly chargeId: Id<'chg'>;
  /** What was charged, once for ever: a booking's id, or a contract and its month. */
  readonly reference: string;
  readonly reversalOf: Id<'chg'> | null;
  readonly payerId: Id<'org'> | Id<'per'>;
  readonly payeeId: Id<'org'>;
  /** The subscription under which the line is charged, when there is one. */
  readonly contractId: string | null;
  readonly spaceId: Id<'spc'>;
  /** Whose day it is; null for what is due whoever comes, such as a desk rented by the month. */
  readonly personId: Id<'per'> | null;
  readonly day: Day;
  /** Half-days used: 0, 1 or 2; negative in a reversal. */
  readonly half_days: number;
  readonly amount_eur_cents: bigint;
  readonly label: Bilingual;
  readonly happened_at: Instant;
  readonly recorded_at: Instant;
}

export interface SpaceTotal {
  readonly spaceId: Id<'spc'>;
  readonly payeeId: Id<'org'>;
  readonly half_days: number;
  readonly amount_eur_cents: bigint;
}

export interface Statement {
  readonly payerId: Id<'org'> | Id<'per'>;
  readonly month: Month;
  readonly lines: readonly Line[];
  readonly spaces: readonly SpaceTotal[];
  readonly half_days: number;
  readonly amount_eur_cents: bigint;
}

/**
 * The month whose statement bears a line: the month of the day, or the month in which it was written when that is
 * later. A month that is over never changes; its corrections are signed lines of a later one.
 */
export function statementMonth(day: Day, recordedAt: Instant): Month {
  const written = monthOf(localDay(recordedAt, accountingZone));
  return written > monthOf(day) ? written : monthOf(day);
}

const totalOf = (lines: readonly Line[]) => ({
  half_days: lines.reduce((sum, line) => sum + line.half_days, 0),
  amount_eur_cents: lines.reduce((sum, line) => sum + line.amount_eur_cents, 0n),
});

/** Adds lines up, by space and in all, to the cent. Lines keep their order; spaces come in order of first mention. */
export function addUp(payerId: Statement['payerId'], month: Month, lines: readonly Line[]): Statement {
  const key = (line: Pick<Line, 'spaceId' | 'payeeId'>) => `${line.spaceId} ${line.payeeId}`;
  const firsts = [...new Map(lines.toReversed().map(line => [key(line), line])).values()].toReversed();
  const spaces = firsts.map(({ spaceId, payeeId }) => ({
    spaceId,
    payeeId,
    ...totalOf(lines.filter(line => line.spaceId === spaceId && line.payeeId === payeeId)),
  }));
  return { payerId, month, lines, spaces, ...totalOf(lines) };
}
