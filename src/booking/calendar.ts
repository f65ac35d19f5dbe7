import type { Lang } from '../kernel/bilingual.ts';
import type { Instant } from '../kernel/time.ts';
import type { Resource, Space } from '../spaces/spaces.ts';
import { type Booking, firstOf } from './claim.ts';

/** `20261124T073000Z` */
const stamp = (at: Instant): string => at.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');

/** RFC 5545 §3.3.11: backslash, comma, semicolon and line break. */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(/[,;]/g, mark => `\\${mark}`)
    .replaceAll(/\r?\n/g, '\\n');

/** RFC 5545 §3.1: no line longer than 75 octets; what follows begins with a space. */
const folded = (line: string): string => {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    if (octets + size > 75) {
      pieces.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += letter;
    octets += size;
  }
  return [...pieces, piece].join('\r\n');
};

const words = {
  summary: { fr: 'Travailler à', en: 'Work at' },
  desk: { fr: 'Votre bureau :', en: 'Your desk:' },
  busy: { fr: 'Occupé', en: 'Busy' },
  taken: { fr: 'réservé', en: 'booked' },
} as const;

export interface CalendarEntry {
  readonly booking: Booking;
  readonly space: Space;
  readonly resource: Resource;
  /** Public address of the booking's page. */
  readonly url: string;
}

/** What a feed tells: one's own bookings, what is taken in a space without saying by whom, or no more than the hours. */
export type Telling = 'own' | 'taken' | 'busy';

const told = ({ space, resource, url }: CalendarEntry, telling: Telling, lang: Lang): readonly string[] => {
  if (telling === 'busy') return [`SUMMARY:${words.busy[lang]}`, 'CLASS:PRIVATE'];
  const place = `LOCATION:${escaped(`${space.name}, ${space.address}, ${space.postcode} ${space.commune.name}`)}`;
  if (telling === 'taken') return [`SUMMARY:${escaped(`${resource.name}, ${words.taken[lang]}`)}`, place];
  return [
    `SUMMARY:${escaped(`${words.summary[lang]} ${space.name}`)}`,
    place,
    `GEO:${space.place.lat_udeg / 1e6};${space.place.lon_udeg / 1e6}`,
    `DESCRIPTION:${escaped(`${words.desk[lang]} ${resource.name}\n${url}`)}`,
    `URL:${url}`,
  ];
};

/** An event's lives, in their order: each later one has a higher sequence, and each move, each change, begins them again above. */
const states = ['TENTATIVE', 'CONFIRMED', 'CANCELLED'] as const;

const stateOf = ({ status }: Booking): (typeof states)[number] => {
  if (status === 'cancelled') return 'CANCELLED';
  return status === 'confirmed' ? 'CONFIRMED' : 'TENTATIVE';
};

function eventOf(entry: CalendarEntry, telling: Telling, lang: Lang): readonly string[] {
  const { booking } = entry;
  const state = stateOf(booking);
  return [
    'BEGIN:VEVENT',
    `UID:${firstOf(booking)}@parvis`,
    `SEQUENCE:${states.length * (booking.moves + booking.amended) + states.indexOf(state)}`,
    `DTSTAMP:${stamp(booking.cancelledAt ?? booking.bookedAt)}`,
    `DTSTART:${stamp(booking.during.from)}`,
    `DTEND:${stamp(booking.during.to)}`,
    ...told(entry, telling, lang),
    `STATUS:${state}`,
    'END:VEVENT',
  ];
}

const fileOf = (head: readonly string[], events: readonly string[]): string => {
  const opening = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Parvis//Parvis//FR', 'CALSCALE:GREGORIAN'];
  return `${[...opening, ...head, ...events, 'END:VCALENDAR'].map(folded).join('\r\n')}\r\n`;
};

/** A booking as an iCalendar file. A cancelled one keeps its UID with a higher sequence, so that calendars remove it. */
export const calendarOf = (entry: CalendarEntry, lang: Lang): string =>
  fileOf([`METHOD:${entry.booking.status === 'cancelled' ? 'CANCEL' : 'PUBLISH'}`], eventOf(entry, 'own', lang));

/** A calendar that is read again and again: RFC 7986 says its name, and that an hour between two readings is enough. */
export const feedOf = (
  {
    name,
    entries,
    telling,
  }: { readonly name: string; readonly entries: readonly CalendarEntry[]; readonly telling: Telling },
  lang: Lang,
): string =>
  fileOf(
    [
      `NAME:${escaped(name)}`,
      `X-WR-CALNAME:${escaped(name)}`,
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
    ],
    entries.flatMap(entry => eventOf(entry, telling, lang)),
  );
