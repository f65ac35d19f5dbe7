import { type Bilingual, both, show } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';
import type { Month } from '../kernel/time.ts';
import { leastPeople } from './disclosure.ts';

const text = (fr: string, en: string): Bilingual => ({ fr, en });
const monthName = (month: Month): Bilingual => both(lang => show.month(month, lang));

/** In order: what is asked about, whether it may be said. */
export const words = {
  noIndicator: refusal('observatory.no_indicator', 404, {
    fr: 'L’observatoire n’a pas d’indicateur de ce nom. Choisissez-en un dans la liste.',
    en: 'The observatory has no indicator of that name. Choose one from the list.',
  }),
  notClosed: (month: Month) =>
    refusal('observatory.month_not_closed', 409, {
      fr: `Rien ne peut être publié de ${monthName(month).fr} : ce mois n’est pas clos.`,
      en: `Nothing can be published about ${monthName(month).en}: that month is not closed.`,
    }),
};

export const slugs = [
  'kilometres',
  'co2',
  'journees',
  'espaces',
  'domicile-travail',
  'comptage',
  'fidelite',
  'demandes',
] as const;
export type Slug = (typeof slugs)[number];
export const isSlug = (name: string): name is Slug => (slugs as readonly string[]).includes(name);

/** An entry of the dictionary of indicators: what it is, how it is made, from what, how often. */
export interface Definition {
  /** What the number counts, read just after it. */
  readonly label: Bilingual;
  readonly title: Bilingual;
  readonly definition: Bilingual;
  readonly formula: Bilingual;
  readonly unit: Bilingual;
}

export const dictionary: Readonly<Record<Slug, Definition>> = {
  kilometres: {
    label: text('de route évitée', 'of road not driven'),
    title: text('Route évitée', 'Road not driven'),
    definition: text(
      'Les kilomètres que les personnes n’ont pas faits parce qu’elles ont travaillé près de chez elles.',
      'The kilometres that people did not travel because they worked close to home.',
    ),
    formula: text(
      'Somme, sur les journées créditées, du trajet habituel aller et retour moins le trajet vers l’espace aller et retour. Une journée qui aurait eu lieu à domicile compte en moins.',
      'Sum, over credited days, of the usual trip there and back less the trip to the space there and back. A day that would have been spent at home counts against.',
    ),
    unit: text('kilomètres de route', 'kilometres of road'),
  },
  co2: {
    label: text('de CO₂e évité', 'of CO₂e avoided'),
    title: text('CO₂e évité', 'CO₂e avoided'),
    definition: text(
      'Les émissions évitées par ces trajets, après retrait de l’effet rebond.',
      'The emissions that these trips would have caused, less the rebound effect.',
    ),
    formula: text(
      'Chaque trajet est multiplié par le facteur d’émission de son mode ; l’effet rebond est retiré jour par jour. Le détail est dans la méthode.',
      'Each trip is multiplied by the emission factor of its mode; the rebound effect is removed day by day. The method has the details.',
    ),
    unit: text('kilogrammes équivalent CO₂', 'kilograms of CO₂ equivalent'),
  },
  journees: {
    label: text('passées dans les espaces', 'spent in the spaces'),
    title: text('Journées de travail', 'Days of work'),
    definition: text(
      'Les journées passées dans les espaces du réseau, dont la présence a passé tous les contrôles.',
      'Days spent in the network’s spaces by people whose presence passed every check.',
    ),
    formula: text(
      'Somme des demi-journées de présence, divisée par deux.',
      'Sum of half-days of presence, divided by two.',
    ),
    unit: text('journées', 'days'),
  },
  espaces: {
    label: text('espaces fréquentés', 'spaces in use'),
    title: text('Espaces fréquentés', 'Spaces in use'),
    definition: text(
      'Où ces journées ont été passées, espace par espace.',
      'Where those days were spent, space by space.',
    ),
    formula: text(
      `Somme des journées de présence de chaque espace. Un espace où moins de ${leastPeople} personnes sont venues dans le mois, ou moins de ${leastPeople} d’un même employeur, n’est pas montré seul.`,
      `Sum of the days of presence in each space. A space where fewer than ${leastPeople} people came in the month, or fewer than ${leastPeople} of one employer, is not shown alone.`,
    ),
    unit: text('journées', 'days'),
  },
  'domicile-travail': {
    label: text('de journées dites par trajet', 'of days told by trip'),
    title: text('Du domicile au travail', 'From home to work'),
    definition: text(
      'Les journées passées dans les espaces, selon où les personnes habitent et où se trouve leur bureau.',
      'Days spent in the spaces, by where people live and where their office is.',
    ),
    formula: text(
      `Somme des journées de présence par intercommunalité du domicile et du bureau déclarés. Un couple n’est pas montré seul s’il réunit moins de ${leastPeople} personnes, si l’un de ses employeurs en compte moins de ${leastPeople}, ou si un autre chiffre publié permet de l’y ramener.`,
      `Sum of the days of presence by grouping of communes (EPCI) of the home and office declared. A pair is not shown alone if it brings fewer than ${leastPeople} people together, if one of its employers has fewer than ${leastPeople} of them, or if another published figure would bring it down to that.`,
    ),
    unit: text('journées', 'days'),
  },
  comptage: {
    label: text('des présences sont créditées', 'of presences are credited'),
    title: text('De la présence au crédit', 'From presence to credit'),
    definition: text(
      'Ce que deviennent les présences d’un mois : celles qui comptent, et pourquoi les autres ne comptent pas.',
      'What becomes of a month’s presences: those that count, and why the others do not.',
    ),
    formula: text(
      'Chaque présence est rangée sous la première raison qui l’écarte ; sans raison, elle est créditée.',
      'Each presence is put under the first reason that leaves it out; without a reason, it is credited.',
    ),
    unit: text('présences', 'presences'),
  },
  fidelite: {
    label: text('des personnes reviennent', 'of people come again'),
    title: text('Personnes qui reviennent', 'People who come again'),
    definition: text(
      'La part des personnes encore présentes 3, 6 et 12 mois après leur première venue.',
      'The share of people still coming 3, 6 and 12 months after they first came.',
    ),
    formula: text(
      `Parmi les personnes dont la première présence validée date de 3, 6 ou 12 mois plus tôt, la part de celles qui sont venues dans le mois. Un groupe n’est pas montré si l’on peut en déduire un nombre de personnes compris entre 1 et ${leastPeople - 1}.`,
      `Among people whose first presence that passed was 3, 6 or 12 months before, the share of those who came in the month. A group is not shown if a number of people from 1 to ${leastPeople - 1} can be deduced from it.`,
    ),
    unit: text('part des personnes, en pour cent', 'share of people, in per cent'),
  },
  demandes: {
    label: text('de ce qui a été mesuré est demandé', 'of what was measured is claimed'),
    title: text('Demandé et mesuré', 'Claimed and measured'),
    definition: text(
      'Le CO₂e des journées inscrites dans une demande, comparé à celui qui a été mesuré dans le mois.',
      'The CO₂e of the days that a claim holds, compared with what was measured in the month.',
    ),
    formula: text(
      `CO₂e net des lignes tenues par une demande au jour de la publication, divisé par le CO₂e net mesuré du même mois. Un rapport change quand ${leastPeople} personnes au moins ont changé de côté ; d’ici là, le précédent est répété avec sa date.`,
      `Net CO₂e of the lines that a claim holds on the day of publication, divided by the net CO₂e measured in the same month. A ratio changes once ${leastPeople} people or more have changed sides; until then, the one before is repeated with its date.`,
    ),
    unit: text('demandé divisé par mesuré, en pour cent', 'claimed divided by measured, in per cent'),
  },
};

/** Why a presence does not count, as the public reads it. */
export const reasonNames: Readonly<Record<string, Bilingual>> = {
  blocked: text('Un contrôle l’a écartée', 'A check left it out'),
  evidence_too_weak: text('Preuve de présence trop faible', 'Evidence of presence too weak'),
  no_trip: text('Trajet habituel non déclaré', 'Usual trip not declared'),
  estimated_distance: text(
    'Distance estimée, non mesurée sur la route',
    'Distance estimated, not measured on the road',
  ),
  replaced_unknown: text('On ne sait pas ce que la journée a remplacé', 'What the day replaced is not known'),
  replaced_other: text('La journée ne remplaçait ni bureau ni domicile', 'The day replaced neither office nor home'),
  second_of_the_day: text('Même trajet, déjà compté ce jour-là', 'Same trip, already counted that day'),
  other: text('Autres raisons, trop rares pour être dites une à une', 'Other reasons, too rare to be told one by one'),
};
