import { accept, BrokenInvariant, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { type Instant, isBefore } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Settings } from '../../platform/settings.ts';
import { signCheckpoint } from '../checkpoint.ts';
import { purposeOf } from '../keys.ts';
import { type NoteSigner, noteSigner, vkeyText } from '../note.ts';
import { type HighWater, openHighWater } from '../store/high-water.ts';
import * as store from '../store/log.ts';
import { lastTiles, rootAt } from '../store/tree.ts';
import * as watch from '../store/witness.ts';
import { grower } from '../tiles.ts';
import { type Hash, sameHash } from '../tree.ts';
import { whoSawMore } from '../witnesses.ts';
import { thisInstallation, witnessNamed, words } from '../words.ts';

// Who signs for a log, and how it grows: begun, appended to, signed.

/** The secrets of an installation: 32 bytes for a purpose, the same each time. */
export type SecretOf = (purpose: string) => Uint8Array;

export interface Keyring {
  readonly secrets: SecretOf;
  /** Public host of this installation, part of the log's name; null where none is set. */
  readonly host: string | null;
  /** What this installation remembers outside its database; absent where the database is all there is: a story, a test. */
  readonly highWater?: HighWater;
}

/** What seals and signs for an installation. */
export const keyringOf = ({
  secrets,
  settings,
}: {
  readonly secrets: SecretOf;
  readonly settings: Pick<Settings, 'home' | 'publicUrl'>;
}): Keyring => ({
  secrets,
  host: settings.publicUrl === null ? null : new URL(settings.publicUrl).host,
  highWater: openHighWater(settings.home),
});

/** What the log said of itself when it sealed. */
export interface Seal {
  readonly size: number;
  readonly root: Hash;
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  readonly vkey: string;
}

export const signerAt = (
  work: Work,
  { secrets }: Keyring,
  { origin, generation }: { origin: string; generation: number },
) => noteSigner(origin, secrets(purposeOf(work.networkId, generation)));

const originOf = (work: Work, { host }: Keyring): string => `${host ?? 'parvis.invalid'}/log/${work.networkId}`;

export interface Signing {
  readonly signer: NoteSigner;
  /** When this key came into use. */
  readonly from: Instant;
}

/**
 * The log's signer: the present key, or the one of an earlier day. Its name is the one the log was opened under, even if
 * the host changed since.
 */
export async function signingOf(work: Work, keyring: Keyring, vkey?: string): Promise<Outcome<Signing>> {
  const log = await store.logOf(work);
  const key = vkey === undefined ? log?.keys.at(-1) : log?.keys.find(one => one.vkey === vkey);
  if (vkey !== undefined && !key) throw new BrokenInvariant(`the log never had the key ${vkey}`);
  const origin = log?.origin ?? originOf(work, keyring);
  const signer = signerAt(work, keyring, { origin, generation: key?.generation ?? 1 });
  if (key && key.vkey !== vkeyText(signer.key)) return refuse(words.otherKey(origin));
  return accept({ signer, from: key?.from ?? work.now });
}

/** Why this database is not the one that signed last, when someone saw more than it holds. */
export async function lossSeen(work: Work, keyring: Keyring, here: number): Promise<Refusal | null> {
  const mark = keyring.highWater?.read(work.networkId);
  if (mark && !(mark.size <= here && sameHash(mark.root, await rootAt(work, mark.size)))) {
    return words.lostEvents({ here, seen: mark.size, by: thisInstallation });
  }
  const witness = whoSawMore(await watch.witnesses(work), here);
  return witness && words.lostEvents({ here, seen: witness.knownSize ?? here, by: witnessNamed(witness.name) });
}

/** A sealing under way. */
export interface Sealing {
  /** Of the log before it. */
  readonly size: number;
  /** Gives leaves their places after those before them; they last when the sealing is signed, and not otherwise. */
  readonly append: (leaves: readonly Hash[]) => Promise<void>;
  /** Leaves appended so far. */
  readonly appended: () => number;
}

/**
 * Begins to seal: holds the log until the end of the transaction. Refused when a witness, or what this installation remembers,
 * has seen more than the database holds.
 */
export async function beginSeal(work: Work, keyring: Keyring): Promise<Outcome<Sealing>> {
  const first = signerAt(work, keyring, { origin: originOf(work, keyring), generation: 1 });
  await store.openLog(work, { origin: first.key.name, vkey: vkeyText(first.key) });
  await store.lockLog(work);
  const signing = await signingOf(work, keyring);
  if (!signing.ok) return signing;
  const size = (await store.latestCheckpoint(work))?.size ?? 0;
  const loss = await lossSeen(work, keyring, size);
  if (loss) return refuse(loss);
  const grow = grower(size, await lastTiles(work, size));
  let appended = 0;
  const append = async (leaves: readonly Hash[]) => {
    if (leaves.length === 0) return;
    appended += leaves.length;
    await store.insertRowHashes(work, grow(leaves));
  };
  return accept({ size, append, appended: () => appended });
}

export const latestOf = (moments: readonly (Instant | undefined)[]): Instant =>
  moments.reduce((a, b) => (a && b ? (isBefore(a, b) ? b : a) : (a ?? b)))!;

/** Signs what the log has become. A sealer that waited for another one is dated after it. */
export async function sign(
  work: Work,
  signing: readonly Signing[],
  { size: before, appended }: Sealing,
): Promise<Seal> {
  const latest = await store.latestCheckpoint(work);
  if ((latest?.size ?? 0) !== before)
    throw new BrokenInvariant('the log grew between the beginning and the end of a sealing');
  if (latest && !sameHash(latest.root, await rootAt(work, before))) {
    throw new BrokenInvariant('the rows of the log no longer give its last signed root');
  }
  const { key } = signing[0]!.signer;
  const size = before + appended();
  if (latest && size === before) return { size, root: latest.root, checkpoint: latest.note, vkey: vkeyText(key) };
  const sealed = { origin: key.name, size, root: await rootAt(work, size) };
  const note = signCheckpoint(sealed, ...signing.map(({ signer }) => signer));
  const sealedAt = latestOf([work.now, latest?.sealedAt, ...signing.map(({ from }) => from)]);
  await store.insertCheckpoint(work, { ...sealed, note, sealedAt });
  return { size, root: sealed.root, checkpoint: note, vkey: vkeyText(key) };
}

/**
 * Ends what `beginSeal` began: signs the checkpoint over all that was appended. Before it signs, the log recomputes its last
 * checkpoint from its rows: it never signs two histories.
 */
export async function seal(work: Work, keyring: Keyring, sealing: Sealing): Promise<Outcome<Seal>> {
  const signing = await signingOf(work, keyring);
  return signing.ok ? accept(await sign(work, [signing.value], sealing)) : signing;
}
