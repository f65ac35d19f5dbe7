import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { actorOf, numbered as person } from '../../tools/hosted-space.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { type Day, instant } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { addPersons } from '../people/people.ts';
import { randomId } from '../platform/clock.ts';
import type { Shell } from '../platform/http.ts';
import type { Mail } from '../platform/mail.ts';
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
  type Booking,
  book,
  bookingsOf,
  cancel,
  forgetPerson,
  promote,
  setPolicy,
  type WaitRequest,
  wait,
  waitsOf,
} from './booking.ts';
import { listeners } from './jobs.ts';
import { defaultPolicy } from './policy.ts';
import { routes } from './routes.ts';

const operator = actorOf('per_00099999', 'network_operator');
const tariff = (kind: ResourceKind, part: NewTariff['part'], amount_eur_cents: bigint): NewTariff => ({
  ...{ kind, part, amount_eur_cents, deliberation: '2026-001' },
});
const hours = (begins: number, ends: number) => {
  const [begins_min, ends_min] = [begins * 60, ends * 60];
  const part = ends_min <= 780 ? 'morning' : begins_min >= 780 ? 'afternoon' : 'day';
  return { part, hours: { begins_min, ends_min } } as const;
};
/** Thursday 18 June 2026, three days ahead. */
const day: Day = '2026-06-18';
const room = { kind: 'meeting_room' } as const;

let net: TestNetwork;
let space: Space;
let places: readonly Resource[];
beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  const sheet = sampleSpace({
    resources: (
      [
        ['desk', 'Bureau 1'],
        ['meeting_room', 'Salle basse'],
        ['meeting_room', 'Salle haute'],
        ['parking', 'P1'],
      ] as const
    ).map(([kind, name]) => ({ kind, name, capacity: 1 })),
    tariffs: [tariff('desk', 'day', 1400n), tariff('meeting_room', 'hour', 1000n), tariff('parking', 'day', 300n)],
  });
  space = done(await net.work(w => addSpaces(w, operator, [sheet])))[0]!;
  places = await net.work(w => resourcesOf(w, [space.spaceId]));
});

type Asked = Partial<Parameters<typeof book>[2]>;
const called = (name: string) => places.find(one => one.name === name)!.resourceId;
const books = async (n: number, asked: Asked): Promise<Booking> =>
  done(await net.work(w => book(w, person(n), { spaceId: space.spaceId, day, part: 'day', ...asked })));
const holds = (n: number, name: string, when: ReturnType<typeof hours>) =>
  books(n, { ...room, ...when, resourceId: called(name) });
const queues = (n: number, asked: Partial<WaitRequest>) =>
  net.work(w => wait(w, person(n), { spaceId: space.spaceId, day, part: 'day', ...room, ...asked }));
const gives = async (n: number, { bookingId }: Booking) =>
  done(await net.work(w => cancel(w, person(n), { bookingId })));
const promoted = (now = '2026-06-15T08:00:00Z') =>
  net.work(w => promote({ ...w, now: instant(now) }, { spaceIds: [space.spaceId], days: [day] }));
const served = async (now?: string) =>
  (await promoted(now)).map(one => [one.personId, one.hours?.begins_min, one.hours?.ends_min]);
const askedBefore = async (n: number) => (await net.work(w => waitsOf(w, person(n)))).map(one => one.before);

describe('whoever waits for hours', () => {
  test('gets exactly these, of the first place free for all of them, in the order of asking', async () => {
    const held = await holds(1, 'Salle haute', hours(9, 11));
    await holds(2, 'Salle basse', hours(8.5, 12.5));
    for (const n of [3, 4]) done(await queues(n, hours(9.25, 10.5)));
    expect(await askedBefore(4)).toEqual([1]);
    expect(await promoted()).toEqual([]);
    await gives(1, held);
    const [made, ...more] = await promoted();
    expect(more).toEqual([]);
    expect(made).toMatchObject({
      personId: person(3).personId,
      resourceId: called('Salle haute'),
      hours: { begins_min: 555, ends_min: 630 },
      part: 'morning',
      during: { from: instant('2026-06-18T07:15:00Z'), to: instant('2026-06-18T08:30:00Z') },
      price_eur_cents: 1250n,
      status: 'confirmed',
    });
    expect([await askedBefore(3), await askedBefore(4)]).toEqual([[], [0]]);
  });

  test('is not served by hours that are free in part, nor by two rooms that are free one after the other', async () => {
    const [first, second] = [await holds(1, 'Salle haute', hours(9, 10)), await holds(2, 'Salle haute', hours(10, 11))];
    const [third, fourth] = [await holds(3, 'Salle basse', hours(9, 10)), await holds(4, 'Salle basse', hours(10, 11))];
    done(await queues(5, hours(9.5, 10.5)));
    await gives(1, first);
    await gives(4, fourth);
    expect(await served()).toEqual([]);
    await gives(2, second);
    expect(await served()).toEqual([[person(5).personId, 570, 630]]);
    expect(third.status).toBe('confirmed');
  });

  test('does not wait behind whoever asked for longer, and is told only of those whose hours meet theirs', async () => {
    const [first, second] = [await holds(1, 'Salle haute', hours(9, 10)), await holds(2, 'Salle haute', hours(10, 12))];
    await holds(3, 'Salle basse', hours(9, 12));
    done(await queues(4, hours(9, 12)));
    done(await queues(5, hours(9, 10)));
    done(await queues(6, hours(10, 11)));
    expect([await askedBefore(5), await askedBefore(6)]).toEqual([[1], [1]]);
    await gives(1, first);
    expect(await served()).toEqual([[person(5).personId, 540, 600]]);
    await gives(2, second);
    expect(await served()).toEqual([[person(6).personId, 600, 660]]);
    expect(await askedBefore(4)).toEqual([0]);
  });

  test('two whose hours touch are served together, by one room; time kept free after a booking parts them', async () => {
    const held = await holds(1, 'Salle haute', hours(9, 11));
    await holds(2, 'Salle basse', hours(9, 11));
    done(await queues(3, hours(9, 10)));
    done(await queues(4, hours(10, 11)));
    expect(await askedBefore(4)).toEqual([0]);
    await gives(1, held);
    expect(await served()).toEqual([
      [person(3).personId, 540, 600],
      [person(4).personId, 600, 660],
    ]);
    const buffered = { ...defaultPolicy, buffer_minutes: 15, spaceId: space.spaceId, from: '2026-06-15' as Day };
    done(await net.work(w => setPolicy(w, operator, buffered)));
    const [afternoon] = [await holds(5, 'Salle haute', hours(14, 16)), await holds(6, 'Salle basse', hours(14, 16))];
    done(await queues(7, hours(14, 15)));
    done(await queues(8, hours(15, 16)));
    await gives(5, afternoon);
    expect(await served()).toEqual([[person(7).personId, 840, 900]]);
  });

  test('has one turn for the same hours, whatever is asked again; other hours are another', async () => {
    await holds(1, 'Salle haute', hours(9, 12));
    await holds(2, 'Salle basse', hours(9, 12));
    const first = done(await queues(3, hours(9, 10)));
    expect(done(await queues(3, hours(9, 10)))).toEqual(first);
    expect(first.hours).toEqual({ begins_min: 540, ends_min: 600 });
    const other = done(await queues(3, hours(9, 11)));
    expect([other.waitId === first.waitId, other.hours]).toEqual([false, { begins_min: 540, ends_min: 660 }]);
    expect(await askedBefore(3)).toEqual([0, 1]);
    const again = await Promise.all(Array.from({ length: 8 }, () => queues(4, hours(10, 12))));
    expect(new Set(again.map(one => done(one).waitId)).size).toBe(1);
  });

  test('has no turn any more once these hours begin; until then a place given back is theirs', async () => {
    const held = await holds(1, 'Salle haute', hours(9, 11));
    const other = await holds(2, 'Salle basse', hours(9, 11));
    for (const n of [3, 4]) done(await queues(n, hours(9, 10)));
    done(await queues(5, hours(10, 11)));
    await gives(1, held);
    expect(await served('2026-06-18T06:59:00Z')).toEqual([
      [person(3).personId, 540, 600],
      [person(5).personId, 600, 660],
    ]);
    done(await net.work(w => cancel({ ...w, now: instant('2026-06-15T08:00:00Z') }, person(2), other)));
    expect(await served('2026-06-18T07:00:00Z')).toEqual([]);
    expect(await askedBefore(4)).toEqual([]);
    const ended = await net.work(w =>
      sql`select status, booking_id from booking.wait where person_id = ${person(4).personId}`.execute(w.tx),
    );
    expect(ended.rows).toEqual([{ status: 'over', booking_id: null }]);
  });

  test('leaves nothing when they are erased', async () => {
    for (const name of ['Salle haute', 'Salle basse']) await holds(name === 'Salle haute' ? 1 : 2, name, hours(9, 11));
    for (const n of [3, 4]) done(await queues(n, hours(9, 10)));
    await net.work(w => forgetPerson(w, person(3).personId));
    const left = await net.work(w => sql`select person_id from booking.wait`.execute(w.tx));
    expect(left.rows).toEqual([{ person_id: person(4).personId }]);
  });

  test('promotions at once, while others book: no hour had twice, no turn lost', async () => {
    const held = await holds(1, 'Salle haute', hours(9, 11));
    await holds(2, 'Salle basse', hours(8.5, 12.5));
    for (let n = 3; n < 9; n++) done(await queues(n, n % 2 === 0 ? hours(9, 10) : hours(9.5, 11)));
    await gives(1, held);
    const rivals = Array.from({ length: 6 }, (_, n) =>
      net.work(w => book(w, person(20 + n), { spaceId: space.spaceId, day, ...room, ...hours(9.75, 10.25) })),
    );
    const [outcomes, ...made] = await Promise.all([Promise.all(rivals), promoted(), promoted(), promoted()]);
    expect(outcomes.filter(one => one.ok).length + made.flat().length).toBe(1);
    const meeting = await net.work(w =>
      sql<{ n: number }>`select count(*)::int as n from booking.booking
        where status = 'confirmed' and resource_id = ${called('Salle haute')}`.execute(w.tx),
    );
    expect(meeting.rows[0]!.n).toBe(1);
  });
});

describe('hours are not waited for', () => {
  const full = async () => {
    await holds(1, 'Salle haute', hours(8.5, 12.5));
    await holds(2, 'Salle basse', hours(8.5, 12.5));
    await books(3, { kind: 'parking' });
    await books(4, { kind: 'desk' });
  };

  test.each([
    ['of a desk', { kind: 'desk', ...hours(9, 10) }, 'booking.not_by_the_hour'],
    ['over the lunch break', { ...room, ...hours(12, 14) }, 'booking.outside_hours'],
    ['before it opens', { ...room, ...hours(7, 9) }, 'booking.outside_hours'],
    ['of a place without a price by the hour', { kind: 'parking', ...hours(9, 10) }, 'spaces.no_tariff'],
    ['where one is free', { ...room, ...hours(14, 15) }, 'booking.nothing_to_wait_for'],
    ['that are over', { ...room, day: '2026-06-15', ...hours(9, 10) }, 'booking.past_day'],
    ['a day when it is closed', { ...room, day: '2026-06-21', ...hours(9, 10) }, 'booking.space_closed'],
    ['too far ahead', { ...room, day: '2026-12-21', ...hours(9, 10) }, 'booking.too_far_ahead'],
    ['nor half a day of what goes by the hour only', { ...room, part: 'morning' }, 'spaces.only_by_the_hour'],
  ] as const)('%s', async (_case, asked, code) => {
    await full();
    expect(codeOf(await queues(9, asked))).toBe(code);
  });

  test('once they have begun, even where everything is taken', async () => {
    const today = { day: '2026-06-15', ...hours(9.75, 11) } as const;
    await books(1, { ...room, ...today });
    await books(2, { ...room, ...today });
    const begun = await queues(3, { ...today, ...hours(10, 11) });
    expect(begun).toMatchObject({ ok: false, refusal: { code: 'booking.past_day' } });
    expect(!begun.ok && begun.refusal.message.fr).toBe(
      'C’est déjà commencé (lundi 15 juin de 10:00 à 11:00). Choisissez des heures à venir, aujourd’hui, lundi 15 juin.',
    );
    expect(codeOf(await queues(3, { ...today, ...hours(10.25, 11) }))).toBe('accepted');
  });

  const write = (values: string) =>
    net.work(w =>
      sql`insert into booking.wait (network_id, wait_id, space_id, kind, person_id, local_day, part, begins_min, ends_min,
        asked_by, asked_at) select network_id, ${sql.raw(values)}, 'per_00000001', now() from spaces.space`.execute(
        w.tx,
      ),
    );
  const row = (n: number, rest: string) => `'wai_0000000${n}', space_id, ${rest}`;
  test.each([
    [
      'no whole quarters',
      `'meeting_room', 'per_00000001', '2026-06-18', 'morning', 541, 600`,
      'hours_waited_for_are_whole',
    ],
    [
      'an end alone',
      `'meeting_room', 'per_00000001', '2026-06-18', 'morning', null, 600`,
      'hours_waited_for_are_whole',
    ],
    ['reversed', `'meeting_room', 'per_00000001', '2026-06-18', 'morning', 600, 540`, 'hours_waited_for_are_whole'],
    ['of a desk', `'desk', 'per_00000001', '2026-06-18', 'morning', 540, 600`, 'only_some_places_are_waited_for'],
  ])('by any path: %s', async (_case, values, constraint) => {
    await expect(write(row(1, values))).rejects.toThrow(constraint);
  });

  test.each([
    ['hours', `'meeting_room', 'per_00000001', '2026-06-18', 'morning', 540, 600`],
    ['a part of the day', `'desk', 'per_00000001', '2026-06-18', 'morning', null::smallint, null::smallint`],
  ])('twice at a time by one person: %s', async (_case, values) => {
    await write(row(1, values));
    await expect(write(row(2, values))).rejects.toThrow('one_wait_for_a_place_at_a_time');
  });
});

describe('on the web and in the API', () => {
  const app = (actor: Actor, lang: 'fr' | 'en' = 'fr') => roomApp(net, [routes], { actor, lang });
  const asks = { espace: '', jour: day, place: 'meeting_room', de: '09:30', a: '10:45' };
  beforeEach(async () => {
    asks.espace = space.slug;
    await holds(1, 'Salle haute', hours(8.5, 12.5));
    await holds(2, 'Salle basse', hours(8.5, 12.5));
  });

  test('hours that are refused offer the list; “my bookings” says which hours, and of what', async () => {
    const free = await (await app(person(3)).request('/reserver', form({ ...asks, de: '07:00' }))).text();
    expect(free).not.toContain('action="/attente"');
    const refused = await app(person(3)).request('/reserver', form(asks));
    const html = await refused.text();
    expect([refused.status, html.includes('Attendre jeudi 18 juin de 9:30 à 10:45')]).toEqual([409, true]);
    const sent = /<form[^>]*action="\/attente"[\s\S]*?<\/form>/.exec(html)![0];
    const fields = Object.fromEntries(
      [...sent.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]),
    );
    expect(fields).toMatchObject(asks);
    const joined = await app(person(3)).request('/attente', form(fields));
    expect([joined.status, joined.headers.get('location')]).toEqual([303, '/mes-reservations#attente']);
    const mine = await (await app(person(3)).request('/mes-reservations')).text();
    expect(mine).toContain('jeudi 18 juin de 9:30 à 10:45');
    expect(mine).toContain('Salle de réunion, L’Atelier, Ganges');
    const english = await (await app(person(3), 'en').request('/mes-reservations')).text();
    expect(english).toContain('Thursday 18 June, 9:30 to 10:45');
    expect((await app(person(3)).request('/attente')).headers.get('location')).toBe('/mes-reservations#attente');
  });

  test('a whole day of a place that is no desk is waited for from its own page', async () => {
    const held = await books(5, { kind: 'parking' });
    const page = await (
      await app(person(6)).request(`/reserver?espace=${space.slug}&jour=${day}&place=parking`)
    ).text();
    expect(page).toContain('M’inscrire sur la liste d’attente');
    const asked = { espace: space.slug, jour: day, place: 'parking', moment: 'journee' };
    expect((await app(person(6)).request('/attente', form(asked))).status).toBe(303);
    await gives(5, held);
    expect((await promoted()).map(one => [one.personId, one.resourceId, one.part, one.hours])).toEqual([
      [person(6).personId, called('P1'), 'day', null],
    ]);
  });

  test('a wait that is refused says so beside the hours, which are kept', async () => {
    const odd = await app(person(3)).request('/attente', form({ ...asks, a: '10:50' }));
    expect(odd.status).toBe(422);
    const html = await odd.text();
    expect(html).toContain('Les heures vont de quart d’heure en quart d’heure');
    expect(html).toContain('value="10:50"');
    const free = await app(person(3)).request('/attente', form({ ...asks, de: '14:00', a: '15:00' }));
    expect([free.status, (await free.text()).includes('Il reste de la place jeudi 18 juin de 14:00 à 15:00')]).toEqual([
      409,
      true,
    ]);
    expect(await askedBefore(3)).toEqual([]);
  });

  test('why the answer is no is told of the hours that were asked for', async () => {
    const html = await (await app(person(3)).request('/reserver', form(asks))).text();
    const why = /href="(\/reserver\/pourquoi[^"]*)"/.exec(html)![1]!.replaceAll('&amp;', '&');
    const told = await (await app(person(3)).request(why)).text();
    expect(told).toContain('jeudi 18 juin de 9:30 à 10:45');
    expect(told).toContain('Tout est pris');
  });

  test('/api/v1/waits has the same fields as a booking', async () => {
    const send = (body: object) =>
      app(person(3)).request('/api/v1/waits', json('POST', { space_id: space.spaceId, day, ...body }));
    const joined = await send({ kind: 'meeting_room', begins_min: 570, ends_min: 645 });
    expect([joined.status, await joined.json()]).toEqual([
      201,
      expect.objectContaining({ kind: 'meeting_room', part: 'morning', begins_min: 570, ends_min: 645 }),
    ]);
    const told = await (await app(person(3)).request('/api/v1/waits')).json();
    expect(told).toMatchObject({ waits: [{ day, begins_min: 570, ends_min: 645, before: 0 }] });
    for (const [body, code] of [
      [{ kind: 'meeting_room', begins_min: 571, ends_min: 645 }, 'booking.odd_hours'],
      [{ kind: 'meeting_room', begins_min: 570 }, 'booking.odd_hours'],
      [{ kind: 'meeting_room' }, 'booking.no_moment'],
      [{ kind: 'desk', begins_min: 570, ends_min: 645 }, 'booking.not_by_the_hour'],
      [{ kind: 'meeting_room', begins_min: 720, ends_min: 840 }, 'booking.outside_hours'],
    ] as const)
      expect(await (await send(body)).json()).toMatchObject({ code });
  });
});

test('the mail says the hours, once, and brings them to the calendar', async () => {
  const maya = { email: 'maya@example.org', firstName: 'Maya', lastName: 'Essai', locale: 'en' as const };
  const { personId } = done(await net.work(w => addPersons(w, operator, [maya])))[0]!;
  const held = await holds(1, 'Salle haute', hours(9, 11));
  await holds(2, 'Salle basse', hours(9, 11));
  const asked = { spaceId: space.spaceId, day, ...room, ...hours(9, 10.5) };
  done(await net.work(w => wait(w, { ...person(3), personId }, asked)));
  await gives(1, held);
  await promoted();
  const [mine] = await net.work(w => bookingsOf(w, { personId, from: day, to: day }));
  const mails: Mail[] = [];
  const shell = {
    settings: { publicUrl: null, mailFrom: 'Parvis <parvis@example.org>' },
    post: async (mail: Mail) => void mails.push(mail),
    db: net.database.db,
    clock: () => instant('2026-06-15T08:01:00Z'),
    newId: randomId,
  } as unknown as Shell;
  const [tell] = listeners(shell)['booking.promoted']!;
  await tell!({ network_id: net.networkId, booking_ids: [mine!.bookingId] });
  expect(mails.map(mail => mail.subject)).toEqual(['A place is free again: Thursday 18 June, 9:00 to 10:30']);
  expect(mails[0]!.text).toContain('Thursday 18 June, 9:00 to 10:30\nSalle haute, L’Atelier');
  const event = mails[0]!.attachments![0]!.content;
  for (const line of ['DTSTART:20260618T070000Z', 'DTEND:20260618T083000Z']) expect(event).toContain(line);
});
