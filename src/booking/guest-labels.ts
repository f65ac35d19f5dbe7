import type { Bilingual } from '../kernel/bilingual.ts';

/** What the pages say of guests. */
export const guestLabels = {
  title: { fr: 'Venir avec quelqu’un', en: 'Bring someone' },
  lead: {
    fr: 'Une place de plus à côté de la vôtre, à votre charge, au prix de l’espace. Elle est rendue si vous rendez la vôtre.',
    en: 'One more place beside yours, paid by you at the space’s price. It is given back if you give yours back.',
  },
  name: { fr: 'Nom de votre invité', en: 'Your guest’s name' },
  nameHint: {
    fr: 'L’hôte de l’espace le voit. Il est effacé 30 jours après.',
    en: 'The space’s host sees it. It is erased 30 days later.',
  },
  email: { fr: 'Son adresse électronique', en: 'Their e-mail address' },
  emailHint: {
    fr: 'Pour lui envoyer l’invitation, avec l’événement pour son agenda.',
    en: 'To send them the invitation, with the event for their calendar.',
  },
  invite: { fr: 'Réserver pour mon invité', en: 'Book for my guest' },
  guests: { fr: 'Vos invités', en: 'Your guests' },
  guest: { fr: 'Invité', en: 'Guest' },
  forgotten: { fr: 'nom effacé', en: 'name erased' },
  place: { fr: 'Place', en: 'Place' },
  why: { fr: 'Pourquoi un invité n’est-il pas accepté ?', en: 'Why is a guest not accepted?' },
} as const satisfies Record<string, Bilingual>;

/** `Invité de Paul M.` */
export const guestOfText = (name: string): Bilingual => ({ fr: `Invité de ${name}`, en: `Guest of ${name}` });
