import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Refusal, refuse } from '../../kernel/outcome.ts';
import { type Day, isDay } from '../../kernel/time.ts';
import { actorIn, actorOf, type Ctx, endpoint, type Mount, must, readForm, submit } from '../../platform/http.ts';
import { type ResourceKind, resourceKinds, spaceBySlug } from '../../spaces/spaces.ts';
import * as booking from '../booking.ts';
import { placeWords } from '../place-words.ts';
import {
  bookingShape,
  bookRefusals,
  dayShape,
  idShape,
  kindShape,
  partShape,
  shapeOf,
  whenIn,
  whenShape,
} from './shapes.ts';
import { type Typed, whenTyped } from './typed.ts';

const when = {
  jour: z.string().refine(isDay, '2026-11-24'),
  moment: z.enum(['matin', 'apres-midi', 'journee']),
};
const moveForm = z.object({
  ...when,
  moment: when.moment.optional(),
  de: z.string().max(5).optional(),
  a: z.string().max(5).optional(),
  poste: z
    .string()
    .regex(/^(res_[0-9a-z]{8,40})?$/, 'res_…')
    .optional(),
});
const waitForm = z.object({
  jour: when.jour,
  moment: when.moment.optional(),
  de: z.string().max(5).optional(),
  a: z.string().max(5).optional(),
  place: z.enum(resourceKinds).default('desk'),
  espace: z.string().max(200),
});

/** What someone asked to wait for, as the page where they asked is drawn again. */
export interface WaitAsked {
  readonly slug: string;
  readonly day: Day;
  readonly moment?: string | undefined;
  readonly kind: ResourceKind;
  readonly typed: Typed;
}

/** What the pages answer when a verb was refused: the page that it was asked from, with the reason. */
export interface Refused {
  readonly sheet: (c: Ctx, bookingId: string, refusal: Refusal) => Promise<Response>;
  readonly mine: (c: Ctx, refusal: Refusal) => Promise<Response>;
  readonly waiting: (c: Ctx, asked: WaitAsked, refusal: Refusal) => Promise<Response>;
}

export function movingPages({ pages, shell }: Mount, refused: Refused): void {
  pages.post('/reservations/:id/deplacer', async c => {
    const actor = actorOf(c);
    const bookingId = c.req.param('id');
    const { jour, moment, poste, de, a } = must(await readForm(c, moveForm));
    const typed = whenTyped(moment, { from: de, to: a });
    if (!typed.ok) return refused.sheet(c, bookingId, typed.refusal);
    const to = { ...typed.value, day: jour as Day, resourceId: poste ? (poste as Id<'res'>) : undefined };
    const moved = await submit(shell, c, work => booking.move(work, actor, { bookingId, ...to }));
    if (!moved.ok) return refused.sheet(c, bookingId, moved.refusal);
    return c.redirect(`/reservations/${moved.value.bookingId}?deplacee=oui`, 303);
  });
  pages.get('/attente', c => c.redirect('/mes-reservations#attente', 303));
  pages.post('/attente', async c => {
    const actor = actorOf(c);
    const { espace, jour, moment, place: kind, de, a } = must(await readForm(c, waitForm));
    const [day, typed] = [jour as Day, { from: de, to: a }];
    const waiting = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, espace);
      if (!space.ok) return space;
      const then = whenTyped(moment, typed);
      return then.ok ? booking.wait(work, actor, { spaceId: space.value.spaceId, day, kind, ...then.value }) : then;
    });
    if (waiting.ok) return c.redirect('/mes-reservations#attente', 303);
    return refused.waiting(c, { slug: espace, day, moment, kind, typed }, waiting.refusal);
  });
  pages.post('/attente/:id/quitter', async c => {
    const actor = actorOf(c);
    const left = await submit(shell, c, work => booking.leaveQueue(work, actor, c.req.param('id')));
    return left.ok ? c.redirect('/mes-reservations', 303) : refused.mine(c, left.refusal);
  });
}

const waitShape = z
  .object({
    wait_id: z.string(),
    space_id: z.string(),
    kind: kindShape,
    person_id: z.string(),
    day: z.string(),
    part: partShape.openapi({ description: 'By the hour: the halves of the day that it meets.' }),
    begins_min: z.number().int().nullable(),
    ends_min: z.number().int().nullable(),
    asked_at: z.string(),
  })
  .openapi('Wait');

const waitOf = (one: booking.Wait): z.input<typeof waitShape> => ({
  wait_id: one.waitId,
  space_id: one.spaceId,
  kind: one.kind,
  person_id: one.personId,
  day: one.day,
  part: one.part,
  begins_min: one.hours?.begins_min ?? null,
  ends_min: one.hours?.ends_min ?? null,
  asked_at: one.askedAt.toString(),
});

function moveEndpoint(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/bookings/{id}/move',
      tag: 'booking',
      summary:
        'Move a booking to another day, part of the day or desk, or extend it; what you do not name stays. The old one is given back only if the new place is free.',
      params: z.object({ id: z.string() }),
      body: z.object({ day: dayShape.optional(), ...whenShape, resource_id: idShape('res').optional() }),
      returns: bookingShape,
      refusals: [
        ...bookRefusals,
        'booking.unknown_booking',
        'booking.not_yours',
        'booking.moves_nowhere',
        'booking.no_longer_stands',
        'booking.too_late_to_move',
        'booking.move_deadline_passed',
      ],
    },
    async ({ params, body }, work, visit) => {
      const resourceId = body.resource_id as Id<'res'> | undefined;
      const when = whenIn(body);
      if (!when.ok) return when;
      const to = { day: body.day as Day | undefined, ...when.value, resourceId };
      const moved = await booking.move(work, actorIn(visit), { bookingId: params.id, ...to });
      return moved.ok ? accept(shapeOf(moved.value)) : moved;
    },
  );
}

function waitEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/waits',
      tag: 'booking',
      summary:
        'Wait for a place where everything is taken, for a part of a day or exact hours: the first free for the whole of it is booked for whoever asked first.',
      body: z.object({
        space_id: idShape('spc'),
        day: dayShape,
        ...whenShape,
        kind: kindShape.optional(),
        person_id: idShape('per').optional().openapi({ description: 'For hosts, who ask for someone else.' }),
      }),
      returns: waitShape,
      status: 201,
      refusals: [...bookRefusals, 'booking.nothing_to_wait_for'],
    },
    async ({ body }, work, visit) => {
      const when = whenIn(body);
      if (!when.ok) return when;
      if (when.value === null) return refuse(placeWords.noMoment);
      const asked = { ...when.value, spaceId: body.space_id as Id<'spc'>, day: body.day as Day, kind: body.kind };
      const personId = body.person_id as Id<'per'> | undefined;
      const waiting = await booking.wait(work, actorIn(visit), { ...asked, personId });
      return waiting.ok ? accept(waitOf(waiting.value)) : waiting;
    },
  );
  endpoint(
    mount,
    {
      method: 'get',
      path: '/waits',
      tag: 'booking',
      summary: 'What you wait for, with how many asked before you.',
      returns: z.object({ waits: z.array(waitShape.extend({ before: z.number().int() })) }),
    },
    async (_, work, visit) => {
      const waits = await booking.waitsOf(work, actorIn(visit));
      return accept({ waits: waits.map(one => ({ ...waitOf(one), before: one.before })) });
    },
  );
  endpoint(
    mount,
    {
      method: 'delete',
      path: '/waits/{id}',
      tag: 'booking',
      summary: 'Stop waiting.',
      params: z.object({ id: z.string() }),
      returns: z.object({}),
      refusals: ['booking.unknown_wait'],
    },
    async ({ params }, work, visit) => {
      const left = await booking.leaveQueue(work, actorIn(visit), params.id);
      return left.ok ? accept({}) : left;
    },
  );
}

/** `/api/v1/bookings/{id}/move` and `/api/v1/waits`. */
export function movingEndpoints(mount: Mount): void {
  moveEndpoint(mount);
  waitEndpoints(mount);
}
