import { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import type { Lang } from '../kernel/bilingual.ts';
import { instant } from '../kernel/time.ts';
import type { Actor, Network } from '../kernel/visit.ts';
import { randomId } from '../platform/clock.ts';
import { type Env, problemOf, Refused, type Shell } from '../platform/http.ts';
import { hearAll } from '../platform/jobs.ts';
import { silentLog } from '../platform/log.ts';
import type { Mail } from '../platform/mail.ts';
import { listeners } from './jobs.ts';
import * as people from './people.ts';
import { routes } from './routes.ts';

let net: TestNetwork;
let app: Hono<Env>;
let shell: Shell;
let operator: Actor;
let network: Network;
const mails: Mail[] = [];

const makeApp = (lang: Lang): Hono<Env> => {
  const made = new Hono<Env>();
  made.use(async (c, next) => {
    const token = getCookie(c, people.sessionCookie);
    const actor = token ? await people.visitorOf(shell, network.networkId, token) : null;
    const url = new URL(c.req.url);
    c.set('visit', { network, actor, lang, path: url.pathname, origin: url.origin, nav: [] });
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

beforeAll(async () => {
  net = await freshNetwork();
  network = await net.work(people.networkOf);
  const appointed = await net.work(work =>
    people.appointFirstOperator(work, { email: 'ana@reseau.test', firstName: 'Ana', lastName: 'Roy' }),
  );
  if (!appointed.ok) throw new Error(appointed.refusal.code);
  operator = appointed.value;
  shell = {
    settings: { publicUrl: null, smtpUrl: null },
    post: async (mail: Mail) => void mails.push(mail),
    log: silentLog,
    db: net.database.db,
    clock: () => instant('2026-06-15T08:00:00Z'),
    newId: randomId,
  } as unknown as Shell;
  app = makeApp('fr');
});

const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  app.request(path, { method: 'POST', body: new URLSearchParams(form), headers });
const text = async (path: string, headers: Record<string, string> = {}) =>
  (await app.request(path, { headers })).text();
const cookieOf = (answer: Response) => answer.headers.get('set-cookie')!.split(';')[0]!;
const sessions = async () =>
  Number((await sql<{ n: bigint }>`select count(*) as n from people.session`.execute(net.database.db)).rows[0]!.n);
const linkFor = async (backTo = ''): Promise<URL> => {
  await sql`delete from people.sign_in_request`.execute(net.database.db);
  await post('/connexion', { email: 'ana@reseau.test', retour: backTo, request_id: String(mails.length) });
  await hearAll(net.database, { listeners: listeners(shell), log: silentLog });
  return new URL(/https?:\S+/.exec(mails.at(-1)!.text)![0]);
};

describe('signing in by pages', () => {
  test('from the form to the page one came from', async () => {
    expect(await text('/connexion?retour=/reserver')).toContain('name="retour" value="/reserver"');
    const link = await linkFor('/reserver');
    const opened = await app.request(link.pathname + link.search);
    expect(await opened.text()).toContain('Me connecter');
    expect(opened.headers.get('cache-control')).toBe('no-store');
    const jeton = link.searchParams.get('jeton')!;
    const entered = await post('/connexion/lien', { jeton, retour: link.searchParams.get('retour')! });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/reserver']);
    expect(entered.headers.get('set-cookie')).toMatch(/parvis_session=\w{52}; .*HttpOnly; SameSite=Lax/);
    expect(entered.headers.get('set-cookie')).not.toContain('Secure');
    expect(await text('/moi', { cookie: cookieOf(entered) })).toContain('ana@reseau.test');
  });

  test('a mail scanner that opens the link twenty times uses nothing', async () => {
    const link = await linkFor();
    const before = await sessions();
    for (let i = 0; i < 20; i++) await app.request(link.pathname + link.search);
    expect(await sessions()).toBe(before);
    expect((await post('/connexion/lien', { jeton: link.searchParams.get('jeton')! })).status).toBe(303);
  });

  test('pressed twenty times at once, the button opens one session, and the others read why', async () => {
    const link = await linkFor();
    const before = await sessions();
    const jeton = link.searchParams.get('jeton')!;
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/connexion/lien', { jeton })));
    expect(await sessions()).toBe(before + 1);
    const late = answers.filter(answer => answer.status !== 303);
    expect(new Set(late.map(answer => answer.status))).toEqual(new Set([410]));
    expect(await late[0]!.text()).toContain('il ne fonctionne qu’une fois');
  });

  test('no session token is kept among first answers, even when the form is sent again under one key', async () => {
    const link = await linkFor();
    const entered = await post('/connexion/lien', { jeton: link.searchParams.get('jeton')!, request_id: 'again' });
    const { rows } = await sql<{
      kept: string;
    }>`select coalesce(json_agg(a)::text, '') as kept from platform.first_answer a`.execute(net.database.db);
    expect(rows[0]!.kept).not.toContain(cookieOf(entered).split('=')[1]);
  });

  test('the answer is the same page for a known and an unknown e-mail', async () => {
    const known = await post('/connexion', { email: 'ana@reseau.test' });
    const unknown = await post('/connexion', { email: 'nobody@reseau.test' });
    expect([unknown.status, unknown.headers.get('location')]).toEqual([known.status, known.headers.get('location')]);
    expect(known.headers.get('location')).toBe('/connexion/envoi');
  });

  test('what is not an e-mail comes back with what was typed and what to do', async () => {
    const answer = await post('/connexion', { email: 'ana"><script>' });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('value="ana&quot;>&lt;script>"');
    expect(html).toContain('prenom.nom@exemple.fr');
  });

  test('over https the cookie is kept for https', async () => {
    const answer = await app.request('https://parvis.test/entrer', {
      method: 'POST',
      body: new URLSearchParams({ personne: operator.personId }),
    });
    expect(answer.headers.get('set-cookie')).toContain('Secure');
  });
});

describe('a fictitious network', () => {
  test('one click enters as someone, one click leaves', async () => {
    const cast = [{ personId: operator.personId, sentence: { fr: 'anime le réseau', en: 'runs the network' } }];
    await net.work(work => people.presentAs(work, operator, cast));
    expect(await text('/entrer')).toContain('Entrer comme Ana');
    const cookie = cookieOf(await post('/entrer', { personne: operator.personId }));
    expect((await app.request('/api/v1/me', { headers: { cookie } })).status).toBe(200);
    await post('/deconnexion', {}, { cookie });
    expect((await app.request('/api/v1/me', { headers: { cookie } })).status).toBe(401);
  });
});

describe('own data', () => {
  test('leaves as JSON that says it is fictitious, and holds no token', async () => {
    const cookie = cookieOf(await post('/entrer', { personne: operator.personId }));
    const answer = await app.request('/moi/donnees.json', { headers: { cookie } });
    expect(answer.headers.get('content-disposition')).toContain('fictives');
    const body = await answer.text();
    expect(JSON.parse(body)).toMatchObject({ email: 'ana@reseau.test', fictitious: true });
    expect(body).not.toContain(cookie.split('=')[1]);
    expect(body).not.toMatch(/[0-9a-f]{64}/);
  });

  test('nobody reads them without a session', async () => {
    expect((await app.request('/moi')).status).toBe(401);
    expect((await app.request('/moi/donnees.json')).status).toBe(401);
  });

  test('signing out everywhere closes the other devices', async () => {
    const enter = async () => cookieOf(await post('/entrer', { personne: operator.personId }));
    const [here, there] = [await enter(), await enter()];
    await post('/deconnexion', { partout: 'oui' }, { cookie: here });
    expect((await app.request('/api/v1/me', { headers: { cookie: there } })).status).toBe(401);
  });
});

describe('by the API', () => {
  test('asking for a link answers the same for everyone, and is limited by e-mail', async () => {
    await sql`delete from people.sign_in_request`.execute(net.database.db);
    const ask = (email: string) =>
      app.request('/api/v1/sign-in', {
        method: 'POST',
        body: JSON.stringify({ email }),
        headers: { 'content-type': 'application/json' },
      });
    for (const email of ['ana@reseau.test', 'nobody@reseau.test'])
      expect(await (await ask(email)).json()).toEqual({ sent: true });
    for (let i = 0; i < 4; i++) await ask('nobody@reseau.test');
    expect((await ask('nobody@reseau.test')).status).toBe(429);
  });
});

test('an operator registers an organisation, a person and their role by the API; nobody else does', async () => {
  const cookie = cookieOf(await post('/entrer', { personne: operator.personId }));
  const send = (path: string, body: object, headers: Record<string, string> = { cookie }) =>
    app.request(`/api/v1${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  const organisation = await (await send('/organisations', { kind: 'employer', name: 'Cévennes Études' })).json();
  const person = { email: 'manon@exemple.fr', first_name: 'Manon', last_name: 'Petit' };
  const { person_id } = (await (await send('/people', person)).json()) as { person_id: string };
  const role = {
    person_id,
    role: 'employer_admin',
    scope: (organisation as { organisation_id: string }).organisation_id,
  };
  expect((await send('/roles', role)).status).toBe(201);
  const manon = cookieOf(await post('/entrer', { personne: person_id }));
  expect((await send('/roles', { person_id, role: 'network_operator' }, { cookie: manon })).status).toBe(403);
  expect((await send('/organisations', { kind: 'funder', name: 'Mienne' }, { cookie: manon })).status).toBe(403);
  expect((await send('/people', person, {})).status).toBe(401);
});

describe('legal holds', () => {
  test('an operator places one by e-mail, sees it and lifts it; nobody else does', async () => {
    const cookie = cookieOf(await post('/entrer', { personne: operator.personId }));
    expect(await text('/retenues', { cookie })).toContain('Aucune retenue n’est en cours');
    const held = { person: 'ana@reseau.test', reason: 'Litige du 2 juin', until: '2026-12-01' };
    const unknown = await post('/retenues', { ...held, person: 'nobody@reseau.test' }, { cookie });
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toMatch(/Vérifiez ce qui la désigne[\s\S]*value="Litige du 2 juin"/);
    expect((await post('/retenues', held, { cookie })).headers.get('location')).toBe('/retenues?fait=posee');
    const standing = await text('/retenues?fait=posee', { cookie });
    expect(standing).toMatch(/La retenue est posée[\s\S]*Ana Roy[\s\S]*Litige du 2 juin[\s\S]*1er décembre 2026/);
    const api = (await (await app.request('/api/v1/holds', { headers: { cookie } })).json()) as {
      standing: { hold_id: string; person_id: string; erasure_asked_at: null }[];
    };
    expect(api).toMatchObject({ standing: [{ person_id: operator.personId, erasure_asked_at: null }], over: [] });
    const { hold_id } = api.standing[0]!;
    expect(await text(`/retenues?lever=${hold_id}`, { cookie })).toContain('Lever cette retenue');
    const mute = await post(`/retenues/${hold_id}`, {}, { cookie });
    expect([mute.status, await mute.text()]).toEqual([422, expect.stringContaining('Lever cette retenue')]);
    const lifted = await post(`/retenues/${hold_id}`, { reason: 'Accord signé' }, { cookie });
    expect(lifted.headers.get('location')).toBe('/retenues?fait=levee');
    expect(await text('/retenues', { cookie })).toContain('Levée le 15 juin 2026 par Ana Roy\u00a0: Accord signé');
    const someone = await net.work(work =>
      people.addPersons(work, operator, [{ email: 'lou@reseau.test', firstName: 'Lou', lastName: 'Bel' }]),
    );
    if (!someone.ok) throw new Error(someone.refusal.code);
    const lou = { cookie: cookieOf(await post('/entrer', { personne: someone.value[0]!.personId })) };
    expect([
      (await app.request('/retenues', { headers: lou })).status,
      (await post('/retenues', held, lou)).status,
      (await app.request('/api/v1/holds', { headers: lou })).status,
      (await app.request('/retenues')).status,
    ]).toEqual([403, 403, 403, 401]);
  });
});

test.each(['fr', 'en'] as const)('every page is drawn in %s with one title', async lang => {
  const cookie = cookieOf(await post('/entrer', { personne: operator.personId }));
  const other = makeApp(lang);
  for (const path of [
    '/connexion',
    '/connexion/envoi',
    '/connexion/lien?jeton=x',
    '/entrer',
    '/moi',
    '/moi/jetons',
    '/confidentialite',
    '/retenues',
  ]) {
    const html = await (await other.request(path, { headers: { cookie } })).text();
    expect(html.match(/<h1/g), path).toHaveLength(1);
    expect(html).toContain(`<html lang="${lang}">`);
    expect(html).not.toMatch(/undefined|\[object|NaN/);
  }
});
