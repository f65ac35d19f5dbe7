import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOSMStream } from 'osm-pbf-parser-node';
import { afterAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../kernel/canonical.ts';
import { knownRoads } from './known-roads.ts';
import { readExtract } from './osm-read.ts';
import { osmPbf } from './osm-write.ts';

const folder = mkdtempSync(join(tmpdir(), 'parvis-extract-'));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, bytes: Uint8Array | string): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

const bytes = osmPbf(knownRoads, 1_767_225_600);

describe('what we write', () => {
  test('is the same bytes each time', () => {
    expect(sha256(osmPbf(knownRoads, 1_767_225_600))).toBe(sha256(bytes));
  });

  test('is read alike by a parser we did not write', async () => {
    const items = [];
    for await (const item of createOSMStream(written('other.osm.pbf', bytes))) items.push(item);
    expect(items[0]).toMatchObject({ required_features: ['OsmSchema-V0.6', 'DenseNodes'], writingprogram: 'parvis' });
    expect(items.filter(item => 'type' in item && item.type === 'node')).toHaveLength(8);
    expect(items).toContainEqual({ type: 'node', id: 2, lat: 0, lon: 0.0089932 });
    expect(items).toContainEqual({
      type: 'way',
      id: 3,
      refs: [4, 5, 6],
      tags: { highway: 'residential', oneway: 'yes' },
    });
  });

  test('comes back with its coordinates, its ways, its date and its hash', async () => {
    const extract = await readExtract(written('known.osm.pbf', bytes));
    if (!extract.ok) throw new Error(extract.refusal.message.en);
    const { node_ids, lon_e7, lat_e7, ways, data_sha256, data_timestamp } = extract.value;
    expect([...node_ids]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...lon_e7].map((lon, i) => ({ lon_e7: lon, lat_e7: lat_e7[i] }))).toEqual(knownRoads.nodes);
    expect(ways.map(way => ({ nodes: [...way.nodes], tags: way.tags }))).toEqual(knownRoads.ways);
    expect({ data_sha256, data_timestamp }).toEqual({
      data_sha256: sha256(bytes),
      data_timestamp: '2026-01-01T00:00:00Z',
    });
  });

  test('crosses block borders: twenty thousand nodes come back in order', async () => {
    const nodes = Array.from({ length: 20_000 }, (_, i) => ({ lon_e7: i * 10 - 77_777, lat_e7: 460_000_000 - i }));
    const path = written(
      'long.osm.pbf',
      osmPbf({ nodes, ways: [{ nodes: nodes.map((_, i) => i), tags: { highway: 'road' } }] }, 0),
    );
    const extract = await readExtract(path);
    expect(extract).toMatchObject({ ok: true, value: { data_timestamp: null } });
    if (extract.ok) expect(extract.value.lon_e7[19_999]).toBe(nodes[19_999]!.lon_e7);
  });
});

describe('a broken map', () => {
  test('cut short anywhere is refused in words, and the process lives', async () => {
    for (let length = 0; length < bytes.length; length++) {
      const answer = await readExtract(written('cut.osm.pbf', bytes.subarray(0, length)));
      expect(answer).toMatchObject({ ok: false, refusal: { code: expect.stringMatching(/^roads\.extract_/) } });
    }
  });

  test.each([
    {
      title: 'a text file',
      content: 'commune;population\nGanges;4000\n'.repeat(100),
      code: 'roads.extract_unreadable',
    },
    { title: 'an empty file', content: '', code: 'roads.extract_without_roads' },
    {
      title: 'a map of footprints only',
      content: osmPbf({ nodes: knownRoads.nodes, ways: [{ nodes: [0, 1], tags: { building: 'yes' } }] }, 0),
      code: 'roads.extract_without_roads',
    },
    {
      title: 'a file whose middle is damaged',
      content: bytes.with(bytes.length >> 1, 0xff).fill(0xff, 120, 160),
      code: 'roads.extract_unreadable',
    },
  ])('$title is refused as $code', async ({ content, code }) => {
    const answer = await readExtract(written('bad.osm.pbf', content));
    expect(answer).toMatchObject({ ok: false, refusal: { code } });
    if (!answer.ok) expect(answer.refusal.message.fr).toContain('bad.osm.pbf');
  });

  test('a file that is not there is refused', async () => {
    expect(await readExtract(join(folder, 'nowhere.osm.pbf'))).toMatchObject({
      refusal: { code: 'roads.extract_unreadable' },
    });
  });
});
