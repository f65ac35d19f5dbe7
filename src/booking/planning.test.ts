import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Id } from '../kernel/ids.ts';
import { type Day, type DayPart, type Interval, instant } from '../kernel/time.ts';
import type { OpenDay, Resource } from '../spaces/spaces.ts';
import type { Booking } from './claim.ts';
import { type BoardFacts, daysWorthShowing, occupancyOf, percentOf, rowsOf, shortName, sumOf } from './planning.ts';

const spaceId = 'spc_00000001';
const desk = (n: number, kind: Resource['kind'] = 'desk'): Resource => ({
  resourceId: `res_0000000${n}`,
  spaceId,
  kind,
  name: `Poste ${n}`,
  withdrawnFrom: null,
  capacity: 1,
});
const at = (day: Day, from: string, to: string): Interval => ({
  from: instant(`${day}T${from}:00Z`),
  to: instant(`${day}T${to}:00Z`),
});
const open = (day: Day): OpenDay => ({
  spaceId,
  day,
  open: [],
  parts: { morning: at(day, '07:00', '11:00'), afternoon: at(day, '12:00', '16:00'), day: at(day, '07:00', '16:00') },
  closed: null,
});
const shut = (day: Day): OpenDay => ({
  ...open(day),
  parts: { morning: null, afternoon: null, day: null },
  closed: { fr: 'fermé', en: 'closed' },
});
const booking = (n: number, day: Day, part: DayPart, id = `bkg_${n}${day.replaceAll('-', '')}${part}`): Booking =>
  ({
    bookingId: id as Id<'bkg'>,
    resourceId: desk(n).resourceId,
    kind: 'desk',
    day,
    part,
    hours: null,
  }) as unknown as Booking;

const monday: Day = '2026-06-15';
const sunday: Day = '2026-06-21';
const facts = (more: Partial<BoardFacts>): BoardFacts => ({
  resources: [desk(1)],
  openDays: [open(monday)],
  bookings: [],
  now: instant('2026-06-14T08:00:00Z'),
  picked: null,
  ...more,
});
const drawn = (more: Partial<BoardFacts>): readonly string[] =>
  rowsOf(facts(more)).map(row => row.cells.map(cell => `${cell.part} ${cell.state}`).join(', '));

describe('a planning board', () => {
  test.each<[string, Partial<BoardFacts>, string]>([
    ['an empty day', {}, 'morning free, afternoon free'],
    ['a whole day taken', { bookings: [booking(1, monday, 'day')] }, 'day taken'],
    ['a morning taken', { bookings: [booking(1, monday, 'morning')] }, 'morning taken, afternoon free'],
    ['a closed day', { openDays: [shut(monday)] }, 'day closed'],
    ['a morning that is over', { now: instant('2026-06-15T11:00:00Z') }, 'morning over, afternoon free'],
    [
      'a morning in hand, to be put down the same afternoon',
      { bookings: [booking(1, monday, 'morning')], picked: booking(1, monday, 'morning') },
      'morning picked, afternoon target',
    ],
    [
      'a day in hand, where another has the morning',
      { bookings: [booking(1, monday, 'morning')], picked: booking(2, monday, 'day') },
      'morning taken, afternoon free',
    ],
    ['a day in hand, where the day is free', { picked: booking(2, monday, 'day') }, 'day target'],
  ])('%s', (_, more, expected) => {
    expect(drawn(more)).toEqual([expected]);
  });

  test('only its own kind takes what is in hand; names are in the order in which people count', () => {
    const resources = [desk(3, 'office'), { ...desk(2), name: 'Poste 10' }, { ...desk(1), name: 'Poste 9' }];
    const rows = rowsOf(facts({ resources, picked: booking(9, monday, 'morning') }));
    expect(rows.map(row => [row.resource.name, row.cells[0]!.state])).toEqual([
      ['Poste 9', 'target'],
      ['Poste 10', 'target'],
      ['Poste 3', 'free'],
    ]);
  });

  test('a closed Sunday is left out, unless something was booked on it; a closed Monday stays', () => {
    const days = [shut(monday), shut(sunday)];
    expect(daysWorthShowing(days, []).map(one => one.day)).toEqual([monday]);
    expect(daysWorthShowing(days, [booking(1, sunday, 'day')]).map(one => one.day)).toEqual([monday, sunday]);
  });

  test('every row covers the same two halves, and as many halves are taken as are booked', () => {
    const ask = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom<DayPart>('morning', 'afternoon', 'day'));
    fc.assert(
      fc.property(fc.array(ask), asked => {
        const taken = new Map<string, Booking>();
        for (const [n, part] of asked) {
          const free = (half: DayPart) => !taken.has(`${n} ${half}`) && !taken.has(`${n} day`);
          if (part === 'day' ? free('morning') && free('afternoon') : free(part))
            taken.set(`${n} ${part}`, booking(n, monday, part));
        }
        const more = { resources: [1, 2, 3, 4].map(n => desk(n)), bookings: [...taken.values()] };
        const rows = rowsOf(facts(more));
        const halvesOf = (part: DayPart) => (part === 'day' ? 2 : 1);
        for (const row of rows) expect(row.cells.reduce((sum, cell) => sum + halvesOf(cell.part), 0)).toBe(2);
        const drawnTaken = rows.flatMap(row => row.cells.filter(cell => cell.state === 'taken'));
        const full = sumOf(occupancyOf(facts(more)).values());
        expect(drawnTaken.reduce((sum, cell) => sum + halvesOf(cell.part), 0)).toBe(full.taken);
        expect(full.total).toBe(8);
      }),
    );
  });

  test.each([
    [{ taken: 0, total: 0 }, 0],
    [{ taken: 199, total: 200 }, 99],
    [{ taken: 3, total: 2 }, 100],
  ])('%o is a whole per cent', (full, expected) => {
    expect(percentOf(full)).toBe(expected);
  });

  test.each([
    [{ firstName: 'Maya', lastName: 'Essai' }, 'Maya E.'],
    [{ firstName: 'Maya', lastName: '' }, 'Maya'],
  ])('%o is told by a first name and an initial', (who, expected) => {
    expect(shortName(who)).toBe(expected);
  });
});
