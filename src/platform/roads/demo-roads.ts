import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sha256 } from '../../kernel/canonical.ts';
import { BrokenInvariant } from '../../kernel/outcome.ts';
import { mapInUse, putInUse } from './built-roads.ts';
import { fictitiousRoads, type Town } from './fictitious.ts';
import { osmPbf } from './osm-write.ts';
import type { RoadRouter } from './roads.ts';
import { openTsGraph } from './ts-graph.ts';

/** A fixed date for an invented map, so that its bytes never change: 1 January 2026. */
const mapDate = 1_767_225_600;

/**
 * The invented network of a demonstration, written once as an .osm.pbf file under `<home>/roads/` and read back like any
 * other map, and put in use where no real map is. The file's name follows from the towns and the seed.
 */
export async function openDemoRoads(home: string, towns: readonly Town[], seed: number): Promise<RoadRouter> {
  const folder = join(home, 'roads');
  const key = sha256(JSON.stringify({ format: 1, seed, towns })).slice(0, 16);
  const path = join(folder, `demo-${key}.osm.pbf`);
  const there = await stat(path).catch(() => null);
  if (!there) {
    await mkdir(folder, { recursive: true });
    await writeFile(`${path}.part`, osmPbf(fictitiousRoads(towns, seed), mapDate));
    await rename(`${path}.part`, path);
  }
  const opened = await openTsGraph(path, { fictitious: true });
  if (!opened.ok)
    throw new BrokenInvariant(`the demonstration map ${path} cannot be read: ${opened.refusal.message.en}`);
  const inUse = await mapInUse(home);
  if (inUse && !inUse.fictitious) return opened.value;
  const { version, data_sha256, data_timestamp, tileset_sha256 } = opened.value.describe();
  const content = basename(path);
  await putInUse(home, {
    engine: 'ts-graph',
    version,
    content,
    extract: content,
    data_sha256,
    data_timestamp,
    tileset_sha256,
    fictitious: true,
  });
  return opened.value;
}
