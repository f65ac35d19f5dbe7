import { z } from '@hono/zod-openapi';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type DayPart, isDay } from '../../kernel/time.ts';
import { resourceKinds } from '../../spaces/spaces.ts';
import * as booking from '../booking.ts';
import { placeWords } from '../place-words.ts';

// What the API says of bookings, and what it is told.

export const partShape = z.enum(['morning', 'afternoon', 'day']);
export const kindShape = z.enum(resourceKinds);
const minutesShape = z.number().int().min(0).max(1440);
/** Part of the day, or hours on the wall. */
export const whenShape = {
  part: partShape.optional(),
  begins_min: minutesShape
    .optional()
    .openapi({ description: 'Minutes from midnight on the wall, by quarters of an hour.' }),
  ends_min: minutesShape.optional(),
};

interface When {
  readonly part?: DayPart | undefined;
  readonly begins_min?: number | undefined;
  readonly ends_min?: number | undefined;
}

/** What was asked: hours when both are told, else a part of the day; null when nothing was. */
export function whenIn({ part, begins_min, ends_min }: When): Outcome<booking.When | null> {
  if (begins_min === undefined && ends_min === undefined)
    return accept(part === undefined ? null : { part, hours: null });
  if (begins_min === undefined || ends_min === undefined) return refuse(placeWords.oddHours);
  return booking.byTheHour({ begins_min, ends_min });
}

export const bookingShape = z
  .object({
    booking_id: z.string(),
    space_id: z.string(),
    resource_id: z.string(),
    person_id: z.string(),
    day: z.string(),
    kind: kindShape,
    part: partShape.openapi({ description: 'By the hour: the halves of the day that it meets.' }),
    begins_min: z.number().int().nullable(),
    ends_min: z.number().int().nullable(),
    from: z.string(),
    to: z.string(),
    status: z.enum(['held', 'requested', 'confirmed', 'cancelled']),
    held_until: z.string().nullable().openapi({ description: 'When it ends by itself, unless confirmed or approved.' }),
    price_eur_cents: z.string().openapi({ description: 'What is left to pay.' }),
    covered_eur_cents: z.string().openapi({ description: 'What passes paid.' }),
    guest_id: z.string().nullable().openapi({ description: 'For a guest of the person, not for themself.' }),
    payer_kind: z.enum(['employer', 'person']),
    payer_id: z.string(),
    term_id: z.string().nullable().openapi({ description: 'The week or the month that it was booked with.' }),
    continues: z.string().nullable().openapi({ description: 'The first booking, when this one was moved.' }),
  })
  .openapi('Booking');

export const shapeOf = (b: booking.Booking): z.input<typeof bookingShape> => ({
  booking_id: b.bookingId,
  space_id: b.spaceId,
  resource_id: b.resourceId,
  person_id: b.personId,
  day: b.day,
  kind: b.kind,
  part: b.part,
  begins_min: b.hours?.begins_min ?? null,
  ends_min: b.hours?.ends_min ?? null,
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
  term_id: b.termId,
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
  'booking.not_by_the_hour',
  'booking.odd_hours',
  'booking.no_moment',
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
  'spaces.only_by_the_hour',
] as const;
