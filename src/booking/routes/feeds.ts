import { z } from '@hono/zod-openapi';
import { sha256 } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept } from '../../kernel/outcome.ts';
import { actorIn, actorOf, type Ctx, endpoint, inVisit, type Mount, must, submit } from '../../platform/http.ts';
import * as booking from '../booking.ts';
import { feedOf, freeBusyOf } from '../calendar.ts';
import { feedLabels } from '../feed-labels.ts';

/** Where a calendar reads a feed. */
export const addressOf = (origin: string, token: string, lang: 'fr' | 'en'): string =>
  `${origin}/agendas/${token}.ics${lang === 'en' ? '?lang=en' : ''}`;

/** Does a calendar have this very file already? What is compressed on its way out has a weak tag. */
export const isKnown = (asked: string | undefined, etag: string): boolean =>
  (asked ?? '').split(',').some(one => ['*', etag].includes(one.trim().replace(/^W\//, '')));

/** Answers with a calendar, or with nothing when whoever asks has it already. */
export function answerCalendar(c: Ctx, file: string): Response {
  const etag = `"${sha256(file)}"`;
  const headers = { etag, 'cache-control': 'private, max-age=300', 'x-robots-tag': 'noindex' };
  if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers);
  return c.body(file, 200, { ...headers, 'content-type': 'text/calendar; charset=utf-8' });
}

/** `<token>.ics` is the calendar, `<token>.ifb` its hours alone. */
async function feed({ shell }: Mount, c: Ctx, name: string) {
  const { lang, origin, network } = c.get('visit');
  const [, token = '', kind] = /^([^.]*)(?:\.(ics|ifb))?$/.exec(name) ?? [];
  const read = must(await inVisit(shell, c, work => booking.readFeed(work, token)));
  const bookings = read.entries.map(entry => entry.booking);
  if (kind === 'ifb') return answerCalendar(c, freeBusyOf(bookings, { uid: read.feedId, during: read.during }));
  const entries = read.entries.map(entry => ({ ...entry, url: `${origin}/reservations/${entry.booking.bookingId}` }));
  const title = read.space ?? `${feedLabels.calendar[lang]}, ${network.name}`;
  return answerCalendar(c, feedOf({ name: title, entries, telling: read.telling }, lang));
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
  pages.get('/agendas/:file', c => feed(mount, c, c.req.param('file')));
  pages.post('/mes-reservations/agenda/:id/retirer', async c => {
    const actor = actorOf(c);
    must(await submit(shell, c, work => booking.revokeFeed(work, actor, c.req.param('id'))));
    return c.redirect('/mes-reservations#agenda', 303);
  });
  feedEndpoints(mount);
}
