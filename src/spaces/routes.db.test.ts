import type { Hono } from 'hono';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import type { Actor } from '../kernel/visit.ts';
import type { Env } from '../platform/http.ts';
import { routes } from './routes.ts';
import { sampleSpace } from './sample.ts';
import { addSpaces, openIntervals, type Space } from './spaces.ts';

const operator: Actor = {
  personId: 'per_00000001',
  firstName: 'Ada',
  memberships: [{ role: 'network_operator', scope: null }],
};
const stranger: Actor = { ...operator, memberships: [{ role: 'space_manager', scope: 'spc_99999999' }] };
const sheet = '/gestion/espaces/ganges-l-atelier';
const week = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map(n => [`hours_${n}`, n === 2 ? '10-14' : '']));

let net: TestNetwork;
let app: Hono<Env>;
let space: Space;
beforeEach(async () => {
  net = await freshNetwork();
  app = roomApp(net, [routes], { actor: operator });
  const added = await net.work(w => addSpaces(w, operator, [sampleSpace()]));
  if (!added.ok) throw new Error(added.refusal.code);
  space = added.value[0]!;
});
const tuesday = async () =>
  (await net.work(w => openIntervals(w, { spaceIds: [space.spaceId], days: ['2026-06-16'] })))[0]!;

describe('the manager’s page', () => {
  test.each(['fr', 'en'] as const)('shows hours, closures and tariffs in %s', async lang => {
    const page = await (await roomApp(net, [routes], { actor: operator, lang }).request(sheet)).text();
    expect(page).toContain('8:30-12:30, 13:30-18:00');
    expect(page).toContain('2024-041 du 5 décembre 2024');
    expect(page).toContain(lang === 'fr' ? 'Horaires de la semaine' : 'Weekly hours');
  });

  test('lists the spaces that one manages, and says so when there is none', async () => {
    expect(await (await app.request('/gestion')).text()).toContain(`href="${sheet}"`);
    expect(await (await roomApp(net, [routes], { actor: stranger }).request('/gestion')).text()).toContain(
      'Aucun espace à gérer',
    );
  });

  test.each([
    ['a visitor', null, 401],
    ['another manager', stranger, 403],
  ])('is closed to %s', async (_who, actor, status) => {
    expect((await roomApp(net, [routes], { actor }).request(sheet)).status).toBe(status);
  });

  test('changes the hours from a form, then says that it is done', async () => {
    const answer = await app.request(`${sheet}/horaires`, form({ ...week, from: '2026-06-16' }));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${sheet}?fait=oui`]);
    expect((await tuesday()).open).toHaveLength(1);
    expect(await (await app.request(`${sheet}?fait=oui`)).text()).toContain('C’est enregistré');
  });

  test('gives the form back as typed, with the reason beside the day that does not read', async () => {
    const answer = await app.request(`${sheet}/horaires`, form({ ...week, hours_4: 'dès l’aube', from: '2026-06-16' }));
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('href="#hours_4"');
    expect(page).toContain('value="dès l’aube"');
    expect((await tuesday()).open).toHaveLength(2);
  });

  test('closes days, refuses to close them twice, and opens them again', async () => {
    const days = { first_day: '2026-06-16', last_day: '2026-06-17', reason: 'event', note: 'Fête de la musique' };
    expect((await app.request(`${sheet}/fermetures`, form(days))).status).toBe(303);
    expect((await tuesday()).closed?.fr).toBe('fermé : Fête de la musique');
    expect((await app.request(`${sheet}/fermetures`, form(days))).status).toBe(409);
    const page = await (await app.request(sheet)).text();
    const [cancel] = /\/gestion[^"]+annuler/.exec(page)!;
    expect((await app.request(cancel, form({}))).status).toBe(303);
    expect((await tuesday()).closed).toBeNull();
  });

  test('sets a price as people write it; an amount that does not read is a sentence', async () => {
    const price = { kind: 'desk', part: 'day', amount: '12,50', deliberation: '2026-014', valid_from: '2026-07-01' };
    expect((await app.request(`${sheet}/tarifs`, form(price))).status).toBe(303);
    expect(await (await app.request(sheet)).text()).toMatch(/12,50\s€/);
    const wrong = await app.request(`${sheet}/tarifs`, form({ ...price, amount: 'douze' }));
    expect([wrong.status, await wrong.text()]).toEqual([
      422,
      expect.stringContaining('«\u00a0douze\u00a0» ne se lit pas'),
    ]);
  });
});

describe('the endpoints', () => {
  const url = '/api/v1/spaces/ganges-l-atelier';

  test('change hours, closures and tariffs with the same verbs', async () => {
    const hours = [{ weekday: 2, opens_min: 600, closes_min: 840 }];
    expect((await app.request(`${url}/hours`, json('PUT', { hours, from: '2026-06-16' }))).status).toBe(200);
    const closed = await app.request(
      `${url}/closures`,
      json('POST', { first_day: '2026-06-16', last_day: '2026-06-16', reason: 'works' }),
    );
    const { closureId } = (await closed.json()) as { closureId: string };
    expect(closed.status).toBe(201);
    expect((await app.request(`/api/v1/closures/${closureId}`, json('DELETE'))).status).toBe(200);
    const price = {
      kind: 'desk',
      part: 'day',
      amount_eur_cents: 1250,
      deliberation: '2026-014',
      valid_from: '2026-07-01',
    };
    expect((await app.request(`${url}/tariffs`, json('PUT', price))).status).toBe(200);
    expect((await tuesday()).open).toHaveLength(1);
  });

  test.each([
    ['no sign-in', null, '2026-06-16', 401, 'request.sign_in_first'],
    ['a stranger', stranger, '2026-06-16', 403, 'spaces.not_manager'],
    ['a past day', operator, '2026-06-14', 422, 'spaces.from_the_past'],
    ['a day that does not exist', operator, '2026-02-30', 422, 'request.invalid'],
  ])('%s: a problem document', async (_case, actor, from, status, code) => {
    const answer = await roomApp(net, [routes], { actor }).request(`${url}/hours`, json('PUT', { hours: [], from }));
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code]);
  });
});

describe('the sheet', () => {
  const sheetText = {
    ...{ name: 'Le Nouvel Atelier', address: '2 place de la Mairie', postcode: '34190', host: 'Zoé' },
    ...{ description_fr: 'Clair.', description_en: 'Bright.' },
    ...{ getting_there_fr: 'À pied.', getting_there_en: 'On foot.' },
  };

  test('is rewritten from its page; its address on the site stays', async () => {
    expect(await (await app.request(`${sheet}/fiche`)).text()).toContain('value="L’Atelier"');
    expect((await app.request(`${sheet}/fiche`, form(sheetText))).status).toBe(303);
    const page = await (await app.request(sheet)).text();
    expect(page).toContain('Le Nouvel Atelier');
    expect(page).toContain(`href="${sheet}/fiche"`);
  });

  test.each([
    ['an empty name', { name: ' ' }],
    ['a postcode of four digits', { postcode: '3419' }],
    ['a text in one language', { description_en: '' }],
  ])('comes back with %s', async (_case, wrong) => {
    const answer = await app.request(`${sheet}/fiche`, form({ ...sheetText, ...wrong }));
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('La fiche a besoin')]);
  });

  test('is rewritten by the API, by who manages the space', async () => {
    const url = '/api/v1/spaces/ganges-l-atelier/sheet';
    const done = await app.request(url, json('PUT', sheetText));
    expect(await done.json()).toEqual({ slug: 'ganges-l-atelier', name: 'Le Nouvel Atelier' });
    const refused = await roomApp(net, [routes], { actor: stranger }).request(url, json('PUT', sheetText));
    expect(refused.status).toBe(403);
  });
});
