import type { Bilingual } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';

export const tagWords = {
  badUid: refusal(
    'presence.tag_number_unreadable',
    422,
    {
      fr: 'Le numéro d’une étiquette a 14 chiffres hexadécimaux : 04DE5F1EACC040.',
      en: 'A tag’s number has 14 hexadecimal digits: 04DE5F1EACC040.',
    },
    'uid',
  ),
  badKey: refusal(
    'presence.tag_key_unreadable',
    422,
    {
      fr: 'Une clé a 32 chiffres hexadécimaux, et n’est pas celle de l’usine (des zéros), que tout le monde connaît.',
      en: 'A key has 32 hexadecimal digits, and is not the factory’s (zeros), which everyone knows.',
    },
    'meta_key',
  ),
  nameless: refusal(
    'presence.tag_without_name',
    422,
    {
      fr: 'Donnez un nom à l’étiquette, en 80 caractères au plus : l’endroit où elle est collée.',
      en: 'Name the tag, in 80 characters at most: where it is stuck.',
    },
    'name',
  ),
  unknownDesk: refusal(
    'presence.tag_of_unknown_desk',
    422,
    { fr: 'Ce poste n’est pas de cet espace.', en: 'This desk is not of this space.' },
    'resource_id',
  ),
  registered: refusal(
    'presence.tag_registered',
    409,
    {
      fr: 'Cette étiquette est déjà en service. Retirez-la d’abord de l’endroit où elle est notée.',
      en: 'This tag is in service already. First withdraw it from where it is listed.',
    },
    'uid',
  ),
  unknown: refusal('presence.unknown_tag', 404, {
    fr: 'Cette étiquette n’est pas en service. Saisissez le code de la borne, ou demandez à l’hôte.',
    en: 'This tag is not in service. Type the kiosk’s code, or ask the host.',
  }),
  forged: refusal('presence.tag_not_read', 422, {
    fr: 'Cette adresse n’est pas celle que l’étiquette écrit. Approchez de nouveau le téléphone de l’étiquette.',
    en: 'This address is not what the tag writes. Hold the phone to the tag again.',
  }),
  used: refusal('presence.tag_reading_used', 409, {
    fr: 'Cette lecture a déjà servi, ou l’étiquette a été lue depuis. Approchez de nouveau le téléphone de l’étiquette.',
    en: 'This reading has served already, or the tag was read since. Hold the phone to the tag again.',
  }),
  unknownPlace: refusal('presence.unknown_desk', 404, {
    fr: 'Ce poste n’existe plus. Choisissez-en un autre sur la page de réservation.',
    en: 'This desk no longer exists. Choose another on the booking page.',
  }),
  closedNow: refusal('presence.desk_closed_now', 409, {
    fr: 'L’espace n’est pas ouvert en ce moment : ce poste ne se prend pas.',
    en: 'The space is not open now: this desk cannot be taken.',
  }),
} as const;

export const tagLabels = {
  title: { fr: 'Étiquettes et carrés', en: 'Tags and squares' },
  lead: {
    fr: 'Une étiquette NFC note l’arrivée de qui l’approche d’un téléphone ; un carré imprimé réserve le poste et vaut déclaration.',
    en: 'An NFC tag notes the arrival of whoever holds a phone to it; a printed square books the desk and counts as a declaration.',
  },
  tags: { fr: 'Étiquettes en service', en: 'Tags in service' },
  none: { fr: 'Aucune étiquette pour l’instant.', en: 'No tag yet.' },
  noneYours: {
    fr: 'Aucune étiquette pour l’instant. Qui gère l’espace en met une en service depuis cette page.',
    en: 'No tag yet. Whoever manages the space puts one in service from this page.',
  },
  name: { fr: 'Où est-elle collée ?', en: 'Where is it stuck?' },
  nameHint: { fr: 'Par exemple « Entrée » ou « Bureau 3 »', en: 'For instance “Entrance” or “Desk 3”' },
  place: { fr: 'Poste', en: 'Desk' },
  noPlace: { fr: 'aucun : elle note l’arrivée seule', en: 'none: it only notes the arrival' },
  address: { fr: 'Adresse à écrire dans l’étiquette', en: 'Address to write into the tag' },
  addressHint: {
    fr: 'Programmez l’étiquette avec son adresse. À chaque lecture elle y remplace les zéros de « e » (PICCData chiffré) et de « c » (SDMMAC).',
    en: 'Program the tag with its address. At each reading it replaces the zeros of “e” (encrypted PICCData) and “c” (SDMMAC).',
  },
  add: { fr: 'Mettre une étiquette en service', en: 'Put a tag in service' },
  addLead: {
    fr: 'Étiquette NTAG 424 DNA, dont vous avez changé les clés. Elles sont gardées scellées, et ne sont plus affichées.',
    en: 'An NTAG 424 DNA tag whose keys you have changed. They are kept sealed, and not shown again.',
  },
  uid: { fr: 'Numéro de l’étiquette (UID)', en: 'Tag’s number (UID)' },
  metaKey: { fr: 'Clé de lecture (SDMMetaRead)', en: 'Reading key (SDMMetaRead)' },
  fileKey: { fr: 'Clé de signature (SDMFileRead)', en: 'Signing key (SDMFileRead)' },
  keyHint: { fr: '32 chiffres hexadécimaux', en: '32 hexadecimal digits' },
  revoke: { fr: 'Retirer', en: 'Withdraw' },
  action: { fr: 'Action', en: 'Action' },
  squares: { fr: 'Carrés à imprimer', en: 'Squares to print' },
  squaresLead: {
    fr: 'Un carré par poste : qui le vise réserve le poste s’il est libre, et déclare sa présence.',
    en: 'A square a desk: whoever scans it books the desk if it is free, and declares their presence.',
  },
  printSquares: { fr: 'Ouvrir et imprimer les carrés', en: 'Open and print the squares' },
  squareHow: {
    fr: 'Visez pour travailler ici : la place est à vous si elle est libre.',
    en: 'Scan to work here: the place is yours if it is free.',
  },
  // On the phone
  here: { fr: 'Vous y êtes ?', en: 'Are you here?' },
  noteMe: { fr: 'Noter mon arrivée', en: 'Note my arrival' },
  desk: { fr: 'Travailler à ce poste', en: 'Work at this desk' },
  booked: { fr: 'Vous avez réservé ici aujourd’hui.', en: 'You have booked here today.' },
  free: { fr: 'Ce poste est libre.', en: 'This desk is free.' },
  whole: { fr: 'Réserver la journée et noter mon arrivée', en: 'Book the day and note my arrival' },
  morning: { fr: 'Réserver la matinée et noter mon arrivée', en: 'Book the morning and note my arrival' },
  afternoon: { fr: 'Réserver l’après-midi et noter mon arrivée', en: 'Book the afternoon and note my arrival' },
  taken: { fr: 'Ce poste ne peut pas être pris', en: 'This desk cannot be taken' },
  others: { fr: 'Libres maintenant', en: 'Free now' },
  noOther: { fr: 'Aucun autre poste n’est libre maintenant.', en: 'No other desk is free now.' },
  elsewhere: { fr: 'Réserver un autre moment', en: 'Book another time' },
} as const satisfies Record<string, Bilingual>;
