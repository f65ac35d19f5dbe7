import { daysBetween } from '../kernel/time.ts';
import type { LegRequest } from '../method/method.ts';
import type { Baseline, SpaceId } from './baseline.ts';
import { type KnownLeg, referenceMetres } from './legs.ts';
import { ordinary, type TripFacts } from './rules.ts';
import type { Counted } from './trip.ts';

/** A leg as two engines measure it. */
export interface AuditedLeg {
  readonly routed_m: number;
  readonly audited_m: number;
}

/** What is known around a trip when it is judged. */
export interface AroundTrip {
  readonly baseline: Baseline;
  readonly legs: readonly KnownLeg[];
  /** The declaration that this one took the place of, with its legs; null for a first one. */
  readonly replaced: { readonly baseline: Baseline; readonly legs: readonly KnownLeg[] } | null;
  readonly audits: readonly AuditedLeg[];
  readonly halfOffice: boolean;
  readonly recount_m: number;
  /** Days during which a new declaration is looked at. */
  readonly newFor_days: number;
}

/** Nothing was counted: there is nothing to find. */
export const nothingCounted: TripFacts = { ...ordinary, counted: false };

const metresOf = (legs: readonly LegRequest[]): number => legs.reduce((sum, { metres }) => sum + metres, 0);

const routed = (legs: readonly KnownLeg[], kind: KnownLeg['kind'], at: SpaceId | null): number | null =>
  legs.find(leg => leg.kind === kind && leg.spaceId === at)?.routed_m ?? null;

/** Both sides of an ordinary day under the declaration before; a space it never measured is as far as it is now. */
function sidesBefore({ replaced }: AroundTrip, spaceId: SpaceId, actual_m: number) {
  const { baseline, legs } = replaced!;
  const office = (['home_office', 'office_home'] as const).map(kind =>
    referenceMetres(routed(legs, kind, null) ?? 0, baseline.declaredOffice_m),
  );
  const space = (['home_space', 'space_home'] as const).map(kind => routed(legs, kind, spaceId));
  const known = space.every(metres => metres !== null);
  return {
    reference_before_m: office[0]! + office[1]!,
    actual_before_m: known ? space[0]! + space[1]! : actual_m,
  };
}

/** A declaration whose roads nobody could measure has counted nothing: the next one is no change. */
const hasCounted = ({ replaced }: AroundTrip): boolean =>
  replaced !== null && routed(replaced.legs, 'home_office', null) !== null;

/** The leg on which two engines are the farthest apart, for its length. */
const worstOf = (audits: readonly AuditedLeg[]): AuditedLeg | undefined =>
  audits.toSorted(
    (a, b) => Math.abs(b.routed_m - b.audited_m) * a.routed_m - Math.abs(a.routed_m - a.audited_m) * b.routed_m,
  )[0];

/** What the rules may know of a counted trip. */
export function tripFacts(trip: Counted, around: AroundTrip): TripFacts {
  const { baseline, legs, newFor_days } = around;
  const [reference_m, actual_m] = [metresOf(trip.reference), metresOf(trip.actual)];
  const since_days = daysBetween(baseline.validFrom, trip.day);
  const isNew = hasCounted(around) && since_days < newFor_days;
  const worst = worstOf(around.audits);
  return {
    ...ordinary,
    declared_m: baseline.declaredOffice_m ?? 0,
    routed_m: baseline.declaredOffice_m === null ? 0 : (routed(legs, 'home_office', null) ?? 0),
    reference_m,
    actual_m,
    ...(isNew && { new_since_days: since_days, ...sidesBefore(around, trip.spaceId, actual_m) }),
    sharers: trip.sharers ?? 1,
    half_office: around.halfOffice,
    also_office: trip.x === 0,
    ...(worst && { leg_m: worst.routed_m, audited_m: worst.audited_m }),
    recount_m: around.recount_m,
  };
}
