import { z } from '@hono/zod-openapi';
import { accept } from '../../kernel/outcome.ts';
import { actorIn, actorOf, endpoint, inVisit, type Mount, must, show } from '../../platform/http.ts';
import { type ResourceKind, spaceBySlug } from '../../spaces/spaces.ts';
import * as hosting from '../hosting.ts';
import { CapacityPage } from '../pages/capacity-page.tsx';
import { words } from '../words.ts';
import { spaceById, spaceId } from './shapes.ts';

const kinds: readonly ResourceKind[] = ['desk', 'office', 'meeting_room'];

const ratio = { taken: z.number().int(), total: z.number().int() };

function capacityEndpoint(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/spaces/{id}/occupancy',
      tag: 'hosting',
      summary:
        'How full a space is, today and the two weeks that follow, by half-day; and was, over the four weeks before, by day of the week (1 is Monday). Counts, never names.',
      params: z.object({ id: spaceId }),
      query: z.object({ kind: z.enum(['desk', 'office', 'meeting_room']).optional() }),
      returns: z.object({
        half_days: z.array(z.object({ day: z.string(), half: z.enum(['morning', 'afternoon']), ...ratio })),
        weekdays: z.array(z.object({ weekday: z.number().int(), ...ratio })),
      }),
      refusals: ['hosting.not_host'],
    },
    async ({ params, query }, work, visit) => {
      const space = await spaceById(work, params.id, words.notHost);
      if (!space.ok) return space;
      const asked = { space: space.value, kind: query.kind ?? null };
      const capacity = await hosting.capacityOf(work, actorIn(visit), asked);
      return capacity.ok ? accept({ half_days: capacity.value.ahead, weekdays: capacity.value.past }) : capacity;
    },
  );
}

/** `/hote/:espace/occupation` and its endpoint. */
export function capacityRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/hote/:espace/occupation', async c => {
    const actor = actorOf(c);
    const kind = kinds.find(one => one === c.req.query('genre')) ?? null;
    const facts = await inVisit(shell, c, async work => {
      const space = must(await spaceBySlug(work, c.req.param('espace')));
      return { space, capacity: must(await hosting.capacityOf(work, actor, { space, kind })) };
    });
    return show(c, CapacityPage({ visit: c.get('visit'), ...facts, kind }));
  });
  capacityEndpoint(mount);
}
