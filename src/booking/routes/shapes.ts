import { z } from '@hono/zod-openapi';
import { isDay } from '../../kernel/time.ts';
import type * as booking from '../booking.ts';

// What the API says of bookings, and what it is told.

export const partShape = z.enum(['morning', 'afternoon', 'day']);
export const kindShape = z.enum(['desk', 'office', 'meeting_room']);

export const bookingShape = z
  .object({
    booking_id: z.string(),
    space_id: z.string(),
    resource_id: z.string(),
    person_id: z.string(),
    day: z.string(),
    part: partShape,
    from: z.string(),
    to: z.string(),
    status: z.enum(['held', 'requested', 'confirmed', 'cancelled']),
    held_until: z.string().nullable().openapi({ description: 'When it ends by itself, unless confirmed or approved.' }),
    price_eur_cents: z.string().openapi({ description: 'What is left to pay.' }),
    covered_eur_cents: z.string().openapi({ description: 'What passes paid.' }),
    guest_id: z.string().nullable().openapi({ description: 'For a guest of the person, not for themself.' }),
    payer_kind: z.enum(['employer', 'person']),
    payer_id: z.string(),
    continues: z.string().nullable().openapi({ description: 'The first booking, when this one was moved.' }),
  })
  .openapi('Booking');

export const shapeOf = (b: booking.Booking): z.input<typeof bookingShape> => ({
  booking_id: b.bookingId,
  space_id: b.spaceId,
  resource_id: b.resourceId,
  person_id: b.personId,
  day: b.day,
  part: b.part,
  from: b.during.from.toString(),
  to: b.during.to.toString(),
  // What is blocked is nobody's booking, and is read by none of these.
  status: b.status as Exclude<booking.Booking['status'], 'blocked'>,
  held_until: b.heldUntil?.toString() ?? null,
  price_eur_cents: String(b.price_eur_cents),
  covered_eur_cents: String(b.covered_eur_cents),
  guest_id: b.guestId,
  payer_kind: b.payerKind,
  payer_id: b.payerId,
  continues: b.continues,
});

export const idShape = (kind: string) => z.string().regex(new RegExp(`^${kind}_[0-9a-z]{8,40}$`), `${kind}_…`);
export const dayShape = z.string().refine(isDay, '2026-11-24').openapi({ format: 'date' });

export const bookRefusals = [
  'booking.unknown_space',
  'booking.not_for_them',
  'booking.id_reused',
  'booking.unknown_desk',
  'booking.booked_by_host',
  'booking.past_day',
  'booking.too_far_ahead',
  'booking.space_closed',
  'booking.outside_hours',
  'booking.too_late_to_book',
  'booking.desk_taken',
  'booking.space_full',
  'booking.already_booked',
  'booking.quota_reached',
  'employers.*',
  'spaces.no_tariff',
] as const;
