import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from '@hono/zod-openapi';
import { groupBy } from '../../kernel/group.ts';
import { accept, type Refusal } from '../../kernel/outcome.ts';
import { type Scope, scopeOf } from '../../kernel/scope.ts';
import { localDay } from '../../kernel/time.ts';
import { told } from '../../platform/acts.ts';
import {
  actorIn,
  actorOf,
  type Ctx,
  type Env,
  endpoint,
  inVisit,
  type Mount,
  must,
  readForm,
  requestId,
  show,
  submit,
} from '../../platform/http.ts';
import { TokensPage } from '../pages/tokens-page.tsx';
import { type AccessToken, type MadeToken, makeToken, revokeToken, tokensOf } from '../people.ts';

/** Every scope of the API with the addresses that it opens, from the endpoints themselves. */
function openedIn(api: OpenAPIHono<Env>): ReadonlyMap<Scope, readonly string[]> {
  const opened = api.openAPIRegistry.definitions.flatMap(one =>
    one.type === 'route' ? (one.route.tags ?? []).map(tag => ({ ...one.route, tag })) : [],
  );
  const groups = groupBy(opened, scopeOf);
  return new Map([...groups].sort().map(([scope, routes]) => [scope, routes.map(route => route.path)]));
}

const scopesIn = (api: OpenAPIHono<Env>): readonly Scope[] => [...openedIn(api).keys()];

export const tokenJson = ({ tokenId, name, scopes, ...dates }: AccessToken) => ({
  ...{ token_id: tokenId, name, scopes },
  made_at: dates.made_at.toString(),
  expires_at: dates.expires_at.toString(),
  last_used_on: dates.lastUsedOn,
});

interface Back {
  readonly refusal?: Refusal;
  readonly typed?: { readonly name: string; readonly scopes: readonly string[]; readonly until: string };
  readonly token?: string | null;
}

async function page({ shell, api }: Mount, c: Ctx, back: Back = {}) {
  const actor = actorOf(c);
  const { tokens, today } = await inVisit(shell, c, async work => ({
    tokens: await tokensOf(work, actor),
    today: localDay(work.now, 'Europe/Paris'),
  }));
  c.header('cache-control', 'no-store');
  const facts = { tokens, today, opened: openedIn(api), requestId: requestId(), ...back };
  return show(c, TokensPage({ visit: c.get('visit'), ...facts }), back.refusal?.status ?? 200);
}

const form = z.object({
  name: told.text.default(''),
  scopes: z.union([told.text, z.array(told.text).max(200)]).default([]),
  until: z.string().max(20).default(''),
});

function pages(mount: Mount): void {
  const { pages: at, api, shell } = mount;
  at.get('/moi/jetons', c => page(mount, c));
  at.post('/moi/jetons', async c => {
    const actor = actorOf(c);
    const read = must(await readForm(c, form));
    const typed = { ...read, scopes: [read.scopes].flat() };
    // A day that is none is refused as one that is over.
    const until = told.day.safeParse(typed.until).data ?? '0000-01-01';
    const asked = { ...typed, until, known: scopesIn(api), byToken: false };
    const made = await submit<Partial<MadeToken>>(shell, c, work => makeToken(work, actor, asked), ['token']);
    return made.ok
      ? page(mount, c, { token: made.value.token ?? null })
      : page(mount, c, { refusal: made.refusal, typed });
  });
  at.post('/moi/jetons/:id/retirer', async c => {
    const actor = actorOf(c);
    must(await submit(shell, c, work => revokeToken(work, actor, c.req.param('id'))));
    return c.redirect('/moi/jetons', 303);
  });
}

export const tokenShape = z
  .object({
    token_id: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    made_at: z.string(),
    expires_at: z.string(),
    last_used_on: z.string().nullable(),
  })
  .openapi('AccessToken');

function endpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      ...{ method: 'get', path: '/me/tokens', tag: 'people', refusals: ['request.sign_in_first'] },
      summary: 'Your programs’ tokens that still open something, without their secrets, and every scope there is.',
      returns: z.object({ tokens: z.array(tokenShape), scopes: z.array(z.string()) }),
    },
    async (_input, work, visit) =>
      accept({ tokens: (await tokensOf(work, actorIn(visit))).map(tokenJson), scopes: scopesIn(mount.api) }),
  );
  endpoint(
    mount,
    {
      ...{ method: 'post', path: '/me/tokens', tag: 'people', status: 201, toldOnce: ['token'] },
      summary:
        'Make a token for a program of yours. A token makes no other. It is told once: repeated under its `Idempotency-Key`, the request is answered without it.',
      body: z.object({ name: told.text, scopes: z.array(told.text).max(200), until: told.day }),
      returns: z.object({ token_id: z.string(), token: z.string().optional() }),
      refusals: [
        ...['request.sign_in_first', 'people.token_by_token', 'people.bad_token_name', 'people.unknown_scope'],
        'people.bad_token_end',
      ],
    },
    async ({ body }, work, visit) => {
      const asked = { ...body, known: scopesIn(mount.api), byToken: visit.scopes !== undefined };
      const made = await makeToken(work, actorIn(visit), asked);
      return made.ok ? accept({ token_id: made.value.tokenId, token: made.value.token }) : made;
    },
  );
  endpoint(
    mount,
    {
      ...{ method: 'delete', path: '/me/tokens/{id}', tag: 'people' },
      summary: 'Take a token back: it opens nothing from now on.',
      params: z.object({ id: z.string().max(60) }),
      returns: z.object({ revoked: z.literal(true) }),
      refusals: ['request.sign_in_first', 'people.unknown_token'],
    },
    async ({ params }, work, visit) => {
      const revoked = await revokeToken(work, actorIn(visit), params.id);
      return revoked.ok ? accept({ revoked: true }) : revoked;
    },
  );
}

export function tokenRoutes(mount: Mount): void {
  pages(mount);
  endpoints(mount);
}
