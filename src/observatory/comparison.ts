import { floor, multiply, parseRational, rational, sum, zero } from '../kernel/rational.ts';
import type { Month } from '../kernel/time.ts';
import { isSafe, leastPeople } from './disclosure.ts';
import type { Edition } from './edition.ts';
import { milligrams, told } from './figures.ts';

/** What claims hold of a closed month when another is published, and whom both sides are made of. */
export interface ClaimedMonth {
  readonly month: Month;
  /** Masses held, in exact milligrams, and how many lines bear each. */
  readonly masses: readonly { readonly net_mg: string; readonly lines: number }[];
  readonly people: number;
  /** People with a line that could be claimed and that no claim holds. */
  readonly others: number;
}

/** Claimed beside measured, of one month: masses in whole milligrams, bounds of the measure null when nothing tells them. */
export interface Compared {
  readonly month: Month;
  /** The edition that told it first: later ones repeat it until it may change. */
  readonly told_in: Month;
  readonly claimed_mg: string;
  readonly measured_mg: string;
  readonly low_mg: string | null;
  readonly high_mg: string | null;
  /** People on each side when it was told: kept to judge the next change, never shown. */
  readonly people: number;
  readonly others: number;
}

const massOf = ({ masses }: ClaimedMonth): bigint =>
  floor(sum(masses.map(({ net_mg, lines }) => multiply(parseRational(net_mg) ?? zero, rational(BigInt(lines))))));

/**
 * May a month be compared anew? Both sides are nobody or six people; and six people changed sides since every value told
 * before, so that no two values differ by what fewer did.
 */
function isTellable(now: ClaimedMonth, before: readonly Compared[]): boolean {
  const { people, others } = now;
  const moved = (cell: Compared) => Math.max(Math.abs(cell.people - people), Math.abs(cell.others - others));
  const isNews = people > 0 || before.length > 0;
  return isNews && isSafe(people) && isSafe(others) && before.every(cell => moved(cell) >= leastPeople);
}

/** Every public month of which something was claimed, as an edition tells it. */
export function comparedIn(
  edition: Month,
  { claimed, published }: { readonly claimed: readonly ClaimedMonth[]; readonly published: readonly Edition[] },
): readonly Compared[] {
  return told(published).flatMap(then => {
    const before = published.flatMap(one => one.comparison.filter(cell => cell.month === then.month));
    const now = claimed.find(one => one.month === then.month);
    if (!now || !isTellable(now, before)) return before.slice(-1);
    const { value, low, high } = milligrams(then);
    return {
      month: then.month,
      told_in: edition,
      claimed_mg: String(massOf(now)),
      measured_mg: String(value),
      low_mg: low === null ? null : String(low),
      high_mg: high === null ? null : String(high),
      people: now.people,
      others: now.others,
    };
  });
}
