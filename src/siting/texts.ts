import type { Bilingual } from '../kernel/bilingual.ts';

const text = (fr: string, en: string): Bilingual => ({ fr, en });
const s = (count: number): string => (count > 1 ? 's' : '');

/** What the page says. */
export const texts = {
  title: text('Où ouvrir le prochain espace ?', 'Where should the next space open?'),
  lead: text(
    'Les communes où un nouvel espace éviterait le plus de route, chacune en plus des espaces ouverts et des communes classées avant elle.',
    'The towns where a new space would save most road, each on top of the spaces already open and of the towns ranked before it.',
  ),
  fictitious: text('Données fictives', 'Fictitious data'),
  fictitiousWhy: text(
    'Les communes et leurs populations sont réelles ; les trajets domicile-travail sont inventés. Ce classement ne dit rien d’aucune commune.',
    'The towns and their populations are real; the commutes are invented. This ranking says nothing about any town.',
  ),
  howMany: text('Nombre d’ouvertures', 'Number of openings'),
  rankAgain: text('Classer', 'Rank'),
  totalPotential: text(
    'de route par jour : le potentiel de ces ouvertures',
    'of road a day: the potential of these openings',
  ),
  totalWithinDesks: (desks: number) =>
    text(`de route par jour, si chaque espace a ${desks} postes`, `of road a day, if each space has ${desks} desks`),
  commutersInStudy: text('navetteurs dans l’étude', 'commuters in the study'),
  tableTitle: text('Communes classées', 'Ranked towns'),
  town: text('Commune', 'Town'),
  potential: text('Potentiel par jour', 'Potential a day'),
  withinDesks: (desks: number) => text(`Avec ${desks} postes`, `With ${desks} desks`),
  concerned: text('Navetteurs concernés', 'Commuters concerned'),
  inhabitants: text('Habitants', 'Inhabitants'),
  why: text('D’où vient l’essentiel', 'Where most of it comes from'),
  reason: (town: string, people: string, each: string) =>
    text(
      `${town} : ${people} navetteurs, ${each} de moins par jour pour chacun`,
      `${town}: ${people} commuters, ${each} less a day for each`,
    ),
  mapTitle: (candidates: number, open: number) =>
    text(
      `${candidates} commune${s(candidates)} classée${s(candidates)}, ${open} déjà équipée${s(open)}`,
      `${candidates} ranked town${s(candidates)}, ${open} with a space already`,
    ),
  alreadyOpen: text('espace déjà ouvert', 'space already open'),
  curveFinding: (count: number, first: string, last: string) =>
    count < 2
      ? text(`Une ouverture éviterait jusqu’à ${first} par jour`, `One opening would save up to ${first} a day`)
      : text(
          `La première ouverture apporte ${first} par jour, la ${count}e ${last}`,
          `The first opening brings ${first} a day, number ${count} brings ${last}`,
        ),
  openings: text('Ouvertures', 'Openings'),
  cumulated: text('Potentiel cumulé par jour', 'Cumulated potential a day'),
  howTitle: text('Ce que ce classement suppose', 'What this ranking assumes'),
  howSource: (source: string) => text(`Trajets domicile-travail : ${source}.`, `Commutes: ${source}.`),
  howReach: (reach: string, percent: number) =>
    text(
      `Un espace attire les navetteurs qui habitent à moins de ${reach} de route ; ils y passent ${percent} % de leurs journées. Ces deux valeurs sont des hypothèses.`,
      `A space attracts commuters who live within ${reach} of road; they spend ${percent}% of their days there. Both values are assumptions.`,
    ),
  howDistances: text(
    'Les distances sont estimées à partir de la ligne droite : assez pour classer, jamais pour compter des kilomètres évités.',
    'Distances are estimated from straight lines: enough to rank, never to count kilometres avoided.',
  ),
  howOnce: text(
    'Une commune de résidence est comptée une fois, avec l’espace qui la sert le mieux.',
    'A home commune is counted once, with the space that serves it best.',
  ),
  howPotential: (desks: number) =>
    text(
      `Le potentiel ignore le nombre de postes ; la colonne « Avec ${desks} postes » garde les plus longs trajets que ces postes peuvent accueillir.`,
      `The potential ignores the number of desks; the column “With ${desks} desks” keeps the longest commutes that those desks can hold.`,
    ),
  howGreedy: text(
    'Les communes sont choisies l’une après l’autre : un autre choix d’ensemble pourrait faire un peu mieux.',
    'Towns are chosen one after the other: another choice as a whole could do slightly better.',
  ),
  nothing: text('Aucune commune à classer', 'No town to rank'),
  nothingWhy: (candidates: number) =>
    candidates === 0
      ? text('Toutes les communes candidates ont déjà un espace.', 'All candidate towns have a space already.')
      : text('Aucun trajet ne serait raccourci par une ouverture.', 'No commute would be shortened by an opening.'),
} as const;
