import { employersOfBaselines, legsReader, routesOf, type TripLegs } from '../../commute/commute.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { type Day, localDay } from '../../kernel/time.ts';
import type { FactorSet } from '../../method/method.ts';
import { networkOf } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { closingOf } from '../../presence/presence.ts';
import { certifiedValues } from '../../schemes/schemes.ts';
import { presencesFrom, tripCounter } from '../gather.ts';
import type { CountedTrip, MonthPresence } from '../line.ts';
import { type Basis, basisOf } from '../terms.ts';

// What a closing reads: under what this network computes, and the presences of some days with their trips.

/** Months are those of metropolitan France; a presence's own day comes from its space. */
const zone = 'Europe/Paris';
export const today = (work: Work): Day => localDay(work.now, zone);

/** Under what this network computes today. */
export const basis = async (work: Work): Promise<Outcome<Basis>> =>
  basisOf((await networkOf(work)).profile, await certifiedValues(work), today(work));

const perVehicle = (set: FactorSet): ((factor: string) => boolean) => {
  const ids = new Set(set.factors.filter(one => one.denominator === 'veh_km').map(factor => factor.id));
  return factor => ids.has(factor);
};

/**
 * Reads presences of some days with their trips; equal trips are one object for all the days that one reader reads, each time in
 * the unit of work that it is given.
 */
export function presenceReader(
  factors: FactorSet,
): (work: Work, days: readonly Day[]) => Promise<readonly MonthPresence[]> {
  const counted = new Map<TripLegs, CountedTrip | null>();
  const employers = new Map<string, string | null>();
  const isPerVehicle = perVehicle(factors);
  const legsOn = legsReader();
  return async (work, days) => {
    const [presences, trips] = await Promise.all([closingOf(work, { days }), legsOn(work, days)]);
    const fresh = [...new Set(trips.map(trip => trip.legs))].filter(legs => !counted.has(legs));
    if (fresh.length > 0) {
      const ids = [...new Set(fresh.map(legs => legs.baselineId))];
      const [routes, employed] = await Promise.all([routesOf(work, ids), employersOfBaselines(work, ids)]);
      const count = tripCounter(routes, isPerVehicle);
      for (const legs of fresh) counted.set(legs, count(legs));
      for (const [id, employerId] of employed) employers.set(id, employerId);
    }
    const countTrip = (legs: TripLegs) => counted.get(legs) ?? null;
    return presencesFrom({ presences, trips, countTrip, employerOf: id => employers.get(id) ?? null });
  };
}
