import { type Bilingual, both, type Lang } from '../kernel/bilingual.ts';
import { type Moment, whenOf } from './words.ts';

/** What the pages say of moving a booking, and of waiting for a place. */
export const movingLabels = {
  moveTitle: { fr: 'Changer de jour, de moment ou de bureau', en: 'Change the day, the time or the desk' },
  moveLead: {
    fr: 'Votre bureau d’avant n’est rendu que si la nouvelle place est libre. Le prix est celui du nouveau jour.',
    en: 'Your desk is only given back if the new place is free. The price is the new day’s.',
  },
  day: { fr: 'Jour', en: 'Day' },
  part: { fr: 'Moment', en: 'Time' },
  desk: { fr: 'Bureau', en: 'Desk' },
  anyDesk: { fr: 'Le même s’il est libre', en: 'The same if it is free' },
  move: { fr: 'Déplacer', en: 'Move' },
  extend: { fr: 'Prolonger à toute la journée', en: 'Extend to the whole day' },
  moved: { fr: 'C’est déplacé', en: 'It is moved' },
  movedTitle: { fr: 'Réservation déplacée', en: 'Booking moved' },
  movedText: { fr: 'Voici celle qui la remplace :', en: 'Here is the one that replaces it:' },
  waitTitle: { fr: 'Liste d’attente', en: 'Waiting list' },
  waitLead: {
    fr: 'Dès qu’une place se libère, la première personne inscrite l’obtient : elle est réservée pour vous, et un message vous le dit.',
    en: 'As soon as a place is given back, the first in line gets it: it is booked for you, and a message tells you.',
  },
  waitHoursLead: {
    fr: 'Dès qu’une place est libre d’un bout à l’autre de ces heures, elle est réservée pour la première personne inscrite, et un message le lui dit. L’attente prend fin quand ces heures commencent.',
    en: 'As soon as a place is free for the whole of these hours, it is booked for the first in line, and a message tells them. The wait ends when these hours begin.',
  },
  wait: { fr: 'M’inscrire sur la liste d’attente', en: 'Join the waiting list' },
  waitWhich: { fr: 'Quel moment attendez-vous ?', en: 'Which time do you wait for?' },
  turn: { fr: 'Votre tour', en: 'Your turn' },
  place: { fr: 'Lieu', en: 'Place' },
  leave: { fr: 'Ne plus attendre', en: 'Stop waiting' },
} as const satisfies Record<string, Bilingual>;

/** `Attendre mardi 16 juin de 9:00 à 10:30` */
export const waitForText = (then: Moment): Bilingual =>
  both(lang => `${lang === 'fr' ? 'Attendre' : 'Wait for'} ${whenOf(then, lang)}`);

const ordinal = (n: number, lang: Lang): string => {
  if (lang === 'fr') return n === 1 ? '1er' : `${n}e`;
  const last = n % 10;
  const teen = n % 100 > 10 && n % 100 < 14;
  return `${n}${teen ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th'}`;
};

/** `2e dans l’ordre des demandes` */
export const turnText = (before: number): Bilingual =>
  both(lang => `${ordinal(before + 1, lang)} ${lang === 'fr' ? 'dans l’ordre des demandes' : 'in line'}`);
