import { hash } from 'node:crypto';
import { BrokenInvariant } from '../kernel/outcome.ts';

/** A SHA-256 value: 32 bytes. */
export type Hash = Uint8Array;

/** The leaves `from` (inside) to `to` (outside) of a log, in order. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Reads one complete subtree: `2 ** level` leaves, starting at leaf `index * 2 ** level`. */
export type ReadSubtree = (level: number, index: number) => Hash;

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** By way of text: small buffers then share one, where each digest read as bytes would be kept apart, at twice the cost. */
const sha256 = (bytes: Uint8Array | string): Hash => Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');

/** RFC 6962 §2.1: `SHA-256(0x00 ‖ entry)`, of bytes or of a text in UTF-8. The prefix keeps a leaf from passing for a node. */
export const leafHash = (entry: Uint8Array | string): Hash =>
  sha256(typeof entry === 'string' ? `\0${entry}` : Buffer.concat([leafPrefix, entry]));

/** RFC 6962 §2.1: `SHA-256(0x01 ‖ left ‖ right)`. */
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(Buffer.concat([nodePrefix, left, right]));

/** The root of a log with no entry: `SHA-256("")`. */
export const emptyRoot: Hash = sha256(Buffer.alloc(0));

export const sameHash = (a: Hash, b: Hash): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

const requireSize = (value: number, name: string): void => {
  if (!Number.isSafeInteger(value) || value < 0) throw new BrokenInvariant(`${name} is not a log size: ${value}`);
};

/** The largest power of two strictly below `n`, for `n > 1`: where a tree of `n` leaves splits. */
const splitOf = (n: number): number => {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
};

/** The complete subtrees that together make a span whose start is aligned: largest first, as a root folds them. */
export function subtreesOf({ from, to }: Span): readonly { readonly level: number; readonly index: number }[] {
  const found = [];
  for (let start = from; start < to; ) {
    let level = 0;
    while (start % 2 ** (level + 1) === 0 && start + 2 ** (level + 1) <= to) level += 1;
    found.push({ level, index: start / 2 ** level });
    start += 2 ** level;
  }
  return found;
}

/** The hash of one span that appears in a root or a proof. */
export function spanHash(span: Span, read: ReadSubtree): Hash {
  const hashes = subtreesOf(span).map(({ level, index }) => read(level, index));
  return hashes.length === 0 ? emptyRoot : hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** The root over whole entries already hashed; for a log in memory. */
export function rootOf(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return emptyRoot;
  let row = leaves;
  while (row.length > 1) {
    const above: Hash[] = [];
    for (let i = 0; i + 1 < row.length; i += 2) above.push(nodeHash(row[i]!, row[i + 1]!));
    // A hash without a neighbour climbs unchanged: this gives the same tree as the split at a power of two.
    if (row.length % 2 === 1) above.push(row.at(-1)!);
    row = above;
  }
  return row[0]!;
}

/** Subtrees of leaves held in memory. */
export const readFrom =
  (leaves: readonly Hash[]): ReadSubtree =>
  (level, index) =>
    rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));

/** RFC 6962 §2.1.1: the spans whose hashes prove that leaf `index` is in a log of `size`, from the leaf upward. */
export function inclusionSpans(index: number, size: number): readonly Span[] {
  requireSize(size, 'size');
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new BrokenInvariant(`leaf ${index} is not in a log of ${size}`);
  }
  const spans: Span[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      spans.push({ from: middle, to });
      to = middle;
    } else {
      spans.push({ from, to: middle });
      from = middle;
    }
  }
  return spans.reverse();
}

/** RFC 6962 §2.1.2: the spans whose hashes prove that a log of `size` continues a log of `oldSize`. */
export function consistencySpans(oldSize: number, size: number): readonly Span[] {
  requireSize(size, 'size');
  requireSize(oldSize, 'old size');
  if (oldSize > size) throw new BrokenInvariant(`a log of ${size} cannot continue a log of ${oldSize}`);
  if (oldSize === 0 || oldSize === size) return [];
  const spans: Span[] = [];
  let [from, to] = [0, size];
  while (to !== oldSize) {
    const middle = from + splitOf(to - from);
    if (oldSize <= middle) {
      spans.push({ from: middle, to });
      to = middle;
    } else {
      spans.push({ from, to: middle });
      from = middle;
    }
  }
  // When the old log is itself the left-most subtree, its root is already known to whoever checks.
  if (from !== 0) spans.push({ from, to });
  return spans.reverse();
}

export const inclusionProof = (index: number, size: number, read: ReadSubtree): readonly Hash[] =>
  inclusionSpans(index, size).map(span => spanHash(span, read));

export const consistencyProof = (oldSize: number, size: number, read: ReadSubtree): readonly Hash[] =>
  consistencySpans(oldSize, size).map(span => spanHash(span, read));

/** Is this leaf, at this place, in the log with that size and root? RFC 9162 §2.1.3.2. */
export function provesInclusion(claim: {
  readonly index: number;
  readonly size: number;
  readonly leaf: Hash;
  readonly proof: readonly Hash[];
  readonly root: Hash;
}): boolean {
  if (!Number.isSafeInteger(claim.index) || claim.index < 0 || claim.index >= claim.size) return false;
  let [place, last, hash] = [claim.index, claim.size - 1, claim.leaf];
  for (const sibling of claim.proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameHash(hash, claim.root);
}

/** Does the newer log contain the older one, unchanged, as its beginning? RFC 9162 §2.1.4.2. */
export function provesConsistency(claim: {
  readonly oldSize: number;
  readonly size: number;
  readonly oldRoot: Hash;
  readonly root: Hash;
  readonly proof: readonly Hash[];
}): boolean {
  const { oldSize, size, oldRoot, root, proof } = claim;
  if (![oldSize, size].every(n => Number.isSafeInteger(n) && n >= 0) || oldSize > size) return false;
  if (oldSize === size) return proof.length === 0 && sameHash(oldRoot, root);
  if (oldSize === 0) return proof.length === 0 && sameHash(oldRoot, emptyRoot);
  return climbsToBoth(claim);
}

function climbsToBoth({ oldSize, size, oldRoot, root, proof }: Parameters<typeof provesConsistency>[0]): boolean {
  let [place, last] = [oldSize - 1, size - 1];
  while (place % 2 === 1) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  const path = place === 0 ? [oldRoot, ...proof] : proof;
  const first = path[0];
  if (first === undefined) return false;
  let [older, newer] = [first, first];
  for (const sibling of path.slice(1)) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      [older, newer] = [nodeHash(sibling, older), nodeHash(sibling, newer)];
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else {
      newer = nodeHash(newer, sibling);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameHash(older, oldRoot) && sameHash(newer, root);
}
