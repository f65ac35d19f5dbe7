import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import { greatCircleM, type Place } from '../kernel/place.ts';
import type { DayRequest, LegRequest, Replaced } from '../method/method.ts';
import { type Baseline, factorOf, isShared, roadModeOf, type SpaceId, type Travel } from './baseline.ts';
import { words } from './words.ts';

/** One trip in one direction: roads are not the same both ways. */
export type LegKind = 'home_office' | 'office_home' | 'home_space' | 'space_home' | 'space_office';

/** A leg whose road was asked for once and kept. */
export interface KnownLeg {
  readonly kind: LegKind;
  /** The space at one end; null between home and office. */
  readonly spaceId: SpaceId | null;
  readonly routed_m: number;
}

/** A leg to ask the road engine about. */
export interface PlannedLeg {
  readonly kind: LegKind;
  readonly spaceId: SpaceId | null;
  readonly from: Place;
  readonly to: Place;
  readonly mode: 'car' | 'bicycle' | 'foot';
  /** A declaration without this leg is of no use: it is refused with the reason. */
  readonly required: boolean;
}

export interface SpacePoint {
  readonly spaceId: SpaceId;
  readonly place: Place;
}

const nearestCount = 3;
const nearestWithin_m = 40_000;

/** The spaces named in the declaration, then the nearest others, so that a day elsewhere can be counted too. */
export const spacesToReach = (
  home: Place,
  named: readonly SpaceId[],
  spaces: readonly SpacePoint[],
): readonly SpacePoint[] => {
  const others = spaces
    .filter(({ spaceId }) => !named.includes(spaceId))
    .map(space => ({ space, metres: greatCircleM(home, space.place) }))
    .filter(({ metres }) => metres <= nearestWithin_m)
    .sort((a, b) => a.metres - b.metres)
    .slice(0, nearestCount);
  return [...spaces.filter(({ spaceId }) => named.includes(spaceId)), ...others.map(({ space }) => space)];
};

/** Every leg to ask for, each direction apart, while the home is still known to the metre. */
export const plannedLegs = (baseline: Baseline, home: Place, spaces: readonly SpacePoint[]): readonly PlannedLeg[] => {
  const office = baseline.workplace.place;
  const byOffice = { mode: roadModeOf(baseline.office.mode), spaceId: null, required: true };
  const toOffice: PlannedLeg[] = [
    { ...byOffice, kind: 'home_office', from: home, to: office },
    { ...byOffice, kind: 'office_home', from: office, to: home },
  ];
  const toSpaces = spacesToReach(home, baseline.spaceIds, spaces).flatMap(({ spaceId, place }): PlannedLeg[] => {
    const required = baseline.spaceIds.includes(spaceId);
    const bySpace = { mode: roadModeOf(baseline.space.mode), spaceId, required };
    return [
      { ...bySpace, kind: 'home_space', from: home, to: place },
      { ...bySpace, kind: 'space_home', from: place, to: home },
      { ...byOffice, spaceId, required: false, kind: 'space_office', from: place, to: office },
    ];
  });
  return [...toOffice, ...toSpaces];
};

/** The one leg that needs no home: it can be asked again as long as the same map is at hand. */
export const plannedOffice = (baseline: Baseline, space: SpacePoint): Pick<PlannedLeg, 'from' | 'to' | 'mode'> => ({
  from: space.place,
  to: baseline.workplace.place,
  mode: roadModeOf(baseline.office.mode),
});

/** Beyond this distance from a road, the point asked about is not where the road answer starts. */
export const farthestSnap_m = 500;

/** May this answer be counted? Only a road found in that very direction, close enough to both ends. */
export const answerRefusal = (
  leg: LegKind,
  answer: { readonly method: string; readonly snap_m: number },
): Refusal | null => {
  if (answer.method !== 'route') return words.estimateNeverCredited(leg);
  return answer.snap_m > farthestSnap_m ? words.snapTooFar(leg) : null;
};

export interface DayFacts {
  readonly baseline: Baseline;
  readonly legs: readonly KnownLeg[];
  readonly spaceId: SpaceId;
  readonly replaced: Replaced;
  /** The person also went to the company that day: both sides are then the real chain of legs. */
  readonly alsoOffice: boolean;
}

/** Declared against routed: a leg not travelled keeps the shorter, so that the saving is never the greater of the two. */
export const referenceMetres = (routed_m: number, declared_m: number | null): number =>
  declared_m === null ? routed_m : Math.min(routed_m, declared_m);

const legBy = ({ mode, energy, occupancy }: Travel, metres: number): LegRequest => ({
  metres,
  factor: factorOf({ mode, energy, occupancy }),
  ...(isShared(mode) && occupancy !== '1' && { occupancy }),
});

/** The two sides of one day, as the method reads them; refused when a distance is not known. */
export const legsOfDay = ({ baseline, legs, spaceId, replaced, alsoOffice }: DayFacts): Outcome<DayRequest> => {
  const { office, space, declaredOffice_m } = baseline;
  const between = (kind: LegKind, at: SpaceId | null) => legs.find(leg => leg.kind === kind && leg.spaceId === at);
  const outward = between('home_office', null);
  const back = between('office_home', null);
  const toSpace = between('home_space', spaceId);
  const fromSpace = alsoOffice ? between('space_office', spaceId) : between('space_home', spaceId);
  if (!outward) return refuse(words.noDistance('home_office'));
  if (!back) return refuse(words.noDistance('office_home'));
  if (!toSpace) return refuse(words.noDistance('home_space'));
  if (!fromSpace) return refuse(words.noDistance(alsoOffice ? 'space_office' : 'space_home'));
  return accept({
    x: alsoOffice ? 0 : 1,
    replaced,
    reference: [
      legBy(office, referenceMetres(outward.routed_m, declaredOffice_m)),
      legBy(office, referenceMetres(back.routed_m, declaredOffice_m)),
    ],
    actual: alsoOffice
      ? [legBy(space, toSpace.routed_m), legBy(office, fromSpace.routed_m), legBy(office, back.routed_m)]
      : [legBy(space, toSpace.routed_m), legBy(space, fromSpace.routed_m)],
  });
};
