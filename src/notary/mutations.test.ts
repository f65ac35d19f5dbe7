import { expect, it } from 'vitest';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { noteSigner } from './note.ts';
import { grower, tileBytes, tilesOf, tileWidth } from './tiles.ts';
import { type Hash, leafHash, rootOf, sameHash } from './tree.ts';

/** A small generator of chance, so that a failure can be played again (Park and Miller, 1988). */
const chance = (seed: number) => {
  let state = seed;
  return (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
};

const log = noteSigner('log.example/parvis', Buffer.alloc(32, 7));

/** All that a log of `size` entries serves. */
const logOf = (size: number) => {
  const leaves = Array.from({ length: size }, (_, i) => leafHash(Buffer.from(`entry ${i}`)));
  const rows = grower(0, [])(leaves).flatMap(({ level, hashes }) => hashes.map(hash => ({ level, hash })));
  const tiles = tilesOf(size).map(({ level, n, width }) => {
    const hashes = rows.filter(row => row.level === level).map(row => row.hash);
    return { level, bytes: Buffer.from(tileBytes(hashes.slice(n * tileWidth, n * tileWidth + width))) };
  });
  return { rows, tiles, note: Buffer.from(signCheckpoint({ origin: log.key.name, size, root: rootOf(leaves) }, log)) };
};

interface Served {
  /** Hash rows of the log, one buffer a row: from tiles or from the database. */
  readonly rows: readonly Buffer[];
  readonly note: Buffer;
}

const hashesOf = (row: Buffer): readonly Hash[] =>
  Array.from({ length: row.length / 32 }, (_, i) => row.subarray(i * 32, (i + 1) * 32));

/** What a monitor does with what it was served: the rows agree with each other, and with what the log signed. */
function isWhole({ rows: [leafRow, ...above], note: served }: Served): boolean {
  const checkpoint = openCheckpoint(served.toString(), log.key);
  let below = hashesOf(leafRow!);
  if (checkpoint?.size !== below.length || !sameHash(checkpoint.root, rootOf(below))) return false;
  for (const row of above.map(hashesOf)) {
    if (!row.every((hash, i) => sameHash(hash, rootOf(below.slice(i * tileWidth, (i + 1) * tileWidth))))) return false;
    below = row;
  }
  return true;
}

const levels = (parts: readonly { readonly level: number; readonly bytes: Buffer }[]): readonly Buffer[] =>
  [0, 1].map(level => Buffer.concat(parts.filter(part => part.level === level).map(part => part.bytes)));
const ofRows = (all: ReturnType<typeof logOf>['rows']) =>
  levels(all.map(({ level, hash }) => ({ level, bytes: Buffer.from(hash) })));

/** One log fills no tile and is quick to check; the other one has a second row. */
const logs = [
  { size: 20, mutations: 9_000 },
  { size: 300, mutations: 1_000 },
];
const mutations = 10_000;

it(`I-33: catches ${mutations} random mutations of a tile, a row or a checkpoint, each of them`, () => {
  const random = chance(33);
  const missed: string[] = [];
  const met = { tile: 0, row: 0, checkpoint: 0 };
  for (const { size, mutations } of logs) {
    const { rows, tiles, note } = logOf(size);
    const served = { rows: levels(tiles), note };
    expect(isWhole(served)).toBe(true);
    expect(ofRows(rows)).toEqual(served.rows);
    for (let i = 0; i < mutations; i++) {
      const kind = (['tile', 'row', 'checkpoint'] as const)[random(3)]!;
      met[kind]++;
      const parts: readonly Buffer[] = {
        tile: tiles.map(one => one.bytes),
        row: rows.map(({ hash }) => hash as Buffer),
        checkpoint: [note],
      }[kind];
      const part = parts[random(parts.length)]!;
      const [at, mask] = [random(part.length), 1 + random(255)];
      part[at]! ^= mask;
      const now = { rows: kind === 'row' ? ofRows(rows) : levels(tiles), note };
      if (isWhole(now)) missed.push(`${kind} of a log of ${size}, byte ${at}, by ${mask}`);
      part[at]! ^= mask;
    }
    expect(isWhole(served)).toBe(true);
  }
  expect(missed).toEqual([]);
  expect(Object.values(met).reduce((sum, n) => sum + n)).toBe(mutations);
  expect(Math.min(...Object.values(met))).toBeGreaterThan(3_000);
}, 60_000);
