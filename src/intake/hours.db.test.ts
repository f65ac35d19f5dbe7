import { readFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { json, roomApp } from '../../tools/room-app.ts';
import { done } from '../../tools/small-network.ts';
import { cancel, setPolicy, standingOn } from '../booking/booking.ts';
import { defaultPolicy } from '../booking/policy.ts';
import type { Id } from '../kernel/ids.ts';
import { type Day, instant } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { addOrganisations, addPersons, appointFirstOperator } from '../people/people.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type NewTariff, type ResourceKind, type Space, setTariff } from '../spaces/spaces.ts';
import { examine, type Intake, type Line, type Report, reasonText, reportText, takeIn } from './intake.ts';
import { routes } from './routes.ts';

const sample = (name: string): string => readFileSync(new URL(`samples/${name}`, import.meta.url), 'utf8');
const tariff = (kind: ResourceKind, part: NewTariff['part'], amount_eur_cents: bigint): NewTariff => ({
  ...{ kind, part, amount_eur_cents, deliberation: '2026-001' },
});

let net: TestNetwork;
let operator: Actor;
let ana: Id<'per'>;
let bea: Id<'per'>;
let atelier: Space;
const opened: TestNetwork[] = [];

beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  opened.push(net);
  operator = done(
    await net.work(work =>
      appointFirstOperator(work, { email: 'olga@exemple.invalid', firstName: 'Olga', lastName: 'Essai' }),
    ),
  );
  const names = ['Ana', 'Bea'].map(firstName => ({
    email: `${firstName.toLowerCase()}@exemple.invalid`,
    firstName,
    lastName: 'Essai',
  }));
  [ana, bea] = done(await net.work(work => addPersons(work, operator, names))).map(one => one.personId) as [
    Id<'per'>,
    Id<'per'>,
  ];
  const sheet = sampleSpace();
  atelier = await net.work(async work => {
    const [manager] = done(await addOrganisations(work, operator, [{ kind: 'commune', name: 'Commune d’essai' }]));
    const added = await addSpaces(work, operator, [
      {
        ...sheet,
        managerId: manager!.organisationId,
        resources: [
          ...sheet.resources,
          { kind: 'meeting_room', name: 'Salle haute', capacity: 8 },
          { kind: 'phone_booth', name: 'Cabine', capacity: 1 },
        ],
        tariffs: [
          ...sheet.tariffs,
          tariff('meeting_room', 'hour', 1000n),
          tariff('meeting_room', 'day', 5000n),
          tariff('phone_booth', 'hour', 200n),
        ],
      },
    ]);
    return done(added)[0]!;
  });
});
afterAll(async () => {
  for (const one of opened) await one.database.db.destroy();
});

const intake = (changes: Partial<Intake>): Intake => ({
  ...{ format: 'csv', content: '', mapping: '', source: '', widen: false },
  ...changes,
});
const csv = (...rows: string[]): Intake =>
  intake({ content: ['id;poste;personne;jour;moment;debut;fin', ...rows].join('\n') });
const dry = async (asked: Intake, now = '2026-06-15T08:00:00Z'): Promise<Report> =>
  done(await net.work(work => examine({ ...work, now: instant(now) }, operator, asked)));
const write = async (asked: Intake, now = '2026-06-15T08:00:00Z'): Promise<Report> =>
  done(await net.work(work => takeIn({ ...work, now: instant(now) }, operator, asked)));

const clock = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const told = ({ ref, day, part, hours, state, reason }: Line): string =>
  [ref, day?.slice(8), hours ? `${clock(hours.begins_min)}-${clock(hours.ends_min)}` : part, state, reason?.code]
    .filter(Boolean)
    .join(' ');
const inTheRoom = (report: Report): readonly string[] =>
  report.lines.filter(one => /Salle haute|Cabine/.test(one.room)).map(told);
const standing = async (days: readonly Day[] = ['2026-06-23', '2026-06-24']) =>
  (await net.work(work => standingOn(work, { days, spaceIds: 'all' }))).filter(one => one.hours !== null);

/** What a dry run tells, what a real one then does, and that a second changes nothing: the same reasons each time. */
async function taken(asked: Intake): Promise<readonly string[]> {
  const foreseen = await dry(asked);
  expect(await standing()).toEqual([]);
  const written = await write(asked);
  expect(inTheRoom(written).map(one => one.replace('booked', 'bookable'))).toEqual(inTheRoom(foreseen));
  const stands = await standing();
  const again = await write(asked);
  expect(inTheRoom(again).map(one => one.replace('repeat', 'booked'))).toEqual(inTheRoom(written));
  expect(await standing()).toEqual(stands);
  return inTheRoom(written);
}

describe('a room that has a price by the hour is taken over at its hours', () => {
  test('from MRBS: exact quarters, clashes by the hour, odd minutes told, a day that holds the lunch break as a day', async () => {
    expect(await taken(intake({ format: 'mrbs', content: sample('mrbs-dump.sql') }))).toEqual([
      '20 23 9:00-10:30 booked',
      '21 23 10:00-11:00 clash booking.space_full',
      '22 23 10:30-11:15 booked',
      '23 23 clash intake.odd_quarters',
      '24 24 day booked',
    ]);
    expect((await standing()).map(one => [one.personId, one.hours, one.during.from, one.price_eur_cents])).toEqual([
      [ana, { begins_min: 540, ends_min: 630 }, instant('2026-06-23T07:00:00Z'), 1500n],
      [bea, { begins_min: 630, ends_min: 675 }, instant('2026-06-23T08:30:00Z'), 750n],
    ]);
  });

  test('from GRR', async () => {
    expect(await taken(intake({ format: 'grr', content: sample('grr-dump.sql') }))).toEqual([
      '5 23 9:00-10:30 booked',
      '6 23 10:30-11:30 booked',
      '7 23 clash intake.odd_quarters',
    ]);
  });

  test('from a calendar, each date of a series', async () => {
    expect(await taken(intake({ format: 'ics', content: sample('calendar.ics') }))).toEqual([
      'salle@essai 2026-06-23T09:00:00 23 9:00-10:30 booked',
      'salle@essai 2026-06-24T09:00:00 24 9:00-10:30 booked',
      'quarts@essai 23 clash intake.odd_quarters',
    ]);
  });

  test('from a table; half a day that has no price is refused as the space’s own pages refuse it', async () => {
    expect(await taken(intake({ content: sample('bookings.csv') }))).toEqual([
      'a7 23 9:00-10:30 booked',
      'a8 23 clash intake.odd_quarters',
      'a9 24 morning clash spaces.no_tariff',
    ]);
    const booth = csv('b;Cabine;bea@exemple.invalid;2026-06-23;matin;;');
    expect((await dry(booth)).lines.map(told)).toEqual(['b 23 morning clash spaces.only_by_the_hour']);
  });

  test('beside a desk of the same person, and a morning of hours is no half-day', async () => {
    const rows = [
      'd;Bureau 1;ana@exemple.invalid;2026-06-23;;8:30;18:00',
      'r;Salle haute;ana@exemple.invalid;2026-06-23;;8:30;12:30',
    ];
    expect((await write(csv(...rows))).lines.map(told)).toEqual(['d 23 day booked', 'r 23 8:30-12:30 booked']);
  });
});

describe('a clash says with which hours', () => {
  test('of the file or of a booking that stands, by its entry or number, its hours and its holder', async () => {
    const first = csv('a;Salle haute;ana@exemple.invalid;2026-06-23;;9h;10h30');
    const [stands] = (await write(first)).lines;
    const rows = [
      'b;Salle haute;bea@exemple.invalid;2026-06-23;;10h;11h',
      'c;Salle haute;bea@exemple.invalid;2026-06-23;;11h;11h30',
      'e;Bureau 1;bea@exemple.invalid;2026-06-23;journée;;',
      'd;Cabine;bea@exemple.invalid;2026-06-23;;11h15;11h45',
    ];
    const { lines } = await dry(csv(...rows));
    expect(lines.map(told)).toEqual([
      'b 23 10:00-11:00 clash booking.space_full',
      'c 23 11:00-11:30 bookable',
      'e 23 day bookable',
      'd 23 11:15-11:45 clash intake.person_taken',
    ]);
    expect(plain(reasonText(lines[0]!).fr)).toContain(
      `Y est déjà : la réservation ${stands!.bookingId} (23 juin 2026, de 9:00 à 10:30, Ana Essai).`,
    );
    expect(plain(reasonText(lines[3]!).en)).toBe(
      'The person already has a place at that time (Tuesday 23 June, 11:15 to 11:45). Already there: entry c (23 June 2026, 11:00 to 11:30, Bea Essai).',
    );
    const text = plain(reportText(await dry(csv(...rows)), 'fr'));
    expect(text).toContain('en conflit · b · Salle haute · bea@exemple.invalid · 23 juin 2026, de 10:00 à 11:00');
  });

  test('that come after, where the space keeps time free', async () => {
    const kept = { ...defaultPolicy, buffer_minutes: 30, spaceId: atelier.spaceId, from: '2026-06-15' as Day };
    done(await net.work(work => setPolicy(work, operator, kept)));
    const rows = [
      'a;Salle haute;ana@exemple.invalid;2026-06-23;;11h;12h',
      'b;Salle haute;bea@exemple.invalid;2026-06-23;;9h;10h45',
    ];
    const { lines } = await dry(csv(...rows));
    expect(lines.map(told)).toEqual(['a 23 11:00-12:00 bookable', 'b 23 9:00-10:45 clash booking.space_full']);
    expect(lines[1]!.against.map(one => [one.ref, one.hours])).toEqual([['a', { begins_min: 660, ends_min: 720 }]]);
  });

  test('outside the hours of the space, booking says why not', async () => {
    const rows = [
      'a;Salle haute;ana@exemple.invalid;2026-06-23;;7:00;9:00',
      'b;Salle haute;ana@exemple.invalid;2026-06-27;;9:00;10:00',
      'c;Cabine;ana@exemple.invalid;2026-06-23;;12:00;14:00',
      'd;Cabine;ana@exemple.invalid;2026-06-23;;19:00;20:00',
    ];
    const { lines } = await dry(csv(...rows));
    expect(lines.map(told)).toEqual([
      'a 23 7:00-9:00 clash booking.outside_hours',
      'b 27 9:00-10:00 clash booking.space_closed',
      'c 23 12:00-14:00 clash booking.outside_hours',
      'd 23 19:00-20:00 clash booking.outside_hours',
    ]);
    expect((await write(csv(...rows))).counts).toMatchObject({ clash: 4, booked: 0 });
  });
});

describe('minutes that are no quarters', () => {
  test('take nothing of the entry, however many days it has, widened or not; the reason says which', async () => {
    const vevent = [
      'BEGIN:VEVENT\r\nUID:long\r\nORGANIZER:mailto:ana@exemple.invalid\r\nLOCATION:Salle haute',
      'DTSTART:20260623T131000Z\r\nDTEND:20260625T100000Z\r\nEND:VEVENT',
    ].join('\r\n');
    const content = `BEGIN:VCALENDAR\r\n${vevent}\r\nEND:VCALENDAR\r\n`;
    for (const widen of [false, true]) {
      const report = await write(intake({ format: 'ics', content, widen }));
      expect(report.lines.map(told)).toEqual(['23', '24', '25'].map(day => `long ${day} clash intake.odd_quarters`));
      expect(reasonText(report.lines[0]!).en).toContain('(15:10 to 12:00)');
    }
    const days: readonly Day[] = ['2026-06-23', '2026-06-24', '2026-06-25'];
    expect(await net.work(work => standingOn(work, { days, spaceIds: 'all' }))).toEqual([]);
    const even = await write(intake({ format: 'ics', content: content.replace('T131000Z', 'T130000Z'), widen: true }));
    expect(even.lines.map(told)).toEqual([
      'long 23 15:00-24:00 clash booking.outside_hours',
      'long 24 day booked',
      'long 25 0:00-12:00 clash booking.outside_hours',
    ]);
  });

  test('of a desk are widened as before', async () => {
    const row = csv('a;Bureau 1;ana@exemple.invalid;2026-06-23;;9:10;10:05');
    expect((await dry(row)).lines.map(told)).toEqual(['a 23 morning odd intake.odd_time']);
    expect((await write({ ...row, widen: true })).lines.map(told)).toEqual(['a 23 morning booked']);
  });
});

test('hours that have begun are taken whole until they end, then left; taken once, they stay so', async () => {
  const row = csv('a;Salle haute;ana@exemple.invalid;2026-06-23;;9h;11h');
  const [during, after] = ['2026-06-23T08:00:00Z', '2026-06-23T09:00:00Z'];
  expect((await dry(row, after)).lines.map(told)).toEqual(['a 23 9:00-11:00 left intake.past']);
  expect((await write(row, after)).lines.map(told)).toEqual(['a 23 9:00-11:00 left intake.past']);
  expect(await standing()).toEqual([]);
  expect((await dry(row, during)).lines.map(told)).toEqual(['a 23 9:00-11:00 bookable']);
  expect((await write(row, during)).lines.map(told)).toEqual(['a 23 9:00-11:00 booked']);
  expect((await standing()).map(one => one.price_eur_cents)).toEqual([2000n]);
  expect((await write(row, after)).lines.map(told)).toEqual(['a 23 9:00-11:00 repeat']);
});

describe('taken before', () => {
  const row = 'a;Salle haute;ana@exemple.invalid;2026-06-23;;9h;11h';

  test('then changed there, or cancelled here: told, and left as it is', async () => {
    const [first] = (await write(csv(row))).lines;
    const other = await write(csv(row.replace('11h', '12h')));
    expect(other.lines.map(told)).toEqual(['a 23 9:00-12:00 clash intake.changed_since']);
    expect(other.lines[0]!.against.map(one => one.hours)).toEqual([{ begins_min: 540, ends_min: 660 }]);
    expect((await standing()).map(one => one.hours)).toEqual([{ begins_min: 540, ends_min: 660 }]);
    done(await net.work(work => cancel(work, operator, { bookingId: first!.bookingId! })));
    expect((await write(csv(row))).lines.map(told)).toEqual(['a 23 9:00-11:00 repeat']);
    expect(await standing()).toEqual([]);
  });

  test('as half a day, before there was a price by the hour: it is that booking still', async () => {
    const odd = 'b;Bureau 2;bea@exemple.invalid;2026-06-23;;9:10;10:05';
    const parking = { kind: 'parking' as const, name: 'P1', capacity: 1 };
    const [lot] = done(
      await net.work(work =>
        addSpaces(work, operator, [
          sampleSpace({
            ...{ name: 'Le Quai', managerId: atelier.managerId, resources: [parking] },
            tariffs: [tariff('parking', 'half_day', 300n)],
          }),
        ]),
      ),
    );
    const rows = ['p;P1;ana@exemple.invalid;2026-06-23;;9h;11h', 'q;P1;bea@exemple.invalid;2026-06-24;;9:10;11h', odd];
    const before = await write({ ...csv(...rows), widen: true });
    expect(before.lines.map(told)).toEqual(['p 23 morning booked', 'q 24 morning booked', 'b 23 morning booked']);
    const price = { ...tariff('parking', 'hour', 100n), spaceId: lot!.spaceId, from: '2026-06-15' as Day };
    done(await net.work(work => setTariff(work, operator, price)));
    expect((await write(csv(...rows))).lines.map(told)).toEqual([
      'p 23 morning repeat',
      'q 24 morning repeat',
      'b 23 morning repeat',
    ]);
    const moved = csv('p;P1;ana@exemple.invalid;2026-06-23;;14h;15h');
    expect((await write(moved)).lines.map(told)).toEqual(['p 23 14:00-15:00 clash intake.changed_since']);
  });
});

test('the page and the API say the hours', async () => {
  const content = csv('a;Salle haute;ana@exemple.invalid;2026-06-23;;9h;10h30').content;
  const app = (lang: 'fr' | 'en') => roomApp(net, [routes], { actor: operator, lang });
  const body = new FormData();
  for (const [name, value] of Object.entries({ format: 'csv', contenu: content })) body.append(name, value);
  const page = await (await app('fr').request('/reprise', { method: 'POST', body })).text();
  expect(plain(page)).toContain('23 juin 2026, de 9:00 à 10:30');
  const ask = async (text: string, more: object = {}) =>
    (await app('en').request('/api/v1/imports', json('POST', { format: 'csv', content: text, ...more }))).json();
  expect(await ask(content, { write: true })).toMatchObject({
    lines: [{ state: 'booked', part: 'morning', begins_min: 540, ends_min: 630, price_eur_cents: '1500' }],
  });
  expect(await ask(content.replace('a;', 'z;').replace('9h;10h30', '10h;11h').replace('ana@', 'bea@'))).toMatchObject({
    lines: [{ state: 'clash', begins_min: 600, ends_min: 660, against: [{ begins_min: 540, ends_min: 630 }] }],
  });
  expect(await ask(csv('d;Bureau 1;bea@exemple.invalid;2026-06-23;matin;;').content)).toMatchObject({
    lines: [{ state: 'bookable', part: 'morning', begins_min: null, ends_min: null }],
  });
});
