import { type Half, halves, type KindTaken } from '../booking/booking.ts';
import { type Day, weekday } from '../kernel/time.ts';
import type { OpenDay, Resource, ResourceKind } from '../spaces/spaces.ts';

/** How full one half of a day is. `total` is 0 when the space does not open then. */
export interface HalfCount {
  readonly day: Day;
  readonly half: Half;
  readonly taken: number;
  readonly total: number;
}

export interface CapacityFacts {
  readonly openDays: readonly OpenDay[];
  readonly kinds: readonly ResourceKind[];
  /** What can or could be booked. */
  readonly places: readonly Pick<Resource, 'kind' | 'withdrawnFrom'>[];
  readonly taken: readonly KindTaken[];
}

/** A line a half-day, in the order of the days: places of these kinds, and how many are had. */
export function countsOf({ openDays, kinds, places, taken }: CapacityFacts): readonly HalfCount[] {
  const all = (day: Day): number =>
    places.filter(one => kinds.includes(one.kind) && (one.withdrawnFrom === null || day < one.withdrawnFrom)).length;
  const hadOn = (day: Day, half: Half) =>
    taken.filter(one => one.day === day && kinds.includes(one.kind)).reduce((sum, one) => sum + one[half], 0);
  return openDays.flatMap(({ day, parts }) =>
    halves.map(half => {
      const total = parts[half] === null ? 0 : all(day);
      return { day, half, total, taken: total === 0 ? 0 : Math.min(total, hadOn(day, half)) };
    }),
  );
}

/** Half-days had of half-days offered, on one day of the week. */
export interface WeekdayRate {
  /** 1 is Monday. */
  readonly weekday: number;
  readonly taken: number;
  readonly total: number;
}

/** Days of the week on which anything was offered, Monday first. */
export const ratesOf = (counts: readonly HalfCount[]): readonly WeekdayRate[] =>
  [1, 2, 3, 4, 5, 6, 7].flatMap(number => {
    const own = counts.filter(({ day, total }) => weekday(day) === number && total > 0);
    const sum = (name: 'taken' | 'total') => own.reduce((all, one) => all + one[name], 0);
    return own.length === 0 ? [] : [{ weekday: number, taken: sum('taken'), total: sum('total') }];
  });

interface Ratio {
  readonly taken: number;
  readonly total: number;
}

/** Is `a` fuller than `b`? Cross products, so that equal ratios are equal. */
const fuller = (a: Ratio, b: Ratio): boolean => a.taken * b.total > b.taken * a.total;

/** The fullest, the first of those that tie; null when nothing is taken. */
export const fullest = <T extends Ratio>(all: readonly T[]): T | null =>
  all.reduce<T | null>((best, one) => (one.taken > 0 && (best === null || fuller(one, best)) ? one : best), null);

/** Whole per cent, rounded down: 100 only when all is taken. */
export const percentOf = ({ taken, total }: Ratio): number => (total === 0 ? 0 : Math.floor((100 * taken) / total));
