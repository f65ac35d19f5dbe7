import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { roomApp } from '../../tools/room-app.ts';
import type { Lang } from '../kernel/bilingual.ts';
import { families, familySheet, publicSets, publicUnknowns } from './method.ts';
import { routes } from './routes.ts';

/** A page holds French signs to their word; here what it says matters. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

let net: TestNetwork;
beforeAll(async () => {
  net = await freshNetwork('2026-11-25T08:00:00Z');
});
afterAll(() => net.database.db.destroy());

const app = (lang: Lang = 'fr') => roomApp(net, [routes], { lang });
const page = async (lang: Lang) => (await app(lang).request('/methode')).text();
const json = async (path: string) => {
  const response = await app().request(path);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('the method page', () => {
  it.each([
    [
      'fr',
      [
        'Estimation non officielle',
        'Écart brut',
        'équations officielles',
        'Et si nous nous trompions',
        'jamais crédité',
      ],
    ],
    ['en', ['Unofficial estimate', 'Gross difference', 'official equations', 'And if we were wrong', 'never credited']],
  ] as const)('in %s says what it is worth, shows a worked day and lists what is unknown', async (lang, said) => {
    const html = plain(await page(lang));
    for (const words of said) expect(html).toContain(words);
    expect(html.match(/<h1/g)).toHaveLength(1);
    for (const { version, title } of families()) {
      expect(html).toContain(`id="${version.method}"`);
      expect(html).toContain(plain(title[lang]));
      expect(html).toContain(version.digest);
    }
    for (const { id } of publicUnknowns()) expect(html).toContain(`>${id}<`);
  });

  it.each(['fr', 'en'] as const)('in %s shows each set with its values, dates, hash and traps', async lang => {
    const html = plain(await page(lang));
    for (const { sha256, title, boundary_words, licence, cautions = [], factors } of publicSets()) {
      for (const words of [sha256, title[lang], boundary_words[lang], licence[lang]])
        expect(html).toContain(plain(words));
      for (const caution of cautions) expect(html).toContain(plain(caution[lang]));
      for (const { id } of factors) expect(html).toContain(`<code>${id}</code>`);
    }
    expect(html).toContain(lang === 'fr' ? 'dont fabrication' : 'of which making');
  });

  it('tells the worked day exactly, with its interval and what it would be otherwise', async () => {
    const html = await page('en');
    // 9,321,900 mg ± 2,013,016: 20 % of the whole, and 10 % of each of four trips, squared, summed, rooted.
    expect(html).toContain('between 7.3\u00a0kg and 11.3\u00a0kg');
    expect(html).toContain('set B, rebound 31/100 of the net saving');
    expect(html).toContain('set A, no rebound');
    expect(html).toContain('Set C does not count as the other one: combustion car, average (car), per person');
  });
});

describe('the method as JSON', () => {
  it('lists the families, each with its frozen version', async () => {
    const { status, body } = await json('/api/v1/methods');
    expect(status).toBe(200);
    expect(body['methods']).toEqual(
      families().map(({ version, title, counts, status: s }) => ({ version, title, counts, status: s })),
    );
  });

  it('gives everything about one: the same as the page', async () => {
    const { body } = await json('/api/v1/methods/lbc-tiers-lieux');
    expect(body['factor_sets']).toEqual(publicSets().map(set => ({ ...set })));
    expect(body['unknowns']).toEqual(publicUnknowns());
    expect(body['assumptions']).toMatchObject([
      { id: 'factor', half_width: '1/5' },
      { id: 'distance', half_width: '1/10' },
    ]);
    expect(body['equations']).toHaveLength(9);
  });

  it('keeps to each what is its own', async () => {
    const [cee, inventory] = [await json('/api/v1/methods/cee-relais-edf'), await json('/api/v1/methods/inventory')];
    expect([cee.body['factor_sets'], cee.body['unknowns'], cee.body['assumptions']]).toEqual([[], [], []]);
    expect(cee.body['parameters']).toHaveLength(20);
    expect([inventory.body['factor_sets'], inventory.body['unknowns']]).toEqual([publicSets(), []]);
  });

  it('refuses a method that is none, and names those that are', async () => {
    const { status, body } = await json('/api/v1/methods/lbc');
    expect([status, body['code']]).toEqual([404, 'method.no_such_method']);
    expect(body['detail']).toContain('lbc-tiers-lieux, cee-relais-edf, inventory');
    expect(familySheet('__proto__').ok).toBe(false);
  });

  it('computes a document as the command line does, and still names a fault', async () => {
    const ask = async (body: object) => {
      const response = await app().request('/api/v1/method/quantify', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return (await response.json()) as Record<string, unknown>;
    };
    const document = { id: 'x', method: 'lbc-tiers-lieux', profile: 'demo', rebound: { variant: 'none' }, days: [] };
    expect(await ask(document)).toMatchObject({ id: 'x', net_mg: '0', credits: '0' });
    expect(await ask({ ...document, certified: {} })).toMatchObject({ code: 'method.unknown_field' });
    expect(await ask({ ...document, profile: 'certifying' })).toMatchObject({ code: 'method.profile_incomplete' });
  });
});
