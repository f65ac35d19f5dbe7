import { employersOfBaselines, legsReader, routesOf, type TripLegs } from '../../commute/commute.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { type Day, localDay } from '../../kernel/time.ts';
import type { FactorSet } from '../../method/method.ts';
import { networkOf } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { closingOf } from '../../presence/presence.ts';
import { certifiedValues } from '../../schemes/schemes.ts';
import { presencesFrom, tripCounter } from '../gather.ts';
import type { MonthPresence } from '../line.ts';
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
  const known = new Map<string, ReturnType<typeof tripCounter>>();
  const employers = new Map<string, string | null>();
  const isPerVehicle = perVehicle(factors);
  const legsOn = legsReader();
  const countTrip = (trip: TripLegs) => known.get(trip.baselineId)!(trip);
  return async (work, days) => {
    const [presences, trips] = await Promise.all([closingOf(work, { days }), legsOn(work, days)]);
    const unknown = [...new Set(trips.map(trip => trip.baselineId))].filter(id => !known.has(id));
    if (unknown.length > 0) {
      const routes = await routesOf(work, unknown);
      const own = tripCounter(routes, isPerVehicle);
      for (const id of unknown) known.set(id, own);
      for (const [id, employerId] of await employersOfBaselines(work, unknown)) employers.set(id, employerId);
    }
    return presencesFrom({ presences, trips, countTrip, employerOf: id => employers.get(id) ?? null });
  };
}
