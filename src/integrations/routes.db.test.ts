import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type EveryRoom, everyRoom } from '../../tools/every-room.ts';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { type Receivers, startReceivers, vouchedFor } from '../../tools/receivers.ts';
import { json } from '../../tools/room-app.ts';
import { done } from '../../tools/small-network.ts';
import { type WholeApp, wholeApp } from '../../tools/whole-app.ts';
import { listeners } from '../events.ts';
import type { Actor } from '../kernel/visit.ts';
import { addPersons, appointFirstOperator, grant, makeToken } from '../people/people.ts';
import type { Shell } from '../platform/http.ts';
import { hearAll } from '../platform/jobs.ts';
import { silentLog } from '../platform/log.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import { hookEvents } from './events.ts';

const moment = '2026-06-15T08:00:00Z';
let net: TestNetwork;
let rooms: EveryRoom;
let receivers: Receivers;
let shell: Shell;
let whole: WholeApp;
let operator: Actor;
let space: Space;
const cookies: Record<string, string> = {};

const sessionOf = async (personId: string): Promise<string> => {
  const body = new URLSearchParams({ personne: personId });
  const entered = await whole.app.request('/entrer', { method: 'POST', body, headers: { origin: 'http://localhost' } });
  return entered.headers.get('set-cookie')!.split(';')[0]!;
};

beforeAll(async () => {
  net = await freshNetwork(moment);
  [rooms, receivers] = await Promise.all([everyRoom(net), startReceivers()]);
  const { settings, ...rest } = rooms.at(moment);
  shell = { ...rest, settings: { ...settings, privateWebhooks: true } };
  whole = wholeApp(shell);
  const person = (firstName: string) => ({ email: `${firstName}@exemple.invalid`, firstName, lastName: 'Essai' });
  operator = done(await net.work(work => appointFirstOperator(work, person('Olga'))));
  [space] = done(await net.work(work => addSpaces(work, operator, [sampleSpace()]))) as [Space];
  const [manager, worker] = done(await net.work(work => addPersons(work, operator, [person('Manon'), person('Ana')])));
  const { personId } = manager!;
  const scope = space.spaceId;
  done(await net.work(work => grant(work, operator, [{ personId, role: 'space_manager', scope }])));
  done(await net.work(work => grant(work, operator, [{ personId: worker!.personId, role: 'worker' }])));
  cookies['operator'] = await sessionOf(operator.personId);
  cookies['manager'] = await sessionOf(personId);
  cookies['worker'] = await sessionOf(worker!.personId);
});
afterAll(async () => {
  whole.remove();
  await Promise.all([rooms.close(), receivers.close()]);
  await net.database.db.destroy();
});
beforeEach(async () => {
  await sql`delete from integrations.subscription`.execute(net.database.db);
  receivers.received.length = 0;
});

type Told = { readonly status: number } & Readonly<Record<string, unknown>>;
type Who = 'operator' | 'manager' | 'worker' | null;
const ask = (who: Who, path: string, { headers, ...init }: RequestInit & { headers?: Record<string, string> } = {}) =>
  whole.app.request(path, {
    ...init,
    headers: { origin: 'http://localhost', ...(who && { cookie: cookies[who]! }), ...headers },
  });
const call = async (who: Who, path: string, init?: RequestInit): Promise<Told> => {
  const answer = await ask(who, `/api/v1${path}`, init as RequestInit & { headers?: Record<string, string> });
  return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
};
const post = (who: Who, path: string, fields: Record<string, string> | [string, string][]) =>
  ask(who, path, { method: 'POST', body: new URLSearchParams(fields) });
const heard = () => hearAll(net.database, { listeners: listeners(shell), log: silentLog });
const asked = (path: string) => json('POST', { url: receivers.url(path), events: ['booking.freed'] });

describe('by the API', () => {
  test('a webhook is made, tried, read, sent again, changed, stopped and deleted', async () => {
    const made = await call('operator', '/webhooks', asked('/api'));
    const [id, secret] = [String(made['webhook_id']), String(made['secret'])];
    expect([made.status, secret.slice(0, 6)]).toEqual([201, 'whsec_']);
    const trial = await call('operator', `/webhooks/${id}/trial`, json('POST', {}));
    await heard();
    expect(vouchedFor(receivers.on('/api')[0]!, secret)).toBe(1);
    expect(receivers.on('/api')[0]!.headers['webhook-id']).toBe(trial['delivery_id']);
    const log = await call('operator', `/webhooks/${id}`);
    expect(log).toMatchObject({
      ...{ webhook_id: id, running: true, stopped_why: null, failing_since: null, space_id: null },
      deliveries: [
        { delivery_id: trial['delivery_id'], event: 'integrations.tested', status: 'delivered', attempts: 1 },
      ],
    });
    expect(JSON.stringify(log)).not.toContain(secret);
    const again = await call('operator', `/webhook-deliveries/${trial['delivery_id']}/replay`, json('POST', {}));
    await heard();
    expect([again.status, receivers.on('/api').length]).toEqual([201, 2]);
    const changed = await call('operator', `/webhooks/${id}/secret`, json('POST', {}));
    expect(changed['secret']).not.toBe(secret);
    expect(await call('operator', `/webhooks/${id}/running`, json('PUT', { running: false }))).toEqual({
      ...{ status: 200, running: false },
    });
    expect(await call('operator', `/webhooks/${id}/trial`, json('POST', {}))).toMatchObject({
      ...{ status: 409, code: 'integrations.disabled' },
    });
    expect((await call('operator', '/webhooks'))['webhooks']).toMatchObject([{ stopped_why: 'by_hand' }]);
    expect(await call('operator', `/webhooks/${id}`, json('DELETE'))).toEqual({ status: 200, deleted: true });
    expect(await call('operator', `/webhooks/${id}`)).toMatchObject({ code: 'integrations.unknown_subscription' });
  });

  test('a secret is told once: the same request again makes nothing and tells nothing', async () => {
    const twice = { ...asked('/once'), headers: { 'content-type': 'application/json', 'idempotency-key': 'w1' } };
    const first = await call('operator', '/webhooks', twice);
    const again = await call('operator', '/webhooks', twice);
    expect(again).toEqual({ status: 201, webhook_id: first['webhook_id'] });
    expect((await call('operator', '/webhooks'))['webhooks']).toHaveLength(1);
  });

  test('events are listed in both languages, for anyone', async () => {
    for (const lang of ['fr', 'en'] as const) {
      const { events } = (await call(null, `/webhook-events?lang=${lang}`)) as { events?: { when: string }[] };
      expect(events!.map(one => one.when)).toEqual(hookEvents.map(one => one.when[lang]));
    }
  });

  test('the OpenAPI document says what each event tells, as it is then told', async () => {
    const { webhooks } = (await call(null, '/openapi.json')) as unknown as { webhooks: Record<string, object> };
    expect(Object.keys(webhooks).toSorted()).toEqual(hookEvents.map(one => one.name).toSorted());
    expect(JSON.stringify(webhooks['booking.decided'])).toContain('"approved":{"type":"boolean"}');
  });

  test('a token needs its scope', async () => {
    const token = async (scope: 'integrations:read' | 'integrations:write') => {
      const given = { name: 'x', scopes: [scope], until: '2026-07-01', known: [scope], byToken: false } as const;
      return { authorization: `Bearer ${done(await net.work(work => makeToken(work, operator, given))).token}` };
    };
    const headers = { ...(await token('integrations:read')), 'content-type': 'application/json' };
    expect(await call(null, '/webhooks', { ...asked('/scoped'), headers })).toMatchObject({
      code: 'request.scope_missing',
    });
    expect(await call(null, '/webhooks', { headers })).toMatchObject({ status: 200, webhooks: [] });
    const writing = { ...(await token('integrations:write')), 'content-type': 'application/json' };
    expect((await call(null, '/webhooks', { ...asked('/scoped'), headers: writing })).status).toBe(201);
  });

  test.each([
    ['a visitor', null, { url: 'https://a.example/', events: ['booking.freed'] }, 'request.sign_in_first'],
    ['a worker', 'worker', { url: 'https://a.example/', events: ['booking.freed'] }, 'integrations.may_not'],
    [
      'a manager of the network',
      'manager',
      { url: 'https://a.example/', events: ['mrv.period_closed'] },
      'integrations.may_not',
    ],
    ['no address', 'operator', { url: '', events: ['booking.freed'] }, 'integrations.bad_url'],
    ['a number', 'operator', { url: 7, events: ['booking.freed'] }, 'request.invalid'],
    ['a null character', 'operator', { url: 'https://a.example/\u0000', events: ['booking.freed'] }, 'accepted'],
    [
      'an event of nobody',
      'operator',
      { url: 'https://a.example/', events: ['moon.landed'] },
      'integrations.unknown_event',
    ],
    [
      'a space of nobody',
      'operator',
      { url: 'https://a.example/', events: ['booking.freed'], space_id: 'x' },
      'integrations.unknown_space',
    ],
  ] as const)('%s is refused or made harmless', async (_name, who, body, code) => {
    const answer = await call(who, '/webhooks', json('POST', body));
    expect(answer['code'] ?? 'accepted').toBe(code);
  });
});

describe('by the page', () => {
  test('a manager tells a program of their space; the secret is on the page once', async () => {
    const page = await (await ask('manager', '/integrations')).text();
    expect(page).toContain('booking.freed');
    expect(page).not.toContain('mrv.period_closed');
    expect(page).not.toContain('tout le réseau</option>');
    const fields: [string, string][] = [
      ['url', receivers.url('/page')],
      ['space', space.spaceId],
      ['events', 'booking.freed'],
      ['events', 'spaces.closed'],
      ['request_id', 'page-1'],
    ];
    const first = await (await post('manager', '/integrations', fields)).text();
    const secret = /whsec_[A-Za-z0-9+/=]+/.exec(first)![0];
    const again = await (await post('manager', '/integrations', fields)).text();
    expect(again).not.toContain('whsec_');
    expect(again).toContain('déjà été dit');
    const id = /integrations\/(whk_\w+)\/essai/.exec(first)![1]!;
    expect((await post('manager', `/integrations/${id}/essai`, { request_id: 't1' })).status).toBe(303);
    await heard();
    const [told] = receivers.on('/page');
    expect(vouchedFor(told!, secret)).toBe(1);
    expect(JSON.parse(told!.body).data).toEqual({ network_id: net.networkId, space_id: space.spaceId });
    const log = await (await ask('manager', `/integrations/${id}`)).text();
    expect(log).toContain('integrations.tested');
    const delivery = String(told!.headers['webhook-id']);
    expect(log).toContain(`/integrations/${id}/envois/${delivery}/renvoyer`);
    expect((await post('manager', `/integrations/${id}/envois/${delivery}/renvoyer`, {})).status).toBe(303);
    await heard();
    expect(receivers.on('/page')).toHaveLength(2);
    expect(await (await post('manager', `/integrations/${id}/secret`, { request_id: 's1' })).text()).toContain(
      'whsec_',
    );
    expect((await post('manager', `/integrations/${id}/arreter`, {})).status).toBe(303);
    expect(await (await ask('manager', `/integrations/${id}`)).text()).toContain('Quelqu’un l’a arrêté.');
    expect((await post('manager', `/integrations/${id}/demarrer`, {})).status).toBe(303);
    await post('manager', `/integrations/${id}/supprimer`, {});
    expect((await ask('manager', `/integrations/${id}`)).status).toBe(200);
    expect((await post('manager', `/integrations/${id}/supprimer`, { sure: 'yes' })).headers.get('location')).toBe(
      '/integrations',
    );
    expect((await ask('manager', `/integrations/${id}`)).status).toBe(404);
  });

  test('is for operators and managers, and says beside the field what is wrong', async () => {
    expect((await ask('worker', '/integrations')).status).toBe(403);
    expect((await ask(null, '/integrations')).status).toBe(303);
    const wrong = await post('operator', '/integrations?lang=en', { url: 'ftp://a', events: 'booking.freed' });
    const html = await wrong.text();
    expect([wrong.status, html.includes('href="#url"')]).toEqual([422, true]);
    expect(html).toContain('value="ftp://a"');
  });

  test.each(['fr', 'en'] as const)('is drawn in %s with one title, empty, running and failing', async lang => {
    const made = await call('operator', '/webhooks', asked('/drawn'));
    receivers.answer('/drawn', 500);
    await call('operator', `/webhooks/${made['webhook_id']}/trial`, json('POST', {}));
    await heard();
    for (const path of ['/integrations', `/integrations/${made['webhook_id']}`]) {
      const html = await (await ask('operator', `${path}?lang=${lang}`)).text();
      expect(html.match(/<h1/g), path).toHaveLength(1);
      expect(html).toContain(`<html lang="${lang}">`);
      expect(html).toContain(lang === 'fr' ? 'en échec' : 'failing');
      expect(html).not.toMatch(/undefined|\[object|NaN/);
    }
  });
});
