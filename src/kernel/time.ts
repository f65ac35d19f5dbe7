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

/** A moment counted in milliseconds since 1970. */
export const instantAt = (epoch_ms: number): Instant => new Temporal.Instant(BigInt(epoch_ms) * 1_000_000n);

/** `2026-11-24T08:30:00Z`, as `toString()` writes it: four times faster for whole milliseconds, which nearly all are. */
export const instantText = (at: Instant): string => {
  const ms = at.epochMilliseconds;
  if (at.epochNanoseconds !== BigInt(ms) * 1_000_000n) return at.toString();
  const [whole, fraction] = new Date(ms).toISOString().slice(0, -1).split('.');
  return `${whole}${fraction === '000' ? '' : `.${fraction!.replace(/0+$/, '')}`}Z`;
};

// The calendar is asked the same few hundred questions again and again, and its answers never change.
const rememberedAnswers = 20_000;
export const remembering = <T>() => {
  const answers = new Map<string, T>();
  return (question: string, ask: () => T): T => {
    const known = answers.get(question);
    if (known !== undefined) return known;
    const answer = ask();
    if (answers.size >= rememberedAnswers) answers.clear();
    answers.set(question, answer);
    return answer;
  };
};

const localDays = remembering<Day>();
const wallTimes = remembering<Instant>();

/** No clock has been set by less than a quarter of an hour since 1972: a whole quarter falls on one local day. */
const quarter_ms = 15 * 60_000;
const quartersSince_ms = Date.UTC(1972, 1);

/** The local day of an instant in a zone: the one place where UTC becomes a calendar. */
export const localDay = (at: Instant, zone: string): Day => {
  const ask = () => at.toZonedDateTimeISO(zone).toPlainDate().toString() as Day;
  const ms = at.epochMilliseconds;
  return ms < quartersSince_ms ? ask() : localDays(`${Math.floor(ms / quarter_ms)} ${zone}`, ask);
};

/** A wall-clock time of a local day, as an instant. `minutes` counts from midnight on the wall. */
export const wallTime = (day: Day, minutes: number, zone: string): Instant =>
  wallTimes(`${day} ${minutes} ${zone}`, () => {
    const plainTime = new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60);
    return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime }).toInstant();
  });

const day_ms = 86_400_000;

/** Days since 1 January 1970, by plain arithmetic: a calendar object for each would cost a hundred times more. */
const epochDay = (day: Day): number => {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))];
  const days = Date.UTC(year, month - 1, date) / day_ms;
  if (Number.isNaN(days) || textOf(days) !== day) throw new RangeError(`${day} is no day of the calendar`);
  return days;
};

const textOf = (epochDays: number): Day => new Date(epochDays * day_ms).toISOString().split('T')[0] as Day;

export const addDays = (day: Day, days: number): Day => textOf(epochDay(day) + days);

/** The same day some years later; 29 February becomes the 28th. */
export const addYears = (day: Day, years: number): Day => Temporal.PlainDate.from(day).add({ years }).toString() as Day;

/** That many days, one after the other; none for a count below one. */
export const daysFrom = (first: Day, count: number): readonly Day[] => {
  const from = epochDay(first);
  return Array.from({ length: count }, (_, n) => textOf(from + n));
};

export const daysBetween = (from: Day, to: Day): number => epochDay(to) - epochDay(from);

/** ISO weekday: 1 is Monday, 7 is Sunday. The first of January 1970 was a Thursday. */
export const weekday = (day: Day): number => ((((epochDay(day) + 3) % 7) + 7) % 7) + 1;

/** The Monday of a day's week. */
export const mondayOf = (day: Day): Day => addDays(day, 1 - weekday(day));

export const monthOf = (day: Day): Month => day.slice(0, 7) as Month;

export const firstDay = (month: Month): Day => `${month}-01` as Day;

/** Every day of a month, in order. */
export const daysOfMonth = (month: Month): readonly Day[] => {
  const first = firstDay(month);
  return daysFrom(first, daysBetween(first, firstDay(nextMonth(month))));
};

export const nextMonth = (month: Month): Month => monthOf(addDays(firstDay(month), 31));

export const previousMonth = (month: Month): Month => monthOf(addDays(firstDay(month), -1));

export const overlaps = (a: Interval, b: Interval): boolean => isBefore(a.from, b.to) && isBefore(b.from, a.to);

export const isBefore = (a: Instant, b: Instant): boolean => a.epochNanoseconds < b.epochNanoseconds;

export const addSeconds = (at: Instant, seconds: number): Instant =>
  new Temporal.Instant(at.epochNanoseconds + BigInt(seconds) * 1_000_000_000n);

export const secondsBetween = (from: Instant, to: Instant): number =>
  Math.floor((to.epochMilliseconds - from.epochMilliseconds) / 1000);

const dayShape = /^\d{4}-\d{2}-\d{2}$/;

// Days of this house; beyond them lies a slip of the finger, and further on years of five digits.
const earliestDay = '1900-01-01';
const latestDay = '2199-12-31';

/** Is this text a real calendar day? `2026-02-30` is not. */
export const isDay = (text: string): text is Day => {
  if (!dayShape.test(text) || text < earliestDay || text > latestDay) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
};

export const isMonth = (text: string): text is Month => /^\d{4}-\d{2}$/.test(text) && isDay(`${text}-01`);
