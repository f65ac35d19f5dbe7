import type { Bilingual } from '../kernel/bilingual.ts';

/** What the pages say of calendars kept elsewhere, and of programs that read ours. */
export const calendarLabels = {
  title: { fr: 'Mes agendas', en: 'My calendars' },
  lead: {
    fr: 'Vos réservations dans votre agenda, et votre agenda ici.',
    en: 'Your bookings in your calendar, and your calendar here.',
  },
  outer: { fr: 'Mon agenda d’ailleurs', en: 'My calendar elsewhere' },
  outerOfPlace: { fr: 'Une place réservée aussi ailleurs', en: 'A place booked elsewhere too' },
  outerLead: {
    fr: 'Donnez l’adresse iCal de votre agenda. Nous n’en gardons que les heures occupées : elles vous préviennent quand vous réservez, et une série saute ces jours-là. Personne d’autre ne les voit, pas même votre employeur.',
    en: 'Give the iCal address of your calendar. We keep its busy times alone: they warn you when you book, and a series skips those days. Nobody else sees them, not even your employer.',
  },
  places: { fr: 'Agendas des places', en: 'Calendars of places' },
  placesLead: {
    fr: 'Une salle qui se réserve aussi ailleurs : donnez l’adresse iCal de son agenda. Ce qui y est pris ne se réserve plus ici. Une réservation faite avant n’est jamais annulée : on vous prévient.',
    en: 'A room that is booked elsewhere too: give the iCal address of its calendar. What is taken there is no longer booked here. A booking made before is never cancelled: you are told.',
  },
  none: { fr: 'Aucun agenda n’est relié.', en: 'No calendar is connected.' },
  host: { fr: 'Agenda', en: 'Calendar' },
  place: { fr: 'Place', en: 'Place' },
  read: { fr: 'Dernière lecture', en: 'Last read' },
  state: { fr: 'État', en: 'State' },
  notYet: { fr: 'pas encore lu', en: 'not read yet' },
  fine: { fr: 'lu', en: 'read' },
  failing: { fr: 'illisible', en: 'not readable' },
  url: { fr: 'Adresse iCal', en: 'iCal address' },
  urlHint: {
    fr: 'Elle commence par https:// ou webcal://. Elle est relue tous les quarts d’heure, et n’est plus montrée ensuite.',
    en: 'It begins with https:// or webcal://. It is read every quarter of an hour, and not shown again.',
  },
  connect: { fr: 'Relier cet agenda', en: 'Connect this calendar' },
  disconnect: { fr: 'Retirer', en: 'Take away' },
  clashes: { fr: 'Pris deux fois', en: 'Taken twice' },
  clashesLead: {
    fr: 'Ces réservations tiennent, alors que l’agenda de la place la dit prise. Déplacez-les, ou libérez l’agenda.',
    en: 'These bookings stand, though the place’s calendar says it is taken. Move them, or free the calendar.',
  },
  readers: { fr: 'Le lire dans un agenda', en: 'Read it in a calendar' },
  feedLead: {
    fr: 'Une adresse que votre agenda relit chaque heure, sans nom de personne. Qui l’a lit cet agenda.',
    en: 'An address that your calendar reads every hour, with nobody’s name. Whoever has it reads the calendar.',
  },
  wholeSpace: { fr: 'Tout l’espace', en: 'The whole space' },
  dav: { fr: 'Par CalDAV', en: 'By CalDAV' },
  davLead: {
    fr: 'Thunderbird, DAVx⁵ ou Apple Calendrier trouvent vos réservations à cette adresse, en lecture seule. L’identifiant est votre adresse électronique ; le mot de passe, un jeton qui ouvre « booking:read », ou la partie secrète d’une adresse ci-dessus.',
    en: 'Thunderbird, DAVx⁵ or Apple Calendar find your bookings at this address, to be read only. The user name is your e-mail; the password, a token that opens “booking:read”, or the secret part of an address above.',
  },
  makeToken: { fr: 'Créer un jeton', en: 'Make a token' },
  more: { fr: 'Relier mon agenda, CalDAV', en: 'Connect my calendar, CalDAV' },
  busy: { fr: 'votre agenda vous dit occupé', en: 'your calendar says that you are busy' },
  blocked: { fr: 'agenda relié', en: 'connected calendar' },
  board: { fr: 'Planning', en: 'Planning' },
} as const;

/** `2 événements n’ont pas pu être lus` */
export const unreadText = (count: number): Bilingual => ({
  fr: count === 1 ? 'un événement n’a pas pu être lu' : `${count} événements n’ont pas pu être lus`,
  en: count === 1 ? 'one event could not be read' : `${count} events could not be read`,
});
