import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Said } from '../../tools/door-server.ts';
import { type DoorTown, openDoorTown, operator, worker } from '../../tools/door-town.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { type Booking, cancel, confirm, decide, move, setPolicy } from '../booking/booking.ts';
import type { Day } from '../kernel/time.ts';
import { systemChance } from '../platform/clock.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { close } from '../spaces/spaces.ts';
import { codesOf, retryDoors, setOpened } from './access.ts';
import { checkLock } from './jobs/telling.ts';
import { listeners } from './jobs.ts';

const day = '2026-06-16' as Day;
let town: DoorTown;
let { net, door, space, office, means, world, at, hear, minute, lock, someoneBooks, grants, grantOf, codes } =
  {} as DoorTown;
beforeEach(async () => {
  town = await openDoorTown();
  ({ net, door, space, office, means, world, at, hear, minute, lock, someoneBooks, grants, grantOf, codes } = town);
  return town.close;
});

const said = (n = -1) => door.heard.filter(one => one.method === 'PUT').at(n)?.body;
const stateOf = async (booking: Booking) => (await grantOf(booking)).state;
const placesOf = (event: 'booking.taken' | 'booking.freed', from = world()) =>
  listeners(from)[event]![0]!({ network_id: net.networkId, space_ids: [space.spaceId], days: [day] });

describe('a booking opens its doors', () => {
  test('the lock is told after commit, with a margin, and of nobody by name', async () => {
    const { n, booking } = await someoneBooks();
    expect(door.heard).toEqual([]);
    await hear();
    const { grantId } = await grantOf(booking);
    expect(door.heard).toHaveLength(1);
    expect(door.heard[0]).toMatchObject({ method: 'PUT', path: `/grants/${grantId}`, token: 'jeton-secret' });
    expect(said()).toEqual({
      ...{ schema: 'parvis.access/1', grant_id: grantId, revision: 1, space_id: space.spaceId, state: 'open' },
      ...{ from: '2026-06-16T06:15:00Z', until: '2026-06-16T11:00:00Z', groups: ['front'] },
      ...{ holder: expect.stringMatching(/^[0-9a-f]{32}$/), pin: expect.stringMatching(/^\d{6}$/) },
    });
    expect(JSON.stringify(said())).not.toContain(worker(n).personId);
    const { door: shown } = await codes(n, booking);
    expect(shown).toMatchObject({ state: 'granted', pin: said()!['pin'] });
  });

  test('an office opens its own door besides', async () => {
    await someoneBooks({ resourceId: office, kind: 'office' });
    await hear();
    expect(said()).toMatchObject({ groups: ['front', 'office'] });
  });

  test('told twice of the same announcement, it tells the lock once', async () => {
    const { booking } = await someoneBooks();
    await hear();
    await placesOf('booking.taken');
    await hear();
    await minute();
    expect(door.heard).toHaveLength(1);
    expect((await grantOf(booking)).revision).toBe(1);
  });

  test('a place that is only kept opens nothing until it is confirmed', async () => {
    const { n, booking } = await someoneBooks({ hold: true });
    await hear();
    expect(door.heard).toEqual([]);
    done(await net.work(w => confirm(w, worker(n), booking.bookingId)));
    await hear();
    expect(await stateOf(booking)).toBe('granted');
  });

  test('nor does a request until it is accepted', async () => {
    const policy = {
      furthest_days: 60,
      notice_minutes: 0,
      half_days_a_week: null,
      guests_a_day: 2,
      by_host: [],
      buffer_minutes: 0,
      cancel_hours: 24,
      late_cancellation: 'charged',
      approval: 'required',
    } as const;
    const from = '2026-06-15' as Day;
    done(await net.work(w => setPolicy(w, operator, { spaceId: space.spaceId, from, ...policy })));
    const { booking } = await someoneBooks();
    await hear();
    expect(door.heard).toEqual([]);
    const { bookingId } = booking;
    done(await net.work(w => decide(w, operator, { bookingId, approved: true, reason: '' })));
    await hear();
    expect(await stateOf(booking)).toBe('granted');
  });
});

describe('what changes is told', () => {
  test('a cancelled booking is withdrawn, under the same id and a later revision', async () => {
    const { n, booking } = await someoneBooks();
    await hear();
    done(await net.work(w => cancel(w, worker(n), booking)));
    await hear();
    expect(said()).toMatchObject({ revision: 2, state: 'withdrawn', groups: [], pin: null, holder: null });
    expect(said()!['grant_id']).toBe(said(0)!['grant_id']);
    expect(await stateOf(booking)).toBe('withdrawn');
    expect((await codes(n, booking)).door).toBeNull();
  });

  test('a moved booking gives its doors back and gets others', async () => {
    const { booking } = await someoneBooks();
    await hear();
    const to = '2026-06-17' as Day;
    const after = done(await net.work(w => move(w, operator, { bookingId: booking.bookingId, day: to })));
    await hear();
    expect([await stateOf(booking), await stateOf(after)]).toEqual(['withdrawn', 'granted']);
    expect((await grantOf(after)).during.from.toString()).toBe('2026-06-17T06:15:00Z');
  });

  test('a closure withdraws what it gives back', async () => {
    const { booking } = await someoneBooks();
    await hear();
    const closure = { spaceId: space.spaceId, firstDay: day, lastDay: day, reason: 'works' } as const;
    done(await net.work(w => close(w, operator, closure)));
    await hear();
    expect(await stateOf(booking)).toBe('withdrawn');
  });

  test('what was cancelled before the lock heard of it is never told', async () => {
    const { n, booking } = await someoneBooks();
    await placesOf('booking.taken');
    done(await net.work(w => cancel(w, worker(n), booking)));
    await placesOf('booking.freed');
    await hear();
    expect(door.heard).toEqual([]);
    expect(await grantOf(booking)).toMatchObject({ state: 'withdrawn', sentRevision: 0 });
  });

  test('a booking cancelled while its grant is under way ends withdrawn, in that order', async () => {
    const { n, booking } = await someoneBooks();
    door.say(async ({ body }) => {
      if (body!['state'] === 'open') {
        done(await net.work(w => cancel(w, worker(n), booking)));
        // Another worker hears of it at once: it must not speak over the one that is speaking.
        await placesOf('booking.freed');
        await minute();
      }
      return { status: 204 };
    });
    await hear();
    expect(door.heard.map(one => [one.body!['revision'], one.body!['state']])).toEqual([
      [1, 'open'],
      [2, 'withdrawn'],
    ]);
    expect(await stateOf(booking)).toBe('withdrawn');
  });

  test('other margins and other doors are told for what is to come', async () => {
    const { booking } = await someoneBooks();
    await hear();
    const { pin } = said()!;
    done(await lock({ token: undefined, before_min: 0 }));
    await hear();
    expect(said()).toMatchObject({ revision: 2, from: '2026-06-16T06:30:00Z', pin });
    done(await lock({ token: undefined, before_min: 0, givesPin: false }));
    await hear();
    expect(said()).toMatchObject({ revision: 3, pin: null });
    done(await net.work(w => setOpened(w, operator, { spaceId: space.spaceId, everyone: [], resources: [], means })));
    await hear();
    expect(await stateOf(booking)).toBe('withdrawn');
    done(await lock({ token: 'autre' }));
    const opened = { spaceId: space.spaceId, everyone: ['front'], resources: [], means };
    done(await net.work(w => setOpened(w, operator, opened)));
    await hear();
    expect(await stateOf(booking)).toBe('granted');
    expect(door.heard.at(-1)!.token).toBe('autre');
  });

  test('a lock switched off withdraws everything; the token follows to no other address', async () => {
    const { booking } = await someoneBooks();
    await hear();
    expect(codeOf(await lock({ token: undefined, address: 'https://ailleurs.invalid' }))).toBe('access.token_missing');
    done(await lock({ token: undefined, opens: false }));
    await hear();
    expect(await stateOf(booking)).toBe('withdrawn');
  });
});

describe('two bookings that touch', () => {
  test('both open during the margins, each with its own code; one given back leaves the other', async () => {
    const first = await someoneBooks({ resourceId: office, kind: 'office', part: 'morning' });
    const second = await someoneBooks({ resourceId: office, kind: 'office', part: 'afternoon' });
    done(await lock({ token: undefined, before_min: 60, after_min: 60 }));
    await hear();
    const [a, b] = [await codes(first.n, first.booking), await codes(second.n, second.booking)];
    expect(a.door!.until.epochMilliseconds).toBeGreaterThan(b.door!.from.epochMilliseconds);
    expect(a.door!.pin).not.toBe(b.door!.pin);
    done(await net.work(w => cancel(w, worker(first.n), first.booking)));
    await hear();
    expect(await stateOf(second.booking)).toBe('granted');
    expect((await codes(second.n, second.booking)).door!.pin).toBe(b.door!.pin);
  });

  test('one_code_per_space_at_a_time: chance that repeats itself gives another code', async () => {
    const draws = [7, 7, 7, 8].map(n => Buffer.from([0, 0, 1, n]));
    const scripted = (bytes: number) => (bytes === 4 && draws.length > 0 ? draws.shift()! : systemChance(bytes));
    const [first, second] = [await someoneBooks(), await someoneBooks()];
    await placesOf('booking.taken', world({ chance: scripted }));
    await hear();
    const pins = [await codes(first.n, first.booking), await codes(second.n, second.booking)].map(one => one.door!.pin);
    expect(pins.toSorted()).toEqual(['000263', '000264']);
  });
});

describe('many at once', () => {
  test('hear of the same places and call the same minute: one grant a booking, told once', async () => {
    const { booking } = await someoneBooks();
    const other = await someoneBooks({ part: 'day' });
    door.say(() => ({ status: 204, after_ms: 100 }));
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => placesOf('booking.taken')));
    await Promise.all([...[1, 2, 3, 4, 5].map(() => minute()), hear()]);
    expect(door.heard.map(one => one.body!['revision'])).toEqual([1, 1]);
    expect([await stateOf(booking), await stateOf(other.booking)]).toEqual(['granted', 'granted']);
  });

  test('whoever was telling and is gone gives way after half a minute, under the same revision', async () => {
    const { booking } = await someoneBooks();
    await placesOf('booking.taken');
    const { grantId } = await grantOf(booking);
    const [from, until] = ['2026-06-15T08:00:00Z', '2026-06-15T08:00:30Z'] as const;
    at(from);
    await net.work(w => sql`update access.door_grant set sent_revision = 1, sending_until = ${until}`.execute(w.tx));
    await hear();
    expect(door.heard).toEqual([]);
    at(until);
    await minute();
    expect(door.heard).toMatchObject([{ path: `/grants/${grantId}`, body: { revision: 1 } }]);
  });
});

describe('a lock that does not do as it is told', () => {
  const failing = async (answer: Said | null) => {
    if (answer === null) await door.close();
    else door.say(() => answer);
    const { booking } = await someoneBooks();
    await hear();
    const { state, failure, failureStatus, nextTryAt } = await grantOf(booking);
    return { state, failure, status: failureStatus, again: nextTryAt?.toString() ?? null };
  };

  test.each<[string, Said | null, string, number | null, string | null]>([
    ['is down', null, 'unreachable', null, '2026-06-15T08:00:30Z'],
    ['is slow', { status: 204, after_ms: 900 }, 'slow', null, '2026-06-15T08:00:30Z'],
    ['breaks', { status: 503 }, 'broken', 503, '2026-06-15T08:00:30Z'],
    ['refuses', { status: 403 }, 'refused', 403, null],
    ['sends elsewhere', { status: 307, headers: { location: 'http://127.0.0.1:1/' } }, 'refused', 307, null],
  ])('%s: the grant failed, and says why', async (_, answer, failure, status, again) => {
    expect(await failing(answer)).toEqual({ state: 'failed', failure, status, again });
  });

  test('is asked again by the clock, later and later, until it agrees', async () => {
    await failing({ status: 503 });
    door.forget();
    for (const [moment, heard] of [
      ['2026-06-15T08:00:29Z', 0],
      ['2026-06-15T08:00:30Z', 1],
      ['2026-06-15T08:01:00Z', 1],
      ['2026-06-15T08:01:30Z', 2],
    ] as const) {
      at(moment);
      await minute();
      expect(door.heard, moment).toHaveLength(heard);
    }
    door.say(() => ({ status: 200, body: {} }));
    at('2026-06-15T09:00:00Z');
    await minute();
    expect((await grants())[0]).toMatchObject({ state: 'granted', failure: null, attempts: 0, revision: 1 });
  });

  test('that refused is asked again only when someone has mended it', async () => {
    await failing({ status: 401 });
    door.forget();
    at('2026-06-15T12:00:00Z');
    await minute();
    expect(door.heard).toEqual([]);
    door.say(() => ({ status: 204 }));
    expect(done(await net.work(w => retryDoors(w, operator, space.spaceId)))).toEqual({ retried: 1 });
    await hear();
    expect((await grants())[0]!.state).toBe('granted');
  });

  test('does not make others of its grants wait on it one by one', async () => {
    await someoneBooks();
    await someoneBooks();
    door.say(() => ({ status: 503 }));
    await hear();
    await minute();
    expect(door.heard.length).toBeLessThanOrEqual(3);
    expect((await grants()).map(one => one.state)).toContain('failed');
  });

  test('is told nothing of what is over', async () => {
    await failing({ status: 503 });
    door.forget();
    at('2026-06-16T11:00:00Z');
    await minute();
    expect(door.heard).toEqual([]);
  });

  test('says so when the installation’s secret is lost', async () => {
    const { n, booking } = await someoneBooks();
    const other = world({ secrets: openSecretsOf('other') });
    await placesOf('booking.taken');
    await minute(other);
    expect(await grantOf(booking)).toMatchObject({ state: 'failed', failure: 'token_lost' });
    const { bookingId } = booking;
    const read = done(await net.work(w => codesOf(w, worker(n), { bookingId, secrets: other.secrets })));
    expect(read.door!.pin).toBeNull();
    expect(await checkLock(other, net.networkId, space.spaceId)).toEqual({ failure: 'token_lost', status: null });
  });
});
