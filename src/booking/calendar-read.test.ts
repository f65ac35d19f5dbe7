import { describe, expect, test } from 'vitest';
import { calendarReaders, type ReadEvent } from '../../tools/calendar-readers.ts';
import { instant } from '../kernel/time.ts';
import type { Resource, Space } from '../spaces/spaces.ts';
import { type CalendarEntry, calendarOf, feedOf, freeBusyOf, type Invited } from './calendar.ts';
import type { Booking } from './claim.ts';
import { mailboxOf } from './mails.ts';

const space = {
  name: 'La Halle',
  address: '2 rue du Pont',
  postcode: '34190',
  commune: { code: '34111', name: 'Ganges' },
  place: { lon_udeg: 3_709_000, lat_udeg: 43_934_000 },
} as unknown as Space;

const entryOf = (during: readonly [from: string, to: string], over: Partial<Booking> = {}): CalendarEntry => ({
  booking: {
    ...{ bookingId: 'bkg_00000001', status: 'confirmed', cancelledAt: null, continues: null, moves: 0, amended: 0 },
    during: { from: instant(during[0]), to: instant(during[1]) },
    bookedAt: instant('2026-01-20T08:00:00.123Z'),
    ...over,
  } as unknown as Booking,
  space,
  resource: { name: 'Bureau 3' } as Resource,
  url: 'https://parvis.example/reservations/bkg_00000001',
});

const morning = ['2026-11-24T07:30:00Z', '2026-11-24T11:30:00Z'] as const;
const plain = entryOf(morning);
const called = (name: string): CalendarEntry => ({ ...plain, space: { ...space, name } as Space });
const guest: Invited = {
  organizer: mailboxOf('Réseau « du Midi »; test <parvis@example.org>'),
  attendee: { name: 'Zoé "Z" Ünal, à l’étage', email: 'zoe@example.org' },
};
const mail = { ...plain, invited: guest };
const cancelled = entryOf(morning, { status: 'cancelled', cancelledAt: instant('2026-02-01T08:00:00Z') });
const feed = (entries: readonly CalendarEntry[], telling: 'own' | 'taken' | 'busy' = 'own') =>
  feedOf({ name: 'Mes bureaux, « réseau » ; d’essai', entries, telling }, 'fr');

const read: ReadEvent = {
  ...{ uid: 'bkg_00000001@parvis', from: morning[0], to: morning[1], summary: 'Travailler à La Halle' },
  ...{ place: 'La Halle, 2 rue du Pont, 34190 Ganges', sequence: 1, status: 'CONFIRMED', method: null, attendee: null },
};
const placed = (name: string) => ({
  summary: `Travailler à ${name}`,
  place: `${name}, 2 rue du Pont, 34190 Ganges`,
});
const at = (from: string, to: string): Partial<ReadEvent> => ({ from, to });

const odd = 'A\\B; C, « D »: "E" 😀\nF';
const long = 'Très-Vénérable-Établissement-Œuvrant-Été-Comme-Hiver-À-Côté-'.repeat(4);
const days = (...during: readonly (readonly [string, string])[]) =>
  during.map((one, n) => entryOf(one, { bookingId: `bkg_0000000${n + 1}` }));

const cases: readonly (readonly [title: string, file: string, events: readonly Partial<ReadEvent>[]])[] = [
  ['one’s own feed', feed([plain]), [{}]],
  ['a feed with nothing in it', feed([]), []],
  ['a space’s feed', feed([plain], 'taken'), [{ summary: 'Bureau 3, réservé' }]],
  ['a feed of hours alone', feed([plain], 'busy'), [{ summary: 'Occupé', place: null }]],
  ['a booking to download', calendarOf(plain, 'fr'), [{ method: 'PUBLISH' }]],
  ['a mail that invites', calendarOf(mail, 'fr'), [{ method: 'REQUEST', attendee: 'zoe@example.org' }]],
  [
    'a mail that takes back',
    calendarOf({ ...cancelled, invited: guest }, 'fr'),
    [{ method: 'CANCEL', status: 'CANCELLED', sequence: 2, attendee: 'zoe@example.org' }],
  ],
  [
    'a booking that was moved twice, and is only kept',
    feed([entryOf(morning, { continues: 'bkg_firstone1', moves: 2, status: 'held' })]),
    [{ uid: 'bkg_firstone1@parvis', sequence: 6, status: 'TENTATIVE' }],
  ],
  [
    'the night when clocks go back, and the one when they go forward',
    feed(
      days(
        ['2026-10-24T23:30:00Z', '2026-10-25T01:30:00Z'],
        ['2027-03-28T00:30:00Z', '2027-03-28T01:30:00Z'],
        ['2026-10-23T22:00:00Z', '2026-10-26T23:00:00Z'],
      ),
    ),
    [
      at('2026-10-24T23:30:00Z', '2026-10-25T01:30:00Z'),
      { ...at('2027-03-28T00:30:00Z', '2027-03-28T01:30:00Z'), uid: 'bkg_00000002@parvis' },
      { ...at('2026-10-23T22:00:00Z', '2026-10-26T23:00:00Z'), uid: 'bkg_00000003@parvis' },
    ],
  ],
  [
    '29 February',
    feed(days(['2028-02-29T07:30:00Z', '2028-02-29T16:00:00Z'])),
    [at('2028-02-29T07:30:00Z', '2028-02-29T16:00:00Z')],
  ],
  ['every mark that has a meaning of its own', feed([called(odd)]), [placed(odd)]],
  ['names of several lines, with accents', feed([called(long)]), [placed(long)]],
];

describe.each(calendarReaders)('%s', (_name, reader) => {
  test.each(cases)('reads %s as it was written', (_title, file, events) => {
    expect(reader.events(file)).toEqual(events.map(over => ({ ...read, ...over })));
    expect(Math.max(...file.split('\r\n').map(line => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  });

  test('reads the hours of a free/busy file, and which are not certain yet', () => {
    const held = entryOf(['2026-11-25T12:30:00Z', '2026-11-25T17:00:00Z'], { status: 'held' } as Partial<Booking>);
    const during = { from: instant('2026-11-01T00:00:00Z'), to: instant('2026-12-01T00:00:00Z') };
    const file = freeBusyOf([plain.booking, held.booking], { uid: 'fed_00000001', during });
    expect(reader.busy(file)).toEqual([
      { from: morning[0], to: morning[1], type: 'BUSY' },
      { from: '2026-11-25T12:30:00Z', to: '2026-11-25T17:00:00Z', type: 'BUSY-TENTATIVE' },
    ]);
    expect(file).not.toMatch(/SUMMARY|LOCATION|bkg_|Halle/);
  });
});

test.each([
  ['Parvis <parvis@example.org>', 'Parvis', 'parvis@example.org'],
  ['"Le réseau" <a@b.fr>', 'Le réseau', 'a@b.fr'],
  ['a@b.fr', '', 'a@b.fr'],
])('%s is someone and their address', (from, name, email) => {
  expect(mailboxOf(from)).toEqual({ name, email });
});
