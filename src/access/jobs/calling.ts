import { failureOf, homeAssistant, type Sent, type Told, webhook } from '../contract.ts';
import type { DoorGroup, Failure, Lock } from '../grant.ts';

// One call to a lock. It never throws: a lock that is away is an answer like another.

const patience_ms = 5_000;
/** The states of a large house take some 300 kB. */
const longestAnswer_bytes = 4_000_000;

/** A lock and the token that it expects. */
export interface Line {
  readonly lock: Pick<Lock, 'adapter' | 'address' | 'service'>;
  readonly token: string;
}

export interface Heard {
  /** Null when the lock agreed. */
  readonly failure: Failure | null;
  readonly status: number | null;
  readonly body: unknown;
}

const silent = (failure: Failure): Heard => ({ failure, status: null, body: null });

async function readJson(answer: Response): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of answer.body ?? []) {
    length += piece.length;
    if (length > longestAnswer_bytes) return undefined;
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    return undefined;
  }
}

async function ask({ lock, token }: Line, { method, path, body }: Sent, within_ms: number): Promise<Heard> {
  try {
    const answer = await fetch(`${lock.address}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // A token goes to the address that was set, and to no other.
      redirect: 'manual',
      signal: AbortSignal.timeout(within_ms),
    });
    return { failure: failureOf(answer.status), status: answer.status, body: await readJson(answer) };
  } catch (error) {
    return silent((error as { name?: unknown }).name === 'TimeoutError' ? 'slow' : 'unreachable');
  }
}

/** The groups of doors that a lock names. */
export async function askGroups(
  line: Line,
  within_ms = patience_ms,
): Promise<Heard & { readonly groups: readonly DoorGroup[] }> {
  const spoken = line.lock.adapter === 'webhook' ? webhook : homeAssistant;
  const heard = await ask(line, spoken.groups(), within_ms);
  if (heard.failure !== null) return { ...heard, groups: [] };
  const groups = spoken.readGroups(heard.body);
  return groups === null ? { ...heard, failure: 'unreadable', groups: [] } : { ...heard, groups };
}

/** Tells a lock of one grant. */
export const tellGrant = (line: Line, told: Told, within_ms = patience_ms): Promise<Heard> => {
  const { adapter, service } = line.lock;
  const sent = adapter === 'webhook' ? webhook.grant(told) : homeAssistant.grant(told, service ?? '');
  return ask(line, sent, within_ms);
};
