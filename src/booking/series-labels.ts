import { type Bilingual, both, show } from '../kernel/bilingual.ts';
import type { Day } from '../kernel/time.ts';

/** What the pages of series and absences say. */
export const seriesLabels = {
  title: { fr: 'Réserver plusieurs jours', en: 'Book several days' },
  titleAt: (space: string): Bilingual => ({
    fr: `Réserver plusieurs jours à ${space}`,
    en: `Book several days at ${space}`,
  }),
  lead: {
    fr: 'La même demi-journée ou journée, semaine après semaine. Chaque jour reste une réservation à part : vous pourrez en annuler une seule.',
    en: 'The same half-day or day, week after week. Each day stays a booking of its own: you can cancel a single one.',
  },
  oneDay: { fr: 'Réserver un seul jour', en: 'Book a single day' },
  weekdays: { fr: 'Quels jours ?', en: 'Which days?' },
  part: { fr: 'Quel moment ?', en: 'Which part of the day?' },
  rhythm: { fr: 'À quel rythme ?', en: 'How often?' },
  rhythms: [
    { fr: 'Chaque semaine', en: 'Every week' },
    { fr: 'Une semaine sur deux', en: 'Every other week' },
    { fr: 'Une semaine sur trois', en: 'Every third week' },
    { fr: 'Une semaine sur quatre', en: 'Every fourth week' },
  ],
  from: { fr: 'Du', en: 'From' },
  until: { fr: 'Jusqu’au', en: 'Until' },
  furthest: (day: Day): Bilingual => ({
    fr: `Cet espace se réserve jusqu’au ${show.date(day, 'fr')}.`,
    en: `This space can be booked until ${show.date(day, 'en')}.`,
  }),
  skip: { fr: 'Sauter les jours impossibles', en: 'Skip the days that cannot be booked' },
  skipHint: {
    fr: 'Fermeture, espace complet, ou bureau que vous avez déjà ailleurs : ces jours sont laissés de côté et vous sont dits. Sans cela, un seul jour impossible arrête tout.',
    en: 'Closed, full, or a desk that you already have elsewhere: those days are left out and told to you. Without this, a single one stops everything.',
  },
  book: { fr: 'Réserver ces jours', en: 'Book these days' },
  booked: { fr: 'Réservés', en: 'Booked' },
  skipped: { fr: 'Laissés de côté', en: 'Left out' },
  why: { fr: 'Pourquoi', en: 'Why' },
  allBooked: {
    fr: 'Tous les jours demandés sont réservés.',
    en: 'Every day that you asked for is booked.',
  },
  someSkipped: {
    fr: 'Certains jours n’ont pas pu être réservés : voyez pourquoi, et ce qui reste libre.',
    en: 'Some days could not be booked: see why, and what is still free.',
  },
  another: { fr: 'Réserver une autre série', en: 'Book another series' },
  awayTitle: { fr: 'Vous vous absentez ?', en: 'Going away?' },
  awayLead: {
    fr: 'Rendez d’un coup vos bureaux entre deux dates.',
    en: 'Give back all your desks between two dates.',
  },
  away: { fr: 'Annuler ces réservations', en: 'Cancel these bookings' },
  awayKept: { fr: 'Ne s’annulent plus', en: 'Can no longer be cancelled' },
} as const;

const count = (n: number, one: Bilingual, many: Bilingual): Bilingual =>
  both(lang => `${n} ${(n === 1 || (lang === 'fr' && n === 0) ? one : many)[lang]}`);

/** `12 jours réservés, 2 laissés de côté` */
export const seriesTold = (booked: number, skipped: number): Bilingual => {
  const first = count(booked, { fr: 'jour réservé', en: 'day booked' }, { fr: 'jours réservés', en: 'days booked' });
  const rest = count(skipped, { fr: 'laissé de côté', en: 'left out' }, { fr: 'laissés de côté', en: 'left out' });
  return both(lang => (skipped === 0 ? first[lang] : `${first[lang]}, ${rest[lang]}`));
};

/** What came of an absence. `due` of the cancelled ones came after their deadline. */
export const awayTold = ({ cancelled, due }: { readonly cancelled: number; readonly due: number }): Bilingual => {
  if (cancelled === 0) return { fr: 'Rien n’a été annulé.', en: 'Nothing was cancelled.' };
  const first = count(
    cancelled,
    { fr: 'réservation annulée', en: 'booking cancelled' },
    { fr: 'réservations annulées', en: 'bookings cancelled' },
  );
  const rest = count(
    due,
    { fr: 'reste due : le délai était passé', en: 'stays due: the deadline had passed' },
    { fr: 'restent dues : le délai était passé', en: 'stay due: the deadline had passed' },
  );
  return both(lang =>
    due === 0 ? `${first[lang]}.` : `${first[lang]} ; ${rest[lang]}.`.replace(' ;', lang === 'fr' ? ' ;' : ';'),
  );
};
