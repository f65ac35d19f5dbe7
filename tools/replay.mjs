// Computes every golden vector on this Node and on the one that PARVIS_OTHER_NODE names, and compares the answers byte for byte.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'parvis-replay-'));
const say = text => process.stderr.write(`${text}\n`);

/** One plain script, since the oldest Node that runs Parvis does not read TypeScript. */
const bundle = () =>
  build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: { ssr: 'tools/replay-vectors.ts', outDir: folder, emptyOutDir: true, target: 'node20', minify: false },
  });

const answersOn = node => {
  const script = `import { replays } from ${JSON.stringify(pathToFileURL(join(folder, 'replay-vectors.js')).href)};
const answers = replays(${JSON.stringify(root)}).map(({ file, vector: { name }, answer }) => ({ file, name, answer: answer() }));
process.stdout.write(JSON.stringify(answers));`;
  const run = spawnSync(node, ['--input-type=module', '-e', script], { encoding: 'buffer', maxBuffer: 2 ** 28 });
  if (run.status !== 0) throw new Error(`${node} failed: ${run.stderr ?? run.error}`);
  return run.stdout;
};

const versionOf = node => spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();

const other = process.env.PARVIS_OTHER_NODE;
if (other === undefined) {
  say('PARVIS_OTHER_NODE is not set: give it the path of another Node.');
  process.exit(2);
}
try {
  await bundle();
  const [here, there] = [answersOn(process.execPath), answersOn(other)];
  const same = here.equals(there);
  say(`${process.version} and ${versionOf(other)}: ${here.length} bytes, ${same ? 'the same' : 'NOT the same'}`);
  process.exitCode = same ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
