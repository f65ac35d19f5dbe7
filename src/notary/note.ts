import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

/** C2SP signed-note: a text, a blank line, then `— <name> base64(4-byte key id ‖ signature)` lines. */

/** What an Ed25519 key signs, as numbered by C2SP signed-note: notes, or dated cosignatures of checkpoints. */
export const keyTypes = { note: 0x01, cosignature: 0x04 } as const;
export type KeyType = (typeof keyTypes)[keyof typeof keyTypes];

const idLength = 4;
/** RFC 8410 wrappings of a bare 32-byte Ed25519 key, so that node:crypto reads it. */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

export interface NoteKey {
  readonly type: KeyType;
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

const keyId = (name: string, publicKey: Uint8Array, type: KeyType): string =>
  createHash('sha256').update(`${name}\n`).update(Uint8Array.of(type)).update(publicKey).digest('hex').slice(0, 8);

export const noteKey = (name: string, publicKey: Uint8Array, type: KeyType = keyTypes.note): NoteKey => {
  if (!isName(name)) throw new TypeError(`a key name has no space, no plus sign and no control character: ${name}`);
  if (publicKey.length !== 32) throw new TypeError('an Ed25519 public key has 32 bytes');
  return { type, name, id: keyId(name, publicKey, type), publicKey };
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
  `${key.name}+${key.id}+${Buffer.concat([Uint8Array.of(key.type), key.publicKey]).toString('base64')}`;

/** Base64 in its one canonical spelling, or null: two spellings of one signature would let a note change unseen. */
export const fromBase64 = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
};

/** Reads a verifier key of one type; null when its shape, its type or its id is wrong. */
export function parseVkey(text: string, type: KeyType = keyTypes.note): NoteKey | null {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text);
  const bytes = match && fromBase64(match[3]!);
  if (!match || !bytes || !isName(match[1]!) || bytes.length !== 33 || bytes[0] !== type) return null;
  const key = noteKey(match[1]!, Uint8Array.from(bytes.subarray(1)), type);
  return key.id === match[2] ? key : null;
}

/** No control character but the newline, and a newline at the end: what signed-note asks of a text. */
const isNoteText = (text: string): boolean => text.endsWith('\n') && !/[^\n\P{Cc}]/u.test(text);

/** A signature as a note bears it: the key's name, then its id and the bytes that its type asks for. */
export const lineOf = ({ name, id }: NoteKey, bytes: Uint8Array): string =>
  `— ${name} ${Buffer.concat([Buffer.from(id, 'hex'), bytes]).toString('base64')}\n`;

export interface SignatureLine {
  readonly name: string;
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Reads one line, without its newline; null when it is no signature. */
export function parseLine(line: string): SignatureLine | null {
  const match = /^— (\S+) (\S+)$/u.exec(line);
  const bytes = match && fromBase64(match[2]!);
  if (!match || !bytes || !isName(match[1]!) || bytes.length <= idLength) return null;
  return {
    name: match[1]!,
    id: bytes.subarray(0, idLength).toString('hex'),
    bytes: Uint8Array.from(bytes.subarray(idLength)),
  };
}

export const isBy = (line: SignatureLine, key: NoteKey): boolean => key.name === line.name && key.id === line.id;

export const signText = (text: string, { seed }: NoteSigner): Uint8Array =>
  sign(null, Buffer.from(text), privateKeyOf(seed));

/** The whole note: text, blank line, one signature line for each signer. */
export function signNote(text: string, ...signers: readonly NoteSigner[]): string {
  if (!isNoteText(text)) throw new TypeError('a note is text without control characters that ends with a newline');
  return `${text}\n${signers.map(signer => lineOf(signer.key, signText(text, signer))).join('')}`;
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
  if (!note.endsWith('\n')) return null;
  // Without a blank line the text is empty, and so is none.
  const blank = note.lastIndexOf('\n\n');
  const text = note.slice(0, blank + 1);
  if (!isNoteText(text)) return null;
  const signedBy: NoteKey[] = [];
  for (const line of note.slice(blank + 2, -1).split('\n')) {
    const signature = parseLine(line);
    if (!signature) return null;
    const key = keys.find(known => isBy(signature, known));
    if (!key) continue;
    if (!isSigned(text, signature.bytes, key)) return null;
    signedBy.push(key);
  }
  return signedBy.length > 0 ? { text, signedBy } : null;
}

export const isSigned = (text: string, signature: Uint8Array, { publicKey }: NoteKey): boolean => {
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, publicKey]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), key, signature);
};
