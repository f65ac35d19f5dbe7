import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Refusal, refuse } from '../../kernel/outcome.ts';
import { type Day, daysFrom } from '../../kernel/time.ts';
import { actorIn, endpoint, type Mount } from '../../platform/http.ts';
import * as booking from '../booking.ts';
import { placeWords } from '../place-words.ts';
import { movingEndpoints } from './moving.ts';
import { pendingEndpoints } from './pending.ts';
import { placeEndpoints } from './places.ts';
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
import { termEndpoints } from './terms.ts';
import { traceEndpoints } from './tracing.ts';

function bookingEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/bookings',
      tag: 'booking',
      summary: 'Book a place for half a day, a day or some hours; a free one is chosen when none is named.',
      body: z.object({
        space_id: idShape('spc'),
        day: dayShape,
        ...whenShape,
        kind: kindShape.optional(),
        resource_id: idShape('res').optional(),
        person_id: idShape('per').optional().openapi({ description: 'For hosts, who book for someone else.' }),
        hold: z
          .boolean()
          .optional()
          .openapi({ description: 'Keeps the place for ten minutes, uncharged, until `…/confirm`.' }),
        booking_id: idShape('bkg').optional().openapi({ description: 'Yours: asked twice, it books once.' }),
      }),
      returns: bookingShape,
      status: 201,
      refusals: bookRefusals,
    },
    async ({ body }, work, visit) => {
      const when = whenIn(body);
      if (!when.ok) return when;
      if (when.value === null) return refuse(placeWords.noMoment);
      const booked = await booking.book(work, actorIn(visit), {
        ...when.value,
        spaceId: body.space_id as Id<'spc'>,
        day: body.day as Day,
        kind: body.kind,
        hold: body.hold,
        resourceId: body.resource_id as Id<'res'> | undefined,
        personId: body.person_id as Id<'per'> | undefined,
        bookingId: body.booking_id as Id<'bkg'> | undefined,
      });
      return booked.ok ? accept(shapeOf(booked.value)) : booked;
    },
  );
  endpoint(
    mount,
    {
      method: 'get',
      path: '/bookings',
      tag: 'booking',
      summary: 'Your live bookings, both days included.',
      query: z.object({ from: dayShape, to: dayShape }),
      returns: z.object({ bookings: z.array(bookingShape) }),
    },
    async ({ query }, work, visit) => {
      const range = { personId: actorIn(visit).personId, from: query.from as Day, to: query.to as Day };
      return accept({ bookings: (await booking.bookingsOf(work, range)).map(shapeOf) });
    },
  );
  endpoint(
    mount,
    {
      method: 'get',
      path: '/bookings/{id}',
      tag: 'booking',
      summary: 'One booking that you hold, or whose holder you receive.',
      params: z.object({ id: z.string() }),
      returns: bookingShape,
      refusals: ['booking.unknown_booking', 'booking.not_yours'],
    },
    async ({ params }, work, visit) => {
      const found = await booking.bookingFor(work, actorIn(visit), params.id);
      return found.ok ? accept(shapeOf(found.value)) : found;
    },
  );
  endpoint(
    mount,
    {
      method: 'delete',
      path: '/bookings/{id}',
      tag: 'booking',
      summary: 'Cancel a booking: free until the deadline, then as the space’s policy says.',
      params: z.object({ id: z.string() }),
      returns: z.object({ booking: bookingShape, refunded: z.boolean() }),
      refusals: [
        'booking.unknown_booking',
        'booking.not_yours',
        'booking.too_late_to_cancel',
        'booking.cancel_deadline_passed',
      ],
    },
    async ({ params }, work, visit) => {
      const cancelled = await booking.cancel(work, actorIn(visit), { bookingId: params.id });
      if (!cancelled.ok) return cancelled;
      return accept({ booking: shapeOf(cancelled.value.booking), refunded: cancelled.value.refunded });
    },
  );
}

const skippedShape = z.object({ code: z.string(), detail_fr: z.string(), detail_en: z.string() });
const reasonOf = ({ code, message }: Refusal) => ({ code, detail_fr: message.fr, detail_en: message.en });

function seriesEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/bookings/series',
      tag: 'booking',
      summary:
        'Book the same part of many days; days that clash are left out, each with its reason, unless you forbid it.',
      body: z.object({
        space_id: idShape('spc'),
        part: partShape,
        kind: kindShape.optional(),
        resource_id: idShape('res').optional(),
        person_id: idShape('per').optional().openapi({ description: 'For hosts, who book for someone else.' }),
        from: dayShape,
        until: dayShape.openapi({ description: 'Included.' }),
        weekdays: z.array(z.number().int().min(1).max(7)).openapi({ description: '1 is Monday.' }),
        every_weeks: z.number().int().default(1),
        skip_clashes: z.boolean().default(true),
      }),
      returns: z.object({
        booked: z.array(bookingShape),
        skipped: z.array(skippedShape.extend({ day: z.string() })),
      }),
      status: 201,
      refusals: [
        'booking.unknown_space',
        'booking.not_for_them',
        'booking.ends_before_it_begins',
        'booking.series_too_long',
        'booking.odd_rhythm',
        'booking.no_day_in_series',
        'booking.series_clashes',
      ],
    },
    async ({ body }, work, visit) => {
      const made = await booking.bookSeries(work, actorIn(visit), {
        ...{ spaceId: body.space_id as Id<'spc'>, part: body.part, kind: body.kind },
        ...{ resourceId: body.resource_id as Id<'res'> | undefined, personId: body.person_id as Id<'per'> | undefined },
        rhythm: {
          ...{ from: body.from as Day, until: body.until as Day, weekdays: body.weekdays },
          everyWeeks: body.every_weeks,
        },
        skipClashes: body.skip_clashes,
      });
      if (!made.ok) return made;
      const skipped = made.value.skipped.map(({ day, refusal }) => ({ day, ...reasonOf(refusal) }));
      return accept({ booked: made.value.booked.map(shapeOf), skipped });
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/bookings/away',
      tag: 'booking',
      summary:
        'Cancel all your bookings between two days, both included; those that no longer can be stay, and usual days are left alone.',
      body: z.object({ from: dayShape, until: dayShape }),
      returns: z.object({
        cancelled: z.array(z.object({ booking: bookingShape, refunded: z.boolean() })),
        kept: z.array(skippedShape.extend({ booking: bookingShape })),
      }),
      refusals: ['booking.ends_before_it_begins'],
    },
    async ({ body }, work, visit) => {
      const range = { from: body.from as Day, until: body.until as Day };
      const away = await booking.cancelBetween(work, actorIn(visit), range);
      if (!away.ok) return away;
      return accept({
        cancelled: away.value.cancelled.map(one => ({ booking: shapeOf(one.booking), refunded: one.refunded })),
        kept: away.value.kept.map(one => ({ booking: shapeOf(one.booking), ...reasonOf(one.refusal) })),
      });
    },
  );
}

function freeDesksEndpoint(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/spaces/{id}/free-desks',
      tag: 'booking',
      summary: 'Free places of a space by half-day, over a week at most.',
      params: z.object({ id: idShape('spc') }),
      query: z.object({
        from: dayShape,
        days: z.coerce.number().int().min(1).max(7).default(1),
        kind: kindShape.default('desk'),
      }),
      returns: z.object({
        half_days: z.array(
          z.object({
            day: z.string(),
            half: z.enum(['morning', 'afternoon']),
            open: z.boolean(),
            free: z.number().int(),
            total: z.number().int(),
          }),
        ),
      }),
    },
    async ({ params, query }, work) => {
      const days = daysFrom(query.from as Day, query.days);
      return accept({
        half_days: await booking.freeDesks(work, { spaceIds: [params.id as Id<'spc'>], days, kind: query.kind }),
      });
    },
  );
}

/** `/api/v1/bookings` and the free places of a space. */
export function endpoints(mount: Mount): void {
  // Before `/bookings/{id}`, which would take its address for an id.
  traceEndpoints(mount);
  termEndpoints(mount);
  bookingEndpoints(mount);
  seriesEndpoints(mount);
  movingEndpoints(mount);
  pendingEndpoints(mount);
  placeEndpoints(mount);
  freeDesksEndpoint(mount);
}
