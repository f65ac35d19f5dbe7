import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '../kernel/time.ts';
import { isThere, type PlannedDay, thirdsOf } from './calendar.ts';
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

test('a month told at once loses no day, hears kiosks within two weeks, and puts its days in order when it is over', () => {
  for (const [month, days, next] of [
    ['2026-02', 28, '2026-03-01'],
    ['2026-10', 31, '2026-11-01'],
  ] as const) {
    const came = Array.from({ length: days }, (_, n) => ({ day: addDays(`${month}-01`, n) }) as PlannedDay);
    const thirds = thirdsOf(came, month);
    expect(thirds.flatMap(third => third.came)).toEqual(came);
    expect(thirds.every(({ on, came: some }) => some.every(one => one.day < on && addDays(one.day, 13) >= on))).toBe(
      true,
    );
    expect(thirds.map(third => third.attested.length)).toEqual([0, 0, days]);
    expect(thirds.at(-1)!.on).toBe(next);
  }
});
