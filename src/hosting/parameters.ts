import { ownThreshold } from '../kernel/parameter.ts';

/** Numbers of this room that a network may set. */
export const sheets = {
  done_tasks_kept_days: ownThreshold(
    {
      fr: 'Durée de garde des tâches faites et des colis remis',
      en: 'How long done tasks and parcels handed over are kept',
    },
    'days',
    ['7', '90', '365'],
    {
      fr: 'Effacement des tâches de l’accueil, de qui les a faites et de qui a reçu un colis',
      en: 'Erasing the host’s tasks, who did them and who received a parcel',
    },
  ),
} as const;
