import { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import type { Lang } from '../src/kernel/bilingual.ts';
import { instant } from '../src/kernel/time.ts';
import type { Actor, Visit } from '../src/kernel/visit.ts';
import { type Env, type Mount, problemOf, Refused, type Shell } from '../src/platform/http.ts';
import { noRoads } from '../src/platform/roads/no-roads.ts';
import type { RoadRouter } from '../src/platform/roads/roads.ts';
import { countingIds, type TestNetwork } from './fresh-database.ts';

export interface RoomVisit {
  readonly actor?: Actor | null;
  readonly lang?: Lang;
  /** The moment of the visit. */
  readonly now?: string;
  /** Without one, no map is in use. */
  readonly roads?: RoadRouter;
}

// One count for all visitors of a test file, so that their ids never meet.
const count = countingIds();

/** The pages and endpoints of a few rooms alone, in a test network, seen by one visitor. */
export function roomApp(
  net: TestNetwork,
  rooms: readonly ((mount: Mount) => void)[],
  visitor: RoomVisit = {},
): Hono<Env> {
  const shell = {
    db: net.database.db,
    database: net.database,
    clock: () => instant(visitor.now ?? '2026-06-15T08:00:00Z'),
    newId: kind => `${kind}_page${count(kind).slice(kind.length + 1)}`,
    log: { info: () => {}, error: () => {} },
    roads: async () => visitor.roads ?? noRoads(null),
    geocoder: null,
  } as Pick<Shell, 'db' | 'database' | 'clock' | 'newId' | 'log' | 'roads' | 'geocoder'> as Shell;
  const visit: Omit<Visit, 'path'> = {
    network: { networkId: net.networkId, name: 'Réseau d’essai', profile: 'demo', fictitious: true },
    actor: visitor.actor ?? null,
    lang: visitor.lang ?? 'fr',
    origin: 'http://localhost',
    nav: [],
  };
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    const { pathname, search } = new URL(c.req.url);
    c.set('visit', { ...visit, path: pathname + search });
    await next();
  });
  const api = new OpenAPIHono<Env>();
  for (const routes of rooms) routes({ pages: app, api, shell });
  app.route('/api/v1', api);
  app.onError((error, c) => {
    if (!(error instanceof Refused)) throw error;
    return problemOf(c, error.refusal);
  });
  return app;
}

/** A form as a browser posts it; a list is one field many times. */
export const form = (fields: Readonly<Record<string, string | readonly string[]>>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map(one => [name, one as string])),
  ).toString(),
});

/** A JSON request. */
export const json = (method: 'POST' | 'PUT' | 'DELETE', body?: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  ...(body !== undefined && { body: JSON.stringify(body) }),
});
