import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { engineProcess } from './engine-process.ts';
import { surveyExtract } from './osm-read.ts';
import type { RoadRouter } from './roads.ts';
import { openTsGraph } from './ts-graph.ts';
import { describeValhalla, valhalla } from './valhalla.ts';
import { words } from './words.ts';

/** The map in use, written last: it names a folder or a file that is complete. */
export interface Manifest {
  readonly engine: 'valhalla' | 'ts-graph';
  readonly version: string;
  /** Name of the tile folder or of the extract, beside the manifest. */
  readonly content: string;
  readonly extract: string;
  readonly data_sha256: string;
  readonly data_timestamp: string | null;
  readonly tileset_sha256: string;
  /** True for the invented map of a demonstration. */
  readonly fictitious: boolean;
}

export interface RoadFolders {
  /** `PARVIS_HOME`: built maps live under `<home>/roads/`. */
  readonly home: string;
  /** The program's own folder, which holds `engines/valhalla/`. */
  readonly root: string;
}

export interface BuildRequest extends RoadFolders {
  readonly pbf: string;
  readonly engine: 'valhalla' | 'ts-graph';
  /** Told what is being done, one short English line a step. */
  readonly say: (step: string) => void;
}

const engineFolder = (root: string): string => join(root, 'engines', 'valhalla');
const packageFolder = (root: string): string => join(engineFolder(root), 'node_modules', '@valhallajs', 'valhallajs');
const manifestPath = (home: string): string => join(home, 'roads', 'roads.json');

const configFor = async (root: string, tiles: string, logs: object): Promise<string> => {
  const config = JSON.parse(await readFile(join(engineFolder(root), 'config.json'), 'utf8')) as { mjolnir: object };
  return JSON.stringify({ ...config, mjolnir: { ...config.mjolnir, ...logs, tile_dir: tiles } });
};

interface Run {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly hear?: (line: string) => void;
}

/** Runs a program to its end; answers null when it went well, else the last line it said. */
function run({ command, args, folder, hear }: Run): Promise<string | null> {
  return new Promise(done => {
    let last = '';
    const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        if (line.trim() !== '') last = line.trim();
        hear?.(line);
      });
    }
    child.once('error', error => done(error.message));
    child.once('close', (code, signal) => done(code === 0 ? null : last || `ended by ${signal ?? code}`));
  });
}

export const isValhallaInstalled = (root: string): boolean => existsSync(join(packageFolder(root), 'package.json'));

/** Installed aside, then put in place whole: cut short, or asked for twice at once, it never leaves half an engine. */
async function installValhalla(root: string): Promise<string | null> {
  const folder = engineFolder(root);
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  const aside = await mkdtemp(join(folder, 'node_modules', '.installing-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) await copyFile(join(folder, file), join(aside, file));
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const failure = await run({ command: npm, args, folder: aside });
    if (failure !== null || isValhallaInstalled(root)) return failure;
    const scope = dirname(packageFolder(root));
    await rm(scope, { recursive: true, force: true });
    await rename(join(aside, 'node_modules', basename(scope)), scope);
    return null;
  } catch (error) {
    return isValhallaInstalled(root) ? null : (error as Error).message;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Installs the engine in its own folder, once. Refuses `roads.engine_not_installed`. */
export async function ensureValhalla(root: string, say: (step: string) => void): Promise<Outcome<null>> {
  if (isValhallaInstalled(root)) return accept(null);
  say('Installing the Valhalla engine (280 MB, once)…');
  const failure = await installValhalla(root);
  return failure === null ? accept(null) : refuse(words.engineNotInstalled(failure));
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return files.map(file => file.slice(folder.length + 1)).sort();
}

/** One hash for all tiles, names included. */
async function tilesetHash(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\n`);
    for await (const part of createReadStream(join(folder, file))) hash.update(part as Buffer);
  }
  return hash.digest('hex');
}

/** What is in use; null when no map was built. */
export async function mapInUse(home: string): Promise<Manifest | null> {
  return existsSync(manifestPath(home)) ? (JSON.parse(await readFile(manifestPath(home), 'utf8')) as Manifest) : null;
}

/** Makes a map that is complete on disk the one that the next start drives on. */
export async function putInUse(home: string, manifest: Manifest): Promise<void> {
  await writeFile(`${manifestPath(home)}.part`, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(`${manifestPath(home)}.part`, manifestPath(home));
}

type Survey = Pick<Manifest, 'data_sha256' | 'data_timestamp'>;

/** The engine's own stages, as steps worth telling. */
const stages: readonly (readonly [RegExp, string])[] = [
  [/Parsing ways/, 'Reading ways…'],
  [/Parsing nodes/, 'Reading nodes…'],
  [/Building \d+ tiles/, 'Building tiles…'],
  [/Enhancing/i, 'Linking tiles…'],
  [/Validating/i, 'Checking tiles…'],
];

async function buildTiles(request: BuildRequest, survey: Survey): Promise<Outcome<Manifest>> {
  const { home, root, pbf, say } = request;
  const installed = await ensureValhalla(root, say);
  if (!installed.ok) return installed;
  const part = join(home, 'roads', `valhalla-${survey.data_sha256.slice(0, 16)}.part`);
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  let roadless = false;
  const failure = await run({
    command: join(packageFolder(root), process.platform, process.arch, 'valhalla_build_tiles'),
    args: ['--inline-config', await configFor(root, part, { logging: { type: 'std_out' } }), resolve(pbf)],
    // Valhalla leaves notes in the folder it runs in.
    folder: part,
    hear: line => {
      // Valhalla crashes on a map without roads, after having counted them.
      roadless ||= /with 0 routable ways/.test(line);
      const stage = stages.find(([sign]) => sign.test(line));
      if (stage) say(stage[1]);
    },
  });
  if (roadless) return refuse(words.extractWithoutRoads(pbf));
  if (failure !== null) return refuse(words.buildFailed(failure));
  const files = (await filesUnder(part)).filter(file => file.endsWith('.gph'));
  const tileset_sha256 = await tilesetHash(part, files);
  // Named by what is in it: the tiles in use are never taken away to be replaced by the same.
  const content = `valhalla-${tileset_sha256.slice(0, 16)}`;
  const tiles = join(home, 'roads', content);
  if (existsSync(tiles)) await rm(part, { recursive: true });
  else await rename(part, tiles);
  const { version } = JSON.parse(await readFile(join(packageFolder(root), 'package.json'), 'utf8')) as {
    version: string;
  };
  return accept({
    engine: 'valhalla',
    version,
    content,
    extract: basename(pbf),
    ...survey,
    tileset_sha256,
    fictitious: false,
  });
}

/** The plain engine reads the extract itself: a copy is kept, so that the file given may go. */
async function keepExtract({ home, pbf }: BuildRequest, survey: Survey): Promise<Outcome<Manifest>> {
  const content = `${survey.data_sha256.slice(0, 16)}.osm.pbf`;
  const path = join(home, 'roads', content);
  await mkdir(join(home, 'roads'), { recursive: true });
  await copyFile(pbf, `${path}.part`);
  const opened = await openTsGraph(`${path}.part`, { fictitious: false });
  if (!opened.ok) {
    await rm(`${path}.part`);
    return opened;
  }
  await rename(`${path}.part`, path);
  const { version, tileset_sha256 } = opened.value.describe();
  return accept({
    engine: 'ts-graph',
    version,
    content,
    extract: basename(pbf),
    ...survey,
    tileset_sha256,
    fictitious: false,
  });
}

/**
 * Prepares a map from an .osm.pbf file and puts it in use: the next start of the server drives on it. A failure leaves the
 * map in use untouched. Refuses `roads.extract_unreadable`, `roads.extract_without_roads`, `roads.engine_not_installed`,
 * `roads.build_failed`.
 */
export async function buildRoads(request: BuildRequest): Promise<Outcome<Manifest>> {
  request.say('Reading the extract…');
  const survey = await surveyExtract(request.pbf);
  if (!survey.ok) return survey;
  const built = await (request.engine === 'valhalla' ? buildTiles : keepExtract)(request, survey.value);
  if (built.ok) await putInUse(request.home, built.value);
  return built;
}

/** The router over the map in use; null when none was built. Refuses what the engine of that map refuses. */
export async function openRoads({ home, root }: RoadFolders): Promise<Outcome<RoadRouter> | null> {
  const manifest = await mapInUse(home);
  if (manifest === null) return null;
  const content = join(home, 'roads', manifest.content);
  if (manifest.engine === 'ts-graph') return openTsGraph(content, { fictitious: manifest.fictitious });
  const args = [join(engineFolder(root), 'engine.mjs'), await configFor(root, content, {})];
  const engine = engineProcess({ command: process.execPath, args, folder: engineFolder(root) });
  return accept(valhalla(engine, describeValhalla(manifest)));
}
