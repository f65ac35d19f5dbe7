import {
  addDays,
  type Day,
  type DayPart,
  type Instant,
  type Interval,
  isBefore,
  localDay,
  wallTime,
} from '../kernel/time.ts';
import { halfDaySplit_min, type OpenDay } from '../spaces/spaces.ts';

/** From and to on the space's own wall, in minutes from midnight; whole quarters of an hour of one day. */
export interface WallHours {
  readonly begins_min: number;
  readonly ends_min: number;
}

export const quarter_min = 15;
const day_min = 1440;

export const areWhole = ({ begins_min, ends_min }: WallHours): boolean =>
  [begins_min, ends_min].every(minutes => minutes % quarter_min === 0) &&
  0 <= begins_min &&
  begins_min < ends_min &&
  ends_min <= day_min;

/** The halves of the day that they meet. */
export const partOf = ({ begins_min, ends_min }: WallHours): DayPart => {
  if (ends_min <= halfDaySplit_min) return 'morning';
  return begins_min >= halfDaySplit_min ? 'afternoon' : 'day';
};

const onTheWall = (day: Day, minutes: number, zone: string): Instant =>
  minutes === day_min ? wallTime(addDays(day, 1), 0, zone) : wallTime(day, minutes, zone);

const wallMinutes = (at: Instant, zone: string): number => {
  const { hour, minute } = at.toZonedDateTimeISO(zone);
  return hour * 60 + minute;
};

/** Hours as UTC; null where they are reversed, or begin or end in the hour that is missing when clocks jump forward. */
export function intervalOf(hours: WallHours, day: Day, zone: string): Interval | null {
  if (!areWhole(hours)) return null;
  const { begins_min, ends_min } = hours;
  const [from, to] = [onTheWall(day, begins_min, zone), onTheWall(day, ends_min, zone)];
  const exists = wallMinutes(from, zone) === begins_min && wallMinutes(to, zone) === ends_min % day_min;
  return exists && isBefore(from, to) ? { from, to } : null;
}

/** The hours on the wall that are exactly these; null where they are no whole quarters of the day, or cannot be told by a clock. */
export function wallHoursOf({ from, to }: Interval, day: Day, zone: string): WallHours | null {
  const ends_min = localDay(to, zone) === day ? wallMinutes(to, zone) : day_min;
  const hours = { begins_min: wallMinutes(from, zone), ends_min };
  const told = intervalOf(hours, day, zone);
  return told?.from.equals(from) && told.to.equals(to) ? hours : null;
}

/** From the minute at which they begin. */
export const hasBegun = (
  { day, hours }: { readonly day: Day; readonly hours: WallHours },
  zone: string,
  now: Instant,
): boolean => !isBefore(now, onTheWall(day, hours.begins_min, zone));

/** The moment at which another clock shows what this one does; null in the hour that the other one skips. */
export function asShownBy(at: Instant, { from, to }: { readonly from: string; readonly to: string }): Instant | null {
  const minutes = wallMinutes(at, from);
  const other = wallTime(localDay(at, from), minutes, to);
  return wallMinutes(other, to) === minutes ? other : null;
}

/** Open from one end to the other; periods that touch are one. */
export const isOpenDuring = ({ open }: Pick<OpenDay, 'open'>, { from, to }: Interval): boolean => {
  const reached = open.reduce(
    (at, period) => (!isBefore(at, period.from) && isBefore(at, period.to) ? period.to : at),
    from,
  );
  return isBefore(from, reached) && !isBefore(reached, to);
};

const quarter_ns = 15n * 60n * 1_000_000_000n;

/** Quarters of an hour that pass, one begun counted whole: an hour more on the night when clocks go back. */
export const quartersOf = ({ from, to }: Interval): bigint =>
  (to.epochNanoseconds - from.epochNanoseconds + quarter_ns - 1n) / quarter_ns;

/** Four quarters cost an hour; what is left of a cent is not asked for. */
export const hoursPrice_eur_cents = (hour_eur_cents: bigint, during: Interval): bigint =>
  (hour_eur_cents * quartersOf(during)) / 4n;

/** Does one hold all of the other? */
export const holds = (hours: WallHours, other: WallHours): boolean =>
  hours.begins_min <= other.begins_min && other.ends_min <= hours.ends_min;

export const sameHours = (a: WallHours | null, b: WallHours | null): boolean =>
  a === null || b === null ? a === b : holds(a, b) && holds(b, a);
