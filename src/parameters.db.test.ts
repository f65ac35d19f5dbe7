import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../tools/fresh-database.ts';
import { form, json, roomApp } from '../tools/room-app.ts';
import { done } from '../tools/small-network.ts';
import type { Actor, Role } from './kernel/visit.ts';
import { routes } from './parameters.tsx';
import { addPersons } from './people/people.ts';

let net: TestNetwork;
let operator: Actor;
beforeAll(async () => {
  net = await freshNetwork();
  operator = { personId: 'per_operator1', firstName: 'Olga', memberships: [{ role: 'network_operator', scope: null }] };
  const olga = { email: 'olga@exemple.fr', firstName: 'Olga', lastName: 'Faure' };
  const [person] = done(await net.work(work => addPersons(work, operator, [olga])));
  operator = { ...operator, personId: person!.personId };
});
afterAll(() => net.database.db.destroy());

const as = (role: Role): Actor => ({ ...operator, memberships: [{ role, scope: null }] });
const app = (actor: Actor | null = null) => roomApp(net, [routes], { actor, now: '2026-06-15T08:00:00Z' });
const page = async (actor: Actor | null = null, path = '/parametres') =>
  (await (await app(actor).request(path)).text()).replaceAll(/[\u00a0\u202f]/g, ' ');
const asked = { value: '1/10', valid_from: '2026-07-01', source: 'décision du 15 juin 2026' };
const id = 'presence.manual_share';

describe('the page of parameters', () => {
  test('is read by anyone: value, unit, source, since when and what uses it', async () => {
    const html = await page();
    for (const words of ['Correction libre avant vérification', '24 heures', 'l’horloge publiée', '5 %', 'l’origine'])
      expect(html).toContain(words);
    expect(html).not.toContain('?fixer=');
    expect(await page(as('auditor'))).not.toContain('?fixer=');
  });

  test.each([
    ['a visitor', null, 401],
    ['an auditor', 'auditor', 403],
  ] as const)('is not written by %s', async (_, role, status) => {
    expect((await app(role && as(role)).request(`/parametres/${id}`, form(asked))).status).toBe(status);
  });

  test('gives the operator a form, shown again with the reason and what was typed', async () => {
    expect(await page(operator, `/parametres?fixer=${id}`)).toContain('de 0 % à 100 %');
    const answer = await app(operator).request(`/parametres/${id}`, form({ ...asked, value: '2' }));
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('value="2"');
    expect(html).toContain('href="#value"');
    const late = await app(operator).request(`/parametres/${id}`, form({ ...asked, valid_from: '2026-06-14' }));
    expect(await late.text()).toContain('href="#valid_from"');
  });

  test('shows a value once set: to come, by whom for the auditor, without a name for the public', async () => {
    expect((await app(operator).request(`/parametres/${id}`, form(asked))).status).toBe(303);
    expect((await app(operator).request(`/parametres/${id}`, form(asked))).status).toBe(409);
    const html = await page(as('auditor'));
    for (const words of ['10 %', '1er juillet 2026', 'décision du 15 juin 2026', 'Olga Faure'])
      expect(html).toContain(words);
    expect(await page()).toContain('le réseau');
    expect(await page()).not.toContain('Olga');
  });
});

describe('the API of parameters', () => {
  test('gives each with its dates, and sets one', async () => {
    const read = async () => {
      const answer = await app().request('/api/v1/parameters');
      const { parameters } = (await answer.json()) as { parameters: Record<string, unknown>[] };
      return parameters.find(one => one['parameter_id'] === id);
    };
    expect(await read()).toMatchObject({ value: '5/100', unit: 'share', valid_from: null, valid_until: '2026-07-01' });
    const set = (body: unknown) => app(operator).request(`/api/v1/parameters/${id}/values`, json('POST', body));
    expect((await set({ ...asked, valid_from: '2026-06-15' })).status).toBe(201);
    expect(await read()).toMatchObject({ value: '1/10', valid_from: '2026-06-15', source: asked.source });
    expect((await set({ ...asked, source: ' ' })).status).toBe(422);
    expect(
      (await app(operator).request('/api/v1/parameters/presence.nothing/values', json('POST', asked))).status,
    ).toBe(404);
  });
});
