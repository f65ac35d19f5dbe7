import { BrokenInvariant } from '../kernel/outcome.ts';
import { type Hash, type ReadSubtree, rootOf, type Span, subtreesOf } from './tree.ts';

/** Hashes in a full tile: C2SP tlog-tiles. */
export const tileWidth = 256;
/** Tree levels that one tile spans: `2 ** 8 = 256`. */
const tileHeight = 8;
/** A tile address has six levels of tiles at most: `256 ** 6` leaves is beyond any safe integer. */
const deepestLevel = 6;

export interface Tile {
  readonly level: number;
  readonly n: number;
  /** Hashes held, 1 to 256; below 256 the tile is partial and will still grow. */
  readonly width: number;
}

/** Hashes of one row of tiles in a log of `size`: level 0 has the leaves, level 1 one hash per 256 leaves, and so on. */
export const rowLength = (level: number, size: number): number => Math.floor(size / tileWidth ** level);

/** `1234067` → `x001/x234/067`. */
const groups = (n: number): string => {
  const digits = String(n).padStart(Math.ceil(String(n).length / 3) * 3, '0');
  const triples = digits.match(/\d{3}/g)!;
  return triples.map((triple, i) => (i < triples.length - 1 ? `x${triple}` : triple)).join('/');
};

/** `tile/<L>/<N>[.p/<W>]`, under the log's prefix. */
export const tilePath = ({ level, n, width }: Tile): string =>
  `tile/${level}/${groups(n)}${width === tileWidth ? '' : `.p/${width}`}`;

const pathShape = /^tile\/(\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/;

/** The tile that a path names, or null. Only the one canonical spelling of an address is read. */
export function parseTilePath(path: string): Tile | null {
  const match = pathShape.exec(path);
  if (!match) return null;
  const n = Number(match[2]!.replaceAll(/[x/]/g, ''));
  const tile = { level: Number(match[1]), n, width: match[3] === undefined ? tileWidth : Number(match[3]) };
  const possible = Number.isSafeInteger(n) && tile.level < deepestLevel && tile.width > 0 && tile.width <= tileWidth;
  return possible && tilePath(tile) === path ? tile : null;
}

/** Is the tile part of a log of `size`? A partial tile stays readable after it grew, as monitors may still ask for it. */
export const existsIn = (tile: Tile, size: number): boolean =>
  tile.n * tileWidth + tile.width <= rowLength(tile.level, size);

/** The tiles that make a log of `size`: the full ones, and at most one partial a level, never empty. */
export function tilesOf(size: number): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0; rowLength(level, size) > 0; level += 1) {
    const length = rowLength(level, size);
    for (let n = 0; n < Math.floor(length / tileWidth); n += 1) tiles.push({ level, n, width: tileWidth });
    if (length % tileWidth > 0) tiles.push({ level, n: Math.floor(length / tileWidth), width: length % tileWidth });
  }
  return tiles;
}

/** What a tile file holds: its hashes one after the other, 32 bytes each, 8,192 when full. */
export const tileBytes = (hashes: readonly Hash[]): Uint8Array => Buffer.concat(hashes);

/** Positions `from` (inside) to `to` (outside) in a row of tiles: what must be read to know some subtrees. */
export interface RowSlice {
  readonly level: number;
  readonly from: number;
  readonly to: number;
}

const sliceOf = (level: number, index: number): RowSlice => {
  const width = 2 ** (level % tileHeight);
  return { level: Math.floor(level / tileHeight), from: index * width, to: (index + 1) * width };
};

/** The row slices from which the hashes of these spans can be computed, each at most 128 hashes or one tile's part. */
export const slicesFor = (spans: readonly Span[]): readonly RowSlice[] =>
  spans.flatMap(span => subtreesOf(span).map(({ level, index }) => sliceOf(level, index)));

/** Reads subtrees from hashes of tile rows. `hashAt` answers with the hash at a position of a row. */
export const readFromRows =
  (hashAt: (level: number, position: number) => Hash | undefined): ReadSubtree =>
  (level, index) => {
    const slice = sliceOf(level, index);
    const hashes = Array.from({ length: slice.to - slice.from }, (_, i) => {
      const hash = hashAt(slice.level, slice.from + i);
      if (!hash) throw new BrokenInvariant(`the log lacks the hash at row ${slice.level}, position ${slice.from + i}`);
      return hash;
    });
    return rootOf(hashes);
  };

/** Hashes that follow each other in a row of tiles, the first of them at `position`. */
export interface RowRun {
  readonly level: number;
  readonly position: number;
  readonly hashes: readonly Hash[];
}

/**
 * Grows a log of `size`, some leaves at a time: gives every row hash that appears, the leaves themselves, then one hash for each
 * tile that becomes full. `lastTiles` are the hashes already in the last, partial tile of each row, by level.
 */
export function grower(size: number, lastTiles: readonly (readonly Hash[])[]) {
  const open = [...lastTiles];
  let grown = size;
  return (leaves: readonly Hash[]): readonly RowRun[] => {
    const runs: RowRun[] = [];
    let added = leaves;
    for (let level = 0; added.length > 0; level += 1) {
      const position = rowLength(level, grown);
      const held = open[level] ?? [];
      if (held.length !== position % tileWidth) throw new BrokenInvariant(`row ${level} of the log is not whole`);
      runs.push({ level, position, hashes: added });
      const hashes = [...held, ...added];
      const full = Math.floor(hashes.length / tileWidth);
      added = Array.from({ length: full }, (_, i) => rootOf(hashes.slice(i * tileWidth, (i + 1) * tileWidth)));
      open[level] = hashes.slice(full * tileWidth);
    }
    grown += leaves.length;
    return runs;
  };
}
