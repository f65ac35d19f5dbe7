import { type Bilingual, both, show } from '../kernel/bilingual.ts';
import { type Refusal, refusal } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import type { Failure } from './grant.ts';
import { mostVouchers } from './vouchers.ts';

/** Refusals of this room, settings first, then codes. */
export const words = {
  notManager: refusal('access.not_manager', 403, {
    fr: 'Seule une personne qui gère cet espace peut régler ses portes et son Wi-Fi.',
    en: 'Only a manager of this space may set its doors and its Wi-Fi.',
  }),
  badAddress: refusal(
    'access.bad_address',
    422,
    {
      fr: 'Écrivez l’adresse de la serrure, sans identifiant : https://serrure.exemple.fr/parvis, par exemple.',
      en: 'Write the address of the lock, without a user name: https://lock.example.org/parvis, for example.',
    },
    'address',
  ),
  tokenMissing: refusal(
    'access.token_missing',
    422,
    {
      fr: 'Écrivez le jeton que la serrure attend : il se saisit à chaque fois que son adresse change, et n’est plus jamais montré.',
      en: 'Write the token that the lock expects: it is typed each time that its address changes, and is never shown again.',
    },
    'token',
  ),
  badToken: refusal(
    'access.bad_token',
    422,
    {
      fr: 'Ce jeton contient un espace, un accent ou un signe qui ne peut pas être envoyé. Copiez-le à nouveau.',
      en: 'This token holds a space, an accent or a sign that cannot be sent. Copy it again.',
    },
    'token',
  ),
  badService: refusal(
    'access.bad_service',
    422,
    {
      fr: 'Nommez le script de Home Assistant comme il s’appelle : script.parvis_access, par exemple.',
      en: 'Name the Home Assistant script as it is called: script.parvis_access, for example.',
    },
    'service',
  ),
  badMargin: (field: 'before_min' | 'after_min'): Refusal =>
    refusal(
      'access.bad_margin',
      422,
      {
        fr: 'Une porte s’ouvre de 0 à 240 minutes avant la réservation, et se ferme de 0 à 240 minutes après.',
        en: 'A door opens from 0 to 240 minutes before the booking, and closes from 0 to 240 minutes after.',
      },
      field,
    ),
  noLock: refusal('access.no_lock', 404, {
    fr: 'Aucune serrure n’est réglée dans cet espace. Réglez-la d’abord.',
    en: 'No lock is set in this space. Set it first.',
  }),
  unknownGroup: (group: string): Refusal =>
    refusal(
      'access.unknown_group',
      422,
      {
        fr: `La serrure n’a pas de porte « ${group} ». Essayez la connexion : la liste des portes sera relue.`,
        en: `The lock has no door “${group}”. Try the connection: the list of doors will be read again.`,
      },
      'everyone',
    ),
  unknownResource: refusal('access.unknown_resource', 422, {
    fr: 'Cet espace n’a pas ce bureau ni cette salle.',
    en: 'This space has no such desk or room.',
  }),
  nothingToImport: refusal(
    'access.nothing_to_import',
    422,
    {
      fr: 'Cette liste ne contient aucun code. Collez-en un par ligne, ou choisissez un fichier CSV.',
      en: 'This list holds no code. Paste one a line, or choose a CSV file.',
    },
    'codes',
  ),
  unreadableVoucher: (line: number): Refusal =>
    refusal(
      'access.unreadable_voucher',
      422,
      {
        fr: `La ligne ${line} n’est pas un code Wi-Fi : de 4 à 64 lettres, chiffres ou signes, sans accent ni espace. Rien n’a été ajouté.`,
        en: `Line ${line} is no Wi-Fi code: 4 to 64 letters, digits or signs, without accents or spaces. Nothing was added.`,
      },
      'codes',
    ),
  tooManyVouchers: refusal(
    'access.too_many_vouchers',
    422,
    {
      fr: `Une liste a ${mostVouchers} codes au plus. Envoyez-la en plusieurs fois.`,
      en: `A list has ${mostVouchers} codes at most. Send it in several parts.`,
    },
    'codes',
  ),
  notHolder: refusal('access.not_holder', 403, {
    fr: 'Ces codes ne sont montrés qu’à qui a réservé.',
    en: 'These codes are shown only to whoever booked.',
  }),
  notStanding: refusal('access.not_standing', 409, {
    fr: 'Cette réservation ne tient pas, ou plus : elle n’ouvre rien.',
    en: 'This booking does not stand, or no longer does: it opens nothing.',
  }),
  tooEarly: (day: Day): Refusal =>
    refusal(
      'access.too_early',
      409,
      both(lang =>
        lang === 'fr'
          ? `Le code Wi-Fi se prend le jour même, ${show.day(day, lang)}.`
          : `The Wi-Fi code is taken on the day, ${show.day(day, lang)}.`,
      ),
    ),
  over: refusal('access.booking_over', 409, {
    fr: 'Cette réservation est finie : elle ne donne plus de code.',
    en: 'This booking is over: it no longer gives a code.',
  }),
  noVoucherLeft: refusal('access.no_voucher_left', 409, {
    fr: 'Il ne reste plus de code Wi-Fi dans cet espace. Demandez à l’hôte : lui seul peut en ajouter.',
    en: 'No Wi-Fi code is left in this space. Ask the host: only the space can add some.',
  }),
  voucherLost: refusal('access.voucher_lost', 409, {
    fr: 'Ce code Wi-Fi ne se lit plus : le secret de l’installation a changé. Demandez-en un à l’hôte.',
    en: 'This Wi-Fi code can no longer be read: the secret of the installation has changed. Ask the host for one.',
  }),
} as const;

/** Why a lock was not told, in a sentence, with what to do. */
export const failures: Readonly<Record<Failure, Bilingual>> = {
  unreachable: {
    fr: 'La serrure ne répond pas à cette adresse. Elle est rappelée toute seule.',
    en: 'The lock does not answer at this address. It is called again by itself.',
  },
  slow: {
    fr: 'La serrure a mis trop longtemps à répondre. Elle est rappelée toute seule.',
    en: 'The lock took too long to answer. It is called again by itself.',
  },
  broken: {
    fr: 'La serrure a répondu par une panne de son côté. Elle est rappelée toute seule.',
    en: 'The lock answered with a fault of its own. It is called again by itself.',
  },
  refused: {
    fr: 'La serrure refuse. Vérifiez son adresse, son jeton et ses portes, puis recommencez.',
    en: 'The lock refuses. Check its address, its token and its doors, then retry.',
  },
  unreadable: {
    fr: 'La serrure répond, mais pas comme convenu. Vérifiez l’adresse et la version du connecteur.',
    en: 'The lock answers, but not as agreed. Check the address and the version of the connector.',
  },
  token_lost: {
    fr: 'Le jeton ne se lit plus, car le secret de l’installation a changé. Saisissez-le de nouveau.',
    en: 'The token can no longer be read, as the secret of the installation has changed. Type it again.',
  },
};
