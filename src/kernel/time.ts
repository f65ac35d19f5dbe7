import { Temporal } from 'temporal-polyfill';

export type Instant = Temporal.Instant;

/** A local calendar day, `2026-11-24`. */
export type Day = `${number}-${number}-${number}`;

/** A calendar month, `2026-11`. */
export type Month = `${number}-${number}`;

/** Half-open and UTC: `from` is inside, `to` is not. */
export interface Interval {
  readonly from: Instant;
  readonly to: Instant;
}

export type DayPart = 'morning' | 'afternoon' | 'day';

export const instant = (text: string): Instant => Temporal.Instant.from(text);

/** The local day of an instant in a zone: the one place where UTC becomes a calendar. */
export const localDay = (at: Instant, zone: string): Day => at.toZonedDateTimeISO(zone).toPlainDate().toString() as Day;

// The calendar is asked the same few hundred questions again and again, and its answers never change.
const wallTimes = new Map<string, Instant>();
const rememberedWallTimes = 20_000;

/** A wall-clock time of a local day, as an instant. `minutes` counts from midnight on the wall. */
export const wallTime = (day: Day, minutes: number, zone: string): Instant => {
  const asked = `${day} ${minutes} ${zone}`;
  const known = wallTimes.get(asked);
  if (known !== undefined) return known;
  const plainTime = new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60);
  const at = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime }).toInstant();
  if (wallTimes.size >= rememberedWallTimes) wallTimes.clear();
  wallTimes.set(asked, at);
  return at;
};

export const addDays = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString() as Day;

export const daysBetween = (from: Day, to: Day): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export const weekday = (day: Day): number => Temporal.PlainDate.from(day).dayOfWeek;

export const monthOf = (day: Day): Month => day.slice(0, 7) as Month;

export const firstDay = (month: Month): Day => `${month}-01` as Day;

export const nextMonth = (month: Month): Month =>
  Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString() as Month;

export const previousMonth = (month: Month): Month =>
  Temporal.PlainYearMonth.from(month).subtract({ months: 1 }).toString() as Month;

export const overlaps = (a: Interval, b: Interval): boolean =>
  Temporal.Instant.compare(a.from, b.to) < 0 && Temporal.Instant.compare(b.from, a.to) < 0;

export const isBefore = (a: Instant, b: Instant): boolean => Temporal.Instant.compare(a, b) < 0;

export const addSeconds = (at: Instant, seconds: number): Instant => at.add({ seconds });

export const secondsBetween = (from: Instant, to: Instant): number =>
  Math.floor((to.epochMilliseconds - from.epochMilliseconds) / 1000);

const dayShape = /^\d{4}-\d{2}-\d{2}$/;

/** Is this text a real calendar day? `2026-02-30` is not. */
export const isDay = (text: string): text is Day => {
  if (!dayShape.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
};

export const isMonth = (text: string): text is Month => /^\d{4}-\d{2}$/.test(text) && isDay(`${text}-01`);
