import {
  addDays,
  type Day,
  type DayPart,
  daysBetween,
  firstDay,
  type Month,
  monthOf,
  nextMonth,
  weekday,
} from '../kernel/time.ts';
import type { PlannedPerson, Stay } from './plan.ts';
import { type Random, seeded } from './random.ts';

/** What one day in a space will have been, for one person. */
export interface PlannedDay {
  /** Position in the plan's list of people. */
  readonly person: number;
  readonly day: Day;
  readonly part: DayPart;
  /** Comes when there is a desk; otherwise it stays empty. */
  readonly comes: boolean;
  /** Comes even when every desk is taken, and sits at the kitchen table. */
  readonly insists: boolean;
  /** Types the kiosk's code; otherwise the host notes the presence by hand. */
  readonly usesKiosk: boolean;
  /** Minutes after the start of the part at which they arrive. */
  readonly arrives_min: number;
  readonly replaced: 'office' | 'home' | 'other' | 'unknown';
}

/** Mondays from the first to the last day, both included. */
export function mondaysBetween(first: Day, last: Day): readonly Day[] {
  const monday = addDays(first, 1 - weekday(first));
  const weeks = Math.floor(daysBetween(monday, last) / 7) + 1;
  return Array.from({ length: Math.max(0, weeks) }, (_, i) => addDays(monday, 7 * i));
}

const replacedOf = (random: Random): PlannedDay['replaced'] => {
  const draw = random.under(100);
  if (draw < 78) return 'office';
  if (draw < 91) return 'home';
  return draw < 96 ? 'other' : 'unknown';
};

function plannedDay(random: Random, person: number, { usualPart }: PlannedPerson, day: Day): PlannedDay {
  return {
    person,
    day,
    part: usualPart === 'day' && random.chance(10) ? 'morning' : usualPart,
    comes: random.chance(95),
    insists: random.chance(40),
    usesKiosk: random.chance(97),
    arrives_min: 1 + random.under(50),
    replaced: replacedOf(random),
  };
}

/** Days that are over, with the day on which what kiosks saw of them comes in: Saturday, the first of a month, or today. */
export interface Spell {
  readonly on: Day;
  readonly came: readonly PlannedDay[];
  /** Days that are put in order then. */
  readonly attested: readonly Day[];
}

const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

/** What is over of a week, cut where a month ends, so that a month is complete on the day after its last. */
export function spellsOf(week: readonly PlannedDay[], monday: Day, anchor: Day): readonly Spell[] {
  const over = week.filter(one => one.day < anchor);
  const months = [...new Set(over.map(one => monthOf(one.day)))].sort();
  return months.map((month, i) => {
    const last = i === months.length - 1 && monthOf(addDays(monday, 4)) === month;
    const on = last ? addDays(monday, 5) : firstDay(nextMonth(month));
    const came = over.filter(one => monthOf(one.day) === month);
    return { on: earlier(on, anchor), came, attested: daysOf(came) };
  });
}

/** The days of a list, each once, in order. */
const daysOf = (list: readonly PlannedDay[]): readonly Day[] => [...new Set(list.map(one => one.day))].sort();

/** For so long kiosks keep to themselves what they saw: under the 14 days that they may. */
const kept_days = 12;

/** A month told at once: kiosks are heard three times, and all days are put in order when the month is over. */
export function thirdsOf(came: readonly PlannedDay[], month: Month): readonly Spell[] {
  const over = firstDay(nextMonth(month));
  return [0, 1, 2].map(n => {
    const from = addDays(firstDay(month), n * kept_days);
    const on = earlier(addDays(from, kept_days), over);
    return {
      on,
      came: came.filter(one => one.day >= from && one.day < on),
      attested: n === 2 ? daysOf(came) : [],
    };
  });
}

const monthSerial = (day: Day): number => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7));

/** Does someone come at all in the month of a day? */
export function isThere({ joined, left }: Stay, { day, anchor }: { readonly day: Day; readonly anchor: Day }): boolean {
  const ago = monthSerial(anchor) - monthSerial(day);
  return ago <= joined && (left === null || ago > left);
}

const serialOf = (monday: Day): number => Number(monday.replaceAll('-', ''));

/** Who means to come on which day of a week. The same seed and week give the same days, whatever was asked before. */
export function weekOf(people: readonly PlannedPerson[], seed: number, monday: Day): readonly PlannedDay[] {
  const random = seeded(seed * 31 + serialOf(monday));
  return people.flatMap((person, i) =>
    // A week in seven, someone is away.
    random.chance(14)
      ? []
      : person.weekdays
          .filter(() => random.chance(92))
          .map(wd => plannedDay(random, i, person, addDays(monday, wd - 1))),
  );
}
