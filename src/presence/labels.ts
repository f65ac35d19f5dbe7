import { type Bilingual, type Lang, show } from '../kernel/bilingual.ts';
import type { Instant } from '../kernel/time.ts';
import type { Clock } from './finality.ts';

/** What the pages say. */
export const labels = {
  // Worker
  todayTitle: { fr: 'Aujourd’hui', en: 'Today' },
  nothingToday: { fr: 'Rien de réservé aujourd’hui', en: 'Nothing booked today' },
  nothingTodayText: {
    fr: 'Envie de travailler près de chez vous ? Une demi-journée se réserve en deux gestes.',
    en: 'Feel like working near home? Half a day is booked in two taps.',
  },
  book: { fr: 'Réserver', en: 'Book' },
  arrive: { fr: 'J’arrive', en: 'I am here' },
  arriveLead: {
    fr: 'Saisissez le code affiché par la borne de l’espace : il change toutes les 15 secondes.',
    en: 'Type the code shown by the space’s kiosk: it changes every 15 seconds.',
  },
  code: { fr: 'Code de la borne', en: 'Kiosk’s code' },
  codeHint: { fr: 'Six lettres ou chiffres, par exemple K7M 204', en: 'Six letters or digits, for instance K7M 204' },
  noteMe: { fr: 'Noter mon arrivée', en: 'Note my arrival' },
  notedText: { fr: 'Bonne journée de travail.', en: 'Have a good day’s work.' },
  noKiosk: { fr: 'La borne ne marche pas ?', en: 'Is the kiosk out of order?' },
  noKioskText: {
    fr: 'Déclarez votre présence : l’hôte la confirmera sur sa liste. Sans sa confirmation, c’est une simple déclaration.',
    en: 'Declare that you are here: the host will confirm it on their list. Without that, it is only a declaration.',
  },
  declare: { fr: 'Déclarer ma présence', en: 'Declare my presence' },
  whoIsHere: { fr: 'Qui est là aujourd’hui', en: 'Who is here today' },
  nextDays: { fr: 'Vos prochains jours', en: 'Your next days' },
  noNextDays: { fr: 'Rien de réservé pour les jours qui viennent.', en: 'Nothing booked for the coming days.' },
  myPresences: { fr: 'Mes présences', en: 'My presences' },
  myBookings: { fr: 'Mes réservations', en: 'My bookings' },
  myKilometres: { fr: 'Mes kilomètres', en: 'My kilometres' },
  scanTitle: { fr: 'Vous y êtes ?', en: 'Are you here?' },
  presencesLead: {
    fr: 'Chaque journée attestée, sur quelle preuve, et où elle en est. L’heure n’y figure pas : les passages datés à la seconde sont détruits au bout de trois mois.',
    en: 'Each day attested, on what proof, and where it stands. No hour is kept: check-ins timed to the second are destroyed after three months.',
  },
  noPresence: { fr: 'Aucune journée attestée', en: 'No day attested' },
  noPresenceText: {
    fr: 'Une journée est attestée la nuit qui suit votre passage.',
    en: 'A day is attested in the night that follows your visit.',
  },
  day: { fr: 'Jour', en: 'Day' },
  space: { fr: 'Espace', en: 'Space' },
  length: { fr: 'Durée', en: 'Length' },
  half: { fr: 'demi-journée', en: 'half-day' },
  whole: { fr: 'journée', en: 'day' },
  proof: { fr: 'Preuve', en: 'Proof' },
  state: { fr: 'Où elle en est', en: 'Where it stands' },
  contested: { fr: 'contestée', en: 'contested' },
  contest: { fr: 'Contester', en: 'Contest' },
  contestWhy: { fr: 'Ce qui ne va pas', en: 'What is wrong' },
  withdraw: { fr: 'Retirer ma contestation', en: 'Withdraw my contest' },
  action: { fr: 'Action', en: 'Action' },
  howTitle: { fr: 'Comment une journée devient comptable', en: 'How a day becomes creditable' },
  // Operator
  contestsTitle: { fr: 'Journées contestées', en: 'Contested days' },
  contestsLead: {
    fr: 'Une journée contestée ne compte pas tant que vous n’avez pas répondu. Donner raison l’annule par une écriture inverse ; la maintenir la laisse telle quelle.',
    en: 'A contested day does not count until you have answered. Upholding the contest reverses the day; dismissing it leaves the day as it is.',
  },
  noContest: { fr: 'Aucune contestation en attente', en: 'No contest is waiting' },
  noContestText: {
    fr: 'Chaque personne peut contester ses journées depuis « Mes présences ».',
    en: 'Everyone can contest their own days from “My presences”.',
  },
  uphold: { fr: 'Donner raison', en: 'Uphold' },
  dismiss: { fr: 'Maintenir la journée', en: 'Keep the day' },
  pseudonym: { fr: 'Pseudonyme', en: 'Pseudonym' },
  // Host
  hostTitle: { fr: 'Accueil du jour', en: 'Today’s desk' },
  chooseSpace: { fr: 'Choisissez un espace', en: 'Choose a space' },
  noHostedSpace: { fr: 'Aucun espace à accueillir', en: 'No space to host' },
  noHostedSpaceText: {
    fr: 'Votre compte ne tient l’accueil d’aucun espace. La personne qui gère l’espace peut vous en donner le rôle.',
    en: 'Your account hosts no space. The space’s manager can give you that role.',
  },
  expected: { fr: 'attendu', en: 'expected' },
  here: { fr: 'arrivé', en: 'arrived' },
  missing: { fr: 'pas encore là', en: 'not here yet' },
  people: { fr: 'Qui vient', en: 'Who is coming' },
  peopleLead: {
    fr: 'Un passage par le code de la borne ne se retire pas ; une ligne notée à la main, si.',
    en: 'A check-in with the kiosk’s code cannot be taken back; a line noted by hand can.',
  },
  nobody: { fr: 'Personne n’est attendu ce jour-là.', en: 'Nobody is expected on that day.' },
  person: { fr: 'Personne', en: 'Person' },
  noBooking: { fr: 'sans réservation', en: 'without booking' },
  note: { fr: 'Noter', en: 'Note' },
  takeBack: { fr: 'Retirer', en: 'Take back' },
  notExpected: { fr: '–', en: '–' },
  desks: { fr: 'Les bureaux', en: 'The desks' },
  desk: { fr: 'Bureau', en: 'Desk' },
  freeDesk: { fr: 'libre', en: 'free' },
  walkIn: { fr: 'Quelqu’un arrive sans réservation', en: 'Someone comes without a booking' },
  walkInLead: {
    fr: 'Un bureau libre est réservé pour aujourd’hui, et la personne est notée présente.',
    en: 'A free desk is booked for today, and the person is noted as present.',
  },
  email: { fr: 'Adresse électronique de la personne', en: 'The person’s e-mail address' },
  part: { fr: 'Moment', en: 'Part of the day' },
  receive: { fr: 'Accueillir', en: 'Receive' },
  planning: { fr: 'Planning', en: 'Planning' },
  kiosks: { fr: 'Les bornes', en: 'Kiosks' },
  print: {
    fr: 'Imprimer cette page donne la feuille de présence du jour.',
    en: 'Printing this page gives the day’s attendance sheet.',
  },
  // Kiosks
  kiosksLead: {
    fr: 'Une borne est une tablette, un vieux téléphone ou un ordinateur posé à l’entrée : ouvrez-y l’adresse ci-dessous.',
    en: 'A kiosk is a tablet, an old phone or a computer at the entrance: open the address below on it.',
  },
  kioskName: { fr: 'Où est-elle posée ?', en: 'Where does it stand?' },
  kioskNameHint: { fr: 'Par exemple « Entrée »', en: 'For instance “Entrance”' },
  addKiosk: { fr: 'Mettre une borne en service', en: 'Put a kiosk in service' },
  noKiosks: { fr: 'Aucune borne pour l’instant.', en: 'No kiosk yet.' },
  openHere: { fr: 'Ouvrir sur cet appareil', en: 'Open on this device' },
  kioskAddress: { fr: 'Adresse à ouvrir sur la borne', en: 'Address to open on the kiosk' },
  renew: { fr: 'Changer la clé', en: 'Change the key' },
  renewWhy: {
    fr: 'Tablette volée, adresse connue d’autres : changez la clé. L’ancienne n’ouvre plus rien.',
    en: 'Tablet stolen, address known to others: change the key. The old one opens nothing any more.',
  },
  kioskLabel: {
    fr: 'Saisissez ce code dans « Ma journée », ou visez le carré avec votre téléphone.',
    en: 'Type this code in “My day”, or point your phone at the square.',
  },
  kioskQr: { fr: 'Carré à viser avec un téléphone', en: 'Square to scan with a phone' },
  today: { fr: 'Aujourd’hui ici', en: 'Here today' },
  noOneToday: {
    fr: 'Personne n’a réservé pour aujourd’hui : entrez, il y a de la place.',
    en: 'Nobody booked for today: come in, there is room.',
  },
  noPhone: { fr: 'Je n’ai pas de téléphone', en: 'I have no phone' },
  noPhoneText: {
    fr: 'Touchez votre nom, puis dites bonjour à l’hôte : il confirmera.',
    en: 'Touch your name, then say hello to the host, who will confirm.',
  },
  offline: {
    fr: 'Pas de réseau : la borne continue, et enverra ce qu’elle a noté dès son retour.',
    en: 'No network: the kiosk goes on, and will send what it noted when it is back.',
  },
  offlineTooLong: {
    fr: 'Pas de réseau depuis plus d’une heure : la borne ne peut plus afficher de code. Demandez à l’hôte de vous noter.',
    en: 'No network for more than an hour: the kiosk can no longer show a code. Ask the host to note you.',
  },
  clockOff: {
    fr: 'L’horloge de cet appareil n’est pas à l’heure : réglez-la. En attendant, la borne suit l’heure du serveur.',
    en: 'This device’s clock is wrong: set it right. Meanwhile the kiosk follows the server’s time.',
  },
  clockLost: {
    fr: 'Cette tablette a perdu l’heure : elle n’affiche plus de code et ne note plus personne. Réglez son heure ; en attendant, l’hôte note les arrivées.',
    en: 'This tablet has lost the time: it shows no code and notes no one. Set its clock; meanwhile the host notes arrivals.',
  },
  waiting: { fr: 'en attente d’envoi', en: 'waiting to be sent' },
  since: { fr: 'depuis', en: 'since' },
  refusedTouches: { fr: 'Arrivées refusées, à dire à l’hôte', en: 'Arrivals refused, to tell the host' },
  read: { fr: 'C’est lu', en: 'Read' },
} as const satisfies Record<string, Bilingual>;

/** A French participle after a number of people: nought and one are singular; English has one form. */
export const agreed = (count: number, { fr, en }: Bilingual): Bilingual => ({ fr: count < 2 ? fr : `${fr}s`, en });

/** The published clock, as a person reads it. */
export const finalitySteps = ({
  checking_s,
  provisional_s,
  creditable_s,
}: Clock): readonly { readonly when: Bilingual; readonly what: Bilingual }[] => {
  const [checking, provisional, days] = [checking_s / 3_600, provisional_s / 3_600, creditable_s / 86_400];
  return [
    {
      when: { fr: `Les premières ${checking} h :`, en: `The first ${checking} h:` },
      what: { fr: 'vous et l’hôte corrigez librement.', en: 'you and the host correct freely.' },
    },
    {
      when: { fr: `Jusqu’à ${provisional} h :`, en: `Up to ${provisional} h:` },
      what: {
        fr: 'toutes les règles sont vérifiées. Tant que l’une n’a pas répondu, la journée attend.',
        en: 'every rule is checked. As long as one has not answered, the day waits.',
      },
    },
    {
      when: { fr: `Jusqu’à ${days} jours :`, en: `Up to ${days} days:` },
      what: {
        fr: 'vous pouvez contester ; une contestation gèle la journée.',
        en: 'you can contest; a contest freezes the day.',
      },
    },
    {
      when: { fr: 'Ensuite :', en: 'Then:' },
      what: {
        fr: 'la journée compte si elle repose sur un code de la borne et une réservation facturée (preuve C). Une erreur se corrige à tout moment.',
        en: 'the day counts if it rests on a kiosk’s code and a charged booking (proof C). A mistake is corrected at any time.',
      },
    },
  ];
};

/** A title's first letter. */
export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** `Claire D. : présence notée` */
export const personText = (name: string, here: boolean, lang: Lang): string => {
  if (lang === 'fr') return here ? `${name} : présence notée` : `${name} : a réservé aujourd’hui`;
  return here ? `${name}: noted as here` : `${name}: booked for today`;
};

/** `Noté à 9:02, L’Atelier` */
export const notedAt = (at: Instant, space: { readonly name: string; readonly zone: string }, lang: Lang): string =>
  lang === 'fr'
    ? `Arrivée notée à ${show.clock(at, space.zone)}, ${space.name}`
    : `Arrival noted at ${show.clock(at, space.zone)}, ${space.name}`;
