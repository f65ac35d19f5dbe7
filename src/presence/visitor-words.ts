import type { Bilingual } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';

/** Days for which a visitor's name is kept: long enough for an insurer's or a fire service's question. A product choice. */
export const visitorKept_days = 30;

export const visitorWords = {
  nameless: refusal(
    'presence.visitor_without_name',
    422,
    {
      fr: 'Écrivez le nom du visiteur, en 120 caractères au plus.',
      en: 'Write the visitor’s name, in 120 characters at most.',
    },
    'name',
  ),
  unknown: refusal('presence.unknown_visitor', 404, {
    fr: 'Ce visiteur n’est pas sur la liste, ou n’y est plus.',
    en: 'This visitor is not on the list, or no longer is.',
  }),
} as const;

export const visitorLabels = {
  title: { fr: 'Qui est dans les lieux', en: 'Who is in the building' },
  lead: {
    fr: 'Pour une évacuation : les personnes notées présentes aujourd’hui, et les visiteurs. Qui n’a noté ni arrivée ni départ peut y manquer.',
    en: 'For an evacuation: people noted as present today, and visitors. Whoever noted neither arrival nor departure may be missing.',
  },
  asOf: { fr: 'Liste à', en: 'List at' },
  people: { fr: 'Personnes présentes', en: 'People present' },
  nobody: { fr: 'Personne n’est noté présent.', en: 'Nobody is noted as present.' },
  visitors: { fr: 'Visiteurs', en: 'Visitors' },
  visitorsLead: {
    fr: 'Qui ne travaille pas ici : un rendez-vous, une livraison. Le nom est gardé trente jours, et ne compte pour aucun dispositif.',
    en: 'Whoever does not work here: an appointment, a delivery. The name is kept thirty days, and counts for no scheme.',
  },
  none: { fr: 'Aucun visiteur aujourd’hui.', en: 'No visitor today.' },
  name: { fr: 'Nom du visiteur', en: 'Visitor’s name' },
  add: { fr: 'Noter son arrivée', en: 'Note their arrival' },
  arrived: { fr: 'Arrivée', en: 'Arrived' },
  left: { fr: 'Départ', en: 'Left' },
  noteLeft: { fr: 'Parti', en: 'Gone' },
  person: { fr: 'Nom', en: 'Name' },
  halves: { fr: 'Noté', en: 'Noted' },
  checked: { fr: 'Retrouvé', en: 'Accounted for' },
} as const satisfies Record<string, Bilingual>;

/** What stands under the number of people inside. */
export const insideText = (count: number): Bilingual => ({
  fr: count < 2 ? 'personne dans les lieux' : 'personnes dans les lieux',
  en: count === 1 ? 'person in the building' : 'people in the building',
});
