import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../kernel/outcome.ts';
import { dayOf, minutesOf, readCsv, rowsOf } from './csv-text.ts';
import { readGrr, readMrbs } from './dumps.ts';
import { type Entry, roomText, type Source, textOf, type When } from './entry.ts';
import { readIcs } from './ics-text.ts';
import { tablesOf } from './sql-text.ts';

const sample = (name: string): string => readFileSync(new URL(`samples/${name}`, import.meta.url), 'utf8');
const june = { from: '2026-06-15', to: '2026-07-31' } as const;

function read(source: Outcome<Source>): Source {
  if (!source.ok) throw new Error(source.refusal.code);
  return source.value;
}

const whenText = (when: When): string => {
  if (when.kind === 'parts') return `${when.first} to ${when.last} ${when.part}`;
  if (when.kind === 'wall') return `${when.from.day} ${when.from.minutes} to ${when.to.minutes} on the wall`;
  return `${when.from} to ${when.to}`;
};

const told = ({ ref, at, person, when }: Entry): string => `${ref}: ${roomText(at)}, ${person}, ${whenText(when)}`;
const left = ({ unread }: Source): readonly string[] => unread.map(one => `${one.ref}: ${one.reason.code}`);

describe('a dump of MRBS', () => {
  test('as mysqldump writes it: places, people by their account, hours; quotes and semicolons hide nothing', () => {
    const source = read(readMrbs(sample('mrbs-dump.sql')));
    expect(source.entries.map(told)).toEqual([
      "11: L'Atelier / Bureau 1, ana@exemple.invalid, 2026-06-23T06:30:00Z to 2026-06-23T10:30:00Z",
      "12: L'Atelier / Bureau 2, bea@exemple.invalid, 2026-06-23T06:30:00Z to 2026-06-23T16:00:00Z",
      "13: L'Atelier / Bureau 1, ana@exemple.invalid, 2026-06-24T07:00:00Z to 2026-06-24T09:00:00Z",
      "14: L'Atelier / Bureau 1, inconnue, 2026-06-23T11:30:00Z to 2026-06-23T16:00:00Z",
      '15: n° 9, ana@exemple.invalid, 2026-06-25T06:30:00Z to 2026-06-25T10:30:00Z',
      "17: L'Atelier / Bureau 1, ana@exemple.invalid, 2026-06-01T06:30:00Z to 2026-06-01T10:30:00Z",
      "19: L'Atelier / Bureau 1, bea@exemple.invalid, 2026-06-23T06:30:00Z to 2026-06-23T10:30:00Z",
      "20: L'Atelier / Salle haute, ana@exemple.invalid, 2026-06-23T07:00:00Z to 2026-06-23T08:30:00Z",
      "21: L'Atelier / Salle haute, bea@exemple.invalid, 2026-06-23T08:00:00Z to 2026-06-23T09:00:00Z",
      "22: L'Atelier / Salle haute, bea@exemple.invalid, 2026-06-23T08:30:00Z to 2026-06-23T09:15:00Z",
      "23: L'Atelier / Salle haute, ana@exemple.invalid, 2026-06-23T12:10:00Z to 2026-06-23T13:05:00Z",
      "24: L'Atelier / Salle haute, ana@exemple.invalid, 2026-06-24T06:00:00Z to 2026-06-24T18:00:00Z",
    ]);
    expect(left(source)).toEqual(['16: intake.unconfirmed', '18: intake.periods']);
  });

  test('as pg_dump writes it', () => {
    expect(read(readMrbs(sample('mrbs-postgresql-dump.sql'))).entries.map(told)).toEqual([
      "21: L'Atelier / Bureau 1, ana@exemple.invalid, 2026-06-23T06:30:00Z to 2026-06-23T10:30:00Z",
      "22: L'Atelier / Bureau 1, ana@exemple.invalid, 2026-06-23T11:30:00Z to 2026-06-23T16:00:00Z",
    ]);
  });
});

test('a dump of GRR, as phpMyAdmin writes it: the beneficiary, inside or outside; what awaits or was refused stays', () => {
  const source = read(readGrr(sample('grr-dump.sql')));
  expect(source.entries.map(told)).toEqual([
    '1: Tiers-lieu / Poste du fond, ana@exemple.invalid, 2026-06-23T06:30:00Z to 2026-06-23T16:00:00Z',
    '2: Tiers-lieu / Poste du fond, bea@exemple.invalid, 2026-06-24T11:30:00Z to 2026-06-24T16:00:00Z',
    '5: Tiers-lieu / Salle haute, ana@exemple.invalid, 2026-06-23T07:00:00Z to 2026-06-23T08:30:00Z',
    '6: Tiers-lieu / Salle haute, bea@exemple.invalid, 2026-06-23T08:30:00Z to 2026-06-23T09:30:00Z',
    '7: Tiers-lieu / Salle haute, ana@exemple.invalid, 2026-06-23T12:10:00Z to 2026-06-23T13:05:00Z',
  ]);
  expect(left(source)).toEqual(['3: intake.unconfirmed', '4: intake.cancelled_there']);
});

describe('SQL text', () => {
  const rows = (text: string) => tablesOf(text).get('t');
  const cases: readonly [name: string, dump: string, rows: readonly object[] | undefined][] = [
    ['a quote doubled', "insert into t (a) values ('l''eau');", [{ a: "l'eau" }]],
    ['a backslash of MySQL', String.raw`INSERT INTO t (a) VALUES ('a\'b\\c\nd');`, [{ a: "a'b\\c\nd" }]],
    [
      'a backslash of PostgreSQL',
      String.raw`-- PostgreSQL database dump
INSERT INTO public.t (a, b) VALUES ('a\', E'\'b');`,
      [{ a: 'a\\', b: "'b" }],
    ],
    [
      'several rows, null and numbers',
      'INSERT INTO `t` (`a`,`b`) VALUES (1,NULL),(-2.5,0x10);',
      [
        { a: '1', b: null },
        { a: '-2.5', b: '0x10' },
      ],
    ],
    ['a row shorter than its columns', 'INSERT INTO t (a,b) VALUES (1);', [{ a: '1', b: null }]],
    [
      'columns from the structure',
      'CREATE TABLE IF NOT EXISTS t (`a` int, b text, PRIMARY KEY (`a`)); REPLACE INTO t VALUES (1,2);',
      [{ a: '1', b: '2' }],
    ],
    ['a table without rows', 'CREATE TABLE t (a int);', []],
    ['rows without columns', 'INSERT INTO t VALUES (1);', undefined],
    ['a value to compute', "INSERT INTO t (a,b) VALUES (now(),'x'::text);", [{ a: null, b: 'x' }]],
    [
      'a quoted schema',
      'INSERT INTO "public"."t" (a) VALUES (1); INSERT INTO public."t" (a) VALUES (2);',
      [{ a: '1' }, { a: '2' }],
    ],
    ['a dump cut short', "INSERT INTO t (a) VALUES (1),('", [{ a: '1' }, { a: '' }]],
  ];
  test.each(cases)('%s', (_name, dump, expected) => {
    expect(rows(dump)).toEqual(expected);
  });

  test('whatever a value holds, it comes back, and nothing after it is lost', () => {
    const quoted = (text: string) => `'${text.replaceAll(/[\\']/g, sign => `\\${sign}`).replaceAll('\n', '\\n')}'`;
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.string(),
            fc.string({ unit: fc.constantFrom("'", '\\', ';', ',', '(', ')', '\n', '-', '/', '*') }),
          ),
          { minLength: 1 },
        ),
        pairs => {
          const values = pairs.map(([a, b]) => `(${quoted(a)},${quoted(b)})`).join(',');
          expect(rows(`INSERT INTO t (a,b) VALUES ${values};`)).toEqual(pairs.map(([a, b]) => ({ a, b })));
        },
      ),
    );
  });

  test.each([
    '',
    'Bonjour',
    "'''",
    '((((',
    '/*',
    'COPY',
    'COPY t FROM stdin;',
    'CREATE TABLE',
    'INSERT INTO',
    ';'.repeat(9),
  ])('what is no dump has no table: %s', text => {
    expect(readMrbs(text)).toMatchObject({ ok: false, refusal: { code: 'intake.missing_tables' } });
  });

  test('a text of any kind is read to its end', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            'INSERT INTO t ',
            'VALUES ',
            '(',
            ')',
            "'",
            '`',
            ',',
            ';',
            '\\',
            '--',
            '\n',
            'COPY t (a) FROM stdin;\n',
            'CREATE TABLE t (',
          ),
        }),
        text => {
          tablesOf(text);
        },
      ),
    );
  });
});

describe('an iCalendar file', () => {
  const source = read(readIcs(sample('calendar.ics'), june));
  test('unfolds series between two days, less the dates left out, with those moved alone', () => {
    expect(source.entries.map(told)).toEqual([
      'un@essai: Bureau 1, ana@exemple.invalid, 2026-06-23T06:30:00Z to 2026-06-23T10:30:00Z',
      'serie@essai 2026-06-24T13:30:00: Bureau 2, ana@exemple.invalid, 2026-06-24T11:30:00Z to 2026-06-24T16:00:00Z',
      'serie@essai 2026-07-01T13:30:00: Bureau 2, ana@exemple.invalid, 2026-07-02T06:30:00Z to 2026-07-02T10:30:00Z',
      'serie@essai 2026-07-08T13:30:00: Bureau 2, ana@exemple.invalid, 2026-07-08T11:30:00Z to 2026-07-08T16:00:00Z',
      'journees@essai: Bureau 3, bea@exemple.invalid, 2026-06-25 to 2026-06-26 day',
      'fuseau-decrit@essai: Bureau 1, bea@exemple.invalid, 2026-06-30T06:30:00Z to 2026-06-30T10:30:00Z',
      'salle@essai 2026-06-23T09:00:00: Salle haute, ana@exemple.invalid, 2026-06-23T07:00:00Z to 2026-06-23T08:30:00Z',
      'salle@essai 2026-06-24T09:00:00: Salle haute, ana@exemple.invalid, 2026-06-24T07:00:00Z to 2026-06-24T08:30:00Z',
      'quarts@essai: Salle haute, ana@exemple.invalid, 2026-06-23T12:10:00Z to 2026-06-23T13:05:00Z',
    ]);
  });

  test('says what it does not read', () => {
    expect(left(source)).toEqual([
      'fuseau-inconnu@essai: intake.unknown_zone',
      'annule@essai: intake.cancelled_there',
      'tache@essai: intake.not_an_event',
    ]);
  });

  const calendar = (...lines: string[]) =>
    `BEGIN:VCALENDAR\r\n${['BEGIN:VEVENT', 'UID:x', ...lines, 'END:VEVENT'].join('\r\n')}\r\nEND:VCALENDAR\r\n`;

  test.each([
    [
      'without a zone, hours are those of the place',
      ['DTSTART:20260623T083000', 'DTEND:20260623T123000'],
      'x: , null, 2026-06-23 510 to 750 on the wall',
    ],
    ['a day without an end is that day', ['DTSTART;VALUE=DATE:20260623'], 'x: , null, 2026-06-23 to 2026-06-23 day'],
  ])('%s', (_name, lines, expected) => {
    expect(read(readIcs(calendar(...lines), june)).entries.map(told)).toEqual([expected]);
  });

  const after = ['BEGIN:VEVENT', 'UID:y', 'DTSTART:20260623T063000Z', 'DTEND:20260623T103000Z', 'END:VEVENT'];
  const hours = ['DTSTART:20260623T083000Z', 'DTEND:20260623T123000Z'];
  test.each([
    ['no beginning', ['SUMMARY:rien'], 'unreadable_time'],
    ['no length', ['DTSTART:20260623T083000Z', 'DTEND:20260623T083000Z'], 'lasts_nothing'],
    ['a day that is none', ['DTSTART:20260230T083000Z', 'DTEND:20260230T123000Z'], 'unreadable_time'],
    ['an hour that is none', ['DTSTART:20260623T083000Z', 'DTEND:20260623T253000Z'], 'unreadable_time'],
    ['a word for a time', ['DTSTART:demain'], 'unreadable_time'],
    ['a word for a length', ['DTSTART:20260623T083000Z', 'DURATION:4 hours'], 'unreadable_time'],
    ['a line without a value', ['DTSTART'], 'unreadable_event'],
    ['an unknown rhythm', [...hours, 'RRULE:FREQ=SOMETIMES'], 'repeat_unread'],
    ['a day that never comes', [...hours, 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'], 'repeat_unread'],
    ['dates with lengths of their own', [...hours, 'RDATE;VALUE=PERIOD:20260624T083000Z/PT1H'], 'repeat_unread'],
    ['a series of seconds', ['DTSTART:20260101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'], 'repeats_too_often'],
  ])('%s is told, not guessed, and takes no other event with it', (_name, lines, expected) => {
    const source = read(
      readIcs(calendar(...lines).replace('END:VCALENDAR', [...after, 'END:VCALENDAR'].join('\r\n')), june),
    );
    expect(left(source)).toEqual([`x: intake.${expected}`]);
    expect(source.entries.map(one => one.ref)).toEqual(['y']);
  });

  test('two events without an id are told apart by their time, place and person', () => {
    const text = calendar(...hours, 'LOCATION:A', 'END:VEVENT', 'BEGIN:VEVENT', ...hours, 'LOCATION:B').replace(
      'UID:x\r\n',
      '',
    );
    const keys = read(readIcs(text, june)).entries.map(one => one.key);
    expect(new Set(keys).size).toBe(2);
  });

  test.each(['', 'Bonjour', 'BEGIN:VCALENDAR', 'BEGIN:VCARD\nEND:VCARD'])('is refused when it is none: %s', text => {
    expect(readIcs(text, june)).toMatchObject({ ok: false, refusal: { code: 'intake.unreadable_file' } });
  });
});

describe('a CSV file', () => {
  test('French or English columns, days and hours as they are typed', () => {
    const source = read(readCsv(sample('bookings.csv')));
    expect(source.entries.map(told)).toEqual([
      'a1: L’Atelier / Bureau 1, ana@exemple.invalid, 2026-06-23 to 2026-06-23 morning',
      "3: L'atelier / Bureau 2, bea@exemple.invalid, 2026-06-24 810 to 1080 on the wall",
      'a3: L’Atelier, ana@exemple.invalid, 2026-06-24 to 2026-06-24 day',
      'a5: Ailleurs / Bureau 9, ana@exemple.invalid, 2026-06-26 to 2026-06-26 morning',
      'a6: L’Atelier / Bureau 1, ana@exemple.invalid, 2026-06-26 1140 to 1260 on the wall',
      'a7: L’Atelier / Salle haute, ana@exemple.invalid, 2026-06-23 540 to 630 on the wall',
      'a8: L’Atelier / Salle haute, ana@exemple.invalid, 2026-06-23 850 to 905 on the wall',
      'a9: L’Atelier / Salle haute, bea@exemple.invalid, 2026-06-24 to 2026-06-24 morning',
    ]);
    expect(left(source)).toEqual(['a4: intake.unreadable_time']);
  });

  test.each([
    ['2026-11-24', '2026-11-24'],
    ['24/11/2026', '2026-11-24'],
    ['1/2/2026', '2026-02-01'],
    ['30/02/2026', null],
    ['2026-13-01', null],
    ['demain', null],
    ['', null],
  ])('the day %s is %s', (text, day) => {
    expect(dayOf(text)).toBe(day);
  });

  test.each([
    ['9:00', 540],
    ['09h30', 570],
    ['9h', 540],
    ['18:00:00', 1080],
    ['24:00', 1440],
    ['24:01', null],
    ['9:60', null],
    ['9', null],
    ['', null],
  ])('the hour %s is %s minutes', (text, minutes) => {
    expect(minutesOf(text)).toBe(minutes);
  });

  test('cells come back whatever they hold', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ';', ',', '\n') });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), pairs => {
        const text = ['x;y', ...pairs.map(pair => pair.map(one => `"${one.replaceAll('"', '""')}"`).join(';'))].join(
          '\r\n',
        );
        expect(rowsOf(text).slice(1)).toEqual(pairs.map(pair => pair.map(one => one.trim())));
      }),
    );
  });

  test.each(['', 'a;b', 'espace;jour', 'personne;jour;moment'])('without its columns is refused: %s', text => {
    expect(readCsv(text)).toMatchObject({ ok: false, refusal: { code: 'intake.csv_columns' } });
  });
});

test('a file is UTF-8, or what French software wrote before it', () => {
  expect(textOf(Buffer.from('Début', 'utf8'))).toBe('Début');
  expect(textOf(Buffer.from('Début', 'latin1'))).toBe('Début');
});
