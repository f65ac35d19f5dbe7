import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept, refuse } from '../../kernel/outcome.ts';
import { type Day, isDay } from '../../kernel/time.ts';
import { actorIn, actorOf, endpoint, inVisit, type Mount, must, read, show } from '../../platform/http.ts';
import { mayManage, spaceBySlug } from '../../spaces/spaces.ts';
import * as booking from '../booking.ts';
import { TracePage } from '../pages/trace.tsx';
import { placeWords } from '../place-words.ts';
import { dayShape, idShape, kindShape, partShape, whenIn } from './shapes.ts';
import { whenTyped } from './typed.ts';

const asked = z.object({
  espace: z.string().max(200),
  jour: z.string().refine(isDay, '2026-11-24'),
  moment: z.enum(['matin', 'apres-midi', 'journee']).optional(),
  de: z.string().max(5).optional(),
  a: z.string().max(5).optional(),
  place: kindShape.optional(),
  invite: z.literal('oui').optional(),
});

/** Why a request would be granted or refused: `/reserver/pourquoi`. */
export function tracePages({ pages, shell }: Mount): void {
  pages.get('/reserver/pourquoi', async c => {
    const actor = actorOf(c);
    const { espace, jour, moment, de, a, place, invite } = must(read(asked, c.req.query()));
    const day = jour as Day;
    const when = must(whenTyped(moment, { from: de, to: a }));
    const facts = await inVisit(shell, c, async work => {
      const space = must(await spaceBySlug(work, espace));
      const steps = must(
        await booking.explain(work, actor, {
          ...when,
          spaceId: space.spaceId,
          day,
          kind: place,
          guest: invite !== undefined,
        }),
      );
      return { space, steps, manages: mayManage(actor, space) };
    });
    return show(c, TracePage({ visit: c.get('visit'), day, kind: place ?? 'desk', ...when, ...facts }));
  });
}

/** `/api/v1/bookings/explained`. */
export function traceEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/bookings/explained',
      tag: 'booking',
      summary: 'Why a request would be granted or refused: each rule in its order, and what it said.',
      query: z.object({
        space_id: idShape('spc'),
        day: dayShape,
        part: partShape.optional(),
        begins_min: z.coerce.number().int().optional(),
        ends_min: z.coerce.number().int().optional(),
        kind: kindShape.optional(),
        resource_id: idShape('res').optional(),
        person_id: idShape('per').optional().openapi({ description: 'For hosts.' }),
        guest: z.enum(['true', 'false']).optional().openapi({ description: 'For a guest of that person.' }),
      }),
      returns: z.object({
        granted: z.boolean(),
        rules: z.array(
          z.object({
            rule: z.string(),
            said: z.enum(['passed', 'refused', 'not_asked']),
            code: z.string().nullable(),
            detail_fr: z.string().nullable(),
            detail_en: z.string().nullable(),
          }),
        ),
      }),
      refusals: ['booking.unknown_space', 'booking.not_for_them', 'booking.odd_hours', 'booking.no_moment'],
    },
    async ({ query }, work, visit) => {
      const when = whenIn(query);
      if (!when.ok) return when;
      if (when.value === null) return refuse(placeWords.noMoment);
      const explained = await booking.explain(work, actorIn(visit), {
        ...when.value,
        spaceId: query.space_id as Id<'spc'>,
        day: query.day as Day,
        kind: query.kind,
        resourceId: query.resource_id as Id<'res'> | undefined,
        personId: query.person_id as Id<'per'> | undefined,
        guest: query.guest === 'true',
      });
      if (!explained.ok) return explained;
      const rules = explained.value.map(({ rule, said, refusal }) => ({
        ...{ rule, said, code: refusal?.code ?? null },
        ...{ detail_fr: refusal?.message.fr ?? null, detail_en: refusal?.message.en ?? null },
      }));
      return accept({ granted: rules.every(one => one.said === 'passed'), rules });
    },
  );
}
