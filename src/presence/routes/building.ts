import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Refusal } from '../../kernel/outcome.ts';
import { localDay } from '../../kernel/time.ts';
import {
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  readForm,
  requestId,
  show,
  submit,
} from '../../platform/http.ts';
import { spaceBySlug } from '../../spaces/spaces.ts';
import { BuildingPage } from '../pages/building-page.tsx';
import * as presence from '../presence.ts';
import { withoutTrace } from './answers.ts';

async function buildingPage(
  { shell }: Mount,
  c: Ctx,
  back: { readonly typed?: string; readonly refusal?: Refusal } = {},
) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const { spaceId } = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
    const building = must(await presence.buildingNow(work, actor, spaceId));
    return { ...building, now: work.now, today: localDay(work.now, building.space.zone) };
  });
  const page = BuildingPage({ visit: c.get('visit'), ...facts, ...back, requestId: requestId() });
  return show(c, page, back.refusal?.status ?? 200);
}

const visitorShape = z
  .object({
    visitor_id: z.string(),
    name: z.string(),
    day: z.string(),
    arrived_at: z.string(),
    left_at: z.string().nullable(),
  })
  .openapi('Visitor');

const shapeOf = (one: presence.Visitor): z.input<typeof visitorShape> => ({
  ...{ visitor_id: one.visitorId, name: one.name, day: one.day, arrived_at: one.arrivedAt.toString() },
  left_at: one.leftAt?.toString() ?? null,
});

function buildingEndpoints(mount: Mount): void {
  const params = z.object({ id: z.string().max(60) });
  const common = { path: '/spaces/{id}/visitors', tag: 'presence', params } as const;
  endpoint(
    mount,
    {
      ...common,
      method: 'get',
      summary: 'Today’s visitors of a space, and how many people are noted there, for who receives people.',
      returns: z.object({ people_present: z.number().int(), visitors: z.array(visitorShape) }),
      refusals: ['presence.unknown_space', 'presence.not_host'],
    },
    async ({ params: { id } }, work, visit) => {
      const building = await presence.buildingNow(work, actorIn(visit), id as Id<'spc'>);
      if (!building.ok) return building;
      const { people, visitors } = building.value;
      return accept({ people_present: people.length, visitors: visitors.map(shapeOf) });
    },
  );
  endpoint(
    mount,
    {
      ...common,
      method: 'post',
      summary: 'Note a visitor: a name, kept thirty days, and no presence of any kind.',
      body: z.object({ name: z.string().max(300) }),
      returns: visitorShape,
      status: 201,
      refusals: ['presence.unknown_space', 'presence.not_host', 'presence.visitor_without_name'],
    },
    async ({ params: { id }, body }, work, visit) => {
      const asked = { spaceId: id as Id<'spc'>, name: body.name };
      const noted = await presence.receiveVisitor(work, actorIn(visit), asked);
      return noted.ok ? accept(shapeOf(noted.value)) : noted;
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/visitors/{id}/leave',
      tag: 'presence',
      summary: 'Note that a visitor left.',
      params,
      returns: visitorShape,
      refusals: ['presence.unknown_visitor', 'presence.not_host'],
    },
    async ({ params: { id } }, work, visit) => {
      const left = await presence.visitorLeaves(work, actorIn(visit), id);
      return left.ok ? accept(shapeOf(left.value)) : left;
    },
  );
}

/** Who is in the building: `/accueil/:espace/presents`. */
export function buildingRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  const back = (c: Ctx) => c.redirect(`/accueil/${c.req.param('espace')}/presents`, 303);
  pages.get('/accueil/:espace/presents', c => buildingPage(mount, c));
  pages.get('/accueil/:espace/presents/parti', back);
  pages.post('/accueil/:espace/presents', async c => {
    const actor = actorOf(c);
    const { nom: name } = must(await readForm(c, z.object({ nom: z.string().max(300).default('') })));
    const { espace } = c.req.param();
    const noted = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, espace);
      if (!space.ok) return space;
      return withoutTrace(await presence.receiveVisitor(work, actor, { spaceId: space.value.spaceId, name }));
    });
    return noted.ok ? back(c) : buildingPage(mount, c, { typed: name, refusal: noted.refusal });
  });
  pages.post('/accueil/:espace/presents/parti', async c => {
    const actor = actorOf(c);
    const { visiteur } = must(await readForm(c, z.object({ visiteur: z.string().max(60) })));
    const left = await submit(shell, c, async work =>
      withoutTrace(await presence.visitorLeaves(work, actor, visiteur)),
    );
    return left.ok ? back(c) : buildingPage(mount, c, { refusal: left.refusal });
  });
  buildingEndpoints(mount);
}
