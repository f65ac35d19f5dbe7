/** The process's own diary, on standard error; standard output belongs to commands. Never a name, a mail or a home. */
export interface Log {
  readonly info: (message: string) => void;
  readonly error: (message: string, cause?: unknown) => void;
}

const causeOf = (cause: unknown): string => (cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));

export const consoleLog: Log = {
  info: message => process.stderr.write(`${message}\n`),
  error: (message, cause) => process.stderr.write(`${message}${cause === undefined ? '' : `\n${causeOf(cause)}`}\n`),
};

export const silentLog: Log = { info: () => {}, error: () => {} };
