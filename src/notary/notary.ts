import { accept, BrokenInvariant, type Outcome, refuse } from '../kernel/outcome.ts';
import { type Instant, instantAt, isBefore, isDay } from '../kernel/time.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import type { Work } from '../platform/database.ts';
import { textIn } from './checkpoint.ts';
import { cosign, cosigner, cosignerKey } from './cosignature.ts';
import { entryBytes, type PendingEntry, pendingId } from './entry.ts';
import {
  beginSeal,
  type Keyring,
  latestOf,
  lossSeen,
  type Seal,
  type Signing,
  seal,
  sign,
  signerAt,
  signingOf,
} from './jobs/sealing.ts';
import type { Journal, Published } from './journal.ts';
import { keyListText, type LogKey, openOfItsDay, rotationEntry } from './keys.ts';
import { signNote, vkeyText } from './note.ts';
import { proofText } from './proof.ts';
import * as store from './store/log.ts';
import * as pending from './store/pending.ts';
import { inOrder, readerFor, rootAt, rowsAgree } from './store/tree.ts';
import * as watch from './store/witness.ts';
import { existsIn, type Tile, tileBytes, tileWidth } from './tiles.ts';
import {
  consistencyProof,
  consistencySpans,
  type Hash,
  inclusionProof,
  inclusionSpans,
  leafHash,
  sameHash,
} from './tree.ts';
import { checkedWitness, type WitnessAsked } from './witnesses.ts';
import { words } from './words.ts';

export { openCheckpoint } from './checkpoint.ts';
export { entryBytes, type LogEntry, type PendingEntry } from './entry.ts';
export { beginSeal, type Keyring, keyringOf, type Seal, type Sealing, type SecretOf, seal } from './jobs/sealing.ts';
export type { Journal, Published } from './journal.ts';
export { type LogKey, statusOf } from './keys.ts';
export type { NoteKey } from './note.ts';
export { type Hash, leafHash } from './tree.ts';

/**
 * Leaves entries to be sealed soon, with this unit of work or not at all; gives the ids under which they wait. Whoever submits
 * waits for no one, and the same entry again changes nothing.
 */
export async function submit(work: Work, entries: readonly PendingEntry[]): Promise<readonly string[]> {
  if (!entries.every(({ day }) => isDay(day))) throw new BrokenInvariant('an entry of the log has a real day');
  const waiting = entries.map(entry => ({ ...entry, pendingId: pendingId(entry) }));
  await pending.insertPending(work, waiting);
  return waiting.map(one => one.pendingId);
}

/** Where entries stand in the log, by the id under which they waited; an entry that still waits has no place. */
export const placesOf = async (work: Work, pendingIds: readonly string[]): Promise<ReadonlyMap<string, number>> =>
  new Map((await pending.placesOf(work, pendingIds)).map(({ pendingId: id, seq }) => [id, seq]));

/** Entries sealed in one transaction at most: some 50 MB and a few seconds. */
const sealedAtOnce = 50_000;

/**
 * Gives a place to what waits, in the order of the ids, and signs one checkpoint over it; the entries themselves are gone
 * afterwards. Null when nothing waited. Run until it is.
 */
export async function sealPending(work: Work, keyring: Keyring): Promise<Outcome<Seal | null>> {
  if (!(await pending.isAnyPending(work))) return accept(null);
  const begun = await beginSeal(work, keyring);
  if (!begun.ok) return begun;
  const { size, append } = begun.value;
  const entries = await pending.drainPending(work, sealedAtOnce);
  const placed = entries.map((entry, i) => ({ ...entry, seq: size + i }));
  await append(placed.map(entry => leafHash(entryBytes(entry))));
  const sealing = await seal(work, keyring, begun.value);
  if (sealing.ok) await pending.insertPlaces(work, placed);
  return sealing;
}

/**
 * The next key takes over. The change is an entry of the log, and the checkpoint over it bears both signatures: the old key
 * vouches for the new one.
 */
export async function rotateKey(work: Work, actor: Actor, keyring: Keyring): Promise<Outcome<Seal>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  if (!(await store.latestCheckpoint(work))) return refuse(words.noLog);
  const begun = await beginSeal(work, keyring);
  if (!begun.ok) return begun;
  const [log, latest] = [(await store.logOf(work))!, (await store.latestCheckpoint(work))!];
  const old = log.keys.at(-1)!;
  const { origin } = log;
  const at = latestOf([work.now, latest.sealedAt, old.from]);
  const [next, before] = [old.generation + 1, old.generation].map(generation => ({
    signer: signerAt(work, keyring, { origin, generation }),
    from: at,
  })) as [Signing, Signing];
  const vkey = vkeyText(next.signer.key);
  await store.endKey(work, { generation: old.generation, kind: 'retired', at });
  await store.insertKey(work, { generation: old.generation + 1, vkey, from: at });
  const { size, append } = begun.value;
  await append([leafHash(entryBytes(rotationEntry({ seq: size, at, vkey })))]);
  return accept(await sign(work, [next, before], begun.value));
}

/** Says that an earlier key's word is worth nothing from a moment on: someone else held it. */
export async function revokeKey(
  work: Work,
  actor: Actor,
  { generation, since }: { readonly generation: number; readonly since: Instant },
): Promise<Outcome<LogKey>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const key = (await store.logOf(work))?.keys.find(one => one.generation === generation);
  if (!key) return refuse(words.noKey);
  if (key.until === null) return refuse(words.keySigns);
  if (isBefore(work.now, since)) return refuse(words.badRevocation);
  const at = latestOf([since, key.from]);
  const said = await store.endKey(work, { generation, kind: 'revoked', at });
  return said ? accept({ ...key, revokedSince: at }) : refuse(words.keyRevoked);
}

/** The log's keys with their spans, as a note that the present key signs. */
export async function keyList(work: Work, keyring: Keyring): Promise<Outcome<string>> {
  const log = await store.logOf(work);
  return log ? signText(work, keyring, keyListText(log.origin, log.keys)) : refuse(words.noLog);
}

/**
 * Signs a short text with the log's key: the manifest of a dossier, a list of states. What was signed under an earlier key
 * (`vkey`) is signed again under that one, so that it stays the same bytes.
 */
export async function signText(work: Work, keyring: Keyring, text: string, vkey?: string): Promise<Outcome<string>> {
  const signing = await signingOf(work, keyring, vkey);
  return signing.ok ? accept(signNote(text, signing.value.signer)) : signing;
}

/** Says again, once a day, that the latest checkpoint is the latest: the same root, under the day's own date. */
export async function cosignDaily(work: Work, keyring: Keyring): Promise<Outcome<null>> {
  const latest = await store.latestCheckpoint(work);
  if (!latest) return accept(null);
  const signing = await signingOf(work, keyring);
  if (!signing.ok) return signing;
  const own = cosigner(signing.value.signer);
  const vkey = vkeyText(own.key);
  const said = (await watch.latestCosignatures(work, latest.size)).find(one => one.vkey === vkey);
  const dayOf = (at: Instant) => at.toString().slice(0, 10);
  if (said && dayOf(said.signedAt) >= dayOf(work.now)) return accept(null);
  // A database that lost events must not date what it has left.
  const loss = await lossSeen(work, keyring, latest.size);
  if (loss) return refuse(loss);
  const at_s = Math.floor(work.now.epochMilliseconds / 1000);
  const line = cosign(textIn(latest.note), own, at_s);
  await watch.insertCosignature(work, { size: latest.size, vkey, signedAt: instantAt(at_s * 1000), line });
  return accept(null);
}

/** Do all the rows of the log still give its last signed root, under its key of that day? True for a log not yet opened. */
export async function isIntact(work: Work): Promise<boolean> {
  const [log, latest] = [await store.logOf(work), await store.latestCheckpoint(work)];
  if (!log || !latest) return true;
  const signed = openOfItsDay(latest.note, { keys: log.keys, signedAt: latest.sealedAt });
  if (signed?.size !== latest.size || !sameHash(signed.root, latest.root)) return false;
  return (await rowsAgree(work, latest.size)) && sameHash(latest.root, await rootAt(work, latest.size));
}

/** What these cosigners say under the checkpoint of a size: their signature lines, in the order asked. */
async function wordsUnder(work: Work, size: number, vkeys: readonly string[]): Promise<readonly string[]> {
  const known = new Map((await watch.latestCosignatures(work, size)).map(({ vkey, line }) => [vkey, line]));
  return vkeys.flatMap(vkey => known.get(vkey) ?? []);
}

const witnessKeys = async (work: Work) => (await watch.witnesses(work)).map(({ vkey }) => vkey);

/** What anyone may know of the log: its key and its latest checkpoint. */
export async function published(work: Work): Promise<Outcome<Published>> {
  const [log, latest] = [await store.logOf(work), await store.latestCheckpoint(work)];
  if (!log || !latest) return refuse(words.noLog);
  const { vkey, key } = log.keys.at(-1)!;
  const cosigners = [...log.keys.map(one => vkeyText(cosignerKey(one.key))), ...(await witnessKeys(work))];
  const checkpoint = latest.note + (await wordsUnder(work, latest.size, cosigners)).join('');
  return accept({ vkey, key, size: latest.size, checkpoint });
}

const stampsShown = 10;

/** All that the public page of the log tells. */
export async function journal(work: Work): Promise<Outcome<Journal>> {
  const known = await published(work);
  if (!known.ok) return known;
  const [log, latest] = [(await store.logOf(work))!, (await store.latestCheckpoint(work))!];
  return accept({
    ...known.value,
    now: work.now,
    sealedAt: latest.sealedAt,
    root: latest.root,
    keys: log.keys,
    cosignatures: await watch.latestCosignatures(work, null),
    witnesses: await watch.witnesses(work),
    stamps: await watch.latestStamps(work, { size: null, limit: stampsShown }),
  });
}

/** A checkpoint as it was signed, without cosignatures: what time stamps are about. */
export async function checkpointOfSize(work: Work, size: number): Promise<Outcome<string>> {
  const row = await store.checkpointAt(work, size);
  return row ? accept(row.note) : refuse(words.noCheckpoint);
}

/** The latest time-stamp token over the checkpoint of a size, DER. */
export async function stampOfSize(work: Work, size: number): Promise<Outcome<Uint8Array>> {
  const [row] = await watch.latestStamps(work, { size, limit: 1 });
  return row ? accept(row.token) : refuse(words.noCheckpoint);
}

/** From now on this witness is asked about each checkpoint. */
export async function addWitness(
  work: Work,
  actor: Actor,
  asked: WitnessAsked,
): Promise<Outcome<{ readonly witnessId: string }>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const checked = checkedWitness(asked);
  if (!checked.ok) return checked;
  const witnessId = work.newId('wit');
  const added = await watch.insertWitness(work, { ...checked.value, witnessId });
  return added ? accept({ witnessId }) : refuse(words.sameWitness);
}

/** This witness is asked no more; the cosignatures that it gave stay. */
export async function removeWitness(work: Work, actor: Actor, witnessId: string): Promise<Outcome<null>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  return (await watch.endWitness(work, witnessId)) ? accept(null) : refuse(words.noWitness);
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

/** A proof file holds below 2 kB in a log of ten million leaves with so many witnesses. */
const witnessesInProof = 4;

/** The proof file of one leaf, found by its hash, against the latest checkpoint and what witnesses said of it. */
export async function leafProof(work: Work, leaf: Hash): Promise<Outcome<string>> {
  const latest = await store.latestCheckpoint(work);
  const index = latest && (await store.leafPosition(work, leaf));
  if (latest === null || index === null || index >= latest.size) return refuse(words.noLeaf);
  const [hashes] = await inclusionProofs(work, { indexes: [index], size: latest.size });
  const said = (await wordsUnder(work, latest.size, await witnessKeys(work))).slice(0, witnessesInProof);
  return accept(proofText({ index, hashes: hashes!, checkpoint: latest.note + said.join('') }));
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
