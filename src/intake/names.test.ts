import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Day, type DayPart, type Interval, isBefore, localDay, wallTime } from '../kernel/time.ts';
import { sampleSpace } from '../spaces/sample.ts';
import type { OpenDay, Resource, Space } from '../spaces/spaces.ts';
import { folded, type RoomName, type When } from './entry.ts';
import { addressOf, type Known, mappingOf, type Spot, spotOf } from './mapping.ts';
import { fitOf, goesByQuarters, hourlyFitOf, longest_days, slicesOf } from './timing.ts';

const zone = 'Europe/Paris';
const between = (day: Day, from_min: number, to_min: number): Interval => ({
  from: wallTime(day, from_min, zone),
  to: to_min === 1440 ? wallTime(addDays(day, 1), 0, zone) : wallTime(day, to_min, zone),
});

describe('the part of the day that hours are', () => {
  const day: Day = '2026-06-23';
  const openDay = (parts: Partial<OpenDay['parts']> = {}): OpenDay => ({
    spaceId: 'spc_00000001',
    day,
    open: [],
    closed: null,
    parts: {
      morning: between(day, 510, 750),
      afternoon: between(day, 810, 1080),
      day: between(day, 510, 1080),
      ...parts,
    },
  });
  const partAt = (from_min: number, to_min: number, on = openDay()): string => {
    const found = fitOf({ day, during: between(day, from_min, to_min) }, on);
    return found.kind === 'outside' ? found.kind : `${found.kind} ${found.part}`;
  };

  test.each([
    ['the morning to the minute', 510, 750, 'exact morning'],
    ['the afternoon to the minute', 810, 1080, 'exact afternoon'],
    ['the day to the minute', 510, 1080, 'exact day'],
    ['from before the opening to after the closing', 0, 1440, 'exact day'],
    ['from before the opening to the end of the morning', 420, 750, 'exact morning'],
    ['two hours of a morning', 540, 660, 'within morning'],
    ['a morning that ends early', 480, 720, 'within morning'],
    ['a meeting over lunch', 720, 840, 'within day'],
    ['lunch itself', 750, 810, 'within day'],
    ['an evening', 1140, 1260, 'outside'],
    ['up to the opening', 480, 510, 'outside'],
    ['from the closing', 1080, 1200, 'outside'],
  ])('%s', (_name, from_min, to_min, expected) => {
    expect(partAt(from_min, to_min)).toBe(expected);
  });

  test('where only mornings are offered, an afternoon is outside', () => {
    const mornings = openDay({ afternoon: null, day: null });
    expect(partAt(810, 1080, mornings)).toBe('outside');
    expect(partAt(510, 1080, mornings)).toBe('exact morning');
  });

  test('a day without any part is left to booking, which says why', () => {
    expect(partAt(510, 750, openDay({ morning: null, afternoon: null, day: null }))).toBe('exact day');
  });

  test('whatever the hours, the part offered holds all of them that the space is open', () => {
    const minute = fc.integer({ min: 0, max: 1440 });
    fc.assert(
      fc.property(minute, minute, (a, b) => {
        fc.pre(a !== b);
        const during = between(day, Math.min(a, b), Math.max(a, b));
        const { parts } = openDay();
        const found = fitOf({ day, during }, openDay());
        const meets = (part: DayPart): boolean =>
          isBefore(during.from, parts[part]!.to) && isBefore(parts[part]!.from, during.to);
        if (found.kind === 'outside') return !meets('day');
        const other = found.part === 'morning' ? 'afternoon' : 'morning';
        return found.part === 'day' ? meets('day') : meets(found.part) && !meets(other);
      }),
    );
  });
});

describe('the hours of a place that goes by the hour', () => {
  const day: Day = '2026-06-23';
  const [morning, afternoon] = [between(day, 510, 750), between(day, 810, 1080)];
  const openDay: OpenDay = {
    ...{ spaceId: 'spc_00000001', day, open: [morning, afternoon], closed: null },
    parts: { morning, afternoon, day: between(day, 510, 1080) },
  };
  const closed: OpenDay = {
    ...{ ...openDay, open: [], closed: { fr: 'férié', en: 'public holiday' } },
    parts: { morning: null, afternoon: null, day: null },
  };
  const fitAt = (from_min: number, to_min: number, priced: readonly DayPart[] = [], on = openDay): string => {
    const hasPrice = (part: DayPart) => priced.includes(part);
    const found = hourlyFitOf({ day, during: between(day, from_min, to_min) }, on, { zone, hasPrice });
    return found.kind === 'hours' ? `${found.hours.begins_min}-${found.hours.ends_min}` : found.kind;
  };
  const all: readonly DayPart[] = ['morning', 'afternoon', 'day'];

  test.each([
    ['within the morning', 540, 630, all, '540-630'],
    ['the morning to the minute, though half a day has a price', 510, 750, all, '510-750'],
    ['that are no quarters', 550, 630, all, 'odd_quarters'],
    ['that are no quarters, though the part that holds them has a price', 510, 752, all, 'odd_quarters'],
    ['over lunch, where a day has a price', 540, 1020, ['day'], 'part'],
    ['over lunch, where half a day alone has one', 540, 1020, ['morning', 'afternoon'], '540-1020'],
    ['from before the opening, where half a day has a price', 420, 750, ['morning'], 'part'],
    ['from before the opening, without', 420, 750, [], '420-750'],
    ['after the closing, whatever has a price', 1140, 1260, all, '1140-1260'],
  ] as const)('%s', (_case, from_min, to_min, priced, want) => {
    expect(fitAt(from_min, to_min, priced)).toBe(want);
  });

  test('on a day when the space is closed are asked for as they are: booking says why not', () => {
    expect(fitAt(540, 630, all, closed)).toBe('540-630');
  });

  test('a part of the day stays one', () => {
    expect(hourlyFitOf({ day, part: 'morning' }, openDay, { zone, hasPrice: () => false })).toEqual({ kind: 'part' });
  });

  test('one end that is no quarter spoils all the days of an entry', () => {
    const long = (minutes: number): When => ({
      kind: 'wall',
      from: { day, minutes },
      to: { day: addDays(day, 2), minutes: 600 },
    });
    expect([600, 605].map(minutes => goesByQuarters(slicesOf(long(minutes), zone), zone))).toEqual([true, false]);
    expect(goesByQuarters(slicesOf({ kind: 'parts', first: day, last: day, part: 'day' }, zone), zone)).toBe(true);
  });
});

describe('the days that an entry takes', () => {
  const days = (when: When): readonly Day[] => slicesOf(when, zone).map(one => one.day);
  const instants = (from: Interval['from'], to: Interval['to']): When => ({ kind: 'instants', from, to });

  test('until midnight is not the day after', () => {
    expect(days(instants(wallTime('2026-06-23', 510, zone), wallTime('2026-06-24', 0, zone)))).toEqual(['2026-06-23']);
    const wall = { from: { day: '2026-06-23', minutes: 510 }, to: { day: '2026-06-23', minutes: 1440 } } as const;
    expect(days({ kind: 'wall', ...wall })).toEqual(['2026-06-23']);
  });

  test('a night when the clock goes back or forward is one day', () => {
    expect(days(instants(wallTime('2026-10-25', 0, zone), wallTime('2026-10-26', 0, zone)))).toEqual(['2026-10-25']);
    expect(days(instants(wallTime('2026-03-29', 0, zone), wallTime('2026-03-30', 0, zone)))).toEqual(['2026-03-29']);
  });

  test('no more than a year is counted', () => {
    expect(days({ kind: 'parts', first: '2026-01-01', last: '2199-12-31', part: 'day' })).toHaveLength(
      longest_days + 1,
    );
  });

  test('slices are the whole, in order, each within its own day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500_000 }),
        fc.integer({ min: 1, max: 20_000 }),
        (start_min, length_min) => {
          const from = wallTime('2026-01-01', 0, zone).add({ minutes: start_min });
          const to = from.add({ minutes: length_min });
          const slices = slicesOf(instants(from, to), zone).flatMap(one => ('during' in one ? [one] : []));
          const total_ns = slices.reduce(
            (sum, { during }) => sum + during.to.epochNanoseconds - during.from.epochNanoseconds,
            0n,
          );
          expect(total_ns).toBe(to.epochNanoseconds - from.epochNanoseconds);
          for (const { day, during } of slices) expect(localDay(during.from, zone)).toBe(day);
        },
      ),
    );
  });
});

describe('names of places and people', () => {
  const space = (name: string, n: number): Space => {
    const { resources: _r, hours: _h, tariffs: _t, ...sheet } = sampleSpace({ name });
    return { ...sheet, spaceId: `spc_0000000${n}`, slug: `ville-${n}` };
  };
  const desk = (name: string, n: number): Resource => ({
    ...{ resourceId: `res_${n}${folded(name).replaceAll(' ', '')}00000`, spaceId: `spc_0000000${n}` },
    ...{ kind: 'desk', name, capacity: 1, withdrawnFrom: null },
  });
  const known: Known = {
    spaces: [space('L’Atelier', 1), space('La Gare', 2)],
    resources: [desk('Bureau 1', 1), desk('Bureau 2', 1), desk('Bureau 1', 2), desk('Étage', 2)],
  };
  const mapped = (text: string) => {
    const mapping = mappingOf(text, known);
    if (!mapping.ok) throw new Error(mapping.refusal.code);
    return mapping.value;
  };
  const told = (found: Spot | { readonly code: string }): string =>
    'code' in found ? found.code : [found.space.name, found.resource?.name].filter(Boolean).join(' / ');

  test.each<[name: string, at: RoomName, mapping: string, expected: string]>([
    ['space and resource', { area: 'L’Atelier', room: 'Bureau 2' }, '', 'L’Atelier / Bureau 2'],
    ['without accent, case or apostrophe', { area: null, room: 'ETAGE' }, '', 'La Gare / Étage'],
    ['the name in the address', { area: 'ville-1', room: 'BUREAU 1' }, '', 'L’Atelier / Bureau 1'],
    ['an area without such a room', { area: 'La Gare', room: 'Bureau 2' }, '', 'intake.unknown_room'],
    ['a room of one space alone', { area: null, room: 'Bureau 2' }, '', 'L’Atelier / Bureau 2'],
    ['a room of two', { area: null, room: 'Bureau 1' }, '', 'intake.several_rooms'],
    ['an unknown area, and a room of two', { area: 'Rez-de-chaussée', room: 'Bureau 1' }, '', 'intake.several_rooms'],
    ['a room that is the name of a space', { area: 'Ville', room: 'La Gare' }, '', 'La Gare'],
    ['no room is whichever desk is free', { area: 'La Gare', room: '' }, '', 'La Gare'],
    ['nothing', { area: null, room: '' }, '', 'intake.unknown_room'],
    ['a mapped area keeps its rooms', { area: 'RDC', room: 'Bureau 1' }, 'salle;RDC;La Gare', 'La Gare / Bureau 1'],
    ['a mapped area has no other rooms', { area: 'RDC', room: 'Cave' }, 'salle;RDC;La Gare', 'intake.unknown_room'],
    ['area and room before room', { area: 'RDC', room: 'A' }, 'salle;A;La Gare\nroom;RDC / A;L’Atelier', 'L’Atelier'],
    ['set aside', { area: 'RDC', room: 'A' }, 'salle;RDC;-', 'intake.set_aside'],
  ])('%s', (_name, at, mapping, expected) => {
    expect(told(spotOf(at, mapped(mapping), known))).toBe(expected);
  });

  test.each([
    ['jdupont', 'personne;JDupont;j@exemple.invalid', 'j@exemple.invalid'],
    ['j@exemple.invalid', '', 'j@exemple.invalid'],
    ['jdupont', 'person;jdupont;-', 'intake.set_aside'],
    [null, '', 'intake.no_person'],
  ])('%s, under « %s », is %s', (person, mapping, expected) => {
    const found = addressOf(person, mapped(mapping));
    expect(typeof found === 'string' ? found : found.code).toBe(expected);
  });
});
