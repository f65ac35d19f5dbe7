import { type Bilingual, both, type Lang, show } from '../kernel/bilingual.ts';
import type { Refusal } from '../kernel/outcome.ts';
import { type Day, type Instant, localDay } from '../kernel/time.ts';

/** What the pages say. */
export const labels = {
  bookTitle: { fr: 'Réserver un bureau', en: 'Book a desk' },
  whereTitle: { fr: 'Où voulez-vous travailler ?', en: 'Where do you want to work?' },
  whereLead: {
    fr: 'Choisissez un espace du réseau, ou cherchez près de chez vous.',
    en: 'Choose a space of the network, or search near home.',
  },
  nearHome: { fr: 'Chercher près de chez moi', en: 'Search near home' },
  yourSpaces: { fr: 'Vos espaces', en: 'Your spaces' },
  allSpaces: { fr: 'Tous les espaces', en: 'All spaces' },
  when: { fr: 'Quand ?', en: 'When?' },
  desk: { fr: 'Quel bureau ?', en: 'Which desk?' },
  haveOne: { fr: 'vous avez déjà un bureau', en: 'you already have a desk' },
  full: { fr: 'complet', en: 'full' },
  changeDesk: { fr: 'Choisir moi-même le bureau', en: 'Choose the desk myself' },
  chosenForYou: { fr: 'Choisi pour vous', en: 'Chosen for you' },
  deskHint: {
    fr: 'Si le bureau choisi est pris à ce moment-là, nous vous le dirons.',
    en: 'If the desk you choose is taken at that time, we will tell you.',
  },
  noDay: { fr: 'Rien à réserver ce jour-là', en: 'Nothing to book on that day' },
  noDayText: { fr: 'Choisissez un autre jour dans la liste.', en: 'Choose another day from the list.' },
  notOpenText: {
    fr: 'On ne peut pas encore y réserver. Voyez quels espaces sont ouverts près de chez vous.',
    en: 'It cannot be booked yet. See which spaces are open near your home.',
  },
  earlier: { fr: 'Jours précédents', en: 'Earlier days' },
  later: { fr: 'Jours suivants', en: 'Later days' },
  signInToBook: { fr: 'Se connecter pour réserver', en: 'Sign in to book' },
  sheet: { fr: 'Voir la fiche de l’espace', en: 'See the space’s page' },
  closed: { fr: 'fermé', en: 'closed' },
  booked: { fr: 'C’est réservé', en: 'It is booked' },
  cancelledTitle: { fr: 'Réservation annulée', en: 'Booking cancelled' },
  oneBooking: { fr: 'Votre réservation', en: 'Your booking' },
  atDesk: { fr: 'Bureau', en: 'Desk' },
  day: { fr: 'Jour', en: 'Day' },
  hours: { fr: 'Horaires', en: 'Hours' },
  place: { fr: 'Lieu', en: 'Place' },
  price: { fr: 'Prix', en: 'Price' },
  free: { fr: 'gratuit', en: 'free' },
  paidByPass: { fr: 'payé par votre carnet', en: 'paid by your pass' },
  paidByYou: { fr: 'à votre charge', en: 'paid by you' },
  addToCalendar: { fr: 'Ajouter à mon agenda', en: 'Add to my calendar' },
  onTheDay: {
    fr: 'Le jour venu, saisissez le code affiché par la borne de l’espace, ou dites bonjour à l’hôte.',
    en: 'On the day, type the code shown by the space’s kiosk, or say hello to the host.',
  },
  mine: { fr: 'Mes réservations', en: 'My bookings' },
  mineLead: { fr: 'Ce qui vient, puis ce qui est passé.', en: 'What is coming, then what is past.' },
  toCome: { fr: 'À venir', en: 'To come' },
  past: { fr: 'Passées (trois derniers mois)', en: 'Past (last three months)' },
  none: { fr: 'Aucune réservation à venir', en: 'Nothing booked yet' },
  noneText: {
    fr: 'Une demi-journée près de chez vous se réserve en deux gestes.',
    en: 'Half a day near home is booked in two taps.',
  },
  nonePast: { fr: 'Aucune réservation passée.', en: 'No past booking.' },
  cancelTitle: { fr: 'Vous ne venez plus ?', en: 'Not coming after all?' },
  cancel: { fr: 'Annuler cette réservation', en: 'Cancel this booking' },
  cancelledFree: {
    fr: 'Annulée sans frais. Le bureau est rendu.',
    en: 'Cancelled free of charge. The desk is released.',
  },
  cancelledDue: {
    fr: 'Annulée après le délai : le bureau est rendu, la réservation reste due.',
    en: 'Cancelled after the deadline: the desk is released, the booking stays due.',
  },
  again: { fr: 'Réserver encore ici', en: 'Book here again' },
} as const satisfies Record<string, Bilingual>;

/** A sentence's or a title's first letter. */
export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Why a moment of the day cannot be booked, in the few words that its card has room for. */
export const shortReason = ({ code, message }: Refusal, lang: Lang): string => {
  if (code === 'booking.already_booked') return labels.haveOne[lang];
  return code === 'booking.space_full' ? labels.full[lang] : message[lang];
};

const clockOn = (at: Instant, zone: string, lang: Lang): string =>
  lang === 'fr'
    ? `${show.day(localDay(at, zone), lang)} à ${show.clock(at, zone)}`
    : `${show.day(localDay(at, zone), lang)} at ${show.clock(at, zone)}`;

/** What cancelling will cost, said before it is done. */
export const cancelTerms = (
  cost: 'free' | 'charged' | 'too_late',
  { until, zone }: { readonly until: Instant; readonly zone: string },
): Bilingual =>
  both(lang => {
    const limit = clockOn(until, zone, lang);
    if (cost === 'free') {
      return lang === 'fr'
        ? `Vous pouvez annuler sans frais jusqu’au ${limit}.`
        : `You can cancel free of charge until ${limit}.`;
    }
    if (cost === 'charged') {
      return lang === 'fr'
        ? `Le délai est passé (${limit}). Annuler rend le bureau à d’autres, mais la réservation reste due.`
        : `The deadline has passed (${limit}). Cancelling gives the desk to others, but the booking stays due.`;
    }
    return lang === 'fr' ? `Cette réservation ne peut plus être annulée.` : `This booking can no longer be cancelled.`;
  });

/** `8,00 €, payé par Chambre d’agriculture`; `payé par votre carnet`, once nothing is left to pay. */
export const priceText = (cents: bigint, employer: string | null, lang: Lang, covered = 0n): string => {
  if (covered > 0n && cents === 0n) return labels.paidByPass[lang];
  const amount = cents === 0n ? labels.free[lang] : show.euros(cents, lang);
  if (employer === null) return cents === 0n ? amount : `${amount}, ${labels.paidByYou[lang]}`;
  return lang === 'fr' ? `${amount}, payé par ${employer}` : `${amount}, paid by ${employer}`;
};

export const openingText = (opening: Day): Bilingual => ({
  fr: `Cet espace ouvrira le ${show.date(opening, 'fr')}`,
  en: `This space will open on ${show.date(opening, 'en')}`,
});

export const freeText = (count: number, lang: Lang): string => {
  if (lang === 'fr') return count === 0 ? 'complet' : count === 1 ? '1 libre' : `${count} libres`;
  return count === 0 ? 'full' : `${count} free`;
};
