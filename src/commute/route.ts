import { sha256 } from '../kernel/canonical.ts';
import type { Instant } from '../kernel/time.ts';
import type { BaselineId } from './baseline.ts';
import type { KnownLeg, PlannedLeg } from './legs.ts';

/** What a road engine answers for one direction; the point asked about is not kept. */
export interface RoadAnswer {
  readonly metres: number;
  readonly seconds: number;
  readonly engine: string;
  readonly engine_version: string;
  readonly data_sha256: string;
  readonly costing: string;
  readonly snap_m: number;
  readonly request_sha256: string;
}

/** A distance and what it takes to ask for it again. Rows are evidence: they are never changed. */
export interface RouteEvidence extends KnownLeg {
  readonly baselineId: BaselineId;
  readonly mode: PlannedLeg['mode'];
  readonly seconds: number;
  readonly engine: string;
  readonly engine_version: string;
  /** SHA-256 of the map extract. */
  readonly data_sha256: string;
  readonly costing: string;
  readonly snap_m: number;
  /** SHA-256(salt ‖ hash of the question): the question holds a home, and a bare hash of it could be guessed. */
  readonly question_commit: string;
  readonly recordedAt: Instant;
}

/** The road engine answers in whole metres and seconds, or nearly: a float never goes further than here. */
export const evidenceOf = (
  { kind, spaceId, mode }: PlannedLeg,
  answer: RoadAnswer,
  asked: { readonly baselineId: BaselineId; readonly salt: string; readonly at: Instant },
): RouteEvidence => ({
  baselineId: asked.baselineId,
  kind,
  spaceId,
  mode,
  routed_m: Math.round(answer.metres),
  seconds: Math.round(answer.seconds),
  engine: answer.engine,
  engine_version: answer.engine_version,
  data_sha256: answer.data_sha256,
  costing: answer.costing,
  snap_m: Math.round(answer.snap_m),
  question_commit: sha256(`${asked.salt}${answer.request_sha256}`),
  recordedAt: asked.at,
});

/** The distances of each declaration. */
export const byBaseline = <T extends { readonly baselineId: BaselineId }>(
  routes: readonly T[],
): ReadonlyMap<BaselineId, readonly T[]> => {
  const grouped = new Map<BaselineId, T[]>();
  for (const route of routes) {
    const others = grouped.get(route.baselineId);
    if (others) others.push(route);
    else grouped.set(route.baselineId, [route]);
  }
  return grouped;
};
