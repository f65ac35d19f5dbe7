import type { Bilingual } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';
import type { Pass } from './slip.ts';
import { methodNames } from './words.ts';

export const slipWords = {
  notHere: refusal('presence.not_here_today', 409, {
    fr: 'Aucun passage n’est noté pour vous aujourd’hui : il n’y a pas de départ à noter.',
    en: 'No visit of yours is noted today: there is no departure to note.',
  }),
  endsBeforeItBegins: refusal(
    'presence.slip_ends_before_it_begins',
    422,
    {
      fr: 'Le dernier jour est avant le premier. Échangez-les.',
      en: 'The last day is before the first. Swap them.',
    },
    'au',
  ),
  tooLong: refusal(
    'presence.slip_too_long',
    422,
    {
      fr: 'Une fiche couvre 92 jours au plus, le temps que les passages sont gardés. Choisissez une période plus courte.',
      en: 'A slip covers 92 days at most, as long as visits are kept. Choose a shorter period.',
    },
    'au',
  ),
  notThere: refusal(
    'presence.not_there_that_day',
    409,
    {
      fr: 'Aucun passage de vous n’est gardé dans cet espace ce jour-là. Vérifiez l’espace et la date.',
      en: 'No visit of yours is kept in this space on that day. Check the space and the date.',
    },
    'espace',
  ),
  notYet: refusal(
    'presence.incident_to_come',
    422,
    {
      fr: 'Ce moment n’est pas encore passé. Vérifiez la date et l’heure.',
      en: 'This moment is still to come. Check the date and the time.',
    },
    'heure',
  ),
  unknownIncident: refusal('presence.unknown_incident', 404, {
    fr: 'Cette déclaration n’existe pas, ou a déjà été retirée.',
    en: 'This declaration does not exist, or was withdrawn already.',
  }),
} as const;

export const passNames: Readonly<Record<Pass['how'], Bilingual>> = {
  ...methodNames,
  departure: { fr: 'départ noté par vous', en: 'departure noted by you' },
  absence: { fr: 'absence dite par l’hôte', en: 'absence said by the host' },
};

export const slipLabels = {
  title: { fr: 'Fiche de présence', en: 'Presence slip' },
  lead: {
    fr: 'Vos passages, avec leurs heures, pour vous : votre employeur n’y a pas accès, l’hôte ne voit que le jour même. Ils sont détruits au bout de trois mois.',
    en: 'Your visits, with their hours, for you: your employer cannot see them, the host sees the same day only. They are destroyed after three months.',
  },
  from: { fr: 'Du', en: 'From' },
  to: { fr: 'Au', en: 'To' },
  show: { fr: 'Voir ces jours', en: 'Show these days' },
  pdf: { fr: 'Télécharger la fiche (PDF)', en: 'Download the slip (PDF)' },
  none: { fr: 'Aucun passage n’est gardé pour ces jours.', en: 'No visit is kept for these days.' },
  passes: { fr: 'Passages', en: 'Visits' },
  when: { fr: 'Quand', en: 'When' },
  where: { fr: 'Où', en: 'Where' },
  how: { fr: 'Comment c’est su', en: 'How it is known' },
  leave: { fr: 'Noter mon départ', en: 'Note my departure' },
  left: { fr: 'Votre départ est noté.', en: 'Your departure is noted.' },
  incidents: { fr: 'Accident ou incident', en: 'Accident or incident' },
  incidentLead: {
    fr: 'Dites ici ce qui vous est arrivé dans un espace. Vos passages de ce jour seront alors gardés deux ans, le délai pour faire valoir ses droits (Code de la sécurité sociale, L431-2), et la fiche en portera la copie. À vous de prévenir votre employeur, dans les 24 heures.',
    en: 'Say here what happened to you in a space. Your visits of that day are then kept two years, the time one has to claim (Code de la sécurité sociale, L431-2), and the slip bears the copy. It is for you to tell your employer, within 24 hours.',
  },
  day: { fr: 'Jour', en: 'Day' },
  hour: { fr: 'Heure', en: 'Time' },
  hourHint: { fr: 'Sur l’horloge de l’espace, par exemple 14:30', en: 'On the space’s clock, for instance 14:30' },
  told: { fr: 'Ce qui s’est passé', en: 'What happened' },
  declare: { fr: 'Déclarer', en: 'Declare' },
  declared: {
    fr: 'C’est déclaré, et vos passages de ce jour sont gardés.',
    en: 'It is declared, and your visits of that day are kept.',
  },
  withdraw: { fr: 'Retirer cette déclaration', en: 'Withdraw this declaration' },
  notForThem: {
    fr: 'Ce document ne prouve pas une durée de travail.',
    en: 'This document does not prove working time.',
  },
} as const satisfies Record<string, Bilingual>;
