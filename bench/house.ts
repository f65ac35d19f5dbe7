import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { judged, median, type Row, type Suite, timed } from './suite.ts';

const root = resolve(process.env['PARVIS_ROOT'] ?? '.');

const freePort = (): Promise<number> =>
  new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });

interface Running {
  readonly address: string;
  readonly process: ChildProcess;
  readonly ready_s: number;
  readonly stop: () => Promise<void>;
}

/** Starts a program and waits for the first 200 of `/healthz`. */
async function start(command: readonly string[], env: Record<string, string>, cwd = root): Promise<Running> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const from = performance.now();
  const child = spawn(command[0]!, command.slice(1), {
    cwd,
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, ...env, PORT: String(port) },
  });
  while (
    !(await fetch(`${address}/healthz`).then(
      r => r.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null)
      throw new Error(`${command.join(' ')} ended with ${child.exitCode} before it was ready`);
    if (performance.now() - from > 300_000) throw new Error(`${command.join(' ')} was not ready in five minutes`);
    await new Promise(wait => setTimeout(wait, 50));
  }
  const ready_s = (performance.now() - from) / 1000;
  const stop = async () => {
    const ended = new Promise(done => child.once('exit', done));
    process.kill(-child.pid!, 'SIGTERM');
    await ended;
  };
  return { address, process: child, ready_s, stop };
}

const builtServer = [process.execPath, '--enable-source-maps', join(root, 'dist', 'server', 'main.js')];

/** From nothing at all: a clone of the last commit, an empty npm cache, an empty home. */
async function coldStart(): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'parvis-cold-'));
  const clone = spawnSync('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, join(dir, 'parvis')]);
  if (clone.status !== 0) throw new Error(`the clone failed: ${clone.stderr}`);
  const cold = await start(
    ['npm', 'start'],
    { npm_config_cache: join(dir, 'npm'), PARVIS_ROOT: '' },
    join(dir, 'parvis'),
  );
  await cold.stop();
  rmSync(dir, { recursive: true, force: true });
  return cold.ready_s;
}

/** Resident memory of the web process in MB, as Linux counts it. */
const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;

const bytesOf = async (address: string, path: string): Promise<number> =>
  (await (await fetch(address + path)).arrayBuffer()).byteLength;

/** What a first visit loads: the page, then its styles, scripts and fonts. */
async function firstLoadKb(address: string): Promise<number> {
  const html = await (await fetch(address)).text();
  const loaded = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:css|js|woff2))"/g)].map(match => match[1]!);
  const sizes = await Promise.all([...new Set(loaded)].map(path => bytesOf(address, path)));
  return (Buffer.byteLength(html) + sizes.reduce((sum, size) => sum + size, 0)) / 1000;
}

const medianMs = async (address: string, times: number): Promise<number> => {
  await fetch(address);
  const samples: number[] = [];
  for (let i = 0; i < times; i++) samples.push(await timed(async () => (await fetch(address)).arrayBuffer()));
  return median(samples);
};

async function visitor(address: string, who: string): Promise<string> {
  const page = await (await fetch(`${address}/entrer`)).text();
  const card = page.split('<form').find(form => form.includes(who));
  const personId = /name="personne" value="([^"]+)"/.exec(card ?? '')?.[1];
  if (!personId) throw new Error(`nobody like “${who}” on /entrer`);
  const entered = await fetch(`${address}/entrer`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ personne: personId }),
    headers: { origin: address },
  });
  return entered.headers
    .getSetCookie()
    .find(cookie => cookie.startsWith('parvis_session='))!
    .split(';')[0]!;
}

async function measure(): Promise<readonly Row[]> {
  const rows: Row[] = [
    judged({ name: 'empty npm cache to first 200', value: await coldStart(), unit: 's', goal: '<= 30' }),
  ];
  const home = mkdtempSync(join(tmpdir(), 'parvis-bench-'));
  const env = { PARVIS_HOME: home, PARVIS_ROOT: root, NODE_ENV: 'production' };
  const first = await start(builtServer, env);
  await first.stop();
  rows.push(
    judged({
      name: 'first start, installed and built (seeds the network)',
      value: first.ready_s,
      unit: 's',
      goal: '<= 15',
    }),
  );
  const again = await start(builtServer, env);
  try {
    rows.push(judged({ name: 'restart', value: again.ready_s, unit: 's', goal: '<= 3' }));
    const bare = await medianMs(`${again.address}/healthz`, 50);
    const page = await medianMs(again.address, 50);
    rows.push(judged({ name: 'home page, median', value: page, unit: 'ms', goal: '<= 50' }));
    rows.push(
      judged({
        name: 'home page ÷ one bare query',
        value: page / bare,
        unit: '×',
        goal: '<= 20',
        ratio_to: '/healthz',
      }),
    );
    rows.push(
      judged({ name: 'home page, first load', value: await firstLoadKb(again.address), unit: 'kB', goal: '<= 150' }),
    );
    rows.push(
      judged({ name: 'memory of the web process', value: residentMb(again.process.pid!), unit: 'MB', goal: '<= 300' }),
    );
  } finally {
    await again.stop();
    rmSync(home, { recursive: true, force: true });
  }
  return rows;
}

export const house: Suite = {
  name: 'house',
  summary: 'start, restart, memory, home page, booking, month closing',
  run: measure,
};
