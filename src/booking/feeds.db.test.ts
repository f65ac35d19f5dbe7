import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import type { Id } from '../kernel/ids.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { addPersons, grant, revoke, staffOf } from '../people/people.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import { book, cancel, forgetPerson, openFeed, readFeed, revokeFeed } from './booking.ts';
import { routes } from './routes.ts';

const person = (n: number, role: Role = 'worker', scope: Id | null = null): Actor => ({
  personId: `per_${String(n).padStart(8, '0')}`,
  firstName: `Personne ${n}`,
  memberships: [{ role, scope }],
});

let net: TestNetwork;
let space: Space;
/** Someone whose role is on record: an address asks for it each time that it is read. */
let keeper: Id<'per'>;
const host = (): Actor => ({
  personId: keeper,
  firstName: 'Maya',
  memberships: [{ role: 'host', scope: space.spaceId }],
});
const app = (actor: Actor | null) => roomApp(net, [routes], actor === null ? {} : { actor });

beforeAll(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  [space] = done(await net.work(w => addSpaces(w, person(99, 'network_operator'), [sampleSpace()]))) as [Space];
  const operator = person(99, 'network_operator');
  const maya = { email: 'maya@example.org', firstName: 'Maya', lastName: 'Essai' };
  keeper = done(await net.work(w => addPersons(w, operator, [maya])))[0]!.personId;
  done(await net.work(w => grant(w, operator, [{ personId: keeper, role: 'host', scope: space.spaceId }])));
  for (const n of [1, 2])
    done(await net.work(w => book(w, person(n), { spaceId: space.spaceId, day: '2026-06-18', part: 'day' })));
});

const tokenOf = async (actor: Actor, asked: Parameters<typeof openFeed>[2]) =>
  done(await net.work(w => openFeed(w, actor, asked))).token;

describe('a calendar address', () => {
  test('tells its owner’s bookings and nobody else’s, without a session; cancelled ones leave', async () => {
    const token = await tokenOf(person(1), { detail: 'full' });
    const read = () => app(null).request(`/agendas/${token}.ics`);
    const first = await read();
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const file = await first.text();
    expect(file.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    const etag = first.headers.get('etag')!;
    const again = await app(null).request(`/agendas/${token}.ics`, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    // Compressed on its way out, a file has a weak tag: it comes back so.
    const weak = await app(null).request(`/agendas/${token}.ics`, { headers: { 'if-none-match': `"x", W/${etag}` } });
    expect(weak.status).toBe(304);
    const busy = await app(null).request(`/agendas/${token}.ifb`);
    expect(await busy.text()).toMatch(/BEGIN:VFREEBUSY\r\n[\s\S]*FREEBUSY;FBTYPE=BUSY:20260618T/);
    const booked = done(
      await net.work(w => book(w, person(1), { spaceId: space.spaceId, day: '2026-06-19', part: 'morning' })),
    );
    const grown = await read();
    expect((await grown.text()).match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect(grown.headers.get('etag')).not.toBe(etag);
    done(await net.work(w => cancel(w, person(1), { bookingId: booked.bookingId })));
    expect((await read()).headers.get('etag')).toBe(etag);
  });

  test('of a space is for those who receive there, and names nobody', async () => {
    expect(codeOf(await net.work(w => openFeed(w, person(1), { spaceId: space.spaceId, detail: 'full' })))).toBe(
      'booking.feed_not_host',
    );
    expect(codeOf(await net.work(w => openFeed(w, host(), { spaceId: 'spc_nowhere00', detail: 'full' })))).toBe(
      'booking.unknown_space',
    );
    const odd = { spaceId: space.spaceId, resourceId: 'res_nowhere00', detail: 'full' } as const;
    expect(codeOf(await net.work(w => openFeed(w, host(), odd)))).toBe('booking.unknown_resource');
    const token = await tokenOf(host(), { spaceId: space.spaceId, detail: 'full' });
    const file = await (await app(null).request(`/agendas/${token}.ics`)).text();
    expect(file.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect(file).not.toMatch(/per_|Personne/);
    const [desk] = done(await net.work(w => readFeed(w, token))).entries;
    const one = await tokenOf(host(), { spaceId: space.spaceId, resourceId: desk!.booking.resourceId, detail: 'busy' });
    expect(done(await net.work(w => readFeed(w, one))).entries).toHaveLength(1);
    const ofOne = await (await app(null).request(`/agendas/${one}.ics`)).text();
    expect(ofOne).toContain(`NAME:${desk!.resource.name}\\, ${space.name}\r\n`);
  });

  test('of a space tells nothing more once its opener no longer receives there', async () => {
    const token = await tokenOf(host(), { spaceId: space.spaceId, detail: 'full' });
    expect(codeOf(await net.work(w => readFeed(w, token)))).toBe('accepted');
    const [role] = await net.work(w => staffOf(w, [space.spaceId]));
    net.at('2026-06-15T09:00:00Z');
    done(await net.work(w => revoke(w, person(99, 'network_operator'), role!.membershipId)));
    net.at('2026-06-15T09:00:01Z');
    expect(codeOf(await net.work(w => readFeed(w, token)))).toBe('booking.feed_not_host');
  });

  test('taken back is over, for good; one that never was is unknown', async () => {
    const opened = done(await net.work(w => openFeed(w, person(2), { detail: 'busy' })));
    expect(codeOf(await net.work(w => revokeFeed(w, person(1), opened.feedId)))).toBe('booking.unknown_feed');
    expect(codeOf(await net.work(w => revokeFeed(w, person(2), opened.feedId)))).toBe('accepted');
    expect(codeOf(await net.work(w => revokeFeed(w, person(2), opened.feedId)))).toBe('accepted');
    expect((await app(null).request(`/agendas/${opened.token}.ics`)).status).toBe(410);
    expect((await app(null).request('/agendas/nothing.ics')).status).toBe(404);
  });

  test('is kept as a hash alone, and goes with the person', async () => {
    const token = await tokenOf(person(3), { detail: 'full' });
    const rows = () => sql<{ row: string }>`select f::text as row from booking.feed f`.execute(net.database.db);
    expect((await rows()).rows.some(({ row }) => row.includes(token))).toBe(false);
    await net.work(w => forgetPerson(w, person(3).personId));
    expect((await rows()).rows.some(({ row }) => row.includes(person(3).personId))).toBe(false);
    expect(codeOf(await net.work(w => readFeed(w, token)))).toBe('booking.unknown_feed');
  });

  test('is made and taken back on the page of one’s bookings', async () => {
    const made = await app(person(4)).request('/mes-reservations/agenda', form({ detail: 'full' }));
    const page = await made.text();
    const [, address] = /<code>(http[^<]+\/agendas\/[0-9a-z]+\.ics)<\/code>/.exec(page)!;
    expect((await app(null).request(new URL(address!).pathname)).status).toBe(200);
    const [, takeBack] = /action="(\/mes-reservations\/agenda\/fed_[0-9a-z]+\/retirer)"/.exec(page)!;
    expect((await app(person(4)).request(takeBack!, form({}))).status).toBe(303);
    expect((await app(null).request(new URL(address!).pathname)).status).toBe(410);
    expect(await (await app(person(4)).request('/mes-reservations')).text()).not.toContain('/retirer');
  });

  test('by the API, the same', async () => {
    const made = await app(person(5)).request('/api/v1/feeds', json('POST', { detail: 'busy' }));
    const { feed_id, url } = (await made.json()) as { feed_id: string; url: string };
    expect((await app(null).request(new URL(url).pathname)).status).toBe(200);
    const listed = await app(person(5)).request('/api/v1/feeds');
    expect(await listed.json()).toMatchObject({ feeds: [{ feed_id, space_id: null, detail: 'busy' }] });
    const gone = await app(person(5)).request(`/api/v1/feeds/${feed_id}`, { method: 'DELETE' });
    expect(await gone.json()).toEqual({ revoked: true });
  });
});
