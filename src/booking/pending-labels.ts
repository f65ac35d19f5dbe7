import { type Bilingual, both, show } from '../kernel/bilingual.ts';
import type { Instant } from '../kernel/time.ts';

/** What the pages say of places kept until they are confirmed or approved, and of a space's rules. */
export const pendingLabels = {
  heldTitle: { fr: 'Place gardée pour vous', en: 'Place kept for you' },
  confirm: { fr: 'Confirmer cette réservation', en: 'Confirm this booking' },
  requestedTitle: { fr: 'Demande envoyée', en: 'Request sent' },
  requestedText: {
    fr: 'L’espace doit l’accepter. La place est gardée d’ici là, rien n’est dû, et un message vous dira la réponse.',
    en: 'The space has to accept it. The place is kept until then, nothing is due, and a message will tell you the answer.',
  },
  overTitle: { fr: 'Place rendue', en: 'Place released' },
  overText: { fr: 'Elle n’a pas été confirmée : rien n’est dû.', en: 'It was not confirmed: nothing is due.' },
  toDecide: { fr: 'Demande à accepter', en: 'Request to answer' },
  holder: { fr: 'Pour', en: 'For' },
  decideTitle: { fr: 'Accepter cette demande ?', en: 'Accept this request?' },
  reason: { fr: 'Un mot pour la personne', en: 'A word for the person' },
  approve: { fr: 'Accepter', en: 'Accept' },
  decline: { fr: 'Refuser', en: 'Decline' },
  awaits: { fr: 'à accepter', en: 'to accept' },
  awaiting: { fr: 'attend la réponse de l’espace', en: 'awaits the space’s answer' },
  held: { fr: 'à confirmer', en: 'to confirm' },
  rulesTitle: { fr: 'Règles de réservation', en: 'Booking rules' },
  rulesLead: {
    fr: 'Elles valent à partir du jour que vous choisissez. Ce qui est déjà réservé garde les règles de son jour.',
    en: 'They hold from the day that you choose. What is already booked keeps the rules of its day.',
  },
  furthest: { fr: 'On réserve jusqu’à combien de jours à l’avance ?', en: 'How many days ahead can one book?' },
  furthestHint: { fr: 'De 1 à 731.', en: 'From 1 to 731.' },
  cancelHours: {
    fr: 'On annule sans frais jusqu’à combien d’heures avant ?',
    en: 'Until how many hours before is cancelling free?',
  },
  cancelHint: {
    fr: 'De 0 à 720. Au-delà du délai, la règle suivante s’applique.',
    en: 'From 0 to 720. After that, the next rule applies.',
  },
  late: { fr: 'Après ce délai', en: 'After that' },
  charged: { fr: 'la place est rendue, la réservation reste due', en: 'the desk is released, the booking stays due' },
  refused: { fr: 'on n’annule plus', en: 'it can no longer be cancelled' },
  approval: { fr: 'Qui décide ?', en: 'Who decides?' },
  none: { fr: 'une réservation vaut tout de suite', en: 'a booking holds at once' },
  required: { fr: 'l’espace accepte chaque demande', en: 'the space accepts each request' },
  notice: {
    fr: 'On réserve au plus tard combien de minutes avant le début ?',
    en: 'How many minutes before the beginning can one still book?',
  },
  noticeHint: {
    fr: '0 : jusqu’à la fin du moment. 120 : deux heures avant. L’espace, lui, réserve toujours.',
    en: '0: until the moment is over. 120: two hours before. The space itself can always book.',
  },
  quota: { fr: 'Combien de demi-journées par personne et par semaine ?', en: 'How many half-days a person and week?' },
  quotaHint: { fr: 'De 1 à 14 ; vide : sans limite.', en: 'From 1 to 14; empty: no limit.' },
  buffer: {
    fr: 'Combien de minutes garder libres après une réservation ?',
    en: 'How many minutes are kept free after a booking?',
  },
  bufferHint: {
    fr: 'De 0 à 240, pour le ménage d’un bureau fermé, d’une salle ou d’une cabine ; les bureaux partagés n’en ont pas.',
    en: 'From 0 to 240, to clean a closed office, a room or a booth; shared desks have none.',
  },
  guests: { fr: 'Combien d’invités par personne et par jour ?', en: 'How many guests a person and day?' },
  guestsHint: { fr: 'De 0 (aucun) à 20.', en: 'From 0 (none) to 20.' },
  byHost: { fr: 'Places que seul l’espace réserve', en: 'Places that only the space books' },
  from: { fr: 'À partir du', en: 'From' },
  save: { fr: 'Enregistrer ces règles', en: 'Save these rules' },
  saved: { fr: 'C’est enregistré.', en: 'It is saved.' },
  ofSpace: { fr: 'Aujourd’hui dans cet espace', en: 'Today in this space' },
  manage: { fr: 'Gérer l’espace', en: 'Manage the space' },
} as const satisfies Record<string, Bilingual>;

/** Until when a place is kept. */
export const heldText = (until: Instant, zone: string): Bilingual =>
  both(lang =>
    lang === 'fr'
      ? `Elle est gardée jusqu’à ${show.clock(until, zone)}. Ensuite elle est rendue, sans frais.`
      : `It is kept until ${show.clock(until, zone)}. After that it is released, free of charge.`,
  );
