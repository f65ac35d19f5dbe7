import type { Lang } from '../kernel/bilingual.ts';
import type { Instant } from '../kernel/time.ts';
import type { Resource, Space } from '../spaces/spaces.ts';
import type { Booking } from './claim.ts';

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
} as const;

export interface CalendarEntry {
  readonly booking: Booking;
  readonly space: Space;
  readonly resource: Resource;
  /** Public address of the booking's page. */
  readonly url: string;
}

/** A booking as an iCalendar file. A cancelled one keeps its UID with a higher sequence, so that calendars remove it. */
export function calendarOf({ booking, space, resource, url }: CalendarEntry, lang: Lang): string {
  const cancelled = booking.status === 'cancelled';
  const { from, to } = booking.during;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Parvis//Parvis//FR',
    'CALSCALE:GREGORIAN',
    `METHOD:${cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${booking.bookingId}@parvis`,
    `SEQUENCE:${cancelled ? 1 : 0}`,
    `DTSTAMP:${stamp(booking.cancelledAt ?? booking.bookedAt)}`,
    `DTSTART:${stamp(from)}`,
    `DTEND:${stamp(to)}`,
    `SUMMARY:${escaped(`${words.summary[lang]} ${space.name}`)}`,
    `LOCATION:${escaped(`${space.name}, ${space.address}, ${space.postcode} ${space.commune.name}`)}`,
    `GEO:${space.place.lat_udeg / 1e6};${space.place.lon_udeg / 1e6}`,
    `DESCRIPTION:${escaped(`${words.desk[lang]} ${resource.name}\n${url}`)}`,
    `URL:${url}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
