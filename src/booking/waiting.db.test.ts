import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { listeners as everyone } from '../events.ts';
import type { Id } from '../kernel/ids.ts';
import type { Day, DayPart } from '../kernel/time.ts';
import { instant } from '../kernel/time.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { addPersons } from '../people/people.ts';
import { randomId } from '../platform/clock.ts';
import type { Shell } from '../platform/http.ts';
import { hearAll } from '../platform/jobs.ts';
import { silentLog } from '../platform/log.ts';
import type { Mail } from '../platform/mail.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import { type Booking, book, bookingsOf, cancel, forgetPerson, leaveQueue, promote, wait, waitsOf } from './booking.ts';
import { listeners } from './jobs.ts';
import { routes } from './routes.ts';

const person = (n: number, role: Role = 'worker', scope: Id | null = null): Actor => ({
  personId: `per_${String(n).padStart(8, '0')}`,
  firstName: `Personne ${n}`,
  memberships: [{ role, scope }],
});

let net: TestNetwork;
let space: Space;
/** Thursday 18 June 2026, three days ahead. */
const day: Day = '2026-06-18';

beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  const one = [{ kind: 'desk' as const, name: 'Bureau 1', capacity: 1 }];
  [space] = done(
    await net.work(w => addSpaces(w, person(99, 'network_operator'), [sampleSpace({ resources: one })])),
  ) as [Space];
});

const booked = async (n: number, part: DayPart = 'day'): Promise<Booking> =>
  done(await net.work(w => book(w, person(n), { spaceId: space.spaceId, day, part })));
const queues = (n: number, part: DayPart = 'day', on: Day = day) =>
  net.work(w => wait(w, person(n), { spaceId: space.spaceId, day: on, part }));
const gives = (n: number, { bookingId }: Booking) => net.work(w => cancel(w, person(n), { bookingId }));
const promoted = () => net.work(w => promote(w, { spaceIds: [space.spaceId], days: [day] }));
const has = async (n: number) =>
  (await net.work(w => bookingsOf(w, { personId: person(n).personId, from: day, to: day }))).map(b => b.part);

describe('the waiting list', () => {
  test('gives a place back to the first who asked, once', async () => {
    const held = await booked(1);
    for (const n of [2, 3]) done(await queues(n));
    expect((await net.work(w => waitsOf(w, person(3)))).map(one => one.before)).toEqual([1]);
    expect(await promoted()).toEqual([]);
    done(await gives(1, held));
    expect((await promoted()).map(b => b.personId)).toEqual([person(2).personId]);
    expect(await promoted()).toEqual([]);
    expect([await has(2), await has(3)]).toEqual([['day'], []]);
    expect((await net.work(w => waitsOf(w, person(3)))).map(one => one.before)).toEqual([0]);
  });

  test('whoever wants the afternoon does not wait behind whoever wants the day', async () => {
    await booked(1, 'morning');
    const afternoon = await booked(2, 'afternoon');
    done(await queues(3, 'day'));
    done(await queues(4, 'afternoon'));
    done(await gives(2, afternoon));
    expect((await promoted()).map(b => b.personId)).toEqual([person(4).personId]);
    expect(await net.work(w => waitsOf(w, person(3)))).toHaveLength(1);
  });

  test('joins once, whatever is asked again; leaves once', async () => {
    await booked(1);
    const [first, again] = [done(await queues(2)), done(await queues(2))];
    expect(again).toEqual(first);
    const leave = (n: number, id: string) => net.work(w => leaveQueue(w, person(n), id));
    expect(codeOf(await leave(3, first.waitId))).toBe('booking.unknown_wait');
    expect([codeOf(await leave(2, first.waitId)), codeOf(await leave(2, first.waitId))]).toEqual([
      'accepted',
      'accepted',
    ]);
    expect(await net.work(w => waitsOf(w, person(2)))).toEqual([]);
  });

  test('is for full times alone', async () => {
    const held = await booked(1, 'morning');
    expect(codeOf(await queues(2, 'afternoon'))).toBe('booking.nothing_to_wait_for');
    expect(codeOf(await queues(2, 'morning', '2026-06-12'))).toBe('booking.past_day');
    expect(codeOf(await queues(2, 'day', '2026-06-21'))).toBe('booking.space_closed');
    expect(codeOf(await queues(1, 'morning'))).toBe('booking.already_booked');
    expect(codeOf(await net.work(w => wait(w, person(2), { spaceId: 'spc_nowhere0', day, part: 'day' })))).toBe(
      'booking.unknown_space',
    );
    expect(held.status).toBe('confirmed');
  });

  test('a wait refused for another reason goes on; one whose day is over ends', async () => {
    const held = await booked(1);
    done(await queues(2));
    const elsewhere = { resources: [{ kind: 'desk' as const, name: 'Bureau 1', capacity: 1 }], name: 'La Halle' };
    const [other] = done(await net.work(w => addSpaces(w, person(99, 'network_operator'), [sampleSpace(elsewhere)])));
    done(await net.work(w => book(w, person(2), { spaceId: other!.spaceId, day, part: 'day' })));
    done(await gives(1, held));
    expect(await promoted()).toEqual([]);
    expect(await net.work(w => waitsOf(w, person(2)))).toHaveLength(1);
    await net.work(w => promote({ ...w, now: instant('2026-06-19T08:00:00Z') }, 'all'));
    expect(await net.work(w => waitsOf(w, person(2)))).toEqual([]);
  });

  test('two promotions at once, while others book: one holder, no turn lost', async () => {
    const held = await booked(1);
    for (let n = 2; n < 10; n++) done(await queues(n));
    done(await gives(1, held));
    const rivals = Array.from({ length: 8 }, (_, n) =>
      net.work(w => book(w, person(20 + n), { spaceId: space.spaceId, day, part: 'day' })),
    );
    const [outcomes, ...made] = await Promise.all([Promise.all(rivals), promoted(), promoted(), promoted()]);
    const holders = outcomes.filter(one => one.ok).length + made.flat().length;
    expect(holders).toBe(1);
    const live = await net.work(w =>
      sql<{ n: number }>`select count(*)::int as n from booking.booking where status <> 'cancelled'`.execute(w.tx),
    );
    expect(live.rows[0]!.n).toBe(1);
  });

  test('what someone erased waited for is forgotten', async () => {
    await booked(1);
    done(await queues(2));
    await net.work(w => forgetPerson(w, person(2).personId));
    const left = await net.work(w => sql`select 1 from booking.wait`.execute(w.tx));
    expect(left.rows).toEqual([]);
  });
});

describe('on the web and in the API', () => {
  const app = (actor: Actor) => roomApp(net, [routes], { actor });

  test('a full moment offers the list; “my bookings” tells the turn, and how to leave', async () => {
    await booked(1);
    const page = await (await app(person(2)).request(`/reserver?espace=${space.slug}&jour=${day}`)).text();
    expect(page).toContain('M’inscrire sur la liste d’attente');
    const sent = await app(person(2)).request('/attente', form({ espace: space.slug, jour: day, moment: 'journee' }));
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/mes-reservations#attente']);
    const mine = await (await app(person(2)).request('/mes-reservations')).text();
    expect(mine).toContain('1er dans l’ordre des demandes');
    const leave = /action="(\/attente\/wai_[0-9a-z]+\/quitter)"/.exec(mine)![1]!;
    expect((await app(person(2)).request(leave, form({}))).status).toBe(303);
    expect(await (await app(person(2)).request('/mes-reservations')).text()).not.toContain('Ne plus attendre');
  });

  test('/api/v1/waits joins, tells and leaves', async () => {
    await booked(1);
    const joined = await app(person(2)).request(
      '/api/v1/waits',
      json('POST', { space_id: space.spaceId, day, part: 'day' }),
    );
    expect(joined.status).toBe(201);
    const { wait_id } = (await joined.json()) as { wait_id: string };
    const told = await (await app(person(2)).request('/api/v1/waits')).json();
    expect(told).toMatchObject({ waits: [{ wait_id, day, before: 0 }] });
    const left = await app(person(2)).request(`/api/v1/waits/${wait_id}`, { method: 'DELETE' });
    expect(left.status).toBe(200);
    expect(await (await app(person(2)).request('/api/v1/waits')).json()).toEqual({ waits: [] });
  });
});

test('a desk given back is booked for who waits and mailed to them, with the event, once', async () => {
  const [maya] = done(
    await net.work(w =>
      addPersons(w, person(99, 'network_operator'), [
        { email: 'maya@example.org', firstName: 'Maya', lastName: 'Essai', locale: 'en' },
      ]),
    ),
  );
  const held = await booked(1);
  const asks = { ...person(2), personId: maya!.personId };
  done(await net.work(w => wait(w, asks, { spaceId: space.spaceId, day, part: 'day' })));
  done(await gives(1, held));
  const mails: Mail[] = [];
  let down = true;
  const shell = {
    settings: { publicUrl: 'https://parvis.example', mailFrom: 'Parvis <parvis@example.org>' },
    post: async (mail: Mail) => {
      if (down) throw new Error('the mail server is away');
      mails.push(mail);
    },
    db: net.database.db,
    clock: () => instant('2026-06-15T08:01:00Z'),
    newId: randomId,
  } as unknown as Shell;
  await hearAll(net.database, { listeners: everyone(shell), log: silentLog });
  const [mine] = await net.work(w => bookingsOf(w, { personId: maya!.personId, from: day, to: day }));
  expect([mine!.resourceId, mails]).toEqual([held.resourceId, []]);
  down = false;
  const [tell] = listeners(shell)['booking.promoted']!;
  for (let n = 0; n < 2; n++) await tell!({ network_id: net.networkId, booking_ids: [mine!.bookingId] });
  expect(mails.map(mail => [mail.to, mail.subject])).toEqual([
    ['maya@example.org', 'A place is free again: Thursday 18 June, all day'],
  ]);
  expect(mails[0]!.text).toContain(`https://parvis.example/reservations/${mine!.bookingId}`);
  const { content, contentType } = mails[0]!.attachments![0]!;
  expect(contentType).toBe('text/calendar; charset=utf-8; method=REQUEST');
  for (const line of [
    'METHOD:REQUEST',
    `UID:${mine!.bookingId}@parvis`,
    'ORGANIZER;CN="Parvis":mailto:parvis@example.org',
  ])
    expect(content).toContain(`${line}\r\n`);
  expect(content.replaceAll('\r\n ', '')).toMatch(/ATTENDEE[^\r]*:mailto:maya@example\.org/);
});
