import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf as code, done as value } from '../../tools/small-network.ts';
import type { Id } from '../kernel/ids.ts';
import { instant } from '../kernel/time.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { addPersons, appointFirstOperator } from '../people/people.ts';
import { randomId } from '../platform/clock.ts';
import type { Shell } from '../platform/http.ts';
import { hearAll } from '../platform/jobs.ts';
import { silentLog } from '../platform/log.ts';
import type { Mail } from '../platform/mail.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, close, type Space } from '../spaces/spaces.ts';
import {
  type Booking,
  book,
  bookingsOf,
  cancel,
  cancelAhead,
  cancelBetween,
  endUsual,
  followUsuals,
  forgetAbsence,
  forgetPerson,
  move,
  pauseUsual,
  setPolicy,
  setUsual,
  usualsOf,
} from './booking.ts';
import { listeners, timetable } from './jobs.ts';
import { routes } from './routes.ts';

const person = (n: number, role: Role = 'worker'): Actor => ({
  personId: `per_${String(n).padStart(8, '0')}`,
  firstName: `Personne ${n}`,
  memberships: [{ role, scope: null }],
});
const operator = person(99, 'network_operator');

let net: TestNetwork;
let space: Space;

beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  [space] = value(await net.work(w => addSpaces(w, operator, [sampleSpace()]))) as [Space];
  const rules = { cancel_hours: 24, late_cancellation: 'charged', approval: 'none', notice_minutes: 0 } as const;
  const policy = {
    ...rules,
    half_days_a_week: null,
    guests_a_day: 2,
    by_host: [],
    buffer_minutes: 0,
    furthest_days: 30,
  };
  value(await net.work(w => setPolicy(w, operator, { ...policy, spaceId: space.spaceId, from: '2026-06-15' })));
});

const sets = (n: number, weekday = 2, part: 'day' | 'morning' = 'day') =>
  net.work(w => setUsual(w, person(n), { spaceId: space.spaceId, weekday, part }));
const follow = (n: number) => net.work(w => followUsuals(w, person(n).personId));
const ofPerson = (n: number) =>
  net.work(w => bookingsOf(w, { personId: person(n).personId, from: '2026-01-01', to: '2027-12-31' }));
const days = async (n: number) => (await ofPerson(n)).map(one => one.day.slice(5));

describe('a usual day', () => {
  test('books at once as far ahead as the space allows, then a day more as time goes; played again, nothing', async () => {
    value(await sets(1));
    // 14 July is a holiday.
    expect(await days(1)).toEqual(['06-16', '06-23', '06-30', '07-07']);
    for (let n = 0; n < 2; n++) await follow(1);
    expect(await days(1)).toHaveLength(4);
    net.at('2026-06-22T04:05:00Z');
    await follow(1);
    expect(await days(1)).toEqual(['06-16', '06-23', '06-30', '07-07', '07-21']);
  });

  test('played by ten connections at once, each day is booked once', async () => {
    value(await sets(1));
    net.at('2026-07-20T04:05:00Z');
    await Promise.all(Array.from({ length: 10 }, () => follow(1)));
    const booked = await days(1);
    expect(booked).toEqual([...new Set(booked)]);
    expect(booked.at(-1)).toBe('08-18');
  });

  test('a day cancelled once, or moved, is not booked again; nor one cancelled before the usual day was set', async () => {
    const early = value(
      await net.work(w => book(w, person(1), { spaceId: space.spaceId, day: '2026-06-30', part: 'morning' })),
    );
    value(await net.work(w => cancel(w, person(1), early)));
    value(await sets(1));
    expect(await days(1)).toEqual(['06-16', '06-23', '07-07']);
    const [, second, third] = await ofPerson(1);
    value(await net.work(w => cancel(w, person(1), second!)));
    value(await net.work(w => move(w, person(1), { bookingId: third!.bookingId, day: '2026-07-08' })));
    await follow(1);
    expect(await days(1)).toEqual(['06-16', '07-08']);
  });

  test('days away are left alone, until one comes after all', async () => {
    value(await sets(1));
    value(await net.work(w => cancelBetween(w, person(1), { from: '2026-07-20', until: '2026-08-09' })));
    net.at('2026-07-13T04:05:00Z');
    await follow(1);
    expect((await days(1)).filter(day => day > '07-14')).toEqual(['08-11']);
    const awayId = await net.work(
      async w => (await sql<{ id: string }>`select away_id as id from booking.away`.execute(w.tx)).rows[0]!.id,
    );
    expect(code(await net.work(w => forgetAbsence(w, person(2), awayId)))).toBe('booking.unknown_absence');
    value(await net.work(w => forgetAbsence(w, person(1), awayId)));
    await follow(1);
    expect((await days(1)).filter(day => day > '07-14')).toEqual(['07-21', '07-28', '08-04', '08-11']);
  });

  test('what could not be booked says why, and is booked once a place comes free', async () => {
    const closure = { spaceId: space.spaceId, firstDay: '2026-06-23', lastDay: '2026-06-23', reason: 'works' } as const;
    value(await net.work(w => close(w, operator, closure)));
    const rivals: Booking[] = [];
    for (const n of [2, 3, 4])
      rivals.push(
        value(await net.work(w => book(w, person(n), { spaceId: space.spaceId, day: '2026-06-30', part: 'day' }))),
      );
    value(await sets(1));
    const refused = async () =>
      (await net.work(w => usualsOf(w, person(1))))[0]!.refused.map(one => [one.day, one.refusal!.code]);
    expect(await refused()).toEqual([
      ['2026-06-23', 'booking.space_closed'],
      ['2026-06-30', 'booking.space_full'],
      ['2026-07-14', 'booking.space_closed'],
    ]);
    value(await net.work(w => cancel(w, person(2), rivals[0]!)));
    await follow(1);
    expect((await refused()).map(([day]) => day)).toEqual(['2026-06-23', '2026-07-14']);
    expect(await days(1)).toContain('06-30');
  });

  test('pauses, goes on, ends with or without what it booked', async () => {
    const { usualId } = value(await sets(1));
    const pause = (paused: boolean) => net.work(w => pauseUsual(w, person(1), { usualId, paused }));
    expect([value(await pause(true)).pausedAt, value(await pause(true)).pausedAt].every(one => one !== null)).toBe(
      true,
    );
    net.at('2026-06-22T04:05:00Z');
    await follow(1);
    expect((await days(1)).at(-1)).toBe('07-07');
    value(await pause(false));
    expect((await days(1)).at(-1)).toBe('07-21');
    expect(code(await net.work(w => endUsual(w, person(2), { usualId, giveBack: true })))).toBe(
      'booking.unknown_usual_day',
    );
    expect(value(await net.work(w => endUsual(w, person(1), { usualId, giveBack: true })))).toEqual({
      cancelled: 4,
      kept: 0,
    });
    expect(await days(1)).toEqual(['06-16']);
    expect(code(await pause(true))).toBe('booking.unknown_usual_day');
  });

  test('one a half-day of the week, whoever asks at once; asked again, the same', async () => {
    const asked = await Promise.all(Array.from({ length: 10 }, () => sets(1)));
    expect(new Set(asked.map(one => value(one).usualId)).size).toBe(1);
    expect(code(await sets(1, 2, 'morning'))).toBe('booking.usual_day_taken');
    expect(code(await sets(1, 8))).toBe('booking.no_such_weekday');
    expect(
      code(await net.work(w => setUsual(w, person(1), { spaceId: 'spc_nowhere0', weekday: 1, part: 'day' }))),
    ).toBe('booking.unknown_space');
    value(await sets(1, 3, 'morning'));
  });

  test('ends with whoever is set aside, and is forgotten with whoever is erased', async () => {
    value(await sets(1));
    await net.work(w => cancelAhead(w, person(1).personId));
    expect(await net.work(w => usualsOf(w, person(1)))).toEqual([]);
    await net.work(w => forgetPerson(w, person(1).personId));
    const left = await net.work(w =>
      sql`select 1 from booking.usual union all select 1 from booking.usual_day`.execute(w.tx),
    );
    expect(left.rows).toEqual([]);
  });
});

test('one letter when it is set, then one on Mondays, each day told once', async () => {
  const chief = value(
    await net.work(w => appointFirstOperator(w, { email: 'olga@example.org', firstName: 'Olga', lastName: 'E' })),
  );
  const [maya] = value(
    await net.work(w => addPersons(w, chief, [{ email: 'maya@example.org', firstName: 'Maya', lastName: 'E' }])),
  );
  const mails: Mail[] = [];
  let now = '2026-06-15T08:01:00Z';
  const shell = {
    settings: { publicUrl: 'https://parvis.example' },
    post: async (mail: Mail) => void mails.push(mail),
    ...{ db: net.database.db, clock: () => instant(now), newId: randomId, log: silentLog },
  } as unknown as Shell;
  const hear = () => hearAll(net.database, { listeners: listeners(shell), log: silentLog });
  const clock = async (moment: string) => {
    now = moment;
    await timetable(shell)
      .find(one => one.name === 'booking.follow_usual_days')!
      .task();
    await hear();
  };
  const actor = { ...person(1), personId: maya!.personId as Id<'per'> };
  value(await net.work(w => setUsual(w, actor, { spaceId: space.spaceId, weekday: 2, part: 'day' })));
  await hear();
  expect(mails.map(one => one.subject)).toEqual(['Vos habitudes : 4 jours réservés, 1 impossible']);
  expect(mails[0]!.text).toContain('https://parvis.example/mes-habitudes');
  for (const day of ['16', '17', '21']) await clock(`2026-06-${day}T04:05:00Z`);
  expect(mails).toHaveLength(1);
  for (let n = 0; n < 2; n++) await clock('2026-06-22T04:05:00Z');
  expect(mails.slice(1).map(one => one.subject)).toEqual(['Vos habitudes : 1 jour réservé']);
});

describe('on the web and in the API', () => {
  const app = (n: number) => roomApp(net, [routes], { actor: person(n) });

  test('a page sets, pauses and ends; a form that is refused comes back with what was typed', async () => {
    const sent = await app(1).request('/mes-habitudes', form({ jour: '2', moment: 'journee', espace: space.slug }));
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/mes-habitudes?fait=oui']);
    const page = await (await app(1).request('/mes-habitudes')).text();
    expect(page).toContain('4 jours, jusqu’au 7 juillet 2026');
    const action = /action="(\/mes-habitudes\/usu_[0-9a-z]+\/)pause"/.exec(page)![1]!;
    expect((await app(1).request(`${action}pause`, form({}))).status).toBe(303);
    expect(await (await app(1).request('/mes-habitudes')).text()).toContain('en pause');
    const again = await app(1).request('/mes-habitudes', form({ jour: '2', moment: 'matin', espace: space.slug }));
    expect(again.status).toBe(409);
    expect(await again.text()).toMatch(/value="matin" selected/);
    expect((await app(2).request(`${action}fin`, form({}))).status).toBe(404);
    expect((await app(1).request(`${action}fin`, form({ rendre: 'oui' }))).status).toBe(303);
    expect(await (await app(1).request('/mes-habitudes')).text()).toContain('Aucune habitude');
  });

  test('/api/v1/usual-days sets, tells, pauses and ends', async () => {
    const call = async (path: string, init?: RequestInit) => {
      const answer = await app(1).request(`/api/v1${path}`, init);
      return [answer.status, await answer.json()] as const;
    };
    const [status, set] = await call('/usual-days', json('POST', { space_id: space.spaceId, weekday: 2, part: 'day' }));
    expect([status, set]).toMatchObject([201, { weekday: 2, part: 'day', paused: false }]);
    const { usual_id } = set as { usual_id: string };
    expect(await call('/usual-days')).toMatchObject([
      200,
      { usual_days: [{ usual_id, booked_days: ['2026-06-16', '2026-06-23', '2026-06-30', '2026-07-07'] }] },
    ]);
    expect(await call(`/usual-days/${usual_id}/pause`, json('POST', { paused: true }))).toMatchObject([
      200,
      { paused: true },
    ]);
    expect(await call(`/usual-days/${usual_id}?give_back=true`, json('DELETE'))).toEqual([
      200,
      { cancelled: 4, kept: 0 },
    ]);
    const away = { from: '2026-06-20', until: '2026-06-21' };
    expect(await call('/bookings/away', json('POST', away))).toMatchObject([200, {}]);
    const [, told] = await call('/absences');
    expect(told).toMatchObject({ absences: [away] });
    const { away_id } = (told as { absences: { away_id: string }[] }).absences[0]!;
    expect(await call(`/absences/${away_id}`, json('DELETE'))).toEqual([200, {}]);
    expect((await call('/usual-days', json('POST', { space_id: 'x', weekday: 2, part: 'day' })))[0]).toBe(422);
  });
});
