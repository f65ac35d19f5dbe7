import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What the engine said: an answer, its own refusal in its own words, or nothing because it is away. */
export type EngineAnswer =
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'away' };

export interface EngineProcess {
  ask(verb: string, query: object): Promise<EngineAnswer>;
  close(): Promise<void>;
}

export interface EngineCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
}

interface Limits {
  /** After a death the engine is left alone for this long; questions meanwhile hear that it is away. */
  readonly restart_after_ms: number;
  /** A question without an answer for this long ends the engine: it hangs. */
  readonly answer_within_ms: number;
}

type Settle = (answer: EngineAnswer) => void;
const away: EngineAnswer = { kind: 'away' };

/** One life of the engine: what was asked and not yet answered dies with it. */
class Life {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Settle>();
  #lastId = 0;
  ended = false;

  constructor({ command, args, folder }: EngineCommand, onEnd: () => void) {
    this.#child = spawn(command, args, { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
    const end = () => {
      if (this.ended) return;
      this.ended = true;
      for (const settle of this.#waiting.values()) settle(away);
      this.#waiting.clear();
      onEnd();
    };
    this.#child.once('error', end);
    this.#child.once('exit', end);
    // Writing to a process that has just died is reported by its exit, not by its pipe.
    this.#child.stdin!.on('error', () => {});
    createInterface({ input: this.#child.stdout! }).on('line', line => this.#hear(line));
  }

  #hear(line: string): void {
    const said = JSON.parse(line) as { id: number; answer?: unknown; error?: string };
    const settle = this.#waiting.get(said.id);
    this.#waiting.delete(said.id);
    settle?.(
      said.error === undefined ? { kind: 'answer', value: said.answer } : { kind: 'error', message: said.error },
    );
  }

  ask(verb: string, query: object, within_ms: number): Promise<EngineAnswer> {
    const id = ++this.#lastId;
    return new Promise(done => {
      const hangs = setTimeout(() => this.#child.kill('SIGKILL'), within_ms);
      this.#waiting.set(id, answer => {
        clearTimeout(hangs);
        done(answer);
      });
      this.#child.stdin!.write(`${JSON.stringify({ id, verb, query })}\n`);
    });
  }

  end(): Promise<void> {
    return new Promise(done => {
      if (this.ended) return done();
      this.#child.once('exit', () => done());
      this.#child.stdin!.end();
    });
  }
}

/** Keeps an engine at hand: started at the first question, and again at the first question some time after a death. */
export function engineProcess(
  command: EngineCommand,
  limits: Limits = { restart_after_ms: 1_000, answer_within_ms: 30_000 },
): EngineProcess {
  let life: Life | null = null;
  let notBefore = 0;
  let closed = false;
  const alive = (): Life | null => {
    if (life && !life.ended) return life;
    if (closed || performance.now() < notBefore) return null;
    life = new Life(command, () => {
      notBefore = performance.now() + limits.restart_after_ms;
    });
    return life;
  };
  return {
    ask: async (verb, query) => alive()?.ask(verb, query, limits.answer_within_ms) ?? away,
    close: async () => {
      closed = true;
      await life?.end();
    },
  };
}
