import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import { addDays, type Day, daysBetween, daysFrom, weekday } from '../kernel/time.ts';
import type { Booking, BookingRequest } from './claim.ts';
import { words } from './words.ts';

/** The days of a series: some weekdays, every week or every so many weeks, between two days, both included. */
export interface Rhythm {
  readonly from: Day;
  readonly until: Day;
  /** ISO: 1 is Monday. */
  readonly weekdays: readonly number[];
  /** 1 for each week, 2 for one week in two, counted from the week of the first day. */
  readonly everyWeeks: number;
}

/** Two years of weekdays: further than any space lets anyone book. */
const longest_days = 731;
const mostWeeks = 8;

/** The days that a rhythm falls on, none before today; refused when it is no rhythm, or falls on no day. */
export function daysOf({ from, until, weekdays, everyWeeks }: Rhythm, today: Day): Outcome<readonly Day[]> {
  if (until < from) return refuse(words.endsBeforeItBegins);
  const length = daysBetween(from, until) + 1;
  if (length > longest_days) return refuse(words.seriesTooLong(longest_days));
  if (!Number.isInteger(everyWeeks) || everyWeeks < 1 || everyWeeks > mostWeeks)
    return refuse(words.oddRhythm(mostWeeks));
  const monday = addDays(from, 1 - weekday(from));
  const days = daysFrom(from, length).filter(
    day =>
      day >= today && weekdays.includes(weekday(day)) && Math.floor(daysBetween(monday, day) / 7) % everyWeeks === 0,
  );
  return days.length === 0 ? refuse(words.noDayInSeries) : accept(days);
}

export interface SeriesRequest extends Omit<BookingRequest, 'day' | 'bookingId'> {
  readonly rhythm: Rhythm;
  /** Whether days that cannot be booked are left out; otherwise one of them refuses the whole series. */
  readonly skipClashes: boolean;
  readonly personId?: Id<'per'> | undefined;
}

export interface SeriesBooked {
  readonly booked: readonly Booking[];
  readonly skipped: readonly { readonly day: Day; readonly refusal: Refusal }[];
}

/** What came of a series: all of it, what is left without the days that clash, or a refusal. */
export function seriesOf(
  days: readonly Day[],
  outcomes: readonly Outcome<Booking>[],
  skipClashes: boolean,
): Outcome<SeriesBooked> {
  const booked = outcomes.flatMap(outcome => (outcome.ok ? [outcome.value] : []));
  const skipped = outcomes.flatMap((outcome, i) => (outcome.ok ? [] : [{ day: days[i]!, refusal: outcome.refusal }]));
  const [first] = skipped;
  if (first && (!skipClashes || booked.length === 0))
    return refuse(words.seriesClashes({ clashes: skipped.length, of: days.length, first: first.refusal }));
  return accept({ booked, skipped });
}

export interface Away {
  readonly cancelled: readonly { readonly booking: Booking; readonly refunded: boolean }[];
  readonly kept: readonly { readonly booking: Booking; readonly refusal: Refusal }[];
}

export const awayOf = (
  bookings: readonly Booking[],
  outcomes: readonly Outcome<Away['cancelled'][number]>[],
): Away => ({
  cancelled: outcomes.flatMap(outcome => (outcome.ok ? [outcome.value] : [])),
  kept: outcomes.flatMap((outcome, i) => (outcome.ok ? [] : [{ booking: bookings[i]!, refusal: outcome.refusal }])),
});
