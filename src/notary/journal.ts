import { type Instant, isBefore } from '../kernel/time.ts';
import type { LogKey } from './keys.ts';
import type { NoteKey } from './note.ts';
import type { Hash } from './tree.ts';
import type { CosignatureRow, Witness } from './witnesses.ts';

/** What anyone may know of the log at least: its key and its latest checkpoint. */
export interface Published {
  readonly vkey: string;
  readonly key: NoteKey;
  readonly size: number;
  /** With the cosignatures known so far. */
  readonly checkpoint: string;
}

/** A time stamp over a checkpoint's note, as it is kept. */
export interface StampRow {
  readonly size: number;
  readonly stampedAt: Instant;
  /** Who the authority's certificate says it is. */
  readonly authority: string;
  /** The token, DER. */
  readonly token: Uint8Array;
}

/** All that the public page of the log tells. */
export interface Journal extends Published {
  /** When it was asked. */
  readonly now: Instant;
  readonly sealedAt: Instant;
  readonly root: Hash;
  /** The oldest first; the last one signs. */
  readonly keys: readonly LogKey[];
  /** The latest cosignature of each key that ever cosigned. */
  readonly cosignatures: readonly CosignatureRow[];
  readonly witnesses: readonly Witness[];
  /** The latest time stamps, the latest first. */
  readonly stamps: readonly StampRow[];
}

/** The latest word of each witness in service. */
export const wordOf = ({ cosignatures }: Journal, { vkey }: Witness): CosignatureRow | null =>
  cosignatures.find(one => one.vkey === vkey) ?? null;

/** When someone last said, under a date, that this checkpoint is the latest: a witness, an authority or the log itself. */
export const datedAt = ({ cosignatures, stamps, size, sealedAt }: Journal): Instant =>
  [...cosignatures.map(one => ({ ...one, at: one.signedAt })), ...stamps.map(one => ({ ...one, at: one.stampedAt }))]
    .filter(one => one.size === size)
    .reduce((latest, { at }) => (isBefore(latest, at) ? at : latest), sealedAt);
