import type { Bilingual } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';

const field = 'url';

export const words = {
  unknown: refusal('calendars.unknown', 404, {
    fr: 'Cet agenda n’est pas, ou plus, lu ici, ou n’est pas le vôtre.',
    en: 'This calendar is not read here, or no longer, or it is not yours.',
  }),
  unknownPlace: refusal('calendars.unknown_place', 404, {
    fr: 'Cet espace n’a pas ce bureau ou cette salle.',
    en: 'This space has no such desk or room.',
  }),
  mayNot: refusal('calendars.may_not', 403, {
    fr: 'Seule une personne qui accueille dans cet espace, ou le gère, relie l’agenda d’un de ses bureaux.',
    en: 'Only who hosts or manages this space connects the calendar of one of its places.',
  }),
  badUrl: refusal(
    'calendars.bad_address',
    422,
    {
      fr: 'Ce n’est pas l’adresse d’un agenda. Copiez celle que votre agenda donne pour le partager au format iCal : elle commence par https:// ou webcal://.',
      en: 'This is not the address of a calendar. Copy the one that your calendar gives to share it as iCal: it begins with https:// or webcal://.',
    },
    field,
  ),
  privateTarget: refusal(
    'calendars.private_address',
    422,
    {
      fr: 'Cette adresse mène à un réseau privé : elle n’est pas lue. Donnez une adresse d’Internet.',
      en: 'This address leads to a private network: it is not read. Give one of the Internet.',
    },
    field,
  ),
  alreadyThere: refusal(
    'calendars.already_there',
    409,
    {
      fr: 'Cet agenda est déjà relié, ou ce bureau en a déjà un. Retirez-le d’abord.',
      en: 'This calendar is connected already, or this place has one. Take it away first.',
    },
    field,
  ),
  tooMany: (most: number) =>
    refusal(
      'calendars.too_many',
      409,
      {
        fr: `Une personne relie ${most} agendas au plus. Retirez-en un.`,
        en: `One person connects ${most} calendars at most. Take one away.`,
      },
      field,
    ),
} as const;

/** Why the last reading failed. */
export const whyUnread: Readonly<Record<string, Bilingual>> = {
  timeout: { fr: 'pas de réponse complète en dix secondes', en: 'no whole answer within ten seconds' },
  private_address: { fr: 'mène à un réseau privé', en: 'leads to a private network' },
  unknown_host: { fr: 'nom introuvable', en: 'name not found' },
  bad_certificate: { fr: 'certificat refusé', en: 'certificate refused' },
  unreachable: { fr: 'injoignable', en: 'unreachable' },
  too_large: { fr: 'plus de deux mégaoctets', en: 'more than two megabytes' },
  too_many_redirects: { fr: 'trop de redirections', en: 'too many redirections' },
  not_found: { fr: 'l’adresse n’existe pas ou plus', en: 'the address does not exist, or no longer' },
  bad_answer: { fr: 'réponse inattendue', en: 'unexpected answer' },
  not_a_calendar: { fr: 'ce n’est pas un agenda', en: 'not a calendar' },
};
