import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTameRule } from '../kernel/recurrence.ts';
import { instant, instantAt, isBefore } from '../kernel/time.ts';
import { apart, outerBusy } from './outer.ts';

const during = { from: instant('2026-10-01T00:00:00Z'), to: instant('2026-12-01T00:00:00Z') };
const fileOf = (...events: readonly (readonly string[])[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//x//x//FR',
    ...events.flatMap(lines => ['BEGIN:VEVENT', `UID:${lines.join('').length}`, ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n');
const read = (...events: readonly (readonly string[])[]) => {
  const found = outerBusy(fileOf(...events), { during, zone: 'Europe/Paris' })!;
  return { busy: found.busy.map(({ from, to }) => `${from} ${to}`), unread: found.unread };
};
const one = (...lines: string[]) => read(lines);

describe('an outer calendar takes', () => {
  test.each<[string, string[], string[]]>([
    [
      'an hour of UTC',
      ['DTSTART:20261005T080000Z', 'DTEND:20261005T090000Z'],
      ['2026-10-05T08:00:00Z 2026-10-05T09:00:00Z'],
    ],
    [
      'an hour that names its zone',
      ['DTSTART;TZID=America/New_York:20261005T080000', 'DURATION:PT1H'],
      ['2026-10-05T12:00:00Z 2026-10-05T13:00:00Z'],
    ],
    [
      'an hour of no zone, on the wall of the place',
      ['DTSTART:20261005T080000', 'DTEND:20261005T090000'],
      ['2026-10-05T06:00:00Z 2026-10-05T07:00:00Z'],
    ],
    [
      'a whole day, from midnight to midnight',
      ['DTSTART;VALUE=DATE:20261025'],
      ['2026-10-24T22:00:00Z 2026-10-25T23:00:00Z'],
    ],
    ['nothing, when it is free', ['DTSTART:20261005T080000Z', 'DTEND:20261005T090000Z', 'TRANSP:TRANSPARENT'], []],
    ['nothing, when it is cancelled', ['DTSTART:20261005T080000Z', 'DTEND:20261005T090000Z', 'STATUS:CANCELLED'], []],
    ['nothing, when it lasts nothing', ['DTSTART:20261005T080000Z', 'DTEND:20261005T080000Z'], []],
    ['nothing, when it is not wanted', ['DTSTART:20260905T080000Z', 'DTEND:20260905T090000Z'], []],
    [
      'a wall time that keeps through a change of the clock',
      [
        'DTSTART;TZID=Europe/Paris:20261024T080000',
        'DTEND;TZID=Europe/Paris:20261024T090000',
        'RRULE:FREQ=DAILY;COUNT=3',
      ],
      [
        '2026-10-24T06:00:00Z 2026-10-24T07:00:00Z',
        '2026-10-25T07:00:00Z 2026-10-25T08:00:00Z',
        '2026-10-26T07:00:00Z 2026-10-26T08:00:00Z',
      ],
    ],
    [
      'the dates of a series that began long ago, but those taken out',
      [
        'DTSTART:19900101T080000Z',
        'DTEND:19900101T090000Z',
        'RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20261101T000000Z',
        'EXDATE:20261019T080000Z',
      ],
      ['2026-10-05T08:00:00Z 2026-10-05T09:00:00Z'],
    ],
    [
      'each month’s first Monday',
      ['DTSTART:20200106T080000Z', 'DTEND:20200106T090000Z', 'RRULE:FREQ=MONTHLY;BYDAY=1MO'],
      ['2026-10-05T08:00:00Z 2026-10-05T09:00:00Z', '2026-11-02T08:00:00Z 2026-11-02T09:00:00Z'],
    ],
    [
      'times that touch, as one',
      ['DTSTART:20261005T080000Z', 'DTEND:20261006T080000Z', 'RRULE:FREQ=DAILY;COUNT=3'],
      ['2026-10-05T08:00:00Z 2026-10-08T08:00:00Z'],
    ],
  ])('%s', (_title, lines, busy) => {
    expect(one(...lines)).toEqual({ busy, unread: 0 });
  });

  test.each<[string, string[]]>([
    ['in a zone that nobody knows', ['DTSTART;TZID=Lune/Mer:20261005T080000', 'DTEND;TZID=Lune/Mer:20261005T090000']],
    ['every second', ['DTSTART:20261005T080000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY']],
    ['every minute', ['DTSTART:20261005T080000Z', 'DURATION:PT1S', 'RRULE:FREQ=MINUTELY']],
    [
      'on a day that does not exist',
      ['DTSTART:20261005T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'],
    ],
    [
      'every seventh day that is a Tuesday, from a Monday',
      ['DTSTART:20261005T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=TU'],
    ],
    [
      'counted for three thousand years',
      ['DTSTART:20000105T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=999999'],
    ],
    ['without a beginning', ['SUMMARY:x']],
  ])('nothing, and says so: an event %s', (_title, lines) => {
    const began = performance.now();
    expect(read(lines, ['DTSTART:20261005T080000Z', 'DTEND:20261005T090000Z'])).toEqual({
      busy: ['2026-10-05T08:00:00Z 2026-10-05T09:00:00Z'],
      unread: 1,
    });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('a date of a series that was moved, at its new time', () => {
    const series = ['DTSTART:20261005T080000Z', 'DTEND:20261005T090000Z', 'RRULE:FREQ=DAILY;COUNT=2'];
    const moved = ['RECURRENCE-ID:20261006T080000Z', 'DTSTART:20261007T100000Z', 'DTEND:20261007T110000Z'];
    const file = fileOf(series, moved).replaceAll(/UID:\d+/g, 'UID:same');
    const busy = outerBusy(file, { during, zone: 'Europe/Paris' })!.busy.map(({ from }) => from.toString());
    expect(busy).toEqual(['2026-10-05T08:00:00Z', '2026-10-07T10:00:00Z']);
  });

  test('the hours of a free/busy file', () => {
    const file = `BEGIN:VCALENDAR\r\nBEGIN:VFREEBUSY\r\nFREEBUSY:20261005T080000Z/PT1H,20261006T080000Z/20261006T090000Z\r\nFREEBUSY;FBTYPE=FREE:20261007T080000Z/PT1H\r\nEND:VFREEBUSY\r\nEND:VCALENDAR\r\n`;
    expect(outerBusy(file, { during, zone: 'UTC' })!.busy.map(({ from }) => from.toString())).toEqual([
      '2026-10-05T08:00:00Z',
      '2026-10-06T08:00:00Z',
    ]);
  });

  test.each([
    '',
    'hello',
    '<html></html>',
    'BEGIN:VEVENT\r\nEND:VEVENT\r\n',
    '\u0000'.repeat(100),
    'BEGIN:VCALENDAR\r\n',
  ])('nothing: %j is no calendar', text => {
    expect(outerBusy(text, { during, zone: 'UTC' })).toBeNull();
  });
});

test('whatever the times: apart, in order, and the same moments', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }))
    .map(([from, length]) => ({ from: instantAt(from * 60_000), to: instantAt((from + length) * 60_000) }));
  const holds = (
    times: readonly { from: ReturnType<typeof instantAt>; to: ReturnType<typeof instantAt> }[],
    n: number,
  ) => times.some(one => !isBefore(instantAt(n * 60_000), one.from) && isBefore(instantAt(n * 60_000), one.to));
  fc.assert(
    fc.property(fc.array(time), times => {
      const joined = apart(times);
      expect(joined.slice(1).every((next, n) => isBefore(joined[n]!.to, next.from))).toBe(true);
      for (let n = 0; n < 90; n++) expect(holds(joined, n)).toBe(holds(times, n));
    }),
  );
});

test.each<[string, boolean]>([
  ['FREQ=DAILY', true],
  ['FREQ=WEEKLY;BYDAY=MO,TU;INTERVAL=2;UNTIL=20261231T000000Z;WKST=SU', true],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', true],
  ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', true],
  ['FREQ=HOURLY', false],
  ['FREQ=DAILY;BYHOUR=1,2,3', false],
  ['FREQ=DAILY;BYMONTHDAY=-31', false],
  ['FREQ=DAILY;INTERVAL=100000', false],
  ['FREQ=DAILY;INTERVAL=0', false],
  ['FREQ=YEARLY;BYDAY=1FR;BYMONTHDAY=19', false],
  ['', false],
])('the rule %s is followed: %s', (rule, tame) => {
  expect(isTameRule(rule)).toBe(tame);
});
