import { z } from '@hono/zod-openapi';
import * as calendars from '../../calendars/calendars.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Refusal, refuse } from '../../kernel/outcome.ts';
import type { Work } from '../../platform/database.ts';
import {
  actorOf,
  type Ctx,
  inVisit,
  type Mount,
  must,
  readForm,
  requestId,
  show,
  submit,
} from '../../platform/http.ts';
import { resourcesOf, type Space, spaceBySlug } from '../../spaces/spaces.ts';
import * as booking from '../booking.ts';
import { MyCalendarsPage, SpaceCalendarsPage } from '../pages/calendars.tsx';
import { words } from '../words.ts';
import { addressOf } from './feeds.ts';

interface Back {
  readonly refusal?: Refusal;
  readonly typed?: string;
  readonly address?: string;
}

async function minePage({ shell }: Mount, c: Ctx, back: Back = {}) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => ({
    feeds: await booking.feedsOf(work, actor),
    calendars: await calendars.calendarsOf(work, actor),
  }));
  const page = MyCalendarsPage({ visit: c.get('visit'), ...facts, ...back, requestId: requestId() });
  return show(c, page, back.refusal?.status ?? 200);
}

/** The space that the address names, for who receives people there. */
async function hosted(work: Work, c: Ctx): Promise<Space> {
  const space = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
  return must(booking.mayHost(actorOf(c), space) ? { ok: true, value: space } : refuse(words.boardNotHost));
}

async function spacePage({ shell }: Mount, c: Ctx, back: Back = {}) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const space = await hosted(work, c);
    const outer = must(await calendars.calendarsAt(work, actor, space.spaceId));
    const resourceIds = outer.flatMap(one => one.resourceId ?? []);
    return {
      ...{ space, calendars: outer, resources: await resourcesOf(work, [space.spaceId]) },
      feeds: await booking.feedsOf(work, actor),
      clashes: await booking.clashesAt(work, { spaceId: space.spaceId, resourceIds }),
    };
  });
  const page = SpaceCalendarsPage({ visit: c.get('visit'), ...facts, ...back, requestId: requestId() });
  return show(c, page, back.refusal?.status ?? 200);
}

const resource = z.string().regex(/^res_[0-9a-z]{8,40}$/, 'res_…');
const outerForm = z.object({ url: z.string().max(2_000).default(''), poste: resource.optional() });

function minePages(mount: Mount): void {
  const { pages, shell } = mount;
  const house = () => calendars.houseOf(shell);
  pages.get('/mes-agendas', c => minePage(mount, c));
  pages.post('/mes-agendas', async c => {
    const actor = actorOf(c);
    const { url } = must(await readForm(c, outerForm));
    const made = await submit(shell, c, work => calendars.connect(work, actor, { url, house: house() }));
    return made.ok
      ? c.redirect('/mes-agendas#ailleurs', 303)
      : minePage(mount, c, { refusal: made.refusal, typed: url });
  });
  pages.post('/mes-agendas/:id/retirer', async c => {
    const actor = actorOf(c);
    must(await submit(shell, c, work => calendars.disconnect(work, actor, c.req.param('id'))));
    return c.redirect('/mes-agendas#ailleurs', 303);
  });
}

function spacePages(mount: Mount): void {
  const { pages, shell } = mount;
  const house = () => calendars.houseOf(shell);
  pages.get('/planning/:espace/agendas', c => spacePage(mount, c));
  pages.post('/planning/:espace/agendas', async c => {
    const actor = actorOf(c);
    const { url, poste } = must(await readForm(c, outerForm));
    const made = await submit(shell, c, async work => {
      const { spaceId } = await hosted(work, c);
      const place = { spaceId, resourceId: (poste ?? 'res_') as Id<'res'> };
      return calendars.connect(work, actor, { url, house: house(), place });
    });
    if (!made.ok) return spacePage(mount, c, { refusal: made.refusal, typed: url });
    return c.redirect(`/planning/${c.req.param('espace')}/agendas#ailleurs`, 303);
  });
  pages.post('/planning/:espace/agendas/:id/retirer', async c => {
    const actor = actorOf(c);
    must(await submit(shell, c, work => calendars.disconnect(work, actor, c.req.param('id'))));
    return c.redirect(`/planning/${c.req.param('espace')}/agendas#ailleurs`, 303);
  });
  pages.get('/planning/:espace/adresses', c => c.redirect(`/planning/${c.req.param('espace')}/agendas`, 303));
  pages.post('/planning/:espace/adresses', async c => {
    const actor = actorOf(c);
    const form = z.object({ detail: z.enum(['full', 'busy']), poste: resource.optional() });
    const { detail, poste } = must(await readForm(c, form));
    const { lang, origin } = c.get('visit');
    const opened = await inVisit(shell, c, async work => {
      const { spaceId } = await hosted(work, c);
      return booking.openFeed(work, actor, { spaceId, resourceId: poste as Id<'res'> | undefined, detail });
    });
    return spacePage(mount, c, { address: addressOf(origin, must(opened).token, lang) });
  });
  pages.post('/planning/:espace/adresses/:id/retirer', async c => {
    const actor = actorOf(c);
    must(await submit(shell, c, work => booking.revokeFeed(work, actor, c.req.param('id'))));
    return c.redirect(`/planning/${c.req.param('espace')}/agendas#agenda`, 303);
  });
}

export function calendarPages(mount: Mount): void {
  minePages(mount);
  spacePages(mount);
}
