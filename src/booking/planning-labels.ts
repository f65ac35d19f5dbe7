import { type Bilingual, both, show } from '../kernel/bilingual.ts';
import type { Occupancy } from './planning.ts';

/** What the planning board says. */
export const planningLabels = {
  title: { fr: 'Planning', en: 'Planning' },
  views: { fr: 'Affichage', en: 'View' },
  day: { fr: 'Jour', en: 'Day' },
  week: { fr: 'Semaine', en: 'Week' },
  month: { fr: 'Mois', en: 'Month' },
  before: { fr: 'Avant', en: 'Earlier' },
  after: { fr: 'Après', en: 'Later' },
  now: { fr: 'Aujourd’hui', en: 'Today' },
  list: { fr: 'La même chose en liste', en: 'The same as a list' },
  resource: { fr: 'Place', en: 'Place' },
  person: { fr: 'Personne', en: 'Person' },
  when: { fr: 'Quand', en: 'When' },
  free: { fr: 'libre', en: 'free' },
  over: { fr: 'passé', en: 'over' },
  closed: { fr: 'fermé', en: 'closed' },
  empty: { fr: 'Rien n’est réservé sur cette période.', en: 'Nothing is booked over this time.' },
  occupancy: { fr: 'Occupation', en: 'Occupancy' },
  bookings: { fr: 'Réservations', en: 'Bookings' },
  pick: { fr: 'Déplacer', en: 'Move' },
  open: { fr: 'Voir la réservation', en: 'See the booking' },
  here: { fr: 'ici', en: 'here' },
  drop: { fr: 'Laisser où elle était', en: 'Leave it where it was' },
  bookFor: { fr: 'Réserver pour quelqu’un', en: 'Book for someone' },
  bookForLead: {
    fr: 'L’adresse d’une personne du réseau. Son employeur ou elle-même paie, comme si elle réservait.',
    en: 'The address of someone in the network. Their employer or they pay, as if they had booked.',
  },
  email: { fr: 'Adresse électronique', en: 'E-mail address' },
  book: { fr: 'Réserver', en: 'Book' },
  from: { fr: 'De (à l’heure)', en: 'From (by the hour)' },
  to: { fr: 'À', en: 'To' },
  booked: { fr: 'C’est réservé.', en: 'It is booked.' },
  moved: { fr: 'C’est déplacé.', en: 'It is moved.' },
  erased: { fr: 'personne effacée', en: 'person erased' },
  today: { fr: 'Accueil du jour', en: 'Today’s desk' },
} as const satisfies Record<string, Bilingual>;

/** What the board says while a booking is moved on it; `{…}` is filled there. */
export const boardTexts = {
  how: {
    fr: 'Pour déplacer une réservation : glissez-la (au doigt, appuyez d’abord un instant), ou allez dessus et appuyez sur Espace, puis les flèches et Entrée. Ou bien ouvrez-la : les places libres proposent « ici ».',
    en: 'To move a booking: drag it (with a finger, press for a moment first), or go to it and press Space, then the arrows and Enter. Or open it: free places offer “here”.',
  },
  carried: {
    fr: 'Vous tenez {who}. Lâchez-la sur une place libre.',
    en: 'You hold {who}. Let it go on a free place.',
  },
  held: {
    fr: 'Vous tenez {who}. Flèches pour choisir, Entrée pour poser, Échap pour laisser.',
    en: 'You hold {who}. Arrows to choose, Enter to put down, Escape to leave.',
  },
  over: { fr: '{where} : {state}', en: '{where}: {state}' },
  left: { fr: 'Laissée où elle était.', en: 'Left where it was.' },
  moving: { fr: 'Déplacement vers {where}…', en: 'Moving to {where}…' },
  others: { fr: 'Libres à ce moment-là :', en: 'Free at that time:' },
  failed: {
    fr: 'Le réseau ne répond pas : rien n’a bougé. Recommencez.',
    en: 'The network does not answer: nothing moved. Try again.',
  },
  free: planningLabels.free,
  target: planningLabels.free,
  picked: planningLabels.here,
  taken: { fr: 'pris', en: 'taken' },
  closed: planningLabels.closed,
} as const satisfies Record<string, Bilingual>;

/** `31 demi-journées prises sur 50` */
export const takenOf = ({ taken, total }: Occupancy): Bilingual =>
  both(lang => {
    const [had, all] = [show.count(taken, lang), show.count(total, lang)];
    if (lang === 'fr') return `${had} ${taken < 2 ? 'demi-journée prise' : 'demi-journées prises'} sur ${all}`;
    return `${had} half-day${taken === 1 ? '' : 's'} taken of ${all}`;
  });

/** What stands under a number of bookings, then of people: French counts nought as one, English as many. */
export const bookingsOf = (count: number): Bilingual => ({
  fr: count < 2 ? 'Réservation' : planningLabels.bookings.fr,
  en: count === 1 ? 'Booking' : planningLabels.bookings.en,
});

export const peopleOf = (count: number): Bilingual => ({
  fr: count < 2 ? 'Personne' : 'Personnes',
  en: count === 1 ? 'Person' : 'People',
});

export const inHand = (name: string, when: Bilingual): Bilingual =>
  both(lang =>
    lang === 'fr'
      ? `Vous déplacez ${name}, ${when.fr}. Choisissez une place libre.`
      : `You are moving ${name}, ${when.en}. Choose a free place.`,
  );

/** `2 demandes à accepter` */
export const toAnswer = (count: number): Bilingual => ({
  fr: count === 1 ? '1 demande à accepter' : `${count} demandes à accepter`,
  en: count === 1 ? '1 request to answer' : `${count} requests to answer`,
});
