import { describe, expect, test } from 'vitest';
import { instant } from '../kernel/time.ts';
import type { Resource, Space } from '../spaces/spaces.ts';
import { calendarOf, feedOf } from './calendar.ts';
import type { Booking } from './claim.ts';

const booking = {
  bookingId: 'bkg_00000001',
  during: { from: instant('2026-11-24T07:30:00Z'), to: instant('2026-11-24T11:30:00Z') },
  status: 'confirmed',
  bookedAt: instant('2026-11-20T08:00:00.123Z'),
  cancelledAt: null,
  continues: null,
  moves: 0,
  amended: 0,
  heldUntil: null,
} as unknown as Booking;
const space = {
  name: 'La Filature ; l’atelier, dit « de l’eau »',
  address: '1 place de la Très Longue Mairie de la Commune Nouvelle',
  postcode: '34190',
  commune: { code: '34111', name: 'Ganges' },
  place: { lon_udeg: 3_709_000, lat_udeg: 43_934_000 },
} as unknown as Space;
const entry = {
  booking,
  space,
  resource: { name: 'Bureau 3' } as Resource,
  url: 'https://parvis.example/reservations/bkg_00000001',
};

describe('a calendar file', () => {
  const file = calendarOf(entry, 'fr');

  test('has lines of 75 octets at most, ended by CRLF, that unfold to what was written', () => {
    const lines = file.split('\r\n');
    expect(lines.at(-1)).toBe('');
    expect(Math.max(...lines.map(line => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(file.replaceAll('\r\n ', '')).toContain(
      'LOCATION:La Filature \\; l’atelier\\, dit « de l’eau »\\, 1 place de la Très Longue Mairie de la Commune Nouvelle\\, 34190 Ganges',
    );
  });

  test('says when in UTC, where, and which desk', () => {
    expect(file).toContain('DTSTAMP:20261120T080000Z\r\n');
    expect(file).toContain('DTSTART:20261124T073000Z\r\nDTEND:20261124T113000Z\r\n');
    expect(file).toContain('GEO:43.934;3.709\r\n');
    expect(file.replaceAll('\r\n ', '')).toContain('Votre bureau');
  });

  test('of a cancelled booking keeps its UID, grows its sequence, and takes it off the calendar', () => {
    const cancelled = { ...booking, status: 'cancelled', cancelledAt: instant('2026-11-21T08:00:00Z') } as Booking;
    const gone = calendarOf({ ...entry, booking: cancelled }, 'en');
    for (const line of ['METHOD:CANCEL', 'UID:bkg_00000001@parvis', 'SEQUENCE:2', 'STATUS:CANCELLED']) {
      expect(gone).toContain(`${line}\r\n`);
    }
  });

  test('of a place that is only kept is tentative; confirmed, the same event grows its sequence', () => {
    const told = (status: Booking['status'], moves = 0) =>
      calendarOf({ ...entry, booking: { ...booking, status, moves } as Booking }, 'fr').match(/(SEQUENCE|STATUS):\w+/g);
    expect(told('requested')).toEqual(['SEQUENCE:0', 'STATUS:TENTATIVE']);
    expect(told('confirmed')).toEqual(['SEQUENCE:1', 'STATUS:CONFIRMED']);
    expect(told('held', 1)).toEqual(['SEQUENCE:3', 'STATUS:TENTATIVE']);
  });
});

describe('a feed', () => {
  const other = {
    ...booking,
    bookingId: 'bkg_00000002',
    during: { from: instant('2026-11-25T12:30:00Z'), to: instant('2026-11-25T17:00:00Z') },
  } as Booking;
  const entries = [entry, { ...entry, booking: other }];
  const busy = feedOf({ name: 'x', entries, telling: 'busy' }, 'fr');

  test('that tells hours alone says neither where nor what', () => {
    expect(busy).not.toMatch(/LOCATION|DESCRIPTION|URL|GEO|Filature|Bureau/);
  });

  test('of a space says which desk is taken, and never by whom', () => {
    const taken = feedOf({ name: 'La Filature', entries, telling: 'taken' }, 'fr').replaceAll('\r\n ', '');
    expect(taken).toContain('SUMMARY:Bureau 3\\, réservé\r\n');
    expect(taken).not.toMatch(/DESCRIPTION|URL|per_/);
  });
});
