import type { Bilingual } from '../kernel/bilingual.ts';

/** What the manager's pages say. */
export const texts = {
  mySpaces: { fr: 'Mes espaces', en: 'My spaces' },
  mySpacesLead: {
    fr: 'Horaires, fermetures et tarifs : ce que le public voit et ce que l’on peut réserver.',
    en: 'Hours, closures and tariffs: what the public sees and what can be booked.',
  },
  noSpace: { fr: 'Aucun espace à gérer', en: 'No space to manage' },
  noSpaceHelp: {
    fr: 'Votre compte ne gère aucun espace de ce réseau. La personne qui anime le réseau peut vous en confier un.',
    en: 'Your account manages no space of this network. A network operator can entrust you with one.',
  },
  seePublic: { fr: 'Voir la page publique', en: 'See the public page' },
  planning: { fr: 'Planning', en: 'Planning' },
  moveIn: { fr: 'Reprendre les réservations d’un autre système', en: 'Take over the bookings of another system' },
  bookingRules: { fr: 'Règles de réservation', en: 'Booking rules' },
  passes: { fr: 'Carnets', en: 'Passes' },
  doors: { fr: 'Portes et Wi-Fi', en: 'Doors and Wi-Fi' },
  label: { fr: 'Label', en: 'Label' },
  lead: {
    fr: 'Ce que vous changez ici vaut pour les réservations à venir ; ce qui est passé ne bouge pas.',
    en: 'What you change here holds for bookings to come; the past does not move.',
  },
  saved: { fr: 'C’est enregistré.', en: 'Saved.' },
  savedHelp: {
    fr: 'La page publique de l’espace est à jour.',
    en: 'The public page of the space is up to date.',
  },
  hours: { fr: 'Horaires de la semaine', en: 'Weekly hours' },
  hoursLead: {
    fr: 'Une ou plusieurs plages par jour, par exemple « 8:30-12:30, 13:30-18:00 ». Un jour vide est fermé.',
    en: 'One or more periods a day, for instance “8:30-12:30, 13:30-18:00”. An empty day is closed.',
  },
  from: { fr: 'À partir du', en: 'From' },
  saveHours: { fr: 'Enregistrer les horaires', en: 'Save the hours' },
  plannedHours: { fr: 'De nouveaux horaires sont prévus à partir du', en: 'New hours are planned from' },
  closures: { fr: 'Fermetures', en: 'Closures' },
  closuresLead: {
    fr: 'Les jours fériés sont déjà fermés. Une réservation faite avant la fermeture n’est pas annulée : prévenez la personne.',
    en: 'Public holidays are already closed. A booking made before the closure is not cancelled: tell the person.',
  },
  firstDay: { fr: 'Premier jour fermé', en: 'First closed day' },
  lastDay: { fr: 'Dernier jour fermé', en: 'Last closed day' },
  reason: { fr: 'Raison', en: 'Reason' },
  note: { fr: 'En vos mots', en: 'In your words' },
  noteHint: {
    fr: 'Ce texte remplace la raison sur la page publique.',
    en: 'This text replaces the reason on the public page.',
  },
  closeDays: { fr: 'Fermer ces jours', en: 'Close these days' },
  days: { fr: 'Jours', en: 'Days' },
  reopen: { fr: 'Annuler cette fermeture', en: 'Cancel this closure' },
  noClosure: { fr: 'Aucune fermeture prévue.', en: 'No closure planned.' },
  tariffs: { fr: 'Tarifs', en: 'Tariffs' },
  tariffsLead: {
    fr: 'Un tarif tient à une délibération : elle est affichée à côté du prix.',
    en: 'A tariff stands on a council decision: it is shown beside the price.',
  },
  what: { fr: 'Ce qui est loué', en: 'What is let' },
  part: { fr: 'Durée', en: 'Length' },
  amount: { fr: 'Prix', en: 'Price' },
  deliberation: { fr: 'Délibération', en: 'Council decision' },
  deliberationHint: {
    fr: 'Numéro et date, par exemple « 2026-014 du 12 mars 2026 ».',
    en: 'Number and date, for instance “2026-014 of 12 March 2026”.',
  },
  setTariff: { fr: 'Fixer ce tarif', en: 'Set this tariff' },
  until: { fr: 'jusqu’au', en: 'until' },
} as const satisfies Record<string, Bilingual>;
