import { PbfReader } from 'pbf';

/** A way as a block holds it. */
export interface BlockWay {
  readonly id: number;
  readonly refs: number[];
  readonly tags: Record<string, string>;
}

const utf8 = new TextDecoder();

/** The parts of a block that we read; the rest (authors, dates, relations) is skipped, not decoded. */
interface Block {
  strings: Uint8Array[];
  groups: Uint8Array[];
  /** Nanodegrees a unit of coordinate. */
  granularity: number;
  lat_offset: number;
  lon_offset: number;
}

const readBlock = (content: Uint8Array): Block =>
  new PbfReader(content).readFields<Block>(
    (tag, block, pbf) => {
      if (tag === 1)
        pbf.readMessage((field, list, table) => void (field === 1 && list.push(table.readBytes())), block.strings);
      if (tag === 2) block.groups.push(pbf.readBytes());
      if (tag === 17) block.granularity = pbf.readVarint();
      if (tag === 19) block.lat_offset = pbf.readVarint(true);
      if (tag === 20) block.lon_offset = pbf.readVarint(true);
    },
    { strings: [], groups: [], granularity: 100, lat_offset: 0, lon_offset: 0 },
  );

/** Turns steps into values, in place. */
function summed(steps: number[]): number[] {
  for (let i = 1; i < steps.length; i++) steps[i]! += steps[i - 1]!;
  return steps;
}

interface RawWay {
  id: number;
  keys: number[];
  values: number[];
  refs: number[];
}

const readWay = (pbf: PbfReader): RawWay =>
  pbf.readMessage<RawWay>(
    (tag, way, reader) => {
      if (tag === 1) way.id = reader.readVarint(true);
      if (tag === 2) reader.readPackedVarint(way.keys);
      if (tag === 3) reader.readPackedVarint(way.values);
      if (tag === 8) reader.readPackedSVarint(way.refs);
    },
    { id: 0, keys: [], values: [], refs: [] },
  );

/** The ways of a block that are some kind of highway, with the tags asked for. */
export function highwaysIn(content: Uint8Array, wanted: ReadonlySet<string>): BlockWay[] {
  const { strings, groups } = readBlock(content);
  const texts = strings.map(bytes => utf8.decode(bytes));
  const highway = texts.indexOf('highway');
  const found: BlockWay[] = [];
  for (const group of groups) {
    new PbfReader(group).readFields((tag, ways, pbf) => {
      if (tag !== 3) return;
      const way = readWay(pbf);
      if (highway < 0 || !way.keys.includes(highway)) return;
      const pairs = way.keys.map((key, i) => [texts[key]!, texts[way.values[i]!]!] as const);
      const tags = Object.fromEntries(pairs.filter(([key]) => wanted.has(key)));
      ways.push({ id: way.id, refs: summed(way.refs), tags });
    }, found);
  }
  return found;
}

interface Nodes {
  ids: number[];
  lats: number[];
  lons: number[];
}

const readDense = (pbf: PbfReader): Nodes => {
  const { ids, lats, lons } = pbf.readMessage<Nodes>(
    (tag, nodes, reader) => {
      if (tag === 1) reader.readPackedSVarint(nodes.ids);
      if (tag === 8) reader.readPackedSVarint(nodes.lats);
      if (tag === 9) reader.readPackedSVarint(nodes.lons);
    },
    { ids: [], lats: [], lons: [] },
  );
  return { ids: summed(ids), lats: summed(lats), lons: summed(lons) };
};

const readNode = (pbf: PbfReader): Nodes =>
  pbf.readMessage<Nodes>(
    (tag, node, reader) => {
      if (tag === 1) node.ids.push(reader.readSVarint());
      if (tag === 8) node.lats.push(reader.readSVarint());
      if (tag === 9) node.lons.push(reader.readSVarint());
    },
    { ids: [], lats: [], lons: [] },
  );

/** Calls back with every node of a block: its id, and its place in whole 1e-7 degrees. */
export function eachNodeIn(content: Uint8Array, visit: (id: number, lon_e7: number, lat_e7: number) => void): void {
  const { groups, granularity, lat_offset, lon_offset } = readBlock(content);
  const e7 = (value: number, offset: number): number => Math.round((offset + granularity * value) / 100);
  for (const group of groups) {
    new PbfReader(group).readFields((tag, _nothing, pbf) => {
      if (tag !== 1 && tag !== 2) return;
      const { ids, lats, lons } = tag === 1 ? readNode(pbf) : readDense(pbf);
      for (let i = 0; i < ids.length; i++) visit(ids[i]!, e7(lons[i]!, lon_offset), e7(lats[i]!, lat_offset));
    }, null);
  }
}
