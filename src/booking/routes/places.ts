import { z } from '@hono/zod-openapi';
import type { Bilingual } from '../../kernel/bilingual.ts';
import { accept, type Outcome, type Refusal } from '../../kernel/outcome.ts';
import { type Day, isDay, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
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
import { managedResource, managedSheet, putBack, renameResource, spaceBySlug } from '../../spaces/spaces.ts';
import * as booking from '../booking.ts';
import { ClockPage, PlacePage } from '../pages/place-page.tsx';
import { placeLabels, retimedText } from '../place-labels.ts';
import { withdrawnText } from '../place-words.ts';
import { bookingShape, dayShape, shapeOf } from './shapes.ts';

const typedIn = async (c: Ctx, refusal: Refusal | undefined): Promise<Readonly<Record<string, string>>> =>
  refusal ? Object.fromEntries(Object.entries(await c.req.parseBody()).map(([k, v]) => [k, String(v)])) : {};

const counted = (text: string | undefined): number => (/^\d{1,6}$/.test(text ?? '') ? Number(text) : 0);

/** What was just done, from the address to which it led. */
function doneOf(c: Ctx, from: Day | null): Bilingual | null {
  const { fait, deplacees, rendues } = c.req.query();
  if (fait === 'nom') return placeLabels.renamed;
  if (fait === 'remise') return placeLabels.back;
  return fait === 'retiree' && from !== null ? withdrawnText(counted(deplacees), counted(rendues), from) : null;
}

async function placePage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const { space, resource, today } = await inVisit(shell, c, async work => {
    const found = must(await managedResource(work, actor, c.req.param('place') ?? ''));
    return { ...found, today: localDay(work.now, found.space.zone) };
  });
  const done = refusal ? null : doneOf(c, resource.withdrawnFrom);
  const facts = { space, resource, today, done, refusal, typed: await typedIn(c, refusal), requestId: requestId() };
  return show(c, PlacePage({ visit: c.get('visit'), ...facts }), refusal?.status ?? 200);
}

async function clockPage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const slug = c.req.param('espace') ?? '';
  const { space } = must(await inVisit(shell, c, work => managedSheet(work, actor, slug)));
  const moved = c.req.query('gardent');
  const done = refusal || moved === undefined ? null : retimedText(counted(moved));
  const facts = { space, done, refusal, typed: await typedIn(c, refusal), requestId: requestId() };
  return show(c, ClockPage({ visit: c.get('visit'), ...facts }), refusal?.status ?? 200);
}

const withdrawForm = z.object({ from: z.string().refine(isDay, '2026-11-24'), displace: z.enum(['refuse', 'cancel']) });
const nameForm = z.object({ name: z.string().max(80).default('') });
const zoneForm = z.object({ zone: z.string().max(60).default('') });

/** One place of a space, and the space's clock, for who manages it. */
export function placePages(mount: Mount): void {
  const { pages, shell } = mount;
  const root = '/gestion/espaces/:espace/places/:place';
  const answered = async <T>(
    c: Ctx,
    sent: Outcome<unknown>,
    verb: (work: Work, actor: Actor) => Promise<Outcome<T>>,
  ) => {
    const actor = actorOf(c);
    return sent.ok ? submit(shell, c, work => verb(work, actor)) : sent;
  };
  const back = (c: Ctx, what: string) =>
    c.redirect(`/gestion/espaces/${c.req.param('espace')}/places/${c.req.param('place')}?fait=${what}`, 303);
  pages.get(root, c => placePage(mount, c));
  pages.post(`${root}/nom`, async c => {
    const sent = await readForm(c, nameForm);
    const resourceId = c.req.param('place') ?? '';
    const name = sent.ok ? sent.value.name : '';
    const done = await answered(c, sent, (work, actor) => renameResource(work, actor, { resourceId, name }));
    return done.ok ? back(c, 'nom') : placePage(mount, c, done.refusal);
  });
  pages.post(`${root}/retirer`, async c => {
    const sent = await readForm(c, withdrawForm);
    if (!sent.ok) return placePage(mount, c, sent.refusal);
    const asked = { ...sent.value, from: sent.value.from as Day, resourceId: c.req.param('place') ?? '' };
    const done = await answered(c, sent, async (work, actor) => {
      const withdrawn = await booking.withdraw(work, actor, asked);
      if (!withdrawn.ok) return withdrawn;
      return accept({ moved: withdrawn.value.moved.length, cancelled: withdrawn.value.cancelled.length });
    });
    if (!done.ok) return placePage(mount, c, done.refusal);
    return back(c, `retiree&deplacees=${done.value.moved}&rendues=${done.value.cancelled}`);
  });
  pages.post(`${root}/remettre`, async c => {
    const actor = actorOf(c);
    const done = await submit(shell, c, work => putBack(work, actor, c.req.param('place') ?? ''));
    return done.ok ? back(c, 'remise') : placePage(mount, c, done.refusal);
  });
  pages.get('/gestion/espaces/:espace/fuseau', c => clockPage(mount, c));
  pages.post('/gestion/espaces/:espace/fuseau', async c => {
    const slug = c.req.param('espace');
    const sent = await readForm(c, zoneForm);
    const done = await answered(c, sent, async (work, actor) => {
      const space = await spaceBySlug(work, slug);
      if (!space.ok) return space;
      const zone = sent.ok ? sent.value.zone : '';
      const changed = await booking.changeZone(work, actor, { spaceId: space.value.spaceId, zone });
      return changed.ok ? accept({ retimed: changed.value.retimed }) : changed;
    });
    if (!done.ok) return clockPage(mount, c, done.refusal);
    return c.redirect(`/gestion/espaces/${slug}/fuseau?gardent=${done.value.retimed}`, 303);
  });
}

/** `/api/v1/resources/{id}/withdrawal` and `/api/v1/spaces/{slug}/zone`. */
export function placeEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/resources/{id}/withdrawal',
      tag: 'booking',
      summary:
        'Withdraw a place from a day on: its bookings go to another place of the same kind; those that fit nowhere refuse it, or are given back.',
      params: z.object({ id: z.string() }),
      body: z.object({ from: dayShape, displace: z.enum(['refuse', 'cancel']).default('refuse') }),
      returns: z.object({
        withdrawn_from: z.string(),
        moved: z.array(bookingShape),
        cancelled: z.array(bookingShape),
      }),
      refusals: [
        'request.sign_in_first',
        'spaces.unknown_resource',
        'spaces.not_manager',
        'spaces.from_the_past',
        'spaces.already_withdrawn',
        'booking.place_in_use',
        'booking.place_still_booked',
      ],
    },
    async ({ params, body }, work, visit) => {
      const asked = { resourceId: params.id, from: body.from as Day, displace: body.displace };
      const done = await booking.withdraw(work, actorIn(visit), asked);
      if (!done.ok) return done;
      const [moved, cancelled] = [done.value.moved.map(shapeOf), done.value.cancelled.map(shapeOf)];
      return accept({ withdrawn_from: asked.from, moved, cancelled });
    },
  );
  endpoint(
    mount,
    {
      method: 'put',
      path: '/spaces/{slug}/zone',
      tag: 'booking',
      summary: 'Set a space by another clock from now on: what is booked keeps its day and its hours on the wall.',
      params: z.object({ slug: z.string() }),
      body: z.object({ zone: z.string().max(60) }),
      returns: z.object({ zone: z.string(), retimed: z.number().int() }),
      refusals: [
        'request.sign_in_first',
        'spaces.unknown_space',
        'spaces.not_manager',
        'spaces.unknown_zone',
        'spaces.same_zone',
        'booking.clock_collides',
      ],
    },
    async ({ params, body }, work, visit) => {
      const space = await spaceBySlug(work, params.slug);
      if (!space.ok) return space;
      const done = await booking.changeZone(work, actorIn(visit), { spaceId: space.value.spaceId, ...body });
      return done.ok ? accept({ zone: done.value.space.zone, retimed: done.value.retimed }) : done;
    },
  );
}
