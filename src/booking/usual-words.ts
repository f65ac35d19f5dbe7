import { refusal } from '../kernel/outcome.ts';

/** Refusals about usual days and absences. */
export const usualWords = {
  twice: refusal(
    'booking.usual_day_taken',
    409,
    {
      fr: 'Vous avez déjà une habitude à ce moment de la semaine. Mettez-y fin d’abord, ou choisissez un autre moment.',
      en: 'You already have a usual day at that time of the week. End it first, or choose another time.',
    },
    'weekday',
  ),
  unknown: refusal('booking.unknown_usual_day', 404, {
    fr: 'Vous n’avez pas, ou plus, cette habitude. Celles qui tiennent sont à la page « Mes habitudes ».',
    en: 'You do not have this usual day, or no longer. Those that stand are on the page “My usual days”.',
  }),
  unknownAbsence: refusal('booking.unknown_absence', 404, {
    fr: 'Vous n’avez pas, ou plus, noté cette absence.',
    en: 'You did not note this absence, or no longer.',
  }),
  noWeekday: refusal(
    'booking.no_such_weekday',
    422,
    {
      fr: 'Un jour de la semaine va de 1 (lundi) à 7 (dimanche).',
      en: 'A weekday goes from 1 (Monday) to 7 (Sunday).',
    },
    'weekday',
  ),
} as const;
