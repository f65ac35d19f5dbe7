import type { Bilingual } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';

export const badgeWords = {
  badNumber: refusal(
    'presence.badge_number_unreadable',
    422,
    {
      fr: 'Un numéro de badge a de 4 à 64 lettres ou chiffres, comme la porte l’envoie.',
      en: 'A badge’s number has 4 to 64 letters or digits, as the door sends it.',
    },
    'number',
  ),
  taken: refusal(
    'presence.badge_registered',
    409,
    {
      fr: 'Ce badge est déjà à quelqu’un dans cet espace. Retirez-le d’abord.',
      en: 'This badge is somebody’s in this space already. Withdraw it first.',
    },
    'number',
  ),
  unknown: refusal('presence.unknown_badge', 404, {
    fr: 'Ce badge n’est à personne dans cet espace : son passage n’est pas retenu.',
    en: 'This badge is nobody’s in this space: its passage is not kept.',
  }),
  notYours: refusal('presence.badge_not_yours', 403, {
    fr: 'Ce badge n’est pas le vôtre. La personne qui le porte ou l’hôte de l’espace peuvent le retirer.',
    en: 'This badge is not yours. Whoever bears it or the space’s host can withdraw it.',
  }),
} as const;

export const badgeLabels = {
  title: { fr: 'Badges', en: 'Badges' },
  lead: {
    fr: 'Une porte connectée peut noter l’arrivée de qui badge : une preuve B. Le numéro n’est pas gardé, et le passage d’un badge inconnu non plus.',
    en: 'A connected door can note the arrival of whoever badges: proof B. The number is not kept, nor is the passage of an unknown badge.',
  },
  how: {
    fr: 'La porte envoie chaque passage à /api/v1/badge-events, avec un jeton « presence:write » d’un hôte (page « Mes jetons »).',
    en: 'The door sends each passage to /api/v1/badge-events, with a “presence:write” token of a host (page “My tokens”).',
  },
  inService: { fr: 'Badges en service', en: 'Badges in service' },
  none: { fr: 'Aucun badge pour l’instant.', en: 'No badge yet.' },
  person: { fr: 'Personne', en: 'Person' },
  since: { fr: 'Depuis le', en: 'Since' },
  action: { fr: 'Action', en: 'Action' },
  withdraw: { fr: 'Retirer', en: 'Withdraw' },
  add: { fr: 'Donner un badge', en: 'Give a badge' },
  email: { fr: 'Adresse électronique de la personne', en: 'The person’s e-mail address' },
  number: { fr: 'Numéro du badge', en: 'Badge’s number' },
  mine: { fr: 'Mes badges', en: 'My badges' },
  mineLead: {
    fr: 'Un badge à votre nom note votre arrivée quand il ouvre une porte. Vous pouvez le retirer.',
    en: 'A badge in your name notes your arrival when it opens a door. You can withdraw it.',
  },
  space: { fr: 'Espace', en: 'Space' },
} as const satisfies Record<string, Bilingual>;
