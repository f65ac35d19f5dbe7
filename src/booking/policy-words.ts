import { show } from '../kernel/bilingual.ts';
import { type Refusal, refusal } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';

/** Refusals about a space's booking rules. */
export const policyWords = {
  notManager: refusal('booking.not_manager', 403, {
    fr: 'Seule une personne qui gère cet espace peut changer ses règles de réservation.',
    en: 'Only a manager of this space may change its booking rules.',
  }),
  policyInThePast: (today: Day): Refusal =>
    refusal(
      'booking.policy_in_the_past',
      422,
      {
        fr: `Une règle vaut à partir d’aujourd’hui au plus tôt (${show.date(today, 'fr')}).`,
        en: `A rule holds from today at the earliest (${show.date(today, 'en')}).`,
      },
      'from',
    ),
  policyOutOfRange: refusal('booking.policy_out_of_range', 422, {
    fr: 'On réserve de 1 à 731 jours à l’avance, jusqu’à 43 200 minutes (30 jours) avant le début, de 1 à 14 demi-journées par semaine ou sans limite, avec 0 à 20 invités par jour ; on garde de 0 à 240 minutes libres entre deux réservations ; le délai d’annulation va de 0 à 720 heures.',
    en: 'Booking opens from 1 to 731 days ahead and closes up to 43,200 minutes (30 days) before the beginning, for 1 to 14 half-days a week or without limit, with 0 to 20 guests a day; 0 to 240 minutes are kept free between two bookings; the deadline for cancelling goes from 0 to 720 hours.',
  }),
} as const;
