import { show } from '../../kernel/bilingual.ts';
import { refusal } from '../../kernel/outcome.ts';
import type { Day } from '../../kernel/time.ts';

/** Refusals to set a parameter, in this order. */
export const words = {
  operatorOnly: refusal('parameters.operator_only', 403, {
    fr: 'Seule une personne qui anime le réseau fixe ses paramètres.',
    en: 'Only a network operator sets its parameters.',
  }),
  unknown: (id: string) =>
    refusal('parameters.unknown', 404, {
      fr: `Aucun paramètre ne s’appelle « ${id} ». La page « Paramètres » les montre tous.`,
      en: `No parameter is called “${id}”. The “Parameters” page shows them all.`,
    }),
  outOfRange: ({ from, to }: { readonly from: string; readonly to: string }) =>
    refusal(
      'parameters.out_of_range',
      422,
      {
        fr: `Cette valeur doit être un nombre entier ou une fraction exacte (31/100), entre ${from} et ${to}.`,
        en: `This value must be a whole number or an exact fraction (31/100), between ${from} and ${to}.`,
      },
      'value',
    ),
  sourceMissing: refusal(
    'parameters.source_missing',
    422,
    {
      fr: 'Dites d’où vient cette valeur : un texte, un contrat, une décision, avec sa date.',
      en: 'Say where this value comes from: a text, a contract, a decision, with its date.',
    },
    'source',
  ),
  inThePast: refusal(
    'parameters.in_the_past',
    422,
    {
      fr: 'Une valeur vaut à partir d’aujourd’hui ou plus tard : ce qui a été jugé ne l’est pas une seconde fois.',
      en: 'A value holds from today or later: what was judged is not judged again.',
    },
    'valid_from',
  ),
  alreadySet: (day: Day) =>
    refusal(
      'parameters.already_set',
      409,
      {
        fr: `Une valeur est déjà fixée à partir du ${show.date(day, 'fr')}. Choisissez un autre jour.`,
        en: `A value is already set from ${show.date(day, 'en')}. Choose another day.`,
      },
      'valid_from',
    ),
};
