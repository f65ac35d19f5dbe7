import { accept, BrokenInvariant, type Outcome, refuse } from '../kernel/outcome.ts';
import type { Work } from '../platform/database.ts';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { type NoteKey, type NoteSigner, noteSigner, parseVkey, signNote, vkeyText } from './note.ts';
import { proofText } from './proof.ts';
import * as store from './store.ts';
import {
  existsIn,
  grow,
  type RowSlice,
  readFromRows,
  rowLength,
  slicesFor,
  type Tile,
  tileBytes,
  tileWidth,
} from './tiles.ts';
import {
  consistencyProof,
  consistencySpans,
  type Hash,
  inclusionProof,
  inclusionSpans,
  type ReadSubtree,
  rootOf,
  type Span,
  sameHash,
  spanHash,
} from './tree.ts';
import { words } from './words.ts';

export { openCheckpoint } from './checkpoint.ts';
export { entryBytes, type LogEntry } from './entry.ts';
export type { NoteKey } from './note.ts';
export { type Hash, leafHash } from './tree.ts';

/** The secrets of an installation: 32 bytes for a purpose, the same each time. */
export type SecretOf = (purpose: string) => Uint8Array;

export interface Keyring {
  readonly secrets: SecretOf;
  /** Public host of this installation, part of the log's name; null where none is set. */
  readonly host: string | null;
}

/** What the log said of itself when it sealed. */
export interface Seal {
  readonly size: number;
  readonly root: Hash;
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  readonly vkey: string;
}

const signerNamed = (work: Work, { secrets }: Keyring, origin: string): NoteSigner =>
  noteSigner(origin, secrets(`log ${work.networkId}`));

const originOf = (work: Work, { host }: Keyring): string => `${host ?? 'parvis.invalid'}/log/${work.networkId}`;

/** The log's signer. Its name is the one it was opened under, even if the host changed since. */
async function signerOf(work: Work, keyring: Keyring): Promise<Outcome<NoteSigner>> {
  const log = await store.logRow(work);
  const signer = signerNamed(work, keyring, log?.origin ?? originOf(work, keyring));
  if (log && log.vkey !== vkeyText(signer.key)) return refuse(words.otherKey(log.origin));
  return accept(signer);
}

/** Whole tiles around some slices, each once: fewer and larger reads than slice by slice. */
const tilesAround = (slices: readonly RowSlice[]): readonly RowSlice[] => {
  const starts = new Set(slices.map(({ level, from }) => `${level}/${Math.floor(from / tileWidth)}`));
  return [...starts].map(start => {
    const [level, n] = start.split('/').map(Number) as [number, number];
    return { level, from: n * tileWidth, to: (n + 1) * tileWidth };
  });
};

/** Neighbouring proofs share most of their subtrees: each is computed once. */
const remembered = (read: ReadSubtree): ReadSubtree => {
  const known = new Map<string, Hash>();
  return (level, index) => {
    const key = `${level}/${index}`;
    const hash = known.get(key) ?? read(level, index);
    known.set(key, hash);
    return hash;
  };
};

/** Loads what these spans need, then reads them without the database. */
async function readerFor(work: Work, spans: readonly Span[]): Promise<ReadSubtree> {
  const rows = await store.rowHashes(work, tilesAround(slicesFor(spans)));
  const byPlace = new Map(rows.map(row => [`${row.level}/${row.position}`, row.hash]));
  return remembered(readFromRows((level, position) => byPlace.get(`${level}/${position}`)));
}

async function rootAt(work: Work, size: number): Promise<Hash> {
  const span = { from: 0, to: size };
  return spanHash(span, await readerFor(work, [span]));
}

/** The hashes in the last, partial tile of each row. */
async function pendingRows(work: Work, size: number): Promise<Hash[][]> {
  const slices: RowSlice[] = [];
  for (let level = 0; rowLength(level, size) > 0; level += 1) {
    const length = rowLength(level, size);
    slices.push({ level, from: length - (length % tileWidth), to: length });
  }
  const rows = await store.rowHashes(work, slices);
  return slices.map(({ level }) =>
    rows
      .filter(row => row.level === level)
      .sort((a, b) => a.position - b.position)
      .map(row => row.hash),
  );
}

/** The log as it stands for whoever is about to seal: its size, held until the end of the transaction. */
export async function beginSeal(work: Work, keyring: Keyring): Promise<Outcome<{ readonly size: number }>> {
  const signer = await signerOf(work, keyring);
  if (!signer.ok) return signer;
  await store.openLog(work, { origin: signer.value.key.name, vkey: vkeyText(signer.value.key) });
  await store.lockLog(work);
  const latest = await store.latestCheckpoint(work);
  return accept({ size: latest?.size ?? 0 });
}

/**
 * Appends leaves after `size`, the size that `beginSeal` gave, and signs the new checkpoint. Before it signs, the log
 * recomputes its last checkpoint from its rows: it never signs two histories.
 */
export async function seal(
  work: Work,
  keyring: Keyring,
  { size, leaves }: { readonly size: number; readonly leaves: readonly Hash[] },
): Promise<Outcome<Seal>> {
  const signer = await signerOf(work, keyring);
  if (!signer.ok) return signer;
  const latest = await store.latestCheckpoint(work);
  if ((latest?.size ?? 0) !== size)
    throw new BrokenInvariant('the log grew between the beginning and the end of a sealing');
  if (latest && !sameHash(latest.root, await rootAt(work, size))) {
    throw new BrokenInvariant('the rows of the log no longer give its last signed root');
  }
  const grown = grow(size, leaves, await pendingRows(work, size));
  if (grown.length > 0) await store.insertRowHashes(work, grown);
  const root = await rootAt(work, size + leaves.length);
  const sealed = { origin: signer.value.key.name, size: size + leaves.length, root };
  const note = latest?.size === sealed.size ? latest.note : signCheckpoint(sealed, signer.value);
  if (latest?.size !== sealed.size) await store.insertCheckpoint(work, { ...sealed, note });
  return accept({ size: sealed.size, root, checkpoint: note, vkey: vkeyText(signer.value.key) });
}

/** Signs a short text with the log's key: the manifest of a dossier. */
export async function signText(work: Work, keyring: Keyring, text: string): Promise<Outcome<string>> {
  const signer = await signerOf(work, keyring);
  return signer.ok ? accept(signNote(text, signer.value)) : signer;
}

const inOrder = async (work: Work, slice: RowSlice): Promise<Hash[]> =>
  (await store.rowHashes(work, [slice])).sort((a, b) => a.position - b.position).map(row => row.hash);

/** Is every hash of the upper rows that of the full tile under it? Read 65,536 hashes at a time. */
async function rowsAgree(work: Work, size: number): Promise<boolean> {
  for (let level = 0; rowLength(level + 1, size) > 0; level += 1) {
    for (let from = 0; from < rowLength(level + 1, size); from += tileWidth) {
      const to = Math.min(from + tileWidth, rowLength(level + 1, size));
      const above = await inOrder(work, { level: level + 1, from, to });
      const below = await inOrder(work, { level, from: from * tileWidth, to: to * tileWidth });
      const tileRoot = (i: number) => rootOf(below.slice(i * tileWidth, (i + 1) * tileWidth));
      if (above.length !== to - from || !above.every((hash, i) => sameHash(hash, tileRoot(i)))) return false;
    }
  }
  return true;
}

/** Do all the rows of the log still give its last signed root, under its own key? True for a log not yet opened. */
export async function isIntact(work: Work): Promise<boolean> {
  const [log, latest] = [await store.logRow(work), await store.latestCheckpoint(work)];
  if (!log || !latest) return true;
  const key = parseVkey(log.vkey);
  const signed = key && openCheckpoint(latest.note, key);
  if (signed?.size !== latest.size || !sameHash(signed.root, latest.root)) return false;
  return (await rowsAgree(work, latest.size)) && sameHash(latest.root, await rootAt(work, latest.size));
}

export interface Published {
  readonly vkey: string;
  readonly key: NoteKey;
  readonly size: number;
  readonly checkpoint: string;
}

/** What anyone may know of the log: its key and its latest checkpoint. */
export async function published(work: Work): Promise<Outcome<Published>> {
  const [log, latest] = [await store.logRow(work), await store.latestCheckpoint(work)];
  const key = log && parseVkey(log.vkey);
  if (!log || !latest || !key) return refuse(words.noLog);
  return accept({ vkey: log.vkey, key, size: latest.size, checkpoint: latest.note });
}

/** The bytes of one tile. Entries are never served: hashes only. */
export async function tile(work: Work, asked: Tile | null): Promise<Outcome<Uint8Array>> {
  const latest = await store.latestCheckpoint(work);
  if (!asked || !latest || !existsIn(asked, latest.size)) return refuse(words.noTile);
  const from = asked.n * tileWidth;
  const hashes = await inOrder(work, { level: asked.level, from, to: from + asked.width });
  if (hashes.length !== asked.width) throw new BrokenInvariant(`the log lacks hashes in row ${asked.level}`);
  return accept(tileBytes(hashes));
}

/** Inclusion proofs of some leaves against one size of the log, from the leaf upward; one read for all of them. */
export async function inclusionProofs(
  work: Work,
  { indexes, size }: { readonly indexes: readonly number[]; readonly size: number },
): Promise<(readonly Hash[])[]> {
  const read = await readerFor(
    work,
    indexes.flatMap(index => inclusionSpans(index, size)),
  );
  return indexes.map(index => inclusionProof(index, size, read));
}

/** The proof file of one leaf, found by its hash, against the latest checkpoint. */
export async function leafProof(work: Work, leaf: Hash): Promise<Outcome<string>> {
  const latest = await store.latestCheckpoint(work);
  const index = latest && (await store.leafPosition(work, leaf));
  if (latest === null || index === null || index >= latest.size) return refuse(words.noLeaf);
  const [hashes] = await inclusionProofs(work, { indexes: [index], size: latest.size });
  return accept(proofText({ index, hashes: hashes!, checkpoint: latest.note }));
}

/** Hashes that prove that the log of `size` continues the log of `oldSize`. */
export async function consistency(
  work: Work,
  { oldSize, size }: { readonly oldSize: number; readonly size: number },
): Promise<Outcome<readonly Hash[]>> {
  const latest = await store.latestCheckpoint(work);
  if (!latest || oldSize > size || size > latest.size) return refuse(words.badSize);
  const read = await readerFor(work, consistencySpans(oldSize, size));
  return accept(consistencyProof(oldSize, size, read));
}
