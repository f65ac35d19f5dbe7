import type { Outcome } from '../../kernel/outcome.ts';
import { greatCircleM, type Place } from '../../kernel/place.ts';

export type Mode = 'car' | 'bicycle' | 'foot';
export type Costing = 'shortest' | 'fastest';

/** What produced a figure, precisely enough to ask the same question again and get the same answer. */
interface RoadSource {
  readonly engine: string;
  readonly engine_version: string;
  /** SHA-256 of the map extract; of the map's name and version when a service does not publish its map. */
  readonly data_sha256: string;
  /** Canonical JSON of the costing options. */
  readonly costing: string;
}

/** The answer to one trip in one direction: the only kind of distance that may be credited. */
export interface RoadRoute extends RoadSource {
  readonly method: 'route';
  readonly metres: number;
  readonly seconds: number;
  /** The line driven, six decimals, in Google's encoding. */
  readonly polyline6: string;
  readonly snapped_from: Place;
  readonly snapped_to: Place;
  /** The longer of the two distances between the points asked and the road. */
  readonly snap_m: number;
  /** OpenStreetMap ways in driving order, each once in a row; empty when the engine does not tell. */
  readonly way_ids: readonly number[];
  /** Hash of the engine, the map, the question and the costing. */
  readonly request_sha256: string;
}

/** One cell of a one-to-many answer: for lists and minutes on screen, never credited. */
export interface RoadReach {
  readonly method: 'matrix';
  readonly metres: number;
  readonly seconds: number;
}

/** A distance guessed from a straight line: for display, with its interval, never credited. */
export interface RoadEstimate {
  readonly method: 'estimate';
  readonly metres: number;
  readonly low_m: number;
  readonly high_m: number;
}

/** What can be reached within so many minutes: closed outer rings, the largest first. */
export interface Isochrone {
  readonly minutes: number;
  readonly rings: readonly (readonly Place[])[];
}

export interface RouterDescription {
  readonly engine: string;
  readonly version: string;
  /** Date of the map; null when the map does not say. */
  readonly data_timestamp: string | null;
  readonly data_sha256: string;
  readonly tileset_sha256: string;
  /** Canonical JSON: the options of every mode and costing. */
  readonly costing: string;
  /** What the engine leaves out, in one line of English for dossiers; empty when nothing is known. */
  readonly caveat: string;
  /** True when the map is invented, as the demo network's is. */
  readonly fictitious: boolean;
}

/** Roads, whatever computes them. Every answer is either a figure of that engine or a refusal in words. */
export interface RoadRouter {
  /** One direction. Refuses `roads.engine_unavailable`, `roads.snap_too_far`, `roads.no_route`. */
  route(from: Place, to: Place, mode: Mode, costing: Costing): Promise<Outcome<RoadRoute>>;
  /** By the fastest way, in the order of `tos`; null where `route` would refuse. */
  oneToMany(from: Place, tos: readonly Place[], mode: Mode): Promise<readonly (RoadReach | null)[]>;
  /** By the fastest way, one contour for each number of minutes. */
  isochrone(from: Place, mode: Mode, minutes: readonly number[]): Promise<Outcome<readonly Isochrone[]>>;
  describe(): RouterDescription;
  close(): Promise<void>;
}

/**
 * Héran's formula of French practice: road = d × (1.1 + 0.3·e^(−d/20)), d in km as the crow flies.
 * Real mountain roads were found up to 2.1 times the straight line at the ninth decile: the interval goes from the straight line to that.
 */
export function estimate(from: Place, to: Place): RoadEstimate {
  const straight_m = greatCircleM(from, to);
  const metres = Math.round(straight_m * (1.1 + 0.3 * Math.exp(-straight_m / 20_000)));
  return { method: 'estimate', metres, low_m: straight_m, high_m: Math.round(straight_m * 2.1) };
}
