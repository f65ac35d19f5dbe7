import { ownThreshold } from '../kernel/parameter.ts';

/** Numbers of this room that a network may set. */
export const sheets = {
  kept_days: ownThreshold(
    { fr: 'Durée de garde des droits d’accès et des codes', en: 'How long access rights and codes are kept' },
    'days',
    ['1', '7', '30'],
    {
      fr: 'Effacement des droits d’accès, des codes de porte et du lien entre une réservation et son code Wi-Fi',
      en: 'Erasing access rights, door codes, and the link between a booking and its Wi-Fi code',
    },
  ),
} as const;
