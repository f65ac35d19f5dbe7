/** The first thing that does not hold, and the file it concerns. */
export class Finding extends Error {
  readonly file: string;
  readonly code: string;
  readonly values: readonly unknown[];
}

export function readArchive(zip: Buffer): Map<string, Buffer>;

export function canonical(value: unknown): string;

/** Runs every check in order and tells each through `say`; throws the first `Finding`. */
export function verify(
  zip: Buffer,
  options?: { pinned?: string | null; say?: (code: string, ...values: unknown[]) => void },
): {
  readonly manifest: { readonly month: string; readonly profile: string };
  readonly batch: {
    readonly id: string;
    readonly lines: number;
    readonly totals: Readonly<Record<string, string | number>>;
  };
  readonly vkey: string;
};

/** The command line: prints each line, answers the exit code. */
export function main(args: readonly string[], print: (line: string) => void): 0 | 1 | 2;
