import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept } from '../../kernel/outcome.ts';
import type { Day } from '../../kernel/time.ts';
import { actorIn, endpoint, type Mount } from '../../platform/http.ts';
import * as booking from '../booking.ts';
import { dayShape, idShape } from './shapes.ts';

const policyShape = z
  .object({
    release_after_minutes: z.number().int().nullable().openapi({ description: 'Null: never.' }),
    strikes_allowed: z.number().int(),
    strike_window_days: z.number().int(),
  })
  .openapi('NoShowPolicy');

const strikeShape = z
  .object({
    booking_id: z.string(),
    person_id: z.string(),
    space_id: z.string(),
    day: z.string(),
    restored: z.boolean(),
    lifted: z.boolean(),
    lift_reason: z.string().nullable(),
  })
  .openapi('Strike');

const shapeOf = (one: booking.Strike): z.input<typeof strikeShape> => ({
  booking_id: one.bookingId,
  person_id: one.personId,
  space_id: one.spaceId,
  day: one.day,
  restored: one.restoredAt !== null,
  lifted: one.liftedAt !== null,
  lift_reason: one.liftReason,
});

const params = z.object({ id: idShape('spc') });

function policyEndpoints(mount: Mount): void {
  const common = { path: '/spaces/{id}/no-show-policy', tag: 'booking', params } as const;
  endpoint(
    mount,
    {
      ...common,
      method: 'get',
      summary: 'What a space does on a day with places for which nobody comes.',
      query: z.object({ day: dayShape }),
      returns: policyShape,
    },
    async ({ params: { id }, query }, work) =>
      accept(await booking.noShowPolicyFor(work, { spaceId: id as Id<'spc'>, day: query.day as Day })),
  );
  endpoint(
    mount,
    {
      ...common,
      method: 'post',
      summary: 'Set it, from a day on, for who manages the space.',
      body: policyShape.extend({ from: dayShape }),
      returns: policyShape,
      refusals: [
        'booking.unknown_space',
        'booking.not_manager',
        'booking.release_delay_out_of_range',
        'booking.strikes_out_of_range',
        'booking.strike_window_out_of_range',
        'booking.policy_in_the_past',
      ],
    },
    async ({ params: { id }, body }, work, visit) => {
      const change = { ...body, spaceId: id as Id<'spc'>, from: body.from as Day };
      return booking.setNoShowPolicy(work, actorIn(visit), change);
    },
  );
}

/** A space's places for which nobody came: `/api/v1/spaces/{id}/no-show-policy`, `…/strikes`, `/api/v1/bookings/{id}/strike/lift`. */
export function noShowEndpoints(mount: Mount): void {
  policyEndpoints(mount);
  endpoint(
    mount,
    {
      method: 'get',
      path: '/spaces/{id}/strikes',
      tag: 'booking',
      summary: 'Places given back as nobody came, as long as they count, for who receives people there.',
      params,
      returns: z.object({ strikes: z.array(strikeShape) }),
      refusals: ['booking.unknown_space', 'booking.not_yours'],
    },
    async ({ params: { id } }, work, visit) => {
      const strikes = await booking.strikesAt(work, actorIn(visit), id as Id<'spc'>);
      return strikes.ok ? accept({ strikes: strikes.value.map(shapeOf) }) : strikes;
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/bookings/{id}/strike/lift',
      tag: 'booking',
      summary: 'Say that an absence does not count, and why, for who receives people there.',
      params: z.object({ id: z.string() }),
      body: z.object({ reason: z.string().max(400) }),
      returns: strikeShape,
      refusals: ['booking.unknown_strike', 'booking.not_yours', 'booking.strike_lifted_without_reason'],
    },
    async ({ params: { id }, body }, work, visit) => {
      const lifted = await booking.liftStrike(work, actorIn(visit), { bookingId: id, reason: body.reason });
      return lifted.ok ? accept(shapeOf(lifted.value)) : lifted;
    },
  );
}
