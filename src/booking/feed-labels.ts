/** What the pages say of calendar addresses. */
export const feedLabels = {
  title: { fr: 'Dans mon agenda', en: 'In my calendar' },
  lead: {
    fr: 'Une adresse que votre agenda relit chaque heure : vos réservations y suivent, annulations comprises. Qui a l’adresse lit ces réservations : ne la donnez à personne.',
    en: 'An address that your calendar reads every hour: your bookings follow, cancellations included. Whoever has the address reads them: give it to nobody.',
  },
  calendar: { fr: 'Mes bureaux', en: 'My desks' },
  detail: { fr: 'Ce que l’agenda dit', en: 'What the calendar says' },
  full: { fr: 'Le lieu et le bureau', en: 'The place and the desk' },
  busy: { fr: 'Occupé, sans rien d’autre', en: 'Busy, and nothing else' },
  open: { fr: 'Créer une adresse', en: 'Make an address' },
  opened: {
    fr: 'Voici l’adresse. Elle n’est dite qu’une fois : collez-la maintenant dans votre agenda (« s’abonner à un agenda »).',
    en: 'Here is the address. It is told once only: paste it into your calendar now (“subscribe to a calendar”).',
  },
  openedOn: { fr: 'Créée le', en: 'Made on' },
  revoke: { fr: 'Retirer', en: 'Take back' },
  addresses: { fr: 'Adresses en service', en: 'Addresses in use' },
  ofSpace: { fr: 'Agenda d’un espace', en: 'A space’s calendar' },
} as const;
