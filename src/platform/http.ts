import { randomUUID } from 'node:crypto';
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { accepts } from 'hono/accepts';
import { bodyLimit } from 'hono/body-limit';
import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { BrokenInvariant, type Outcome, type Refusal, refusal, refuse } from '../kernel/outcome.ts';
import { type Scope, scopeOf } from '../kernel/scope.ts';
import type { Day } from '../kernel/time.ts';
import type { Actor, Visit } from '../kernel/visit.ts';
import type { Chance } from './clock.ts';
import type { Geocoder } from './communes/communes.ts';
import { inNetwork, type OpenDatabase, type Work, type WorkSource } from './database.ts';
import { onceFor, toJson } from './first-answer.ts';
import type { Log } from './log.ts';
import { gzipped, jsonOf } from './long-answer.ts';
import type { Post } from './mail.ts';
import type { RoadRouter } from './roads/roads.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import { heldTogether } from './typography.ts';

/** The world, as rooms' routes and jobs receive it. Verbs get a `Work`, never this. */
export interface Shell extends WorkSource {
  readonly settings: Settings;
  readonly database: OpenDatabase;
  readonly log: Log;
  readonly post: Post;
  readonly secrets: Secrets;
  readonly chance: Chance;
  /** The road engine over the map in use, opened when first asked for. */
  readonly roads: () => Promise<RoadRouter>;
  /** Finds addresses; null where none is set up, and then communes answer. */
  readonly geocoder: Geocoder | null;
}

/** Tells who asks, within the unit of work that answers them. */
export type AskedWithin = (work: Work) => Promise<Actor | null>;

export type Env = { Variables: { visit: Visit; askedWithin?: AskedWithin | undefined } };
export type Ctx = Context<Env>;

/** What a room above adds to a page of a lower room about the thing of that id; null where it has nothing to say. */
export type Aside = (c: Ctx, id: string) => Promise<VNode | null>;

/** The same, on a host's page of a space's day. */
export type DayAside = (c: Ctx, at: { readonly slug: string; readonly day: Day }) => Promise<VNode | null>;

/** Where a room hangs its pages and its endpoints. */
export interface Mount {
  readonly pages: Hono<Env>;
  readonly api: OpenAPIHono<Env>;
  readonly shell: Shell;
  /** Added to the page of a booking, for whoever holds it. */
  readonly besideBooking?: readonly Aside[];
  /** Added to a host's page of the day. */
  readonly besideDay?: readonly DayAside[];
}

/** A refusal on its way to the error page or to a problem document; thrown by `must`, caught once, in `app.ts`. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(reason: Refusal) {
    super(reason.code);
    this.refusal = reason;
  }
}

/** The value, or the visitor is shown why not. */
export function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Refused(outcome.refusal);
}

const signInFirst = refusal('request.sign_in_first', 401, {
  fr: 'Connectez-vous pour continuer.',
  en: 'Sign in to continue.',
});

const scopeMissing = (scope: Scope): Refusal =>
  refusal('request.scope_missing', 403, {
    fr: `Ce jeton n’ouvre pas « ${scope} », que cette adresse demande. Créez-en un qui l’ouvre, sur la page « Mes jetons ».`,
    en: `This token does not open “${scope}”, which this address asks for. Make one that does, on the page “My tokens”.`,
  });

/** Who acts; a visitor who is not signed in is sent to sign in, then back. */
export const actorOf = (c: Ctx): Actor => actorIn(c.get('visit'));

/** Who acts in an endpoint; without a sign-in the answer is a problem of status 401. */
export function actorIn({ actor }: Visit): Actor {
  if (actor === null) throw new Refused(signInFirst);
  return actor;
}

/** One transaction in the network that this visit is about. */
export const inVisit = <T>(shell: Shell, c: Ctx, task: (work: Work) => Promise<T>): Promise<T> =>
  inNetwork(shell, c.get('visit').network.networkId, task);

/** Answers with a page. */
export const show = (
  c: Ctx,
  page: VNode,
  status: 200 | 201 | 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 503 = 200,
) => c.html(`<!doctype html>${heldTogether(render(page))}`, status);

const invalid = (field: string, why: string): Refusal =>
  refusal(
    'request.invalid',
    422,
    {
      fr: `La valeur de « ${field} » n’est pas celle attendue (${why}).`,
      en: `The value of “${field}” is not what was expected (${why}).`,
    },
    field,
  );

/** Reads untrusted values against a schema; the first wrong one is named. */
export function read<T extends z.ZodType>(schema: T, values: unknown): Outcome<z.output<T>> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issue = parsed.error.issues[0];
  return refuse(invalid(issue?.path.join('.') || 'body', issue?.message ?? 'unreadable'));
}

const tooLarge = refusal('request.too_large', 413, {
  fr: 'Cet envoi dépasse un mégaoctet : rien n’a été lu. Envoyez-le en plusieurs fois.',
  en: 'What was sent is over one megabyte: nothing was read. Send it in several parts.',
});
const brokenForm = refusal('request.broken_form', 400, {
  fr: 'Ce formulaire est arrivé abîmé : rien n’a été fait. Rouvrez la page et recommencez.',
  en: 'This form arrived damaged: nothing was done. Open the page again and retry.',
});

/** A week of a kiosk alone, two thousand arrivals, takes half of it. */
const longestBody_bytes = 1_000_000;

const limited = bodyLimit({
  maxSize: longestBody_bytes,
  onError: () => {
    throw new Refused(tooLarge);
  },
});

/** Bodies that are too large or whose form cannot be told apart are refused at the door, before anyone reads them. */
export const readableBodies: readonly MiddlewareHandler<Env>[] = [
  async (c, next) => {
    const length = c.req.header('content-length');
    // Looked at, a body becomes a stream, which costs more than all else here: its length is looked at where it is told.
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return limited(c, next);
    if (Number(length) > longestBody_bytes) throw new Refused(tooLarge);
    return next();
  },
  async (c, next) => {
    if (c.req.method === 'POST') {
      // Kept by the request: whoever reads the form next does not parse it again.
      await c.req.parseBody({ all: true }).catch(() => {
        throw new Refused(brokenForm);
      });
    }
    await next();
  },
];

/** A posted form as plain values: repeated names become lists, an empty field is absent. */
export async function readForm<T extends z.ZodType>(c: Ctx, schema: T): Promise<Outcome<z.output<T>>> {
  const body = await c.req.parseBody({ all: true });
  return read(schema, Object.fromEntries(Object.entries(body).filter(([, value]) => value !== '')));
}

/**
 * Runs a form's verb once: a form carries a `request_id` made with the page, so a double click or a reload of the
 * answer does not act twice. Fields `toldOnce` of the answer are kept nowhere.
 */
export async function submit<T>(
  shell: Shell,
  c: Ctx,
  verb: (work: Work) => Promise<Outcome<T>>,
  toldOnce?: readonly string[],
): Promise<Outcome<T>> {
  const body = await c.req.parseBody({ all: true });
  const key = body['request_id'];
  if (typeof key !== 'string' || key === '') return inVisit(shell, c, verb);
  const asker = c.get('visit').actor?.personId ?? 'visitor';
  const request = { asker, key, body: { path: c.req.path, body }, toldOnce };
  return inVisit(shell, c, work => onceFor(work, request, () => verb(work)));
}

/** A fresh key for a form. */
export const requestId = (): string => randomUUID();

export interface Endpoint<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** OpenAPI style, under `/api/v1`: `/bookings/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** What goes out, and nothing else does: fields that it does not name are dropped. */
  readonly returns: R;
  readonly status?: 200 | 201;
  /** Refusal codes that a caller should expect, in order of precedence. */
  readonly refusals?: readonly string[];
  /** Secrets of the answer: a request repeated under its key gets its first answer without them. */
  readonly toldOnce?: readonly string[];
}

export interface Input<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
}

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    detail_fr: z.string(),
    detail_en: z.string(),
    field: z.string().optional(),
    instance: z.string().optional(),
  })
  .openapi('Problem');

/** RFC 9457. */
export function problemOf(c: Ctx, reason: Refusal): Response {
  const text = JSON.stringify({
    type: `${new URL(c.req.url).origin}/api/problems#${reason.code}`,
    title: reason.code,
    status: reason.status,
    code: reason.code,
    detail: reason.message[c.get('visit')?.lang ?? 'fr'],
    detail_fr: reason.message.fr,
    detail_en: reason.message.en,
    field: reason.field,
    instance: c.req.path,
  });
  return c.body(text, reason.status, { 'content-type': 'application/problem+json', ...lengthOf(text) });
}

function describe<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>(
  api: OpenAPIHono<Env>,
  spec: Endpoint<P, Q, B, R>,
): void {
  const { params, query, body } = spec;
  api.openAPIRegistry.registerPath({
    method: spec.method,
    path: `/api/v1${spec.path}`,
    tags: [spec.tag],
    summary: spec.summary,
    security: [{ session: [] }, { token: [scopeOf(spec)] }],
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(spec.method === 'post' && {
        headers: z.object({ 'idempotency-key': z.string().optional() }),
      }),
      ...(body && { body: { required: true, content: { 'application/json': { schema: body } } } }),
    },
    responses: {
      [spec.status ?? 200]: { description: spec.summary, content: { 'application/json': { schema: spec.returns } } },
      default: {
        description: spec.refusals?.length ? `Refusals: ${spec.refusals.join(', ')}.` : 'A refusal.',
        content: { 'application/problem+json': { schema: problem } },
      },
    },
  });
}

const nothing = z.object({});

/** JSON in which half a character, which no database keeps, is replaced as browsers do in forms; undefined when broken. */
function parsedJson(text: string): unknown {
  try {
    // Half a character comes as an escape alone: bytes that are none were replaced when they were read.
    if (!/\\u[dD][89a-fA-F]/.test(text)) return JSON.parse(text);
    return JSON.parse(text, (_key, value: unknown) =>
      typeof value === 'string' ? Buffer.from(value).toString() : value,
    );
  } catch {
    return undefined;
  }
}

async function readInput<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>(
  c: Ctx,
  spec: Endpoint<P, Q, B, R>,
): Promise<Outcome<Input<P, Q, B>>> {
  const params = read(spec.params ?? nothing, c.req.param());
  if (!params.ok) return params;
  const query = read(spec.query ?? nothing, c.req.query());
  if (!query.ok) return query;
  const raw: unknown = spec.body ? parsedJson(await c.req.text()) : {};
  const body = read(spec.body ?? nothing, raw);
  if (!body.ok) return body;
  return { ok: true, value: { params: params.value, query: query.value, body: body.value } as Input<P, Q, B> };
}

const takesGzip = (c: Ctx): boolean =>
  accepts(c, {
    ...{ header: 'Accept-Encoding', supports: ['gzip', 'identity'], default: 'identity' },
    match: asked => (asked.some(({ type, q }) => (type === 'gzip' || type === '*') && q > 0) ? 'gzip' : 'identity'),
  }) === 'gzip';

/** Told how long it is, a short answer is left as it is by the compressor, which would make another answer around it to say so. */
const lengthOf = (text: string) => ({ 'content-length': String(Buffer.byteLength(text)) });

async function answerJson(c: Ctx, json: ReturnType<typeof jsonOf>, status: 200 | 201): Promise<Response> {
  const type = { 'content-type': 'application/json', ...(typeof json === 'string' && lengthOf(json)) };
  if (typeof json === 'string' || !takesGzip(c)) return c.body(json, status, type);
  return c.body(await gzipped(json), status, { ...type, 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
}

/** A visit with who asks, where that was left to the unit of work that answers. */
async function visitWithin(c: Ctx, work: Work): Promise<Visit> {
  const asked = c.get('askedWithin');
  if (asked) c.set('visit', { ...c.get('visit'), actor: await asked(work) });
  return c.get('visit');
}

/**
 * One endpoint of `/api/v1`: described in the OpenAPI document, read, run in one transaction, answered as JSON or as
 * a problem. A POST repeated under the same `Idempotency-Key` gets its first answer.
 */
export function endpoint<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>(
  { api, shell }: Mount,
  spec: Endpoint<P, Q, B, R>,
  verb: (input: Input<P, Q, B>, work: Work, visit: Visit) => Promise<Outcome<unknown>>,
): void {
  describe(api, spec);
  const scope = scopeOf(spec);
  api.on(spec.method.toUpperCase(), spec.path.replaceAll(/\{(\w+)\}/g, ':$1'), async c => {
    const visit = c.get('visit');
    if (visit.scopes && !visit.scopes.includes(scope)) {
      c.header('www-authenticate', `Bearer error="insufficient_scope", scope="${scope}"`);
      return problemOf(c, scopeMissing(scope));
    }
    const input = await readInput(c, spec);
    if (!input.ok) return problemOf(c, input.refusal);
    const key = spec.method === 'post' ? c.req.header('idempotency-key') : undefined;
    const outcome = await inVisit<Outcome<unknown>>(shell, c, async work => {
      const known = await visitWithin(c, work);
      const run = () => verb(input.value, work, known);
      if (key === undefined) return run();
      const asker = known.actor?.personId ?? 'visitor';
      const { toldOnce } = spec;
      return onceFor(work, { asker, key, body: { path: c.req.path, ...input.value }, toldOnce }, run);
    });
    if (!outcome.ok) return problemOf(c, outcome.refusal);
    // As it is where nothing of it has to be written as a text first, which is most answers.
    const plain = spec.returns.safeParse(outcome.value);
    const answer = plain.success ? plain : spec.returns.safeParse(JSON.parse(toJson(outcome.value)));
    if (!answer.success)
      throw new BrokenInvariant(`${spec.path} does not answer as described: ${answer.error.message}`);
    return answerJson(c, jsonOf(answer.data), spec.status ?? 200);
  });
}
