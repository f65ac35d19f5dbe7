import type { Place } from '../../kernel/place.ts';

/** A point in whole 1e-7 degrees. */
export interface Point {
  readonly lon_e7: number;
  readonly lat_e7: number;
}

interface Grid {
  readonly west: number;
  readonly south: number;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
}

/** 1e-7 degrees of latitude in a metre. */
const perMetre = 1 / 0.01112;

/** A grid of square cells around the points, with a free margin of two cells. */
function gridOver(points: readonly Point[], cell_m: number): Grid {
  const range = (read: (point: Point) => number) =>
    points.reduce(([low, high], point) => [Math.min(low, read(point)), Math.max(high, read(point))] as const, [
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ] as const);
  const [west, east] = range(point => point.lon_e7);
  const [south, north] = range(point => point.lat_e7);
  const height = cell_m * perMetre;
  const width = height / Math.cos((((south + north) / 2) * 1e-7 * Math.PI) / 180);
  return {
    west: west - 2 * width,
    south: south - 2 * height,
    width,
    height,
    columns: Math.floor((east - west) / width) + 5,
    rows: Math.floor((north - south) / height) + 5,
  };
}

/** Cells that hold a point, and their neighbours. */
function paint(points: readonly Point[], grid: Grid): Uint8Array {
  const cells = new Uint8Array(grid.columns * grid.rows);
  for (const point of points) {
    const column = Math.floor((point.lon_e7 - grid.west) / grid.width);
    const row = Math.floor((point.lat_e7 - grid.south) / grid.height);
    for (let r = row - 1; r <= row + 1; r++)
      cells.fill(1, r * grid.columns + column - 1, r * grid.columns + column + 2);
  }
  return cells;
}

type Corner = readonly [column: number, row: number];

/** Sides between a painted and a bare cell, by the corner they leave; the painted cell is on the left. */
function sides(cells: Uint8Array, { columns, rows }: Grid): Map<number, Corner[]> {
  const leaving = new Map<number, Corner[]>();
  const add = (from: Corner, to: Corner) => {
    const key = from[1] * (columns + 1) + from[0];
    const list = leaving.get(key);
    if (list) list.push(to);
    else leaving.set(key, [to]);
  };
  for (let r = 1; r < rows - 1; r++) {
    for (let c = 1; c < columns - 1; c++) {
      if (cells[r * columns + c] === 0) continue;
      if (cells[(r - 1) * columns + c] === 0) add([c, r], [c + 1, r]);
      if (cells[r * columns + c + 1] === 0) add([c + 1, r], [c + 1, r + 1]);
      if (cells[(r + 1) * columns + c] === 0) add([c + 1, r + 1], [c, r + 1]);
      if (cells[r * columns + c - 1] === 0) add([c, r + 1], [c, r]);
    }
  }
  return leaving;
}

/** Follows sides from corner to corner until each ring closes. */
function chain(leaving: Map<number, Corner[]>, columns: number): Corner[][] {
  const key = ([c, r]: Corner) => r * (columns + 1) + c;
  const rings: Corner[][] = [];
  for (const [start, outs] of leaving) {
    while (outs.length > 0) {
      const ring: Corner[] = [[start % (columns + 1), Math.floor(start / (columns + 1))]];
      for (let next = outs.pop(); next !== undefined; next = leaving.get(key(next))?.pop()) {
        if (key(next) === start) break;
        ring.push(next);
      }
      rings.push(ring);
    }
  }
  return rings;
}

/** Twice the signed area; positive for an outer ring. */
const area = (ring: readonly Corner[]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);

/** Chaikin's corner cutting, once: steps become slopes. */
const smooth = (ring: readonly Corner[]): Corner[] =>
  ring.flatMap(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return [
      [0.75 * x + 0.25 * nextX, 0.75 * y + 0.25 * nextY],
      [0.25 * x + 0.75 * nextX, 0.25 * y + 0.75 * nextY],
    ] as Corner[];
  });

const turns = (ring: readonly Corner[]): Corner[] =>
  ring.filter(([x, y], i) => {
    const [beforeX, beforeY] = ring[(i + ring.length - 1) % ring.length]!;
    const [afterX, afterY] = ring[(i + 1) % ring.length]!;
    return (x - beforeX) * (afterY - y) !== (y - beforeY) * (afterX - x);
  });

/**
 * Outer rings around points at most one cell apart, the largest first, each closed (first place repeated last).
 * Good enough to draw what can be reached; not a measure of anything.
 */
export function outline(points: readonly Point[], cell_m: number): Place[][] {
  if (points.length === 0) return [];
  const grid = gridOver(points, cell_m);
  const outer = chain(sides(paint(points, grid), grid), grid.columns).filter(ring => area(ring) > 0);
  const largestFirst = outer.sort((a, b) => area(b) - area(a));
  return largestFirst.map(ring => {
    const places = smooth(turns(ring)).map(([x, y]) => ({
      lon_udeg: Math.round((grid.west + x * grid.width) / 10),
      lat_udeg: Math.round((grid.south + y * grid.height) / 10),
    }));
    return [...places, places[0]!];
  });
}
