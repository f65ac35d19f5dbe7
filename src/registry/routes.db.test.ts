import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { done } from '../../tools/small-network.ts';
import type { Lang } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import { rational } from '../kernel/rational.ts';
import type { Actor } from '../kernel/visit.ts';
import { addOrganisations } from '../people/people.ts';
import type { Mount } from '../platform/http.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { type RangeAct, rangeActNames, rangeActs } from './acts.ts';
import { type Holding, holdings, issue, serialText } from './registry.ts';
import { routes } from './routes.ts';
import { operator, sampleIssue } from './sample.ts';
import { selectDuties } from './store/duty.ts';

/** A page holds French signs to their word; here what it says matters. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

let net: TestNetwork;
let home: string;
let holderId: Id<'org'>;
let organisationId: Id<'org'>;
beforeAll(async () => {
  net = await freshNetwork();
  home = mkdtempSync(join(tmpdir(), 'parvis-registry-'));
  const named = ['Porteur', 'Employeur voisin'].map(name => ({ kind: 'employer' as const, name }));
  const added = done(await net.work(work => addOrganisations(work, operator, named)));
  [holderId, organisationId] = added.map(one => one.organisationId) as [Id<'org'>, Id<'org'>];
});
afterAll(async () => {
  await net.database.db.destroy();
  rmSync(home, { recursive: true });
});

/** The room with what signs for an installation, which a test network lacks. */
const withKeys = (mount: Mount) =>
  routes({
    ...mount,
    shell: {
      ...mount.shell,
      secrets: openSecretsOf('test'),
      settings: { ...mount.shell.settings, home, publicUrl: null },
    },
  });
const stranger: Actor = { ...operator, memberships: [{ role: 'worker', scope: null }] };
const app = (actor: Actor | null = operator, lang: Lang = 'fr') => roomApp(net, [withKeys], { actor, lang });
const page = async (path: string, lang: Lang = 'fr', actor: Actor | null = operator) =>
  (await app(actor, lang).request(path)).text();
const posted = (path: string, fields: Record<string, string>, actor: Actor | null = operator) =>
  app(actor).request(path, form(fields));
const api = async (path: string, body: unknown, actor: Actor | null = operator) => {
  const answer = await app(actor).request(`/api/v1/registry${path}`, json('POST', body));
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
};
const open = async (state = 'active'): Promise<Holding> =>
  (await net.work(holdings)).find(one => one.state === state && one.batchId === 'batch one')!;
const count = (html: string, what: RegExp) => [...html.matchAll(what)].length;

const sale = {
  ...{ quantity: '4', buyer_name: 'Discret SARL', contract: 'C-2026-7', signed_on: '2026-06-01', anonymous: 'yes' },
  ...{ purpose: 'contribution', price_eur_cents: '35,50', project_holder_eur_cents: '30', shortfall_bearer: 'after' },
};

describe('the register', () => {
  test.each<[Lang, string]>([
    ['fr', 'Aucune unité n’est émise'],
    ['en', 'No unit has been issued'],
  ])('empty, in %s, says why and leads to the month', async (lang, title) => {
    const html = await page('/registre', lang);
    expect(html).toContain(title);
    expect(html).toContain('href="/operateur"');
    expect(html).toContain(lang === 'fr' ? 'profil de démonstration' : 'demo profile');
  });

  test('is for the operator', async () => {
    expect((await app(stranger).request('/registre')).status).toBe(403);
    expect((await app(null).request('/registre')).status).toBe(401);
    expect((await app(stranger).request('/api/v1/registry')).status).toBe(403);
  });
});

describe('with 25 units, 5 of them in reserve', () => {
  beforeAll(async () => {
    const asked = sampleIssue({ holderId, reserve_share: rational(1n, 5n) });
    done(await net.work(work => issue(work, operator, asked)));
  });

  test('the register shows who holds what, and what waits', async () => {
    const html = await page('/registre');
    for (const words of ['Sur 25 unités, 0 a servi', 'PV-LBC-0001-2026-000006-000025', 'Porteur', 'en réserve'])
      expect(html).toContain(words);
    expect(html).toContain('Aucune référence de l’État n’est enregistrée');
    expect(html).not.toContain('Cessions à déclarer');
  });

  test.each(rangeActNames)('the form of %s opens on its own, with every field', async act => {
    const { rangeId } = await open(act === 'cancellation' ? 'reserve' : 'active');
    for (const lang of ['fr', 'en'] as const) {
      const html = await page(`/registre/series/${rangeId}?faire=${rangeActs[act].slug}`, lang);
      expect(plain(html)).toContain(plain(rangeActs[act].lead[lang]));
      for (const { name } of rangeActs[act].fields) expect(html).toContain(`name="${name}"`);
      expect(count(html, /<h1/g)).toBe(1);
      expect(html).not.toMatch(/\b(undefined|NaN|null|\[object Object\])\b/);
    }
  });

  test('a reserve is only ever cancelled or answered with', async () => {
    const html = await page(`/registre/series/${(await open('reserve')).rangeId}`);
    expect(html).toContain('?faire=annuler');
    expect(html).not.toContain('?faire=ceder');
  });

  test('a transfer comes back with its words beside the field, then is made, once', async () => {
    const { rangeId } = await open();
    const path = `/registre/series/${rangeId}/ceder`;
    const refused = await posted(path, { ...sale, price_eur_cents: 'beaucoup', request_id: 'sale' });
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(html).toContain('href="#price_eur_cents"');
    expect(html).toContain('value="C-2026-7"');
    expect(await (await posted(path, { ...sale, quantity: '21' })).text()).toContain('de 1 à 20');
    const both = await posted(path, { ...sale, organisation_id: organisationId });
    expect(await both.text()).toContain('pas les deux');
    const neither = await posted(path, { ...sale, buyer_name: '' });
    expect(neither.status).toBe(422);
    const [first, again] = [
      await posted(path, { ...sale, request_id: 'sale' }),
      await posted(path, { ...sale, request_id: 'sale' }),
    ];
    expect(first.status).toBe(303);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    const sold = await page(first.headers.get('location')!);
    expect(sold).toContain('C’est enregistré');
    expect(sold).toContain('Discret SARL');
    expect((await posted(path, { ...sale })).status).toBe(409);
  });

  test('a transfer waits to be declared, shows its prices to the operator alone, and is declared', async () => {
    const list = await page('/registre');
    expect(list).toContain('1er septembre 2026');
    const path = /\/registre\/cessions\/trf_[0-9a-z]+/.exec(list)![0];
    const shown = await page(path);
    for (const words of ['35,50', '142,00', '30,00', 'Déclarez d’abord']) expect(shown).toContain(words);
    expect((await app(stranger).request(path)).status).toBe(403);
    expect((await posted(path, { declared_on: '2026-06-10', reference: '' })).status).toBe(422);
    expect((await posted(path, { declared_on: '', reference: 'x' })).status).toBe(422);
    const declared = await posted(path, { declared_on: '2026-06-10', reference: 'LBC-D-1' });
    expect(declared.status).toBe(303);
    expect(await page(path)).toContain('LBC-D-1');
    expect(await page('/registre')).not.toContain('Cessions à déclarer');
  });

  test('units are retired, split, sent out and cancelled by the API, each answer a range', async () => {
    const ranges = async () => `/ranges/${(await open()).rangeId}`;
    const use = { quantity: 2, beneficiary: 'Ganges', purpose: 'contribution', year: 2026 };
    expect(await api(`${await ranges()}/retirement`, { ...use, mention: 'net zero' })).toMatchObject({
      status: 422,
      body: { code: 'registry.neutral_claim' },
    });
    expect((await api(`${await ranges()}/retirement`, use, stranger)).body['code']).toBe('registry.operator_only');
    expect((await api(`${await ranges()}/retirement`, use, null)).status).toBe(401);
    for (const quantity of [2.5, '2', -1, 1e18, null]) {
      expect((await api(`${await ranges()}/retirement`, { ...use, quantity })).status).toBe(422);
    }
    const active = await net.work(holdings).then(all => all.filter(one => one.state === 'active').at(-1)!);
    const on = `/ranges/${active.rangeId}`;
    expect(await api(`${on}/retirement`, use)).toMatchObject({ status: 201, body: { state: 'retired', units: '2' } });
    expect((await api(`${on}/retirement`, use)).body['code']).toBe('registry.range_moved');
    const last = async () => `/ranges/${(await net.work(holdings)).at(-1)!.rangeId}`;
    expect((await api(`${await last()}/split`, { quantity: 1 })).body).toMatchObject({ state: 'active', units: '1' });
    const away = { quantity: 1, register: 'Registre X', reference: 'X-1' };
    expect((await api(`${await last()}/departure`, away)).body).toMatchObject({ state: 'sent_out' });
    const struck = { quantity: 1, reason: 'issued_in_error' };
    expect((await api(`${await last()}/cancellation`, struck)).body).toMatchObject({ state: 'cancelled' });
    expect((await api(`${await last()}/cancellation`, { ...struck, reason: 'late_fraud' })).status).toBe(422);
  });

  test('the State’s number, a reading of its register, and the gap that it leaves', async () => {
    const { parentId } = await open('reserve');
    const path = `/registre/series/${parentId}`;
    const tied = await posted(`${path}/rattacher`, { reference: 'LBC-2026-1', external_quantity: '25' });
    expect(tied.headers.get('location')).toBe(`${path}?fait=oui`);
    expect((await posted(`${path}/rattacher`, { reference: 'LBC-2026-2', external_quantity: '25' })).status).toBe(409);
    const list = await page('/registre');
    expect(list).toMatch(/\+2, écart/);
    const reference = /\/registre\/references\/ext_[0-9a-z]+/.exec(list)![0];
    expect((await posted(reference, { quantity: '23', read_on: '2026-06-16' })).status).toBe(422);
    expect((await posted(reference, { quantity: '23', read_on: '2026-06-15' })).status).toBe(303);
    expect(await page(reference)).toContain('aucun écart');
    expect(await page(path)).toContain('LBC-2026-1');
  });

  test('fraud is clawed back, and what is owed is replaced from another batch', async () => {
    const { rangeId } = await open('reserve');
    const struck = await posted(`/registre/series/${rangeId}/reprendre`, {
      quantity: '22',
      reason: 'présences inventées',
    });
    expect(struck.headers.get('location')).toBe(`/registre/series/${rangeId}?fait=oui`);
    const [duty] = await net.work(selectDuties);
    const path = `/registre/obligations/${duty!.dutyId}`;
    expect(await page('/registre')).toContain(path);
    expect(await page(path)).toContain('Aucune série ne convient');
    const sound = done(
      await net.work(work => issue(work, operator, sampleIssue({ holderId, batchId: 'batch two', quantity: 9n }))),
    );
    expect(await page(path)).toContain(serialText(sound));
    expect((await posted(path, { range_id: rangeId, quantity: '1' })).status).toBe(409);
    const met = await posted(path, { range_id: sound.rangeId, quantity: String(duty!.quantity) });
    expect(met.status).toBe(303);
    expect(await page('/registre')).toContain('remplacées');
  });

  test('every page of the register is whole, in both languages', async () => {
    const html = await page('/registre');
    const paths = new Set([...html.matchAll(/href="(\/registre\/[^"#?]+)/g)].map(match => match[1]!));
    expect(paths.size).toBeGreaterThan(6);
    for (const path of paths) {
      for (const lang of ['fr', 'en'] as const) {
        const shown = await page(path, lang);
        expect(count(shown, /<h1/g), path).toBe(1);
        expect(shown, path).not.toMatch(/>[^<]*\b(undefined|NaN|null|false|\[object Object\])\b/);
      }
    }
  });

  test('what does not exist is told so', async () => {
    for (const path of ['series/rng_none00001', 'cessions/trf_none00001', 'references/x', 'obligations/x']) {
      expect((await app().request(`/registre/${path}`)).status).toBe(404);
    }
  });
});

describe('in public', () => {
  test('a certificate needs no sign-in, and shows no price, no contract and no hidden buyer', async () => {
    const register = (await (await app().request('/api/v1/registry')).json()) as { ranges: { serial: string }[] };
    for (const { serial } of register.ranges) {
      for (const lang of ['fr', 'en'] as const) {
        const html = await page(`/certificats/${serial}`, lang, null);
        expect(html).toContain(serial);
        expect(html).not.toMatch(/Discret|C-2026-7|35,50|35\.50|€/);
        expect(html).not.toMatch(/\b(undefined|NaN|null|\[object Object\])\b/);
        expect(count(html, /<h1/g)).toBe(1);
      }
      const answer = await app(null).request(`/api/v1/certificates/${serial}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toMatch(/Discret|C-2026-7|cents/);
    }
  });

  test('the whole of a batch says what each part became, and never calls itself the State’s', async () => {
    const html = await page('/certificats/PV-LBC-0001-2026-000001-000025', 'fr', null);
    for (const words of ['Référence de sous-registre', 'modifié', 'nom non publié', 'Ganges', 'LBC-2026-1', 'L229-68'])
      expect(html).toContain(words);
    expect(html).toContain('Pour 2026, nous avons contribué à éviter 2 t de CO2e');
    expect(html).not.toMatch(/certificat (officiel|de l’État)/i);
  });

  test('the list of statuses is a signed text', async () => {
    const answer = await app(null).request('/certificats/statuts');
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const list = await answer.text();
    expect(list).toMatch(
      /^parvis-unit-statuses\/1\n\S+Z\n(PV-\S+ (valid|amended|revoked|retired) \S+Z\n)+\n— \S+ \S+\n$/,
    );
  });

  test('a reference that no unit bears is told so', async () => {
    expect((await app(null).request('/certificats/PV-LBC-0001-2026-000001-000026')).status).toBe(404);
    expect((await app(null).request('/api/v1/certificates/nothing')).status).toBe(404);
  });
});

test('each act has a form, an endpoint and an address of its own', () => {
  const slugs = rangeActNames.map((act: RangeAct) => rangeActs[act].slug);
  expect(new Set(slugs).size).toBe(slugs.length);
});
