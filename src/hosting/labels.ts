import { type Bilingual, both, type Lang, show } from '../kernel/bilingual.ts';
import type { ResourceKind } from '../spaces/spaces.ts';

/** What a host's pages say. */
export const labels = {
  hostPages: { fr: 'Pages de l’accueil', en: 'The host’s pages' },
  today: { fr: 'Accueil du jour', en: 'Today’s desk' },
  planning: { fr: 'Planning', en: 'Planning' },
  capacity: { fr: 'Occupation', en: 'Occupancy' },
  capacityLead: {
    fr: 'Ce qui est réservé aujourd’hui et les deux semaines qui suivent, puis le taux des quatre dernières semaines.',
    en: 'What is booked today and over the two weeks that follow, then the rate of the last four weeks.',
  },
  kind: { fr: 'Places comptées', en: 'Places counted' },
  everyKind: { fr: 'Toutes les places', en: 'All places' },
  day: { fr: 'Jour', en: 'Day' },
  next: { fr: 'Les quinze jours', en: 'The fifteen days' },
  past: { fr: 'Les quatre dernières semaines', en: 'The last four weeks' },
  nothingAhead: { fr: 'Rien n’est encore réservé', en: 'Nothing is booked yet' },
  closedAhead: { fr: 'L’espace n’ouvre pas de ces quinze jours', en: 'The space does not open in these fifteen days' },
  nothingPast: { fr: 'Rien n’a été réservé ces quatre semaines', en: 'Nothing was booked in these four weeks' },
  closedPast: { fr: 'L’espace n’a pas ouvert ces quatre semaines.', en: 'The space did not open in these four weeks.' },
  weekday: { fr: 'Jour de la semaine', en: 'Day of the week' },
  rate: { fr: 'Occupation', en: 'Occupancy' },
  halfDays: { fr: 'Demi-journées', en: 'Half-days' },
  counted: {
    fr: 'Demi-journées réservées, sur demi-journées offertes par les horaires. Réserver n’est pas venir.',
    en: 'Half-days booked, of half-days that the hours offer. To book is not to come.',
  },
} as const satisfies Record<string, Bilingual>;

export const kindNames: Readonly<Record<ResourceKind, Bilingual>> = {
  desk: { fr: 'Bureaux partagés', en: 'Shared desks' },
  office: { fr: 'Bureaux fermés', en: 'Closed offices' },
  meeting_room: { fr: 'Salles de réunion', en: 'Meeting rooms' },
  phone_booth: { fr: 'Cabines téléphoniques', en: 'Phone booths' },
  locker: { fr: 'Casiers', en: 'Lockers' },
  parking: { fr: 'Places de stationnement', en: 'Parking places' },
};

/** `37 sur 80` */
export const ratioText = ({ taken, total }: { taken: number; total: number }, lang: Lang): string =>
  `${show.count(taken, lang)} ${lang === 'fr' ? 'sur' : 'of'} ${show.count(total, lang)}`;

/** `Le plus rempli : mardi 24 novembre matin (7 places sur 8)` */
export const fullestText = (when: Bilingual, { taken, total }: { taken: number; total: number }): Bilingual =>
  both(lang =>
    lang === 'fr'
      ? `Le plus rempli\u00a0: ${when.fr} (${taken} sur ${total})`
      : `The fullest: ${when.en} (${taken} of ${total})`,
  );

/** `Le mardi est le jour le plus rempli : 46 %` */
export const fullestDayText = (weekday: Bilingual, percent: number): Bilingual => ({
  fr: `Le ${weekday.fr} est le jour le plus rempli\u00a0: ${percent}\u00a0%`,
  en: `${weekday.en} is the fullest day: ${percent}%`,
});
