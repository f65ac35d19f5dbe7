import { z } from '@hono/zod-openapi';
import { accept } from '../../kernel/outcome.ts';
import { actorIn, endpoint, type Mount, readForm } from '../../platform/http.ts';
import { resourceKinds } from '../kinds.ts';
import { type Read, slugParam } from '../routes.ts';
import type { Resource } from '../space.ts';
import { addResource, putBack, renameResource, resourcesOf, spaceBySlug } from '../spaces.ts';

const form = z.object({
  place: z.enum(resourceKinds),
  name: z.string().max(80).default(''),
  capacity: z.coerce.number(),
});

/** One place more, from the manager's page. */
export const placeForm: Read = async c => {
  const sent = await readForm(c, form);
  if (!sent.ok) return sent;
  const { place: kind, ...rest } = sent.value;
  return accept(async (work, actor, slug) => {
    const space = await spaceBySlug(work, slug);
    return space.ok ? addResource(work, actor, { spaceId: space.value.spaceId, kind, ...rest }) : space;
  });
};

const resourceShape = z
  .object({
    resource_id: z.string(),
    space_id: z.string(),
    kind: z.enum(resourceKinds),
    name: z.string(),
    capacity: z.number().int(),
    withdrawn_from: z.string().nullable().openapi({ description: 'The first day on which it is no longer offered.' }),
  })
  .openapi('Resource');

const shapeOf = (one: Resource): z.input<typeof resourceShape> => ({
  resource_id: one.resourceId,
  space_id: one.spaceId,
  kind: one.kind,
  name: one.name,
  capacity: one.capacity,
  withdrawn_from: one.withdrawnFrom,
});

const refusals = ['request.sign_in_first', 'spaces.not_manager'];
const idParam = z.object({ id: z.string() });

/** `/api/v1/spaces/{slug}/resources` and `/api/v1/resources/{id}`. */
export function placeEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/spaces/{slug}/resources',
      tag: 'spaces',
      summary: 'What can be booked in a space, withdrawn places included.',
      params: slugParam,
      returns: z.object({ resources: z.array(resourceShape) }),
      refusals: ['spaces.unknown_space'],
    },
    async ({ params }, work) => {
      const space = await spaceBySlug(work, params.slug);
      if (!space.ok) return space;
      return accept({ resources: (await resourcesOf(work, [space.value.spaceId])).map(shapeOf) });
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/spaces/{slug}/resources',
      tag: 'spaces',
      summary: 'Add a place, to be booked from now on.',
      params: slugParam,
      body: z.object({ kind: z.enum(resourceKinds), name: z.string().max(80), capacity: z.number().int() }),
      returns: resourceShape,
      status: 201,
      refusals: [
        ...refusals,
        'spaces.unknown_space',
        'spaces.resource_nameless',
        'spaces.nobody_fits',
        'spaces.resource_name_taken',
      ],
    },
    async ({ params, body }, work, visit) => {
      const space = await spaceBySlug(work, params.slug);
      if (!space.ok) return space;
      const added = await addResource(work, actorIn(visit), { ...body, spaceId: space.value.spaceId });
      return added.ok ? accept(shapeOf(added.value)) : added;
    },
  );
  endpoint(
    mount,
    {
      method: 'put',
      path: '/resources/{id}',
      tag: 'spaces',
      summary: 'Give a place another name.',
      params: idParam,
      body: z.object({ name: z.string().max(80) }),
      returns: resourceShape,
      refusals: [...refusals, 'spaces.unknown_resource', 'spaces.resource_nameless', 'spaces.resource_name_taken'],
    },
    async ({ params, body }, work, visit) => {
      const renamed = await renameResource(work, actorIn(visit), { resourceId: params.id, ...body });
      return renamed.ok ? accept(shapeOf(renamed.value)) : renamed;
    },
  );
  endpoint(
    mount,
    {
      method: 'delete',
      path: '/resources/{id}/withdrawal',
      tag: 'spaces',
      summary: 'Take back a withdrawal that is still to come.',
      params: idParam,
      returns: resourceShape,
      refusals: [...refusals, 'spaces.unknown_resource', 'spaces.already_withdrawn'],
    },
    async ({ params }, work, visit) => {
      const back = await putBack(work, actorIn(visit), params.id);
      return back.ok ? accept(shapeOf(back.value)) : back;
    },
  );
}
