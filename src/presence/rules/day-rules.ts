import { both } from '../../kernel/bilingual.ts';
import type { PresenceFacts } from './facts.ts';
import type { Rule, RuleStatus } from './rule.ts';
import { above, type Thresholds, whole } from './thresholds.ts';

type DayRule = Rule<PresenceFacts, Thresholds>;

const tellNetwork = {
  fr: 'Si c’est une erreur, contestez la journée : le réseau la regardera.',
  en: 'If this is a mistake, contest the day: the network will look at it.',
};

const halfDays = (n: number) => both(lang => `${n} ${lang === 'fr' ? 'demi-journées' : 'half-days'}`);

/** Slower than a share of the fastest road is not possible; without an answer about the road nobody knows. */
function travel({ hops }: Pick<PresenceFacts, 'hops'>, { travel_share }: Pick<Thresholds, 'travel_share'>): RuleStatus {
  const { numerator, denominator } = travel_share;
  const tooFast = hops.some(
    ({ elapsed_min, road_s }) =>
      road_s !== null && BigInt(elapsed_min) * 60n * denominator < BigInt(road_s) * numerator,
  );
  if (tooFast) return 'blocked';
  return hops.some(({ road_s }) => road_s === null) ? 'pending' : 'passed';
}

/** Where and when: one person, one place at a time, places that exist and are open, days that are days of work. */
export const dayRules: readonly DayRule[] = [
  {
    id: 'F01',
    version: '2026-11',
    axis: 'fraud',
    title: { fr: 'la même personne dans deux espaces à la fois', en: 'one person in two spaces at once' },
    threshold: () => ({ fr: 'dès la première minute', en: 'from the first minute' }),
    advice: tellNetwork,
    reads: ['seen', 'overlap_min'],
    judge: ({ seen, overlap_min }) => (!seen ? 'pending' : overlap_min > 0 ? 'blocked' : 'passed'),
  },
  {
    id: 'F02',
    version: '2026-11',
    axis: 'fraud',
    title: { fr: 'trajet impossible entre deux espaces', en: 'impossible travel between two spaces' },
    threshold: ({ travel_share: { numerator, denominator } }) => ({
      fr: `en moins de ${numerator}/${denominator} du temps de la route la plus rapide`,
      en: `in less than ${numerator}/${denominator} of the time of the fastest road`,
    }),
    advice: tellNetwork,
    reads: ['seen', 'hops'],
    judge: (facts, values) => (facts.seen ? travel(facts, values) : 'pending'),
  },
  {
    id: 'F03',
    version: '2026-11',
    axis: 'fraud',
    title: { fr: 'plus d’une journée pour une personne et un jour', en: 'more than one day for a person and a day' },
    threshold: () => both(lang => `${lang === 'fr' ? 'plus de' : 'more than'} ${halfDays(2)[lang]}`),
    advice: tellNetwork,
    reads: ['person_day_halves'],
    judge: ({ person_day_halves }) => (person_day_halves > 2 ? 'blocked' : 'passed'),
  },
  {
    id: 'F08',
    version: '2026-11',
    axis: 'fraud',
    title: { fr: 'plus de présents que de places', en: 'more people than places' },
    threshold: () => ({ fr: 'au-delà de la capacité, l’excédent seul', en: 'above capacity, the excess only' }),
    advice: {
      fr: 'Demandez à l’hôte si toutes les places de l’espace sont bien enregistrées.',
      en: 'Ask the host whether every place of the space is registered.',
    },
    reads: ['space_halves_so_far', 'space_halves_most'],
    judge: ({ space_halves_so_far, space_halves_most }) =>
      space_halves_so_far > space_halves_most ? 'blocked' : 'passed',
  },
  {
    id: 'F11',
    version: '2026-11',
    axis: 'anomaly',
    title: { fr: 'jour de fermeture, de congé ou d’absence', en: 'a day of closure, leave or absence' },
    threshold: () => ({
      fr: 'plus de demi-journées que d’ouverture, ou un jour d’absence selon l’employeur',
      en: 'more half-days than opening, or a day of absence by the employer’s calendar',
    }),
    advice: {
      fr: 'Vérifiez avec votre employeur le jour qu’il a indiqué, et avec l’hôte les horaires de l’espace.',
      en: 'Check with your employer the day it gave, and with the host the hours of the space.',
    },
    reads: ['halves', 'open_halves', 'employer_day'],
    judge: ({ halves, open_halves, employer_day }) => {
      if (open_halves === 0 || employer_day === 'away') return 'blocked';
      return halves > open_halves ? 'review' : 'passed';
    },
  },
  {
    id: 'F12',
    version: '2026-11',
    axis: 'fraud',
    title: { fr: 'au bureau ou chez soi le même jour', en: 'at the office or at home on the same day' },
    threshold: () => ({ fr: 'dès que l’employeur le dit', en: 'as soon as the employer says so' }),
    advice: {
      fr: 'Vérifiez avec votre employeur le jour qu’il a indiqué.',
      en: 'Check with your employer the day it gave.',
    },
    reads: ['employer_day', 'halves'],
    judge: ({ employer_day, halves }) => {
      const elsewhere = employer_day === 'office' || employer_day === 'home';
      return elsewhere || (employer_day === 'half_office' && halves > 1) ? 'blocked' : 'passed';
    },
  },
  {
    id: 'F19',
    version: '2026-11',
    axis: 'fraud',
    title: { fr: 'trop de jours dans la semaine', en: 'too many days in the week' },
    threshold: ({ week_days }) =>
      both(
        lang => `${lang === 'fr' ? 'plus de' : 'more than'} ${whole(week_days)} ${lang === 'fr' ? 'jours' : 'days'}`,
      ),
    advice: tellNetwork,
    reads: ['week_days'],
    judge: (facts, { week_days }) => (above(facts.week_days, week_days) ? 'blocked' : 'passed'),
  },
];
