import { z } from '@hono/zod-openapi';
import { deleteCookie } from 'hono/cookie';
import { accept, type Refusal } from '../../kernel/outcome.ts';
import { told } from '../../platform/acts.ts';
import { actorIn, actorOf, type Ctx, endpoint, inVisit, type Mount, requestId, show } from '../../platform/http.ts';
import { ErasedPage, ErasurePage } from '../pages/erasure-page.tsx';
import { type Erasure, erase } from '../people.ts';
import { sessionCookie } from '../sign-in.ts';
import { words } from '../words.ts';

const erasureShape = z
  .object({
    person_id: z.string(),
    state: z.enum(['erased', 'restricted']),
    until: z.string().optional().openapi({ description: 'When held: the day on which the clock erases it.' }),
  })
  .openapi('Erasure');

const erasureJson = ({ personId, ...state }: Erasure) => ({ person_id: personId, ...state });

function pages({ pages, shell }: Mount): void {
  const page = (c: Ctx, refusal: Refusal | null) => {
    actorOf(c);
    return show(c, ErasurePage({ visit: c.get('visit'), requestId: requestId(), refusal }), refusal?.status ?? 200);
  };
  pages.get('/moi/effacement', c => page(c, null));
  pages.post('/moi/effacement', async c => {
    const { personId } = actorOf(c);
    if (!(await c.req.parseBody())['sure']) return page(c, words.notSure());
    // Not `submit`: nothing of whoever asks is kept, the answer included.
    const done = await inVisit(shell, c, work => erase(work, actorOf(c), { personId, reason: '' }));
    if (!done.ok) return page(c, done.refusal);
    deleteCookie(c, sessionCookie, { path: '/' });
    return c.redirect(done.value.state === 'restricted' ? `/efface?jusqu=${done.value.until}` : '/efface', 303);
  });
  pages.get('/efface', c => show(c, ErasedPage({ visit: c.get('visit'), until: c.req.query('jusqu') })));
}

function api(mount: Mount): void {
  const params = z.object({ id: z.string().max(60) });
  endpoint(
    mount,
    {
      ...{ method: 'post', path: '/me/erasure', tag: 'people', returns: erasureShape, status: 201 },
      summary: 'Erases everything that leads to the asker, or sets it aside while a rule holds it',
      body: z.object({}),
      refusals: ['request.sign_in_first', 'people.last_operator'],
    },
    async (_, work, visit) => {
      const actor = actorIn(visit);
      const done = await erase(work, actor, { personId: actor.personId, reason: '' });
      return done.ok ? accept(erasureJson(done.value)) : done;
    },
  );
  endpoint(
    mount,
    {
      ...{ method: 'post', path: '/people/{id}/erasure', tag: 'people', params, returns: erasureShape, status: 201 },
      summary: 'An operator erases someone who asked for it in another way, and writes why',
      body: z.object({ reason: told.text }),
      refusals: [
        ...['request.sign_in_first', 'people.may_not', 'people.reason_missing', 'people.unknown_person'],
        'people.last_operator',
      ],
    },
    async ({ params: { id }, body }, work, visit) => {
      const done = await erase(work, actorIn(visit), { personId: id, ...body });
      return done.ok ? accept(erasureJson(done.value)) : done;
    },
  );
}

export function erasureRoutes(mount: Mount): void {
  pages(mount);
  api(mount);
}
