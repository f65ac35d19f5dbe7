import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import type { Actor } from '../kernel/visit.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces } from '../spaces/spaces.ts';
import { gridOn } from './grid.ts';
import { qrPath } from './qr.ts';
import { routes } from './routes.ts';

const operator = (n: number): Actor => ({
  personId: `per_0000000${n}`,
  firstName: 'Ada',
  memberships: [{ role: 'network_operator', scope: null }],
});
const page = '/labels/ganges-l-atelier';
const { criteria } = gridOn('2026-06-15')!;
const allMet = Object.fromEntries(criteria.map(({ code }) => [code, 'met']));

let net: TestNetwork;
beforeEach(async () => {
  net = await freshNetwork();
  await net.work(w => addSpaces(w, operator(1), [sampleSpace()]));
});
const as = (actor: Actor | null, lang: 'fr' | 'en' = 'fr') => roomApp(net, [routes], { actor, lang });
const read = async (lang: 'fr' | 'en' = 'fr') => (await as(null, lang).request(page)).text();

async function grantByForms() {
  await as(operator(1)).request(`${page}/demande`, form(allMet));
  await as(operator(1)).request(`${page}/visite`, form({ ...allMet, visited_on: '2026-06-12' }));
  return as(operator(2)).request(
    `${page}/decision`,
    form({ kind: 'label', valid_until: '2029-06-15', reason: 'Visite favorable.' }),
  );
}

describe('the public page of a label', () => {
  test.each([
    ['fr', 'sans label', 'Grille provisoire', 'Des bureaux individuels'],
    ['en', 'no label', 'Provisional criteria', 'Individual offices'],
  ] as const)('in %s says the state, that the grid is provisional, and every criterion', async (lang, ...said) => {
    const html = await read(lang);
    for (const words of said) expect(html).toContain(words);
    for (const { code } of criteria) expect(html).toContain(`${code} ·`);
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  test('follows the forms from application to label, and shows the date, the end, the visit and a code that leads back', async () => {
    expect((await grantByForms()).status).toBe(303);
    const html = await read();
    for (const words of [
      'labellisé',
      '15 juin 2026',
      '15 juin 2029',
      '12 juin 2026',
      '11 critères remplis sur 11',
      'Visite favorable.',
    ])
      expect(html).toContain(words);
    expect(html).toContain(qrPath(`http://localhost${page}`).path);
  });

  test('gives a visitor no form, and an operator the one that fits', async () => {
    expect(await read()).not.toContain('<form class="form"');
    expect(await (await as(operator(1)).request(page)).text()).toContain(`${page}/demande`);
    await grantByForms();
    expect(await (await as(operator(1)).request(page)).text()).toContain(`${page}/changement`);
  });

  test('says why the reviewer of the visit cannot decide', async () => {
    await as(operator(1)).request(`${page}/demande`, form(allMet));
    await as(operator(1)).request(`${page}/visite`, form({ ...allMet, visited_on: '2026-06-12' }));
    const answer = await as(operator(1)).request(`${page}/decision`, form({ kind: 'refuse', reason: 'x' }));
    expect([answer.status, await answer.text()]).toEqual([
      409,
      expect.stringContaining('n’est pas celle qui a visité'),
    ]);
  });

  test('an unknown space is a 404', async () => {
    expect((await as(null).request('/labels/nulle-part')).status).toBe(404);
  });
});

test('the list shows every space and its state', async () => {
  await grantByForms();
  const html = await (await as(null).request('/labels')).text();
  expect(html).toContain(`href="${page}"`);
  expect(html).toContain('labellisé');
});

describe('the endpoints', () => {
  test('walk the same way and answer with the label', async () => {
    const findings = criteria.map(({ code }) => ({ code, answer: 'met' }));
    const url = `/api/v1${page}`;
    expect(
      (await as(operator(1)).request(`${url}/application`, json('POST', { self_assessment: findings }))).status,
    ).toBe(201);
    await as(operator(1)).request(`${url}/evaluation`, json('POST', { visited_on: '2026-06-12', findings }));
    await as(operator(2)).request(
      `${url}/decision`,
      json('POST', { kind: 'label', valid_until: '2029-06-15', reason: 'Oui.' }),
    );
    const label = await (await as(null).request(url)).json();
    expect(label).toMatchObject({
      space: 'ganges-l-atelier',
      state: 'labelled',
      grid_status: 'candidate',
      valid_until: '2029-06-15',
    });
    const suspended = await as(operator(1)).request(
      `${url}/change`,
      json('POST', { kind: 'suspend', reason: 'Travaux.' }),
    );
    expect(await suspended.json()).toMatchObject({ state: 'suspended' });
  });

  test('a visitor who is not signed in is told so', async () => {
    const answer = await as(null).request(`/api/v1${page}/change`, json('POST', { kind: 'suspend', reason: 'x' }));
    expect(answer.status).toBe(401);
  });
});
