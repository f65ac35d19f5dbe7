import type { Work } from '../../platform/database.ts';
import { type RowSlice, readFromRows, rowLength, slicesFor, tileWidth } from '../tiles.ts';
import { type Hash, type ReadSubtree, rootOf, type Span, sameHash, spanHash } from '../tree.ts';
import { rowHashes } from './log.ts';

// The tree as its rows keep it: what a root or a proof needs is read at once, then computed without the database.

/** Whole tiles around some slices, each once: fewer and larger reads than slice by slice. */
const tilesAround = (slices: readonly RowSlice[]): readonly RowSlice[] => {
  const starts = new Set(slices.map(({ level, from }) => `${level}/${Math.floor(from / tileWidth)}`));
  return [...starts].map(start => {
    const [level, n] = start.split('/').map(Number) as [number, number];
    return { level, from: n * tileWidth, to: (n + 1) * tileWidth };
  });
};

/** Neighbouring proofs share most of their subtrees: each is computed once. */
const remembered = (read: ReadSubtree): ReadSubtree => {
  const known = new Map<string, Hash>();
  return (level, index) => {
    const key = `${level}/${index}`;
    const hash = known.get(key) ?? read(level, index);
    known.set(key, hash);
    return hash;
  };
};

/** Loads what these spans need, then reads them without the database. */
export async function readerFor(work: Work, spans: readonly Span[]): Promise<ReadSubtree> {
  const rows = await rowHashes(work, tilesAround(slicesFor(spans)));
  const byPlace = new Map(rows.map(row => [`${row.level}/${row.position}`, row.hash]));
  return remembered(readFromRows((level, position) => byPlace.get(`${level}/${position}`)));
}

export async function rootAt(work: Work, size: number): Promise<Hash> {
  const span = { from: 0, to: size };
  return spanHash(span, await readerFor(work, [span]));
}

/** The hashes in the last, partial tile of each row. */
export async function lastTiles(work: Work, size: number): Promise<Hash[][]> {
  const slices: RowSlice[] = [];
  for (let level = 0; rowLength(level, size) > 0; level += 1) {
    const length = rowLength(level, size);
    slices.push({ level, from: length - (length % tileWidth), to: length });
  }
  const rows = await rowHashes(work, slices);
  return slices.map(({ level }) =>
    rows
      .filter(row => row.level === level)
      .sort((a, b) => a.position - b.position)
      .map(row => row.hash),
  );
}

export const inOrder = async (work: Work, slice: RowSlice): Promise<Hash[]> =>
  (await rowHashes(work, [slice])).sort((a, b) => a.position - b.position).map(row => row.hash);

/** Is every hash of the upper rows that of the full tile under it? Read 65,536 hashes at a time. */
export async function rowsAgree(work: Work, size: number): Promise<boolean> {
  for (let level = 0; rowLength(level + 1, size) > 0; level += 1) {
    for (let from = 0; from < rowLength(level + 1, size); from += tileWidth) {
      const to = Math.min(from + tileWidth, rowLength(level + 1, size));
      const above = await inOrder(work, { level: level + 1, from, to });
      const below = await inOrder(work, { level, from: from * tileWidth, to: to * tileWidth });
      const tileRoot = (i: number) => rootOf(below.slice(i * tileWidth, (i + 1) * tileWidth));
      if (above.length !== to - from || !above.every((hash, i) => sameHash(hash, tileRoot(i)))) return false;
    }
  }
  return true;
}
