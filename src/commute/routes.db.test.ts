import { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { straightRoads } from '../../tools/straight-roads.ts';
import type { Lang } from '../kernel/bilingual.ts';
import { instant } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { networkOf } from '../people/people.ts';
import { randomId } from '../platform/clock.ts';
import type { FoundPlace } from '../platform/communes/communes.ts';
import { type Env, problemOf, Refused, type Shell } from '../platform/http.ts';
import type { RoadRouter } from '../platform/roads/roads.ts';
import { words as roadWords } from '../platform/roads/words.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces } from '../spaces/spaces.ts';
import { baselinesOf, recordAvoidedTrips, tripsOfPerson } from './commute.ts';
import { normalPlate, plateHash } from './plate.ts';
import { routes } from './routes.ts';

let net: TestNetwork;
let spaceId: string;
let app: (actor: Actor | null, lang?: Lang, roads?: RoadRouter) => Promise<Hono<Env>>;

const ana: Actor = { personId: 'per_anaworker', firstName: 'Ana', memberships: [] };
const operator: Actor = {
  personId: 'per_operator1',
  firstName: 'Olga',
  memberships: [{ role: 'network_operator', scope: null }],
};

const street: FoundPlace = {
  label: '3 rue Neuve, 34190 Ganges',
  place: { lon_udeg: 3_700_000, lat_udeg: 43_930_000 },
  kind: 'address',
  insee_code: '34111',
  commune: 'Ganges',
  postcode: '34190',
  approximate: false,
  source: 'geoplateforme',
};
const centre = (postcode: string): FoundPlace => ({
  ...street,
  kind: 'commune',
  label: `Saint-Martin (${postcode})`,
  postcode,
});

const found: Readonly<Record<string, readonly FoundPlace[]>> = {
  '3 rue Neuve, Ganges': [street],
  'Saint-Martin': [centre('34190'), centre('34380')],
  'Le Causse': [{ ...centre('34190'), approximate: true }],
};

beforeAll(async () => {
  net = await freshNetwork();
  const { db } = net.database;
  await sql`insert into people.organisation (network_id, organisation_id, kind, name, created_at)
    values (${net.networkId}, 'org_00000001', 'employer', 'Essai SA', now())`.execute(db);
  await sql`insert into employers.employer values (${net.networkId}, 'org_00000001', now())`.execute(db);
  await sql`insert into employers.site (network_id, site_id, organisation_id, name, address, commune_code, lon_udeg,
      lat_udeg, recorded_at)
    values (${net.networkId}, 'sit_00000001', 'org_00000001', 'Siège', '1 rue', '34172', 3876000, 43611000, now())`.execute(
    db,
  );
  await sql`insert into people.person values
    (${net.networkId}, ${ana.personId}, 'ana@exemple.fr', 'Ana', 'Essai', 'fr', now())`.execute(db);
  await sql`insert into employers.staff_link (network_id, staff_link_id, person_id, organisation_id, site_id,
      telework_basis, weekdays, valid, recorded_at)
    values (${net.networkId}, 'stl_00000001', ${ana.personId}, 'org_00000001', 'sit_00000001', 'agreement',
      '{1,2,3,4,5}', '[2026-01-01,)', now())`.execute(db);
  const spaces = await net.work(work => addSpaces(work, operator, [sampleSpace()]));
  if (!spaces.ok) throw new Error(spaces.refusal.code);
  spaceId = spaces.value[0]!.spaceId;
  const network = await net.work(networkOf);
  app = async (actor, lang = 'fr', roads = straightRoads()) => {
    const shell = {
      db,
      clock: () => instant('2026-06-15T08:00:00Z'),
      newId: randomId,
      roads: async () => roads,
      geocoder: async (text: string) => found[text] ?? [],
      settings: { geoplateformeUrl: null },
      secrets: openSecretsOf('plates'),
    } as unknown as Shell;
    const made = new Hono<Env>();
    made.use(async (c, next) => {
      c.set('visit', { network, actor, lang, path: c.req.path, origin: 'http://localhost', nav: [] });
      await next();
    });
    const api = new OpenAPIHono<Env>();
    routes({ pages: made, api, shell });
    made.route('/api/v1', api);
    made.onError((error, c) => {
      if (error instanceof Refused) return problemOf(c, error.refusal);
      throw error;
    });
    return made;
  };
});

const form = (changes: Record<string, string> = {}) => ({
  valid_from: '2026-06-01',
  home: '3 rue Neuve, Ganges',
  office_mode: 'car',
  office_energy: 'diesel',
  office_occupancy: '1',
  declared_office_km: '36,2',
  space_mode: 'walk',
  space_energy: '',
  usual_replaced: 'office',
  space_ids: spaceId,
  ...changes,
});

const post = async (path: string, body: Record<string, string>, roads?: RoadRouter) =>
  (await app(ana, 'fr', roads)).request(path, { method: 'POST', body: new URLSearchParams(body) });
const page = async (path: string, lang: Lang = 'fr') => {
  const answer = await (await app(ana, lang)).request(path);
  return { status: answer.status, html: await answer.text() };
};

describe('declaring one’s trips without a script', () => {
  it('asks a stranger to sign in', async () => {
    expect((await (await app(null)).request('/mes-trajets')).status).toBe(401);
  });

  it('keeps a plate as a hash of its own network, and sends back what is no plate', async () => {
    expect((await post('/mes-trajets/declaration', form({ plate: 'A?' }))).status).toBe(422);
    const key = openSecretsOf('plates')(`commute plates ${net.networkId}`);
    const hash = plateHash(key, normalPlate('ab-123 cd')!);
    expect(hash).toBe(plateHash(key, 'AB123CD'));
    expect(hash).not.toBe(plateHash(openSecretsOf('plates')('commute plates net_other'), 'AB123CD'));
  });

  it('starts from an empty page that says what to do', async () => {
    const { html } = await page('/mes-trajets');
    expect(html).toContain('Dites d’abord comment vous allez au bureau');
    expect((await page('/mes-trajets/declaration')).html).toContain('Ganges · L’Atelier');
  });

  it.each([
    ['a home that nobody knows', { home: 'Nulle-Part' }, 'href="#home"'],
    ['a home in two places', { home: 'Saint-Martin' }, 'Ajoutez le code postal'],
    ['a home too vague to measure from', { home: 'Le Causse' }, 'pas connu assez précisément'],
    ['a distance in words', { declared_office_km: 'loin' }, 'comme «\u00a035\u00a0» ou «\u00a035,5\u00a0»'],
    ['a car that runs on nothing', { office_energy: '' }, 'Dites avec quoi roule la voiture'],
    ['a train shared by two', { office_mode: 'ter', office_occupancy: '2' }, 'déjà compté par personne'],
    ['a day that does not exist', { valid_from: '2026-02-30' }, 'href="#valid_from"'],
  ])('sends the form back with %s, and keeps what was typed', async (_what, changes, said) => {
    const answer = await post('/mes-trajets/declaration', form(changes));
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain(said);
    expect(html).toContain('role="alert"');
    expect(html).toMatch(/<option value="diesel" selected|<option selected value="diesel"|office_energy/);
  });

  it('writes nothing when no road leads to the office', async () => {
    const answer = await post('/mes-trajets/declaration', form(), straightRoads({ refusal: roadWords.noRoute('car') }));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('Aucune route ne mène de chez vous au bureau');
    expect(await net.work(work => baselinesOf(work, ana.personId))).toEqual([]);
  });

  it('keeps the declaration when the road engine is away, and measures later', async () => {
    const away = straightRoads({ refusal: roadWords.engineUnavailable() });
    expect((await post('/mes-trajets/declaration', form(), away)).status).toBe(303);
    expect((await page('/mes-trajets')).html).toContain('Distances pas encore calculées');
    expect((await post('/mes-trajets/distances', {})).status).toBe(303);
    const { html } = await page('/mes-trajets');
    expect(html).toContain('adresse effacée, seule la commune reste');
    expect(html).not.toContain('rue Neuve');
  });

  it('leaves no trace of the home in any table', async () => {
    const { rows } = await sql<{ name: string }>`select schemaname || '.' || tablename as name from pg_tables
      where schemaname !~ '^(pg_|information_schema)'`.execute(net.database.db);
    for (const { name } of rows) {
      const held = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t
        where t::text like '%rue Neuve%' or t::text like '%3700000%'`.execute(net.database.db);
      expect([name, held.rows]).toEqual([name, []]);
    }
  });
});

describe('one’s own kilometres', () => {
  beforeAll(async () => {
    const presence = (n: number, day: '2026-06-09' | '2026-06-10') => ({
      attestationId: `prs_0000000${n}` as const,
      personId: ana.personId,
      day,
      spaceId: spaceId as `spc_${string}`,
      replaced: 'office' as const,
      source: 'none' as const,
    });
    const asked = [presence(1, '2026-06-09'), presence(2, '2026-06-10')];
    await net.work(work => recordAvoidedTrips(work, asked));
  });

  it('asks what each day replaced, and counts nothing meanwhile', async () => {
    const { html } = await page('/mes-trajets');
    expect(html).toContain('2 journées attendent votre réponse');
    expect(html).toContain('0 / 2');
  });

  it('counts the day once answered, once even when the form is sent twice', async () => {
    const body = { day: '2026-06-09', replaced: 'office', request_id: 'twice' };
    const answers = [await post('/mes-trajets/reponse', body), await post('/mes-trajets/reponse', body)];
    expect(answers.map(answer => answer.status)).toEqual([303, 303]);
    const [trip] = await net.work(work => tripsOfPerson(work, ana.personId));
    expect(trip).toMatchObject({ revision: 2, replaced: 'office', source: 'worker' });
    expect(trip!.avoided_m).toBeGreaterThan(60_000n);
    const { html } = await page('/mes-trajets', 'en');
    expect(html).toContain('1 day waits for your answer');
    expect(html).toContain('1 / 2');
    expect(html).toContain('70 km of road that you did not take');
  });

  it('tells how one day is counted, to the person alone', async () => {
    const { html } = await page('/mes-trajets/prs_00000001');
    expect(html).toContain('Comment cette journée est comptée');
    expect(html).toContain('× 193');
    const bob: Actor = { ...ana, personId: 'per_bobworker' };
    const other = await (await app(bob)).request('/mes-trajets/prs_00000001');
    expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([404, 'commute.day_not_yours']);
  });

  it('gives the same to the person’s programs', async () => {
    const served = await app(ana);
    const answered = await served.request('/api/v1/me/answers/2026-06-10', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ replaced: 'home' }),
    });
    expect(answered.status).toBe(200);
    const { trips } = (await (await served.request('/api/v1/me/trips?month=2026-06')).json()) as {
      trips: { replaced: string; avoided_m: string }[];
    };
    expect(trips.map(trip => [trip.replaced, Number(trip.avoided_m) > 0])).toEqual([
      ['office', true],
      ['home', false],
    ]);
    const ahead = await served.request('/api/v1/me/answers/2026-06-16', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ replaced: 'home' }),
    });
    expect(ahead.status).toBe(422);
  });
});
