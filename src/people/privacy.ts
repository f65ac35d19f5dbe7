import { type Bilingual, same } from '../kernel/bilingual.ts';
import { terms } from './sign-in.ts';

/** Who looks, from the closest to the farthest. */
export const lookers: readonly Bilingual[] = [
  { fr: 'Vous', en: 'You' },
  { fr: 'Espace', en: 'Space' },
  { fr: 'Employeur', en: 'Employer' },
  { fr: 'Réseau', en: 'Network' },
  { fr: 'Financeur', en: 'Funder' },
  { fr: 'Fournisseur d’énergie (CEE)', en: 'Energy supplier (CEE)' },
  { fr: 'Audit', en: 'Auditor' },
  { fr: 'Public', en: 'Public' },
];

export interface Sight {
  readonly data: Bilingual;
  /** What each looker sees, in the order of `lookers`. */
  readonly seen: readonly Bilingual[];
}

const never = same('–');
const own: Bilingual = { fr: 'oui', en: 'yes' };
const aggregate: Bilingual = { fr: 'totaux', en: 'totals' };
const pseudonym: Bilingual = { fr: 'sous pseudonyme', en: 'under a pseudonym' };
const pseudonymLines: Bilingual = { fr: 'lignes sous pseudonyme', en: 'lines under a pseudonym' };
const whenNeeded: Bilingual = { fr: 'si un dossier l’exige', en: 'when a case needs it' };

/** Who sees what: the design of this software. A room that shows more than its line says breaks it. */
export const sights: readonly Sight[] = [
  {
    data: { fr: 'Nom', en: 'Name' },
    seen: [
      own,
      { fr: 'le jour où vous venez', en: 'on the day you come' },
      { fr: 'de ses salariés', en: 'of its own staff' },
      whenNeeded,
      never,
      never,
      whenNeeded,
      never,
    ],
  },
  {
    data: { fr: 'Domicile', en: 'Home' },
    seen: [
      own,
      never,
      never,
      { fr: 'approché, le temps du calcul', en: 'roughly, while computing' },
      never,
      never,
      { fr: 'approché, sur échantillon', en: 'roughly, on a sample' },
      never,
    ],
  },
  {
    data: { fr: 'Heures d’arrivée et de départ', en: 'Hours of arrival and departure' },
    seen: [
      own,
      { fr: 'le jour même', en: 'on the day' },
      never,
      { fr: 'en cas de désaccord', en: 'in a dispute' },
      never,
      never,
      never,
      never,
    ],
  },
  {
    data: { fr: 'Jours', en: 'Days' },
    seen: [
      own,
      { fr: 'chez lui', en: 'in that space' },
      { fr: 'de ses salariés ; totaux si le groupe est petit', en: 'of its own staff; totals if the group is small' },
      pseudonym,
      aggregate,
      pseudonymLines,
      pseudonymLines,
      aggregate,
    ],
  },
  {
    data: { fr: 'Distances', en: 'Distances' },
    seen: [own, never, aggregate, pseudonym, aggregate, pseudonymLines, pseudonymLines, aggregate],
  },
  {
    data: { fr: 'Employeur', en: 'Employer' },
    seen: [own, own, { fr: 'lui-même', en: 'itself' }, own, aggregate, own, own, never],
  },
  {
    data: { fr: 'Argent', en: 'Money' },
    seen: [
      own,
      { fr: 'ce qui lui est dû', en: 'what it is owed' },
      { fr: 'ce qu’il doit', en: 'what it owes' },
      { fr: 'ses cotisations', en: 'its fees' },
      aggregate,
      { fr: 'ses offres', en: 'its offers' },
      whenNeeded,
      { fr: 'tarifs', en: 'tariffs' },
    ],
  },
];

export interface Kept {
  readonly data: Bilingual;
  readonly why: Bilingual;
  readonly how_long: Bilingual;
}

/** What is kept, why, for how long. */
export const keeping: readonly Kept[] = [
  {
    data: {
      fr: 'Demande de connexion : adresse électronique, adresse réseau',
      en: 'Sign-in request: e-mail, network address',
    },
    why: { fr: 'envoyer le lien, arrêter les abus', en: 'send the link, stop abuse' },
    how_long: { fr: `${terms.request_minutes} minutes`, en: `${terms.request_minutes} minutes` },
  },
  {
    data: { fr: 'Session : début et fin', en: 'Session: start and end' },
    why: { fr: 'vous reconnaître d’une page à l’autre', en: 'know you from one page to the next' },
    how_long: {
      fr: `${terms.session_days} jours au plus ; la trace est effacée ${terms.session_kept_days} jours après`,
      en: `${terms.session_days} days at most; its trace is erased ${terms.session_kept_days} days later`,
    },
  },
  {
    data: { fr: 'Compte : nom, adresse électronique, langue, rôles', en: 'Account: name, e-mail, language, roles' },
    why: { fr: 'savoir qui réserve et qui gère', en: 'know who books and who manages' },
    how_long: { fr: 'tant que le compte existe', en: 'as long as the account exists' },
  },
  {
    data: {
      fr: 'Accident ou incident que vous déclarez, et vos passages de ce jour',
      en: 'An accident or incident that you declare, and your visits of that day',
    },
    why: { fr: 'vous permettre de faire valoir vos droits', en: 'let you claim your rights' },
    how_long: { fr: 'deux ans, ou jusqu’à ce que vous le retiriez', en: 'two years, or until you withdraw it' },
  },
  {
    data: { fr: 'Droits d’accès, codes de porte et Wi-Fi', en: 'Access rights, door and Wi-Fi codes' },
    why: {
      fr: 'ouvrir la porte à qui a réservé ; aucun passage n’est enregistré, aucune navigation non plus',
      en: 'open the door to those who booked; no passage is recorded, and no browsing',
    },
    how_long: {
      fr: 'quelques jours après la réservation (sept, sauf choix du réseau, affiché aux paramètres)',
      en: 'a few days after the booking (seven, unless the network chose otherwise, shown under parameters)',
    },
  },
  {
    data: { fr: 'Vos habitudes et vos absences', en: 'Your usual days and your absences' },
    why: { fr: 'réserver pour vous les jours où vous venez', en: 'book for you the days on which you come' },
    how_long: {
      fr: 'une habitude, jusqu’à trois mois après sa fin ; une absence, jusqu’à ce qu’elle soit passée',
      en: 'a usual day, up to three months after its end; an absence, until it is over',
    },
  },
  {
    data: { fr: 'Nom et adresse électronique de vos invités', en: 'Names and e-mail addresses of your guests' },
    why: { fr: 'leur garder une place et les prévenir', en: 'keep a place for them and let them know' },
    how_long: { fr: '30 jours après leur venue', en: '30 days after they come' },
  },
  {
    data: { fr: 'Carnets, et les jours qu’ils ont payés', en: 'Passes, and the days that they paid' },
    why: { fr: 'dire ce qu’il en reste', en: 'say what is left of them' },
    how_long: {
      fr: 'tant que le compte existe ; ensuite, ce qui a été vendu et utilisé, sans vous',
      en: 'as long as the account exists; then what was sold and used, without you',
    },
  },
  {
    data: { fr: 'Lignes facturées', en: 'Lines charged' },
    why: { fr: 'dire qui doit quoi à qui', en: 'say who owes what to whom' },
    how_long: {
      fr: 'selon les règles comptables de l’espace',
      en: 'as the accounting rules of the space require',
    },
  },
];

/** What you may do, and where. */
export const rights: readonly { readonly right: Bilingual; readonly how: Bilingual }[] = [
  {
    right: { fr: 'Voir et emporter vos données', en: 'See your data and take it away' },
    how: { fr: 'Sur la page « Mes données », à tout moment.', en: 'On the page “My data”, at any time.' },
  },
  {
    right: { fr: 'Les corriger, les effacer, vous opposer', en: 'Correct it, erase it, object' },
    how: {
      fr: 'Effacez-les vous-même depuis « Mes données ». Pour le reste, écrivez au réseau : son adresse est dans les mentions légales.',
      en: 'Erase it yourself from “My data”. For the rest, write to the network: its address is in the legal notice.',
    },
  },
  {
    right: { fr: 'Vous plaindre', en: 'Complain' },
    how: {
      fr: 'Auprès de la CNIL, l’autorité française de protection des données : cnil.fr.',
      en: 'To the CNIL, the French data protection authority: cnil.fr.',
    },
  },
];

/** What this software does without. */
export const absences: readonly Bilingual[] = [
  {
    fr: 'Aucune position par satellite, aucune photo, aucune biométrie.',
    en: 'No satellite position, no photo, no biometrics.',
  },
  {
    fr: 'Trois cookies, sans consentement à demander : l’un vous garde connecté, l’un retient la langue, l’un distingue votre appareil des autres quand vous saisissez le code d’une borne (une empreinte, trois mois).',
    en: 'Three cookies, for which no consent is needed: one keeps you signed in, one remembers the language, one tells your device from others when you type a kiosk’s code (a hash, three months).',
  },
  {
    fr: 'Sur votre appareil : « Ma journée » y reste pour se lire sans réseau, avec vos arrivées à envoyer, sans votre nom. La page part à la déconnexion, ou dès que quelqu’un d’autre entre.',
    en: 'On your device: “My day” stays there to be read without a network, with your arrivals to send, without your name. The page goes when you sign out, or as soon as someone else enters.',
  },
  { fr: 'Aucune mesure d’audience, aucune publicité.', en: 'No audience measurement, no advertising.' },
];
