import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Refusal, refuse } from '../../kernel/outcome.ts';
import { type Day, isDay, localDay } from '../../kernel/time.ts';
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
import { mayManage, spaceBySlug } from '../../spaces/spaces.ts';
import * as booking from '../booking.ts';
import { RulesPage } from '../pages/pending.tsx';
import { policyWords } from '../policy-words.ts';
import { bookingShape, dayShape, idShape, kindShape, shapeOf } from './shapes.ts';

/** The booking's page, with why a verb was refused. */
export type Sheet = (c: Ctx, bookingId: string, refusal: Refusal) => Promise<Response>;

const answerForm = z.object({ reponse: z.enum(['oui', 'non']), mot: z.string().max(500).default('') });

/** Confirming a place kept, and answering a request. */
export function pendingPages({ pages, shell }: Mount, sheet: Sheet): void {
  pages.post('/reservations/:id/confirmer', async c => {
    const actor = actorOf(c);
    const bookingId = c.req.param('id');
    const done = await submit(shell, c, work => booking.confirm(work, actor, bookingId));
    return done.ok ? c.redirect(`/reservations/${bookingId}?nouvelle=oui`, 303) : sheet(c, bookingId, done.refusal);
  });
  pages.post('/reservations/:id/reponse', async c => {
    const actor = actorOf(c);
    const bookingId = c.req.param('id');
    const { reponse, mot } = must(await readForm(c, answerForm));
    const decision = { bookingId, approved: reponse === 'oui', reason: mot.trim() };
    const done = await submit(shell, c, work => booking.decide(work, actor, decision));
    return done.ok ? c.redirect(`/reservations/${bookingId}`, 303) : sheet(c, bookingId, done.refusal);
  });
}

async function rulesPage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const space = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
    if (!mayManage(actor, space)) must(refuse(policyWords.notManager));
    const today = localDay(work.now, space.zone);
    return { space, today, policy: await booking.policyFor(work, { spaceId: space.spaceId, day: today }) };
  });
  const body = refusal ? await c.req.parseBody({ all: true }) : {};
  const typed = Object.fromEntries(Object.entries(body).map(([name, text]) => [name, String(text)]));
  const typedKinds = refusal && [body['accueil'] ?? []].flat().map(String);
  const done = refusal === undefined && c.req.query('fait') !== undefined;
  const page = RulesPage({ visit: c.get('visit'), ...facts, typed, typedKinds, done, refusal, requestId: requestId() });
  return show(c, page, refusal?.status ?? 200);
}

const rulesForm = z.object({
  jours: z.coerce.number(),
  heures: z.coerce.number(),
  retard: z.enum(['charged', 'refused']),
  accord: z.enum(['none', 'required']),
  preavis: z.coerce.number().default(0),
  semaine: z.coerce.number().optional(),
  menage: z.coerce.number().default(0),
  invites: z.coerce.number().default(2),
  accueil: z
    .union([kindShape, z.array(kindShape)])
    .default([])
    .transform(given => (typeof given === 'string' ? [given] : given)),
  du: z.string().refine(isDay, '2026-11-24'),
});

/** A space's booking rules: `/regles/:espace`. */
export function rulesPages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/regles/:espace', c => rulesPage(mount, c));
  pages.post('/regles/:espace', async c => {
    const actor = actorOf(c);
    const slug = c.req.param('espace');
    const sent = await readForm(c, rulesForm);
    if (!sent.ok) return rulesPage(mount, c, sent.refusal);
    const { jours, heures, retard, accord, preavis, semaine = null, menage, invites, accueil, du } = sent.value;
    const policy = {
      ...{ furthest_days: jours, cancel_hours: heures, late_cancellation: retard },
      ...{ approval: accord, notice_minutes: preavis, half_days_a_week: semaine, from: du as Day },
      ...{ by_host: accueil, guests_a_day: invites, buffer_minutes: menage },
    };
    const done = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, slug);
      return space.ok ? booking.setPolicy(work, actor, { spaceId: space.value.spaceId, ...policy }) : space;
    });
    return done.ok ? c.redirect(`/regles/${slug}?fait=oui`, 303) : rulesPage(mount, c, done.refusal);
  });
}

const policyShape = z
  .object({
    furthest_days: z.number().int(),
    cancel_hours: z.number().int(),
    late_cancellation: z.enum(['charged', 'refused']),
    approval: z.enum(['none', 'required']),
    notice_minutes: z.number().int().default(0).openapi({ description: 'Booked so long before at the latest.' }),
    half_days_a_week: z.number().int().nullable().default(null).openapi({ description: 'A person and week.' }),
    buffer_minutes: z
      .number()
      .int()
      .default(0)
      .openapi({ description: 'Kept free after a booking of an office, a room or a booth.' }),
    guests_a_day: z.number().int().default(2).openapi({ description: 'That one person may bring; 0: none.' }),
    by_host: z.array(kindShape).default([]).openapi({ description: 'Kinds that only who runs the space books.' }),
  })
  .openapi('BookingPolicy');

function policyEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/spaces/{id}/booking-policy',
      tag: 'booking',
      summary: 'How a space lets people book and cancel on a day.',
      params: z.object({ id: idShape('spc') }),
      query: z.object({ day: dayShape }),
      returns: policyShape,
    },
    async ({ params, query }, work) => {
      const asked = { spaceId: params.id as Id<'spc'>, day: query.day as Day };
      return accept(await booking.policyFor(work, asked));
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/spaces/{id}/booking-policy',
      tag: 'booking',
      summary: 'Set how a space lets people book and cancel, from a day on, for who manages it.',
      params: z.object({ id: idShape('spc') }),
      body: policyShape.extend({ from: dayShape }),
      returns: policyShape,
      refusals: [
        'booking.unknown_space',
        'booking.not_manager',
        'booking.policy_out_of_range',
        'booking.policy_in_the_past',
      ],
    },
    async ({ params, body }, work, visit) => {
      const { from, ...policy } = body;
      const change = { spaceId: params.id as Id<'spc'>, from: from as Day, ...policy };
      const set = await booking.setPolicy(work, actorIn(visit), change);
      return set.ok ? accept(policy) : set;
    },
  );
}

/** `/api/v1/bookings/{id}/confirm`, `…/decision` and a space's policy. */
export function pendingEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/bookings/{id}/confirm',
      tag: 'booking',
      summary: 'Confirm a place kept with `hold`; it is charged then, at the price it was kept at.',
      params: z.object({ id: z.string() }),
      returns: bookingShape,
      refusals: [
        'booking.unknown_booking',
        'booking.not_yours',
        'booking.hold_over',
        'booking.awaits_approval',
        'booking.no_longer_stands',
        'booking.payer_changed',
        'employers.*',
      ],
    },
    async ({ params }, work, visit) => {
      const done = await booking.confirm(work, actorIn(visit), params.id);
      return done.ok ? accept(shapeOf(done.value)) : done;
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/bookings/{id}/decision',
      tag: 'booking',
      summary: 'Answer a request, for who receives people in that space; the person is told by mail.',
      params: z.object({ id: z.string() }),
      body: z.object({ approved: z.boolean(), reason: z.string().max(500).default('') }),
      returns: bookingShape,
      refusals: [
        'booking.unknown_booking',
        'booking.not_yours',
        'booking.nothing_to_decide',
        'booking.payer_changed',
        'employers.*',
      ],
    },
    async ({ params, body }, work, visit) => {
      const done = await booking.decide(work, actorIn(visit), { bookingId: params.id, ...body });
      return done.ok ? accept(shapeOf(done.value)) : done;
    },
  );
  policyEndpoints(mount);
}
