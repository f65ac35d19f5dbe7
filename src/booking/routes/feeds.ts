import { z } from '@hono/zod-openapi';
import { sha256 } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept } from '../../kernel/outcome.ts';
import { actorIn, actorOf, type Ctx, endpoint, inVisit, type Mount, must, submit } from '../../platform/http.ts';
import * as booking from '../booking.ts';
import { feedOf } from '../calendar.ts';
import { feedLabels } from '../feed-labels.ts';

/** Where a calendar reads a feed. */
export const addressOf = (origin: string, token: string, lang: 'fr' | 'en'): string =>
  `${origin}/agendas/${token}.ics${lang === 'en' ? '?lang=en' : ''}`;

/** The file, or nothing when the calendar already has this very one: it asks every hour. */
async function feed({ shell }: Mount, c: Ctx, token: string) {
  const { lang, origin, network } = c.get('visit');
  const read = must(await inVisit(shell, c, work => booking.readFeed(work, token)));
  const entries = read.entries.map(entry => ({ ...entry, url: `${origin}/reservations/${entry.booking.bookingId}` }));
  const name = read.space ?? `${feedLabels.calendar[lang]}, ${network.name}`;
  const file = feedOf({ name, entries, telling: read.telling }, lang);
  const etag = `"${sha256(file)}"`;
  const headers = { etag, 'cache-control': 'private, max-age=300', 'x-robots-tag': 'noindex' };
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers);
  return c.body(file, 200, { ...headers, 'content-type': 'text/calendar; charset=utf-8' });
}

const idShape = (kind: string) => z.string().regex(new RegExp(`^${kind}_[0-9a-z]{8,40}$`), `${kind}_…`);
const feedShape = z.object({
  feed_id: z.string(),
  space_id: z.string().nullable(),
  resource_id: z.string().nullable(),
  detail: z.enum(['full', 'busy']),
  opened_at: z.string(),
});

function feedEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/feeds',
      tag: 'booking',
      summary:
        'An address by which a calendar reads your bookings, or those of a space where you receive people. Told once; under an `Idempotency-Key`, again for seven days.',
      body: z.object({
        space_id: idShape('spc').optional(),
        resource_id: idShape('res').optional().openapi({ description: 'One desk or room of the space.' }),
        detail: z.enum(['full', 'busy']).default('full').openapi({ description: '`busy` tells hours alone.' }),
      }),
      returns: z.object({ feed_id: z.string(), url: z.string() }),
      status: 201,
      refusals: ['booking.unknown_space', 'booking.feed_not_host', 'booking.unknown_resource'],
    },
    async ({ body }, work, visit) => {
      const opened = await booking.openFeed(work, actorIn(visit), {
        spaceId: body.space_id as Id<'spc'> | undefined,
        resourceId: body.resource_id as Id<'res'> | undefined,
        detail: body.detail,
      });
      if (!opened.ok) return opened;
      const { feedId, token } = opened.value;
      return accept({ feed_id: feedId, url: addressOf(visit.origin, token, visit.lang) });
    },
  );
  endpoint(
    mount,
    {
      method: 'get',
      path: '/feeds',
      tag: 'booking',
      summary: 'The calendar addresses that you opened and have not taken back.',
      returns: z.object({ feeds: z.array(feedShape) }),
    },
    async (_input, work, visit) => {
      const feeds = await booking.feedsOf(work, actorIn(visit));
      return accept({
        feeds: feeds.map(({ feedId: feed_id, spaceId: space_id, resourceId: resource_id, detail, openedAt }) => ({
          ...{ feed_id, space_id, resource_id, detail, opened_at: openedAt.toString() },
        })),
      });
    },
  );
  endpoint(
    mount,
    {
      method: 'delete',
      path: '/feeds/{id}',
      tag: 'booking',
      summary: 'Take a calendar address back.',
      params: z.object({ id: z.string() }),
      returns: z.object({ revoked: z.literal(true) }),
      refusals: ['booking.unknown_feed'],
    },
    async ({ params }, work, visit) => {
      const revoked = await booking.revokeFeed(work, actorIn(visit), params.id);
      return revoked.ok ? accept({ revoked: true }) : revoked;
    },
  );
}

export function feedRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/agendas/:file', c => feed(mount, c, c.req.param('file').replace(/\.ics$/, '')));
  pages.post('/mes-reservations/agenda/:id/retirer', async c => {
    const actor = actorOf(c);
    must(await submit(shell, c, work => booking.revokeFeed(work, actor, c.req.param('id'))));
    return c.redirect('/mes-reservations#agenda', 303);
  });
  feedEndpoints(mount);
}
