import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type EveryRoom, everyRoom } from '../../tools/every-room.ts';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { type WholeApp, wholeApp } from '../../tools/whole-app.ts';
import {
  book,
  bookingsOf,
  bookSeries,
  cancel,
  followUsuals,
  freeDesks,
  offerFor,
  planningOf,
  setUsual,
  usualsOf,
} from '../booking/booking.ts';
import { type Day, instant } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { addPersons, appointFirstOperator, grant } from '../people/people.ts';
import type { Fetched } from '../platform/fetcher.ts';
import type { Mail } from '../platform/mail.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, close, type Resource, reopen, resourcesOf, type Space, setHours } from '../spaces/spaces.ts';
import { busyOf, calendarsAt, calendarsOf, connect, disconnect, forgetPerson, houseOf, readDue } from './calendars.ts';

const moment = '2026-06-15T08:00:00Z';
const thursday: Day = '2026-06-18';
let net: TestNetwork;
let rooms: EveryRoom;
let whole: WholeApp;
let operator: Actor;
let host: Actor;
let worker: Actor;
let space: Space;
let desks: readonly Resource[];
let mails: Mail[] = [];
const cookies: Record<string, string> = {};
const url = 'https://agenda.example.org/secret-a1b2.ics';

const meeting = (from: string, to: string) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Très secret\r\nDTSTART:${from}\r\nDTEND:${to}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
const morningOf = (day: Day) => meeting(`${day.replaceAll('-', '')}T080000Z`, `${day.replaceAll('-', '')}T083000Z`);
const file = (text: string, etag: string | null = null): Fetched => ({ kind: 'file', text, etag });

beforeAll(async () => {
  net = await freshNetwork(moment);
  rooms = await everyRoom(net, { post: async mail => void mails.push(mail) });
  whole = wholeApp(rooms.at(moment));
  const person = (firstName: string) => ({ email: `${firstName}@exemple.invalid`, firstName, lastName: 'Essai' });
  operator = done(await net.work(w => appointFirstOperator(w, person('Olga'))));
  const sheet = sampleSpace({ resources: [1, 2].map(n => ({ kind: 'desk', name: `Bureau ${n}`, capacity: 1 })) });
  [space] = done(await net.work(w => addSpaces(w, operator, [sheet]))) as [Space];
  desks = await net.work(w => resourcesOf(w, [space.spaceId]));
  const [h, a] = done(await net.work(w => addPersons(w, operator, [person('Hugo'), person('Ana')])));
  const scope = space.spaceId;
  done(await net.work(w => grant(w, operator, [{ personId: h!.personId, role: 'host', scope }])));
  done(await net.work(w => grant(w, operator, [{ personId: a!.personId, role: 'worker' }])));
  host = { personId: h!.personId, firstName: 'Hugo', memberships: [{ role: 'host', scope }] };
  worker = { personId: a!.personId, firstName: 'Ana', memberships: [{ role: 'worker', scope: null }] };
  for (const [name, { personId }] of Object.entries({ host, worker })) {
    const body = new URLSearchParams({ personne: personId });
    const entered = await whole.app.request('/entrer', {
      ...{ method: 'POST', body, headers: { origin: 'http://localhost' } },
    });
    cookies[name] = entered.headers.get('set-cookie')!.split(';')[0]!;
  }
});
afterAll(async () => {
  whole.remove();
  await rooms.close();
  await net.database.db.destroy();
});
beforeEach(async () => {
  mails = [];
  net.at(moment);
  await sql`delete from calendars.outer_calendar`.execute(net.database.db);
  await sql`delete from booking.booking where status = 'blocked'`.execute(net.database.db);
  await sql`update booking.booking set status = 'cancelled', cancelled_at = now() where status <> 'cancelled'`.execute(
    net.database.db,
  );
});

const house = () => houseOf(rooms.at(moment));
const place = () => ({ spaceId: space.spaceId, resourceId: desks[0]!.resourceId });
const asks: { url: string; etag: string | null }[] = [];
/** Reads what is due, as if the address answered so; then everyone hears of it. */
async function readAs(fetched: Fetched, at = moment): Promise<number> {
  const fetcher = async (asked: { url: string; etag: string | null }) => {
    asks.push(asked);
    return fetched;
  };
  const count = await readDue({ ...rooms.at(at), fetcher }, net.networkId);
  await rooms.hear(at);
  return count;
}
const connectDesk = () => net.work(w => connect(w, host, { url, place: place(), house: house() }));
const bookDesk = (day: Day = thursday) => net.work(w => book(w, worker, { ...place(), day, part: 'morning' }));

describe('a place’s calendar', () => {
  test('blocks it while it is taken there, by the constraint that parts two bookings, and frees it after', async () => {
    done(await connectDesk());
    expect(await readAs(file(morningOf(thursday)))).toBe(1);
    expect(codeOf(await bookDesk())).toBe('booking.desk_taken');
    const direct = sql`insert into booking.booking (network_id, booking_id, space_id, resource_id, kind, person_id,
      local_day, part, during, keeps, price_eur_cents, payer_kind, payer_id, booked_by, booked_at)
      select network_id, 'bkg_byforce001', space_id, resource_id, kind, 'per_byforce001', local_day, part, during, keeps, 0,
        'person', 'per_byforce001', 'per_byforce001', now() from booking.booking where status = 'blocked'`;
    await expect(direct.execute(net.database.db)).rejects.toMatchObject({
      constraint: 'one_booking_per_desk_at_a_time',
    });
    const free = await net.work(w => freeDesks(w, { spaceIds: [space.spaceId], days: [thursday] }));
    expect(free.map(line => line.free)).toEqual([1, 2]);
    const board = done(await net.work(w => planningOf(w, host, { slug: space.slug, days: [thursday] })));
    expect([board.bookings.length, board.blocks.length]).toEqual([0, 1]);
    net.at('2026-06-15T08:20:00Z');
    await readAs(file(meeting('20260101T000000Z', '20260101T010000Z')), '2026-06-15T08:20:00Z');
    expect(codeOf(await bookDesk())).toBe('accepted');
  });

  test('cancels no booking: its hosts are told once, the page shows it, and the place is blocked once it is free', async () => {
    const booked = done(await bookDesk());
    done(await connectDesk());
    await readAs(file(morningOf(thursday)));
    await readAs(file(morningOf(thursday)), '2026-06-15T08:20:00Z');
    expect(mails.map(mail => [mail.to, mail.subject])).toEqual([
      ['hugo@exemple.invalid', 'Bureau 1 est pris deux fois : jeudi 18 juin matin'],
    ]);
    expect(mails[0]!.text).not.toContain('secret');
    const page = await whole.app.request(`/planning/${space.slug}/agendas`, { headers: { cookie: cookies['host']! } });
    expect(await page.text()).toContain('Pris deux fois');
    expect(
      await net.work(w => bookingsOf(w, { personId: worker.personId, from: thursday, to: thursday })),
    ).toHaveLength(1);
    done(await net.work(w => cancel(w, worker, booked)));
    await rooms.hear(moment);
    expect(codeOf(await bookDesk())).toBe('booking.desk_taken');
  });

  test('and a booking at the same moment: one of them holds, whichever comes first', async () => {
    for (const day of ['2026-06-22', '2026-06-23', '2026-06-24', '2026-06-25'] as const) {
      await sql`delete from calendars.outer_calendar`.execute(net.database.db);
      done(await connectDesk());
      const fetcher = async () => file(morningOf(day));
      await Promise.all([
        readDue({ ...rooms.at(moment), fetcher }, net.networkId).then(() => rooms.hear(moment)),
        ...Array.from({ length: 5 }, () => bookDesk(day)),
      ]);
      const held = await sql`select from booking.booking a join booking.booking b on a.booking_id < b.booking_id
          and a.during && b.during and a.resource_id = b.resource_id
        where a.status <> 'cancelled' and b.status <> 'cancelled'`.execute(net.database.db);
      expect(held.rows).toHaveLength(0);
      expect(
        codeOf(await net.work(w => offerFor(w, { ...place(), day, part: 'morning', personId: host.personId }))),
      ).toBe('booking.desk_taken');
    }
  });

  test('takes what the hours of the space leave to take, as soon as they change', async () => {
    done(await connectDesk());
    await readAs(file(morningOf(thursday)));
    const blocked = () =>
      sql<{ part: string }>`select part from booking.booking where status = 'blocked'`.execute(net.database.db);
    expect((await blocked()).rows).toEqual([{ part: 'morning' }]);
    const days = (opens_min: number, closes_min: number) =>
      [1, 2, 3, 4, 5].map(weekday => ({ weekday, opens_min, closes_min }));
    const opens = (hours: ReturnType<typeof days>) =>
      net.work(w => setHours(w, operator, { spaceId: space.spaceId, hours, from: '2026-06-16' }));
    done(await opens(days(14 * 60, 18 * 60)));
    await rooms.hear(moment);
    expect((await blocked()).rows).toEqual([]);
    done(await opens(days(9 * 60, 18 * 60)));
    await rooms.hear(moment);
    expect((await blocked()).rows).toEqual([{ part: 'morning' }]);
    const only = { spaceId: space.spaceId, firstDay: thursday, lastDay: thursday, reason: 'holidays' as const };
    const { closureId } = done(await net.work(w => close(w, operator, only)));
    await rooms.hear(moment);
    expect((await blocked()).rows).toEqual([]);
    done(await net.work(w => reopen(w, operator, closureId)));
    await rooms.hear(moment);
    expect((await blocked()).rows).toEqual([{ part: 'morning' }]);
  });

  test('that is taken away frees the place; only who receives there settles it', async () => {
    expect(codeOf(await net.work(w => connect(w, worker, { url, place: place(), house: house() })))).toBe(
      'calendars.may_not',
    );
    const { calendarId } = done(await connectDesk());
    expect(codeOf(await connectDesk())).toBe('calendars.already_there');
    await readAs(file(morningOf(thursday)));
    expect(codeOf(await net.work(w => disconnect(w, worker, calendarId)))).toBe('calendars.unknown');
    done(await net.work(w => disconnect(w, host, calendarId)));
    await rooms.hear(moment);
    expect(codeOf(await bookDesk())).toBe('accepted');
    expect(codeOf(await net.work(w => calendarsAt(w, worker, space.spaceId)))).toBe('calendars.may_not');
  });
});

describe('a person’s calendar', () => {
  const mine = () => net.work(w => connect(w, worker, { url, house: house() }));
  const rhythm = { from: thursday, until: '2026-06-19' as Day, weekdays: [4, 5], everyWeeks: 1 };
  const series = (actor: Actor) =>
    net.work(w =>
      bookSeries(w, actor, {
        spaceId: space.spaceId,
        part: 'morning',
        rhythm,
        skipClashes: true,
        personId: worker.personId,
      }),
    );

  test('makes a series skip those days and the page warn, and stays unknown to the host', async () => {
    done(await mine());
    await readAs(file(morningOf(thursday)));
    const page = await whole.app.request(`/reserver?espace=${space.slug}&jour=${thursday}`, {
      headers: { cookie: cookies['worker']! },
    });
    expect(await page.text()).toContain('votre agenda vous dit occupé');
    const own = done(await series(worker));
    expect([own.booked.map(one => one.day), own.skipped.map(one => [one.day, one.refusal.code])]).toEqual([
      ['2026-06-19'],
      [[thursday, 'booking.busy_elsewhere']],
    ]);
    const hosted = done(await series(host));
    expect(hosted.skipped.map(one => one.refusal.code)).toEqual(['booking.already_booked']);
    expect(hosted.booked.map(one => one.day)).toEqual([thursday]);
  });

  test('makes a usual day leave those days alone, until they are free again', async () => {
    const tuesday: Day = '2026-06-23';
    done(await mine());
    await readAs(file(morningOf(tuesday)));
    done(await net.work(w => setUsual(w, worker, { spaceId: space.spaceId, weekday: 2, part: 'morning' })));
    const [told] = await net.work(w => usualsOf(w, worker));
    expect(told!.booked.slice(0, 2)).toEqual(['2026-06-16', '2026-06-30']);
    expect(told!.refused.map(one => [one.day, one.refusal?.code])).toContainEqual([tuesday, 'booking.busy_elsewhere']);
    await readAs(file(morningOf('2026-06-19')), '2026-06-15T08:20:00Z');
    await net.work(w => followUsuals(w, worker.personId));
    const [after] = await net.work(w => usualsOf(w, worker));
    expect(after!.booked.slice(0, 3)).toEqual(['2026-06-16', tuesday, '2026-06-30']);
  });

  test('is kept as times alone under a sealed address, and goes with the person', async () => {
    done(await mine());
    await readAs(file(morningOf(thursday)));
    const rows = async () =>
      (
        await sql<{ row: string }>`select c::text || b::text as row from calendars.outer_calendar c
        join calendars.busy b using (network_id, calendar_id)`.execute(net.database.db)
      ).rows.map(one => one.row);
    expect((await rows()).length).toBe(1);
    expect((await rows()).join()).not.toMatch(/secret|Secret/);
    expect((await rows()).join()).not.toContain(Buffer.from('secret-a1b2').toString('hex'));
    await net.work(w => forgetPerson(w, worker.personId));
    expect(await rows()).toEqual([]);
  });

  test.each<[string, Fetched, string]>([
    ['what is no calendar', file('<html>'), 'not_a_calendar'],
    ['an address that is gone', { kind: 'failed', failure: 'not_found' }, 'not_found'],
    ['one that hangs', { kind: 'failed', failure: 'timeout' }, 'timeout'],
  ])('keeps what it knew before %s, says why, and is read later and later', async (_title, fetched, failure) => {
    done(await mine());
    await readAs(file(morningOf(thursday), '"v1"'));
    expect(await readAs(fetched)).toBe(0);
    await readAs(fetched, '2026-06-15T08:16:00Z');
    expect(asks.at(-1)).toEqual({ url, accept: 'text/calendar', etag: '"v1"' });
    expect(await readAs(fetched, '2026-06-15T08:32:00Z')).toBe(1);
    expect(await readAs(fetched, '2026-06-15T08:48:00Z')).toBe(0);
    const [one] = await net.work(w => calendarsOf(w, worker));
    expect(one).toMatchObject({ failure, failures: 2, host: 'agenda.example.org' });
    const during = { from: instant('2026-06-18T00:00:00Z'), to: instant('2026-06-19T00:00:00Z') };
    expect(await net.work(w => busyOf(w, { personId: worker.personId, during }))).toHaveLength(1);
    await readAs({ kind: 'same' }, '2026-06-15T09:10:00Z');
    expect((await net.work(w => calendarsOf(w, worker)))[0]).toMatchObject({ failure: null, failures: 0 });
  });

  test.each([
    ['', 'calendars.bad_address'],
    ['ftp://a.example/x.ics', 'calendars.bad_address'],
    ['http://a.example/x.ics', 'calendars.bad_address'],
    ['https://me:secret@a.example/x.ics', 'calendars.bad_address'],
    ['https://127.0.0.1/x.ics', 'calendars.private_address'],
    ['webcal://agenda.internal/x.ics', 'calendars.private_address'],
  ])('is not read at %j', async (bad, code) => {
    expect(codeOf(await net.work(w => connect(w, worker, { url: bad, house: house() })))).toBe(code);
  });

  test('is one of five at most, each once', async () => {
    done(await mine());
    expect(codeOf(await mine())).toBe('calendars.already_there');
    for (let n = 0; n < 4; n++)
      done(await net.work(w => connect(w, worker, { url: `webcal://a.example/${n}.ics`, house: house() })));
    expect(codeOf(await net.work(w => connect(w, worker, { url: 'https://a.example/x', house: house() })))).toBe(
      'calendars.too_many',
    );
  });
});

describe('over HTTP', () => {
  const as = (who: string, init: RequestInit = {}): RequestInit => ({
    ...init,
    headers: { ...init.headers, cookie: cookies[who]!, origin: 'http://localhost' },
  });
  const ask = (path: string, init?: RequestInit) => whole.app.request(`http://localhost${path}`, init);

  test('a calendar is connected, listed and taken away', async () => {
    const made = await ask('/api/v1/calendars', as('worker', json('POST', { url })));
    const { calendar_id } = (await made.json()) as { calendar_id: string };
    const listed = await ask('/api/v1/calendars', as('worker'));
    const text = await listed.text();
    expect(JSON.parse(text)).toMatchObject({ calendars: [{ calendar_id, host: 'agenda.example.org', read_at: null }] });
    expect(text).not.toContain('secret');
    expect((await ask(`/api/v1/calendars/${calendar_id}`, as('host', { method: 'DELETE' }))).status).toBe(404);
    expect(await (await ask(`/api/v1/calendars/${calendar_id}`, as('worker', { method: 'DELETE' }))).json()).toEqual({
      disconnected: true,
    });
    expect((await ask('/api/v1/calendars', json('POST', { url }))).status).toBe(401);
    expect((await ask('/api/v1/calendars', as('host', json('POST', { url, space_id: space.spaceId })))).status).toBe(
      422,
    );
  });

  test('the same by the pages, without a script', async () => {
    const wrong = await ask('/mes-agendas', as('worker', form({ url: 'https://10.0.0.1/' })));
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('réseau privé')]);
    expect((await ask('/mes-agendas', as('worker', form({ url })))).status).toBe(303);
    const page = await (await ask('/mes-agendas', as('worker'))).text();
    expect(page).toContain('agenda.example.org');
    const [, action] = /action="(\/mes-agendas\/cal_[0-9a-z]+\/retirer)"/.exec(page)!;
    expect((await ask(action!, as('worker', form({})))).status).toBe(303);
    expect(await (await ask('/mes-agendas', as('worker'))).text()).not.toContain('agenda.example.org');
  });

  test('a host connects a place’s calendar and makes an address for it; a worker does neither', async () => {
    const path = `/planning/${space.slug}`;
    const fields = form({ url, poste: desks[1]!.resourceId });
    expect((await ask(`${path}/agendas`, as('worker', fields))).status).toBe(403);
    expect((await ask(`${path}/agendas`, as('host', fields))).status).toBe(303);
    const page = await (await ask(`${path}/agendas`, as('host'))).text();
    expect(page).toContain('agenda.example.org');
    const [, action] = new RegExp(`action="(${path}/agendas/cal_[0-9a-z]+/retirer)"`).exec(page)!;
    expect((await ask(action!, as('host', form({})))).status).toBe(303);
    const made = await ask(`${path}/adresses`, as('host', form({ detail: 'busy', poste: desks[1]!.resourceId })));
    const text = await made.text();
    const [, address] = /<code>(http[^<]+\/agendas\/[0-9a-z]+\.ics)<\/code>/.exec(text)!;
    expect((await ask(new URL(address!).pathname)).status).toBe(200);
    const [, back] = new RegExp(`action="(${path}/adresses/fed_[0-9a-z]+/retirer)"`).exec(text)!;
    expect((await ask(back!, as('host', form({})))).status).toBe(303);
    expect((await ask(new URL(address!).pathname)).status).toBe(410);
  });
});
