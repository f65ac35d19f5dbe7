import { z } from '@hono/zod-openapi';
import { bookingFor, spacesOfBookings } from '../../booking/booking.ts';
import { accept } from '../../kernel/outcome.ts';
import {
  type Aside,
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  readForm,
  requestId,
  type Shell,
  show,
  submit,
} from '../../platform/http.ts';
import { spaceBySlug } from '../../spaces/spaces.ts';
import * as hosting from '../hosting.ts';
import { HereLink, HerePage } from '../pages/here-page.tsx';
import { words } from '../words.ts';
import { spaceById, spaceId } from './shapes.ts';

async function herePage({ shell }: Mount, c: Ctx): Promise<Response> {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const space = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
    const here = await hosting.whoIsHere(work, actor, space);
    return { space, here: here.ok ? here.value : null, shown: await hosting.isShown(work, actor, space) };
  });
  const saved = c.req.query('fait') !== undefined;
  return show(c, HerePage({ visit: c.get('visit'), ...facts, saved, requestId: requestId() }));
}

const params = z.object({ id: spaceId });
const refusals = ['hosting.unknown_space'];

function hereEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/spaces/{id}/here',
      tag: 'hosting',
      summary:
        'Who is in a space today, for those who booked or were noted there today and for its hosts: first names of those who agreed, and how many others. Never an hour.',
      params,
      returns: z.object({
        day: z.string(),
        first_names: z.array(z.string()),
        others: z.number().int(),
        shown: z.boolean().openapi({ description: 'Whether the others may see your own first name there.' }),
      }),
      refusals: [...refusals, 'hosting.not_there_today'],
    },
    async (input, work, visit) => {
      const actor = actorIn(visit);
      const space = await spaceById(work, input.params.id, words.unknownSpace);
      if (!space.ok) return space;
      const here = await hosting.whoIsHere(work, actor, space.value);
      return here.ok ? accept({ ...here.value, first_names: here.value.firstNames }) : here;
    },
  );
  endpoint(
    mount,
    {
      method: 'put',
      path: '/spaces/{id}/here/me',
      tag: 'hosting',
      summary: 'Let the people of a space see your first name on the days you are there, or no longer.',
      params,
      body: z.object({ shown: z.boolean() }),
      returns: z.object({ shown: z.boolean() }),
      refusals,
    },
    async (input, work, visit) => {
      const actor = actorIn(visit);
      const space = await spaceById(work, input.params.id, words.unknownSpace);
      return space.ok ? hosting.showMe(work, actor, { space: space.value, shown: input.body.shown }) : space;
    },
  );
}

/** `/ici/:espace` and its endpoints. */
export function hereRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/ici/:espace', c => herePage(mount, c));
  pages.post('/ici/:espace', async c => {
    const actor = actorOf(c);
    const { montrer } = must(await readForm(c, z.object({ montrer: z.enum(['oui', 'non']) })));
    const { espace } = c.req.param();
    must(
      await submit(shell, c, async work => {
        const space = await spaceBySlug(work, espace);
        return space.ok ? hosting.showMe(work, actor, { space: space.value, shown: montrer === 'oui' }) : space;
      }),
    );
    return c.redirect(`/ici/${espace}?fait=oui`, 303);
  });
  hereEndpoints(mount);
}

/** On the page of one's booking, the way to who is there. */
export const besideBooking =
  (shell: Shell): Aside =>
  async (c, bookingId) => {
    const actor = actorOf(c);
    return inVisit(shell, c, async work => {
      const booking = must(await bookingFor(work, actor, bookingId));
      if (booking.status !== 'confirmed') return null;
      const space = (await spacesOfBookings(work, [booking])).get(booking.spaceId)!;
      return HereLink({ visit: c.get('visit'), slug: space.slug });
    });
  };
