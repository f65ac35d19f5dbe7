import { openCheckpoint } from './checkpoint.ts';
import { fromBase64, type NoteKey } from './note.ts';
import { type Hash, provesInclusion } from './tree.ts';

/** C2SP tlog-proof (`.tlog-proof`): one leaf's inclusion, with the signed checkpoint it leads to. */
export interface TlogProof {
  readonly index: number;
  /** Sibling hashes, from the leaf upward. */
  readonly hashes: readonly Hash[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

const header = 'c2sp.org/tlog-proof@v1';

export const proofText = ({ index, hashes, checkpoint }: TlogProof): string =>
  [header, `index ${index}`, ...hashes.map(hash => Buffer.from(hash).toString('base64')), '', checkpoint].join('\n');

/** Reads a proof; null when malformed. An `extra` line is allowed and ignored: nothing authenticates it. */
export function parseProof(text: string): TlogProof | null {
  const blank = text.indexOf('\n\n');
  if (blank < 0) return null;
  const [first, ...lines] = text.slice(0, blank).split('\n');
  const rest = lines[0]?.startsWith('extra ') ? lines.slice(1) : lines;
  const index = /^index (0|[1-9]\d{0,15})$/.exec(rest[0] ?? '');
  const hashes = rest.slice(1).map(fromBase64);
  if (first !== header || !index || !hashes.every(hash => hash?.length === 32)) return null;
  return { index: Number(index[1]), hashes: hashes as Buffer[], checkpoint: text.slice(blank + 2) };
}

/** Does this proof, read with this log's key, show that the leaf is in the log? */
export function provesLeaf(text: string, leaf: Hash, logKey: NoteKey): boolean {
  const proof = parseProof(text);
  const checkpoint = proof && openCheckpoint(proof.checkpoint, logKey);
  if (!proof || !checkpoint) return false;
  return provesInclusion({
    index: proof.index,
    size: checkpoint.size,
    leaf,
    proof: proof.hashes,
    root: checkpoint.root,
  });
}
