import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { getCookie, setCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import * as access from './access/routes.ts';
import * as booking from './booking/routes.ts';
import * as calendars from './calendars/routes.ts';
import * as claims from './claims/routes.ts';
import * as colophon from './colophon.tsx';
import * as commute from './commute/routes.ts';
import * as directory from './directory/routes.ts';
import * as employers from './employers/routes.ts';
import * as floors from './floors/routes.ts';
import * as hosting from './hosting/routes.ts';
import * as intake from './intake/routes.ts';
import * as integrations from './integrations/routes.ts';
import type { Lang } from './kernel/bilingual.ts';
import { type Refusal, refusal } from './kernel/outcome.ts';
import type { Network, Visit } from './kernel/visit.ts';
import * as labelling from './labelling/routes.ts';
import * as method from './method/routes.ts';
import * as mrv from './mrv/routes.ts';
import { navFor } from './nav.ts';
import * as notary from './notary/routes.ts';
import * as observatory from './observatory/routes.ts';
import * as parameters from './parameters.tsx';
import * as passes from './passes/routes.ts';
import { bearerOf, isAccessToken, networkFor, sessionCookie, visitorOf, visitorWithin } from './people/people.ts';
import * as people from './people/routes.ts';
import { answers, isPassing } from './platform/database.ts';
import { busy, databaseAway, failed, isDatabaseAway } from './platform/failure.ts';
import {
  type Ctx,
  type Env,
  type Mount,
  must,
  problemOf,
  Refused,
  readableBodies,
  type Shell,
  show,
} from './platform/http.ts';
import * as presence from './presence/routes.ts';
import * as registry from './registry/routes.ts';
import * as siting from './siting/routes.ts';
import * as spaces from './spaces/routes.ts';
import { assetsFrom, type BuildManifest, registerAssets } from './ui/layout/assets.ts';
import { RefusalPage } from './ui/layout/refusal-page.tsx';
import { faviconSvg } from './ui/mark/mark.tsx';

const rooms = [
  people,
  spaces,
  employers,
  labelling,
  integrations,
  calendars,
  floors,
  passes,
  booking,
  access,
  intake,
  presence,
  hosting,
  directory,
  commute,
  mrv,
  claims,
  registry,
  siting,
  observatory,
  method,
  notary,
  parameters,
  colophon,
];

const notFound = refusal('request.not_found', 404, {
  fr: 'Cette page n’existe pas, ou n’existe plus.',
  en: 'This page does not exist, or no longer does.',
});
const unreadable = refusal('request.unreadable', 422, {
  fr: 'Cette demande contient un caractère invisible que nous ne pouvons pas garder. Écrivez-la à nouveau, sans copier-coller.',
  en: 'This request holds an invisible character that we cannot keep. Write it again, without copy and paste.',
});
const forged = refusal('request.forged', 403, {
  fr: 'Cette demande ne vient pas d’une de nos pages : par prudence, rien n’a été fait. Rouvrez la page et recommencez. Un programme dit son type de contenu, application/json.',
  en: 'This request does not come from one of our pages: to be safe, nothing was done. Open the page again and retry. A program says its content type, application/json.',
});
const noNetwork = refusal('platform.no_network', 404, {
  fr: 'Aucun réseau n’est encore créé ici.',
  en: 'No network has been created here yet.',
});

/** The languages of the visit: asked for in the address, kept from last time, else French. */
function langOf(c: Ctx): Lang {
  const asked = c.req.query('lang');
  if (asked === 'fr' || asked === 'en') {
    setCookie(c, 'parvis_lang', asked, { path: '/', maxAge: 31_536_000, sameSite: 'Lax' });
    return asked;
  }
  return getCookie(c, 'parvis_lang') === 'en' ? 'en' : 'fr';
}

const networkKept_ms = 5_000;
const mostHosts = 1_000;

/** The network of a host: asked again after five seconds, as a new one may take the host over from the only one there was. */
function networkFinder({ db, clock }: Shell): (host: string) => Promise<Network> {
  const known = new Map<string, { readonly network: Network; readonly until_ms: number }>();
  return async host => {
    const now_ms = clock().epochMilliseconds;
    const kept = known.get(host);
    if (kept !== undefined && now_ms < kept.until_ms) return kept.network;
    const network = await networkFor(db, host);
    if (network === null) throw new Refused(noNetwork);
    // Hosts are what strangers write in a request: no more are kept than an installation has.
    if (known.size >= mostHosts) known.clear();
    known.set(host, { network, until_ms: now_ms + networkKept_ms });
    return network;
  };
}

/** Who asks, and what a program's token opens for them. Pages know the cookie alone: a header never opens one. */
async function askerOf(
  shell: Shell,
  c: Ctx,
  networkId: Network['networkId'],
): Promise<Pick<Visit, 'actor' | 'scopes'>> {
  const header = c.req.path.startsWith('/api/') ? c.req.header('authorization') : undefined;
  const token = header?.replace(/^Bearer +/i, '') ?? getCookie(c, sessionCookie);
  if (!token) return { actor: null };
  if (header === undefined || !isAccessToken(token)) {
    // An endpoint asks in its own unit of work: a transaction less for each.
    if (!c.req.path.startsWith('/api/v1/')) return { actor: await visitorOf(shell, networkId, token) };
    c.set('askedWithin', work => visitorWithin(work, token));
    return { actor: null };
  }
  const bearer = await bearerOf(shell, networkId, token);
  if (!bearer.ok) c.header('www-authenticate', 'Bearer error="invalid_token"');
  return must(bearer);
}

async function visitFor(shell: Shell, c: Ctx, networkOfHost: (host: string) => Promise<Network>): Promise<Visit> {
  const url = new URL(c.req.url);
  const network = await networkOfHost(url.hostname);
  const asker = await askerOf(shell, c, network.networkId);
  return {
    network,
    ...asker,
    lang: langOf(c),
    path: url.pathname + url.search,
    origin: shell.settings.publicUrl ?? url.origin,
    nav: navFor(asker.actor),
  };
}

/** PostgreSQL keeps every character but one, U+0000, whichever field, page or document it comes in. */
const isUnreadable = (error: unknown): boolean =>
  /^(22021|22P05)$/.test(String((error as { code?: unknown } | null)?.code ?? ''));

function refusalOf(shell: Shell, c: Ctx, error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal;
  if (isDatabaseAway(error)) return databaseAway;
  if (isPassing(error)) return busy;
  if (isUnreadable(error)) return unreadable;
  if (error instanceof HTTPException && error.status === 403) return forged;
  shell.log.error(`${c.req.method} ${c.req.path} failed.`, error);
  return failed;
}

/** A visit that may be drawn even when the database is away: the error page needs a language and a frame. */
const visitWithoutNetwork = (c: Ctx): Visit => ({
  network: { networkId: 'net_unknown', name: 'Parvis', profile: 'demo', fictitious: false },
  actor: null,
  lang: langOf(c),
  path: c.req.path,
  origin: new URL(c.req.url).origin,
  nav: [],
});

function answerRefusal(c: Ctx, reason: Refusal): Response | Promise<Response> {
  if (c.req.path.startsWith('/api/')) return problemOf(c, reason);
  const visit = c.get('visit') ?? visitWithoutNetwork(c);
  if (reason.status === 401) return c.redirect(`/connexion?retour=${encodeURIComponent(visit.path)}`, 303);
  return show(c, RefusalPage({ visit, refusal: reason }), reason.status);
}

function serveAssets(app: Hono<Env>, root: string): void {
  const folder = join(root, 'dist', 'client');
  const manifest: BuildManifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'));
  registerAssets(assetsFrom(manifest));
  app.use('/assets/*', async (c, next) => {
    await next();
    if (c.res.status === 200) c.header('cache-control', 'public, max-age=31536000, immutable');
  });
  app.use('/assets/*', serveStatic({ root: relative(process.cwd(), folder) || '.' }));
  const worker = manifest['src/presence/offline.worker.ts'];
  if (!worker) throw new TypeError('the build manifest does not name src/presence/offline.worker.ts');
  // At the root, so that it may answer for every page; its content has a name of its own for each build.
  const script = `import ${JSON.stringify(`/${worker.file}`)};\n`;
  app.get('/service-worker.js', c =>
    c.body(script, 200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' }),
  );
  for (const size of [180, 192, 512]) {
    const path = relative(process.cwd(), join(root, 'src', 'ui', 'mark', `icon-${size}.png`));
    app.get(`/icone-${size}.png`, serveStatic({ path }));
  }
  app.get('/favicon.svg', c =>
    c.body(faviconSvg, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=86400' }),
  );
}

const security = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    // Charts and maps size themselves with style attributes; scripts come from our own files only.
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    connectSrc: ["'self'", 'https://data.geopf.fr'],
    workerSrc: ["'self'", 'blob:'],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'self'"],
  },
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
});

/** Mounts every room. The only function that knows them all. */
export function createApp(shell: Shell): Hono<Env> {
  const app = new Hono<Env>();
  const networkOfHost = networkFinder(shell);
  app.get('/healthz', async c => {
    await answers(shell.db);
    return c.json({ ready: true });
  });
  app.use(compress());
  serveAssets(app, shell.settings.root);
  app.use(security);
  // Behind a proxy the address that people typed is not the one that reaches us.
  const ours = csrf({
    origin: (origin, c) => origin === new URL(c.req.url).origin || origin === shell.settings.publicUrl,
  });
  // Calendar programs are known by a header alone, and their methods are no form's.
  app.use((c, next) => (/^\/(caldav|\.well-known)\b/.test(c.req.path) ? next() : ours(c, next)));
  app.use(async (c, next) => {
    const visit = await visitFor(shell, c, networkOfHost);
    c.set('visit', visit);
    const left = c.get('askedWithin') !== undefined;
    await next();
    const { actor } = c.get('visit');
    // An endpoint that ended before it asked who it was does not know: `nobody` would make a browser forget whom it keeps pages of.
    const unknown = left && c.get('visit') === visit;
    // Whoever keeps a page must know whose it is; a page made for someone stays in no cache of a browser.
    const { headers } = c.res;
    // Set on the answer itself: asked of the framework now, they would make another answer around its body.
    if (!unknown) headers.set('parvis-person', actor?.personId ?? 'nobody');
    if ((unknown || actor) && !headers.has('cache-control')) headers.set('cache-control', 'no-store');
  });
  for (const readable of readableBodies) app.use(readable);
  const api = new OpenAPIHono<Env>();
  const beside = {
    besideBooking: [access.besideBooking(shell), presence.besideBooking(shell), hosting.besideBooking(shell)],
    besideDay: [hosting.besideDay(shell)],
  };
  const mount: Mount = { pages: app, api, shell, ...beside };
  for (const room of rooms) room.routes(mount);
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    ...{ type: 'apiKey', in: 'cookie', name: sessionCookie },
    description: 'Whoever signed in on the pages.',
  });
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    ...{ type: 'http', scheme: 'bearer' },
    description:
      'A token of the page `/moi/jetons`, in `Authorization: Bearer`. Each operation names the scope that it asks for. What anyone may read is answered without one too.',
  });
  api.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Parvis',
      version: '1',
      description: 'Everything the pages can do. Refusals are problem documents (RFC 9457) with a stable `code`.',
    },
  });
  app.route('/api/v1', api);
  app.notFound(c => answerRefusal(c, notFound));
  app.onError((error, c) => answerRefusal(c, refusalOf(shell, c, error)));
  return app;
}
