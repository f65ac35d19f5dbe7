import { type Bilingual, type Lang, show } from '../kernel/bilingual.ts';
import { type Instant, localDay } from '../kernel/time.ts';
import type { Adapter, GrantState } from './grant.ts';

/** What the pages of doors and Wi-Fi say. */
export const texts = {
  title: { fr: 'Portes et Wi-Fi', en: 'Doors and Wi-Fi' },
  lead: {
    fr: 'Les portes s’ouvrent pour qui a réservé, le temps de sa réservation. Ouvrir une porte ne prouve pas une présence : seule la borne le fait.',
    en: 'Doors open for those who booked, for the time of their booking. Opening a door proves no presence: only the kiosk does.',
  },
  manage: { fr: 'Gérer l’espace', en: 'Manage the space' },
  saved: { fr: 'C’est enregistré. La serrure est prévenue.', en: 'Saved. The lock is being told.' },
  lock: { fr: 'La serrure', en: 'The lock' },
  lockLead: {
    fr: 'Une serrure qui suit notre contrat en deux adresses (docs/reference/doors.md), ou la maison Home Assistant qui la commande.',
    en: 'A lock that follows our contract of two addresses (docs/reference/doors.md), or the Home Assistant house that commands it.',
  },
  adapter: { fr: 'Comment lui parler', en: 'How to speak to it' },
  address: { fr: 'Adresse', en: 'Address' },
  addressHint: {
    fr: 'Pour changer de serrure, coupez d’abord l’ancienne ci-dessous : elle garde sinon ce qu’elle sait jusqu’à la fin de chaque réservation.',
    en: 'To change locks, switch the old one off below first: otherwise it keeps what it knows until the end of each booking.',
  },
  token: { fr: 'Jeton', en: 'Token' },
  tokenKept: {
    fr: 'Un jeton est gardé, chiffré. Laissez vide pour le garder.',
    en: 'A token is kept, encrypted. Leave empty to keep it.',
  },
  tokenHint: {
    fr: 'Celui de la serrure, ou un jeton de longue durée de Home Assistant. Gardé chiffré, jamais montré.',
    en: 'The lock’s, or a long-lived token of Home Assistant. Kept encrypted, never shown.',
  },
  service: { fr: 'Script de Home Assistant', en: 'Home Assistant script' },
  serviceHint: {
    fr: 'Home Assistant seulement : le script qui reçoit chaque droit d’accès, script.parvis_access par exemple, en mode « queued ».',
    en: 'Home Assistant only: the script that receives each access right, script.parvis_access for example, in mode “queued”.',
  },
  before: { fr: 'Ouvre avant la réservation', en: 'Opens before the booking' },
  after: { fr: 'Ferme après la réservation', en: 'Closes after the booking' },
  minutes: { fr: 'min', en: 'min' },
  givesPin: { fr: 'Donner un code de porte par réservation', en: 'Give a door code for each booking' },
  givesPinHint: {
    fr: 'Six chiffres, que seules la personne et la porte peuvent lire.',
    en: 'Six digits, which only the person and the door can read.',
  },
  opens: { fr: 'Les réservations ouvrent les portes', en: 'Bookings open the doors' },
  opensHint: {
    fr: 'Décoché, tout ce qui était ouvert est retiré.',
    en: 'Unticked, all that was opened is withdrawn.',
  },
  save: { fr: 'Enregistrer la serrure', en: 'Save the lock' },
  check: { fr: 'Essayer la connexion', en: 'Try the connection' },
  notChecked: { fr: 'La connexion n’a pas encore été essayée.', en: 'The connection has not been tried yet.' },
  doors: { fr: 'Quelle réservation ouvre quelle porte', en: 'Which booking opens which door' },
  doorsLead: {
    fr: 'Les portes sont celles que la serrure a nommées.',
    en: 'The doors are those that the lock named.',
  },
  noDoors: {
    fr: 'Aucune porte n’est connue. Réglez la serrure, puis essayez la connexion.',
    en: 'No door is known. Set the lock, then try the connection.',
  },
  everyone: { fr: 'Toute réservation', en: 'Any booking' },
  ownDoors: { fr: 'Portes d’un bureau ou d’une salle', en: 'Doors of a desk or a room' },
  resource: { fr: 'Bureau ou salle', en: 'Desk or room' },
  saveDoors: { fr: 'Enregistrer les portes', en: 'Save the doors' },
  grants: { fr: 'Droits d’accès', en: 'Access rights' },
  noGrants: { fr: 'Aucune réservation n’ouvre de porte pour l’instant.', en: 'No booking opens a door for now.' },
  who: { fr: 'Pour', en: 'For' },
  gone: { fr: 'une personne effacée', en: 'an erased person' },
  when: { fr: 'Quand', en: 'When' },
  opening: { fr: 'Portes', en: 'Doors' },
  state: { fr: 'État', en: 'State' },
  retry: { fr: 'Recommencer ce qui a échoué', en: 'Retry what failed' },
  wifi: { fr: 'Codes Wi-Fi', en: 'Wi-Fi codes' },
  wifiLead: {
    fr: 'Les codes que votre borne Wi-Fi a fabriqués. Chacun est donné une seule fois, à qui le demande le jour de sa réservation. Parvis ne voit ni les connexions ni ce qui est consulté, et n’en garde rien.',
    en: 'The codes that your Wi-Fi box made. Each is given once only, to whoever asks on the day of their booking. Parvis sees neither connections nor what is browsed, and keeps nothing of it.',
  },
  pasted: { fr: 'Codes, un par ligne', en: 'Codes, one a line' },
  file: { fr: 'Ou un fichier CSV', en: 'Or a CSV file' },
  fileHint: { fr: 'La première colonne est lue.', en: 'The first column is read.' },
  addCodes: { fr: 'Ajouter ces codes', en: 'Add these codes' },
  yours: { fr: 'Entrer et se connecter', en: 'Coming in and going on line' },
  backToBooking: { fr: 'Ma réservation', en: 'My booking' },
  door: { fr: 'La porte', en: 'The door' },
  wifiPlace: { fr: 'Le Wi-Fi', en: 'Wi-Fi' },
  doorCode: { fr: 'Code de la porte', en: 'Door code' },
  noDoor: {
    fr: 'Cet espace n’ouvre pas ses portes par Parvis : l’hôte vous accueille, ou sa page dit comment entrer.',
    en: 'This space does not open its doors through Parvis: the host receives you, or its page says how to come in.',
  },
  noPin: {
    fr: 'La porte s’ouvre pour vous sans code.',
    en: 'The door opens for you without a code.',
  },
  wifiCode: { fr: 'Code Wi-Fi', en: 'Wi-Fi code' },
  takeWifi: { fr: 'Prendre mon code Wi-Fi', en: 'Take my Wi-Fi code' },
  wifiSoon: {
    fr: 'S’il y a des codes Wi-Fi ici, le vôtre se prend sur cette page, le jour de votre réservation.',
    en: 'If there are Wi-Fi codes here, yours is taken on this page, on the day of your booking.',
  },
} as const satisfies Record<string, Bilingual>;

export const adapters: Readonly<Record<Adapter, Bilingual>> = {
  webhook: { fr: 'Serrure connectée (contrat Parvis)', en: 'Connected lock (Parvis contract)' },
  home_assistant: { fr: 'Home Assistant', en: 'Home Assistant' },
};

export const states: Readonly<Record<GrantState, Bilingual>> = {
  waiting: { fr: 'en attente', en: 'waiting' },
  granted: { fr: 'ouvert', en: 'granted' },
  withdrawn: { fr: 'retiré', en: 'withdrawn' },
  failed: { fr: 'échec', en: 'failed' },
};

/** What someone who booked is told of their door. */
export const doorStates: Readonly<Record<GrantState, Bilingual>> = {
  waiting: {
    fr: 'La porte n’a pas encore été prévenue : revenez dans une minute.',
    en: 'The door has not been told yet: come back in a minute.',
  },
  granted: { fr: 'La porte vous attend.', en: 'The door expects you.' },
  withdrawn: { fr: 'La porte ne s’ouvre plus.', en: 'The door no longer opens.' },
  failed: {
    fr: 'La porte n’a pas pu être prévenue. Nous continuons d’essayer ; prévenez l’hôte si votre réservation approche.',
    en: 'The door could not be told. We keep trying; tell the host if your booking is near.',
  },
};

const clockText = (at: Instant, zone: string, lang: Lang): string =>
  `${show.day(localDay(at, zone), lang)}, ${show.clock(at, zone)}`;

/** `mardi 16 juin, 8:15 – 13:00` */
export const spanText = (
  { from, until }: { readonly from: Instant; readonly until: Instant },
  zone: string,
  lang: Lang,
) =>
  localDay(from, zone) === localDay(until, zone)
    ? `${clockText(from, zone, lang)} – ${show.clock(until, zone)}`
    : `${clockText(from, zone, lang)} – ${clockText(until, zone, lang)}`;

export const checkedText = (doors: number, at: string, lang: Lang): string =>
  lang === 'fr'
    ? `La serrure a répondu le ${at} : ${doors === 1 ? 'une porte' : `${doors} portes`}.`
    : `The lock answered on ${at}: ${doors === 1 ? 'one door' : `${doors} doors`}.`;

export const failedText = (why: string, status: number | null, at: string, lang: Lang): string =>
  lang === 'fr'
    ? `Le ${at} : ${why}${status === null ? '' : ` (réponse ${status})`}`
    : `On ${at}: ${why}${status === null ? '' : ` (answer ${status})`}`;

export const againText = (at: string, lang: Lang): string =>
  lang === 'fr' ? `Prochain essai à ${at}.` : `Next try at ${at}.`;

/** `2 codes restent à donner, aucun n’a été donné.` */
export function countsText(left: number, given: number, lang: Lang): string {
  if (lang === 'fr') {
    const stay =
      left === 0 ? 'Aucun code ne reste' : left === 1 ? 'Un code reste' : `${show.count(left, lang)} codes restent`;
    const gone =
      given === 0
        ? 'aucun n’a été donné'
        : given === 1
          ? 'un a été donné'
          : `${show.count(given, lang)} ont été donnés`;
    return `${stay} à donner, ${gone}.`;
  }
  const stay = left === 0 ? 'No code is' : left === 1 ? 'One code is' : `${show.count(left, lang)} codes are`;
  const gone = given === 0 ? 'none was' : given === 1 ? 'one was' : `${show.count(given, lang)} were`;
  return `${stay} left to give, ${gone} given.`;
}

export const addedText = (added: number, known: number, lang: Lang): string =>
  lang === 'fr'
    ? `${added} ${added > 1 ? 'codes ajoutés' : 'code ajouté'}${known > 0 ? `, ${known} déjà ${known > 1 ? 'connus' : 'connu'}` : ''}.`
    : `${added} ${added === 1 ? 'code' : 'codes'} added${known > 0 ? `, ${known} already known` : ''}.`;

/** How long rights and codes are kept, for who sets them and for whom they serve. */
export const keptText = (days: number, lang: Lang): string =>
  lang === 'fr'
    ? `Un droit d’accès et ses codes sont effacés ${days} jour${days > 1 ? 's' : ''} après la réservation. Aucun passage n’est enregistré ici, et l’employeur ne voit rien de tout cela.`
    : `An access right and its codes are erased ${days} day${days > 1 ? 's' : ''} after the booking. No passage is recorded here, and the employer sees nothing of all this.`;
