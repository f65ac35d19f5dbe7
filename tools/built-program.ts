import { type SpawnOptions, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createBuilder } from 'vite';

const root = resolve('.');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly kill: () => void;
  readonly ended: Promise<Ended>;
}

export interface BuiltProgram {
  /** `cli` or `main`, in a process of its own. */
  readonly run: (name: 'cli' | 'main', args: readonly string[], env: Readonly<Record<string, string>>) => Running;
  readonly remove: () => void;
}

/** Starts a program; `kill` is kill −9. */
export function runProgram(file: string, args: readonly string[], options: SpawnOptions = {}): Running {
  const child = spawn(process.execPath, [file, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>(done => {
    child.once('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
  return { ended, kill: () => void child.kill('SIGKILL') };
}

/**
 * The server and the command line built from the sources as they are now, by the program's own configuration, apart from
 * the build that `npm start` runs.
 */
export async function buildProgram(): Promise<BuiltProgram> {
  mkdirSync('dist', { recursive: true });
  const folder = mkdtempSync(join(root, 'dist', 'tested-'));
  const builder = await createBuilder({
    root,
    logLevel: 'error',
    environments: { ssr: { build: { outDir: folder } } },
  });
  await builder.build(builder.environments['ssr']!);
  return {
    run: (name, args, env) =>
      runProgram(join(folder, `${name}.js`), args, {
        env: { ...process.env, NODE_ENV: 'production', PARVIS_ROOT: root, ...env },
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
