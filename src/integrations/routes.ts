import { z } from '@hono/zod-openapi';
import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import type { Actor } from '../kernel/visit.ts';
import { holds } from '../kernel/visit.ts';
import { peopleById } from '../people/people.ts';
import { told } from '../platform/acts.ts';
import type { Work } from '../platform/database.ts';
import { actorOf, type Ctx, inVisit, type Mount, must, readForm, requestId, show, submit } from '../platform/http.ts';
import { managedSpaces, spacesByIds } from '../spaces/spaces.ts';
import * as integrations from './integrations.ts';
import { SubscriptionPage } from './pages/subscription-page.tsx';
import { type Typed, WebhooksPage } from './pages/webhooks-page.tsx';
import { endpoints } from './routes/endpoints.ts';
import { houseOf } from './routes/shapes.ts';
import { words } from './words.ts';

interface Back {
  readonly refusal?: Refusal;
  readonly typed?: Typed;
}

async function listPage({ shell }: Mount, c: Ctx, back: Back = {}) {
  const actor = actorOf(c);
  const facts = must(
    await inVisit(shell, c, async work => {
      const spaces = await managedSpaces(work, actor);
      const ofNetwork = holds(actor, 'network_operator');
      if (spaces.length === 0 && !ofNetwork) return refuse(words.mayNot);
      const subscriptions = await integrations.subscriptionsFor(work, actor);
      return accept({ spaces, ofNetwork, subscriptions });
    }),
  );
  const page = WebhooksPage({ visit: c.get('visit'), ...facts, ...back, requestId: requestId() });
  return show(c, page, back.refusal?.status ?? 200);
}

/** A secret just told; null when its form was sent twice and it was told already. */
type Secret = string | null | undefined;

async function onePage(
  { shell }: Mount,
  c: Ctx,
  id: string,
  { secret, refusal }: { secret?: Secret; refusal?: Refusal },
) {
  const actor = actorOf(c);
  const { log, space, person } = await inVisit(shell, c, async work => {
    const found = must(await integrations.logOf(work, actor, id));
    const { spaceId, responsibleId } = found.subscription;
    const [named] = responsibleId ? await peopleById(work, [responsibleId]) : [];
    return { log: found, space: spaceId && (await spacesByIds(work, [spaceId]))[0], person: named };
  });
  c.header('cache-control', 'no-store');
  const responsible = person ? `${person.firstName} ${person.lastName}`.trim() : '';
  const facts = {
    ...log,
    space: space?.name ?? null,
    responsible,
    secret,
    refusal,
    done: c.req.query('fait') !== undefined,
  };
  return show(c, SubscriptionPage({ visit: c.get('visit'), ...facts, requestId: requestId() }), refusal?.status ?? 200);
}

const form = z.object({
  url: z.string().max(2_000).default(''),
  events: z.union([told.text, z.array(told.text).max(50)]).default([]),
  space: told.text.default(''),
});

function making(mount: Mount): void {
  const { pages, shell } = mount;
  const house = houseOf(shell);
  type Made = Partial<integrations.Subscribed>;
  pages.get('/integrations', c => listPage(mount, c));
  pages.post('/integrations', async c => {
    const actor = actorOf(c);
    const read = must(await readForm(c, form));
    const typed = { url: read.url.trim(), events: [read.events].flat(), space: read.space };
    const asked = { ...typed, spaceId: typed.space || null, house };
    const made = await submit<Made>(shell, c, work => integrations.subscribe(work, actor, asked), ['secret']);
    if (!made.ok) return listPage(mount, c, { refusal: made.refusal, typed });
    return onePage(mount, c, made.value.subscriptionId!, { secret: made.value.secret ?? null });
  });
  pages.post('/integrations/:id/secret', async c => {
    const [actor, id] = [actorOf(c), c.req.param('id')];
    const changed = must(
      await submit<Made>(shell, c, work => integrations.rotateSecret(work, actor, { id, house }), ['secret']),
    );
    return onePage(mount, c, id, { secret: changed.secret ?? null });
  });
}

type Act = (work: Work, actor: Actor, id: string) => Promise<Outcome<unknown>>;

const acts: Readonly<Record<string, Act>> = {
  arreter: (work, actor, id) => integrations.setRunning(work, actor, { id, running: false }),
  demarrer: (work, actor, id) => integrations.setRunning(work, actor, { id, running: true }),
  essai: integrations.tryOut,
};

function changing(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/integrations/:id', c => onePage(mount, c, c.req.param('id'), {}));
  for (const [name, act] of Object.entries(acts)) {
    pages.post(`/integrations/:id/${name}`, async c => {
      const [actor, id] = [actorOf(c), c.req.param('id') ?? ''];
      const done = await submit(shell, c, work => act(work, actor, id));
      return done.ok ? c.redirect(`/integrations/${id}?fait=oui`, 303) : onePage(mount, c, id, done);
    });
  }
  pages.post('/integrations/:id/supprimer', async c => {
    const [actor, id] = [actorOf(c), c.req.param('id')];
    if (!(await c.req.parseBody())['sure']) return c.redirect(`/integrations/${id}#supprimer`, 303);
    must(await submit(shell, c, work => integrations.unsubscribe(work, actor, id)));
    return c.redirect('/integrations', 303);
  });
  pages.post('/integrations/:id/envois/:delivery/renvoyer', async c => {
    const [actor, id] = [actorOf(c), c.req.param('id')];
    const done = await submit(shell, c, work => integrations.replay(work, actor, c.req.param('delivery')));
    return done.ok ? c.redirect(`/integrations/${id}?fait=oui#journal`, 303) : onePage(mount, c, id, done);
  });
}

export function routes(mount: Mount): void {
  making(mount);
  changing(mount);
  endpoints(mount);
}
