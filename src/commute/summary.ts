import type { Bilingual } from '../kernel/bilingual.ts';
import { accept, type Outcome } from '../kernel/outcome.ts';
import { compare, floor, type Rational } from '../kernel/rational.ts';
import { type Month, monthOf } from '../kernel/time.ts';
import { type QuantifyRequest, quantify } from '../method/method.ts';
import { requestOf, type Trip } from './trip.ts';

/** What a person's days add up to. Masses are whole milligrams, rounded down for display. */
export interface Summary {
  readonly days: number;
  readonly counted: number;
  readonly waiting: number;
  readonly avoided_m: bigint;
  readonly net_mg: bigint;
  /** The same days under the other ways of deducting the rebound: the least and the most. */
  readonly least_mg: bigint;
  readonly most_mg: bigint;
}

type Rebound = QuantifyRequest['rebound'];

/** The demonstration's own rebound first, then those that published studies would allow. */
const rebounds: readonly Rebound[] = [
  { variant: 'net', rate: '31/100' },
  { variant: 'net', rate: '25/100' },
  { variant: 'reference', rate: '31/100' },
  { variant: 'reference', rate: '25/100' },
];

export const usualRebound: Rebound = rebounds[0]!;

const massUnder = (trips: readonly Trip[], rebound: Rebound): Outcome<Rational> => {
  const days = trips.map(trip => ({ count: 1, ...requestOf(trip) }));
  const result = quantify({ id: 'summary', method: 'lbc-tiers-lieux', profile: 'demo', rebound, days });
  return result.ok ? accept(result.value.net_mg) : result;
};

/** Is this a day whose worker has still to say what it replaced? */
export const isWaiting = (trip: Trip): boolean => trip.source === 'none';

export const summaryOf = (trips: readonly Trip[]): Outcome<Summary> => {
  const masses: Rational[] = [];
  for (const rebound of rebounds) {
    const mass = massUnder(trips, rebound);
    if (!mass.ok) return mass;
    masses.push(mass.value);
  }
  const sorted = masses.toSorted(compare);
  return accept({
    days: trips.length,
    counted: trips.filter(({ replaced }) => replaced === 'office' || replaced === 'home').length,
    waiting: trips.filter(isWaiting).length,
    avoided_m: trips.reduce((sum, { avoided_m }) => sum + avoided_m, 0n),
    net_mg: floor(masses[0]!),
    least_mg: floor(sorted[0]!),
    most_mg: floor(sorted.at(-1)!),
  });
};

export interface MonthOfTrips {
  readonly month: Month;
  readonly days: number;
  readonly avoided_m: bigint;
}

/** One line a month, the newest first. */
export const byMonth = (trips: readonly Trip[]): readonly MonthOfTrips[] => {
  const months = [...new Set(trips.map(({ day }) => monthOf(day)))].sort().toReversed();
  return months.map(month => {
    const own = trips.filter(({ day }) => monthOf(day) === month);
    return { month, days: own.length, avoided_m: own.reduce((sum, { avoided_m }) => sum + avoided_m, 0n) };
  });
};

/** Why a day counts for what it does, in a few words. */
export const reasonOf = ({ replaced, source, x }: Trip): Bilingual => {
  if (source === 'none') return { fr: 'en attente de votre réponse', en: 'waiting for your answer' };
  if (replaced === 'unknown') return { fr: 'vous ne savez pas : non compté', en: 'you do not know: not counted' };
  if (replaced === 'other')
    return { fr: 'ni bureau ni domicile : non compté', en: 'neither office nor home: not counted' };
  if (replaced === 'home') return { fr: 'télétravail à domicile remplacé', en: 'home telework replaced' };
  return x === 0
    ? { fr: 'bureau le même jour', en: 'office on the same day' }
    : { fr: 'journée au bureau remplacée', en: 'office day replaced' };
};

const roundNumbers = [1, 5, 10, 25, 50, 100, 200, 365];

/** The last two round numbers of trips to the office and back that the avoided road amounts to. */
export const roundTripsPassed = (
  avoided_m: bigint,
  roundTrip_m: number,
): readonly { readonly times: number; readonly metres: number }[] =>
  roundNumbers
    .map(times => ({ times, metres: times * roundTrip_m }))
    .filter(({ metres }) => metres > 0 && BigInt(metres) <= avoided_m)
    .slice(-2);
