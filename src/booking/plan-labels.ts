import type { Bilingual } from '../kernel/bilingual.ts';
import type { PlaceState } from './plan.ts';

/** What the plan of a space says while one books. */
export const planLabels = {
  title: { fr: 'Sur le plan', en: 'On the plan' },
  lead: {
    fr: 'Choisissez une place libre ; la même chose est dite en liste.',
    en: 'Choose a free place; a list says the same.',
  },
  list: { fr: 'La même chose en liste', en: 'The same as a list' },
  place: { fr: 'Place', en: 'Place' },
  state: { fr: 'État', en: 'State' },
  onFloor: { fr: 'Étage', en: 'Floor' },
} as const satisfies Record<string, Bilingual>;

export const stateNames: Readonly<Record<PlaceState['state'], Bilingual>> = {
  free: { fr: 'libre', en: 'free' },
  taken: { fr: 'pris', en: 'taken' },
  yours: { fr: 'à vous', en: 'yours' },
  closed: { fr: 'fermé', en: 'closed' },
};
