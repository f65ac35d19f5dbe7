import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunningWitness {
  readonly vkey: string;
  readonly url: string;
  /** What it told on standard error so far. */
  readonly said: () => string;
  /** kill −9, and the end of it. */
  readonly kill: () => Promise<void>;
}

export interface WitnessAsked {
  /** Verifier keys of the logs that it knows. */
  readonly logs: readonly string[];
  /** File of its key; its memory stands beside it. */
  readonly key: string;
  /** Where it listens; a free port by default. */
  readonly port?: number;
}

/** `witness/witness.mjs` as a town hall starts it. */
export async function startWitness({ logs, key, port = 0 }: WitnessAsked): Promise<RunningWitness> {
  const known = logs.flatMap(vkey => ['--log', vkey]);
  const args = ['witness/witness.mjs', ...known, '--key', key, '--name', 'witness.example', '--port', String(port)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stderr.on('data', (text: Buffer) => {
    err += text;
  });
  const ended = new Promise<void>(done => child.once('close', () => done()));
  await new Promise<void>((ready, fail) => {
    child.stdout.on('data', (text: Buffer) => {
      out += text;
      if (out.includes('Listening')) ready();
    });
    void ended.then(() => fail(new Error(err)));
  });
  const [vkey = '', listening = ''] = out.split('\n');
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { vkey, url: listening.replace('Listening on ', ''), said: () => err, kill };
}

/** A folder for keys of witnesses. */
export function witnessFolder(): { readonly fileOf: (name: string) => string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-witness-'));
  return { fileOf: name => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
