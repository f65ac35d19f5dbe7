import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept } from '../../kernel/outcome.ts';
import type { Day } from '../../kernel/time.ts';
import { actorIn, endpoint, type Mount } from '../../platform/http.ts';
import * as booking from '../booking.ts';
import { termUnits } from '../terms.ts';
import { bookingShape, bookRefusals, dayShape, idShape, kindShape, shapeOf } from './shapes.ts';

/** `/api/v1/bookings/terms`: a week or a month of one place. */
export function termEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/bookings/terms',
      tag: 'booking',
      summary: 'Book one place each open day of a week or a month, all or none, at the price of the whole.',
      body: z.object({
        space_id: idShape('spc'),
        kind: kindShape,
        unit: z.enum(termUnits),
        day: dayShape.openapi({ description: 'Any day of it.' }),
        resource_id: idShape('res').optional(),
        person_id: idShape('per').optional().openapi({ description: 'For hosts, who book for someone else.' }),
      }),
      returns: z.object({ term_id: z.string(), price_eur_cents: z.string(), bookings: z.array(bookingShape) }),
      status: 201,
      refusals: [
        ...bookRefusals,
        'booking.not_by_the_term',
        'booking.term_begun',
        'booking.nothing_open_in_term',
        'booking.term_clashes',
      ],
    },
    async ({ body }, work, visit) => {
      const made = await booking.bookTerm(work, actorIn(visit), {
        ...{ spaceId: body.space_id as Id<'spc'>, kind: body.kind, unit: body.unit, day: body.day as Day },
        ...{ resourceId: body.resource_id as Id<'res'> | undefined, personId: body.person_id as Id<'per'> | undefined },
      });
      if (!made.ok) return made;
      const { termId, bookings } = made.value;
      const price = bookings.reduce((sum, one) => sum + one.price_eur_cents, 0n);
      return accept({ term_id: termId, price_eur_cents: String(price), bookings: bookings.map(shapeOf) });
    },
  );
  endpoint(
    mount,
    {
      method: 'delete',
      path: '/bookings/terms/{id}',
      tag: 'booking',
      summary: 'Give back what is left of a week or a month: free of charge until its first day’s deadline.',
      params: z.object({ id: z.string() }),
      returns: z.object({ cancelled: z.array(z.object({ booking: bookingShape, refunded: z.boolean() })) }),
      refusals: ['booking.unknown_term', 'booking.too_late_to_cancel'],
    },
    async ({ params }, work, visit) => {
      const done = await booking.cancelTerm(work, actorIn(visit), params.id);
      if (!done.ok) return done;
      return accept({
        cancelled: done.value.map(one => ({ booking: shapeOf(one.booking), refunded: one.refunded })),
      });
    },
  );
}
