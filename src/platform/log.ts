/** The process's own diary, on standard error; standard output belongs to commands. Never a name, a mail or a home. */
export interface Log {
  readonly info: (message: string) => void;
  readonly error: (message: string, cause?: unknown) => void;
}

/**
 * Errors of which the message may be kept: ours, and those of the language that name a piece of the program. What a parser, a
 * database or a mail server says may quote what someone typed, or a row.
 */
const discreet = new Set(['BrokenInvariant', 'TypeError', 'ReferenceError', 'TaskFailed']);

/** What else an error knows of itself that is nobody's: its code, and the rule that it broke. */
const facts = ['code', 'responseCode', 'syscall', 'constraint', 'table'] as const;

/** An error without what it may quote of people: its kind, its code, where it was thrown. */
export function causeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return `a ${typeof cause} was thrown`;
  const known = facts.flatMap(fact => {
    const value: unknown = Reflect.get(cause, fact);
    return value === undefined ? [] : [`${fact} ${String(value)}`];
  });
  const said = discreet.has(cause.name) ? [cause.message] : [];
  const frames = (cause.stack ?? '').split('\n').filter(line => /^\s+at .+:\d+:\d+\)?$/.test(line));
  return [[cause.name, ...said, ...known].join(', '), ...frames].join('\n');
}

/** A diary written line by line. */
export const logTo = (write: (text: string) => void): Log => ({
  info: message => write(`${message}\n`),
  error: (message, cause) => write(`${message}${cause === undefined ? '' : `\n${causeOf(cause)}`}\n`),
});

export const consoleLog = logTo(text => process.stderr.write(text));

export const silentLog: Log = { info: () => {}, error: () => {} };
