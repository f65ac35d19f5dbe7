import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';
import { PbfReader } from 'pbf';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type BlockWay, eachNodeIn, highwaysIn } from './osm-block.ts';
import { words } from './words.ts';

/** The drivable, cyclable or walkable ways of an extract and the nodes they use, in order of node id. */
export interface Extract {
  readonly node_ids: Float64Array;
  /** Whole 1e-7 degrees. */
  readonly lon_e7: Int32Array;
  readonly lat_e7: Int32Array;
  readonly ways: readonly ExtractWay[];
  readonly data_sha256: string;
  /** The extract's own date in its header; null when it has none. */
  readonly data_timestamp: string | null;
}

interface ExtractWay {
  readonly id: number;
  /** Indexes into the node arrays; nodes that the extract cuts off are left out. */
  readonly nodes: Int32Array;
  readonly tags: Readonly<Record<string, string>>;
}

const wayTags = new Set([
  ...['highway', 'access', 'motor_vehicle', 'motorcar', 'vehicle', 'bicycle', 'foot', 'oneway', 'oneway:bicycle'],
  ...['junction', 'maxspeed', 'service', 'area', 'cycleway', 'cycleway:both', 'cycleway:left'],
]);

class Unreadable extends Error {}

/** A header above this size is not one: the format says 64 KiB at most, and 32 MiB for a block. */
const limits = { headerBytes: 64 * 1024, blockBytes: 32 * 1024 * 1024 };

async function exactly(file: FileHandle, bytes: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(bytes);
  let read = 0;
  while (read < bytes) {
    const { bytesRead } = await file.read(buffer, read, bytes - read);
    if (bytesRead === 0) throw new Unreadable('it stops in the middle of a block');
    read += bytesRead;
  }
  return buffer;
}

/** The bytes of a blob, inflated: field 1 holds them plain, field 3 by zlib. */
function inflated(blob: Buffer): Buffer {
  const fields = new PbfReader(blob).readFields((tag, found: { plain?: Uint8Array; zlib?: Uint8Array }, pbf) => {
    if (tag === 1) found.plain = pbf.readBytes();
    if (tag === 3) found.zlib = pbf.readBytes();
  }, {});
  if (fields.zlib) return inflateSync(fields.zlib);
  if (fields.plain) return Buffer.from(fields.plain);
  throw new Unreadable('a block is compressed in another way than zlib');
}

/** The frames of the file one by one. A damaged frame throws: we read frames ourselves so that it throws here. */
async function* frames(path: string): AsyncGenerator<{ type: string; content: Buffer; bytes: Buffer }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    for (let at = 0; at < size; ) {
      const length = await exactly(file, 4);
      const headerBytes = length.readUInt32BE();
      if (headerBytes === 0 || headerBytes > limits.headerBytes) throw new Unreadable('it is not an .osm.pbf file');
      const headerBuffer = await exactly(file, headerBytes);
      const header = new PbfReader(headerBuffer).readFields(
        (tag, found, pbf) => {
          if (tag === 1) found.type = pbf.readString();
          if (tag === 3) found.bytes = pbf.readVarint();
        },
        { type: '', bytes: 0 },
      );
      if (header.bytes <= 0 || header.bytes > limits.blockBytes) throw new Unreadable('a block has an impossible size');
      const blob = await exactly(file, header.bytes);
      yield { type: header.type, content: inflated(blob), bytes: Buffer.concat([length, headerBuffer, blob]) };
      at += 4 + headerBytes + header.bytes;
    }
  } finally {
    await file.close();
  }
}

const timestampOf = (headerBlock: Buffer): string | null => {
  const { seconds } = new PbfReader(headerBlock).readFields(
    (tag, found, pbf) => {
      if (tag === 32) found.seconds = pbf.readVarint(true);
    },
    { seconds: 0 },
  );
  return seconds > 0 ? `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z` : null;
};

interface FirstPass {
  readonly ways: BlockWay[];
  readonly data_sha256: string;
  readonly data_timestamp: string | null;
}

async function readWays(path: string): Promise<FirstPass> {
  const ways: FirstPass['ways'] = [];
  const hash = createHash('sha256');
  let data_timestamp: string | null = null;
  let begun = false;
  for await (const { type, content, bytes } of frames(path)) {
    hash.update(bytes);
    if (!begun && type !== 'OSMHeader') throw new Unreadable('it is not an .osm.pbf file');
    begun = true;
    if (type === 'OSMHeader') data_timestamp = timestampOf(content);
    if (type === 'OSMData') for (const way of highwaysIn(content, wayTags)) ways.push(way);
  }
  return { ways, data_sha256: hash.digest('hex'), data_timestamp };
}

/** Where `id` stands in a sorted list; −1 when it does not. */
function indexIn(sorted: Float64Array, id: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const there = sorted[middle]!;
    if (there === id) return middle;
    if (there < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function distinctSorted(ways: FirstPass['ways']): Float64Array {
  const all = new Float64Array(ways.reduce((total, way) => total + way.refs.length, 0));
  let at = 0;
  for (const way of ways) for (const ref of way.refs) all[at++] = ref;
  all.sort();
  return all.filter((id, i) => i === 0 || id !== all[i - 1]);
}

/** Latitude of a node the extract does not hold. */
const absent = 2_000_000_000;

async function readNodes(path: string, node_ids: Float64Array): Promise<Pick<Extract, 'lon_e7' | 'lat_e7'>> {
  const lon_e7 = new Int32Array(node_ids.length);
  const lat_e7 = new Int32Array(node_ids.length).fill(absent);
  for await (const { type, content } of frames(path)) {
    if (type !== 'OSMData') continue;
    eachNodeIn(content, (id, lon, lat) => {
      const i = indexIn(node_ids, id);
      if (i < 0) return;
      lon_e7[i] = lon;
      lat_e7[i] = lat;
    });
  }
  return { lon_e7, lat_e7 };
}

const unreadable = (path: string, error: unknown) =>
  refuse(words.extractUnreadable(path, error instanceof Error ? error.message : String(error)));

/** The hash and date of an extract, after reading every block of it once. Refuses `roads.extract_unreadable`. */
export async function surveyExtract(path: string): Promise<Outcome<Pick<Extract, 'data_sha256' | 'data_timestamp'>>> {
  const hash = createHash('sha256');
  let data_timestamp: string | null = null;
  try {
    let begun = false;
    for await (const { type, content, bytes } of frames(path)) {
      if (!begun && type !== 'OSMHeader') throw new Unreadable('it is not an .osm.pbf file');
      begun = true;
      hash.update(bytes);
      if (type === 'OSMHeader') data_timestamp = timestampOf(content);
    }
    return accept({ data_sha256: hash.digest('hex'), data_timestamp });
  } catch (error) {
    return unreadable(path, error);
  }
}

/**
 * Reads the roads of an .osm.pbf file, in two passes so that only the nodes of roads stay in memory.
 * Refuses `roads.extract_unreadable` (absent, cut short, not a .pbf) and `roads.extract_without_roads`.
 */
export async function readExtract(path: string): Promise<Outcome<Extract>> {
  try {
    const { ways, ...origin } = await readWays(path);
    if (ways.length === 0) return refuse(words.extractWithoutRoads(path));
    const node_ids = distinctSorted(ways);
    const coordinates = await readNodes(path, node_ids);
    const kept = ways.map(({ id, refs, tags }) => ({
      id,
      tags,
      nodes: Int32Array.from(refs, ref => indexIn(node_ids, ref)).filter(i => coordinates.lat_e7[i] !== absent),
    }));
    return accept({ node_ids, ...coordinates, ways: kept.filter(way => way.nodes.length > 1), ...origin });
  } catch (error) {
    return unreadable(path, error);
  }
}
