import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept } from '../../kernel/outcome.ts';
import { actorIn, actorOf, endpoint, type Mount, must, readForm, submit } from '../../platform/http.ts';
import * as booking from '../booking.ts';
import type { Sheet } from './pending.ts';
import { bookingShape, bookRefusals, idShape, partShape, shapeOf } from './shapes.ts';

const guestForm = z.object({ nom: z.string().max(500).default(''), courriel: z.string().max(500).default('') });

/** Inviting someone beside one's own place: `/reservations/:id/invites`. */
export function invitingPages({ pages, shell }: Mount, sheet: Sheet): void {
  pages.get('/reservations/:id/invites', c => c.redirect(`/reservations/${c.req.param('id')}#invites`, 303));
  pages.post('/reservations/:id/invites', async c => {
    const actor = actorOf(c);
    const bookingId = c.req.param('id');
    const { nom: name, courriel: email } = must(await readForm(c, guestForm));
    const done = await submit(shell, c, work => booking.invite(work, actor, { bookingId, name, email }));
    return done.ok ? c.redirect(`/reservations/${bookingId}#invites`, 303) : sheet(c, bookingId, done.refusal);
  });
}

const guestShape = bookingShape
  .extend({ guest: z.object({ name: z.string(), email: z.string().nullable() }).nullable() })
  .openapi('GuestBooking');

/** `/api/v1/bookings/{id}/guests`. */
export function invitingEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/bookings/{id}/guests',
      tag: 'booking',
      summary: 'Book a place for a guest beside a booking of yours, at your charge; cancel it like any booking.',
      params: z.object({ id: z.string() }),
      body: z.object({
        name: z.string().max(500),
        email: z.string().max(500).default('').openapi({ description: 'To send the invitation to.' }),
        part: partShape.optional(),
        guest_booking_id: idShape('bkg').optional().openapi({ description: 'Yours: asked twice, it books once.' }),
      }),
      returns: bookingShape,
      status: 201,
      refusals: [
        'booking.unknown_booking',
        'booking.not_yours',
        'booking.guest_name_missing',
        'booking.guest_email_unreadable',
        'booking.too_many_invitations',
        'booking.guest_alone',
        'booking.too_many_guests',
        ...bookRefusals,
      ],
    },
    async ({ params, body }, work, visit) => {
      const { guest_booking_id, ...guest } = body;
      const guestBookingId = guest_booking_id as Id<'bkg'> | undefined;
      const made = await booking.invite(work, actorIn(visit), { bookingId: params.id, ...guest, guestBookingId });
      return made.ok ? accept(shapeOf(made.value)) : made;
    },
  );
  endpoint(
    mount,
    {
      method: 'get',
      path: '/bookings/{id}/guests',
      tag: 'booking',
      summary: 'The guests beside a booking; a name is kept 30 days after the day.',
      params: z.object({ id: z.string() }),
      returns: z.object({ guests: z.array(guestShape) }),
      refusals: ['booking.unknown_booking', 'booking.not_yours'],
    },
    async ({ params }, work, visit) => {
      const own = await booking.bookingFor(work, actorIn(visit), params.id);
      if (!own.ok) return own;
      const beside = await booking.guestsBesideOf(work, own.value);
      const guests = await booking.guestsOf(work, beside);
      return accept({
        guests: beside.map(one => {
          const guest = guests.get(one.bookingId);
          return { ...shapeOf(one), guest: guest ? { name: guest.name, email: guest.email } : null };
        }),
      });
    },
  );
}
