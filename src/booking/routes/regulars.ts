import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Refusal } from '../../kernel/outcome.ts';
import { addDays, localDay } from '../../kernel/time.ts';
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
import { listSpaces, spaceBySlug } from '../../spaces/spaces.ts';
import * as booking from '../booking.ts';
import { UsualPage } from '../pages/usual-page.tsx';
import { partOf } from './series.ts';
import { idShape, partShape } from './shapes.ts';

async function usualPage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const today = localDay(work.now, 'Europe/Paris');
    const range = { personId: actor.personId, from: addDays(today, -92), to: addDays(today, 92) };
    const known = new Set((await booking.bookingsOf(work, range)).map(one => one.spaceId));
    const all = await listSpaces(work);
    const open = all.filter(one => one.status === 'open');
    return {
      usuals: await booking.usualsOf(work, actor),
      absences: await booking.absencesOf(work, actor),
      spaces: [...open.filter(one => known.has(one.spaceId)), ...open.filter(one => !known.has(one.spaceId))],
      names: new Map(all.map(one => [one.spaceId as string, one.name])),
    };
  });
  const body: Record<string, unknown> = refusal ? await c.req.parseBody() : { espace: c.req.query('espace') };
  const typed = Object.fromEntries(Object.entries(body).flatMap(([name, v]) => (v ? [[name, String(v)]] : [])));
  const done = refusal === undefined && c.req.query('fait') !== undefined;
  const page = UsualPage({ visit: c.get('visit'), ...facts, done, typed, requestId: requestId(), refusal });
  return show(c, page, refusal?.status ?? 200);
}

const usualForm = z.object({
  jour: z.coerce.number(),
  moment: z.enum(['matin', 'apres-midi', 'journee']),
  espace: z.string().max(200),
});

/** One's usual days: `/mes-habitudes`. */
export function regularPages(mount: Mount): void {
  const { pages, shell } = mount;
  const back = '/mes-habitudes?fait=oui';
  pages.get('/mes-habitudes', c => usualPage(mount, c));
  pages.post('/mes-habitudes', async c => {
    const actor = actorOf(c);
    const sent = must(await readForm(c, usualForm));
    const set = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, sent.espace);
      if (!space.ok) return space;
      const asked = { spaceId: space.value.spaceId, weekday: sent.jour, part: partOf(sent.moment)! };
      return booking.setUsual(work, actor, asked);
    });
    return set.ok ? c.redirect(back, 303) : usualPage(mount, c, set.refusal);
  });
  for (const [action, paused] of [
    ['pause', true],
    ['reprise', false],
  ] as const) {
    pages.post(`/mes-habitudes/:id/${action}`, async c => {
      const actor = actorOf(c);
      const usualId = c.req.param('id');
      const done = await submit(shell, c, work => booking.pauseUsual(work, actor, { usualId, paused }));
      return done.ok ? c.redirect(back, 303) : usualPage(mount, c, done.refusal);
    });
  }
  pages.post('/mes-habitudes/:id/fin', async c => {
    const actor = actorOf(c);
    const { rendre } = must(await readForm(c, z.object({ rendre: z.string().optional() })));
    const ending = { usualId: c.req.param('id'), giveBack: rendre !== undefined };
    const done = await submit(shell, c, work => booking.endUsual(work, actor, ending));
    return done.ok ? c.redirect(back, 303) : usualPage(mount, c, done.refusal);
  });
  pages.post('/mes-habitudes/absences/:id/retirer', async c => {
    const actor = actorOf(c);
    const done = await submit(shell, c, work => booking.forgetAbsence(work, actor, c.req.param('id')));
    return done.ok ? c.redirect(back, 303) : usualPage(mount, c, done.refusal);
  });
}

const usualShape = z
  .object({
    usual_id: z.string(),
    space_id: z.string(),
    weekday: z.number().int().openapi({ description: '1 is Monday.' }),
    part: partShape,
    paused: z.boolean(),
  })
  .openapi('UsualDay');

const shapeOf = ({ usualId, spaceId, weekday, part, pausedAt }: booking.Usual) => ({
  ...{ usual_id: usualId, space_id: spaceId, weekday, part, paused: pausedAt !== null },
});

const reasonShape = z.object({ day: z.string(), code: z.string(), detail_fr: z.string(), detail_en: z.string() });

function absenceEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/absences',
      tag: 'booking',
      summary: 'Days on which you said that you do not come, both included.',
      returns: z.object({
        absences: z.array(z.object({ away_id: z.string(), from: z.string(), until: z.string() })),
      }),
    },
    async (_, work, visit) => {
      const absences = await booking.absencesOf(work, actorIn(visit));
      return accept({ absences: absences.map(({ awayId, ...days }) => ({ away_id: awayId, ...days })) });
    },
  );
  endpoint(
    mount,
    {
      method: 'delete',
      path: '/absences/{id}',
      tag: 'booking',
      summary: 'Come after all: your usual days are booked again on those days.',
      params: z.object({ id: z.string() }),
      returns: z.object({}),
      refusals: ['booking.unknown_absence'],
    },
    async ({ params }, work, visit) => {
      const gone = await booking.forgetAbsence(work, actorIn(visit), params.id);
      return gone.ok ? accept({}) : gone;
    },
  );
}

/** `/api/v1/usual-days` and `/api/v1/absences`. */
export function regularEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/usual-days',
      tag: 'booking',
      summary: 'Your usual days: what each has booked, and what it could not.',
      returns: z.object({
        usual_days: z.array(
          usualShape.extend({ booked_days: z.array(z.string()), refused_days: z.array(reasonShape) }),
        ),
      }),
    },
    async (_, work, visit) => {
      const usuals = await booking.usualsOf(work, actorIn(visit));
      return accept({
        usual_days: usuals.map(({ usual, booked, refused }) => ({
          ...shapeOf(usual),
          booked_days: booked,
          refused_days: refused.map(({ day, refusal }) => ({
            ...{ day, code: refusal!.code, detail_fr: refusal!.message.fr, detail_en: refusal!.message.en },
          })),
        })),
      });
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/usual-days',
      tag: 'booking',
      summary: 'Say that you usually come on a weekday: it is booked as far ahead as the space allows.',
      body: z.object({ space_id: idShape('spc'), weekday: z.number().int(), part: partShape }),
      returns: usualShape,
      status: 201,
      refusals: ['booking.no_such_weekday', 'booking.unknown_space', 'booking.usual_day_taken'],
    },
    async ({ body }, work, visit) => {
      const asked = { spaceId: body.space_id as Id<'spc'>, weekday: body.weekday, part: body.part };
      const set = await booking.setUsual(work, actorIn(visit), asked);
      return set.ok ? accept(shapeOf(set.value)) : set;
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/usual-days/{id}/pause',
      tag: 'booking',
      summary: 'Pause a usual day, or go on; what is booked stays.',
      params: z.object({ id: z.string() }),
      body: z.object({ paused: z.boolean() }),
      returns: usualShape,
      refusals: ['booking.unknown_usual_day'],
    },
    async ({ params, body }, work, visit) => {
      const asked = { usualId: params.id, paused: body.paused };
      const done = await booking.pauseUsual(work, actorIn(visit), asked);
      return done.ok ? accept(shapeOf(done.value)) : done;
    },
  );
  endpoint(
    mount,
    {
      method: 'delete',
      path: '/usual-days/{id}',
      tag: 'booking',
      summary: 'End a usual day; what it booked stays, or is given back where it still can be.',
      params: z.object({ id: z.string() }),
      query: z.object({ give_back: z.enum(['true', 'false']).default('false') }),
      returns: z.object({ cancelled: z.number().int(), kept: z.number().int() }),
      refusals: ['booking.unknown_usual_day'],
    },
    ({ params, query }, work, visit) =>
      booking.endUsual(work, actorIn(visit), { usualId: params.id, giveBack: query.give_back === 'true' }),
  );
  absenceEndpoints(mount);
}
