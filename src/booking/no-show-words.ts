import { refusal } from '../kernel/outcome.ts';

export const noShowWords = {
  badDelay: refusal(
    'booking.release_delay_out_of_range',
    422,
    {
      fr: 'Une place se libère entre 15 et 240 minutes après son début, ou jamais. Écrivez un nombre de minutes, ou rien.',
      en: 'A place is given back between 15 and 240 minutes after it begins, or never. Write a number of minutes, or nothing.',
    },
    'release_after_minutes',
  ),
  badStrikes: refusal(
    'booking.strikes_out_of_range',
    422,
    {
      fr: 'Le nombre d’absences admises va de 1 à 20.',
      en: 'The number of absences allowed is between 1 and 20.',
    },
    'strikes_allowed',
  ),
  badWindow: refusal(
    'booking.strike_window_out_of_range',
    422,
    {
      fr: 'Une absence compte pendant 7 à 365 jours.',
      en: 'An absence counts for 7 to 365 days.',
    },
    'strike_window_days',
  ),
  notReleased: refusal('booking.not_released', 409, {
    fr: 'Cette place n’a pas été rendue pour absence : il n’y a rien à reprendre.',
    en: 'This place was not given back for absence: there is nothing to take again.',
  }),
  tooLateToReturn: refusal('booking.too_late_to_return', 409, {
    fr: 'Le temps de cette réservation est passé. Votre arrivée est retirée des absences si l’espace l’a notée.',
    en: 'The time of this booking is over. The absence is lifted if the space noted your arrival.',
  }),
  placeGone: refusal('booking.place_gone', 409, {
    fr: 'Cette place a été reprise par quelqu’un d’autre. Réservez un autre poste libre, ou voyez avec l’hôte.',
    en: 'Somebody else has taken this place since. Book another free desk, or ask the host.',
  }),
  unknownStrike: refusal('booking.unknown_strike', 404, {
    fr: 'Aucune absence n’est notée pour cette réservation.',
    en: 'No absence is noted for this booking.',
  }),
  liftWithoutReason: refusal(
    'booking.strike_lifted_without_reason',
    422,
    {
      fr: 'Dites en une phrase pourquoi cette absence ne compte pas, en 300 caractères au plus.',
      en: 'Say in a sentence why this absence does not count, in 300 characters at most.',
    },
    'reason',
  ),
} as const;
