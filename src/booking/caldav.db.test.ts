import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { createDAVClient, type DAVCalendar } from 'tsdav';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendarReaders } from '../../tools/calendar-readers.ts';
import { type EveryRoom, everyRoom } from '../../tools/every-room.ts';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { done } from '../../tools/small-network.ts';
import { type WholeApp, wholeApp } from '../../tools/whole-app.ts';
import type { Actor } from '../kernel/visit.ts';
import { addPersons, appointFirstOperator, grant, makeToken } from '../people/people.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import { book, cancel, openFeed } from './booking.ts';
import { elementsOf, reportOf } from './dav-request.ts';

const moment = '2026-06-15T08:00:00Z';
let net: TestNetwork;
let rooms: EveryRoom;
let whole: WholeApp;
let server: ServerType;
let base: string;
let worker: Actor;
let other: Actor;
let space: Space;
let token: string;
let narrow: string;
let secret: string;

beforeAll(async () => {
  net = await freshNetwork(moment);
  rooms = await everyRoom(net);
  whole = wholeApp(rooms.at(moment));
  const person = (firstName: string) => ({ email: `${firstName}@exemple.invalid`, firstName, lastName: 'Essai' });
  const operator = done(await net.work(w => appointFirstOperator(w, person('Olga'))));
  [space] = done(await net.work(w => addSpaces(w, operator, [sampleSpace()]))) as [Space];
  const people = done(await net.work(w => addPersons(w, operator, [person('Ana'), person('Bob')])));
  const roles = people.map(({ personId }) => ({ personId, role: 'worker' as const }));
  done(await net.work(w => grant(w, operator, roles)));
  const actorOf = ({ personId, firstName }: (typeof people)[number]): Actor => ({
    ...{ personId, firstName, memberships: [{ role: 'worker', scope: null }] },
  });
  [worker, other] = people.map(actorOf) as [Actor, Actor];
  const made = async (scopes: readonly string[]) => {
    const asked = { name: 'agenda', scopes, until: '2026-12-31' as const, byToken: false };
    const known = ['booking:read', 'spaces:read'] as const;
    return done(await net.work(w => makeToken(w, worker, { ...asked, known: known as never }))).token;
  };
  [token, narrow] = [await made(['booking:read']), await made(['spaces:read'])];
  secret = done(await net.work(w => openFeed(w, worker, { detail: 'busy' }))).token;
  const spaceId = space.spaceId;
  for (const day of ['2026-06-17', '2026-06-18'] as const)
    done(await net.work(w => book(w, worker, { spaceId, day, part: 'day' })));
  done(await net.work(w => book(w, other, { spaceId, day: '2026-06-18', part: 'day' })));
  server = serve({ fetch: whole.app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise(ready => server.once('listening', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  whole.remove();
  await rooms.close();
  await net.database.db.destroy();
});

const client = (password: string) =>
  createDAVClient({
    ...{ serverUrl: base, authMethod: 'Basic', defaultAccountType: 'caldav' },
    credentials: { username: 'ana@exemple.invalid', password },
  });
const [, reader] = calendarReaders[0]!;
const basic = (password: string) => `Basic ${Buffer.from(`ana:${password}`).toString('base64')}`;
const ask = (path: string, init: RequestInit & { readonly as?: string } = {}) =>
  fetch(base + path, {
    redirect: 'manual',
    ...init,
    headers: { ...init.headers, authorization: basic(init.as ?? token) },
  });
const calendar = () => `/caldav/${worker.personId}/agendas/reservations/`;
const report = (body: string) => ask(calendar(), { method: 'REPORT', headers: { depth: '1' }, body });
const head = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"';
const query = (filter: string) =>
  `<C:calendar-query ${head}><D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name="VCALENDAR">${filter}</C:comp-filter></C:filter></C:calendar-query>`;

describe('a calendar program', () => {
  test('finds the calendar by the site’s address, and reads its events, narrowed by time or by name', async () => {
    const dav = await client(token);
    const calendars = await dav.fetchCalendars();
    expect(calendars.map(one => [one.displayName, one.components])).toEqual([
      ['Mes bureaux, Réseau d’essai', ['VEVENT']],
    ]);
    const [mine] = calendars as [DAVCalendar];
    const objects = await dav.fetchCalendarObjects({ calendar: mine });
    const events = objects.flatMap(one => reader.events(String(one.data)));
    expect(events.map(one => [one.from, one.method]).toSorted()).toEqual([
      ['2026-06-17T06:30:00Z', null],
      ['2026-06-18T06:30:00Z', null],
    ]);
    const range = { start: '2026-06-18T00:00:00Z', end: '2026-06-19T00:00:00Z' };
    const narrowed = await dav.fetchCalendarObjects({ calendar: mine, timeRange: range });
    expect(narrowed.map(one => reader.events(String(one.data))[0]!.from)).toEqual(['2026-06-18T06:30:00Z']);
    const named = await dav.calendarMultiGet({
      ...{ url: mine.url, props: { 'd:getetag': {}, 'c:calendar-data': {} }, depth: '1' },
      objectUrls: [new URL(objects[0]!.url).pathname],
    });
    expect(named.map(one => one.href)).toEqual([new URL(objects[0]!.url).pathname]);
    const gone = `<C:calendar-multiget ${head}><D:prop/><D:href>${calendar()}gone.ics</D:href></C:calendar-multiget>`;
    expect(await (await report(gone)).text()).toContain('gone.ics</D:href><D:status>HTTP/1.1 404');
    const one = await fetch(objects[0]!.url, { headers: { authorization: basic(token) } });
    expect(one.headers.get('etag')).toBe(objects[0]!.etag);
    const again = { authorization: basic(token), 'if-none-match': objects[0]!.etag! };
    expect((await fetch(objects[0]!.url, { headers: again })).status).toBe(304);
  });

  test('sees by its tag that something changed, and nothing else', async () => {
    const dav = await client(token);
    const [mine] = (await dav.fetchCalendars()) as [DAVCalendar];
    const dirty = async () => (await dav.isCollectionDirty({ collection: { ...mine } })).isDirty;
    expect(await dirty()).toBe(false);
    const asked = { spaceId: space.spaceId, day: '2026-06-19', part: 'day' } as const;
    const booked = done(await net.work(w => book(w, worker, asked)));
    expect(await dirty()).toBe(true);
    done(await net.work(w => cancel(w, worker, booked)));
    expect(await dirty()).toBe(false);
  });

  test('with the secret of an address reads what that address tells', async () => {
    const dav = await client(secret);
    const [mine] = (await dav.fetchCalendars()) as [DAVCalendar];
    const objects = await dav.fetchCalendarObjects({ calendar: mine });
    expect(objects.map(one => reader.events(String(one.data))[0]!.summary)).toEqual(['Occupé', 'Occupé']);
    expect((await ask(calendar(), { method: 'PROPFIND', headers: { depth: '0' }, as: secret })).status).toBe(404);
  });

  test('writes nothing, and is told why', async () => {
    const path = `${calendar()}new.ics`;
    for (const method of ['PUT', 'DELETE', 'PROPPATCH', 'MKCALENDAR', 'MKCOL', 'MOVE', 'COPY', 'LOCK', 'POST']) {
      const body = method === 'DELETE' ? null : 'BEGIN:VCALENDAR';
      const refused = await ask(path, { method, body });
      expect([method, refused.status]).toEqual([method, 403]);
      expect(await refused.text()).toMatch(/need-privileges.*se lit seulement/);
    }
  });

  test.each([
    ['nothing', null],
    ['a token that opens something else', () => narrow],
    ['a secret that never was', () => 'x'.repeat(40)],
    ['a token that never was', () => 'parvis_pat_nothing'],
  ])('with %s is asked who it is', async (_title, password) => {
    const headers = { depth: '0', ...(password && { authorization: basic(password()) }) };
    const refused = await fetch(`${base}/caldav/`, { method: 'PROPFIND', headers });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Basic')]);
  });

  test('of someone else’s calendar is told that it is not there', async () => {
    const path = `/caldav/${other.personId}/agendas/reservations/`;
    expect((await ask(path, { method: 'PROPFIND', headers: { depth: '1' } })).status).toBe(404);
    expect((await ask('/.well-known/caldav', { method: 'PROPFIND' })).headers.get('location')).toBe('/caldav/');
    const options = await fetch(`${base}/caldav/`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('dav')]).toEqual([200, '1, calendar-access']);
  });

  test.each<[string, string, number, string]>([
    ['tasks, of which there are none', query('<C:comp-filter name="VTODO"/>'), 207, 'multistatus'],
    [
      'words in events',
      query('<C:comp-filter name="VEVENT"><C:prop-filter name="SUMMARY"/></C:comp-filter>'),
      403,
      'C:supported-filter',
    ],
    [
      'a time that is none',
      query('<C:comp-filter name="VEVENT"><C:time-range start="now"/></C:comp-filter>'),
      403,
      'C:valid-filter',
    ],
    ['what changed since', `<D:sync-collection ${head}/>`, 403, 'D:supported-report'],
    [
      'free/busy',
      `<C:free-busy-query ${head}><C:time-range start="20260618T000000Z" end="20260619T000000Z"/></C:free-busy-query>`,
      200,
      'FREEBUSY;FBTYPE=BUSY:20260618T063000Z',
    ],
    ['nothing readable', '<D:propfind', 400, 'D:error'],
    ['nothing at all', '', 400, 'D:error'],
  ])('that asks for %s', async (_title, body, status, told) => {
    const answered = await report(body);
    expect([answered.status, await answered.text()]).toEqual([status, expect.stringContaining(told)]);
  });

  test('that looks everywhere at once is refused; one that asks for names or unknown properties is answered', async () => {
    const propfind = (depth: string, body: string) => ask(calendar(), { method: 'PROPFIND', headers: { depth }, body });
    expect((await propfind('infinity', '')).status).toBe(403);
    const names = await (await propfind('0', `<D:propfind ${head}><D:propname/></D:propfind>`)).text();
    expect(names).toContain('<S:getctag/>');
    const odd = `<D:propfind ${head}><D:prop><x:y xmlns:x="a&amp;b"/><D:displayname/></D:prop></D:propfind>`;
    const text = await (await propfind('0', odd)).text();
    expect(text).toMatch(/Mes bureaux.*200 OK.*<X:y xmlns:X="a&amp;b"\/>.*404 Not Found/);
    expect(elementsOf(text)?.local).toBe('multistatus');
  });
});

describe('a request is not read', () => {
  const laughs = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n} "${`&l${n === 0 ? '' : n - 1};`.repeat(10)}">`).join('')}]><a>&l8;</a>`;
  test.each([
    ['that has a document type', laughs],
    ['that names an entity of its own', '<a>&lol;</a>'],
    ['that is deeper than any', `${'<a>'.repeat(1_000)}${'</a>'.repeat(1_000)}`],
    ['that is longer than any', `<a>${'<b/>'.repeat(30_000)}</a>`],
    ['that is cut', `<C:calendar-query ${head}>`],
    ['of a prefix that is not declared', '<D:propfind/>'],
  ])('%s', (_title, text) => {
    expect(elementsOf(text)).toBeNull();
    expect(reportOf(text)).toBeNull();
  });

  test('that is larger than a megabyte', async () => {
    const answered = await report(`<a>${'x'.repeat(1_100_000)}</a>`);
    expect(answered.status).toBe(413);
  });
});
