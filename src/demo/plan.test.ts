import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '../kernel/time.ts';
import { isThere } from './calendar.ts';
import { peopleOver, stayOf } from './plan.ts';
import { monthsBefore, monthsLived } from './scenery.ts';

const anchor: Day = '2026-11-24';
const months = monthsBefore(anchor, monthsLived);
const stays = Array.from({ length: peopleOver(monthsLived) }, (_, place) => stayOf(place, monthsLived));
const comesIn = (stay: (typeof stays)[number], at: number): boolean =>
  isThere(stay, { day: `${months[at]}-15` as Day, anchor });
const joining = (at: number) => stays.filter(stay => comesIn(stay, at) && (at === 0 || !comesIn(stay, at - 1)));

describe('people of the story', () => {
  test('the one whom a visitor plays comes from the first month to the weeks ahead', () => {
    expect(months.every((_, at) => comesIn(stays[0]!, at))).toBe(true);
    expect(isThere(stays[0]!, { day: addDays(anchor, 14), anchor })).toBe(true);
  });

  test('join every month, and nobody is left out of all of them', () => {
    expect(months.map((_, at) => joining(at).length)).toEqual([
      48,
      ...Array.from({ length: monthsLived - 1 }, () => 16),
    ]);
  });

  test('stop and stay in such numbers that, 3, 6 and 12 months later, both may be told', () => {
    for (const [at] of months.entries()) {
      for (const later of [3, 6, 12].filter(count => at + count < monthsLived)) {
        const cohort = joining(at);
        const active = cohort.filter(stay => comesIn(stay, at + later)).length;
        expect(Math.min(active, cohort.length - active)).toBeGreaterThanOrEqual(6);
      }
    }
  });
});
