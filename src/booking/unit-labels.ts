import type { Bilingual } from '../kernel/bilingual.ts';

/** What the booking page says of kinds of place and of lengths of time. */
export const unitLabels = {
  kinds: { fr: 'Que voulez-vous réserver ?', en: 'What do you want to book?' },
  changePlace: { fr: 'Choisir moi-même la place', en: 'Choose the place myself' },
  place: { fr: 'Quelle place ?', en: 'Which place?' },
  placeHint: {
    fr: 'Si la place choisie est prise à ce moment-là, nous vous le dirons.',
    en: 'If the place you choose is taken at that time, we will tell you.',
  },
  hoursTitle: { fr: 'À l’heure', en: 'By the hour' },
  hoursLead: {
    fr: 'De quart d’heure en quart d’heure, pendant les heures d’ouverture.',
    en: 'By quarters of an hour, within opening hours.',
  },
  noPartOfDay: {
    fr: 'Ni demi-journée ni journée ce jour-là ; voyez à l’heure',
    en: 'Neither half a day nor a day on that day; see by the hour',
  },
  taken: { fr: 'Déjà pris ce jour-là :', en: 'Already taken that day:' },
  from: { fr: 'De', en: 'From' },
  to: { fr: 'À', en: 'To' },
  bookHours: { fr: 'Réserver ces heures', en: 'Book these hours' },
  anHour: { fr: 'l’heure', en: 'an hour' },
  termTitle: { fr: 'À la semaine ou au mois', en: 'By the week or the month' },
  termLead: {
    fr: 'Une même place, chaque jour d’ouverture de la semaine ou du mois de ce jour ; tous les jours ou aucun.',
    en: 'One place, each open day of that day’s week or month; every day or none.',
  },
  term: { fr: 'Durée', en: 'Length' },
  bookTerm: { fr: 'Réserver toute la période', en: 'Book the whole period' },
  oneDayOfTerm: {
    fr: 'Ce jour fait partie d’une semaine ou d’un mois réservé d’un coup. Le rendre seul libère la place, le prix reste dû ; rendre toute la période est sans frais jusqu’au délai de son premier jour.',
    en: 'This day is part of a week or a month booked at once. Giving it back alone releases the place, the price stays due; giving the whole period back is free until the deadline of its first day.',
  },
  cancelDay: { fr: 'Rendre ce jour seul', en: 'Give this day back alone' },
  termBooked: {
    fr: 'La même place est à vous chaque jour d’ouverture de la période : ils sont tous dans vos réservations.',
    en: 'The same place is yours each open day of the period: all of them are in your bookings.',
  },
  kept: { fr: 'La place est à vous.', en: 'The place is yours.' },
  itsPlace: { fr: 'Place', en: 'Place' },
  cancelTerm: { fr: 'Annuler toute la période', en: 'Cancel the whole period' },
  dayReleased: {
    fr: 'Annulée. La place est rendue ; ce qui reste dû pour la période est au relevé du mois.',
    en: 'Cancelled. The place is released; what stays due for the period is on the month’s statement.',
  },
} as const satisfies Record<string, Bilingual>;
