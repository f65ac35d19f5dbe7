import { z } from '@hono/zod-openapi';
import { accept } from '../kernel/outcome.ts';
import { type Day, isDay, localDay } from '../kernel/time.ts';
import { type Ctx, endpoint, inVisit, type Mount, must, show } from '../platform/http.ts';
import type { RoadRouter } from '../platform/roads/roads.ts';
import type { SpaceId } from '../spaces/spaces.ts';
import {
  type Guides,
  type Listing,
  listings,
  quarterHour,
  type Search,
  type SpaceSheet,
  search,
  somewhere,
  spaceSheet,
  tripsFrom,
} from './directory.ts';
import { HomePage } from './pages/home.tsx';
import { ListPage } from './pages/list.tsx';
import { ChoosePage, ResultsPage, UnknownPlacePage } from './pages/results.tsx';
import { type FromHome, SpacePage } from './pages/space.tsx';

/** A day of the address; anything else is no day, and the page shows the first one that fits. */
const dayAsked = (text: string | undefined): Day | null => (text !== undefined && isDay(text) ? text : null);

const guidesOf = async ({ shell }: Mount): Promise<Guides> => ({
  roads: await shell.roads(),
  geocoder: shell.geocoder,
});

type Areas = Awaited<ReturnType<typeof quarterHour>>;

/** Quarter hours are worth keeping: they change with the map only. */
function keptAreas() {
  const kept = new Map<string, Areas>();
  return async (roads: RoadRouter, sheet: SpaceSheet): Promise<Areas> => {
    const key = `${roads.describe().tileset_sha256} ${sheet.space.spaceId satisfies SpaceId}`;
    const known = kept.get(key);
    if (known) return known;
    const areas = await quarterHour(roads, sheet.space);
    kept.set(key, areas);
    return areas;
  };
}

async function fromHome(mount: Mount, c: Ctx, sheet: SpaceSheet): Promise<FromHome | null> {
  const text = c.req.query('depuis');
  if (text === undefined || text.trim() === '') return null;
  const guides = await guidesOf(mount);
  const found = await inVisit(mount.shell, c, work => somewhere(work, guides, text));
  if (!found.ok) return { text, label: null, at: null, trips: [], refusal: found.refusal };
  const [trips = []] = await tripsFrom(guides.roads, found.value.place, [sheet.space.place]);
  return { text, label: found.value.label, at: found.value.place, trips, refusal: null };
}

async function searchPage(mount: Mount, c: Ctx): Promise<Response> {
  const visit = c.get('visit');
  const text = c.req.query('q') ?? '';
  const asked = { text, communeCode: c.req.query('commune') || null, day: dayAsked(c.req.query('jour')) };
  const guides = await guidesOf(mount);
  const found = await inVisit(mount.shell, c, work => search(work, guides, asked));
  const here = { visit, text, today: localDay(mount.shell.clock(), 'Europe/Paris') };
  if (!found.ok) return show(c, UnknownPlacePage({ ...here, refusal: found.refusal }), found.refusal.status);
  if (found.value.kind === 'choose') return show(c, ChoosePage({ ...here, places: found.value.places }));
  return show(c, ResultsPage({ ...here, found: found.value }));
}

function publicPages(mount: Mount): void {
  const { pages, shell } = mount;
  const areasOf = keptAreas();
  pages.get('/', async c => {
    const found = await inVisit(shell, c, work => listings(work));
    return show(c, HomePage({ visit: c.get('visit'), ...found }));
  });
  pages.get('/recherche', c => searchPage(mount, c));
  pages.get('/espaces', async c => {
    const found = await inVisit(shell, c, work => listings(work, dayAsked(c.req.query('jour'))));
    return show(c, ListPage({ visit: c.get('visit'), ...found }));
  });
  pages.get('/espaces/:slug', async c => {
    const asked = dayAsked(c.req.query('jour'));
    const sheet = must(await inVisit(shell, c, work => spaceSheet(work, c.req.param('slug'), asked)));
    const roads = await shell.roads();
    const page = {
      visit: c.get('visit'),
      sheet,
      areas: await areasOf(roads, sheet),
      fromHome: await fromHome(mount, c, sheet),
      fictitiousRoads: roads.describe().fictitious,
    };
    return show(c, SpacePage(page));
  });
  pages.get('/sitemap.xml', async c => {
    const { origin } = c.get('visit');
    const { listings: all } = await inVisit(shell, c, work => listings(work));
    const paths = [
      '',
      '/espaces',
      '/methode',
      ...all.flatMap(({ space }) => [`/espaces/${space.slug}`, `/labels/${space.slug}`]),
    ];
    const urls = paths.map(path => `<url><loc>${origin}${path}</loc></url>`).join('');
    const xml = `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>`;
    return c.body(xml, 200, { 'content-type': 'application/xml; charset=utf-8' });
  });
  // An invented network must not be found by a search engine.
  pages.get('/robots.txt', c => {
    const { origin, network } = c.get('visit');
    const rules = network.fictitious ? 'Disallow: /' : `Allow: /\nSitemap: ${origin}/sitemap.xml`;
    return c.text(`User-agent: *\n${rules}\n`);
  });
}

const bilingual = z.object({ fr: z.string(), en: z.string() });
const day = z
  .custom<Day>(text => typeof text === 'string' && isDay(text), 'YYYY-MM-DD')
  .openapi({ type: 'string', format: 'date' });
const half = z.object({
  day: z.string(),
  half: z.enum(['morning', 'afternoon']),
  open: z.boolean(),
  free: z.number().int(),
  total: z.number().int(),
});
const listing = z.object({
  space_id: z.string().openapi({ description: 'What a booking names.' }),
  slug: z.string(),
  name: z.string(),
  address: z.string(),
  postcode: z.string(),
  commune: z.object({ code: z.string(), name: z.string() }),
  lon_udeg: z.number().int().openapi({ description: 'microdegrees' }),
  lat_udeg: z.number().int(),
  zone: z.string(),
  status: z.enum(['planned', 'open', 'closed']),
  opened_on: z.string(),
  description: bilingual,
  getting_there: bilingual,
  equipment: z.array(z.string()),
  accessibility: z.array(z.string()),
  density: z.object({ level: z.number(), vintage: z.string() }).nullable(),
  label: z.object({ state: z.string(), since: z.string().nullable(), valid_until: z.string().nullable() }),
  desk_half_day_eur_cents: z.string().nullable(),
  desk_day_eur_cents: z.string().nullable(),
  half_days: z.array(half),
});

const asJson = ({ space, label, halves, halfDay, day }: Listing): z.output<typeof listing> => ({
  space_id: space.spaceId,
  slug: space.slug,
  name: space.name,
  address: space.address,
  postcode: space.postcode,
  commune: { ...space.commune },
  ...space.place,
  zone: space.zone,
  status: space.status,
  opened_on: space.openedOn,
  description: { ...space.description },
  getting_there: { ...space.gettingThere },
  equipment: [...space.equipment],
  accessibility: [...space.accessibility],
  density: space.density && { ...space.density },
  label: { state: label.state, since: label.since, valid_until: label.validUntil },
  desk_half_day_eur_cents: halfDay ? String(halfDay.amount_eur_cents) : null,
  desk_day_eur_cents: day ? String(day.amount_eur_cents) : null,
  half_days: halves.map(h => ({ day: h.day, half: h.half, open: h.open, free: h.free, total: h.total })),
});

const opening = z.object({ weekday: z.number(), opens_min: z.number(), closes_min: z.number() });
const tariff = z.object({ kind: z.string(), part: z.string(), amount_eur_cents: z.string(), deliberation: z.string() });

function sheetEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/spaces',
      tag: 'spaces',
      summary: 'Every space, with its free half-days and prices on a day',
      query: z.object({ day: day.optional() }),
      returns: z.object({ day: z.string(), spaces: z.array(listing) }),
    },
    async ({ query }, work) => {
      const found = await listings(work, query.day ?? null);
      return accept({ day: found.day, spaces: found.listings.map(asJson) });
    },
  );
  endpoint(
    mount,
    {
      method: 'get',
      path: '/spaces/{slug}',
      tag: 'spaces',
      summary: 'A space, with a week of half-days from a day on',
      params: z.object({ slug: z.string().openapi({ example: 'ganges-la-filature' }) }),
      query: z.object({ day: day.optional() }),
      returns: listing.extend({ hours: z.array(opening), tariffs: z.array(tariff) }),
      refusals: ['spaces.unknown_space'],
    },
    async ({ params, query }, work) => {
      const sheet = await spaceSheet(work, params.slug, query.day ?? null);
      if (!sheet.ok) return sheet;
      const { hours, tariffs } = sheet.value;
      return accept({ ...asJson(sheet.value), hours, tariffs });
    },
  );
}

const place = z.object({
  label: z.string(),
  insee_code: z.string(),
  lon_udeg: z.number(),
  lat_udeg: z.number(),
  approximate: z.boolean(),
});
const trip = z.object({
  mode: z.enum(['foot', 'bicycle', 'car']),
  seconds: z.number(),
  metres: z.number(),
  estimated: z.boolean(),
});

const placeJson = ({ label, insee_code, place: at, approximate }: Extract<Search, { kind: 'found' }>['from']) => ({
  label,
  insee_code,
  ...at,
  approximate,
});

function searchEndpoint(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/search',
      tag: 'spaces',
      summary: 'The nearest spaces to a commune, a postcode or an address, by minutes; or the communes to choose from',
      query: z.object({ q: z.string().max(200).default(''), commune: z.string().optional(), day: day.optional() }),
      returns: z.object({
        from: place.nullable(),
        choose: z.array(place),
        day: z.string().nullable(),
        results: z.array(listing.extend({ trips: z.array(trip) })),
      }),
      refusals: ['places.empty', 'places.unknown', 'places.without_centre', 'directory.unknown_commune'],
    },
    async ({ query }, work) => {
      const asked = { text: query.q, communeCode: query.commune ?? null, day: query.day ?? null };
      const found = await search(work, await guidesOf(mount), asked);
      if (!found.ok) return found;
      if (found.value.kind === 'choose')
        return accept({ from: null, choose: found.value.places.map(placeJson), day: null, results: [] });
      const { from, day, results } = found.value;
      return accept({
        from: placeJson(from),
        choose: [],
        day,
        results: results.map(r => ({ ...asJson(r), trips: r.trips })),
      });
    },
  );
}

export function routes(mount: Mount): void {
  publicPages(mount);
  sheetEndpoints(mount);
  searchEndpoint(mount);
}
