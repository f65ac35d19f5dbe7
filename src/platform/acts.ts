import { z } from '@hono/zod-openapi';
import type { ActSpec } from '../kernel/act.ts';
import { bodyOf } from '../kernel/act.ts';
import type { Outcome, Refusal } from '../kernel/outcome.ts';
import { type Day, isDay } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import type { Work } from './database.ts';
import { actorIn, actorOf, type Ctx, endpoint, type Mount, read, submit } from './http.ts';

// One act, told once: what it is told, what it does, what it answers. Its form and its endpoint both go through it.

/** Shapes that many acts are told. */
export const told = {
  text: z.string().max(300),
  long: z.string().max(20_000),
  whole: z.number().int(),
  day: z
    .custom<Day>(value => typeof value === 'string' && isDay(value), 'YYYY-MM-DD')
    .openapi({ type: 'string', format: 'date' }),
} as const;

export interface ActOf<B extends z.ZodObject, R extends z.ZodType> {
  /** Under `/api/v1`, with `{id}` when it is about something. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly body: B;
  readonly returns: R;
  readonly refusals: readonly string[];
  readonly perform: (
    work: Work,
    actor: Actor,
    asked: z.output<B> & { readonly id: string },
  ) => Promise<Outcome<unknown>>;
}

export interface ActRoute {
  /** Acts on untrusted values, as a form posts them. */
  readonly run: (work: Work, actor: Actor, asked: { id: string; values: unknown }) => Promise<Outcome<unknown>>;
  readonly mount: (mount: Mount) => void;
}

const idParam = z.object({ id: z.string().max(200) });

export const act = <B extends z.ZodObject, R extends z.ZodType>(one: ActOf<B, R>): ActRoute => ({
  run: async (work, actor, { id, values }) => {
    const body = read(one.body, values);
    return body.ok ? one.perform(work, actor, { ...body.value, id }) : body;
  },
  mount: mount => {
    const about = { method: 'post' as const, tag: one.tag, path: one.path, summary: one.summary, status: 201 as const };
    const shapes = { body: one.body, returns: one.returns, refusals: ['request.sign_in_first', ...one.refusals] };
    const params = one.path.includes('{id}') ? idParam : z.object({});
    endpoint(mount, { ...about, ...shapes, params }, ({ params: named, body }, work, visit) =>
      one.perform(work, actorIn(visit), { ...(body as z.output<B>), id: (named as { id?: string }).id ?? '' }),
    );
  },
});

/** What a page shows again when a form comes back. */
export interface Back {
  readonly refusal: Refusal | null;
  readonly typed: Readonly<Record<string, string>>;
}

/** A page that nobody has posted to. */
export const asked: Back = { refusal: null, typed: {} };

/** What was typed in a posted form; fields left empty are left out, boxes ticked under one name are told with commas. */
export async function typedIn(c: Ctx): Promise<Back['typed']> {
  const body = Object.entries(await c.req.parseBody({ all: true }));
  return Object.fromEntries(body.filter(([, value]) => value !== '').map(([name, value]) => [name, String(value)]));
}

export interface Posted {
  readonly route: ActRoute;
  readonly spec: Pick<ActSpec, 'fields'>;
  /** What the act is told, when that is not what its fields say alone: hidden fields, the step that the address names. */
  readonly body?: (values: Readonly<Record<string, unknown>>, typed: Back['typed']) => unknown;
  /** Where to go once it is done, given the answer. */
  readonly to: (answer: unknown, id: string) => string;
  readonly page: (c: Ctx, back: Back) => Promise<Response>;
}

/** A posted form: the act, then the page that shows it; or the same page with the reason on top. */
export const post =
  ({ shell }: Mount, { route, spec, body = values => values, to, page }: Posted) =>
  async (c: Ctx): Promise<Response> => {
    const [actor, id, typed] = [actorOf(c), c.req.param('id') ?? '', await typedIn(c)];
    const values = body(bodyOf(spec.fields, typed), typed);
    const done = await submit(shell, c, work => route.run(work, actor, { id, values }));
    return done.ok ? c.redirect(to(done.value, id), 303) : page(c, { refusal: done.refusal, typed });
  };
