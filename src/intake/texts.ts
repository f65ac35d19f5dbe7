import { type Bilingual, type Lang, show } from '../kernel/bilingual.ts';
import type { Format } from './entry.ts';

/** What the page says. */
export const texts = {
  title: { fr: 'Reprendre des réservations', en: 'Take bookings over' },
  lead: {
    fr: 'Choisissez le fichier de votre ancien système. Vous verrez d’abord ce qu’il deviendrait ici ; rien n’est réservé avant votre accord.',
    en: 'Choose the file of your former system. You first see what it would become here; nothing is booked before you agree.',
  },
  fileTitle: { fr: 'Le fichier', en: 'The file' },
  again: { fr: 'Corriger, puis relire', en: 'Correct, then read again' },
  sameFile: {
    fr: 'Laissez vide pour relire le même fichier, ou choisissez-en un autre.',
    en: 'Leave empty to read the same file again, or choose another.',
  },
  format: { fr: 'D’où vient-il ?', en: 'Where does it come from?' },
  file: { fr: 'Fichier', en: 'File' },
  fileHint: {
    fr: 'Un mégaoctet au plus. Au-delà, exportez seulement ce qui vient, ou demandez à qui tient le serveur.',
    en: 'One megabyte at most. Beyond that, export only what is to come, or ask whoever runs the server.',
  },
  mapping: { fr: 'Correspondance des noms', en: 'What names stand for' },
  mappingHint: {
    fr: 'Une ligne par nom qui n’est pas le même ici : « salle;Salle du haut;L’Atelier / Bureau 3 » ou « personne;jdupont;j.dupont@exemple.fr ». Un tiret à la place du troisième terme laisse de côté.',
    en: 'One line for each name that is not the same here: “room;Upstairs;L’Atelier / Bureau 3” or “person;jdupont;j.dupont@example.org”. A hyphen as third term sets aside.',
  },
  source: { fr: 'Nom de l’ancien système', en: 'Name of the former system' },
  sourceHint: {
    fr: 'Utile si vous reprenez plusieurs installations du même logiciel : donnez à chacune un nom, toujours le même.',
    en: 'Useful when you take over several installations of the same software: give each its name, always the same.',
  },
  widen: {
    fr: 'Réserver la demi-journée ou la journée qui contient les heures, quand elles n’en sont pas une',
    en: 'Book the half-day or day that holds the hours, when they are none',
  },
  widenHint: {
    fr: 'Une salle, une cabine ou un stationnement qui a un prix à l’heure est repris à ses heures, par quarts d’heure.',
    en: 'A room, a booth or a parking place that has a price by the hour is taken over at its hours, by quarters of an hour.',
  },
  look: { fr: 'Voir ce que cela deviendrait', en: 'See what it would become' },
  foreseen: { fr: 'Rien n’est encore réservé', en: 'Nothing is booked yet' },
  foreseenText: {
    fr: 'Voici ce que deviendrait chaque jour de chaque entrée. Corrigez la correspondance et relisez le fichier autant de fois qu’il faut.',
    en: 'This is what each day of each entry would become. Correct the mapping and read the file again as often as needed.',
  },
  done: { fr: 'C’est repris', en: 'Taken over' },
  doneText: {
    fr: 'Reprendre le même fichier ne réserverait rien deux fois.',
    en: 'Taking the same file over again would book nothing twice.',
  },
  nothing: { fr: 'Rien à réserver dans ce fichier', en: 'Nothing to book in this file' },
  entries: { fr: 'Jour par jour', en: 'Day by day' },
  entry: { fr: 'Entrée', en: 'Entry' },
  place: { fr: 'Lieu', en: 'Place' },
  person: { fr: 'Personne', en: 'Person' },
  when: { fr: 'Moment', en: 'Time' },
  price: { fr: 'Prix', en: 'Price' },
  state: { fr: 'Ce qu’elle devient', en: 'What becomes of it' },
  why: { fr: 'Pourquoi', en: 'Why' },
  formatsTitle: { fr: 'Ce que nous lisons', en: 'What we read' },
  formatsLead: {
    fr: 'Les titres, descriptions et mots de passe ne sont pas lus, et le fichier n’est pas gardé.',
    en: 'Titles, descriptions and passwords are not read, and the file is not kept.',
  },
} as const satisfies Record<string, Bilingual>;

export const formatNames: Readonly<Record<Format, Bilingual>> = {
  grr: { fr: 'GRR (sauvegarde SQL)', en: 'GRR (SQL dump)' },
  mrbs: { fr: 'MRBS (sauvegarde SQL)', en: 'MRBS (SQL dump)' },
  ics: { fr: 'Un agenda (.ics)', en: 'A calendar (.ics)' },
  csv: { fr: 'Un tableau (.csv)', en: 'A table (.csv)' },
};

export const formatHelp: Readonly<Record<Format, Bilingual>> = {
  grr: {
    fr: 'Les tables area, room, entry et utilisateurs, avec leur structure.',
    en: 'The tables area, room, entry and utilisateurs, with their structure.',
  },
  mrbs: {
    fr: 'Les tables area, room, entry et users, avec leur structure ; MySQL, MariaDB ou PostgreSQL.',
    en: 'The tables area, room, entry and users, with their structure; MySQL, MariaDB or PostgreSQL.',
  },
  ics: {
    fr: 'Le lieu du rendez-vous, ou le nom de l’agenda, est le poste ; son organisateur est la personne. Les séries sont lues deux ans à l’avance.',
    en: 'The event’s location, or the calendar’s name, is the resource; its organizer is the person. Series are read two years ahead.',
  },
  csv: {
    fr: 'Colonnes : espace, poste, personne, jour, et moment (matin, après-midi, journée) ou debut et fin ; id si vous en avez un.',
    en: 'Columns: space, resource, person, day, and part (morning, afternoon, day) or from and to; id if you have one.',
  },
};

/** `Réserver ces 12 demi-journées et journées` */
export const takeText = (count: number, lang: Lang): string => {
  if (lang === 'fr') return count === 1 ? 'Réserver cette place' : `Réserver ces ${show.count(count, lang)} places`;
  return count === 1 ? 'Book this place' : `Book these ${show.count(count, lang)} places`;
};

export const shownText = (shown: number, of: number, lang: Lang): string =>
  lang === 'fr'
    ? `Les ${show.count(shown, lang)} premières lignes sur ${show.count(of, lang)}, ce qui demande votre attention d’abord.`
    : `The first ${show.count(shown, lang)} lines of ${show.count(of, lang)}, what needs your attention first.`;
