import type { LegKind, PresenceLegs, RouteEvidence, TripLegs } from '../commute/commute.ts';
import { groupBy } from '../kernel/group.ts';
import type { ClosingPresence } from '../presence/presence.ts';
import type { CountedLeg, CountedTrip, MonthPresence } from './line.ts';

/** Which factors are per vehicle, hence shared by the people aboard. */
export type IsPerVehicle = (factor: string) => boolean;

const outward: ReadonlySet<LegKind> = new Set(['home_office', 'home_space', 'space_office'] as const);

/** The legs that a day's two sides are made of, in the order in which the trip tells them. */
const kindsOf = ({ x }: TripLegs): Readonly<Record<'reference' | 'actual', readonly LegKind[]>> => ({
  reference: ['home_office', 'office_home'],
  actual: x === 0 ? ['home_space', 'space_office', 'office_home'] : ['home_space', 'space_home'],
});

function countedLegs(
  side: 'reference' | 'actual',
  trip: TripLegs,
  { routes, isPerVehicle }: { readonly routes: readonly RouteEvidence[]; readonly isPerVehicle: IsPerVehicle },
): readonly CountedLeg[] | null {
  const kinds = kindsOf(trip)[side];
  if (trip[side].length !== kinds.length) return null;
  const legs = kinds.map((kind, i): CountedLeg | null => {
    const atSpace = kind === 'home_office' || kind === 'office_home' ? null : trip.spaceId;
    const route = routes.find(one => one.kind === kind && one.spaceId === atSpace);
    const { metres, factor, occupancy } = trip[side][i]!;
    if (!route || typeof factor !== 'string') return null;
    return {
      direction: outward.has(kind) ? 'out' : 'back',
      metres,
      routed_m: route.routed_m,
      factor,
      ...(isPerVehicle(factor) && { occupancy: occupancy ?? '1' }),
      engine: `${route.engine} ${route.engine_version}`,
      data_sha256: route.data_sha256,
      snap_m: route.snap_m,
    };
  });
  return legs.every(leg => leg !== null) ? legs : null;
}

const countedTrip = (
  trip: TripLegs,
  routes: readonly RouteEvidence[],
  isPerVehicle: IsPerVehicle,
): CountedTrip | null => {
  const known = { routes, isPerVehicle };
  const [reference, actual] = [countedLegs('reference', trip, known), countedLegs('actual', trip, known)];
  if (reference === null || actual === null) return null;
  const { x, replaced, source } = trip;
  return { x, replaced, replaced_source: source, reference, actual, space_energy_mg: '0' };
};

/** Counts what trips were counted from, with the road answers behind them. */
export function tripCounter(routes: readonly RouteEvidence[], isPerVehicle: IsPerVehicle) {
  const routesOf = groupBy(routes, route => route.baselineId);
  return (legs: TripLegs): CountedTrip | null => countedTrip(legs, routesOf.get(legs.baselineId) ?? [], isPerVehicle);
}

export interface DayEvidence {
  readonly presences: readonly ClosingPresence[];
  readonly trips: readonly PresenceLegs[];
  /** The very same object for the very same legs: whoever comes next tells trips apart by identity. */
  readonly countTrip: (legs: TripLegs) => CountedTrip | null;
  /** Whose employee a declaration names. */
  readonly employerOf: (baselineId: TripLegs['baselineId']) => string | null;
}

/** Presences with the trip each one avoided. */
export function presencesFrom({ presences, trips, countTrip, employerOf }: DayEvidence): readonly MonthPresence[] {
  const legsOf = new Map(trips.map(trip => [trip.attestationId, trip.legs]));
  return presences.map(({ attestationId, personCommit, spaceId, day, halves, evidenceClass, standing }) => {
    const legs = legsOf.get(attestationId);
    const trip = legs ? countTrip(legs) : null;
    const employerId = legs ? employerOf(legs.baselineId) : null;
    return {
      presenceId: attestationId,
      personCommit,
      spaceId,
      day,
      halves,
      evidence: evidenceClass,
      standing,
      trip,
      employerId,
    };
  });
}
