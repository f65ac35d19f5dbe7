import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { actorOf, numbered as person } from '../../tools/hosted-space.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { statement } from '../billing/billing.ts';
import type { Day, DayPart } from '../kernel/time.ts';
import { instant } from '../kernel/time.ts';
import { randomId } from '../platform/clock.ts';
import { inNetwork, type Work } from '../platform/database.ts';
import { routes as spaceRoutes } from '../spaces/routes.ts';
import { sampleSpace } from '../spaces/sample.ts';
import {
  addResource,
  addSpaces,
  type NewSpace,
  putBack,
  type Resource,
  resourcesOf,
  type Space,
} from '../spaces/spaces.ts';
import { type Booking, book, bookMany, freeDesks, lookUp, planningOf, standingOn, withdraw } from './booking.ts';
import { routes } from './routes.ts';

const operator = actorOf('per_00099999', 'network_operator');
const desks = (count: number): Partial<NewSpace> => ({
  resources: Array.from({ length: count }, (_, n) => ({ kind: 'desk' as const, name: `Bureau ${n + 1}`, capacity: 1 })),
});

const tomorrow: Day = '2026-06-16';
const after: Day = '2026-06-17';
let net: TestNetwork;
let space: Space;
let places: readonly Resource[];
const open = async (count: number) => {
  space = done(
    await net.work(w => addSpaces(w, operator, [sampleSpace({ ...desks(count), name: `Avec ${count}` })])),
  )[0]!;
  places = await net.work(w => resourcesOf(w, [space.spaceId]));
};
beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  await open(2);
});
const take = async (n: number, day: Day, part: DayPart, place = 0): Promise<Booking> =>
  done(
    await net.work(w =>
      book(w, person(n), { spaceId: space.spaceId, day, part, resourceId: places[place]!.resourceId }),
    ),
  );
const leave = (from: Day, displace: 'refuse' | 'cancel' = 'refuse', place = 0, actor = operator) =>
  net.work(w => withdraw(w, actor, { resourceId: places[place]!.resourceId, from, displace }));
const seen = (booking: Booking) => net.work(async w => (await lookUp(w, [booking.bookingId]))[0]!);

describe('withdrawing a place', () => {
  test('it is offered until that day, not from it on; nothing before is touched', async () => {
    const before = await take(1, tomorrow, 'day');
    done(await leave(after));
    const free = await net.work(w => freeDesks(w, { spaceIds: [space.spaceId], days: [tomorrow, after] }));
    expect(free.map(line => [line.total, line.free])).toEqual([
      [2, 1],
      [2, 1],
      [1, 1],
      [1, 1],
    ]);
    expect((await seen(before)).resourceId).toBe(places[0]!.resourceId);
    const asked = { spaceId: space.spaceId, day: after, part: 'day', resourceId: places[0]!.resourceId } as const;
    expect(codeOf(await net.work(w => book(w, person(2), asked)))).toBe('booking.unknown_desk');
  });

  test('its bookings go to the other desk, as they are: same id, same hours, same price', async () => {
    const booked = await take(1, after, 'morning');
    const { moved, cancelled } = done(await leave(after));
    expect([moved.map(one => one.bookingId), cancelled]).toEqual([[booked.bookingId], []]);
    expect(await seen(booked)).toEqual({ ...booked, resourceId: places[1]!.resourceId, amended: 1 });
  });

  test('refuses, listing them, when some fit nowhere; nothing is then changed', async () => {
    const [first, second] = [await take(1, after, 'day'), await take(2, after, 'morning', 1)];
    const refused = await leave(after);
    expect(codeOf(refused)).toBe('booking.place_still_booked');
    expect(refused.ok ? '' : refused.refusal.message.fr).toContain('mercredi 17 juin, toute la journée');
    expect([await seen(first), await seen(second)]).toEqual([first, second]);
  });

  test('gives back free of charge what fits nowhere, when asked', async () => {
    const booked = await take(1, after, 'day');
    await take(2, after, 'morning', 1);
    const { moved, cancelled } = done(await leave(after, 'cancel'));
    expect([moved, cancelled.map(one => one.bookingId)]).toEqual([[], [booked.bookingId]]);
    expect((await seen(booked)).status).toBe('cancelled');
    const owed = await net.work(w => statement(w, { payerId: person(1).personId, month: '2026-06' }));
    expect(owed.amount_eur_cents).toBe(0n);
  });

  test.each([
    ['a place where someone sits now', '2026-06-15', 'booking.place_in_use'],
    ['the past', '2026-06-12', 'spaces.from_the_past'],
  ] as const)('not for %s', async (_case, from, code) => {
    if (code === 'booking.place_in_use') {
      net.at('2026-06-15T06:00:00Z');
      await take(1, '2026-06-15', 'day');
      net.at('2026-06-15T08:00:00Z');
    }
    expect(codeOf(await leave(from, 'cancel'))).toBe(code);
  });

  test('nor by someone who does not manage the space', async () => {
    expect(codeOf(await leave(after, 'refuse', 0, person(1)))).toBe('spaces.not_manager');
  });

  test('twice is once; a withdrawal to come is taken back, one that has begun stays', async () => {
    done(await leave(after));
    expect(done(await leave(after))).toMatchObject({ moved: [], cancelled: [] });
    const { resourceId } = places[0]!;
    expect(done(await net.work(w => putBack(w, operator, resourceId))).withdrawnFrom).toBeNull();
    done(await leave(after));
    net.at('2026-06-17T08:00:00Z');
    expect(codeOf(await net.work(w => putBack(w, operator, resourceId)))).toBe('spaces.already_withdrawn');
  });

  test('the board no longer offers it', async () => {
    done(await leave(after));
    const planning = done(await net.work(w => planningOf(w, operator, { slug: space.slug, days: [after] })));
    expect(planning.resources.map(one => one.name)).toEqual(['Bureau 2']);
  });
});

describe('the database has the last word', () => {
  const insert = (
    day: Day,
  ) => sql`insert into booking.booking (network_id, booking_id, space_id, resource_id, kind, person_id,
      local_day, part, during, keeps, price_eur_cents, payer_kind, payer_id, booked_by, booked_at)
    values (${net.networkId}, 'bkg_byhand00', ${space.spaceId}, ${places[0]!.resourceId}, 'desk', 'per_byhand00', ${day}, 'day',
      tstzrange(${`${day}T07:00:00Z`}, ${`${day}T09:00:00Z`}), tstzrange(${`${day}T07:00:00Z`}, ${`${day}T09:00:00Z`}), 0, 'person', 'per_byhand00', 'x', now())`;

  test('on a booking in a withdrawn place', async () => {
    done(await leave(after));
    await expect(net.work(w => insert(after).execute(w.tx))).rejects.toMatchObject({
      constraint: 'a_withdrawn_place_is_not_booked',
    });
    await net.work(w => insert(tomorrow).execute(w.tx));
  });

  test('on a withdrawal over a booking', async () => {
    await take(1, after, 'day');
    const withdrawn = sql`update spaces.resource set withdrawn_from = ${after} where resource_id = ${places[0]!.resourceId}`;
    await expect(net.work(w => withdrawn.execute(w.tx))).rejects.toMatchObject({
      constraint: 'a_withdrawn_place_has_no_booking_to_come',
    });
  });

  /** A unit of work of its own that ends when told. */
  const opened = <T>(task: (work: Work) => Promise<T>) => {
    let end = () => {};
    const told = new Promise<void>(resolve => {
      end = resolve;
    });
    let begun = () => {};
    const started = new Promise<void>(resolve => {
      begun = resolve;
    });
    const ended = net.work(async work => {
      const answer = await task(work);
      begun();
      await told;
      return answer;
    });
    return { started, end, ended };
  };
  const aWhile = () => new Promise(resolve => setTimeout(resolve, 150));

  test('on a withdrawal that began before the booking was committed: it waits, and then sees it', async () => {
    const booking = opened(w => insert(after).execute(w.tx));
    await booking.started;
    const withdrawn = sql`update spaces.resource set withdrawn_from = ${after} where resource_id = ${places[0]!.resourceId}`;
    const refused = expect(net.work(w => withdrawn.execute(w.tx))).rejects.toMatchObject({
      constraint: 'a_withdrawn_place_has_no_booking_to_come',
    });
    await aWhile();
    booking.end();
    await booking.ended;
    await refused;
  });

  test('on a booking that began before the withdrawal was committed: it waits, reads the place anew, and is refused', async () => {
    const one = await take(1, tomorrow, 'day');
    const leaving = opened(w => withdraw(w, operator, { resourceId: one.resourceId, from: after, displace: 'refuse' }));
    await leaving.started;
    const asked = { spaceId: space.spaceId, resourceId: one.resourceId, day: after, part: 'day' as const };
    const booked = net.work(async w => ({ kept: await bookMany(w, [{ ...asked, personId: person(2).personId }]) }));
    await aWhile();
    leaving.end();
    done(await leaving.ended);
    expect((await booked).kept.map(codeOf)).toEqual(['booking.unknown_desk']);
  });

  test('among forty who book while places are withdrawn: nobody sits at one that is gone, and nobody fails', async () => {
    await open(12);
    const source = { db: net.database.db, clock: () => instant('2026-06-15T08:00:00Z'), newId: randomId };
    const each = <T>(task: Parameters<typeof inNetwork<T>>[2]) => inNetwork(source, net.networkId, task);
    const days = ['2026-06-17', '2026-06-18', '2026-06-19'] as const;
    const booking = Array.from({ length: 40 }, (_, n) =>
      each(w =>
        bookMany(
          w,
          days.map(day => ({ spaceId: space.spaceId, day, part: 'day' as const, personId: person(100 + n).personId })),
        ).then(outcomes => ({ kept: outcomes.map(codeOf) })),
      ),
    );
    const withdrawing = places
      .slice(0, 6)
      .map(({ resourceId }) =>
        each(w => withdraw(w, operator, { resourceId, from: '2026-06-18', displace: 'cancel' })),
      );
    const codes = new Set((await Promise.all(booking)).flatMap(one => one.kept));
    expect([...codes].toSorted()).toEqual(['accepted', 'booking.space_full']);
    for (const outcome of await Promise.all(withdrawing)) done(outcome);
    const standing = await net.work(w => standingOn(w, { days, spaceIds: [space.spaceId] }));
    const gone = new Set<string>(places.slice(0, 6).map(one => one.resourceId));
    expect(standing.filter(one => one.day >= '2026-06-18' && gone.has(one.resourceId))).toEqual([]);
    expect(standing.filter(one => one.day === '2026-06-17')).toHaveLength(12);
  }, 60_000);
});

describe('by the pages and the API', () => {
  const app = (lang: 'fr' | 'en' = 'fr') => roomApp(net, [routes, spaceRoutes], { actor: operator, lang });
  const place = () => `/gestion/espaces/${space.slug}/places/${places[0]!.resourceId}`;

  test('a place is added, renamed, withdrawn and offered again from the manager’s pages', async () => {
    const manage = `/gestion/espaces/${space.slug}`;
    const added = await app().request(`${manage}/places`, form({ place: 'locker', name: 'Casier 1', capacity: '1' }));
    expect(added.status).toBe(303);
    const page = await (await app().request(manage)).text();
    expect(page).toContain('Casier 1');
    expect(page).toContain(`href="${place()}"`);
    expect((await app().request(`${place()}/nom`, form({ name: 'Près de la fenêtre' }))).status).toBe(303);
    const gone = await app().request(`${place()}/retirer`, form({ from: after, displace: 'refuse' }));
    expect(gone.status).toBe(303);
    const told = await (await app().request(gone.headers.get('location')!)).text();
    expect(told).toContain('La place n’est plus proposée à partir du 17 juin 2026');
    expect(told).toContain('Près de la fenêtre');
    expect((await app().request(`${place()}/remettre`, form({}))).status).toBe(303);
  });

  test('a refusal gives the form back with the reason, in both languages', async () => {
    await take(1, after, 'day');
    await take(2, after, 'day', 1);
    const refused = await app('en').request(`${place()}/retirer`, form({ from: after, displace: 'refuse' }));
    expect([refused.status, await refused.text()]).toEqual([
      409,
      expect.stringContaining('1 booking still stands there'),
    ]);
    const nameless = await app().request(`${place()}/nom`, form({ name: ' ' }));
    expect([nameless.status, await nameless.text()]).toEqual([422, expect.stringContaining('Donnez un nom')]);
    const taken = await app().request(`${place()}/nom`, form({ name: 'Bureau 2' }));
    expect(taken.status).toBe(409);
  });

  test('the API says the same', async () => {
    const api = `/api/v1/spaces/${space.slug}/resources`;
    const added = await app().request(api, json('POST', { kind: 'parking', name: 'P1', capacity: 1 }));
    const { resource_id } = (await added.json()) as { resource_id: string };
    expect(added.status).toBe(201);
    expect((await app().request(api, json('POST', { kind: 'parking', name: 'P1', capacity: 1 }))).status).toBe(409);
    expect((await app().request(api, json('POST', { kind: 'boat', name: 'B', capacity: 1 }))).status).toBe(422);
    expect((await app().request(api, json('POST', { kind: 'desk', name: 'B', capacity: 0 }))).status).toBe(422);
    const url = `/api/v1/resources/${resource_id}`;
    expect((await app().request(url, json('PUT', { name: 'Place 1' }))).status).toBe(200);
    const gone = await app().request(`${url}/withdrawal`, json('POST', { from: after }));
    expect(await gone.json()).toEqual({ withdrawn_from: after, moved: [], cancelled: [] });
    const listed = (await (await app().request(api)).json()) as {
      resources: { name: string; withdrawn_from: string }[];
    };
    expect(listed.resources.find(one => one.name === 'Place 1')?.withdrawn_from).toBe(after);
    expect((await app().request(`${url}/withdrawal`, json('DELETE'))).status).toBe(200);
    expect((await app().request('/api/v1/resources/res_nowhere0/withdrawal', json('DELETE'))).status).toBe(404);
    const stranger = roomApp(net, [routes, spaceRoutes], { actor: person(1) });
    expect((await stranger.request(`${url}/withdrawal`, json('POST', { from: after }))).status).toBe(403);
  });

  test('a name is needed, and of one’s own', async () => {
    const add = (name: string) =>
      net.work(w => addResource(w, operator, { spaceId: space.spaceId, kind: 'desk', name, capacity: 1 }));
    expect([codeOf(await add('  ')), codeOf(await add('Bureau 1'))]).toEqual([
      'spaces.resource_nameless',
      'spaces.resource_name_taken',
    ]);
  });
});
