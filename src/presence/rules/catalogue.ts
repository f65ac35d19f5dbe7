import type { Bilingual } from '../../kernel/bilingual.ts';
import type { Axis } from '../attestation.ts';
import { dayRules } from './day-rules.ts';
import { evidenceRules } from './evidence-rules.ts';
import { ordinary, type PresenceFacts } from './facts.ts';
import type { Bench, Rule } from './rule.ts';
import { siteRules } from './site-rules.ts';
import type { Thresholds } from './thresholds.ts';

/** Who judges: this room what the check-ins show, the room of trips what the day avoided. */
export type Judge = 'presence' | 'commute';

/**
 * The catalogue: public, the same for everyone, a product choice to be calibrated. Ids are those of the network's rules:
 * gaps are judged by the room of trips.
 */
export const rules: readonly Rule<PresenceFacts, Thresholds>[] = [...dayRules, ...evidenceRules, ...siteRules].toSorted(
  (a, b) => (a.id < b.id ? -1 : 1),
);

/** What is told of a rule, whoever judges it. */
export interface RuleOfTrips {
  readonly id: string;
  readonly axis: Axis;
  readonly title: Bilingual;
  readonly advice: Bilingual;
}

const declareAgain: Bilingual = {
  fr: 'Vérifiez votre trajet dans « Mes kilomètres » ; déclarez-le de nouveau s’il a changé.',
  en: 'Check your trip under “My kilometres”; declare it again if it has changed.',
};

const networkLooks: Bilingual = {
  fr: 'Rien à faire : le réseau regarde et tranche.',
  en: 'Nothing to do: the network looks and decides.',
};

/** Rules on trips, judged above this room: a presence on which one of them has not spoken waits. */
export const rulesOfTrips = [
  {
    id: 'F12',
    axis: 'fraud',
    title: { fr: 'demi-journée au bureau non déclarée', en: 'half a day at the office, not declared' },
    advice: {
      fr: 'Dites dans « Mes kilomètres » que vous êtes aussi passé au bureau ce jour-là.',
      en: 'Say under “My kilometres” that you also went to the office on that day.',
    },
  },
  {
    id: 'F13',
    axis: 'anomaly',
    title: { fr: 'distance déclarée loin de la distance par la route', en: 'declared distance far from the road’s' },
    advice: declareAgain,
  },
  {
    id: 'F14',
    axis: 'anomaly',
    title: { fr: 'aucun kilomètre évité', en: 'no kilometre avoided' },
    advice: {
      fr: 'La journée compte telle qu’elle est, même si le trajet s’allonge.',
      en: 'The day counts as it is, even when the trip is longer.',
    },
  },
  {
    id: 'F18',
    axis: 'anomaly',
    title: { fr: 'nouveau trajet déclaré juste avant', en: 'new trip declared just before' },
    advice: networkLooks,
  },
  {
    id: 'F20',
    axis: 'fraud',
    title: { fr: 'une voiture, deux personnes « seules »', en: 'one car, two people “alone”' },
    advice: declareAgain,
  },
  {
    id: 'R01',
    axis: 'anomaly',
    title: { fr: 'deux calculs de route en désaccord', en: 'two road engines that disagree' },
    advice: networkLooks,
  },
  {
    id: 'R02',
    axis: 'anomaly',
    title: {
      fr: 'distance qui ne se recalcule pas à l’identique',
      en: 'distance that does not compute again the same',
    },
    advice: networkLooks,
  },
] as const satisfies readonly RuleOfTrips[];

/** The rules of this room with the values of a day. */
export const benchWith = (values: Thresholds): Bench<PresenceFacts, Thresholds> => ({
  rules,
  values,
  ordinary,
  exempt: facts => facts.exempt,
});
