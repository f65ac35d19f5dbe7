import { createInterface } from 'node:readline';

export interface Call {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  readonly json: boolean;
}

export interface Verb {
  /** What is typed: `['roads', 'build']`. */
  readonly words: readonly string[];
  readonly usage: string;
  readonly summary: string;
  /** Options that take a value. */
  readonly options?: readonly string[];
  /** Gives the exit code. */
  readonly run: (call: Call) => Promise<number>;
}

/** Standard input a line at a time, each answered on standard output before the next is read. */
async function quantify(): Promise<number> {
  const { quantifyLine } = await import('./method/method.ts');
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') process.stdout.write(`${quantifyLine(line)}\n`);
  }
  return 0;
}

// Verbs load their rooms when called, so that a command which needs no database starts none.
export const verbs: readonly Verb[] = [
  {
    words: ['quantify'],
    usage: 'quantify',
    summary: 'compute avoided carbon: one JSON document a line in, one a line out',
    run: quantify,
  },
];
