import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenInvariant } from '../kernel/outcome.ts';
import {
  existsIn,
  grower,
  parseTilePath,
  readFromRows,
  rowLength,
  slicesFor,
  tileBytes,
  tilePath,
  tilesOf,
} from './tiles.ts';
import {
  consistencyProof,
  consistencySpans,
  type Hash,
  inclusionProof,
  inclusionSpans,
  leafHash,
  readFrom,
  rootOf,
  spanHash,
} from './tree.ts';

const leaves = Array.from({ length: 70_000 }, (_, i) => leafHash(Buffer.from(String(i))));

/** A log in memory that keeps only row hashes, as the database does. */
class Rows {
  readonly #rows = new Map<string, Hash>();
  size = 0;
  reads = 0;
  readonly at = (level: number, position: number) => this.#rows.get(`${level}/${position}`);
  readonly read = readFromRows(this.at);
  append(added: readonly Hash[]) {
    const pending = Array.from({ length: 6 }, (_, level) => {
      const length = rowLength(level, this.size);
      return Array.from({ length: length % 256 }, (_, i) => this.at(level, length - (length % 256) + i)!);
    });
    const half = Math.floor(added.length / 2);
    const grow = grower(this.size, pending);
    for (const { level, position, hashes } of [...grow(added.slice(0, half)), ...grow(added.slice(half))])
      for (const [i, hash] of hashes.entries()) this.#rows.set(`${level}/${position + i}`, hash);
    this.size += added.length;
  }
}

describe('the tiles of a log', () => {
  it('of 70,000 entries are 273 full and one of 112, then one full and one of 17, then one of 1', () => {
    const tiles = tilesOf(70_000);
    const of = (level: number) => tiles.filter(tile => tile.level === level);
    expect(of(0).filter(tile => tile.width === 256)).toHaveLength(273);
    expect(of(0).at(-1)).toEqual({ level: 0, n: 273, width: 112 });
    expect(of(1)).toEqual([
      { level: 1, n: 0, width: 256 },
      { level: 1, n: 1, width: 17 },
    ]);
    expect(of(2)).toEqual([{ level: 2, n: 0, width: 1 }]);
    expect(tiles).toHaveLength(274 + 2 + 1);
  });

  it('of an empty log are none, and no tile is ever empty', () => {
    expect(tilesOf(0)).toEqual([]);
    expect(tilesOf(512).every(tile => tile.width > 0)).toBe(true);
  });

  it('are served at the published paths', () => {
    expect(tilePath({ level: 0, n: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 0, n: 273, width: 112 })).toBe('tile/0/273.p/112');
    expect(tilePath({ level: 2, n: 0, width: 1 })).toBe('tile/2/000.p/1');
  });

  it('have one path each', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.nat(5_000_000), fc.integer({ min: 1, max: 256 }), (level, n, width) => {
        expect(parseTilePath(tilePath({ level, n, width }))).toEqual({ level, n, width });
      }),
    );
  });

  it.each([
    'tile/0/1',
    'tile/0/x000/001',
    'tile/00/001',
    'tile/0/001.p/256',
    'tile/0/001.p/0',
    'tile/0/001.p/01',
    'tile/0/001.p/257',
    'tile/0/001.p/999',
    'tile/0/x009/x007/x199/x254/x740/992',
    '/tile/0/001',
    'tile/6/001',
    'tile/entries/000',
    'tile/0/001/',
    'tile/0/../000',
    'tile/0/x001',
    'tile/0/-01',
    '',
  ])('are not read at %j', path => expect(parseTilePath(path)).toBeNull());

  it('hold 8,192 bytes when full', () => expect(tileBytes(leaves.slice(0, 256))).toHaveLength(8_192));

  it('stay readable in part after the log grew', () => {
    expect(existsIn({ level: 0, n: 0, width: 5 }, 70_000)).toBe(true);
    expect(existsIn({ level: 0, n: 273, width: 112 }, 70_000)).toBe(true);
    expect(existsIn({ level: 0, n: 273, width: 113 }, 70_000)).toBe(false);
    expect(existsIn({ level: 3, n: 0, width: 1 }, 70_000)).toBe(false);
  });
});

describe('a log kept as rows of tiles', () => {
  it('has the root and the proofs of the whole tree, however its entries arrived', () => {
    const batches = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(batches, fc.nat(), (counts, any) => {
        const rows = new Rows();
        for (const count of counts) rows.append(leaves.slice(rows.size, rows.size + count));
        const known = leaves.slice(0, rows.size);
        const index = any % rows.size;
        expect(spanHash({ from: 0, to: rows.size }, rows.read)).toEqual(rootOf(known));
        expect(inclusionProof(index, rows.size, rows.read)).toEqual(inclusionProof(index, rows.size, readFrom(known)));
        expect(consistencyProof(index, rows.size, rows.read)).toEqual(
          consistencyProof(index, rows.size, readFrom(known)),
        );
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('names beforehand the few slices from which a proof is computed', () => {
    const rows = new Rows();
    rows.append(leaves);
    for (const spans of [inclusionSpans(69_999, 70_000), consistencySpans(12_345, 70_000), [{ from: 0, to: 70_000 }]]) {
      const slices = slicesFor(spans);
      const listed = readFromRows((level, position) =>
        slices.some(s => s.level === level && s.from <= position && position < s.to)
          ? rows.at(level, position)
          : undefined,
      );
      for (const span of spans) expect(spanHash(span, listed)).toEqual(spanHash(span, rows.read));
      expect(slices.reduce((hashes, s) => hashes + s.to - s.from, 0)).toBeLessThan(1_000);
    }
  });

  it('refuses to grow from a tile that lost a hash', () => {
    expect(() => grower(3, [leaves.slice(0, 2)])(leaves.slice(3, 4))).toThrow('row 0 of the log is not whole');
    expect(() => grower(256, [[], []])(leaves.slice(0, 256))).toThrow('row 1 of the log is not whole');
    expect(() => readFromRows(() => undefined)(0, 0)).toThrow(BrokenInvariant);
    expect(() => readFromRows((_, i) => (i === 515 ? undefined : leaves[i]))(1, 257)).toThrow(
      'the log lacks the hash at row 0, position 515',
    );
    expect(() => readFromRows(() => undefined)(17, 3)).toThrow('the log lacks the hash at row 2, position 6');
  });

  it('grows by nothing when nothing is added', () => {
    expect(grower(3, [leaves.slice(0, 3)])([])).toEqual([]);
  });
});
