import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf as code, done as value } from '../../tools/small-network.ts';
import { statement } from '../billing/billing.ts';
import { instant } from '../kernel/time.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { addPersons, appointFirstOperator } from '../people/people.ts';
import { randomId } from '../platform/clock.ts';
import { destructions } from '../platform/destruction.ts';
import type { Shell } from '../platform/http.ts';
import { hearAll } from '../platform/jobs.ts';
import { silentLog } from '../platform/log.ts';
import type { Mail } from '../platform/mail.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import {
  type Booking,
  book,
  bookingsOf,
  bookingsOn,
  cancel,
  cancelBetween,
  confirmedOf,
  decide,
  explain,
  followUsuals,
  forgetPerson,
  guestsBesideOf,
  guestsOf,
  type Invitation,
  invite,
  move,
  openFeed,
  type Policy,
  readFeed,
  setPolicy,
  setUsual,
} from './booking.ts';
import { listeners, timetable } from './jobs.ts';
import { routes } from './routes.ts';

const day = '2026-06-18';
const anyone = (n: number, role: Role = 'worker'): Actor => ({
  ...{ personId: `per_anyone00${n}`, firstName: `Personne ${n}`, memberships: [{ role, scope: null }] },
});
let net: TestNetwork;
let operator: Actor;
let maya: Actor;
let space: Space;
let own: Booking;

beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  const named = (firstName: string) => ({ email: `${firstName}@example.org`, firstName, lastName: 'Essai' });
  operator = value(await net.work(w => appointFirstOperator(w, named('Olga'))));
  const [person] = value(await net.work(w => addPersons(w, operator, [named('Maya')])));
  maya = { personId: person!.personId, firstName: 'Maya', memberships: [{ role: 'worker', scope: null }] };
  const resources = Array.from({ length: 6 }, (_, n) => ({ kind: 'desk' as const, name: `Bureau ${n}`, capacity: 1 }));
  [space] = value(await net.work(w => addSpaces(w, operator, [sampleSpace({ resources })]))) as [Space];
  own = value(await net.work(w => book(w, maya, { spaceId: space.spaceId, day, part: 'day' })));
});

const brings = (over: Partial<Invitation> = {}, actor = maya) =>
  net.work(w => invite(w, actor, { bookingId: own.bookingId, name: 'Ana', email: '', ...over }));
const held = () => net.work(w => bookingsOf(w, { personId: maya.personId, from: '2026-01-01', to: '2027-01-01' }));
const names = async () => {
  const beside = await net.work(w => guestsBesideOf(w, own));
  return [...(await net.work(w => guestsOf(w, beside))).values()].map(one => one.name).toSorted();
};
const rules = (over: Partial<Policy>) =>
  net.work(w =>
    setPolicy(w, operator, {
      ...{ furthest_days: 60, cancel_hours: 24, late_cancellation: 'charged', approval: 'none', notice_minutes: 0 },
      ...{
        half_days_a_week: null,
        by_host: [],
        buffer_minutes: 0,
        guests_a_day: 2,
        spaceId: space.spaceId,
        from: '2026-06-15',
        ...over,
      },
    }),
  );

describe('a guest', () => {
  test('has a place of their own beside whoever invites, who pays for it', async () => {
    const place = value(await brings());
    expect(place).toMatchObject({
      personId: maya.personId,
      day,
      part: 'day',
      payerKind: 'person',
      price_eur_cents: 1400n,
    });
    expect(place.resourceId).not.toBe(own.resourceId);
    const june = await net.work(w => statement(w, { payerId: maya.personId, month: '2026-06' }));
    expect([june.amount_eur_cents, june.half_days]).toEqual([2800n, 2]);
    expect(await names()).toEqual(['Ana']);
  });

  test('is nobody’s presence: no list that presence or doors read has them', async () => {
    value(await brings());
    expect(await net.work(w => bookingsOn(w, { day }))).toHaveLength(1);
    expect(await net.work(w => confirmedOf(w, { personId: maya.personId, from: day, to: day }))).toHaveLength(1);
    expect(await held()).toHaveLength(2);
  });

  test('comes with someone: alone, at another time or beside a guest, they are refused', async () => {
    expect(code(await brings({ bookingId: 'bkg_nothing01' }))).toBe('booking.unknown_booking');
    expect(code(await brings({}, anyone(1)))).toBe('booking.not_yours');
    const guest = value(await brings());
    expect(code(await brings({ bookingId: guest.bookingId }))).toBe('booking.guest_alone');
    const morning = value(
      await net.work(w => book(w, maya, { spaceId: space.spaceId, day: '2026-06-19', part: 'morning' })),
    );
    expect(code(await brings({ bookingId: morning.bookingId, part: 'day' }))).toBe('booking.guest_alone');
    value(await net.work(w => cancel(w, maya, morning)));
    expect(code(await brings({ bookingId: morning.bookingId }))).toBe('booking.guest_alone');
  });

  test('asked again under the same id is invited once; many at once are no more than the space receives', async () => {
    const again = await Promise.all(Array.from({ length: 6 }, () => brings({ guestBookingId: 'bkg_guest0001' })));
    expect(new Set(again.map(one => value(one).bookingId)).size).toBe(1);
    const rivals = await Promise.all(Array.from({ length: 10 }, () => brings({ name: 'Ben' })));
    expect(rivals.filter(one => one.ok)).toHaveLength(1);
    expect(new Set(rivals.map(code))).toEqual(new Set(['accepted', 'booking.too_many_guests']));
    expect(
      code(
        await net.work(w => book(w, maya, { spaceId: space.spaceId, day, part: 'day', bookingId: 'bkg_guest0001' })),
      ),
    ).toBe('booking.id_reused');
  });

  test('is refused where the space receives none, and the trace says so', async () => {
    value(await rules({ guests_a_day: 0 }));
    expect(code(await brings())).toBe('booking.too_many_guests');
    const asked = { spaceId: space.spaceId, day, part: 'day', guest: true } as const;
    const steps = value(await net.work(w => explain(w, maya, asked)));
    expect(steps.filter(one => one.said === 'refused').map(one => one.rule)).toEqual(['guest_welcome']);
    const plain = value(await net.work(w => explain(w, maya, { ...asked, guest: false })));
    expect(plain.some(one => one.rule.startsWith('guest_'))).toBe(false);
    expect(code(await rules({ guests_a_day: 21 }))).toBe('booking.policy_out_of_range');
  });

  test('does not hinder whoever invites from booking elsewhere, nor sits at a desk that is taken', async () => {
    for (let n = 1; n <= 4; n++)
      value(await net.work(w => book(w, anyone(n), { spaceId: space.spaceId, day, part: 'day' })));
    value(await brings());
    expect(code(await brings({ name: 'Ben' }))).toBe('booking.space_full');
  });

  test('goes when whoever invites gives their own place back, on the same terms, and with "I am away"', async () => {
    const guest = value(await brings());
    value(await net.work(w => cancel(w, maya, own)));
    expect(await held()).toEqual([]);
    expect((await net.work(w => statement(w, { payerId: maya.personId, month: '2026-06' }))).amount_eur_cents).toBe(0n);
    own = value(await net.work(w => book(w, maya, { spaceId: space.spaceId, day, part: 'day' })));
    const second = value(await brings());
    expect(second.bookingId).not.toBe(guest.bookingId);
    value(await net.work(w => cancel(w, maya, second)));
    expect(await held()).toHaveLength(1);
    value(await brings({ name: 'Ben' }));
    const away = value(await net.work(w => cancelBetween(w, maya, { from: day, until: day })));
    expect([away.cancelled.length, (await held()).length]).toEqual([2, 0]);
  });

  test('given back by hand does not keep a usual day of their host from being booked', async () => {
    const guest = value(await brings());
    value(await net.work(w => cancel(w, maya, guest)));
    value(await net.work(w => cancel(w, maya, own)));
    value(await net.work(w => setUsual(w, maya, { spaceId: space.spaceId, weekday: 5, part: 'day' })));
    const friday = (await held())[0]!;
    expect(friday.day).toBe('2026-06-19');
    const beside = value(await net.work(w => invite(w, maya, { bookingId: friday.bookingId, name: 'Ana', email: '' })));
    value(await net.work(w => cancel(w, maya, beside)));
    net.at('2026-08-10T08:00:00Z');
    await net.work(w => followUsuals(w, maya.personId));
    expect((await held()).at(-1)!.day).toBe('2026-10-09');
  });

  test('is invited twenty times in a day at most, given back or not: each may be a mail', async () => {
    const again = async () => {
      const made = await brings({ email: 'ana@example.org' });
      if (made.ok) value(await net.work(w => cancel(w, maya, made.value)));
      return code(made);
    };
    for (let n = 0; n < 20; n++) expect(await again()).toBe('accepted');
    expect(await again()).toBe('booking.too_many_invitations');
    net.at('2026-06-16T08:00:01Z');
    expect(await again()).toBe('accepted');
  });

  test('is for a place that stands: one that is only kept has none', async () => {
    const kept = value(
      await net.work(w => book(w, maya, { spaceId: space.spaceId, day: '2026-06-19', part: 'day', hold: true })),
    );
    expect(code(await brings({ bookingId: kept.bookingId }))).toBe('booking.guest_alone');
  });

  test('is in no calendar of their host, who is told of their own day once', async () => {
    value(await brings());
    const { token } = value(await net.work(w => openFeed(w, maya, { detail: 'full' })));
    expect(value(await net.work(w => readFeed(w, token))).entries).toHaveLength(1);
  });

  test('stays while their host moves within their time, and is given back when left behind', async () => {
    value(await brings({ part: 'morning' }));
    const { bookingId } = own;
    const morning = value(await net.work(w => move(w, maya, { bookingId, part: 'morning' })));
    expect(await held()).toHaveLength(2);
    value(await net.work(w => move(w, maya, { bookingId: morning.bookingId, day: '2026-06-19' })));
    expect((await held()).map(one => one.guestId)).toEqual([null]);
  });
});

describe('a guest’s name', () => {
  test('goes thirty days after the day, and with whoever invited them', async () => {
    value(await brings());
    const shell = {
      ...{ db: net.database.db, newId: randomId, log: silentLog },
      clock: () => instant('2026-07-18T04:00:00Z'),
    } as unknown as Shell;
    const purge = timetable(shell).find(one => one.name === 'booking.forget_guests')!;
    await purge.task();
    expect(await names()).toEqual(['Ana']);
    await timetable({ ...shell, clock: () => instant('2026-07-19T04:00:00Z') })
      .find(one => one.name === purge.name)!
      .task();
    expect(await names()).toEqual([]);
    value(await brings({ name: 'Ben' }));
    net.at('2026-06-18T20:00:00Z');
    await net.work(w => forgetPerson(w, maya.personId));
    expect((await sql`select 1 from booking.guest`.execute(net.database.db)).rows).toEqual([]);
    const counts = (await net.work(destructions)).flatMap(one => (one.record === 'guest' ? [one.destroyed] : []));
    expect(counts).toEqual([1, 1]);
  });

  test.each([
    [
      'a guest paid by an employer',
      `update booking.booking set payer_kind = 'employer' where guest_id is not null`,
      'whoever_invites_pays',
    ],
    ['two places of one’s own', 'update booking.booking set guest_id = null', 'one_desk_per_person_at_a_time'],
  ])('the database refuses %s', async (_, text, rule) => {
    value(await brings());
    await expect(sql.raw(text).execute(net.database.db)).rejects.toThrow(rule);
  });
});

describe('whoever left an address', () => {
  const mails: Mail[] = [];
  const hear = async () => {
    const shell = {
      settings: { publicUrl: 'https://parvis.example' },
      post: async (mail: Mail) => void mails.push(mail),
      ...{ db: net.database.db, clock: () => instant('2026-06-15T08:01:00Z'), newId: randomId, log: silentLog },
    } as unknown as Shell;
    await hearAll(net.database, { listeners: listeners(shell), log: silentLog });
    return mails
      .splice(0)
      .map(one => [one.to, one.subject, one.attachments?.[0]?.content.match(/(METHOD|SEQUENCE):\w+/g)]);
  };

  test('is invited once, told of a move, and told when it is off', async () => {
    const { bookingId } = value(await brings({ email: 'ana@example.org', guestBookingId: 'bkg_guest0002' }));
    value(await brings({ email: 'ana@example.org', guestBookingId: 'bkg_guest0002' }));
    value(await brings({ name: 'Ben' }));
    expect(await hear()).toEqual([
      [
        'ana@example.org',
        'Maya E. vous invite : jeudi 18 juin, toute la journée, L’Atelier',
        ['METHOD:PUBLISH', 'SEQUENCE:1'],
      ],
    ]);
    const moved = value(await net.work(w => move(w, maya, { bookingId, part: 'morning' })));
    expect(await hear()).toEqual([
      ['ana@example.org', 'Maya E. vous invite : jeudi 18 juin matin, L’Atelier', ['METHOD:PUBLISH', 'SEQUENCE:4']],
    ]);
    value(await net.work(w => cancel(w, maya, moved)));
    expect(await hear()).toEqual([
      ['ana@example.org', 'Annulé : jeudi 18 juin matin, L’Atelier', ['METHOD:CANCEL', 'SEQUENCE:5']],
    ]);
  });

  test('hears nothing until the space has accepted', async () => {
    value(await rules({ approval: 'required' }));
    const asked = value(await brings({ email: 'ana@example.org' }));
    expect([asked.status, (await hear()).filter(one => one[0] === 'ana@example.org')]).toEqual(['requested', []]);
    value(await net.work(w => decide(w, operator, { bookingId: asked.bookingId, approved: true, reason: '' })));
    expect((await hear()).filter(one => one[0] === 'ana@example.org')).toHaveLength(1);
  });
});

describe('on the web and in the API', () => {
  const app = (actor: Actor = maya) => roomApp(net, [routes], { actor });

  test('the booking’s page invites; the list and the planning tell a guest as one', async () => {
    const page = `/reservations/${own.bookingId}`;
    const bad = await app().request(`${page}/invites`, form({ nom: 'Ana', courriel: 'ana@' }));
    expect(bad.status).toBe(422);
    expect(await bad.text()).toMatch(/value="ana@"[\s\S]*Pourquoi un invité n’est-il pas accepté/);
    const sent = await app().request(`${page}/invites`, form({ nom: 'Ana', courriel: '', request_id: 'one' }));
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `${page}#invites`]);
    expect(await (await app().request(page)).text()).toMatch(/Vos invités[\s\S]*Ana/);
    expect(await (await app().request('/mes-reservations')).text()).toContain('Invité\u00a0: Ana');
    const board = await (await app(operator).request(`/planning/${space.slug}?jour=${day}`)).text();
    expect(board).toContain('Invité de Maya E.');
    const why = await app().request(`/reserver/pourquoi?espace=${space.slug}&jour=${day}&moment=matin&invite=oui`);
    expect(await why.text()).toContain('Qui invite a sa propre place');
    expect((await app(anyone(1)).request(`${page}/invites`, form({ nom: 'Ana' }))).status).toBe(403);
  });

  test('/api/v1/bookings/{id}/guests invites and tells', async () => {
    const path = `/api/v1/bookings/${own.bookingId}/guests`;
    const made = await app().request(path, json('POST', { name: 'Ana', part: 'morning' }));
    expect([made.status, await made.json()]).toMatchObject([201, { part: 'morning', payer_kind: 'person' }]);
    const told = await (await app().request(path)).json();
    expect(told).toMatchObject({ guests: [{ guest: { name: 'Ana', email: null }, part: 'morning' }] });
    expect((await app().request(path, json('POST', { name: '' }))).status).toBe(422);
    expect((await app(anyone(1)).request(path)).status).toBe(403);
    const query = `space_id=${space.spaceId}&day=${day}&part=day&guest=true`;
    const steps = await (await app().request(`/api/v1/bookings/explained?${query}`)).json();
    expect(JSON.stringify(steps)).toContain('guest_welcome');
  });
});
