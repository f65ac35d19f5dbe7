import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Refusal } from '../../kernel/outcome.ts';
import { instant, localDay } from '../../kernel/time.ts';
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
import { BadgesPage } from '../pages/badges-page.tsx';
import * as presence from '../presence.ts';
import { withoutTrace } from './answers.ts';

async function badgesPage(
  { shell }: Mount,
  c: Ctx,
  back: { readonly typed?: { readonly email: string; readonly number: string }; readonly refusal?: Refusal } = {},
) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const space = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
    const badges = must(await presence.badgesAt(work, actor, space.spaceId));
    return { space, badges, today: localDay(work.now, space.zone) };
  });
  const page = BadgesPage({ visit: c.get('visit'), ...facts, ...back, requestId: requestId() });
  return show(c, page, back.refusal?.status ?? 200);
}

const badgeForm = z.object({ email: z.string().max(300).default(''), numero: z.string().max(100).default('') });
const withdrawForm = z.object({ badge: z.string().max(60) });

/** A space's badges: `/accueil/:espace/badges`; one's own are on `/mon-espace/code`. */
function badgePages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/accueil/:espace/badges', c => badgesPage(mount, c));
  pages.get('/accueil/:espace/badges/retirer', c => c.redirect(`/accueil/${c.req.param('espace')}/badges`, 303));
  pages.get('/mon-espace/badges/retirer', c => c.redirect('/mon-espace/code', 303));
  pages.post('/accueil/:espace/badges', async c => {
    const actor = actorOf(c);
    const { email, numero: number } = must(await readForm(c, badgeForm));
    const { espace } = c.req.param();
    // Not kept as a first answer, which would hold the number: a second click is told that the badge is somebody's.
    const given = await inVisit(shell, c, async work => {
      const space = await spaceBySlug(work, espace);
      if (!space.ok) return space;
      const asked = { spaceId: space.value.spaceId, email, number, secrets: shell.secrets };
      return withoutTrace(await presence.giveBadge(work, actor, asked));
    });
    return given.ok
      ? c.redirect(`/accueil/${espace}/badges`, 303)
      : badgesPage(mount, c, { typed: { email, number }, refusal: given.refusal });
  });
  pages.post('/accueil/:espace/badges/retirer', async c => {
    const actor = actorOf(c);
    const { badge } = must(await readForm(c, withdrawForm));
    const gone = await submit(shell, c, work => presence.withdrawBadge(work, actor, badge));
    const { espace } = c.req.param();
    return gone.ok ? c.redirect(`/accueil/${espace}/badges`, 303) : badgesPage(mount, c, { refusal: gone.refusal });
  });
  pages.post('/mon-espace/badges/retirer', async c => {
    const actor = actorOf(c);
    const { badge } = must(await readForm(c, withdrawForm));
    must(await submit(shell, c, work => presence.withdrawBadge(work, actor, badge)));
    return c.redirect('/mon-espace/code', 303);
  });
}

const badgeShape = z.object({ badge_id: z.string(), space_id: z.string(), person_id: z.string() });
const shapeOf = ({ badgeId, spaceId, personId }: presence.Badge): z.input<typeof badgeShape> => ({
  ...{ badge_id: badgeId, space_id: spaceId, person_id: personId },
});
const params = z.object({ id: z.string().max(60) });

function badgeEndpoints(mount: Mount): void {
  const { secrets } = mount.shell;
  const common = { path: '/spaces/{id}/badges', tag: 'presence', params } as const;
  endpoint(
    mount,
    {
      ...common,
      method: 'get',
      summary: 'Badges in use in a space, for who receives people there; never their numbers.',
      returns: z.object({ badges: z.array(badgeShape) }),
      refusals: ['presence.unknown_space', 'presence.not_host'],
    },
    async ({ params: { id } }, work, visit) => {
      const badges = await presence.badgesAt(work, actorIn(visit), id as Id<'spc'>);
      return badges.ok ? accept({ badges: badges.value.map(shapeOf) }) : badges;
    },
  );
  endpoint(
    mount,
    {
      ...common,
      method: 'post',
      summary: 'Give a badge to someone; its number is kept as a keyed hash.',
      body: z.object({ email: z.string().max(300), number: z.string().max(100) }),
      returns: badgeShape,
      status: 201,
      refusals: [
        'presence.unknown_space',
        'presence.not_host',
        'presence.badge_number_unreadable',
        'presence.unknown_person',
        'presence.badge_registered',
      ],
    },
    async ({ params: { id }, body }, work, visit) => {
      const badge = await presence.giveBadge(work, actorIn(visit), { spaceId: id as Id<'spc'>, ...body, secrets });
      return badge.ok ? accept(shapeOf(badge.value)) : badge;
    },
  );
  endpoint(
    mount,
    {
      method: 'delete',
      path: '/badges/{id}',
      tag: 'presence',
      summary: 'Withdraw a badge, for its bearer or who receives people there.',
      params,
      returns: z.object({ withdrawn: z.boolean() }),
      refusals: ['presence.unknown_badge', 'presence.badge_not_yours'],
    },
    async ({ params: { id } }, work, visit) => {
      const gone = await presence.withdrawBadge(work, actorIn(visit), id);
      return gone.ok ? accept({ withdrawn: true }) : gone;
    },
  );
  passageEndpoint(mount);
}

function passageEndpoint(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/badge-events',
      tag: 'presence',
      summary:
        'A door tells that a badge opened it: an arrival of class B, once an event. A badge that is nobody’s leaves no trace.',
      body: z.object({
        event_id: z.string().min(1).max(120).openapi({ description: 'The door’s own: told twice, it is one event.' }),
        space_id: z.string().max(60),
        badge: z.string().max(100),
        happened_at: z.iso.datetime({ offset: true }),
      }),
      returns: z.object({ event_id: z.string(), day: z.string(), half: z.string() }),
      status: 201,
      refusals: [
        'presence.unknown_space',
        'presence.not_host',
        'presence.captured_in_the_future',
        'presence.captured_too_long_ago',
        'presence.badge_number_unreadable',
        'presence.unknown_badge',
        'presence.booking_needed',
        'presence.event_id_reused',
      ],
    },
    async ({ body }, work, visit) => {
      const noted = await presence.noteBadge(work, actorIn(visit), {
        ...{ eventId: body.event_id, spaceId: body.space_id as Id<'spc'>, number: body.badge },
        ...{ happened_at: instant(body.happened_at), secrets: mount.shell.secrets },
      });
      if (!noted.ok) return noted;
      const { eventId, day, half } = noted.value;
      return accept({ event_id: eventId, day, half });
    },
  );
}

export function badgeRoutes(mount: Mount): void {
  badgePages(mount);
  badgeEndpoints(mount);
}
