import { copyOf, dayCopy, dayPath, dropCopy, kioskCopy, offlinePath, personHeader } from './page-copy.worker.ts';
import { forgetPerson, keepArrival, leaving, sendKept } from './shelf.worker.ts';

// The service worker: pages come from the network as long as there is one; without it, from what was kept here.

interface Extendable extends Event {
  readonly waitUntil: (until: Promise<unknown>) => void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  readonly respondWith: (answer: Promise<Response>) => void;
}
interface Scope extends EventTarget {
  readonly skipWaiting: () => Promise<void>;
  readonly registration: { readonly sync?: { readonly register: (tag: string) => Promise<void> } };
  readonly clients: { readonly claim: () => Promise<void> };
}
const scope = self as unknown as Scope;

/** How long a network may stay silent before it counts as none; less when it was silent a moment ago. */
const patience_ms = 6_000;
const shortPatience_ms = 1_000;

/** Asks, and hangs up on a network that stays silent. */
async function inTime(request: Request, wait_ms = patience_ms): Promise<Response> {
  const call = new AbortController();
  const timer = setTimeout(() => call.abort(), wait_ms);
  try {
    return await fetch(request, { signal: call.signal });
  } finally {
    clearTimeout(timer);
  }
}

async function forgetDay(): Promise<void> {
  await dropCopy(dayCopy);
  await forgetPerson();
}

/** A page made for someone else, or for no one, ends what was kept of whoever was here before. */
async function noticeWho(answer: Response): Promise<void> {
  const person = answer.headers.get(personHeader);
  if (person === null || !(await caches.has(dayCopy))) return;
  const copy = await (await caches.open(dayCopy)).match(dayPath);
  if (copy?.headers.get(personHeader) !== person) await forgetDay();
}

const kioskIn = (path: string): string | null => /^\/kiosque\/(ksk_[0-9a-z]+)$/.exec(path)?.[1] ?? null;

async function pageKept({ pathname, searchParams }: URL): Promise<Response | undefined> {
  const kioskId = kioskIn(pathname);
  if (kioskId !== null) return copyOf(kioskCopy(kioskId), pathname);
  if (pathname === dayPath) return copyOf(dayCopy, dayPath);
  const scanned = /^\/p\/([^/]{1,60})$/.exec(pathname)?.[1];
  if (scanned === undefined || !(await copyOf(dayCopy, dayPath))) return undefined;
  const code = new URLSearchParams({ code: decodeURIComponent(scanned), borne: searchParams.get('k') ?? '' });
  return Response.redirect(`${dayPath}?${code}`, 303);
}

const helpKept = async (): Promise<Response> => (await caches.match(offlinePath)) ?? Response.error();

async function signOutAskedEarlier(): Promise<void> {
  if (!(await leaving.isAsked())) return;
  const { ok } = await fetch('/deconnexion', { method: 'POST', body: new URLSearchParams() });
  if (ok) await leaving.done();
}

/** A kiosk whose key opens nothing any more is not shown again without a network either. */
async function noticeKiosk({ pathname }: URL, { status }: Response): Promise<void> {
  const kioskId = kioskIn(pathname);
  if (kioskId !== null && (status === 403 || status === 404)) await dropCopy(kioskCopy(kioskId));
}

async function page(request: Request, url: URL): Promise<Response> {
  const kept = await pageKept(url);
  const wait_ms = url.searchParams.has('garde') ? shortPatience_ms : patience_ms;
  try {
    await signOutAskedEarlier();
    const answer = await (kept ? inTime(request, wait_ms) : fetch(request));
    await noticeWho(answer);
    await noticeKiosk(url, answer);
    return answer;
  } catch {
    return kept ?? helpKept();
  }
}

const text = (fields: FormData, name: string): string | null => {
  const value = fields.get(name);
  return typeof value === 'string' && value !== '' ? value : null;
};

/** A gateway that finds no one behind it, or a database that is away: the arrival was not received. */
const isAway = ({ status }: Response): boolean => status >= 502 && status <= 504;

/** The forms of « Ma journée » : sent when there is a network, else kept and signed here. */
async function arrival(request: Request): Promise<Response> {
  const fields = await request.clone().formData();
  try {
    const answer = await inTime(request);
    if (!isAway(answer)) return answer;
  } catch {
    // Kept below.
  }
  const what = { code: text(fields, 'code'), kiosk_id: text(fields, 'borne'), booking_id: text(fields, 'reservation') };
  const kept = (what.code !== null || what.booking_id !== null) && (await keepArrival(what).catch(() => false));
  await scope.registration.sync?.register('arrivals').catch(() => {});
  return Response.redirect(`${dayPath}?garde=${kept ? 'oui' : 'non'}`, 303);
}

async function signOut(request: Request): Promise<Response> {
  await sendKept().catch(() => {});
  await forgetDay();
  try {
    return await inTime(request);
  } catch {
    await leaving.ask();
    return Response.redirect(offlinePath, 303);
  }
}

const asset = async (request: Request): Promise<Response> =>
  (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

function answerTo(request: Request): Promise<Response> | null {
  const url = new URL(request.url);
  if (url.origin !== location.origin) return null;
  if (request.mode !== 'navigate') {
    const isAsset = url.pathname.startsWith('/assets/') || url.pathname === '/favicon.svg';
    return request.method === 'GET' && isAsset ? asset(request) : null;
  }
  if (request.method === 'GET') return page(request, url);
  if (url.pathname === '/deconnexion') return signOut(request);
  return url.pathname === dayPath || url.pathname === `${dayPath}/declarer` ? arrival(request) : null;
}

scope.addEventListener('install', event => (event as Extendable).waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', event => (event as Extendable).waitUntil(scope.clients.claim()));
scope.addEventListener('fetch', event => {
  const { request } = event as Fetching;
  const answer = answerTo(request);
  if (!answer) return;
  (event as Fetching).respondWith(answer);
  // Whoever opens a page with a network has what waits sent, whichever page it is.
  if (request.mode === 'navigate') (event as Fetching).waitUntil(answer.then(sendKept).catch(() => {}));
});
// Where a browser wakes us when the network is back, arrivals leave with every page closed.
scope.addEventListener('sync', event => (event as Extendable).waitUntil(sendKept()));
