import { isOpenDuring, type WallHours, wallHoursOf } from '../booking/booking.ts';
import { addDays, type Day, type DayPart, type Interval, isBefore, localDay, wallTime } from '../kernel/time.ts';
import type { OpenDay } from '../spaces/spaces.ts';
import type { When } from './entry.ts';

/** What an entry takes of one day of a space. */
export type Slice = { readonly day: Day; readonly during: Interval } | { readonly day: Day; readonly part: DayPart };

/** A year of days in one entry is a way of closing a room, not of booking it. */
export const longest_days = 366;

const daysFrom = (first: Day, last: Day): readonly Day[] => {
  const days: Day[] = [];
  for (let day = first; day <= last && days.length <= longest_days; day = addDays(day, 1)) days.push(day);
  return days;
};

/** From when to when, for what is told by the hour. */
export const intervalOf = (when: When & { kind: 'instants' | 'wall' }, zone: string): Interval =>
  when.kind === 'instants'
    ? when
    : { from: wallTime(when.from.day, when.from.minutes, zone), to: endOn(when.to.day, when.to.minutes, zone) };

const endOn = (day: Day, minutes: number, zone: string) =>
  minutes === 1440 ? wallTime(addDays(day, 1), 0, zone) : wallTime(day, minutes, zone);

const common = (a: Interval, b: Interval): Interval => ({
  from: isBefore(a.from, b.from) ? b.from : a.from,
  to: isBefore(a.to, b.to) ? a.to : b.to,
});

/** The first day that an entry takes. */
export const firstDayOf = (when: When, zone: string): Day => {
  if (when.kind === 'parts') return when.first;
  return when.kind === 'wall' ? when.from.day : localDay(when.from, zone);
};

/** The days that an entry takes on the wall of a zone, one slice each; one more than `longest_days` when it takes more. */
export function slicesOf(when: When, zone: string): readonly Slice[] {
  if (when.kind === 'parts') return daysFrom(when.first, when.last).map(day => ({ day, part: when.part }));
  const whole = intervalOf(when, zone);
  const last = localDay(whole.to.subtract({ nanoseconds: 1 }), zone);
  return daysFrom(localDay(whole.from, zone), last).map(day => ({
    day,
    during: common(whole, { from: wallTime(day, 0, zone), to: wallTime(addDays(day, 1), 0, zone) }),
  }));
}

export type Fit =
  /** A part of the space's day, less what lies outside its opening. */
  | { readonly kind: 'exact'; readonly part: DayPart }
  /** The smallest part that holds it. */
  | { readonly kind: 'within'; readonly part: DayPart }
  | { readonly kind: 'outside' };

const sameInterval = (a: Interval, b: Interval): boolean => a.from.equals(b.from) && a.to.equals(b.to);
const holds = (a: Interval, b: Interval): boolean => !isBefore(b.from, a.from) && !isBefore(a.to, b.to);

/** Which part of the day a slice is. A day without any is left to booking, which says why. */
export function fitOf(slice: Slice, { parts }: OpenDay): Fit {
  if ('part' in slice) return { kind: 'exact', part: slice.part };
  const offered = (['morning', 'afternoon', 'day'] as const).flatMap(part => {
    const during = parts[part];
    return during === null ? [] : [{ part, during }];
  });
  if (offered.length === 0) return { kind: 'exact', part: 'day' };
  const widest = offered.at(-1)!.during;
  const inside = common(slice.during, widest);
  if (!isBefore(inside.from, inside.to)) return { kind: 'outside' };
  const same = offered.find(({ during }) => sameInterval(during, inside));
  if (same) return { kind: 'exact', part: same.part };
  return { kind: 'within', part: offered.find(({ during }) => holds(during, inside))!.part };
}

/** What a place that has a price by the hour is to be asked for. */
export type HourlyFit =
  | { readonly kind: 'hours'; readonly hours: WallHours }
  | { readonly kind: 'odd_quarters' }
  /** Not open for all of it: as a part of the day, which has a price too. */
  | { readonly kind: 'part' };

/**
 * A slice of a place that goes by the hour, at its very hours. Where the space is not open for all of them, over lunch for instance, a
 * part of the day that has a price may serve; else booking says why not.
 */
export function hourlyFitOf(
  slice: Slice,
  openDay: OpenDay,
  { zone, hasPrice }: { readonly zone: string; readonly hasPrice: (part: DayPart) => boolean },
): HourlyFit {
  if ('part' in slice) return { kind: 'part' };
  const hours = wallHoursOf(slice.during, slice.day, zone);
  if (hours === null) return { kind: 'odd_quarters' };
  const fit = fitOf(slice, openDay);
  const served = openDay.closed === null && fit.kind !== 'outside' && hasPrice(fit.part);
  return served && !isOpenDuring(openDay, slice.during) ? { kind: 'part' } : { kind: 'hours', hours };
}

/** Nothing of an entry is taken by the hour unless all of it goes by quarters. */
export const goesByQuarters = (slices: readonly Slice[], zone: string): boolean =>
  slices.every(slice => 'part' in slice || wallHoursOf(slice.during, slice.day, zone) !== null);
