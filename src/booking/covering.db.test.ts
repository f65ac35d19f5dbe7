import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { json, roomApp } from '../../tools/room-app.ts';
import { done as value } from '../../tools/small-network.ts';
import { statement } from '../billing/billing.ts';
import type { Id } from '../kernel/ids.ts';
import type { Day, DayPart } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { type OfferAsked, offerPass, passesOf, sell } from '../passes/passes.ts';
import { addPersons, appointFirstOperator } from '../people/people.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addResource, addSpaces, close, type Space, setTariff } from '../spaces/spaces.ts';
import {
  type Booking,
  book,
  bookMany,
  cancel,
  confirm,
  decide,
  endPending,
  forgetPerson,
  freeClosed,
  isCharged,
  move,
  offerFor,
  setPolicy,
} from './booking.ts';
import { routes } from './routes.ts';

let net: TestNetwork;
let operator: Actor;
let maya: Actor;
let space: Space;
const day: Day = '2026-06-18';

beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  const named = (firstName: string) => ({ email: `${firstName}@example.org`, firstName, lastName: 'Essai' });
  operator = value(await net.work(w => appointFirstOperator(w, named('Olga'))));
  const [person] = value(await net.work(w => addPersons(w, operator, [named('Maya')])));
  maya = { personId: person!.personId, firstName: 'Maya', memberships: [{ role: 'worker', scope: null }] };
  const resources = Array.from({ length: 12 }, (_, n) => ({ kind: 'desk' as const, name: `Bureau ${n}`, capacity: 1 }));
  [space] = value(await net.work(w => addSpaces(w, operator, [sampleSpace({ resources })]))) as [Space];
});

const buys = async (quantity: number, over: Partial<OfferAsked> = {}): Promise<Id<'pas'>> => {
  const offer = {
    ...{ spaceId: space.spaceId, everywhere: false, name: 'Carnet', kind: 'half_days' as const, quantity },
    ...{ price_eur_cents: 0n, deliberation: '2026-12', validity_days: 30, resourceKinds: ['desk'], ...over },
  };
  const { offerId } = value(await net.work(w => offerPass(w, operator, offer)));
  const sale = { offerId, spaceId: space.spaceId, personId: maya.personId };
  return value(await net.work(w => sell(w, operator, sale))).passId;
};
const books = (part: DayPart = 'day', on: Day = day, hold = false) =>
  net.work(w => book(w, maya, { spaceId: space.spaceId, day: on, part, hold }));
const left = async () => (await net.work(w => passesOf(w, maya))).map(one => one.pass.balance).toSorted();
const owed = async () =>
  (await net.work(w => statement(w, { payerId: maya.personId, month: '2026-06' }))).amount_eur_cents;
const paid = ({ price_eur_cents, covered_eur_cents }: Booking) => [price_eur_cents, covered_eur_cents];

describe('a place that a person pays for', () => {
  test('is paid by their pass first, whole or in part, and the rest is charged', async () => {
    await buys(3);
    expect(paid(value(await books()))).toEqual([0n, 1400n]);
    const half = value(await books('day', '2026-06-19'));
    expect(paid(half)).toEqual([700n, 700n]);
    expect([await left(), await owed()]).toEqual([[0], 700n]);
    expect(paid(value(await books('morning', '2026-06-22')))).toEqual([800n, 0n]);
  });

  test('by the hour is paid by minutes of a pass, and takes no half-day of it', async () => {
    await buys(4, { resourceKinds: ['meeting_room'] });
    await buys(45, { kind: 'minutes', resourceKinds: ['meeting_room'] });
    const at = { deliberation: '2026-12', spaceId: space.spaceId, from: '2026-06-15' as Day };
    const room = { kind: 'meeting_room' as const, name: 'Salle', capacity: 4, spaceId: space.spaceId };
    value(await net.work(w => addResource(w, operator, room)));
    const price = { ...at, kind: 'meeting_room' as const, part: 'hour' as const, amount_eur_cents: 1000n };
    value(await net.work(w => setTariff(w, operator, price)));
    const hours = { begins_min: 540, ends_min: 600 };
    const asked = { spaceId: space.spaceId, day, kind: 'meeting_room' as const, part: 'morning' as const, hours };
    expect(paid(value(await net.work(w => book(w, maya, asked))))).toEqual([250n, 750n]);
    expect(await left()).toEqual([0, 4]);
  });

  test('bears a trace when a pass pays it all', async () => {
    await buys(2);
    expect(isCharged(value(await books()))).toBe(true);
  });

  test('on a day after the end is not paid by it, even booked before', async () => {
    await buys(5, { validity_days: 4 });
    expect(paid(value(await books('day', '2026-06-18')))).toEqual([0n, 1400n]);
    expect(paid(value(await books('day', '2026-06-19')))).toEqual([1400n, 0n]);
  });

  test('asked again under its id, draws once', async () => {
    await buys(3);
    const asked = { spaceId: space.spaceId, day, part: 'morning' as const, bookingId: 'bkg_mine00001' as const };
    await Promise.all(Array.from({ length: 8 }, () => net.work(w => book(w, maya, asked))));
    expect(await left()).toEqual([2]);
  });

  test('an offer tells what would be paid, and takes nothing', async () => {
    await buys(1);
    const asked = { spaceId: space.spaceId, day, part: 'day' as const, personId: maya.personId };
    const offer = value(await net.work(w => offerFor(w, asked)));
    expect([offer.price_eur_cents, offer.covered_eur_cents, await left()]).toEqual([700n, 700n, [1]]);
  });

  test('given back free of charge, gives units back; charged late, does not', async () => {
    await buys(4);
    const [early, late] = [value(await books()), value(await books('day', '2026-06-16'))];
    value(await net.work(w => cancel(w, maya, early)));
    expect(await left()).toEqual([2]);
    net.at('2026-06-15T18:00:00Z');
    expect(value(await net.work(w => cancel(w, maya, late))).refunded).toBe(false);
    for (let n = 0; n < 2; n++) value(await net.work(w => cancel(w, maya, late)));
    expect(await left()).toEqual([2]);
    const draws = (await net.work(w => passesOf(w, maya)))[0]!.draws.map(one => [one.day, one.quantity]);
    expect(draws.toSorted()).toEqual([
      ['2026-06-16', 2],
      ['2026-06-18', -2],
      ['2026-06-18', 2],
    ]);
  });

  test('moved, gives back and draws again', async () => {
    await buys(2);
    const before = value(await books('morning'));
    const after = value(await net.work(w => move(w, maya, { bookingId: before.bookingId, part: 'day' })));
    expect([paid(after), await left()]).toEqual([[0n, 1400n], [0]]);
    const far = value(await net.work(w => move(w, maya, { bookingId: after.bookingId, day: '2026-07-20' })));
    expect([paid(far), await left()]).toEqual([[1400n, 0n], [2]]);
  });

  test('closed by its space, gives units back', async () => {
    await buys(2);
    value(await books());
    const closure = { spaceId: space.spaceId, firstDay: day, lastDay: day, reason: 'works' as const };
    value(await net.work(w => close(w, operator, closure)));
    await net.work(w => freeClosed(w, { spaceId: space.spaceId, from: day, to: day }));
    expect(await left()).toEqual([2]);
  });
});

describe('a place that is kept', () => {
  test('keeps its units with it, and its price when it is confirmed', async () => {
    await buys(2);
    const held = value(await books('day', day, true));
    expect([paid(held), await left(), await owed()]).toEqual([[0n, 1400n], [0], 0n]);
    const standing = value(await net.work(w => confirm(w, maya, held.bookingId)));
    expect([paid(standing), await left(), await owed()]).toEqual([[0n, 1400n], [0], 0n]);
  });

  test('gives them back when nobody confirms it, at once for whoever asks next', async () => {
    await buys(2);
    value(await books('day', day, true));
    net.at('2026-06-15T08:11:00Z');
    expect(paid(value(await books()))).toEqual([0n, 1400n]);
    value(await books('day', '2026-06-19', true));
    net.at('2026-06-15T08:22:00Z');
    await net.work(endPending);
    expect(await left()).toEqual([0]);
  });

  test('refused by the space, gives them back', async () => {
    await buys(2);
    const rules = { furthest_days: 60, cancel_hours: 24, late_cancellation: 'charged', notice_minutes: 0 } as const;
    const policy = {
      ...rules,
      approval: 'required' as const,
      half_days_a_week: null,
      guests_a_day: 2,
      by_host: [],
      buffer_minutes: 0,
    };
    value(await net.work(w => setPolicy(w, operator, { ...policy, spaceId: space.spaceId, from: '2026-06-15' })));
    const asked = value(await books());
    expect([asked.status, await left()]).toEqual(['requested', [0]]);
    const no = { bookingId: asked.bookingId, approved: false, reason: '' };
    value(await net.work(w => decide(w, operator, no)));
    expect(await left()).toEqual([2]);
  });
});

test('forty connections book days of one person with ten half-day units: ten halves are paid, no more, and the sum is exact', async () => {
  await buys(10);
  const days = Array.from({ length: 40 }, (_, n) => `2026-06-${String(16 + (n % 10)).padStart(2, '0')}` as Day);
  const outcomes = await Promise.all(days.map((on, n) => books(n % 20 < 10 ? 'morning' : 'afternoon', on)));
  const made = outcomes.flatMap(one => (one.ok ? [one.value] : []));
  const covered = made.filter(one => one.covered_eur_cents > 0n);
  expect([covered.length, await left()]).toEqual([10, [0]]);
  expect(await owed()).toBe(800n * BigInt(made.length - 10));
  await Promise.all(made.map(one => net.work(w => cancel(w, maya, one))));
  const late = made.filter(one => one.day === '2026-06-16' && one.covered_eur_cents > 0n).length;
  expect((await left())[0]).toBeGreaterThanOrEqual(10 - late);
});

test('a list draws in order; whoever has no pass pays as before', async () => {
  await buys(1);
  const asked = [maya.personId, 'per_nobody001' as const, maya.personId].map((personId, n) => ({
    ...{ spaceId: space.spaceId, day: `2026-06-${18 + (n === 2 ? 1 : 0)}` as Day, part: 'morning' as const, personId },
  }));
  const made = (await net.work(w => bookMany(w, asked))).map(value);
  expect(made.map(paid)).toEqual([
    [0n, 800n],
    [800n, 0n],
    [800n, 0n],
  ]);
});

test('I-41: of someone erased no draw tells which bookings were theirs', async () => {
  await buys(4);
  value(await books());
  value(await books('day', '2026-06-19'));
  net.at('2026-06-18T20:00:00Z');
  await net.work(w => forgetPerson(w, maya.personId));
  const draws = await sql`select 1 from passes.draw`.execute(net.database.db);
  const known = await sql`select 1 from passes.pass where person_id is not null`.execute(net.database.db);
  expect([draws.rows, known.rows]).toEqual([[], []]);
});

describe('on the web and in the API', () => {
  const app = () => roomApp(net, [routes], { actor: maya });

  test('the form says what a pass would pay and leave, the booking what it paid', async () => {
    await buys(3);
    const page = await (await app().request(`/reserver?espace=${space.slug}&jour=${day}`)).text();
    expect(page).toMatch(/Bureau \d+ · 2 demi-journées de votre carnet «\u00a0Carnet\u00a0», reste 1 demi-journée/);
    const { bookingId } = value(await books());
    const sheet = await (await app().request(`/reservations/${bookingId}`)).text();
    expect(sheet).toContain('2 demi-journées de votre carnet «\u00a0Carnet\u00a0», reste 1 demi-journée');
  });

  test('/api/v1/bookings tells what is left to pay and what was paid', async () => {
    await buys(1);
    const body = { space_id: space.spaceId, day, part: 'day' };
    const made = await app().request('/api/v1/bookings', json('POST', body));
    expect([made.status, await made.json()]).toMatchObject([
      201,
      { price_eur_cents: '700', covered_eur_cents: '700', payer_kind: 'person' },
    ]);
  });
});
