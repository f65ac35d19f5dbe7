// Changes the pure files of a room one small way at a time, runs its unit tests on each change, and tells which
// changes they let pass. Results are kept: a second run takes up only what changed. Needs Node 22.
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';

const shell = /^(store|routes|jobs|pages)[/.]/;
/** Doors only put SQL and cores together; that of `method` has no SQL below it. */
const isDoor = (room, file) => room !== 'method' && file === `${room}.ts`;
/** What people read, and what tests are made of. */
const prose = /(^|\/)(words|texts|acts|parameters|sheet|readme-text|fictitious-contract)\.ts$/;
const fixtures = ['mrv/sample.ts', 'registry/sample.ts'];

const isCore = (room, file) =>
  /(?<!\.test)\.ts$/.test(file) &&
  !shell.test(file) &&
  !isDoor(room, file) &&
  !prose.test(file) &&
  !fixtures.includes(`${room}/${file}`);

const coresOf = room =>
  readdirSync(join('src', room), { recursive: true })
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => isCore(room, file))
    .sort();

const rooms = readdirSync('src', { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? [entry.name] : []));
const [room, ...only] = process.argv.slice(2);
if (!rooms.includes(room)) {
  process.stderr.write(`Name a room, and some of its files if not all: npm run mutation -- notary tree.ts\n`);
  process.exit(2);
}
const kept = join(tmpdir(), 'parvis-mutation');
process.env.PARVIS_MUTATED_ROOM = room;

await new Stryker({
  mutate: coresOf(room)
    .filter(file => only.length === 0 || only.includes(file))
    .map(file => `src/${room}/${file}`),
  testRunner: 'vitest',
  plugins: [fileURLToPath(import.meta.resolve('@stryker-mutator/vitest-runner'))],
  vitest: { configFile: 'tools/mutation-tests.mjs', related: false },
  // Its own reader of tsconfig.json wants an older TypeScript, and Vite needs no help.
  tsconfigFile: 'none.json',
  disableTypeChecks: false,
  ignorePatterns: ['dist', '.parvis', 'docs'],
  tempDirName: join(kept, 'copy'),
  incremental: true,
  incrementalFile: join(kept, `${room}.json`),
  concurrency: 1,
  timeoutMS: 20_000,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
}).runMutationTest();
