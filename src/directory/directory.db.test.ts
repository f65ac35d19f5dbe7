import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { type RoomVisit, roomApp } from '../../tools/room-app.ts';
import { demoSpaces } from '../demo/spaces.ts';
import type { Place } from '../kernel/place.ts';
import type { Actor } from '../kernel/visit.ts';
import { importCommunes } from '../platform/communes/communes.ts';
import { noRoads } from '../platform/roads/no-roads.ts';
import type { RoadRouter } from '../platform/roads/roads.ts';
import { addSpaces, close, spaceBySlug } from '../spaces/spaces.ts';
import { routes } from './routes.ts';

const operator: Actor = {
  personId: 'per_00000001',
  firstName: 'Ada',
  memberships: [{ role: 'network_operator', scope: null }],
};

/** Roads straight as a ruler at a kilometre a minute: enough to know what a page must say. */
const straight: RoadRouter = {
  ...noRoads(null),
  oneToMany: async (from: Place, tos: readonly Place[]) =>
    tos.map(to => {
      const metres = Math.round(Math.hypot(to.lon_udeg - from.lon_udeg, to.lat_udeg - from.lat_udeg) / 10);
      return { method: 'matrix', metres, seconds: Math.round((metres * 60) / 1000) };
    }),
  describe: () => ({ ...noRoads(null).describe(), engine: 'straight' }),
};

let net: TestNetwork;
beforeAll(async () => {
  net = await freshNetwork();
  await net.work(w => importCommunes(w.tx, w.now));
  await net.work(w =>
    addSpaces(
      w,
      operator,
      demoSpaces.map(({ manager: _manager, population: _population, ...space }) => ({
        ...space,
        managerId: 'org_00000001',
      })),
    ),
  );
});
afterAll(() => net.database.db.destroy());

const get = async (path: string, visitor: RoomVisit = {}) => {
  const answer = await roomApp(net, [routes], visitor).request(path);
  return { status: answer.status, html: await answer.text() };
};
const h1 = (html: string): string => /<h1[^>]*>(.*?)<\/h1>/.exec(html)?.[1] ?? '';

describe('the home page', () => {
  test.each([
    ['fr', 'Où travailler près de chez moi'],
    ['en', 'Where can I work near home'],
  ] as const)('asks one question in one field, in %s', async (lang, question) => {
    const { status, html } = await get('/', { lang });
    expect(status).toBe(200);
    expect(h1(html)).toContain(question);
    expect(html.match(/<input[^>]*name="q"/g)).toHaveLength(1);
    expect(html).toContain('action="/recherche"');
  });

  test('says how many spaces are open, and not the one that is planned', async () => {
    const { html } = await get('/');
    const open = demoSpaces.filter(s => s.status === 'open').length;
    expect(html).toContain(`<strong class="stat-value">${open}</strong>`);
  });

  test('weighs less than 100 kB before compression', async () => {
    expect((await get('/')).html.length).toBeLessThan(100_000);
  });
});

describe('a search', () => {
  test('from a commune lists the nearest first, with minutes, free desks, price and a map in the same order', async () => {
    const { status, html } = await get('/recherche?q=Ganges', { roads: straight });
    expect([status, h1(html)]).toEqual([200, 'Où travailler près de Ganges']);
    const titles = [...html.matchAll(/class="result-title"><a[^>]*>([^<]+)/g)].map(m => m[1]);
    expect(titles.slice(0, 3)).toEqual(['La Filature', 'Le Quai', 'La Manufacture']);
    expect(html).toMatch(/7,50\s€/);
    expect(html).toContain('10 libres');
    expect(html).not.toContain('environ');
  });

  test('without a map of roads says « environ » and why', async () => {
    const { html } = await get('/recherche?q=Ganges');
    expect(html).toMatch(/environ \d+ min/);
    expect(html).toContain('estimation à vol d’oiseau');
  });

  test.each([
    ['a postcode', '08400', 'Vouziers'],
    ['a name without accents', 'bagneres-de-bigorre', 'Bagnères-de-Bigorre'],
    ['an address that holds a commune', '3 rue du Pont, 26150 Die', 'Die'],
  ])('understands %s', async (_what, typed, town) => {
    const { status, html } = await get(`/recherche?q=${encodeURIComponent(typed)}`);
    expect([status, h1(html)]).toEqual([200, `Où travailler près de ${town}`]);
  });

  test('asks which one when several communes bear the name, and takes the answer', async () => {
    const { html } = await get('/recherche?q=Saint-Denis');
    expect(h1(html)).toBe('Plusieurs communes portent ce nom');
    expect(html).toContain('commune=97411');
    expect(h1((await get('/recherche?q=Saint-Denis&commune=97411')).html)).toContain('Saint-Denis');
  });

  test.each([
    ['an unknown commune, with the nearest names', 'Gangess', 404, 'Ganges'],
    ['nothing at all', '', 422, 'Écrivez une commune'],
    ['signs only', '???', 422, 'Écrivez une commune'],
  ])('%s: words, and the field again', async (_what, typed, status, said) => {
    const found = await get(`/recherche?q=${encodeURIComponent(typed)}`);
    expect(found.status).toBe(status);
    expect(found.html).toContain(said);
    expect(found.html).toContain('name="q"');
  });

  test('far from every space says so and still shows the nearest', async () => {
    const { html } = await get('/recherche?q=Brest&commune=29019');
    expect(html).toContain('Pas encore d’espace près de chez vous');
    expect(html).toContain('result-title');
  });

  test('a past day, or one that does not exist, shows the first free day instead', async () => {
    for (const jour of ['2020-01-01', '2026-02-30', 'demain'])
      expect((await get(`/recherche?q=Ganges&jour=${jour}`)).html).toContain('jour=2026-06-15');
  });

  test('on a Sunday every space is closed, and the next half-days are shown', async () => {
    const { html } = await get('/recherche?q=Ganges&jour=2026-06-21');
    expect(html).toContain('fermé ce jour-là');
    expect(html).toContain('lundi 22 juin, matin');
  });
});

describe('the page of a space', () => {
  const page = '/espaces/ganges-la-filature';

  test.each([
    ['fr', 'La semaine, à réserver', 'Un atelier de bonneterie', 'délibération fictive'],
    ['en', 'The week, to book from', 'A stocking workshop', 'délibération fictive'],
  ] as const)('in %s shows the week to book from, the host, the prices and their decision', async (lang, ...said) => {
    const { status, html } = await get(page, { lang });
    expect([status, h1(html)]).toEqual([200, 'La Filature']);
    for (const words of [...said, 'Maya']) expect(html).toContain(words);
    expect(html).toContain('href="/reserver?espace=ganges-la-filature&amp;jour=2026-06-16&amp;moment=matin"');
    expect(html).toContain('application/ld+json');
  });

  test('a closed week is not offered, and says why', async () => {
    const closed = {
      spaceId: (await spaceOf('ganges-la-filature')) as `spc_${string}`,
      firstDay: '2026-08-03',
      lastDay: '2026-08-14',
      reason: 'holidays',
    } as const;
    await net.work(w => close(w, operator, closed));
    const { html } = await get(`${page}?jour=2026-08-03`);
    expect(html).not.toContain('moment=matin');
    expect(html).toContain('fermé\u00a0: congés');
  });

  test('« depuis chez moi » answers by road, or says that the place is unknown', async () => {
    expect((await get(`${page}?depuis=Sumene`, { roads: straight })).html).toContain('Depuis chez moi, Sumène');
    expect((await get(`${page}?depuis=Zzyzx`)).html).toContain('Nous ne trouvons pas «\u00a0Zzyzx\u00a0»');
  });

  test('a planned space says when it opens and books nothing', async () => {
    const { html } = await get('/espaces/nontron-la-coutellerie');
    expect(html).toContain('1er février 2027');
    expect(html).not.toContain('moment=matin');
  });

  test('an unknown space is a 404', async () => {
    expect((await get('/espaces/nulle-part')).status).toBe(404);
  });
});

const spaceOf = async (slug: string): Promise<string> => {
  const rows = await net.work(w => spaceBySlug(w, slug));
  return rows.ok ? rows.value.spaceId : '';
};

describe('what machines read', () => {
  test('the sitemap has every space; an invented network keeps robots away', async () => {
    expect((await get('/sitemap.xml')).html).toContain('/espaces/ganges-la-filature</loc>');
    expect((await get('/robots.txt')).html).toContain('Disallow: /');
  });

  test('the endpoints answer as the pages do', async () => {
    const api = async (path: string) =>
      (await roomApp(net, [routes], { roads: straight }).request(`/api/v1${path}`)).json();
    expect(await api('/spaces')).toMatchObject({
      day: '2026-06-15',
      spaces: expect.arrayContaining([expect.objectContaining({ slug: 'die-la-clairette' })]),
    });
    expect(await api('/spaces/die-la-clairette?day=2026-06-16')).toMatchObject({
      name: 'La Clairette',
      half_days: expect.any(Array),
      tariffs: expect.any(Array),
    });
    expect(await api('/search?q=34190')).toMatchObject({
      from: { insee_code: '34111' },
      results: expect.arrayContaining([expect.objectContaining({ slug: 'ganges-la-filature' })]),
    });
    expect(await api('/search?q=saint-denis')).toMatchObject({ from: null, results: [] });
    expect(await api('/search?q=Gangess')).toMatchObject({ code: 'places.unknown', status: 404 });
  });
});
