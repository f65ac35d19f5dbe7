import type { Bilingual } from '../kernel/bilingual.ts';
import type { Step } from './trace.ts';

export const traceLabels = {
  title: { fr: 'Pourquoi cette réponse ?', en: 'Why this answer?' },
  lead: {
    fr: 'Voici les règles que cette demande rencontre, dans leur ordre. La première qui dit non donne la réponse.',
    en: 'These are the rules that this request meets, in their order. The first that says no gives the answer.',
  },
  granted: { fr: 'Cette demande serait accordée.', en: 'This request would be granted.' },
  refused: { fr: 'Cette demande serait refusée.', en: 'This request would be refused.' },
  book: { fr: 'Réserver', en: 'Book' },
  rules: { fr: 'Changer les règles de l’espace', en: 'Change the space’s rules' },
  rule: { fr: 'Règle', en: 'Rule' },
  answer: { fr: 'Réponse', en: 'Answer' },
  why: { fr: 'Pourquoi un moment n’est-il pas proposé ?', en: 'Why is a moment not offered?' },
} as const satisfies Record<string, Bilingual>;

export const saidNames: Readonly<Record<Step['said'], Bilingual>> = {
  passed: { fr: 'oui', en: 'yes' },
  refused: { fr: 'non', en: 'no' },
  not_asked: { fr: 'pas demandé', en: 'not asked' },
};

export const ruleTexts: Readonly<Record<Step['rule'], Bilingual>> = {
  known_place: { fr: 'L’espace a cette place.', en: 'The space has this place.' },
  open_to_people: {
    fr: 'Cette sorte de place se réserve sans passer par l’espace.',
    en: 'This kind of place is booked without the space.',
  },
  by_the_hour: {
    fr: 'Cette sorte de place se réserve pour cette durée.',
    en: 'This kind of place is booked for that length of time.',
  },
  to_come: { fr: 'Ce moment n’est pas passé.', en: 'This moment is not over.' },
  near_enough: { fr: 'Le jour n’est pas trop loin.', en: 'The day is not too far ahead.' },
  open_day: { fr: 'L’espace ouvre ce jour-là.', en: 'The space opens on that day.' },
  open_hours: { fr: 'Ses horaires couvrent ce moment.', en: 'Its opening hours cover this moment.' },
  enough_notice: { fr: 'La demande arrive assez tôt.', en: 'The request comes early enough.' },
  place_free: {
    fr: 'Une place est libre, le temps gardé entre deux réservations compris.',
    en: 'A place is free, the time kept between two bookings included.',
  },
  person_free: {
    fr: 'La personne n’a pas d’autre réservation en même temps.',
    en: 'The person has no other booking at the same time.',
  },
  guest_accompanied: {
    fr: 'Qui invite a sa propre place ici à ce moment-là.',
    en: 'Whoever invites has their own place here at that time.',
  },
  guest_welcome: {
    fr: 'L’espace reçoit encore des invités de cette personne ce jour-là.',
    en: 'The space still receives guests of this person on that day.',
  },
  within_quota: {
    fr: 'La personne n’a pas atteint sa part de la semaine ici.',
    en: 'The person has not reached their share of the week here.',
  },
  payable: { fr: 'Un prix et un payeur sont connus.', en: 'A price and who pays are known.' },
};
