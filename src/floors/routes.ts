import { z } from '@hono/zod-openapi';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import type { Work } from '../platform/database.ts';
import {
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  requestId,
  show,
  submit,
} from '../platform/http.ts';
import { mayManage, resourcesOf, type Space, spaceBySlug, spacesByIds } from '../spaces/spaces.ts';
import * as floors from './floors.ts';
import { drawingIn, type Fields } from './form.ts';
import { EditorPage, fieldsToFill, OldPlanPage, PlansPage } from './pages.tsx';
import { words } from './words.ts';

async function plansPage({ shell }: Mount, c: Ctx): Promise<Response> {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const space = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
    if (!mayManage(actor, space)) must(refuse(words.notManager));
    return { space, ...(await drawnIn(work, space)) };
  });
  return show(c, PlansPage({ visit: c.get('visit'), ...facts, saved: c.req.query('fait') !== undefined }));
}

const drawnIn = async (work: Work, { spaceId }: Space) => ({
  plans: await floors.plansOf(work, spaceId),
  resources: await resourcesOf(work, [spaceId]),
});

/** The floor in the address; what is no floor is refused. */
const floorIn = (c: Ctx): number => {
  const text = c.req.param('etage') ?? '';
  return /^-?\d{1,2}$/.test(text) ? Number(text) : must<number>(refuse(words.unknownFloor));
};

interface Back {
  readonly typed?: Fields;
  readonly refusal?: Refusal;
}

async function editorPage({ shell }: Mount, c: Ctx, { typed, refusal }: Back = {}): Promise<Response> {
  const actor = actorOf(c);
  const floor = floorIn(c);
  const facts = await inVisit(shell, c, async work => {
    const space = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
    const history = must(await floors.historyOf(work, actor, { space, floor }));
    return { space, history, ...(await drawnIn(work, space)) };
  });
  const { space, history, plans, resources } = facts;
  const visit = c.get('visit');
  const old = history.find(one => one.planId === c.req.query('plan'));
  if (old) return show(c, OldPlanPage({ visit, space, plan: old, resources }));
  const plan = plans.find(one => one.floor === floor) ?? null;
  const elsewhere = new Set(plans.filter(one => one !== plan).flatMap(one => one.places.map(p => p.resourceId)));
  const suggested = floors.inRows(resources.filter(one => !elsewhere.has(one.resourceId)));
  const start = plan ?? suggested;
  const ids = resources.map(one => one.resourceId);
  const read = typed && drawingIn(typed, ids);
  const page = EditorPage({
    ...{ visit, space, floor, plan, history, resources, requestId: requestId(), refusal },
    drawing: read?.ok ? read.value : start,
    fields: typed ?? fieldsToFill(start, floors.inRows(resources)),
  });
  return show(c, page, refusal?.status ?? 200);
}

/** A posted form as texts; a field left empty is kept, for its number must be told. */
async function fieldsSent(c: Ctx): Promise<Fields> {
  const body = Object.entries(await c.req.parseBody());
  return Object.fromEntries(body.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}

async function drawnFrom(
  work: Work,
  c: Ctx,
  { floor, sent }: { floor: number; sent: Fields },
): Promise<Outcome<unknown>> {
  const actor = actorOf(c);
  const space = await spaceBySlug(work, c.req.param('espace') ?? '');
  if (!space.ok) return space;
  const resources = await resourcesOf(work, [space.value.spaceId]);
  const ids = resources.map(one => one.resourceId);
  if (!mayManage(actor, space.value)) return refuse(words.notManager);
  const drawing = drawingIn(sent, ids);
  if (!drawing.ok) return drawing;
  const asked = { space: space.value, floor, basedOn: sent['base'] ?? null, drawing: drawing.value };
  return floors.drawPlan(work, actor, asked);
}

function planPages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/plans/:espace', c => plansPage(mount, c));
  pages.get('/plans/:espace/etage', c =>
    c.redirect(`/plans/${c.req.param('espace')}/${encodeURIComponent(c.req.query('etage') ?? '0')}`, 303),
  );
  pages.get('/plans/:espace/:etage', c => editorPage(mount, c));
  pages.get('/plans/:espace/:etage/retirer', c => c.redirect(`/plans/${c.req.param('espace')}`, 303));
  pages.post('/plans/:espace/:etage', async c => {
    actorOf(c);
    const floor = floorIn(c);
    const sent = await fieldsSent(c);
    const done = await submit(shell, c, work => drawnFrom(work, c, { floor, sent }));
    if (!done.ok) return editorPage(mount, c, { typed: sent, refusal: done.refusal });
    return c.redirect(`/plans/${c.req.param('espace')}?fait=oui`, 303);
  });
  pages.post('/plans/:espace/:etage/retirer', async c => {
    const actor = actorOf(c);
    const floor = floorIn(c);
    const { base = '' } = await fieldsSent(c);
    const done = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, c.req.param('espace'));
      return space.ok ? floors.removePlan(work, actor, { space: space.value, floor, basedOn: base }) : space;
    });
    if (!done.ok) return editorPage(mount, c, { refusal: done.refusal });
    return c.redirect(`/plans/${c.req.param('espace')}`, 303);
  });
}

const cm = z.number().int();
const drawingShape = z.object({
  width_cm: cm,
  depth_cm: cm,
  places: z
    .array(
      z.object({
        resource_id: z.string().regex(/^res_[0-9a-z]{8,40}$/, 'res_…'),
        ...{ x_cm: cm, y_cm: cm, width_cm: cm, depth_cm: cm },
        turn_deg: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
      }),
    )
    .max(500),
  walls: z.array(z.object({ x1_cm: cm, y1_cm: cm, x2_cm: cm, y2_cm: cm })).max(500),
  labels: z.array(z.object({ x_cm: cm, y_cm: cm, text: z.string().max(200) })).max(500),
});
const planShape = drawingShape
  .extend({ plan_id: z.string(), floor: z.number().int(), from: z.string() })
  .openapi('Plan');

const planTold = (plan: floors.Plan): z.input<typeof planShape> => ({
  ...{ plan_id: plan.planId, floor: plan.floor, from: plan.from.toString() },
  ...{ width_cm: plan.width_cm, depth_cm: plan.depth_cm, walls: [...plan.walls], labels: [...plan.labels] },
  places: plan.places.map(({ resourceId: resource_id, ...place }) => ({ resource_id, ...place })),
});

const spaceIn = async (work: Work, id: string): Promise<Outcome<Space>> => {
  const [space] = await spacesByIds(work, [id as Id<'spc'>]);
  return space ? accept(space) : refuse(words.unknownFloor);
};
const spaceId = z.string().regex(/^spc_[0-9a-z]{8,40}$/, 'spc_…');
const ofFloor = {
  ...{ path: '/spaces/{id}/plans/{floor}', tag: 'floors' },
  params: z.object({
    id: spaceId,
    floor: z
      .string()
      .regex(/^-?[0-9]{1,3}$/, '0')
      .transform(Number),
  }),
};
const floorRefusals = ['floors.unknown_floor', 'floors.not_manager', 'floors.plan_changed'];

function planEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      ...{ method: 'get', path: '/spaces/{id}/plans', tag: 'floors' },
      summary: 'The plans of a space that hold, the highest floor first, in centimetres from the top left corner.',
      params: z.object({ id: spaceId }),
      returns: z.object({ plans: z.array(planShape) }),
    },
    async ({ params }, work) => accept({ plans: (await floors.plansOf(work, params.id as Id<'spc'>)).map(planTold) }),
  );
  endpoint(
    mount,
    {
      ...ofFloor,
      method: 'put',
      summary: 'Draw a floor. The plan that it had is kept, and must be the one that you name.',
      body: drawingShape.extend({
        based_on: z
          .string()
          .nullable()
          .openapi({ description: 'The plan that you started from; null for a first one.' }),
      }),
      returns: planShape,
      refusals: [
        ...floorRefusals,
        ...['floors.bad_floor_size', 'floors.unknown_resource', 'floors.placed_twice', 'floors.bad_place_size'],
        ...['floors.place_outside', 'floors.places_overlap', 'floors.bad_wall', 'floors.bad_label'],
        'floors.on_another_floor',
      ],
    },
    async ({ params, body: { based_on, places, ...rest } }, work, visit) => {
      const actor = actorIn(visit);
      const space = await spaceIn(work, params.id);
      if (!space.ok) return space;
      const placed = places.map(({ resource_id, ...place }) => ({ resourceId: resource_id as Id<'res'>, ...place }));
      const drawing = { ...rest, places: placed };
      const asked = { space: space.value, floor: params.floor, basedOn: based_on, drawing };
      const plan = await floors.drawPlan(work, actor, asked);
      return plan.ok ? accept(planTold(plan.value)) : plan;
    },
  );
  endpoint(
    mount,
    {
      ...ofFloor,
      method: 'delete',
      summary: 'Take away the plan of a floor; it is kept as an old one.',
      query: z.object({ based_on: z.string().max(60) }),
      returns: z.object({}),
      refusals: floorRefusals,
    },
    async ({ params, query }, work, visit) => {
      const actor = actorIn(visit);
      const space = await spaceIn(work, params.id);
      if (!space.ok) return space;
      const asked = { space: space.value, floor: params.floor, basedOn: query.based_on };
      const removed = await floors.removePlan(work, actor, asked);
      return removed.ok ? accept({}) : removed;
    },
  );
}

/** `/plans/:espace` and `/api/v1/spaces/{id}/plans`. */
export function routes(mount: Mount): void {
  planPages(mount);
  planEndpoints(mount);
}
