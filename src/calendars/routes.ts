import { z } from '@hono/zod-openapi';
import type { Id } from '../kernel/ids.ts';
import { accept } from '../kernel/outcome.ts';
import { actorIn, endpoint, type Mount } from '../platform/http.ts';
import * as calendars from './calendars.ts';

const idShape = (kind: string) => z.string().regex(new RegExp(`^${kind}_[0-9a-z]{8,40}$`), `${kind}_…`);
const calendarShape = z.object({
  calendar_id: z.string(),
  space_id: z.string().nullable(),
  resource_id: z.string().nullable(),
  host: z.string().openapi({ description: 'Of its address, which is not told again.' }),
  added_at: z.string(),
  read_at: z.string().nullable(),
  unread: z.number().int().openapi({ description: 'Events that could not be read.' }),
  failure: z.string().nullable().openapi({ description: 'Why the last reading failed.' }),
});

const shown = (one: calendars.OuterCalendar): z.output<typeof calendarShape> => ({
  ...{ calendar_id: one.calendarId, space_id: one.spaceId, resource_id: one.resourceId, host: one.host },
  ...{ added_at: one.addedAt.toString(), read_at: one.readAt?.toString() ?? null },
  ...{ unread: one.unread, failure: one.failure },
});

export function routes(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/calendars',
      tag: 'calendars',
      summary:
        'Read a calendar kept elsewhere: your own, whose busy times warn you when you book, or that of one place of a space where you receive people, which blocks it. Times alone are kept.',
      body: z
        .object({
          url: z.string().max(2_000),
          space_id: idShape('spc').optional(),
          resource_id: idShape('res').optional(),
        })
        .refine(body => (body.space_id === undefined) === (body.resource_id === undefined), 'space_id + resource_id'),
      returns: z.object({ calendar_id: z.string() }),
      status: 201,
      refusals: [
        'calendars.too_many',
        'calendars.unknown_place',
        'calendars.may_not',
        'calendars.bad_address',
        'calendars.private_address',
        'calendars.already_there',
      ],
    },
    async ({ body }, work, visit) => {
      const place =
        body.space_id === undefined
          ? undefined
          : { spaceId: body.space_id as Id<'spc'>, resourceId: body.resource_id as Id<'res'> };
      const asked = { url: body.url, place, house: calendars.houseOf(mount.shell) };
      const made = await calendars.connect(work, actorIn(visit), asked);
      return made.ok ? accept({ calendar_id: made.value.calendarId }) : made;
    },
  );
  endpoint(
    mount,
    {
      method: 'get',
      path: '/calendars',
      tag: 'calendars',
      summary: 'The calendars kept elsewhere that are read for you, or for a space where you receive people.',
      query: z.object({ space_id: idShape('spc').optional() }),
      returns: z.object({ calendars: z.array(calendarShape) }),
      refusals: ['calendars.unknown_place', 'calendars.may_not'],
    },
    async ({ query }, work, visit) => {
      const actor = actorIn(visit);
      if (query.space_id === undefined)
        return accept({ calendars: (await calendars.calendarsOf(work, actor)).map(shown) });
      const found = await calendars.calendarsAt(work, actor, query.space_id as Id<'spc'>);
      return found.ok ? accept({ calendars: found.value.map(shown) }) : found;
    },
  );
  endpoint(
    mount,
    {
      method: 'delete',
      path: '/calendars/{id}',
      tag: 'calendars',
      summary: 'Read a calendar no more; what it blocked is free again.',
      params: z.object({ id: z.string() }),
      returns: z.object({ disconnected: z.literal(true) }),
      refusals: ['calendars.unknown'],
    },
    async ({ params }, work, visit) => {
      const gone = await calendars.disconnect(work, actorIn(visit), params.id);
      return gone.ok ? accept({ disconnected: true }) : gone;
    },
  );
}
