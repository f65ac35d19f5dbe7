import { type Bilingual, both, show } from '../kernel/bilingual.ts';
import type { Day } from '../kernel/time.ts';

/** What the pages of usual days say. */
export const usualLabels = {
  title: { fr: 'Mes habitudes', en: 'My usual days' },
  lead: {
    fr: 'Dites quel jour vous venez d’habitude : nous réservons pour vous, aussi loin que l’espace le permet.',
    en: 'Say on which day you usually come: we book for you, as far ahead as the space allows.',
  },
  mine: { fr: 'Mes réservations', en: 'My bookings' },
  yours: { fr: 'Vos habitudes', en: 'Your usual days' },
  none: { fr: 'Aucune habitude', en: 'No usual day' },
  noneText: {
    fr: 'Un mardi sur place chaque semaine ? Dites-le une fois, c’est réservé.',
    en: 'A Tuesday there each week? Say it once, it is booked.',
  },
  day: { fr: 'Jour', en: 'Day' },
  place: { fr: 'Espace', en: 'Space' },
  booked: { fr: 'Réservés', en: 'Booked' },
  change: { fr: 'Changer', en: 'Change' },
  paused: { fr: 'en pause', en: 'paused' },
  pause: { fr: 'Mettre en pause', en: 'Pause' },
  resume: { fr: 'Reprendre', en: 'Resume' },
  end: { fr: 'Mettre fin', en: 'End' },
  endAll: { fr: 'Mettre fin et rendre les places', en: 'End and give the places back' },
  refused: { fr: 'Jours qui n’ont pas pu être réservés', en: 'Days that could not be booked' },
  refusedLead: {
    fr: 'Nous essayons de nouveau chaque jour, jusqu’à la veille.',
    en: 'We try again each day, until the day before.',
  },
  why: { fr: 'Pourquoi', en: 'Why' },
  add: { fr: 'Ajouter une habitude', en: 'Add a usual day' },
  addLead: {
    fr: 'Un jour annulé n’est pas réservé de nouveau ; un jour d’absence non plus. Chaque jour reste une réservation à part, aux règles et au prix de l’espace.',
    en: 'A day that you cancel is not booked again, nor is a day away. Each day stays a booking of its own, under the space’s rules and price.',
  },
  weekday: { fr: 'Quel jour de la semaine ?', en: 'Which weekday?' },
  part: { fr: 'Quel moment ?', en: 'Which part of the day?' },
  where: { fr: 'Dans quel espace ?', en: 'In which space?' },
  save: { fr: 'Réserver chaque semaine', en: 'Book every week' },
  saved: { fr: 'C’est noté.', en: 'It is noted.' },
  away: { fr: 'Vos absences', en: 'Your absences' },
  awayLead: {
    fr: 'Rien n’est réservé pour vous ces jours-là. Une absence se dit à la page « Mes réservations ».',
    en: 'Nothing is booked for you on those days. Say an absence on the page “My bookings”.',
  },
  back: { fr: 'Je viendrai quand même', en: 'I will come after all' },
} as const satisfies Record<string, Bilingual>;

/** `9 jours, jusqu’au 4 août 2026` */
export const bookedText = (days: readonly Day[]): Bilingual =>
  both(lang => {
    const last = days.at(-1);
    if (last === undefined) return lang === 'fr' ? 'aucun jour' : 'no day';
    const until = show.date(last, lang);
    if (lang === 'fr') return `${days.length} jour${days.length > 1 ? 's' : ''}, jusqu’au ${until}`;
    return `${days.length} day${days.length > 1 ? 's' : ''}, until ${until}`;
  });
