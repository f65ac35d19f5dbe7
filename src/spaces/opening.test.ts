import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Day, overlaps, secondsBetween } from '../kernel/time.ts';
import { easterSunday, publicHolidays } from './holidays.ts';
import { type OpeningFacts, openingOf } from './opening.ts';
import type { Closure, DatedHours } from './space.ts';

const space = {
  spaceId: 'spc_00000001',
  zone: 'Europe/Paris',
  openedOn: '2025-01-06',
  status: 'open',
  opensOnPublicHolidays: false,
  communeCode: '30010',
} as const;

const hours = (weekday: number, opens_min: number, closes_min: number): DatedHours => ({
  spaceId: space.spaceId,
  weekday,
  opens_min,
  closes_min,
  validFrom: '2025-01-06',
  validUntil: null,
});
const everyDay = (opens_min: number, closes_min: number) =>
  [1, 2, 3, 4, 5, 6, 7].map(weekday => hours(weekday, opens_min, closes_min));

const on = (day: Day, facts: Partial<OpeningFacts>) =>
  openingOf({ spaces: [space], hours: [], closures: [], ...facts }, [day])[0]!;
const texts = (intervals: readonly { from: { toString(): string }; to: { toString(): string } }[]) =>
  intervals.map(i => `${i.from} → ${i.to}`);

describe('an ordinary day', () => {
  const tuesday = on('2026-11-24', { hours: [hours(2, 810, 1080), hours(2, 510, 750)] });

  test('hours on the wall become UTC intervals in order', () => {
    expect(texts(tuesday.open)).toEqual([
      '2026-11-24T07:30:00Z → 2026-11-24T11:30:00Z',
      '2026-11-24T12:30:00Z → 2026-11-24T17:00:00Z',
    ]);
  });

  test('the day is booked from its first open minute to its last, lunch included', () => {
    expect(tuesday.parts.day).toEqual({ from: tuesday.open[0]!.from, to: tuesday.open[1]!.to });
  });

  test('hours without a break are split at 13:00 on the wall', () => {
    const { parts } = on('2026-11-24', { hours: [hours(2, 540, 1080)] });
    expect(parts.morning!.to.toString()).toBe('2026-11-24T12:00:00Z');
    expect(parts.afternoon!.from).toEqual(parts.morning!.to);
  });

  test('less than two hours is not half a day, and one half alone is not a day', () => {
    const { parts, open } = on('2026-11-24', { hours: [hours(2, 480, 840)] });
    expect(open).toHaveLength(1);
    expect([parts.morning !== null, parts.afternoon, parts.day]).toEqual([true, null, null]);
  });

  test('a space of another zone opens on its own clock', () => {
    const reunion = { ...space, zone: 'Indian/Reunion' };
    expect(texts(on('2026-11-24', { spaces: [reunion], hours: [hours(2, 480, 720)] }).open)).toEqual([
      '2026-11-24T04:00:00Z → 2026-11-24T08:00:00Z',
    ]);
  });
});

describe('nights when clocks change', () => {
  const spring = '2026-03-29';
  const autumn = '2026-10-25';
  const hoursOpen = (day: Day, opens_min: number, closes_min: number) =>
    on(day, { hours: [hours(7, opens_min, closes_min)] }).open.map(i => secondsBetween(i.from, i.to) / 3600);

  test.each([
    ['a night of eight hours in spring lasts seven', spring, 0, 480, [7]],
    ['a night of eight hours in autumn lasts nine', autumn, 0, 480, [9]],
    ['an hour that does not exist is not open', spring, 120, 180, []],
    ['opening inside the missing hour is moved after it', spring, 150, 240, [0.5]],
    ['an ordinary Sunday afternoon keeps its length', spring, 840, 1080, [4]],
    ['closing at midnight closes at midnight', autumn, 1200, 1440, [4]],
  ])('%s', (_title, day, opens_min, closes_min, expected) => {
    expect(hoursOpen(day as Day, opens_min, closes_min)).toEqual(expected);
  });

  test('nine o’clock is nine o’clock on the wall, the day before and the day after', () => {
    const at = (day: Day) => on(day, { hours: everyDay(540, 1080) }).open[0]!.from.toString();
    expect(at('2026-03-28')).toBe('2026-03-28T08:00:00Z');
    expect(at('2026-03-30')).toBe('2026-03-30T07:00:00Z');
  });
});

describe('closed days say why', () => {
  const closure = (changes: Partial<Closure>): Closure => ({
    closureId: 'clo_00000001',
    spaceId: space.spaceId,
    firstDay: '2026-11-24',
    lastDay: '2026-11-25',
    reason: 'works',
    note: null,
    ...changes,
  });
  const open = { hours: everyDay(540, 1080) };
  test.each<[string, Day, Partial<OpeningFacts>, string]>([
    [
      'a space that closed down',
      '2026-11-24',
      { ...open, spaces: [{ ...space, status: 'closed' }] },
      'cet espace a fermé',
    ],
    ['a space not open yet', '2025-01-05', open, 'ouvre le 6 janvier 2025'],
    ['building works', '2026-11-25', { ...open, closures: [closure({})] }, 'fermé : travaux'],
    [
      'a reason in the host’s words',
      '2026-11-25',
      { ...open, closures: [closure({ note: 'foire aux vins' })] },
      'fermé : foire aux vins',
    ],
    ['a public holiday', '2026-11-11', open, 'fermé : jour férié (armistice de 1918)'],
    ['a weekday without hours', '2026-11-24', { hours: [hours(1, 540, 1080)] }, 'fermé ce jour de la semaine'],
  ])('%s', (_title, day, facts, why) => {
    const closed = on(day, facts);
    expect(closed.closed?.fr).toBe(why);
    expect(closed.open).toEqual([]);
    expect(closed.parts).toEqual({ morning: null, afternoon: null, day: null });
  });

  test('a space that opens on public holidays is open', () => {
    expect(on('2026-11-11', { ...open, spaces: [{ ...space, opensOnPublicHolidays: true }] }).closed).toBeNull();
  });

  test('another space’s closure closes nothing here', () => {
    expect(on('2026-11-24', { ...open, closures: [closure({ spaceId: 'spc_00000002' })] }).closed).toBeNull();
  });
});

test('halves never overlap and never leave the open hours, whatever the hours', () => {
  const anyHours = fc
    .uniqueArray(fc.integer({ min: 0, max: 288 }), { minLength: 2, maxLength: 6 })
    .map(cuts => cuts.toSorted((a, b) => a - b).map(cut => cut * 5))
    .map(cuts => cuts.flatMap((cut, i) => (i % 2 === 1 ? [[cuts[i - 1]!, cut] as const] : [])));
  fc.assert(
    fc.property(anyHours, fc.integer({ min: 0, max: 364 }), (spans, n) => {
      const day = addDays('2026-01-01', n);
      const { open, parts } = on(day, { hours: spans.flatMap(([a, b]) => everyDay(a, b)) });
      const { morning, afternoon } = parts;
      if (morning && afternoon) expect(overlaps(morning, afternoon)).toBe(false);
      for (const part of [morning, afternoon]) if (part) expect(open.some(i => overlaps(i, part))).toBe(true);
      open.forEach((interval, i) => {
        if (i > 0) expect(overlaps(open[i - 1]!, interval)).toBe(false);
      });
    }),
    { numRuns: 60 },
  );
});

describe('public holidays', () => {
  test.each([
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
  ])('Easter of %i is %s', (year, day) => {
    expect(easterSunday(year).toString()).toBe(day);
  });

  test('a year has eleven, Ascension Day and Whit Monday among them', () => {
    const days = publicHolidays(2026, '30010');
    expect(days.size).toBe(11);
    expect([days.get('2026-05-14')?.fr, days.get('2026-05-25')?.fr]).toEqual(['Ascension', 'lundi de Pentecôte']);
  });

  test.each([
    ['Mayotte', '97608', '2026-04-27'],
    ['Martinique', '97209', '2026-05-22'],
    ['Guadeloupe', '97105', '2026-05-27'],
    ['Guyane', '97302', '2026-06-10'],
    ['Réunion', '97411', '2026-12-20'],
    ['Moselle', '57463', '2026-12-26'],
    ['Nouvelle-Calédonie', '98818', '2026-09-24'],
  ] as const)('%s has one more, which mainland spaces do not close on', (_place, communeCode, day) => {
    expect(publicHolidays(2026, communeCode).size).toBe(12);
    const hours = everyDay(540, 1080);
    const days = openingOf({ spaces: [{ ...space, communeCode }, space], hours, closures: [] }, [day]);
    expect(days.map(one => one.closed === null)).toEqual([false, true]);
  });

  test('Saint-Pierre-et-Miquelon has the eleven', () => {
    expect(publicHolidays(2026, '97502').size).toBe(11);
  });
});

describe('every day from 2026 to 2030 in six zones', () => {
  const days = Array.from({ length: 1826 }, (_, n) => addDays('2026-01-01', n));
  const wall = (zone: string) => {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'short',
      hourCycle: 'h23',
    });
    return (epoch_ms: number) => format.format(epoch_ms);
  };
  test.each([
    ['Europe/Paris', 10],
    ['America/Miquelon', 10],
    ['Indian/Reunion', 0],
    ['America/Guadeloupe', 0],
    ['America/Cayenne', 0],
    ['Pacific/Noumea', 0],
  ])('%s: hours stand on the wall, nights change length %i times, no day meets the next', (zone, changes) => {
    const read = wall(zone);
    const own = { ...space, zone, openedOn: '2025-01-06', opensOnPublicHolidays: true } as const;
    const at = (opens_min: number, closes_min: number) =>
      openingOf({ spaces: [own], hours: everyDay(opens_min, closes_min), closures: [] }, days).map(
        one => one.parts.day ?? one.open[0]!,
      );
    const [office, whole] = [at(510, 1110), at(0, 1440)];
    for (const [n, day] of days.entries()) {
      const { from, to } = office[n]!;
      expect([read(from.epochMilliseconds), read(to.epochMilliseconds)]).toEqual([`${day}, 08:30`, `${day}, 18:30`]);
    }
    expect(whole.filter(({ from, to }) => secondsBetween(from, to) !== 86_400)).toHaveLength(changes);
    for (const [n, { to }] of whole.slice(0, -1).entries()) expect(secondsBetween(to, whole[n + 1]!.from)).toBe(0);
  });
});
