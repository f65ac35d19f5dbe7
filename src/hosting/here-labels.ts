import type { Bilingual } from '../kernel/bilingual.ts';

/** What the page « Qui est là » says. */
export const hereLabels = {
  title: { fr: 'Qui est là aujourd’hui', en: 'Who is here today' },
  link: { fr: 'Qui est là, et me montrer ou non', en: 'Who is here, and to be seen or not' },
  lead: {
    fr: 'Les prénoms de celles et ceux qui l’ont accepté. Ni heures, ni nom de famille, ni employeur.',
    en: 'First names of those who agreed. No hours, no family name, no employer.',
  },
  notThere: {
    fr: 'Vous n’avez rien réservé ici aujourd’hui : les prénoms ne se voient que sur place.',
    en: 'You have booked nothing here today: first names are seen by those who are here.',
  },
  book: { fr: 'Réserver ici', en: 'Book here' },
  alone: { fr: 'Personne d’autre n’est attendu aujourd’hui.', en: 'Nobody else is expected today.' },
  named: { fr: 'Prénoms', en: 'First names' },
  yourChoice: { fr: 'Votre prénom', en: 'Your first name' },
  hidden: {
    fr: 'Personne ne le voit ici. Vous pouvez le montrer à celles et ceux qui sont là le même jour que vous.',
    en: 'Nobody sees it here. You may show it to those who are here on the same day as you.',
  },
  shown: {
    fr: 'Celles et ceux qui sont là le même jour que vous le voient, dans cet espace seulement.',
    en: 'Those who are here on the same day as you see it, in this space only.',
  },
  show: { fr: 'Montrer mon prénom les jours où je suis là', en: 'Show my first name on the days I am here' },
  hide: { fr: 'Ne plus montrer mon prénom', en: 'Stop showing my first name' },
  saved: { fr: 'C’est noté.', en: 'Noted.' },
} as const satisfies Record<string, Bilingual>;

/** `et 2 autres personnes` */
export const othersText = (others: number, named: number): Bilingual => {
  const [fr, en] = named === 0 ? ['', ''] : ['et ', 'and '];
  return others === 1
    ? { fr: `${fr}1 autre personne`, en: `${en}1 other person` }
    : { fr: `${fr}${others} autres personnes`, en: `${en}${others} other people` };
};
