import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { statement } from '../billing/billing.ts';
import type { Id } from '../kernel/ids.ts';
import type { Outcome } from '../kernel/outcome.ts';
import type { Day, DayPart } from '../kernel/time.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Resource, resourcesOf, type Space } from '../spaces/spaces.ts';
import { type Booking, book, bookingsOf, cancel, freeDesks, move, movedTo, openFeed } from './booking.ts';
import { routes } from './routes.ts';

const person = (n: number, role: Role = 'worker', scope: Id | null = null): Actor => ({
  personId: `per_${String(n).padStart(8, '0')}`,
  firstName: `Personne ${n}`,
  memberships: [{ role, scope }],
});

let net: TestNetwork;
let space: Space;
let desks: readonly Resource[];
/** Monday 15 June 2026, 10:00 in Ganges. */
const today: Day = '2026-06-15';
const tomorrow: Day = '2026-06-16';
const thursday: Day = '2026-06-18';

beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  const two = ['Bureau 1', 'Bureau 2'].map(name => ({ kind: 'desk' as const, name, capacity: 1 }));
  [space] = done(
    await net.work(w => addSpaces(w, person(99, 'network_operator'), [sampleSpace({ resources: two })])),
  ) as [Space];
  desks = await net.work(w => resourcesOf(w, [space.spaceId]));
});

const booked = async (n: number, day: Day, part: DayPart, resourceId?: Id<'res'>): Promise<Booking> =>
  done(await net.work(w => book(w, person(n), { spaceId: space.spaceId, day, part, resourceId })));
const moved = (n: number, bookingId: string, to: { day?: Day; part?: DayPart; resourceId?: Id<'res'> }) =>
  net.work(w => move(w, person(n), { bookingId, ...to }));
const owed = async (n: number) =>
  (await net.work(w => statement(w, { payerId: person(n).personId, month: '2026-06' }))).amount_eur_cents;

describe('moving a booking', () => {
  test('gives the old place back, keeps the desk, and charges the new day alone', async () => {
    const before = await booked(1, thursday, 'morning', desks[1]!.resourceId);
    const after = done(await moved(1, before.bookingId, { day: tomorrow }));
    expect(after).toMatchObject({ day: tomorrow, part: 'morning', resourceId: desks[1]!.resourceId, moves: 1 });
    expect(after.continues).toBe(before.bookingId);
    expect(await owed(1)).toBe(after.price_eur_cents);
    const free = await net.work(w => freeDesks(w, { spaceIds: [space.spaceId], days: [thursday] }));
    expect(free.map(line => line.free)).toEqual([2, 2]);
    expect(await net.work(w => movedTo(w, before))).toEqual(after);
  });

  test('takes another desk when its own is taken there', async () => {
    await booked(2, tomorrow, 'day', desks[0]!.resourceId);
    const before = await booked(1, thursday, 'day', desks[0]!.resourceId);
    expect(done(await moved(1, before.bookingId, { day: tomorrow })).resourceId).toBe(desks[1]!.resourceId);
  });

  test('refused, leaves it as it was', async () => {
    for (const n of [2, 3]) await booked(n, tomorrow, 'day');
    const before = await booked(1, thursday, 'morning');
    expect(codeOf(await moved(1, before.bookingId, { day: tomorrow }))).toBe('booking.space_full');
    const [still] = await net.work(w => bookingsOf(w, { personId: person(1).personId, from: today, to: thursday }));
    expect(still).toEqual(before);
    expect(await owed(1)).toBe(before.price_eur_cents);
  });

  test('asked again gives its first answer; towards elsewhere, says that it no longer stands', async () => {
    const before = await booked(1, thursday, 'morning');
    const first = done(await moved(1, before.bookingId, { day: tomorrow }));
    expect(done(await moved(1, before.bookingId, { day: tomorrow }))).toEqual(first);
    expect(codeOf(await moved(1, before.bookingId, { part: 'day' }))).toBe('booking.no_longer_stands');
    const gone = await booked(2, thursday, 'day');
    await net.work(w => cancel(w, person(2), { bookingId: gone.bookingId }));
    expect(codeOf(await moved(2, gone.bookingId, { day: tomorrow }))).toBe('booking.no_longer_stands');
  });

  test('each refusal has its reason', async () => {
    const mine = await booked(1, thursday, 'morning');
    const soon = await booked(2, today, 'afternoon');
    const begun = await booked(3, today, 'morning');
    const cases: readonly (readonly [string, Promise<Outcome<unknown>>])[] = [
      ['booking.unknown_booking', moved(1, 'bkg_nothere0', { day: tomorrow })],
      ['booking.not_yours', moved(4, mine.bookingId, { day: tomorrow })],
      ['booking.moves_nowhere', moved(1, mine.bookingId, { part: 'morning' })],
      ['booking.past_day', moved(1, mine.bookingId, { day: '2026-06-12' })],
      ['booking.space_closed', moved(1, mine.bookingId, { day: '2026-07-14' })],
      ['booking.unknown_desk', moved(1, mine.bookingId, { resourceId: 'res_nowhere00' })],
      ['booking.move_deadline_passed', moved(2, soon.bookingId, { day: tomorrow })],
      ['booking.too_late_to_move', moved(3, begun.bookingId, { day: tomorrow })],
    ];
    for (const [expected, asked] of cases) expect(codeOf(await asked)).toBe(expected);
    const host = person(9, 'host', space.spaceId);
    expect(codeOf(await net.work(w => move(w, host, { bookingId: mine.bookingId, day: tomorrow })))).toBe('accepted');
  });

  test('one that has begun is extended to the day, at the price of the day, unless its desk and all others are taken', async () => {
    const begun = await booked(1, today, 'morning');
    const longer = done(await moved(1, begun.bookingId, { part: 'day' }));
    expect(longer).toMatchObject({ part: 'day', resourceId: begun.resourceId });
    expect(await owed(1)).toBe(longer.price_eur_cents);
    const late = await booked(2, today, 'morning');
    await booked(3, today, 'afternoon', late.resourceId);
    expect(codeOf(await moved(2, late.bookingId, { part: 'day' }))).toBe('booking.space_full');
  });

  test('two rivals for one free desk: one moves, the other keeps what they had', async () => {
    await booked(9, tomorrow, 'day');
    const [one, two] = [await booked(1, thursday, 'day'), await booked(2, thursday, 'day')];
    const both = await Promise.all([
      moved(1, one.bookingId, { day: tomorrow }),
      moved(2, two.bookingId, { day: tomorrow }),
    ]);
    expect(both.map(codeOf).toSorted()).toEqual(['accepted', 'booking.space_full']);
    const loser = both[0]!.ok ? two : one;
    expect(await net.work(w => bookingsOf(w, { personId: loser.personId, from: today, to: thursday }))).toEqual([
      loser,
    ]);
  });
});

describe('on the web and in the API', () => {
  const app = (actor: Actor) => roomApp(net, [routes], { actor });

  test('the sheet moves it, and the calendar follows under the same UID', async () => {
    const before = await booked(1, thursday, 'day');
    const { token } = done(await net.work(w => openFeed(w, person(1), { detail: 'full' })));
    const sent = await app(person(1)).request(
      `/reservations/${before.bookingId}/deplacer`,
      form({ jour: tomorrow, moment: 'matin', poste: '' }),
    );
    expect(sent.status).toBe(303);
    const page = await (await app(person(1)).request(sent.headers.get('location')!)).text();
    expect(page).toContain('C’est déplacé');
    const old = await (await app(person(1)).request(`/reservations/${before.bookingId}`)).text();
    expect(old).toContain('Réservation déplacée');
    const file = await (await app(person(1)).request(`/agendas/${token}.ics`)).text();
    expect(file.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(file).toContain(`UID:${before.bookingId}@parvis`);
    expect(file).toContain('SEQUENCE:4');
  });

  test('a refusal stands on the sheet, with what is free', async () => {
    for (const n of [2, 3]) await booked(n, tomorrow, 'day');
    const before = await booked(1, thursday, 'day');
    const sent = await app(person(1)).request(
      `/reservations/${before.bookingId}/deplacer`,
      form({ jour: tomorrow, moment: 'journee', poste: '' }),
    );
    expect(sent.status).toBe(409);
    expect(await sent.text()).toContain('Tout est pris');
  });

  test('POST /bookings/{id}/move answers the new booking, which says what it continues', async () => {
    const before = await booked(1, thursday, 'day');
    const answer = await app(person(1)).request(
      `/api/v1/bookings/${before.bookingId}/move`,
      json('POST', { part: 'morning' }),
    );
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ part: 'morning', day: thursday, continues: before.bookingId });
  });
});
