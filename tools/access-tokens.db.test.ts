import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { erase, forget } from '../src/people/people.ts';
import { openSecretsOf } from '../src/platform/secrets.ts';
import { type EveryRoom, everyRoom } from './every-room.ts';
import { json } from './room-app.ts';
import { done, foundSmallNetwork, type SmallNetwork } from './small-network.ts';
import { type WholeApp, wholeApp } from './whole-app.ts';

const moment = '2026-06-15T08:00:00Z';
let net: SmallNetwork;
let rooms: EveryRoom;
let whole: WholeApp;

beforeAll(async () => {
  net = await foundSmallNetwork({
    foundedOn: '2026-06-01',
    keyring: { secrets: openSecretsOf('tokens'), host: null },
    space: {},
    office: { communeCode: '34172', place: { lon_udeg: 3_876_000, lat_udeg: 43_611_000 } },
    workers: 3,
  });
  rooms = await everyRoom(net);
  whole = wholeApp(rooms.at(moment));
});
afterAll(async () => {
  whole.remove();
  await rooms.close();
  await net.database.db.destroy();
});

const ask = (path: string, headers: Record<string, string>, init: RequestInit = {}) =>
  whole.app.request(path, { ...init, headers: { ...(init.headers as Record<string, string>), ...headers } });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
/** A session as a visitor of a fictitious network opens one. */
const sessionOf = async (personId: string): Promise<string> => {
  const entered = await whole.app.request('/entrer', {
    method: 'POST',
    body: new URLSearchParams({ personne: personId }),
    headers: { origin: 'http://localhost' },
  });
  return entered.headers.get('set-cookie')!.split(';')[0]!;
};
const made = async (cookie: string, scopes: readonly string[], more: Record<string, string> = {}) => {
  const body = { name: 'tableur', scopes, until: '2026-09-30' };
  const answer = await ask('/api/v1/me/tokens', { cookie, ...more }, json('POST', body));
  return { status: answer.status, ...((await answer.json()) as { token: string; token_id: string; code?: string }) };
};
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code];
const read = '/api/v1/waits';
const booking = (day: string) => json('POST', { space_id: net.space.spaceId, day, part: 'day' });

interface Described {
  readonly paths: Record<string, Record<string, { tags: string[]; security: Record<string, string[]>[] }>>;
  readonly components: { readonly securitySchemes: Record<string, { readonly scheme?: string }> };
}

describe('an answer to someone who signed in', () => {
  test.each<[string, string, RequestInit, number, boolean]>([
    ['says whose it is', '/api/v1/waits', {}, 200, true],
    ['of a page says so too', '/mes-reservations', {}, 200, true],
    ['refused says so', '/api/v1/bookings/bkg_nothing00', {}, 404, true],
    ['that could not be read says nothing of them', '/api/v1/bookings?from=demain', {}, 422, false],
    [
      'about a sign-in says nothing of them',
      '/api/v1/sign-in',
      json('POST', { email: 'x@exemple.invalid' }),
      200,
      false,
    ],
  ])('%s', async (_, path, init, status, told) => {
    const { personId } = net.workers[0]!;
    const answer = await ask(path, { cookie: await sessionOf(personId) }, init);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('parvis-person')).toBe(told ? personId : null);
    expect(answer.headers.get('cache-control')).toContain('no-store');
  });

  test('whose session is over says nobody', async () => {
    const cookie = await sessionOf(net.workers[0]!.personId);
    await sql`update people.session set ended_at = expires_at`.execute(net.database.db);
    const answer = await ask('/api/v1/waits', { cookie });
    expect([answer.status, answer.headers.get('parvis-person')]).toEqual([401, 'nobody']);
  });
});

describe('every endpoint', () => {
  test('names its scope in the OpenAPI document, and none is mounted without being described', async () => {
    const described = (await (await whole.app.request('/api/v1/openapi.json')).json()) as Described;
    expect(described.components.securitySchemes).toMatchObject({ token: { scheme: 'bearer' }, session: {} });
    const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    );
    expect(operations.length).toBeGreaterThan(80);
    for (const { path, method, tags, security } of operations) {
      const scope = `${tags[0]}:${method === 'get' ? 'read' : 'write'}`;
      expect(tags, path).toHaveLength(1);
      expect(security, path).toEqual([{ session: [] }, { token: [scope] }]);
      expect(scope).toMatch(/^[a-z]+:(read|write)$/);
    }
    const known = new Set(operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`));
    const mounted = whole.app.routes
      .filter(({ path, method }) => path.startsWith('/api/v1/') && method !== 'ALL')
      .map(({ path, method }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(mounted.filter(one => !known.has(one) && one !== 'GET /api/v1/openapi.json')).toEqual([]);
  });

  test.each(['fr', 'en'])('and every event are on the page of the API, in %s', async lang => {
    const html = await (await whole.app.request(`/api?lang=${lang}`)).text();
    for (const told of ['booking:write', 'integrations:read', 'spaces.closed'])
      expect(html).toContain(`<code>${told}<`);
    expect(html).not.toMatch(/undefined|\[object/);
  });

  test('refuses a token without its scope, before anything is read', async () => {
    const { token } = await made(await sessionOf(net.workers[0]!.personId), ['siting:read']);
    const described = (await (await whole.app.request('/api/v1/openapi.json')).json()) as Described;
    for (const [path, methods] of Object.entries(described.paths)) {
      for (const [method, { tags }] of Object.entries(methods)) {
        if (tags[0] === 'siting' && method === 'get') continue;
        const answer = await ask(path.replaceAll(/\{\w+\}/g, 'x'), bearer(token), {
          ...{ method: method.toUpperCase(), headers: { 'content-type': 'application/json' } },
        });
        expect(await codeOf(answer), `${method} ${path}`).toEqual([403, 'request.scope_missing']);
      }
    }
  });
});

describe('a program’s token', () => {
  test('does in its scopes what its person may do, and is told which scope it lacks', async () => {
    const cookie = await sessionOf(net.workers[0]!.personId);
    const { token } = await made(cookie, ['booking:read']);
    expect((await ask(read, bearer(token))).status).toBe(200);
    const refused = await ask('/api/v1/bookings', bearer(token), booking('2026-06-22'));
    expect(refused.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="booking:write"');
    expect(await refused.json()).toMatchObject({ code: 'request.scope_missing', status: 403 });
    const both = await made(cookie, ['booking:read', 'booking:write']);
    expect((await ask('/api/v1/bookings', bearer(both.token), booking('2026-06-22'))).status).toBe(201);
  });

  test('never does more than its person: what they may not do stays refused, and a role that ended is gone', async () => {
    const worker = await made(await sessionOf(net.workers[1]!.personId), ['people:write', 'booking:write']);
    const organisation = json('POST', { kind: 'commune', name: 'Ganges' });
    expect(await codeOf(await ask('/api/v1/organisations', bearer(worker.token), organisation))).toEqual([
      403,
      'people.may_not',
    ]);
    const operator = await made(await sessionOf(net.operator.personId), ['people:write']);
    expect((await ask('/api/v1/organisations', bearer(operator.token), organisation)).status).toBe(201);
    await sql`update people.membership set valid = tstzrange(lower(valid), '2026-06-10Z')
      where person_id = ${net.operator.personId}`.execute(net.database.db);
    expect((await ask('/api/v1/organisations', bearer(operator.token), organisation)).status).toBe(403);
    await sql`update people.membership set valid = tstzrange(lower(valid), null)
      where person_id = ${net.operator.personId}`.execute(net.database.db);
  });

  test('opens no page, whatever it opens of the API', async () => {
    const { token } = await made(await sessionOf(net.workers[0]!.personId), ['people:read']);
    expect((await ask('/api/v1/me', bearer(token))).status).toBe(200);
    for (const path of ['/moi', '/moi/jetons', '/moi/donnees.json', '/mes-reservations']) {
      const answer = await ask(path, bearer(token));
      expect([answer.status, answer.headers.get('location')?.slice(0, 10)], path).toEqual([303, '/connexion']);
    }
    expect((await ask('/moi', { cookie: `parvis_session=${token}` })).status).toBe(303);
  });

  test('makes no other token', async () => {
    const { token } = await made(await sessionOf(net.workers[0]!.personId), ['people:write']);
    const body = { name: 'autre', scopes: ['booking:write'], until: '2026-09-30' };
    expect(await codeOf(await ask('/api/v1/me/tokens', bearer(token), json('POST', body)))).toEqual([
      403,
      'people.token_by_token',
    ]);
  });

  test('that is unknown, taken back or over is refused, on what anyone may read too', async () => {
    const cookie = await sessionOf(net.workers[0]!.personId);
    const { token, token_id } = await made(cookie, ['booking:read', 'spaces:read']);
    const other = await sessionOf(net.workers[1]!.personId);
    expect((await ask(`/api/v1/me/tokens/${token_id}`, { cookie: other }, json('DELETE'))).status).toBe(404);
    expect((await ask(read, bearer(token))).status).toBe(200);
    const late = wholeApp(rooms.at('2026-10-01T00:00:00Z'));
    expect((await late.app.request(read, { headers: bearer(token) })).status).toBe(401);
    late.remove();
    for (const _twice of [1, 2])
      expect((await ask(`/api/v1/me/tokens/${token_id}`, { cookie }, json('DELETE'))).status).toBe(200);
    for (const wrong of [token, `${token}x`, 'parvis_pat_', `parvis_pat_${'é'.repeat(400)}`.slice(0, 20)])
      expect((await ask(read, { authorization: `Bearer ${encodeURIComponent(wrong)}` })).status, wrong).toBe(401);
    const refused = await ask('/api/v1/spaces', bearer(token));
    expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(await codeOf(refused)).toEqual([401, 'people.token_refused']);
  });

  test('is told once and kept as a hash alone; its last use is a day', async () => {
    const cookie = await sessionOf(net.workers[0]!.personId);
    const key = { 'idempotency-key': 'one-token' };
    const first = await made(cookie, ['booking:read'], key);
    const again = await made(cookie, ['booking:read'], key);
    expect([again.status, again.token_id, again.token]).toEqual([201, first.token_id, undefined]);
    expect((await ask(read, bearer(first.token))).status).toBe(200);
    const tables = await sql<{ name: string }>`select table_schema || '.' || table_name as name
      from information_schema.tables where table_type = 'BASE TABLE'
        and table_schema not in ('pg_catalog', 'information_schema')`.execute(net.database.db);
    for (const { name } of tables.rows) {
      const secret = `%${first.token.slice('parvis_pat_'.length)}%`;
      const found = await sql`select from ${sql.table(name)} t where t::text like ${secret}`.execute(net.database.db);
      expect(found.rows, name).toEqual([]);
    }
    const { tokens } = (await (await ask('/api/v1/me/tokens', { cookie })).json()) as {
      tokens: { token_id: string }[];
    };
    expect(tokens.find(one => one.token_id === first.token_id)).toEqual({
      ...{ token_id: first.token_id, name: 'tableur', scopes: ['booking:read'], last_used_on: '2026-06-15' },
      ...{ made_at: '2026-06-15T08:00:00Z', expires_at: '2026-09-30T22:00:00Z' },
    });
  });

  test('costs one statement a request, and one write a day', async () => {
    const { token, token_id } = await made(await sessionOf(net.workers[0]!.personId), ['booking:read']);
    const version = async () =>
      (
        await sql<{ xmin: string }>`select xmin::text from people.access_token where token_id = ${token_id}`.execute(
          net.database.db,
        )
      ).rows[0]!.xmin;
    const all = () => Promise.all(Array.from({ length: 8 }, () => ask(read, bearer(token))));
    expect((await all()).map(answer => answer.status)).toEqual(Array(8).fill(200));
    const before = await version();
    await all();
    expect(await version()).toBe(before);
  });

  test('is forgotten thirty days after its end', async () => {
    const { token_id } = await made(await sessionOf(net.workers[0]!.personId), ['booking:read']);
    const left = async () =>
      (await sql`select from people.access_token where token_id = ${token_id}`.execute(net.database.db)).rows.length;
    for (const [day, kept] of [
      ['2026-10-30', 1],
      ['2026-10-31', 0],
    ] as const) {
      net.at(`${day}T12:00:00Z`);
      await net.work(forget);
      expect(await left(), day).toBe(kept);
    }
    net.at(moment);
  });

  test('leaves with its person', async () => {
    const { personId } = net.workers[2]!;
    const { token } = await made(await sessionOf(personId), ['booking:read']);
    done(await net.work(work => erase(work, net.workers[2]!, { personId, reason: '' })));
    expect((await ask(read, bearer(token))).status).toBe(401);
    const left = await sql`select from people.access_token where person_id = ${personId}`.execute(net.database.db);
    expect(left.rows).toEqual([]);
  });
});

describe('the database refuses a token', () => {
  const hash = 'a'.repeat(64);
  const plant = (set: Record<string, unknown>) => {
    const own = {
      network_id: net.networkId,
      token_id: 'pat_planted00',
      person_id: net.workers[0]!.personId,
      name: 'x',
    };
    const terms = { token_sha256: hash, scopes: ['booking:read'], made_at: moment, expires_at: '2026-07-01T00:00:00Z' };
    const row = { ...own, ...terms, ...set };
    const columns = sql.join(Object.keys(row).map(name => sql.ref(name)));
    return net.work(({ tx }) =>
      sql`insert into people.access_token (${columns}) values (${sql.join(Object.values(row))})`.execute(tx),
    );
  };
  test.each([
    ['that opens nothing', { scopes: [] }, 'a_token_opens_something'],
    ['without an end in sight', { expires_at: '2027-06-18T00:00:00Z' }, 'a_token_ends_within_a_year'],
    ['over before it begins', { expires_at: moment }, 'a_token_ends_within_a_year'],
    ['of nobody', { person_id: 'per_nobody00' }, 'access_token_network_id_person_id_fkey'],
    ['kept as it is', { token_sha256: 'parvis_pat_x' }, 'access_token_token_sha256_check'],
  ])('%s', async (_name, set, rule) => {
    await expect(plant(set)).rejects.toThrow(rule);
  });

  test('that another has', async () => {
    await plant({});
    await expect(plant({ token_id: 'pat_planted01' })).rejects.toThrow('one_access_token_per_hash');
  });
});

describe('the page of tokens', () => {
  test('makes one, says it once, and takes it back', async () => {
    const cookie = await sessionOf(net.workers[1]!.personId);
    const page = await (await ask('/moi/jetons', { cookie })).text();
    expect(page).toContain('value="booking:write"');
    expect(await (await ask('/moi', { cookie })).text()).toContain('href="/moi/jetons"');
    const fields = new URLSearchParams({ name: 'mon tableur', until: '2026-12-31', request_id: 'page-1' });
    fields.append('scopes', 'booking:read');
    fields.append('scopes', 'spaces:read');
    const send = () =>
      ask('/moi/jetons', { cookie, origin: 'http://localhost' }, { method: 'POST', body: new URLSearchParams(fields) });
    const first = await (await send()).text();
    const token = /parvis_pat_\w+/.exec(first)![0];
    expect((await ask(read, bearer(token))).status).toBe(200);
    const again = await (await send()).text();
    expect(again).toContain('déjà créé');
    expect(again).not.toContain('parvis_pat_');
    const id = /jetons\/(pat_\w+)\/retirer/.exec(again)![1]!;
    const back = await ask(`/moi/jetons/${id}/retirer`, { cookie, origin: 'http://localhost' }, { method: 'POST' });
    expect(back.status).toBe(303);
  });

  test.each([
    ['without a name', { name: ' ', scopes: 'booking:read', until: '2026-12-31' }, 'name'],
    ['that opens nothing', { name: 'x', until: '2026-12-31' }, 'scopes'],
    ['that opens what nobody has', { name: 'x', scopes: 'moon:write', until: '2026-12-31' }, 'scopes'],
    ['that is over already', { name: 'x', scopes: 'booking:read', until: '2026-06-14' }, 'until'],
    ['for longer than a year', { name: 'x', scopes: 'booking:read', until: '2027-06-16' }, 'until'],
    ['until a day that is none', { name: 'x', scopes: 'booking:read', until: '2026-02-31' }, 'until'],
  ])('refuses one %s, beside the field', async (_name, fields, field) => {
    const cookie = await sessionOf(net.workers[1]!.personId);
    for (const lang of ['fr', 'en']) {
      const body = new URLSearchParams(fields as Record<string, string>);
      const answer = await ask(
        `/moi/jetons?lang=${lang}`,
        { cookie, origin: 'http://localhost' },
        { method: 'POST', body },
      );
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain(`href="#${field}"`);
    }
  });
});
