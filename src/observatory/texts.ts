import { type Bilingual, both, show } from '../kernel/bilingual.ts';
import type { Day, Month } from '../kernel/time.ts';
import { leastPeople } from './disclosure.ts';

const text = (fr: string, en: string): Bilingual => ({ fr, en });
const s = (count: number): string => (count > 1 ? 's' : '');
const month = (of: Month): Bilingual => both(lang => show.month(of, lang));

/** What the pages say. */
export const texts = {
  title: text('Observatoire', 'Observatory'),
  lead: text(
    'Ce que le réseau change, en huit indicateurs : chacun avec sa date, sa marge et sa méthode.',
    'What the network changes, in eight indicators: each with its date, its margin and its method.',
  ),
  nothing: text('Rien n’est encore publié', 'Nothing is published yet'),
  nothingWhy: text(
    'Les premiers chiffres paraîtront quand l’opérateur aura clos un premier mois.',
    'The first figures will appear once the operator has closed a first month.',
  ),
  findSpace: text('Trouver un espace', 'Find a space'),
  readMethod: text('Lire la méthode de calcul', 'Read the method'),
  indicators: text('Les indicateurs', 'The indicators'),
  spacesOpen: (count: number) =>
    text(
      `${count} espace${s(count)} ouvert${s(count)} dans le réseau`,
      `${count} open space${s(count)} in the network`,
    ),
  publications: text('Publications', 'Publications'),
  publicationsLead: text(
    'Une publication par mois clos, jamais réécrite : une correction paraît dans la suivante.',
    'One publication for each closed month, never rewritten: a correction appears in the next one.',
  ),
  monthHead: text('Mois', 'Month'),
  publishedOn: text('Publié le', 'Published on'),
  people: text('Personnes', 'People'),
  days: text('Journées', 'Days'),
  avoided: text('Route évitée', 'Road not driven'),
  seal: text('Lot scellé', 'Sealed batch'),
  withheld: text(`Moins de ${leastPeople} personnes : non publié`, `Fewer than ${leastPeople} people: not published`),
  between: (low: string, high: string) => text(`entre ${low} et ${high}`, `between ${low} and ${high}`),
  noInterval: text('marge non calculable', 'margin cannot be computed'),
  fromTo: (from: Month, to: Month) =>
    from === to
      ? month(from)
      : text(`de ${month(from).fr} à ${month(to).fr}`, `from ${month(from).en} to ${month(to).en}`),
  howTitle: text('Comment c’est compté', 'How it is counted'),
  definition: text('Définition', 'Definition'),
  formula: text('Calcul', 'Formula'),
  unit: text('Unité', 'Unit'),
  source: text('Source', 'Source'),
  sourceIs: text(
    'Lots mensuels scellés dans le journal du réseau ; présences qui ont passé tous les contrôles.',
    'Monthly batches sealed in the network’s log; presences that passed every check.',
  ),
  frequency: text('Fréquence', 'Frequency'),
  monthlyIs: text('Mensuelle, à la clôture de chaque mois.', 'Monthly, when each month is closed.'),
  margin: text('Marge', 'Margin'),
  marginIs: text(
    'Intervalle à 95 % : de combien le total aurait varié si d’autres personnes semblables étaient venues. Il ne couvre pas l’inexactitude des déclarations. Sur plusieurs mois, les marges s’ajoutent.',
    '95% interval: how much the total would have varied had other similar people come. It does not cover inaccurate declarations. Over several months, margins add up.',
  ),
  marginOfShare: text(
    'Intervalle de Wilson à 95 % : plus le groupe est petit, plus il est large.',
    '95% Wilson interval: the smaller the group, the wider it is.',
  ),
  marginOfRatio: text(
    'Celle de la mesure, à 95 % : le demandé est exact, le mesuré aurait varié si d’autres personnes semblables étaient venues.',
    'That of the measure, at 95%: what is claimed is exact, what is measured would have varied had other similar people come.',
  ),
  countedOne: text(
    'Chaque présence est comptée : il n’y a pas de marge.',
    'Each presence is counted: there is no margin.',
  ),
  secrecy: text('Secret', 'Secrecy'),
  secrecyIs: text(
    `Aucun chiffre ne porte sur moins de ${leastPeople} personnes, même par soustraction.`,
    `No figure is about fewer than ${leastPeople} people, not even by subtraction.`,
  ),
  latest: text('Dernière publication', 'Latest publication'),
  publishedAt: (day: Day) => both(lang => show.date(day, lang)),
  downloadJson: text('Toutes les publications (JSON)', 'All publications (JSON)'),
  downloadCsv: text('Cet indicateur (CSV)', 'This indicator (CSV)'),
  value: text('Valeur', 'Value'),
  interval: text('Intervalle', 'Interval'),
  rise: (now: string, then: string, last: Month, first: Month) =>
    text(
      `${now} en ${month(last).fr}, contre ${then} en ${month(first).fr}`,
      `${now} in ${month(last).en}, against ${then} in ${month(first).en}`,
    ),
  onlyMonth: (now: string, last: Month) => text(`${now} en ${month(last).fr}`, `${now} in ${month(last).en}`),
  topSpace: (name: string, days: string, of: Month) =>
    text(
      `${name} : ${days} en ${month(of).fr}, l’espace le plus fréquenté`,
      `${name}: ${days} in ${month(of).en}, the busiest space`,
    ),
  noSpaceTold: text(
    `Aucun espace n’a reçu assez de personnes pour être montré seul`,
    'No space received enough people to be shown alone',
  ),
  otherSpaces: (count: number) =>
    text(
      `${count} autres espaces, de moins de ${leastPeople} personnes ou joints pour le secret`,
      `${count} other spaces, of fewer than ${leastPeople} people or joined for secrecy`,
    ),
  spaceHead: text('Espace', 'Space'),
  homeHead: text('Domicile', 'Home'),
  workHead: text('Bureau', 'Office'),
  pairFinding: (days: string, pair: string, of: Month) =>
    text(
      `Le trajet le plus évité en ${month(of).fr} : ${pair}, ${days}`,
      `The trip most avoided in ${month(of).en}: ${pair}, ${days}`,
    ),
  otherPairs: text(
    `Autres couples, de trop peu de personnes ou joints pour le secret`,
    'Other pairs, of too few people or joined for secrecy',
  ),
  pairNote: (others: string, undrawn: number, of: Month) =>
    text(
      `En ${month(of).fr}. Autres couples, de trop peu de personnes ou joints pour le secret : ${others}.${undrawn > 0 ? ` Dans le tableau : ${undrawn} autres couples, plus petits.` : ''}`,
      `In ${month(of).en}. Other pairs, of too few people or joined for secrecy: ${others}.${undrawn > 0 ? ` In the table: ${undrawn} more pairs, smaller.` : ''}`,
    ),
  noPair: text('Aucun couple ne peut être montré', 'No pair may be shown'),
  noPairWhy: text(
    `Pour chaque couple, il faut au moins ${leastPeople} personnes, et ${leastPeople} par employeur.`,
    `Each pair needs ${leastPeople} people or more, and ${leastPeople} of each employer.`,
  ),
  flowFinding: (credited: string, all: string, of: Month) =>
    text(
      `En ${month(of).fr}, ${credited} présences sur ${all} sont créditées`,
      `In ${month(of).en}, ${credited} presences out of ${all} are credited`,
    ),
  recorded: text('enregistrées dans le mois', 'recorded in the month'),
  creditedBranch: text('Créditées', 'Credited'),
  step: text('Étape', 'Step'),
  presencesHead: text('Présences', 'Presences'),
  presences: (count: number) =>
    both(lang => `${show.count(count, lang)} ${lang === 'fr' ? `présence${s(count)}` : `presence${s(count)}`}`),
  daysShown: (halves: bigint | number) =>
    both(lang => {
      const days = Number(halves) / 2;
      const count = days.toLocaleString(lang === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 1 });
      return lang === 'fr' ? `${count} journée${days >= 2 ? 's' : ''}` : `${count} day${days === 1 ? '' : 's'}`;
    }),
  percent: (n: number) => text(`${n}\u00a0%`, `${n}%`),
  afterMonths: (count: number, cohort: Month) =>
    text(
      `${count} mois après, venues en ${month(cohort).fr}`,
      `${count} months later, first came in ${month(cohort).en}`,
    ),
  returnFinding: (share: string, count: number, of: Month) =>
    text(
      `En ${month(of).fr}, ${share} des personnes venues ${count} mois plus tôt pour la première fois sont revenues`,
      `In ${month(of).en}, ${share} of the people who first came ${count} months before came again`,
    ),
  noReturn: text('Personne ne peut encore être suivi assez longtemps', 'Nobody can be followed for long enough yet'),
  noReturnWhy: text(
    `Ce chiffre paraît trois mois après la première publication, pour des groupes d’au moins ${leastPeople} personnes.`,
    `This figure appears three months after the first publication, for groups of ${leastPeople} people or more.`,
  ),
  noClaim: text('Aucun rapport à montrer', 'No ratio to show'),
  noClaimWhy: text(
    `Rien n’est encore demandé pour les mois publiés, ou trop peu de personnes sont concernées. Aucun rapport n’est calculé d’ici là.`,
    'Nothing is claimed yet for the months published, or too few people are concerned. No ratio is computed until then.',
  ),
  notClaimed: text('Pas encore demandé, ou trop peu de personnes', 'Not claimed yet, or too few people'),
  noRatio: text('non calculable', 'cannot be computed'),
  measuredHead: text('Mesuré', 'Measured'),
  claimedHead: text('Demandé', 'Claimed'),
  toldInHead: text('Publication', 'Publication'),
  claimFinding: (ratio: string, of: Month) =>
    text(`Demandé sur mesuré, pour ${month(of).fr} : ${ratio}`, `Claimed over measured, for ${month(of).en}: ${ratio}`),
  cohortHead: text('Groupe', 'Group'),
  activeHead: text('Revenues', 'Came again'),
  share: text('Part', 'Share'),
  otherIndicators: text('Les autres indicateurs', 'The other indicators'),
  gross: text('Avant effet rebond', 'Before rebound'),
  net: text('Net', 'Net'),
};
