import type { Lang } from '../kernel/bilingual.ts';
import { type Instant, type Interval, isBefore } from '../kernel/time.ts';
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
  /** Public address of the booking's page; empty where there is none. */
  readonly url: string;
  /** In a mail alone. */
  readonly invited?: Invited | undefined;
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
    `DESCRIPTION:${escaped(`${words.desk[lang]} ${resource.name}\n${url}`.trim())}`,
    ...(url === '' ? [] : [`URL:${url}`]),
  ];
};

/** An event's lives, in their order: each later one has a higher sequence, and each move, each change, begins them again above. */
const states = ['TENTATIVE', 'CONFIRMED', 'CANCELLED'] as const;

const stateOf = ({ status }: Booking): (typeof states)[number] => {
  if (status === 'cancelled') return 'CANCELLED';
  return status === 'confirmed' ? 'CONFIRMED' : 'TENTATIVE';
};

/** Whom a mail tells of an event, in whose name: calendars then add it and take it away by themselves (RFC 5546). */
export interface Invited {
  readonly organizer: { readonly name: string; readonly email: string };
  readonly attendee: { readonly name: string; readonly email: string };
}

/** RFC 5545 §3.2: in quotes a name may hold anything but a quote and what does not print. */
const named = (name: string): string => (name === '' ? '' : `;CN="${name.replaceAll(/[\p{Cc}"]/gu, ' ')}"`);

const invited = ({ organizer, attendee }: Invited): readonly string[] => [
  `ORGANIZER${named(organizer.name)}:mailto:${organizer.email}`,
  `ATTENDEE${named(attendee.name)};PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${attendee.email}`,
];

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
    ...(entry.invited ? invited(entry.invited) : []),
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
  fileOf([`METHOD:${methodOf(entry)}`], eventOf(entry, 'own', lang));

/** What a calendar is asked to do with the file: take it in, answer to it, or take it away. */
export const methodOf = ({ booking, invited: asked }: Pick<CalendarEntry, 'booking' | 'invited'>): string => {
  if (booking.status === 'cancelled') return 'CANCEL';
  return asked ? 'REQUEST' : 'PUBLISH';
};

/** One event of a calendar server: without a method, as it stands (RFC 4791 §4.1). */
export const objectOf = (entry: CalendarEntry, telling: Telling, lang: Lang): string =>
  fileOf([], eventOf(entry, telling, lang));

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

const busyTypes = { TENTATIVE: 'BUSY-TENTATIVE', CONFIRMED: 'BUSY', CANCELLED: 'FREE' } as const;

/** The hours alone, as one VFREEBUSY (RFC 5545 §3.6.4): nothing in it tells one booking from another. */
export function freeBusyOf(
  bookings: readonly Booking[],
  { uid, during }: { readonly uid: string; readonly during: Interval },
): string {
  const latest = bookings.reduce((at, one) => (isBefore(at, one.bookedAt) ? one.bookedAt : at), during.from);
  const lines = bookings.map(one => {
    const [from, to] = [stamp(one.during.from), stamp(one.during.to)];
    return `FREEBUSY;FBTYPE=${busyTypes[stateOf(one)]}:${from}/${to}`;
  });
  const head = [`UID:${uid}@parvis`, `DTSTAMP:${stamp(latest)}`];
  const span = [`DTSTART:${stamp(during.from)}`, `DTEND:${stamp(during.to)}`];
  return fileOf([], ['BEGIN:VFREEBUSY', ...head, ...span, ...lines, 'END:VFREEBUSY']);
}
