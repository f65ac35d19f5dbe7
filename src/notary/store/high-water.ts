import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { BrokenInvariant } from '../../kernel/outcome.ts';
import { type Checkpoint, parseCheckpoint, textIn } from '../checkpoint.ts';

/**
 * The largest checkpoint that this installation has signed, a file for each network under `PARVIS_HOME`. It stands outside
 * the database so that a restored backup does not take it back with the rest.
 */
export interface HighWater {
  readonly read: (networkId: string) => Checkpoint | null;
  /** Keeps a signed checkpoint that has been committed. A smaller one than the kept one changes nothing. */
  readonly keep: (networkId: string, note: string) => void;
}

const markIn = (note: string): Checkpoint | null => parseCheckpoint(textIn(note));

/** Writes aside, to the disk, then gives the name: there is a whole file or the one before. */
function writeWhole(file: string, text: string): void {
  const aside = openSync(`${file}.part`, 'w', 0o600);
  try {
    writeSync(aside, text);
    fsyncSync(aside);
  } finally {
    closeSync(aside);
  }
  renameSync(`${file}.part`, file);
}

export function openHighWater(home: string): HighWater {
  const folder = join(home, 'log');
  const fileOf = (networkId: string) => join(folder, `${networkId}.checkpoint`);
  const read = (networkId: string) => {
    const file = fileOf(networkId);
    if (!existsSync(file)) return null;
    const mark = markIn(readFileSync(file, 'utf8'));
    if (mark === null) throw new BrokenInvariant(`${file} does not hold a checkpoint`);
    return mark;
  };
  return {
    read,
    keep: (networkId, note) => {
      if ((markIn(note)?.size ?? 0) <= (read(networkId)?.size ?? -1)) return;
      mkdirSync(folder, { recursive: true });
      writeWhole(fileOf(networkId), note);
    },
  };
}
