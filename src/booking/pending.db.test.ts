import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { statement } from '../billing/billing.ts';
import { listeners as everyone } from '../events.ts';
import type { Id } from '../kernel/ids.ts';
import { type Day, type DayPart, instant } from '../kernel/time.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { addPersons, grant } from '../people/people.ts';
import { randomId } from '../platform/clock.ts';
import type { Shell } from '../platform/http.ts';
import { hearAll } from '../platform/jobs.ts';
import { silentLog } from '../platform/log.ts';
import type { Mail } from '../platform/mail.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import {
  type Booking,
  book,
  bookingsOn,
  cancel,
  confirm,
  confirmedOf,
  decide,
  endPending,
  freeDesks,
  move,
  setPolicy,
  wait,
} from './booking.ts';
import { defaultPolicy } from './policy.ts';
import { routes } from './routes.ts';
import { selectByIds, selectPolicies } from './store.ts';

const person = (n: number, role: Role = 'worker', scope: Id | null = null): Actor => ({
  personId: `per_${String(n).padStart(8, '0')}`,
  firstName: `Personne ${n}`,
  memberships: [{ role, scope }],
});
const operator = person(99, 'network_operator');

let net: TestNetwork;
let space: Space;
const today: Day = '2026-06-15';
const day: Day = '2026-06-18';
const host = () => person(9, 'host', space.spaceId);

beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  const one = [{ kind: 'desk' as const, name: 'Bureau 1', capacity: 1 }];
  [space] = done(await net.work(w => addSpaces(w, operator, [sampleSpace({ resources: one })]))) as [Space];
});

const holds = (n: number, part: DayPart = 'day') =>
  net.work(w => book(w, person(n), { spaceId: space.spaceId, day, part, hold: true }));
const books = (who: Actor, more: { personId?: Id<'per'> } = {}) =>
  net.work(w => book(w, who, { spaceId: space.spaceId, day, part: 'day', ...more }));
const confirms = (n: number, { bookingId }: Booking) => net.work(w => confirm(w, person(n), bookingId));
const answers = (who: Actor, { bookingId }: Booking, approved: boolean, reason = '') =>
  net.work(w => decide(w, who, { bookingId, approved, reason }));
const owed = async (n: number) =>
  (await net.work(w => statement(w, { payerId: person(n).personId, month: '2026-06' }))).amount_eur_cents;
const now = async ({ bookingId }: Booking) => (await net.work(w => selectByIds(w, [bookingId])))[0]!;
const asksApproval = () =>
  net.work(w =>
    setPolicy(w, operator, {
      ...{ spaceId: space.spaceId, from: today, ...defaultPolicy, furthest_days: 60, cancel_hours: 24 },
      ...{ late_cancellation: 'charged', approval: 'required' },
    }),
  );

describe('a place kept', () => {
  test('is nobody else’s, is not charged, and proves nothing; confirmed, it is a booking like any other', async () => {
    const held = done(await holds(1));
    expect([held.status, held.heldUntil?.toString()]).toEqual(['held', '2026-06-15T08:10:00Z']);
    expect(codeOf(await books(person(2)))).toBe('booking.space_full');
    expect([await owed(1), await net.work(w => bookingsOn(w, { day }))]).toEqual([0n, []]);
    const theirs = { personId: person(1).personId, from: day, to: day };
    expect(await net.work(w => confirmedOf(w, theirs))).toEqual([]);
    net.at('2026-06-15T08:09:59Z');
    const stands = done(await confirms(1, held));
    expect([stands.status, stands.heldUntil]).toEqual(['confirmed', null]);
    expect(await owed(1)).toBe(held.price_eur_cents);
    expect(done(await confirms(1, held))).toEqual(stands);
    expect(await owed(1)).toBe(held.price_eur_cents);
  });

  test('not confirmed in time is free for the next who asks, before any clock strikes', async () => {
    const held = done(await holds(1));
    net.at('2026-06-15T08:10:00Z');
    const free = await net.work(w => freeDesks(w, { spaceIds: [space.spaceId], days: [day] }));
    expect(free.map(line => line.free)).toEqual([1, 1]);
    expect(codeOf(await books(person(2)))).toBe('accepted');
    expect(codeOf(await confirms(1, held))).toBe('booking.hold_over');
    const late = done(
      await net.work(w => book(w, person(3), { spaceId: space.spaceId, day: '2026-06-19', part: 'day', hold: true })),
    );
    net.at('2026-06-15T08:20:00Z');
    const moved = await net.work(w => move(w, person(3), { bookingId: late.bookingId, part: 'morning' }));
    expect(codeOf(moved)).toBe('booking.hold_over');
    expect((await now(held)).status).toBe('cancelled');
  });

  test('ends by the clock too, and goes to whoever waits', async () => {
    const held = done(await holds(1));
    done(await net.work(w => wait(w, person(2), { spaceId: space.spaceId, day, part: 'day' })));
    expect(await net.work(endPending)).toEqual([]);
    net.at('2026-06-15T08:11:00Z');
    expect((await net.work(endPending)).map(one => one.bookingId)).toEqual([held.bookingId]);
    await hearAll(net.database, { listeners: everyone(shellOf([])), log: silentLog });
    expect((await net.work(w => bookingsOn(w, { day }))).map(one => one.personId)).toEqual([person(2).personId]);
  });

  test('given back costs nothing, however late; moved, it is kept anew', async () => {
    const held = done(await holds(1, 'morning'));
    const moved = done(await net.work(w => move(w, person(1), { bookingId: held.bookingId, part: 'afternoon' })));
    expect([moved.status, moved.continues]).toEqual(['held', held.bookingId]);
    done(await net.work(w => cancel(w, person(1), { bookingId: moved.bookingId })));
    expect(await owed(1)).toBe(0n);
  });

  test('sixteen rivals for a hold that ends now: one gets it', async () => {
    done(await holds(1));
    net.at('2026-06-15T08:10:00Z');
    const outcomes = await Promise.all(Array.from({ length: 16 }, (_, n) => books(person(20 + n))));
    expect(outcomes.filter(one => one.ok)).toHaveLength(1);
    const live = await net.work(w =>
      sql<{ n: number }>`select count(*)::int as n from booking.booking where status <> 'cancelled'`.execute(w.tx),
    );
    expect(live.rows[0]!.n).toBe(1);
  });

  test('the database refuses a pending booking without a term, and a confirmed one with a term', async () => {
    const held = done(await holds(1));
    const set = (text: string) =>
      net.database.pool.query(`update booking.booking set ${text} where booking_id = '${held.bookingId}'`);
    for (const text of ["status = 'confirmed'", 'held_until = null'])
      await expect(set(text)).rejects.toThrow('only_what_is_pending_ends_by_itself');
  });
});

const shellOf = (mails: Mail[]) =>
  ({
    settings: { publicUrl: 'https://parvis.example', mailFrom: 'Parvis <parvis@example.org>' },
    post: async (mail: Mail) => {
      mails.push(mail);
    },
    db: net.database.db,
    clock: () => instant('2026-06-15T08:11:00Z'),
    newId: randomId,
  }) as unknown as Shell;

describe('where the space accepts each request', () => {
  test('a request keeps the place, uncharged, until it is answered; a host’s own booking stands at once', async () => {
    done(await asksApproval());
    const asked = done(await books(person(1)));
    expect([asked.status, asked.heldUntil?.toString()]).toEqual(['requested', asked.during.from.toString()]);
    expect(codeOf(await books(person(2)))).toBe('booking.space_full');
    expect(codeOf(await confirms(1, asked))).toBe('booking.awaits_approval');
    expect(codeOf(await answers(person(1), asked, true))).toBe('booking.not_yours');
    expect(await owed(1)).toBe(0n);
    expect(done(await answers(host(), asked, true)).status).toBe('confirmed');
    expect(done(await answers(host(), asked, true)).status).toBe('confirmed');
    expect(codeOf(await answers(host(), asked, false))).toBe('booking.nothing_to_decide');
    expect(await owed(1)).toBe(asked.price_eur_cents);
    done(await net.work(w => cancel(w, person(1), { bookingId: asked.bookingId })));
    expect(done(await books(host(), { personId: person(3).personId })).status).toBe('confirmed');
  });

  test('declined, the place is free again, nothing is due, and the same answer changes nothing', async () => {
    done(await asksApproval());
    const asked = done(await books(person(1)));
    expect(done(await answers(host(), asked, false)).status).toBe('cancelled');
    expect(done(await answers(host(), asked, false)).status).toBe('cancelled');
    expect(await owed(1)).toBe(0n);
    expect(codeOf(await books(person(2)))).toBe('accepted');
  });

  test('hosts are mailed the request, the person the answer, once each', async () => {
    done(await asksApproval());
    const sheets = ['maya', 'noe', 'ancien'].map(name => ({
      ...{ email: `${name}@example.org`, firstName: name, lastName: 'Essai', locale: 'fr' as const },
    }));
    const [maya, noe, gone] = done(await net.work(w => addPersons(w, operator, sheets))).map(one => one.personId);
    const roles = [
      { personId: noe!, role: 'host' as const, scope: space.spaceId },
      { personId: gone!, role: 'host' as const, scope: space.spaceId, until: instant('2026-06-15T08:00:30Z') },
    ];
    done(await net.work(w => grant(w, operator, roles)));
    const asked = done(await books({ ...person(1), personId: maya! }));
    const mails: Mail[] = [];
    const hear = () => hearAll(net.database, { listeners: everyone(shellOf(mails)), log: silentLog });
    await hear();
    expect(mails.map(mail => [mail.to, mail.subject])).toEqual([
      ['noe@example.org', 'Demande à accepter : maya E., jeudi 18 juin, toute la journée'],
    ]);
    expect(mails[0]!.text).toContain(`https://parvis.example/reservations/${asked.bookingId}`);
    done(await answers(host(), asked, true, 'La clé est à la mairie.'));
    await hear();
    expect(mails.slice(1).map(mail => [mail.to, mail.subject])).toEqual([
      ['maya@example.org', 'Demande acceptée : jeudi 18 juin, toute la journée'],
    ]);
    expect(mails[1]!.text).toContain('« La clé est à la mairie. »');
    expect(mails[1]!.attachments![0]!.content).toContain('STATUS:CONFIRMED');
  });
});

describe('on the web and in the API', () => {
  const app = (actor: Actor) => roomApp(net, [routes], { actor });

  test('the sheet of a place kept says until when, and confirms it', async () => {
    const held = done(await holds(1));
    const page = await (await app(person(1)).request(`/reservations/${held.bookingId}`)).text();
    expect(page).toContain('Elle est gardée jusqu’à 10:10');
    const sent = await app(person(1)).request(`/reservations/${held.bookingId}/confirmer`, form({}));
    expect(sent.status).toBe(303);
    expect(await (await app(person(1)).request(sent.headers.get('location')!)).text()).toContain('C’est réservé');
  });

  test('a host answers on the sheet; whoever asked only sees that it waits', async () => {
    done(await asksApproval());
    const asked = done(await books(person(1)));
    const sheet = `/reservations/${asked.bookingId}`;
    expect(await (await app(person(1)).request(sheet)).text()).toContain('Demande envoyée');
    expect(await (await app(host()).request(sheet)).text()).toContain('Accepter cette demande');
    // Told on the board whatever the week shown, until it is answered.
    const board = async () => (await app(host()).request(`/planning/${space.slug}?jour=${today}&vue=jour`)).text();
    expect(await board()).toContain('1 demande à accepter');
    const sent = await app(host()).request(`${sheet}/reponse`, form({ reponse: 'non', mot: 'Travaux' }));
    expect(sent.status).toBe(303);
    expect((await now(asked)).status).toBe('cancelled');
    expect(await board()).not.toContain('à accepter');
  });

  test('POST /bookings with hold keeps it, …/confirm books it, …/decision answers a request', async () => {
    const where = { space_id: space.spaceId, day, part: 'day' };
    const kept = await app(person(1)).request('/api/v1/bookings', json('POST', { ...where, hold: true }));
    const { booking_id, status } = (await kept.json()) as { booking_id: string; status: string };
    expect([kept.status, status]).toEqual([201, 'held']);
    const booked = await app(person(1)).request(`/api/v1/bookings/${booking_id}/confirm`, json('POST', {}));
    expect(await booked.json()).toMatchObject({ status: 'confirmed', held_until: null });
    const answered = await app(host()).request(
      `/api/v1/bookings/${booking_id}/decision`,
      json('POST', { approved: true }),
    );
    expect(answered.status).toBe(200);
  });

  test('a manager reads and sets the rules; others may not, and what is out of range is told', async () => {
    const manager = person(7, 'space_manager', space.spaceId);
    const page = `/regles/${space.slug}`;
    expect((await app(person(1)).request(page)).status).toBe(403);
    expect(await (await app(manager).request(page)).text()).toContain('Règles de réservation');
    const rules = { jours: '30', heures: '48', retard: 'refused', accord: 'required', du: today };
    expect((await app(manager).request(page, form(rules))).status).toBe(303);
    const told = await (
      await app(manager).request(`/api/v1/spaces/${space.spaceId}/booking-policy?day=${today}`)
    ).json();
    expect(told).toEqual({
      ...defaultPolicy,
      furthest_days: 30,
      cancel_hours: 48,
      late_cancellation: 'refused',
      approval: 'required',
    });
    const more = { preavis: '120', semaine: '4', accueil: 'office' };
    expect((await app(manager).request(page, form({ ...rules, ...more }))).status).toBe(303);
    const [kept] = await net.work(w => selectPolicies(w, [space.spaceId]));
    expect(kept).toMatchObject({ notice_minutes: 120, half_days_a_week: 4, by_host: ['office'] });
    for (const wrong of [{ preavis: '43201' }, { semaine: '15' }, { preavis: '-1' }])
      expect((await app(manager).request(page, form({ ...rules, ...wrong }))).status).toBe(422);
    const wrong = await app(manager).request(page, form({ ...rules, jours: '9999' }));
    expect([wrong.status, (await wrong.text()).includes('9999')]).toEqual([422, true]);
  });
});
