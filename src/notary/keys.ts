import { sha256 } from '../kernel/canonical.ts';
import { type Instant, isBefore } from '../kernel/time.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import type { LogEntry } from './entry.ts';
import type { NoteKey } from './note.ts';

/** One generation of the log's key, and when its word counts. */
export interface LogKey {
  readonly generation: number;
  readonly vkey: string;
  readonly key: NoteKey;
  readonly from: Instant;
  /** When the next one took over; null while it signs. */
  readonly until: Instant | null;
  /** From then on its signatures are worth nothing, whoever made them; null when nobody else ever held it. */
  readonly revokedSince: Instant | null;
}

export type KeyStatus = 'current' | 'retired' | 'revoked';

export const statusOf = ({ until, revokedSince }: LogKey): KeyStatus =>
  revokedSince !== null ? 'revoked' : until !== null ? 'retired' : 'current';

/** The purpose from which a generation's secret is derived. The first one's never named a generation. */
export const purposeOf = (networkId: string, generation: number): string =>
  generation === 1 ? `log ${networkId}` : `log ${networkId} key ${generation}`;

/** Was this key's word good at that moment? Both ends belong to it: at a change both keys sign. */
export const vouchesAt = ({ from, until, revokedSince }: LogKey, at: Instant): boolean =>
  !isBefore(at, from) &&
  (until === null || !isBefore(until, at)) &&
  (revokedSince === null || isBefore(at, revokedSince));

/** A checkpoint opened under a key whose word was good when it was signed, or null. */
export function openOfItsDay(
  note: string,
  { keys, signedAt }: { readonly keys: readonly LogKey[]; readonly signedAt: Instant },
): Checkpoint | null {
  for (const one of keys) {
    const opened = vouchesAt(one, signedAt) ? openCheckpoint(note, one.key) : null;
    if (opened) return opened;
  }
  return null;
}

const spanOf = ({ from, until, revokedSince }: LogKey): string =>
  [`from ${from}`, until && `until ${until}`, revokedSince && `since ${revokedSince}`].filter(Boolean).join(' ');

/**
 * The list of a log's keys, to be signed as a note: a title, the origin, then a line for each generation, such as
 * `example.org/log+5d3c…+AZ… retired from 2026-01-01T00:00:00Z until 2027-01-01T00:00:00Z`.
 */
export const keyListText = (origin: string, keys: readonly LogKey[]): string =>
  ['parvis-log-keys/1', origin, ...keys.map(key => `${key.vkey} ${statusOf(key)} ${spanOf(key)}`), ''].join('\n');

const nobody = '0'.repeat(64);

/** The entry that a change of key writes: it is about no person and no place, and commits to the new verifier key. */
export const rotationEntry = ({ seq, at, vkey }: { seq: number; at: Instant; vkey: string }): LogEntry => ({
  type: 'log_key',
  seq,
  site: '',
  day: at.toString().slice(0, 10),
  person_commit: nobody,
  payload_commit: sha256(vkey),
});
