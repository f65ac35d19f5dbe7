import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { type DoorServer, startDoor } from '../../tools/door-server.ts';
import { type DoorTown, openDoorTown, operator, worker } from '../../tools/door-town.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { type Booking, cancel } from '../booking/booking.ts';
import type { Day } from '../kernel/time.ts';
import { destructions } from '../platform/destruction.ts';
import { codesOf, forgetPerson, importVouchers, purge, setOpened, takeVoucher } from './access.ts';
import { checkLock } from './jobs/telling.ts';

const [day, nextDay] = ['2026-06-16', '2026-06-17'] as readonly Day[] as [Day, Day];
let town: DoorTown;
let { net, space, office, means, world, at, hear, lock, someoneBooks, grants, codes } = {} as DoorTown;
beforeEach(async () => {
  town = await openDoorTown();
  ({ net, space, office, means, world, at, hear, lock, someoneBooks, grants, codes } = town);
  return town.close;
});

const add = (text: string, actor = operator) =>
  net.work(w => importVouchers(w, actor, { spaceId: space.spaceId, text, means }));
const take = (n: number, { bookingId }: Booking) =>
  net.work(w => takeVoucher(w, worker(n), { bookingId, secrets: means.secrets }));
const everything = async (): Promise<string> => {
  const tables = [
    'access.door_grant',
    'access.voucher',
    'access.voucher_given',
    'access.lock',
    'platform.first_answer',
  ];
  const texts = await Promise.all(
    tables.map(name => sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(net.database.db)),
  );
  return texts.flatMap(({ rows }) => rows.map(one => one.row)).join('\n');
};

describe('codes', () => {
  test('are read by whoever booked alone; nothing in the database gives them, nor the token', async () => {
    const { n, booking } = await someoneBooks();
    await hear();
    done(await add('WIFI-AAAA'));
    at('2026-06-16T06:00:00Z');
    expect(done(await take(n, booking))).toBe('WIFI-AAAA');
    const { door, wifi } = await codes(n, booking);
    expect([door!.pin, wifi]).toEqual([expect.stringMatching(/^\d{6}$/), 'WIFI-AAAA']);
    const read = (who: typeof operator) =>
      net.work(w => codesOf(w, who, { bookingId: booking.bookingId, secrets: means.secrets }));
    const employer = { ...worker(8), memberships: [{ role: 'employer_admin', scope: null }] } as const;
    expect(codeOf(await read(operator))).toBe('access.not_holder');
    expect(codeOf(await read(employer))).toBe('booking.not_yours');
    expect(codeOf(await read(worker(n + 1)))).toBe('booking.not_yours');
    const kept = await everything();
    const hex = (text: string) => Buffer.from(text).toString('hex');
    for (const secret of [door!.pin!, 'WIFI-AAAA', 'jeton-secret'])
      for (const written of [secret, hex(secret)]) expect(kept).not.toContain(written);
    expect(kept).not.toContain(worker(n).personId);
  });

  test('one_code_per_space_at_a_time has the last word, whoever writes', async () => {
    await someoneBooks();
    await someoneBooks();
    await hear();
    const same = net.work(w =>
      sql`update access.door_grant set pin_mac = (select min(pin_mac::text)::bytea from access.door_grant)`.execute(
        w.tx,
      ),
    );
    await expect(same).rejects.toThrow(/one_code_per_space_at_a_time/);
  });

  test.each([
    ['a grant that failed without a reason', sql`update access.door_grant set state = 'failed'`, /says_why/],
    ['a grant both wanted and withdrawn', sql`update access.door_grant set state = 'withdrawn'`, /told_what_is_wanted/],
    ['a second grant', sql`update access.door_grant set booking_id = 'bkg_00000000'`, /one_grant_per_booking/],
    ['a code without its seal', sql`update access.door_grant set pin_sealed = null`, /code_is_kept_sealed/],
    ['a service of a webhook', sql`update access.lock set service = 'script.a'`, /only_home_assistant/],
  ])('the database refuses %s', async (_, statement, rule) => {
    await someoneBooks();
    await someoneBooks();
    await hear();
    await expect(net.work(w => statement.execute(w.tx))).rejects.toThrow(rule);
  });

  test('I-42: go at their term, a week after the booking, and the destruction is recorded; what was given stays given', async () => {
    const { n, booking } = await someoneBooks();
    await hear();
    done(await add('WIFI-AAAA'));
    at('2026-06-16T06:00:00Z');
    done(await take(n, booking));
    at('2026-06-23T10:59:00Z');
    await net.work(purge);
    expect(await grants()).toHaveLength(1);
    at('2026-06-24T03:50:00Z');
    await net.work(purge);
    await net.work(purge);
    expect(await grants()).toEqual([]);
    expect((await codes(n, booking)).wifi).toBeNull();
    expect(done(await add('WIFI-AAAA'))).toEqual({ added: 0, known: 1 });
    expect((await net.work(destructions)).map(({ record, destroyed }) => [record, destroyed]).toSorted()).toEqual([
      ['door_grant', 1],
      ['wifi_code', 1],
    ]);
  });

  test('of a booking given back go a week after the door was told', async () => {
    const { n, booking } = await someoneBooks({ day: '2026-07-10' as Day });
    await hear();
    done(await net.work(w => cancel(w, worker(n), booking)));
    await hear();
    at('2026-06-22T07:59:00Z');
    await net.work(purge);
    expect(await grants()).toHaveLength(1);
    at('2026-06-22T08:01:00Z');
    await net.work(purge);
    expect(await grants()).toEqual([]);
  });

  test('I-41: settings name no erased manager', async () => {
    done(await add('WIFI-AAAA'));
    expect(await everything()).toContain(operator.personId);
    await net.work(w => forgetPerson(w, operator.personId));
    expect(await everything()).not.toContain(operator.personId);
  });
});

describe('Wi-Fi codes', () => {
  test('are given on the day, the first of the list first; asked again, the same', async () => {
    const [first, second] = [await someoneBooks(), await someoneBooks()];
    expect(done(await add('code;durée\nWIFI-0001;4 h\nWIFI-0002;4 h\n\n'))).toEqual({ added: 2, known: 0 });
    expect(codeOf(await take(first.n, first.booking))).toBe('access.too_early');
    at('2026-06-16T05:00:00Z');
    expect((await codes(first.n, first.booking)).offersWifi).toBe(true);
    expect(done(await take(first.n, first.booking))).toBe('WIFI-0001');
    expect(done(await take(first.n, first.booking))).toBe('WIFI-0001');
    expect(done(await take(second.n, second.booking))).toBe('WIFI-0002');
    expect((await codes(first.n, first.booking)).offersWifi).toBe(false);
  });

  test('are not given once the booking is over, nor for one given back', async () => {
    const { n, booking } = await someoneBooks();
    const kept = await someoneBooks({ hold: true });
    done(await add('WIFI-0001'));
    at('2026-06-16T10:30:00Z');
    expect(codeOf(await take(n, booking))).toBe('access.booking_over');
    expect(codeOf(await take(kept.n, kept.booking))).toBe('access.not_standing');
    expect(codeOf(await take(kept.n, booking))).toBe('booking.not_yours');
  });

  test('a_voucher_is_given_once: many ask at once for fewer codes than they are, and again', async () => {
    const asking = [await someoneBooks(), await someoneBooks(), await someoneBooks()];
    asking.push(await someoneBooks({ resourceId: office, kind: 'office' }));
    done(await add('WIFI-0001\nWIFI-0002\nWIFI-0003'));
    at('2026-06-16T05:00:00Z');
    const first = await Promise.all(asking.flatMap(one => [1, 2, 3].map(() => take(one.n, one.booking))));
    const again = await Promise.all(asking.map(one => take(one.n, one.booking)));
    const given = again.flatMap(one => (one.ok ? [one.value] : []));
    expect(new Set(given).size).toBe(given.length);
    expect(given.toSorted()).toEqual(['WIFI-0001', 'WIFI-0002', 'WIFI-0003']);
    expect(again.filter(one => !one.ok).map(codeOf)).toEqual(['access.no_voucher_left']);
    for (const one of first) expect(['accepted', 'access.no_voucher_left']).toContain(codeOf(one));
  });

  test.each([
    ['empty', ' \n# rien\n', 'access.nothing_to_import'],
    ['with a line that is no code', 'WIFI-0001\nmot de passe du café\n', 'access.unreadable_voucher'],
    ['too long', Array.from({ length: 5_001 }, (_, n) => `WIFI-${n}`).join('\n'), 'access.too_many_vouchers'],
  ])('a list %s is refused whole', async (_, text, code) => {
    expect(codeOf(await add(text))).toBe(code);
    expect(codeOf(await add('WIFI-0001', worker(1)))).toBe('access.not_manager');
    expect(done(await add('WIFI-0001'))).toEqual({ added: 1, known: 0 });
  });
});

describe('Home Assistant', () => {
  let house: DoorServer;
  beforeEach(async () => {
    house = await startDoor(({ path, token }) => {
      if (token !== 'longue-vie') return { status: 401 };
      if (path !== '/api/states') return { status: 200, body: [] };
      return {
        status: 200,
        body: [
          { entity_id: 'light.salon', state: 'on', attributes: { friendly_name: 'Salon' } },
          { entity_id: 'lock.entree', state: 'locked', attributes: { friendly_name: 'Porte d’entrée' } },
          { entity_id: 'lock.cave', state: 'locked', attributes: {} },
        ],
      };
    });
    return house.close;
  });
  const settle = async (token: string) => {
    const service = 'script.parvis_access';
    const { spaceId } = space;
    done(await lock({ adapter: 'home_assistant', address: house.address, token, service }));
    return checkLock(world(), net.networkId, spaceId);
  };

  test('names its locks, and is told by a service call under a long-lived token', async () => {
    expect(await settle('longue-vie')).toEqual({ failure: null, status: 200 });
    const { spaceId } = space;
    done(await net.work(w => setOpened(w, operator, { spaceId, everyone: ['lock.entree'], resources: [], means })));
    house.forget();
    await someoneBooks({ day: nextDay });
    await hear();
    expect(house.heard).toMatchObject([
      {
        ...{ method: 'POST', path: '/api/services/script/parvis_access', token: 'longue-vie' },
        body: { schema: 'parvis.access/1', state: 'open', groups: ['lock.entree'], from: '2026-06-17T06:15:00Z' },
      },
    ]);
    expect((await grants()).map(one => one.state)).toEqual(['granted']);
  });

  test('that refuses the token is seen to; a token mended, it is told', async () => {
    await someoneBooks({ day });
    expect(await settle('ancien')).toEqual({ failure: 'refused', status: 401 });
    await hear();
    expect((await grants()).map(one => [one.state, one.failure, one.failureStatus])).toEqual([
      ['failed', 'refused', 401],
    ]);
    await settle('longue-vie');
    await hear();
    expect((await grants()).map(one => one.state)).toEqual(['granted']);
  });

  test.each([
    ['something else than a list', { status: 200, body: { message: 'API running.' } }, 'unreadable', 200],
    ['a page', { status: 200, body: '<html>' }, 'unreadable', 200],
    ['a fault', { status: 502 }, 'broken', 502],
  ] as const)('that answers with %s keeps the doors that were known', async (_, said, failure, status) => {
    await settle('longue-vie');
    house.say(() => said);
    expect(await checkLock(world(), net.networkId, space.spaceId)).toEqual({ failure, status });
  });
});
