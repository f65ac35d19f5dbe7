import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

export const root = resolve(process.env['PARVIS_ROOT'] ?? '.');

export const builtProgram = (name: string): readonly string[] => [
  process.execPath,
  '--enable-source-maps',
  join(root, 'dist', 'server', `${name}.js`),
];

const freePort = (): Promise<number> =>
  new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });

export interface Running {
  readonly address: string;
  readonly process: ChildProcess;
  readonly ready_s: number;
  readonly stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

/** Starts a program and waits for the first 200 of `/healthz`. */
export async function start(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd = root,
): Promise<Running> {
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
  const stop: Running['stop'] = async (signal = 'SIGTERM') => {
    const ended = new Promise(done => child.once('exit', done));
    process.kill(-child.pid!, signal);
    await ended;
  };
  return { address, process: child, ready_s, stop };
}
