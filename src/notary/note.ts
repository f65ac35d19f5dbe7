import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

/** C2SP signed-note: a text, a blank line, then `— <name> base64(4-byte key id ‖ signature)` lines. */

/** Ed25519, as numbered by C2SP signed-note. */
const ed25519 = 0x01;
const idLength = 4;
/** RFC 8410 wrappings of a bare 32-byte Ed25519 key, so that node:crypto reads it. */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

export interface NoteKey {
  readonly name: string;
  /** First 4 bytes of `SHA-256(name ‖ 0x0A ‖ type ‖ public key)`, as 8 hex digits. */
  readonly id: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

export interface NoteSigner {
  readonly key: NoteKey;
  /** 32 bytes, secret. */
  readonly seed: Uint8Array;
}

const isName = (name: string): boolean => /^[^\s+\p{Cc}]+$/u.test(name);

const keyId = (name: string, publicKey: Uint8Array): string =>
  createHash('sha256').update(`${name}\n`).update(Uint8Array.of(ed25519)).update(publicKey).digest('hex').slice(0, 8);

export const noteKey = (name: string, publicKey: Uint8Array): NoteKey => {
  if (!isName(name)) throw new TypeError(`a key name has no space, no plus sign and no control character: ${name}`);
  if (publicKey.length !== 32) throw new TypeError('an Ed25519 public key has 32 bytes');
  return { name, id: keyId(name, publicKey), publicKey };
};

const privateKeyOf = (seed: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' });

/** The signer that a 32-byte secret makes: the same secret always gives the same key and the same signatures. */
export function noteSigner(name: string, seed: Uint8Array): NoteSigner {
  if (seed.length !== 32) throw new TypeError('an Ed25519 secret has 32 bytes');
  const spki = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' });
  return { key: noteKey(name, Uint8Array.from(spki.subarray(publicPrefix.length))), seed };
}

/** `name+hex id+base64(type ‖ public key)`: what a log publishes so that others can check its notes. */
export const vkeyText = (key: NoteKey): string =>
  `${key.name}+${key.id}+${Buffer.concat([Uint8Array.of(ed25519), key.publicKey]).toString('base64')}`;

/** Base64 in its one canonical spelling, or null: two spellings of one signature would let a note change unseen. */
export const fromBase64 = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
};

/** Reads a verifier key; null when its shape, its type or its id is wrong. */
export function parseVkey(text: string): NoteKey | null {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text);
  const bytes = match && fromBase64(match[3]!);
  if (!match || !bytes || !isName(match[1]!) || bytes.length !== 33 || bytes[0] !== ed25519) return null;
  const key = noteKey(match[1]!, Uint8Array.from(bytes.subarray(1)));
  return key.id === match[2] ? key : null;
}

/** No control character but the newline, and a newline at the end: what signed-note asks of a text. */
const isNoteText = (text: string): boolean => text.endsWith('\n') && !/[^\n\P{Cc}]/u.test(text);

/** One signature line over `text`. */
export function signatureLine(text: string, { key, seed }: NoteSigner): string {
  const signature = sign(null, Buffer.from(text), privateKeyOf(seed));
  return `— ${key.name} ${Buffer.concat([Buffer.from(key.id, 'hex'), signature]).toString('base64')}\n`;
}

/** The whole note: text, blank line, one signature line for each signer. */
export function signNote(text: string, ...signers: readonly NoteSigner[]): string {
  if (!isNoteText(text)) throw new TypeError('a note is text without control characters that ends with a newline');
  return `${text}\n${signers.map(signer => signatureLine(text, signer)).join('')}`;
}

export interface OpenedNote {
  readonly text: string;
  /** Names of the known keys whose signatures hold. */
  readonly signedBy: readonly NoteKey[];
}

/**
 * Opens a note with the keys one trusts. Null when no known key signed it, or when a known key's signature is false;
 * signatures of unknown keys are ignored, as the format asks.
 */
export function openNote(note: string, keys: readonly NoteKey[]): OpenedNote | null {
  const blank = note.lastIndexOf('\n\n');
  if (blank < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, blank + 1);
  if (!isNoteText(text)) return null;
  const signedBy: NoteKey[] = [];
  for (const line of note.slice(blank + 2, -1).split('\n')) {
    const match = /^— (\S+) (\S+)$/u.exec(line);
    const bytes = match && fromBase64(match[2]!);
    if (!match || !bytes || !isName(match[1]!) || bytes.length <= idLength) return null;
    const id = bytes.subarray(0, idLength).toString('hex');
    const key = keys.find(known => known.name === match[1] && known.id === id);
    if (!key) continue;
    if (!isSignedBy(text, bytes.subarray(idLength), key)) return null;
    signedBy.push(key);
  }
  return signedBy.length > 0 ? { text, signedBy } : null;
}

const isSignedBy = (text: string, signature: Uint8Array, { publicKey }: NoteKey): boolean => {
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, publicKey]), format: 'der', type: 'spki' });
  return signature.length === 64 && verify(null, Buffer.from(text), key, signature);
};
