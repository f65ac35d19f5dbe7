import type { Day } from '../kernel/time.ts';

/** One counted day on the path. */
export interface Step {
  readonly day: Day;
  readonly avoided_m: bigint;
}

/** A piece of the path: points in drawing units, one after the other. */
export interface Stretch {
  readonly day: Day;
  readonly back: boolean;
  readonly points: string;
}

export interface PathDrawing {
  readonly width: number;
  readonly height: number;
  /** Kilometres along one row of the path. */
  readonly row_km: number;
  readonly track: string;
  readonly stretches: readonly Stretch[];
  /** Where the path stands today. */
  readonly head: { readonly x: number; readonly y: number };
}

const rowLength = 560;
const rowGap = 44;
const margin = 32;
const mostRows = 5;
const rowSizes_km = [20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

const turn = (Math.PI * rowGap) / 2;
const period = rowLength + turn;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A point of a road that winds down the page: rows to the right, then to the left, joined by half circles. */
const pointAt = (along: number): Point => {
  const row = Math.floor(along / period);
  const rest = along - row * period;
  const rightward = row % 2 === 0;
  const y = margin + row * rowGap;
  if (rest <= rowLength) return { x: margin + (rightward ? rest : rowLength - rest), y };
  const angle = ((rest - rowLength) / turn) * Math.PI;
  const bulge = Math.sin(angle) * (rowGap / 2);
  return {
    x: rightward ? margin + rowLength + bulge : margin - bulge,
    y: y + (1 - Math.cos(angle)) * (rowGap / 2),
  };
};

const written = ({ x, y }: Point) => `${x.toFixed(1)},${y.toFixed(1)}`;

/** The points between two places of the road, close enough for the turns to look round. */
const pointsBetween = (from: number, to: number): string => {
  const [low, high] = from < to ? [from, to] : [to, from];
  const count = Math.max(1, Math.ceil((high - low) / 6));
  return Array.from({ length: count + 1 }, (_, i) => written(pointAt(low + ((high - low) * i) / count))).join(' ');
};

/**
 * Lays the days out as one winding road, to scale, oldest first. A day that cost more road than it avoided goes back over
 * it. Metres become drawing units here and nowhere else: this is a picture, not a sum.
 */
export const drawPath = (steps: readonly Step[]): PathDrawing => {
  let walked = 0n;
  const reached = steps.map(({ avoided_m }) => {
    const from = walked;
    walked += avoided_m;
    return [from, walked] as const;
  });
  const farthest = reached.reduce((most, [, to]) => (to > most ? to : most), 0n);
  const row_km = rowSizes_km.find(km => Number(farthest) <= km * 1_000 * mostRows) ?? rowSizes_km.at(-1)!;
  const along = (metres: bigint) => (Math.max(0, Number(metres)) / (row_km * 1_000)) * period;
  const rows = Math.max(1, Math.ceil(along(farthest) / period));
  return {
    width: rowLength + 2 * margin + rowGap,
    height: (rows - 1) * rowGap + 2 * margin,
    row_km,
    track: pointsBetween(0, (rows - 1) * period + rowLength),
    stretches: steps.map(({ day, avoided_m }, i) => ({
      day,
      back: avoided_m < 0n,
      points: pointsBetween(along(reached[i]![0]), along(reached[i]![1])),
    })),
    head: pointAt(along(walked)),
  };
};
