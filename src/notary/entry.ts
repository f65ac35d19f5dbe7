import { canonical, hashOf } from '../kernel/canonical.ts';

/** What is sealed of one fact, before it has its place: two commitments, a place and a day; never an hour, a name or a figure. */
export interface PendingEntry {
  /** Kind of fact: `presence`. */
  readonly type: string;
  readonly site: string;
  readonly day: string;
  /** HMAC-SHA-256 under the person's own key: hex. */
  readonly person_commit: string;
  /** SHA-256 over a salt and the payload: hex. */
  readonly payload_commit: string;
}

export interface LogEntry extends PendingEntry {
  /** The entry's own place in the log, so that an entry cannot be shown elsewhere. */
  readonly seq: number;
}

/** The bytes that a leaf hashes: RFC 8785 canonical JSON, with these six keys and no other. */
export const entryBytes = ({ type, seq, site, day, person_commit, payload_commit }: LogEntry): Uint8Array =>
  Buffer.from(canonical({ type, seq, site, day, person_commit, payload_commit }));

/** The name under which an entry waits: the hash of all but its place. The same entry always has the same one. */
export const pendingId = ({ type, site, day, person_commit, payload_commit }: PendingEntry): string =>
  hashOf({ type, site, day, person_commit, payload_commit });
