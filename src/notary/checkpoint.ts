import { fromBase64, type NoteKey, type NoteSigner, openNote, signNote } from './note.ts';
import type { Hash } from './tree.ts';

/** C2SP tlog-checkpoint: what a log says of itself at one moment. */
export interface Checkpoint {
  /** The log's address without its scheme; also the name of its key. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

/** Three lines: origin, decimal size, base64 root. No extension line is ever added. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;

/** The text of a note, without its signatures: what cosigners and witnesses speak of. */
export const textIn = (note: string): string => note.slice(0, note.lastIndexOf('\n\n') + 1);

/** Reads the three lines; null when anything else is there. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const match = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n$/.exec(text);
  const root = match && fromBase64(match[3]!);
  if (!match || root?.length !== 32 || !Number.isSafeInteger(Number(match[2]))) return null;
  return { origin: match[1]!, size: Number(match[2]), root: Uint8Array.from(root) };
}

export const signCheckpoint = (checkpoint: Checkpoint, ...signers: readonly NoteSigner[]): string =>
  signNote(checkpointText(checkpoint), ...signers);

/** A checkpoint signed by the log itself, or null. A witness alone is not enough. */
export function openCheckpoint(note: string, logKey: NoteKey): Checkpoint | null {
  const opened = openNote(note, [logKey]);
  const checkpoint = opened && parseCheckpoint(opened.text);
  return checkpoint?.origin === logKey.name ? checkpoint : null;
}
