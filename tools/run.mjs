// The one entry behind every npm script. Plain JavaScript: it runs before anything is installed, on Node 20.19 or newer.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [task = 'start', ...args] = process.argv.slice(2);
const say = text => process.stderr.write(`${text}\n`);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  say(`Parvis needs Node 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}

/** Installs what the lock file names: without the developers' tools to start, with them to test. */
function install(scope) {
  const stamp = join(root, 'node_modules', '.parvis-installed');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const [had, scopeHad] = existsSync(stamp) ? readFileSync(stamp, 'utf8').split(' ') : [];
  if (had === lock && (scopeHad === 'all' || scope === 'start')) return;
  say(scope === 'all' ? 'Installing packages, with the tools of the tests…' : 'Installing packages…');
  const omit = scope === 'all' ? [] : ['--omit=dev'];
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...omit], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: { ...process.env, NODE_ENV: '' },
  });
  if (npm.status !== 0) process.exit(npm.status ?? 1);
  writeFileSync(stamp, `${lock} ${scope}`);
}

const filesUnder = folder =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && !entry.name.includes('.test.'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();

/** Builds when a source changed since the last build, and not otherwise: a restart takes no time for it. */
async function build() {
  const sources = [...['src', 'bench'].flatMap(name => filesUnder(join(root, name))), join(root, 'vite.config.ts')];
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const file of sources) hash.update(file).update(readFileSync(file));
  const stamp = join(root, 'dist', '.built');
  const want = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return;
  say('Building…');
  const vite = await import(pathToFileURL(join(root, 'node_modules', 'vite', 'dist', 'node', 'index.js')).href);
  const builder = await vite.createBuilder({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
  await builder.buildApp();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, want);
}

/** Runs a built program in its own process, passes signals on, and ends as it ended. */
function runBuilt(name, programArgs) {
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', join(root, 'dist', 'server', `${name}.js`), ...programArgs],
    {
      stdio: 'inherit',
      env: { ...process.env, NODE_ENV: process.env.NODE_ENV || 'production', PARVIS_ROOT: root },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

const bin = name => join(root, 'node_modules', '.bin', name);

/** One step of the checks, named and timed; the first that fails ends the run. */
function step(name, command, commandArgs) {
  const from = performance.now();
  say(`\n▸ ${name}`);
  const run = spawnSync(command, commandArgs, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'test' },
  });
  if (run.status !== 0) {
    say(`✗ ${name} failed. Run it alone: ${['npx', command.split('/').at(-1), ...commandArgs].join(' ')}`);
    process.exit(run.status ?? 1);
  }
  say(`✓ ${name} (${((performance.now() - from) / 1000).toFixed(1)} s)`);
}

const checks = () => {
  step('types', bin('tsc'), []);
  step('lint and format', bin('biome'), ['check', '--error-on-warnings']);
  step('unused files and exports', bin('knip'), []);
};

switch (task) {
  case 'start':
    install('start');
    await build();
    runBuilt('main', args);
    break;
  case 'parvis':
    install('start');
    await build();
    runBuilt('cli', args);
    break;
  case 'bench':
    install('start');
    await build();
    runBuilt('bench', args);
    break;
  case 'check':
    install('all');
    checks();
    break;
  case 'mutation':
    install('all');
    step('mutation', process.env.PARVIS_OTHER_NODE ?? process.execPath, ['tools/mutation.mjs', ...args]);
    break;
  case 'test':
    install('all');
    checks();
    await build();
    step('rooms, tidy, unit, database, journeys', bin('vitest'), ['run', ...args]);
    break;
  default:
    say(`Unknown task “${task}”. Tasks: start, parvis, bench, check, mutation, test.`);
    process.exit(2);
}
