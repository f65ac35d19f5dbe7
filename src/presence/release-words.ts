import type { Bilingual } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';

export const releaseWords = {
  notReleased: refusal('presence.place_not_released', 409, {
    fr: 'Votre place n’a pas été rendue : il n’y a rien à reprendre.',
    en: 'Your place was not given back: there is nothing to take again.',
  }),
  elsewhere: refusal(
    'presence.noted_elsewhere',
    409,
    {
      fr: 'Ce code est celui d’un autre espace : il ne rend pas cette place. Saisissez celui de la borne d’ici.',
      en: 'This code belongs to another space: it does not give this place again. Type the one of the kiosk here.',
    },
    'code',
  ),
  notNotedYet: refusal(
    'presence.return_not_noted',
    409,
    {
      fr: 'Votre arrivée n’est pas encore notée. Saisissez le code de la borne, ou demandez à l’hôte de vous noter sur sa liste.',
      en: 'Your arrival is not noted yet. Type the kiosk’s code, or ask the host to note you on their list.',
    },
    'code',
  ),
} as const;

export const releaseLabels = {
  title: { fr: 'Votre place a été rendue', en: 'Your place was given back' },
  text: {
    fr: 'Personne n’a noté votre arrivée à temps. Vous y êtes ? La place vous revient si elle est encore libre, et l’absence ne compte pas.',
    en: 'Nobody noted your arrival in time. Are you there? The place is yours again if it is still free, and the absence does not count.',
  },
  due: {
    fr: 'Son prix reste dû, comme pour une annulation tardive.',
    en: 'Its price stays due, as for a late cancellation.',
  },
  back: { fr: 'Je suis là', en: 'I am there' },
  code: { fr: 'Code de la borne', en: 'Kiosk’s code' },
  codeHint: {
    fr: 'Laissez vide si l’hôte vous a déjà noté sur sa liste.',
    en: 'Leave empty if the host has noted you on their list already.',
  },
  restored: { fr: 'Votre place vous est rendue', en: 'The place is yours again' },
  restoredText: { fr: 'Bonne journée de travail.', en: 'Have a good day’s work.' },
  lifted: { fr: 'L’absence ne compte pas', en: 'The absence does not count' },
  booking: { fr: 'La réservation', en: 'The booking' },
  // The space's own page
  rules: { fr: 'Règles d’arrivée', en: 'Arrival rules' },
  rulesLead: {
    fr: 'Ce qu’il faut pour être noté présent, et ce que devient une place où personne ne vient.',
    en: 'What it takes to be noted as present, and what becomes of a place where nobody comes.',
  },
  releaseTitle: { fr: 'Places où personne ne vient', en: 'Places where nobody comes' },
  releaseLead: {
    fr: 'La place est rendue à qui attend, son prix reste dû, et la personne est prévenue. Notée ensuite par un code ou par l’hôte, elle la retrouve si elle est libre.',
    en: 'The place goes to whoever waits, its price stays due, and the person is told. Noted afterwards by a code or the host, they have it again if it is free.',
  },
  minutes: { fr: 'Rendre une place après', en: 'Give a place back after' },
  minutesHint: {
    fr: 'De 15 à 240 minutes après son début. Vide : jamais. Tant qu’une borne est hors réseau, ou qu’une feuille du jour n’est pas saisie, rien n’est rendu.',
    en: 'Between 15 and 240 minutes after it begins. Empty: never. While a kiosk is offline, or a sheet of the day is not entered, nothing is given back.',
  },
  minutesUnit: { fr: 'minutes', en: 'minutes' },
  allowed: { fr: 'Absences admises', en: 'Absences allowed' },
  allowedHint: {
    fr: 'De 1 à 20. Au-delà, l’espace accepte chaque demande de la personne avant qu’elle soit réservée.',
    en: 'From 1 to 20. Beyond that, the space accepts each request of the person before it is booked.',
  },
  window: { fr: 'Une absence compte pendant', en: 'An absence counts for' },
  windowHint: { fr: 'De 7 à 365 jours.', en: 'From 7 to 365 days.' },
  windowUnit: { fr: 'jours', en: 'days' },
  from: { fr: 'À partir du', en: 'From' },
  save: { fr: 'Enregistrer', en: 'Save' },
  saved: { fr: 'C’est enregistré.', en: 'Saved.' },
  managersOnly: {
    fr: 'Ces règles se changent par la personne qui gère l’espace.',
    en: 'These rules are changed by who manages the space.',
  },
  never: { fr: 'jamais', en: 'never' },
  silentTitle: { fr: 'Rien n’est rendu en ce moment', en: 'Nothing is given back at the moment' },
  strikes: { fr: 'Absences', en: 'Absences' },
  strikesLead: {
    fr: 'Les places rendues parce que personne n’est venu. Une arrivée notée ensuite lève l’absence d’elle-même.',
    en: 'Places given back because nobody came. An arrival noted afterwards lifts the absence by itself.',
  },
  noStrikes: { fr: 'Aucune absence notée.', en: 'No absence noted.' },
  person: { fr: 'Personne', en: 'Person' },
  erased: { fr: 'compte fermé', en: 'account closed' },
  day: { fr: 'Jour', en: 'Day' },
  state: { fr: 'Où elle en est', en: 'Where it stands' },
  counts: { fr: 'compte', en: 'counts' },
  liftedByArrival: { fr: 'levée : la personne est venue', en: 'lifted: the person came' },
  reason: { fr: 'Pourquoi elle ne compte pas', en: 'Why it does not count' },
  lift: { fr: 'Lever', en: 'Lift' },
} as const satisfies Record<string, Bilingual>;
