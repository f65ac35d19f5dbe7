// Copies of pages that are shown again without a network, each with all that it loads.

/** Who a page was made for; `nobody` for those who are not signed in. */
export const personHeader = 'parvis-person';
const keptHeader = 'parvis-kept';

export const dayCopy = 'parvis-my-day';
export const dayPath = '/mon-espace';
export const offlinePath = '/hors-ligne';
export const kioskCopy = (kioskId: string): string => `parvis-kiosk-${kioskId}`;

/** A person's page is not shown after the week for which arrivals are kept. */
const longestKept_ms = 7 * 86_400_000;

const assetsIn = (html: string): readonly string[] =>
  [...html.matchAll(/"(\/assets\/[^"]+|\/[a-z]+\.svg)"/g)].map(found => found[1]!);

/** What this page has loaded so far, its island included. */
const assetsLoaded = (): readonly string[] =>
  performance
    .getEntriesByType('resource')
    .map(entry => new URL(entry.name))
    .filter(url => url.origin === location.origin && url.pathname.startsWith('/assets/'))
    .map(url => url.pathname);

async function put(cache: Cache, path: string, answer: Response): Promise<readonly string[]> {
  const html = await answer.text();
  const headers = new Headers(answer.headers);
  for (const name of ['content-encoding', 'content-length', 'vary']) headers.delete(name);
  const kept_ms = String(Date.now());
  headers.set(keptHeader, kept_ms);
  // The page tells by this that it is a copy, and since when.
  const marked = html.replace('<html ', `<html data-kept="${kept_ms}" `);
  await cache.put(path, new Response(marked, { headers }));
  return assetsIn(html);
}

/** Another build has come: what this page has loaded is not what a fresh one would. */
const isOutdated = (html: string): boolean => {
  const script = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  return script !== null && script !== undefined && !html.includes(`"${script}"`);
};

type Keeping = 'kept' | 'away' | 'outdated';

async function keep(name: string, path: string, assets: readonly string[]): Promise<Keeping> {
  const page = await fetch(path, { cache: 'no-store', redirect: 'manual' });
  if (!page.ok) return 'away';
  if (path !== offlinePath && isOutdated(await page.clone().text())) return 'outdated';
  const cache = await caches.open(name);
  const needed = new Set([...(await put(cache, path, page)), ...assets]);
  for (const asset of needed) if (!(await cache.match(asset))) await cache.add(asset);
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (pathname !== path && !needed.has(pathname)) await cache.delete(url);
  }
  return 'kept';
}

/** Keeps this page under a name, and what it needs; what an older build needed goes. */
export async function keepPage(name: string, path: string): Promise<Keeping> {
  // Apart from the page, so that it is there when the page is erased.
  await keep(
    'parvis-help',
    offlinePath,
    assetsLoaded().filter(asset => asset.endsWith('.woff2')),
  );
  return keep(name, path, assetsLoaded());
}

/** The copy of a page. A person's own goes with time; a kiosk says by itself when it can show no code any more. */
export async function copyOf(name: string, path: string): Promise<Response | undefined> {
  if (!(await caches.has(name))) return undefined;
  const copy = await (await caches.open(name)).match(path);
  if (name !== dayCopy) return copy;
  const age_ms = Date.now() - Number(copy?.headers.get(keptHeader) ?? 0);
  return age_ms > longestKept_ms ? undefined : copy;
}

/** When the page on screen was copied; null when it came from the server just now. */
export const copiedAt_ms = (): number | null => {
  const kept = document.documentElement.dataset['kept'];
  return kept === undefined ? null : Number(kept);
};

export const dropCopy = (name: string): Promise<boolean> => caches.delete(name);

/** Installs what answers without a network; null where a browser does not know how. */
export async function installWorker(): Promise<ServiceWorkerRegistration | null> {
  if (!('serviceWorker' in navigator) || !('caches' in globalThis)) return null;
  const known = await navigator.serviceWorker.getRegistration('/');
  const registered = navigator.serviceWorker.register('/service-worker.js', { scope: '/', type: 'module' });
  // Looking for a newer one waits for the network, however silent: whoever has one need not.
  if (known?.active) {
    registered.catch(() => {});
    return known;
  }
  await registered;
  return navigator.serviceWorker.ready;
}
