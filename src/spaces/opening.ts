import type { Bilingual } from '../kernel/bilingual.ts';
import { groupBy } from '../kernel/group.ts';
import {
  addDays,
  type Day,
  type DayPart,
  type Instant,
  type Interval,
  isBefore,
  wallTime,
  weekday,
} from '../kernel/time.ts';
import { holidayZone, publicHolidays } from './holidays.ts';
import { holdsOn } from './rules.ts';
import type { Closure, DatedHours, OpeningHours, Space, SpaceId } from './space.ts';
import { words } from './words.ts';

/** 13:00 on the wall: what is open before is the morning, what is open after is the afternoon. */
export const halfDaySplit_min = 13 * 60;
/** Less than two hours is not offered as half a day. */
export const shortestHalfDay_min = 120;

/** One day of one space. */
export interface OpenDay {
  readonly spaceId: SpaceId;
  readonly day: Day;
  /** Open hours: half-open UTC intervals in order. */
  readonly open: readonly Interval[];
  /**
   * What can be booked: from the first minute to the last one open in that part, lunch break included in `day`.
   * `null` when that part is not offered; `day` is offered when both halves are.
   */
  readonly parts: Readonly<Record<DayPart, Interval | null>>;
  /** Why nothing is open, when nothing is. */
  readonly closed: Bilingual | null;
}

/** What is known of the spaces asked. */
export interface OpeningFacts {
  readonly spaces: readonly (Pick<Space, 'spaceId' | 'zone' | 'openedOn' | 'status' | 'opensOnPublicHolidays'> & {
    /** INSEE. */
    readonly communeCode: string;
  })[];
  readonly hours: readonly DatedHours[];
  readonly closures: readonly Closure[];
}

type OpeningSpace = OpeningFacts['spaces'][number];

const minutesOf = (all: readonly OpeningHours[]): readonly OpeningHours[] =>
  all.toSorted((a, b) => a.opens_min - b.opens_min);

/** The wall's 24:00 is the next day's 0:00. */
const onTheWall = (day: Day, minutes: number, zone: string): Instant =>
  minutes === 1440 ? wallTime(addDays(day, 1), 0, zone) : wallTime(day, minutes, zone);

/**
 * Hours on the wall as UTC. On the night when clocks jump forward an hour that does not exist is moved after the jump;
 * hours that fall wholly inside it vanish.
 */
const toUtc = (day: Day, hours: readonly OpeningHours[], zone: string): readonly Interval[] =>
  hours
    .map(({ opens_min, closes_min }) => ({
      from: onTheWall(day, opens_min, zone),
      to: onTheWall(day, closes_min, zone),
    }))
    .filter(({ from, to }) => isBefore(from, to));

const within = (hours: readonly OpeningHours[], from_min: number, to_min: number): readonly OpeningHours[] =>
  hours
    .map(h => ({ ...h, opens_min: Math.max(h.opens_min, from_min), closes_min: Math.min(h.closes_min, to_min) }))
    .filter(h => h.opens_min < h.closes_min);

const spanOf = (intervals: readonly Interval[]): Interval | null =>
  intervals.length === 0 ? null : { from: intervals[0]!.from, to: intervals.at(-1)!.to };

const halfOf = (day: Day, hours: readonly OpeningHours[], zone: string): Interval | null => {
  const open_min = hours.reduce((sum, h) => sum + h.closes_min - h.opens_min, 0);
  return open_min < shortestHalfDay_min ? null : spanOf(toUtc(day, hours, zone));
};

const partsOf = (day: Day, hours: readonly OpeningHours[], zone: string): OpenDay['parts'] => {
  const morning = halfOf(day, within(hours, 0, halfDaySplit_min), zone);
  const afternoon = halfOf(day, within(hours, halfDaySplit_min, 1440), zone);
  return { morning, afternoon, day: morning && afternoon && { from: morning.from, to: afternoon.to } };
};

/** A day with what the calendar says of it, asked once for all spaces of a department. */
interface CalendarDay {
  readonly day: Day;
  readonly weekday: number;
  readonly holiday: Bilingual | null;
}

function calendarOf(days: readonly Day[], communeCode: string): readonly CalendarDay[] {
  const years = new Map([...new Set(days.map(yearOf))].map(year => [year, publicHolidays(year, communeCode)]));
  return days.map(day => ({ day, weekday: weekday(day), holiday: years.get(yearOf(day))?.get(day) ?? null }));
}

const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** Why a space is closed all day; the first reason that holds, or null. */
const closedBecause = (
  space: OpeningSpace,
  { day, holiday }: CalendarDay,
  closures: readonly Closure[],
): Bilingual | null => {
  if (space.status === 'closed') return words.closedForGood;
  if (space.status === 'planned' || day < space.openedOn) return words.notYetOpen(space.openedOn);
  const closure = closures.find(c => c.firstDay <= day && day <= c.lastDay);
  if (closure) return words.closedFor(closure);
  return holiday && !space.opensOnPublicHolidays ? words.closedOnHoliday(holiday) : null;
};

const openDay = (space: OpeningSpace, on: CalendarDay, { hours, closures }: OpeningFacts): OpenDay => {
  const { spaceId, zone } = space;
  const { day } = on;
  const why = closedBecause(space, on, closures);
  const today = why ? [] : minutesOf(hours.filter(h => h.weekday === on.weekday && holdsOn(h, day)));
  const open = toUtc(day, today, zone);
  const closed = why ?? (open.length === 0 ? words.closedThatWeekday : null);
  return { spaceId, day, open, parts: partsOf(day, today, zone), closed };
};

/** Weekly hours less closures: one line a space and a day, spaces in their order, then days in theirs. */
export const openingOf = (facts: OpeningFacts, days: readonly Day[]): readonly OpenDay[] => {
  const zones = [...new Set(facts.spaces.map(space => holidayZone(space.communeCode)))];
  const calendars = new Map(zones.map(code => [code, calendarOf(days, code)]));
  const hours = groupBy(facts.hours, one => one.spaceId);
  const closures = groupBy(facts.closures, one => one.spaceId);
  return facts.spaces.flatMap(space => {
    const own: OpeningFacts = {
      spaces: [space],
      hours: hours.get(space.spaceId) ?? [],
      closures: closures.get(space.spaceId) ?? [],
    };
    return calendars.get(holidayZone(space.communeCode))!.map(on => openDay(space, on, own));
  });
};
