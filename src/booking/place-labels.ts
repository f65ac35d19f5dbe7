import type { Bilingual } from '../kernel/bilingual.ts';

/** What the pages of a place and of a space's clock say. */
export const placeLabels = {
  renameTitle: { fr: 'Autre nom', en: 'Another name' },
  renameLead: { fr: 'Les réservations gardent la place.', en: 'Bookings keep the place.' },
  name: { fr: 'Nom de la place', en: 'Name of the place' },
  rename: { fr: 'Renommer', en: 'Rename' },
  withdrawTitle: { fr: 'Retirer cette place', en: 'Withdraw this place' },
  withdrawLead: {
    fr: 'À partir de ce jour elle n’est plus proposée. Ce qui y est réservé passe à une autre place de la même sorte, à la même heure et au même prix ; chaque personne reçoit un message. L’histoire reste.',
    en: 'From that day on it is no longer offered. What is booked there goes to another place of the same kind, at the same time and price; each person gets a message. The history stays.',
  },
  from: { fr: 'À partir du', en: 'From' },
  displace: { fr: 'S’il n’y a pas d’autre place libre', en: 'If no other place is free' },
  refuse: { fr: 'ne rien changer, et dire lesquelles', en: 'change nothing, and say which' },
  cancel: { fr: 'rendre ces réservations sans frais', en: 'give those bookings back free of charge' },
  withdraw: { fr: 'Retirer la place', en: 'Withdraw the place' },
  withdrawnFrom: { fr: 'Cette place n’est plus proposée à partir du', en: 'This place is no longer offered from' },
  putBack: { fr: 'La proposer de nouveau', en: 'Offer it again' },
  renamed: { fr: 'C’est renommé.', en: 'It is renamed.' },
  back: { fr: 'Elle est de nouveau proposée.', en: 'It is offered again.' },
  manage: { fr: 'Gérer l’espace', en: 'Manage the space' },
  clockTitle: { fr: 'Fuseau horaire de l’espace', en: 'The space’s time zone' },
  clockLead: {
    fr: 'Les heures de l’espace sont celles de son horloge. À un nouveau fuseau, ce qui est réservé garde son jour et ses heures affichées ; ce qui est passé ne bouge pas.',
    en: 'The space’s hours are those of its own clock. In a new zone, what is booked keeps its day and the hours shown; the past does not move.',
  },
  zone: { fr: 'Fuseau', en: 'Zone' },
  zoneHint: { fr: 'Par exemple Europe/Paris ou Indian/Reunion.', en: 'For instance Europe/Paris or Indian/Reunion.' },
  setZone: { fr: 'Changer de fuseau', en: 'Change the zone' },
} as const satisfies Record<string, Bilingual>;

/** `Le fuseau est changé. 12 réservations gardent leurs heures.` */
export const retimedText = (count: number): Bilingual => ({
  fr: `Le fuseau est changé. Réservations à venir qui gardent leurs heures : ${count}.`,
  en: `The zone is changed. Bookings to come that keep their hours: ${count}.`,
});
