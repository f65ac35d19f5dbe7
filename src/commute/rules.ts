import { both, same } from '../kernel/bilingual.ts';
import { ownThreshold } from '../kernel/parameter.ts';
import { type Rational, text } from '../kernel/rational.ts';
import { aboveShare, type Bench, type Rule, reaches, rulesOfTrips, whole } from '../presence/presence.ts';

/** Thresholds of the rules on trips: dated data that a network may set, read at the presence's day. */
export const sheets = {
  declared_above: ownThreshold(
    { fr: 'Distance déclarée trop longue : fois la route', en: 'Declared distance too long: times the road' },
    'ratio',
    ['1', '5/4', '10'],
    same('F13'),
  ),
  declared_below: ownThreshold(
    { fr: 'Distance déclarée trop courte : part de la route', en: 'Declared distance too short: share of the road' },
    'share',
    ['0', '1/2', '1'],
    same('F13'),
  ),
  new_home_days: ownThreshold(
    { fr: 'Nouveau trajet : jours regardés', en: 'New trip: days looked at' },
    'days',
    ['0', '14', '92'],
    same('F18'),
  ),
  saving_rise: ownThreshold(
    { fr: 'Nouveau trajet : hausse des kilomètres évités', en: 'New trip: rise of the kilometres avoided' },
    'share',
    ['0', '20/100', '1'],
    same('F18'),
  ),
  engines_apart: ownThreshold(
    { fr: 'Deux calculs de route : écart admis', en: 'Two road engines: difference allowed' },
    'share',
    ['0', '10/100', '1'],
    same('R01'),
  ),
} as const;

export type Thresholds = Readonly<Record<keyof typeof sheets, Rational>>;

/** What the rules may know of what a presence avoided: metres and counts, never a place or a person. */
export interface TripFacts {
  /** False when nothing was counted: no declaration, no road, or another presence stands for the day. */
  readonly counted: boolean;
  /** Home to office one way, as declared and as routed; 0 when nothing was declared. */
  readonly declared_m: number;
  readonly routed_m: number;
  /** Both sides of the day, in metres of road. */
  readonly reference_m: number;
  readonly actual_m: number;
  /** Days since the declaration took the place of another; −1 for a first one, or when it is old enough. */
  readonly new_since_days: number;
  /** Both sides of the same day under the declaration before. */
  readonly reference_before_m: number;
  readonly actual_before_m: number;
  /** People who say that they drive alone in one car that day, this one included. */
  readonly sharers: number;
  /** The employer says half a day at the office; the worker said so too. */
  readonly half_office: boolean;
  readonly also_office: boolean;
  /** The leg on which a second engine disagrees the most: what is counted, and what it said. */
  readonly leg_m: number;
  readonly audited_m: number;
  /** Metres by which the last recount of the month differs. */
  readonly recount_m: number;
}

export const ordinary: TripFacts = {
  counted: true,
  declared_m: 0,
  routed_m: 0,
  reference_m: 0,
  actual_m: 0,
  new_since_days: -1,
  reference_before_m: 0,
  actual_before_m: 0,
  sharers: 1,
  half_office: false,
  also_office: false,
  leg_m: 0,
  audited_m: 0,
  recount_m: 0,
};

type TripRule = Rule<TripFacts, Thresholds>;

const fraction = (share: Rational, lang: 'fr' | 'en') => `${text(share)} ${lang === 'fr' ? 'de' : 'of'}`;

const inverse = ({ numerator, denominator }: Rational): Rational => ({
  numerator: denominator,
  denominator: numerator,
});

/** What the catalogue of presences says of a rule: it names what is judged here, so that its silence is noticed. */
const told = (id: (typeof rulesOfTrips)[number]['id']) => rulesOfTrips.find(rule => rule.id === id)!;

/** Has a saving risen by more than a share of what it was? From nothing or less, any saving has. */
const rises = ({ reference_m, actual_m, reference_before_m, actual_before_m }: TripFacts, share: Rational): boolean => {
  const [now, before] = [reference_m - actual_m, reference_before_m - actual_before_m];
  return now > 0 && (before <= 0 || aboveShare(now - before, before, share));
};

/** Rules on what a presence avoided, in the order of the catalogue of presences. */
export const rules: readonly TripRule[] = [
  {
    ...told('F12'),
    version: '2026-11',
    threshold: () => ({ fr: 'dès que l’employeur le dit', en: 'as soon as the employer says so' }),
    reads: ['counted', 'half_office', 'also_office'],
    judge: ({ counted, half_office, also_office }) => (counted && half_office && !also_office ? 'blocked' : 'passed'),
  },
  {
    ...told('F13'),
    version: '2026-11',
    threshold: ({ declared_above, declared_below }) =>
      both(lang =>
        lang === 'fr'
          ? `plus de ${text(declared_above)} fois ou moins de ${text(declared_below)} ; la plus courte compte`
          : `more than ${text(declared_above)} times or less than ${text(declared_below)}; the shorter one counts`,
      ),
    reads: ['declared_m', 'routed_m'],
    judge: ({ declared_m, routed_m }, { declared_above, declared_below }) => {
      const far = aboveShare(declared_m, routed_m, declared_above);
      const near = aboveShare(routed_m, declared_m, inverse(declared_below));
      return declared_m > 0 && (far || near) ? 'noted' : 'passed';
    },
  },
  {
    ...told('F14'),
    version: '2026-11',
    threshold: () => ({
      fr: 'le trajet vers l’espace n’est pas plus court',
      en: 'the trip to the space is not shorter',
    }),
    reads: ['counted', 'reference_m', 'actual_m'],
    judge: ({ counted, reference_m, actual_m }) => (counted && actual_m >= reference_m ? 'noted' : 'passed'),
  },
  {
    ...told('F18'),
    version: '2026-11',
    threshold: ({ new_home_days, saving_rise }) =>
      both(lang =>
        lang === 'fr'
          ? `moins de ${whole(new_home_days)} jours, et plus de ${fraction(saving_rise, lang)} kilomètres évités en plus`
          : `under ${whole(new_home_days)} days, and over ${fraction(saving_rise, lang)} the kilometres avoided added`,
      ),
    reads: ['new_since_days', 'reference_m', 'actual_m', 'reference_before_m', 'actual_before_m'],
    judge: (facts, { new_home_days, saving_rise }) => {
      const recent = facts.new_since_days >= 0 && !reaches(facts.new_since_days, new_home_days);
      return recent && rises(facts, saving_rise) ? 'review' : 'passed';
    },
  },
  {
    ...told('F20'),
    version: '2026-11',
    threshold: () => ({
      fr: 'le même jour ; les kilomètres sont partagés',
      en: 'on one day; the kilometres are shared',
    }),
    reads: ['sharers'],
    judge: ({ sharers }) => (sharers > 1 ? 'noted' : 'passed'),
  },
  {
    ...told('R01'),
    version: '2026-11',
    threshold: ({ engines_apart }) => both(lang => `${lang === 'fr' ? 'plus de' : 'more than'} ${text(engines_apart)}`),
    reads: ['leg_m', 'audited_m'],
    judge: ({ leg_m, audited_m }, { engines_apart }) =>
      aboveShare(Math.abs(leg_m - audited_m), leg_m, engines_apart) ? 'review' : 'passed',
  },
  {
    ...told('R02'),
    version: '2026-11',
    threshold: () => ({ fr: 'dès le premier mètre', en: 'from the first metre' }),
    reads: ['recount_m'],
    judge: ({ recount_m }) => (recount_m > 0 ? 'review' : 'passed'),
  },
];

/** The rules on trips with the values of a day. */
export const benchWith = (values: Thresholds): Bench<TripFacts, Thresholds> => ({ rules, values, ordinary });
