import { addDays, type Day, type DayPart, daysBetween, weekday } from '../kernel/time.ts';
import type { PlannedPerson } from './plan.ts';
import { type Random, seeded } from './random.ts';

/** What one day in a space will have been, for one person. */
export interface PlannedDay {
  /** Position in the plan's list of people. */
  readonly person: number;
  readonly day: Day;
  readonly part: DayPart;
  /** Comes at all; otherwise the desk stays empty. */
  readonly comes: boolean;
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
    usesKiosk: random.chance(97),
    arrives_min: 1 + random.under(50),
    replaced: replacedOf(random),
  };
}

const serialOf = (monday: Day): number => Number(monday.replaceAll('-', ''));

/** Who means to come on which day of a week. The same seed and week give the same days, whatever was asked before. */
export function weekOf(people: readonly PlannedPerson[], seed: number, monday: Day): readonly PlannedDay[] {
  const random = seeded(seed * 31 + serialOf(monday));
  return people.flatMap((person, i) =>
    // A week in seven, someone is away.
    random.chance(14)
      ? []
      : person.weekdays.filter(() => random.chance(92)).map(wd => plannedDay(random, i, person, addDays(monday, wd - 1))),
  );
}
