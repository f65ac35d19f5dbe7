import { zlibSync } from 'fflate';
import { PbfWriter } from 'pbf';

/** Roads as OpenStreetMap writes them. Coordinates are whole 1e-7 degrees, the grain of the .osm.pbf format. */
export interface RoadMap {
  readonly nodes: readonly { readonly lon_e7: number; readonly lat_e7: number }[];
  readonly ways: readonly RoadWay[];
}

export interface RoadWay {
  /** Indexes into `nodes`, in driving order. */
  readonly nodes: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The format advises 8,000 entities a block at most. */
const entitiesPerBlock = 8_000;
const utf8 = new TextEncoder();

const message = (write: (pbf: PbfWriter) => void): Uint8Array => {
  const pbf = new PbfWriter();
  write(pbf);
  return pbf.finish();
};

/** Length, header, content: one frame of the file. fflate, unlike zlib, gives the same bytes on every Node. */
function frame(type: 'OSMHeader' | 'OSMData', content: Uint8Array): Uint8Array {
  const blob = message(pbf => {
    pbf.writeVarintField(2, content.length);
    pbf.writeBytesField(3, zlibSync(content, { level: 6 }));
  });
  const header = message(pbf => {
    pbf.writeStringField(1, type);
    pbf.writeVarintField(3, blob.length);
  });
  const bytes = new Uint8Array(4 + header.length + blob.length);
  new DataView(bytes.buffer).setUint32(0, header.length);
  bytes.set(header, 4);
  bytes.set(blob, 4 + header.length);
  return bytes;
}

const headerBlock = (dataSeconds: number): Uint8Array =>
  message(pbf => {
    pbf.writeStringField(4, 'OsmSchema-V0.6');
    pbf.writeStringField(4, 'DenseNodes');
    pbf.writeStringField(5, 'Sort.Type_then_ID');
    pbf.writeStringField(16, 'parvis');
    pbf.writeVarintField(32, dataSeconds);
  });

/** A block of one group: `strings` first, because entities point into it. */
const dataBlock = (strings: readonly string[], group: (nothing: null, pbf: PbfWriter) => void): Uint8Array =>
  message(pbf => {
    pbf.writeMessage(
      1,
      (list, table) => {
        for (const text of list) table.writeBytesField(1, utf8.encode(text));
      },
      strings,
    );
    pbf.writeMessage(2, group, null);
  });

const steps = (values: readonly number[]): number[] => values.map((value, i) => value - (values[i - 1] ?? 0));

const nodeBlock = (nodes: RoadMap['nodes'], firstId: number): Uint8Array =>
  dataBlock([''], (_nothing, group) =>
    group.writeMessage(
      2,
      (_dense, pbf) => {
        pbf.writePackedSVarint(1, steps(nodes.map((_node, i) => firstId + i)));
        pbf.writePackedSVarint(8, steps(nodes.map(node => node.lat_e7)));
        pbf.writePackedSVarint(9, steps(nodes.map(node => node.lon_e7)));
      },
      null,
    ),
  );

function wayBlock(ways: readonly RoadWay[], firstId: number): Uint8Array {
  const strings = ['', ...new Set(ways.flatMap(way => Object.entries(way.tags).flat()))];
  const numberOf = new Map(strings.map((text, i) => [text, i]));
  return dataBlock(strings, (_nothing, group) => {
    ways.forEach((way, i) => {
      group.writeMessage(
        3,
        (_way, pbf) => {
          pbf.writeVarintField(1, firstId + i);
          pbf.writePackedVarint(
            2,
            Object.keys(way.tags).map(key => numberOf.get(key)!),
          );
          pbf.writePackedVarint(
            3,
            Object.values(way.tags).map(value => numberOf.get(value)!),
          );
          pbf.writePackedSVarint(8, steps(way.nodes.map(node => node + 1)));
        },
        null,
      );
    });
  });
}

function* inBlocks<T>(list: readonly T[]): Generator<readonly [part: readonly T[], firstId: number]> {
  for (let i = 0; i < list.length; i += entitiesPerBlock) yield [list.slice(i, i + entitiesPerBlock), i + 1];
}

/**
 * An .osm.pbf file any OpenStreetMap tool reads: the same map gives the same bytes. Node and way ids count from 1.
 * `dataSeconds` is the map's own date, in seconds since 1970.
 */
export function osmPbf(map: RoadMap, dataSeconds: number): Uint8Array {
  const frames = [
    frame('OSMHeader', headerBlock(dataSeconds)),
    ...[...inBlocks(map.nodes)].map(([nodes, id]) => frame('OSMData', nodeBlock(nodes, id))),
    ...[...inBlocks(map.ways)].map(([ways, id]) => frame('OSMData', wayBlock(ways, id))),
  ];
  const bytes = new Uint8Array(frames.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of frames) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
