import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Instant } from '../kernel/time.ts';
import { words } from './words.ts';

/** Clockwise. */
export type Turn = 0 | 90 | 180 | 270;
export const turns: readonly Turn[] = [0, 90, 180, 270];

/** Where a desk or a room stands: its top left corner once turned, and its own size before. Whole centimetres. */
export interface Place {
  readonly resourceId: Id<'res'>;
  readonly x_cm: number;
  readonly y_cm: number;
  readonly width_cm: number;
  readonly depth_cm: number;
  readonly turn_deg: Turn;
}

export interface Wall {
  readonly x1_cm: number;
  readonly y1_cm: number;
  readonly x2_cm: number;
  readonly y2_cm: number;
}

export interface PlanLabel {
  readonly x_cm: number;
  readonly y_cm: number;
  readonly text: string;
}

/** A floor as it is drawn. */
export interface Drawing {
  readonly width_cm: number;
  readonly depth_cm: number;
  readonly places: readonly Place[];
  readonly walls: readonly Wall[];
  readonly labels: readonly PlanLabel[];
}

export interface Plan extends Drawing {
  readonly planId: Id<'pln'>;
  readonly spaceId: Id<'spc'>;
  /** 0 is the ground floor. */
  readonly floor: number;
  readonly from: Instant;
  /** When another one replaced it; null while it holds. */
  readonly until: Instant | null;
}

export const floors = { lowest: -5, highest: 60 } as const;
export const floorSize_cm = { least: 200, most: 10_000 } as const;
export const placeSize_cm = { least: 20, most: 3_000 } as const;
const mostWalls = 200;
const mostLabels = 60;
const longestLabel = 40;

/** What a place covers of the floor, turned as it is. */
export interface Footprint {
  readonly x_cm: number;
  readonly y_cm: number;
  readonly across_cm: number;
  readonly down_cm: number;
}

export const footprintOf = ({ x_cm, y_cm, width_cm, depth_cm, turn_deg }: Place): Footprint =>
  turn_deg === 90 || turn_deg === 270
    ? { x_cm, y_cm, across_cm: depth_cm, down_cm: width_cm }
    : { x_cm, y_cm, across_cm: width_cm, down_cm: depth_cm };

/** Do two places cover a same centimetre? Side by side they do not. */
export const overlap = (a: Footprint, b: Footprint): boolean =>
  a.x_cm < b.x_cm + b.across_cm &&
  b.x_cm < a.x_cm + a.across_cm &&
  a.y_cm < b.y_cm + b.down_cm &&
  b.y_cm < a.y_cm + a.down_cm;

type Floor = Pick<Drawing, 'width_cm' | 'depth_cm'>;

export const liesOn = ({ x_cm, y_cm, across_cm, down_cm }: Footprint, floor: Floor): boolean =>
  x_cm >= 0 && y_cm >= 0 && x_cm + across_cm <= floor.width_cm && y_cm + down_cm <= floor.depth_cm;

const within = (n: number, least: number, most: number): boolean => Number.isInteger(n) && least <= n && n <= most;
const isPoint = (x_cm: number, y_cm: number, floor: Floor): boolean =>
  within(x_cm, 0, floor.width_cm) && within(y_cm, 0, floor.depth_cm);

const isWall = ({ x1_cm, y1_cm, x2_cm, y2_cm }: Wall, floor: Floor): boolean =>
  isPoint(x1_cm, y1_cm, floor) && isPoint(x2_cm, y2_cm, floor) && (x1_cm !== x2_cm || y1_cm !== y2_cm);

/** The first two of a list that overlap. */
function firstOverlap(places: readonly Place[]): readonly [Place, Place] | null {
  for (const [n, one] of places.entries()) {
    const other = places.slice(n + 1).find(next => overlap(footprintOf(one), footprintOf(next)));
    if (other) return [one, other];
  }
  return null;
}

/** The first reason why one place cannot stand so. */
function placeRefusal(place: Place, floor: Floor, name: string): Refusal | null {
  const { least, most } = placeSize_cm;
  if (!within(place.width_cm, least, most) || !within(place.depth_cm, least, most)) return words.placeSize(name);
  const whole = Number.isInteger(place.x_cm) && Number.isInteger(place.y_cm) && turns.includes(place.turn_deg);
  return whole && liesOn(footprintOf(place), floor) ? null : words.placeOutside(name);
}

/** The first reason why a floor cannot be drawn so; `names` are those of the space's desks and rooms. */
export function drawingRefusal(drawing: Drawing, names: ReadonlyMap<Id<'res'>, string>): Refusal | null {
  const { width_cm, depth_cm, places, walls, labels } = drawing;
  const { least, most } = floorSize_cm;
  if (!within(width_cm, least, most) || !within(depth_cm, least, most)) return words.floorSize;
  if (places.some(one => !names.has(one.resourceId))) return words.unknownResource;
  const nameOf = (place: Place): string => names.get(place.resourceId)!;
  const twice = places.find((one, n) => places.findIndex(other => other.resourceId === one.resourceId) !== n);
  if (twice) return words.placedTwice(nameOf(twice));
  const misplaced = places.map(one => placeRefusal(one, drawing, nameOf(one))).find(why => why !== null);
  if (misplaced) return misplaced;
  const pair = firstOverlap(places);
  if (pair) return words.placesOverlap(nameOf(pair[0]), nameOf(pair[1]));
  const wall = walls.findIndex(one => !isWall(one, drawing));
  if (wall !== -1 || walls.length > mostWalls) return words.badWall(wall === -1 ? mostWalls + 1 : wall + 1);
  const label = labels.findIndex(
    one => !isPoint(one.x_cm, one.y_cm, drawing) || one.text === '' || one.text.length > longestLabel,
  );
  return label === -1 && labels.length <= mostLabels ? null : words.badLabel(label === -1 ? mostLabels + 1 : label + 1);
}

interface Placeable {
  readonly resourceId: Id<'res'>;
  readonly kind: string;
  readonly name: string;
}

const firstSizes: Readonly<Record<string, readonly [width_cm: number, depth_cm: number]>> = {
  office: [300, 250],
  meeting_room: [400, 300],
};
const deskSize = [140, 120] as const;
const gap_cm = 60;

const kindOrder = ['desk', 'office', 'meeting_room'];
const names = new Intl.Collator('fr', { numeric: true });
const byKindThenName = (a: Placeable, b: Placeable): number =>
  kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || names.compare(a.name, b.name);

/** A first drawing to start from: everything in rows, as wide as `width_cm`, on a floor as deep as it takes. */
export function inRows(resources: readonly Placeable[], width_cm = 1_200): Drawing {
  const places: Place[] = [];
  let [x_cm, y_cm, row_cm] = [gap_cm, gap_cm, 0];
  for (const { resourceId, kind } of resources.toSorted(byKindThenName)) {
    const [width, depth] = firstSizes[kind] ?? deskSize;
    if (x_cm + width + gap_cm > width_cm) [x_cm, y_cm, row_cm] = [gap_cm, y_cm + row_cm + gap_cm, 0];
    places.push({ resourceId, x_cm, y_cm, width_cm: width, depth_cm: depth, turn_deg: 0 });
    [x_cm, row_cm] = [x_cm + width + gap_cm, Math.max(row_cm, depth)];
  }
  const depth_cm = Math.max(floorSize_cm.least, y_cm + row_cm + gap_cm);
  return { width_cm, depth_cm, places, walls: [], labels: [] };
}
