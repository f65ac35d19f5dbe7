import { both } from '../kernel/bilingual.ts';
import { type Refusal, refusal } from '../kernel/outcome.ts';
import type { Day, DayPart } from '../kernel/time.ts';
import { whenText } from './words.ts';

/** Refusals to calendar programs, and for what one's own calendar says. */
export const calendarWords = {
  davSignIn: refusal('booking.dav_sign_in', 401, {
    fr: 'Donnez votre adresse électronique et, comme mot de passe, un jeton qui ouvre « booking:read » (page « Mes jetons »).',
    en: 'Give your e-mail and, as password, a token that opens “booking:read” (page “My tokens”).',
  }),
  davReadOnly: refusal('booking.dav_read_only', 403, {
    fr: 'Cet agenda se lit seulement. Réservez, déplacez ou annulez sur le site.',
    en: 'This calendar is to be read only. Book, move or cancel on the site.',
  }),
  davRefused: refusal('booking.dav_refused', 403, {
    fr: 'Cette demande CalDAV n’est pas de celles que cet agenda connaît.',
    en: 'This CalDAV request is not one that this calendar knows.',
  }),
  busyElsewhere: (day: Day, part: DayPart): Refusal =>
    refusal(
      'booking.busy_elsewhere',
      409,
      both(lang =>
        lang === 'fr'
          ? `Votre agenda vous dit occupé ${whenText(day, part, lang)}. Libérez-vous, ou réservez ce jour-là à part.`
          : `Your calendar says that you are busy on ${whenText(day, part, lang)}. Free yourself, or book that day apart.`,
      ),
      'day',
    ),
} as const;
