import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { actorOf, numbered as person } from '../../tools/hosted-space.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { statement } from '../billing/billing.ts';
import { type Day, instant } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { randomId } from '../platform/clock.ts';
import { inNetwork, type Work } from '../platform/database.ts';
import { sampleSpace } from '../spaces/sample.ts';
import {
  addSpaces,
  type NewTariff,
  type Resource,
  type ResourceKind,
  resourcesOf,
  type Space,
} from '../spaces/spaces.ts';
import {
  book,
  bookingsOn,
  bookTerm,
  cancel,
  cancelTerm,
  changeZone,
  confirmedOf,
  explain,
  freeDesks,
  lookUp,
  move,
  planningOf,
  setPolicy,
  standingOn,
  withdraw,
} from './booking.ts';
import { calendarOf } from './calendar.ts';
import { defaultPolicy } from './policy.ts';
import { routes } from './routes.ts';

const operator = actorOf('per_00099999', 'network_operator');
const tariff = (kind: ResourceKind, part: NewTariff['part'], amount_eur_cents: bigint): NewTariff => ({
  ...{ kind, part, amount_eur_cents, deliberation: '2026-001' },
});
const town = {
  resources: (
    [
      ['desk', 'Bureau 1'],
      ['desk', 'Bureau 2'],
      ['meeting_room', 'Salle haute'],
      ['phone_booth', 'Cabine'],
      ['locker', 'Casier 1'],
      ['parking', 'P1'],
      ['office', 'Cabinet'],
    ] as const
  ).map(([kind, name]) => ({ kind, name, capacity: 1 })),
  tariffs: [
    tariff('desk', 'half_day', 800n),
    tariff('desk', 'day', 1400n),
    tariff('desk', 'week', 5000n),
    tariff('meeting_room', 'hour', 1050n),
    tariff('meeting_room', 'day', 5000n),
    tariff('meeting_room', 'half_day', 3000n),
    tariff('phone_booth', 'hour', 200n),
    tariff('parking', 'day', 300n),
    tariff('locker', 'month', 1000n),
    tariff('locker', 'day', 100n),
    tariff('office', 'half_day', 1500n),
    tariff('office', 'day', 2500n),
  ],
};
const hours = (begins: number, ends: number) => {
  const [begins_min, ends_min] = [begins * 60, ends * 60];
  const part = ends_min <= 780 ? 'morning' : begins_min >= 780 ? 'afternoon' : 'day';
  return { part, hours: { begins_min, ends_min } } as const;
};
const tomorrow: Day = '2026-06-16';

let net: TestNetwork;
let space: Space;
let places: readonly Resource[];
beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  space = done(await net.work(w => addSpaces(w, operator, [sampleSpace(town)])))[0]!;
  places = await net.work(w => resourcesOf(w, [space.spaceId]));
});
type Asked = Parameters<typeof book>[2];
const ask = (n: number, asked: Partial<Asked>) =>
  net.work(w => book(w, person(n), { spaceId: space.spaceId, day: tomorrow, part: 'day', ...asked }));
const called = (name: string) => places.find(one => one.name === name)!.resourceId;
const owed = async (n: number) =>
  (await net.work(w => statement(w, { payerId: person(n).personId, month: '2026-06' }))).amount_eur_cents;
const rules = (more: Partial<typeof defaultPolicy>) =>
  net.work(w => setPolicy(w, operator, { ...defaultPolicy, ...more, spaceId: space.spaceId, from: '2026-06-15' }));

describe('by the hour', () => {
  test('a room is booked, priced and charged by the quarter; others have it before and after', async () => {
    const room = { kind: 'meeting_room' } as const;
    const booked = done(await ask(1, { ...room, ...hours(9, 10.25) }));
    expect(booked).toMatchObject({
      part: 'morning',
      hours: { begins_min: 540, ends_min: 615 },
      price_eur_cents: 1312n,
    });
    expect(booked.during).toEqual({ from: instant('2026-06-16T07:00:00Z'), to: instant('2026-06-16T08:15:00Z') });
    expect(await owed(1)).toBe(1312n);
    expect(codeOf(await ask(2, { ...room, ...hours(10, 11) }))).toBe('booking.space_full');
    expect(codeOf(await ask(2, { ...room, part: 'morning' }))).toBe('booking.space_full');
    expect(codeOf(await ask(2, { ...room, ...hours(10.25, 11) }))).toBe('accepted');
    const [morning, afternoon] = await net.work(w =>
      freeDesks(w, { spaceIds: [space.spaceId], days: [tomorrow], ...room }),
    );
    expect([morning!.free, afternoon!.free]).toEqual([0, 1]);
  });

  test.each([
    ['a desk', { kind: 'desk', ...hours(9, 10) }, 'booking.not_by_the_hour'],
    ['the lunch break', { kind: 'meeting_room', ...hours(12, 14) }, 'booking.outside_hours'],
    ['before it opens', { kind: 'meeting_room', ...hours(7, 9) }, 'booking.outside_hours'],
    ['a place without a price by the hour', { kind: 'parking', ...hours(9, 10) }, 'spaces.no_tariff'],
    [
      'half a day of what has a price by the hour only',
      { kind: 'phone_booth', part: 'morning' },
      'spaces.only_by_the_hour',
    ],
    [
      'half a day of what has a price by the day and none by the hour',
      { kind: 'parking', part: 'morning' },
      'spaces.no_tariff',
    ],
    ['an hour that is over', { kind: 'meeting_room', day: '2026-06-15', ...hours(9, 10) }, 'booking.past_day'],
  ] as const)('not %s', async (_case, asked, code) => {
    expect(codeOf(await ask(1, asked))).toBe(code);
  });

  test('someone keeps their desk and takes a booth for a call, but not two booths at once', async () => {
    done(await ask(1, { kind: 'desk' }));
    done(await ask(1, { kind: 'phone_booth', ...hours(9, 10) }));
    done(await ask(1, { kind: 'locker' }));
    done(await ask(1, { kind: 'parking' }));
    expect(codeOf(await ask(1, { kind: 'meeting_room', ...hours(9.5, 11) }))).toBe('booking.already_booked');
    expect(codeOf(await ask(1, { kind: 'office' }))).toBe('booking.already_booked');
    expect(codeOf(await ask(1, { kind: 'locker' }))).toBe('booking.space_full');
  });

  test('a locker, a parking place or an hour brings nobody to the attendance list as if they sat there', async () => {
    done(await ask(1, { kind: 'locker' }));
    done(await ask(2, { kind: 'parking' }));
    expect(await net.work(w => bookingsOn(w, { day: tomorrow }))).toEqual([]);
    const range = { personId: person(1).personId, from: tomorrow, to: tomorrow };
    expect(await net.work(w => confirmedOf(w, range))).toEqual([]);
  });

  test('a booking moves by the hour, keeps its hours on another day, and a share of the week counts half-days alone', async () => {
    done(await rules({ half_days_a_week: 1 }));
    const booked = done(await ask(1, { kind: 'meeting_room', day: '2026-06-17', ...hours(9, 10) }));
    done(await ask(1, { kind: 'desk', part: 'morning' }));
    const later = done(await net.work(w => move(w, person(1), { bookingId: booked.bookingId, day: '2026-06-18' })));
    expect(later).toMatchObject({ day: '2026-06-18', hours: { begins_min: 540, ends_min: 600 } });
    const longer = done(await net.work(w => move(w, person(1), { bookingId: later.bookingId, ...hours(14, 16) })));
    expect(longer).toMatchObject({ part: 'afternoon', price_eur_cents: 2100n, moves: 2 });
  });

  test('the board shows each hour in its half', async () => {
    done(await ask(1, { kind: 'meeting_room', ...hours(9, 10) }));
    done(await ask(2, { kind: 'meeting_room', ...hours(10, 11) }));
    const board = await roomApp(net, [routes], { actor: operator }).request(
      `/planning/${space.slug}?vue=jour&jour=${tomorrow}`,
    );
    const page = await board.text();
    expect([board.status, page]).toEqual([200, expect.stringContaining('9:00 – 10:00')]);
    expect(page).toContain('10:00 – 11:00');
    const planning = done(await net.work(w => planningOf(w, operator, { slug: space.slug, days: [tomorrow] })));
    expect(planning.bookings).toHaveLength(2);
  });
});

describe('time kept free after a booking', () => {
  const room = { kind: 'meeting_room' } as const;

  test('is nobody’s, and the trace says why; desks have none', async () => {
    done(await rules({ buffer_minutes: 30 }));
    done(await ask(1, { ...room, ...hours(9, 10) }));
    const refused = await ask(2, { ...room, ...hours(10, 11) });
    expect(codeOf(refused)).toBe('booking.space_full');
    expect(refused.ok ? '' : refused.refusal.message.fr).toContain('garde 30 minutes libres');
    const steps = done(
      await net.work(w => explain(w, person(2), { spaceId: space.spaceId, day: tomorrow, ...room, ...hours(10, 11) })),
    );
    expect(steps.find(step => step.said === 'refused')?.rule).toBe('place_free');
    expect(codeOf(await ask(2, { ...room, ...hours(10.5, 11) }))).toBe('accepted');
    expect(codeOf(await ask(3, { ...room, ...hours(8.5, 9) }))).toBe('booking.space_full');
    done(await ask(4, { kind: 'desk', part: 'morning', resourceId: called('Bureau 1') }));
    done(await ask(5, { kind: 'desk', part: 'afternoon', resourceId: called('Bureau 1') }));
  });

  test('is enforced by the database, with what is kept holding what is booked', async () => {
    done(await rules({ buffer_minutes: 30 }));
    const booked = done(await ask(1, { ...room, ...hours(9, 10) }));
    const shrink = sql`update booking.booking set keeps = tstzrange(lower(during), upper(during) - interval '1 minute')`;
    await expect(net.work(w => shrink.execute(w.tx))).rejects.toMatchObject({
      constraint: 'what_is_kept_holds_what_is_booked',
    });
    const beside = sql`insert into booking.booking (network_id, booking_id, space_id, resource_id, kind, person_id, local_day, part,
        begins_min, ends_min, during, keeps, price_eur_cents, payer_kind, payer_id, booked_by, booked_at)
      select network_id, 'bkg_beside00', space_id, resource_id, kind, 'per_beside00', local_day, part, 600, 660,
        tstzrange('2026-06-16T08:00:00Z', '2026-06-16T09:00:00Z'), tstzrange('2026-06-16T08:00:00Z', '2026-06-16T09:00:00Z'),
        0, payer_kind, payer_id, booked_by, booked_at from booking.booking where booking_id = ${booked.bookingId}`;
    await expect(net.work(w => beside.execute(w.tx))).rejects.toMatchObject({
      constraint: 'one_booking_per_desk_at_a_time',
    });
  });

  test('is from 0 to 240 minutes', async () => {
    expect(codeOf(await rules({ buffer_minutes: 241 }))).toBe('booking.policy_out_of_range');
  });
});

describe('a week or a month', () => {
  const term = (n: number, more: Partial<Parameters<typeof bookTerm>[2]> = {}) =>
    net.work(w =>
      bookTerm(w, person(n), { spaceId: space.spaceId, kind: 'desk', unit: 'week', day: '2026-06-24', ...more }),
    );

  test('is one place each open day, at the price of the whole to the cent', async () => {
    const { bookings, termId } = done(await term(1));
    expect(bookings.map(one => one.day)).toEqual([
      '2026-06-22',
      '2026-06-23',
      '2026-06-24',
      '2026-06-25',
      '2026-06-26',
    ]);
    expect(new Set(bookings.map(one => one.resourceId)).size).toBe(1);
    expect(bookings.every(one => one.termId === termId && one.part === 'day')).toBe(true);
    expect(await owed(1)).toBe(5000n);
  });

  test('a month of a locker beside a desk: 1000 cents over 23 open days', async () => {
    const { bookings } = done(await term(1, { kind: 'locker', unit: 'month', day: '2026-07-09' }));
    // 14 July is a public holiday.
    expect(bookings).toHaveLength(22);
    expect(bookings.reduce((sum, one) => sum + one.price_eur_cents, 0n)).toBe(1000n);
    expect(codeOf(await ask(1, { kind: 'desk', day: '2026-07-09' }))).toBe('accepted');
  });

  test('is refused whole when no place is free on each day, and books nothing', async () => {
    done(await ask(2, { day: '2026-06-23', resourceId: called('Bureau 1') }));
    done(await ask(3, { day: '2026-06-25', resourceId: called('Bureau 2') }));
    expect(codeOf(await term(1))).toBe('booking.term_clashes');
    const days = ['2026-06-22', '2026-06-24'] as const;
    expect(await net.work(w => standingOn(w, { days, spaceIds: [space.spaceId] }))).toEqual([]);
  });

  test.each([
    ['a room', { kind: 'meeting_room' }, 'booking.not_by_the_term'],
    ['a week that has begun', { day: '2026-06-12' }, 'booking.term_begun'],
    ['a length without a price', { unit: 'month', day: '2026-07-24' }, 'spaces.no_tariff'],
    ['a place that is not there', { resourceId: 'res_nowhere0' }, 'booking.unknown_desk'],
    ['farther than the space allows', { day: '2026-10-06' }, 'booking.term_clashes'],
  ] as const)('not %s', async (_case, asked, code) => {
    expect(codeOf(await term(1, asked))).toBe(code);
  });

  test('given back whole it is free until its first deadline; one day alone stays due', async () => {
    const { bookings, termId } = done(await term(1));
    const one = done(await net.work(w => cancel(w, person(1), { bookingId: bookings[2]!.bookingId })));
    expect([one.refunded, await owed(1)]).toEqual([false, 5000n]);
    const rest = done(await net.work(w => cancelTerm(w, person(1), termId)));
    expect(rest.map(day => day.refunded)).toEqual([true, true, true, true]);
    expect(done(await net.work(w => cancelTerm(w, person(1), termId)))).toEqual([]);
    expect(codeOf(await net.work(w => cancelTerm(w, person(2), termId)))).toBe('booking.unknown_term');
  });
});

describe('a space set by another clock', () => {
  const rezone = (zone: string) => net.work(w => changeZone(w, operator, { spaceId: space.spaceId, zone }));

  test('what is to come keeps its hours on the wall, across a change of the clock; what has begun keeps its moment', async () => {
    done(await rules({ furthest_days: 200 }));
    const begun = done(await ask(1, { day: '2026-06-15' }));
    const summer = done(await ask(2, { part: 'morning' }));
    const winter = done(await ask(3, { day: '2026-11-03', kind: 'meeting_room', ...hours(9, 10) }));
    const entry = { space, resource: places[0]!, url: 'https://exemple.invalid' };
    expect(calendarOf({ ...entry, booking: winter }, 'fr')).toContain('SEQUENCE:1\r\n');
    expect(done(await rezone('Indian/Reunion')).retimed).toBe(2);
    const [b, s, w] = await net.work(async work => {
      const found = new Map(
        (
          await lookUp(
            work,
            [begun, summer, winter].map(one => one.bookingId),
          )
        ).map(one => [one.bookingId, one]),
      );
      return [begun, summer, winter].map(one => found.get(one.bookingId)!);
    });
    expect(b).toEqual(begun);
    expect(s!.during).toEqual({ from: instant('2026-06-16T04:30:00Z'), to: instant('2026-06-16T08:30:00Z') });
    expect(w!.during).toEqual({ from: instant('2026-11-03T05:00:00Z'), to: instant('2026-11-03T06:00:00Z') });
    expect([w!.day, w!.hours, w!.price_eur_cents]).toEqual([winter.day, winter.hours, winter.price_eur_cents]);
    expect(calendarOf({ ...entry, booking: w! }, 'fr')).toContain('SEQUENCE:4\r\n');
    expect(codeOf(await ask(4, { day: '2026-11-03', kind: 'meeting_room', ...hours(9, 10) }))).toBe(
      'booking.space_full',
    );
  });

  test('a full day of rooms back to back moves together', async () => {
    for (const n of [0, 1, 2]) done(await ask(n + 1, { kind: 'meeting_room', ...hours(9 + n, 10 + n) }));
    expect(done(await rezone('Indian/Reunion')).retimed).toBe(3);
    expect(done(await rezone('Europe/Paris')).retimed).toBe(3);
  });

  test('is refused, saying which, when someone would be in two places', async () => {
    const other = done(await net.work(w => addSpaces(w, operator, [sampleSpace({ ...town, name: 'La Halle' })])))[0]!;
    done(await ask(1, { part: 'afternoon' }));
    done(await ask(1, { part: 'morning', spaceId: other.spaceId }));
    const refused = await rezone('Indian/Reunion');
    expect(codeOf(refused)).toBe('booking.clock_collides');
    expect(refused.ok ? '' : refused.refusal.message.fr).toContain('mardi 16 juin après-midi');
    expect(codeOf(await rezone('Mars/Olympus'))).toBe('spaces.unknown_zone');
    expect(codeOf(await rezone('Europe/Paris'))).toBe('spaces.same_zone');
  });
});

describe('by the pages and the API', () => {
  const app = (actor: Actor = person(1), lang: 'fr' | 'en' = 'fr') => roomApp(net, [routes], { actor, lang });
  const page = `/reserver?espace=ganges-l-atelier&jour=${tomorrow}`;
  const sent = { espace: 'ganges-l-atelier', jour: tomorrow };

  test('the booking page offers hours where there is a price for them, and a week where there is one', async () => {
    const room = await (await app().request(`${page}&place=meeting_room`)).text();
    expect(room).toContain('À l’heure, 10,50');
    expect(room).not.toContain('Réserver toute la période');
    const desk = await (await app().request(page)).text();
    expect(desk).toContain('Réserver toute la période');
    expect(desk).not.toContain('Réserver ces heures');
    expect(await (await app(person(1), 'en').request(`${page}&place=phone_booth`)).text()).toContain(
      'Book these hours',
    );
  });

  test('hours are booked from the form, and odd ones come back with the reason', async () => {
    const room = { ...sent, jour: '2026-06-17', place: 'meeting_room' };
    const booked = await app().request('/reserver', form({ ...room, de: '09:00', a: '10:30' }));
    expect(booked.status).toBe(303);
    const sheet = await (await app().request(booked.headers.get('location')!)).text();
    expect(sheet).toContain('mercredi 17 juin de 9:00 à 10:30');
    const moved = await app().request(
      `${booked.headers.get('location')!.split('?')[0]}/deplacer`,
      form({ jour: '2026-06-17', de: '11:00', a: '12:00' }),
    );
    expect(moved.status).toBe(303);
    const odd = await app().request('/reserver', form({ ...room, de: '09:07', a: '10:30' }));
    expect([odd.status, await odd.text()]).toEqual([422, expect.stringContaining('quart d’heure en quart d’heure')]);
  });

  test('a week is booked and given back from the pages', async () => {
    const week = { ...sent, jour: '2026-06-24', place: 'desk', duree: 'week' };
    const booked = await app().request('/reserver/periode', form(week));
    expect(booked.status).toBe(303);
    const sheet = booked.headers.get('location')!.split('?')[0]!;
    expect(await (await app().request(sheet)).text()).toContain('Annuler toute la période');
    expect((await app().request(`${sheet}/annuler-periode`, form({}))).status).toBe(303);
    expect(await owed(1)).toBe(0n);
    const refused = await app().request('/reserver/periode', form({ ...week, place: 'meeting_room' }));
    expect(refused.status).toBe(422);
  });

  test('the clock is changed from the manager’s page', async () => {
    const clock = '/gestion/espaces/ganges-l-atelier/fuseau';
    done(await ask(1, { part: 'morning' }));
    const changed = await app(operator).request(clock, form({ zone: 'Indian/Reunion' }));
    expect(changed.status).toBe(303);
    const told = await (await app(operator).request(changed.headers.get('location')!)).text();
    expect(told).toContain('gardent leurs heures\u00a0: 1');
    expect((await app(operator).request(clock, form({ zone: 'Nulle/Part' }))).status).toBe(422);
    expect((await app(person(1)).request(clock)).status).toBe(403);
  });

  test.each([
    ['hours', { kind: 'meeting_room', begins_min: 540, ends_min: 600 }, 201],
    ['half of them', { kind: 'meeting_room', begins_min: 540 }, 422],
    ['hours across a quarter', { kind: 'meeting_room', begins_min: 541, ends_min: 600 }, 422],
    ['hours after midnight', { kind: 'meeting_room', begins_min: 540, ends_min: 1500 }, 422],
    ['no moment', { kind: 'meeting_room' }, 422],
    ['a part of the day', { kind: 'meeting_room', part: 'day' }, 201],
  ])('the API takes %s', async (_case, asked, status) => {
    const body = { space_id: space.spaceId, day: tomorrow, ...asked };
    expect((await app().request('/api/v1/bookings', json('POST', body))).status).toBe(status);
  });

  test('the API books a term, moves by the hour, explains, and changes the clock', async () => {
    const body = { space_id: space.spaceId, kind: 'locker', unit: 'month', day: '2026-07-01' };
    const made = await app().request('/api/v1/bookings/terms', json('POST', body));
    const term = (await made.json()) as { term_id: string; price_eur_cents: string };
    expect([made.status, term.price_eur_cents]).toEqual([201, '1000']);
    expect((await app().request(`/api/v1/bookings/terms/${term.term_id}`, json('DELETE'))).status).toBe(200);
    const room = done(await ask(1, { kind: 'meeting_room', day: '2026-06-17', ...hours(9, 10) }));
    const moved = await app().request(
      `/api/v1/bookings/${room.bookingId}/move`,
      json('POST', { begins_min: 600, ends_min: 660 }),
    );
    expect(await moved.json()).toMatchObject({ begins_min: 600, ends_min: 660 });
    const why = `/api/v1/bookings/explained?space_id=${space.spaceId}&day=${tomorrow}&kind=meeting_room&begins_min=540&ends_min=570`;
    expect(await (await app().request(why)).json()).toMatchObject({ granted: true });
    const clock = await app(operator).request(
      '/api/v1/spaces/ganges-l-atelier/zone',
      json('PUT', { zone: 'Indian/Reunion' }),
    );
    expect(await clock.json()).toEqual({ zone: 'Indian/Reunion', retimed: 1 });
  });
});

test('among many who book hours, halves, days and weeks while a place is withdrawn, no two ever keep one place at once', async () => {
  done(await rules({ buffer_minutes: 15 }));
  const source = { db: net.database.db, clock: () => instant('2026-06-15T08:00:00Z'), newId: randomId };
  const each = <T>(task: (work: Work) => Promise<T>) => inNetwork(source, net.networkId, task);
  const days: readonly Day[] = ['2026-06-22', '2026-06-23', '2026-06-24'];
  const one = (n: number) => {
    const at = { spaceId: space.spaceId, day: days[Math.floor(n / 6) % 3]! };
    const who = person(500 + n);
    const begins = 8.5 + (Math.floor(n / 18) % 4);
    switch (n % 6) {
      case 0:
        return each(w => book(w, who, { ...at, kind: 'meeting_room', ...hours(begins, begins + 0.75) }));
      case 1:
        return each(w => book(w, who, { ...at, kind: 'meeting_room', part: n % 4 === 0 ? 'morning' : 'afternoon' }));
      case 2:
        return each(w => book(w, who, { ...at, kind: 'desk', part: 'day' }));
      case 3:
        return each(w => bookTerm(w, who, { ...at, kind: 'desk', unit: 'week' }));
      case 4:
        return each(w => book(w, who, { ...at, kind: 'desk', part: 'morning' }));
      default:
        return each(w => book(w, who, { ...at, kind: 'phone_booth', ...hours(begins, begins + 0.5) }));
    }
  };
  const gone = each(w =>
    withdraw(w, operator, { resourceId: called('Bureau 1'), from: '2026-06-23', displace: 'cancel' }),
  );
  const outcomes = await Promise.all(Array.from({ length: 120 }, (_, n) => one(n)));
  done(await gone);
  const codes = new Set(outcomes.map(codeOf));
  expect([...codes].toSorted()).toEqual(['accepted', 'booking.space_full', 'booking.term_clashes']);
  const { rows } = await net.work(w =>
    sql<{ overlaps: number; live: number; gone: number }>`
      select count(*) filter (where a.booking_id < b.booking_id)::int as overlaps, count(distinct a.booking_id)::int as live,
        count(*) filter (where a.resource_id = ${called('Bureau 1')} and a.local_day >= '2026-06-23')::int as gone
      from booking.booking a left join booking.booking b on b.network_id = a.network_id and b.resource_id = a.resource_id
        and b.booking_id <> a.booking_id and b.status <> 'cancelled' and a.keeps && b.keeps
      where a.status <> 'cancelled'`.execute(w.tx),
  );
  expect(rows[0]).toMatchObject({ overlaps: 0, gone: 0 });
  expect(rows[0]!.live).toBeGreaterThan(15);
}, 60_000);
