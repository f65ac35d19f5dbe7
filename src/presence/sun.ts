import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';

// Secure Unique NFC of NXP's NTAG 424 DNA, as AN12196 describes it: the tag writes in its own address, encrypted, who it is and how
// often it was read, and signs it. AES-CMAC is RFC 4493.

const block_bytes = 16;
const zero = Buffer.alloc(block_bytes);

function encrypted(key: Uint8Array, block: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-128-ecb', key, null);
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}

const xor = (a: Uint8Array, b: Uint8Array): Buffer => Buffer.from(a.map((byte, i) => byte ^ b[i]!));

/** Multiplies by x in GF(2¹²⁸). */
function doubled(block: Uint8Array): Buffer {
  const shifted = Buffer.from(block.map((byte, i) => ((byte << 1) | ((block[i + 1] ?? 0) >> 7)) & 0xff));
  const carry = block[0]! >> 7;
  shifted.writeUInt8(shifted.readUInt8(block_bytes - 1) ^ (carry * 0x87), block_bytes - 1);
  return shifted;
}

export function aesCmac(key: Uint8Array, message: Uint8Array): Buffer {
  const whole = doubled(encrypted(key, zero));
  const blocks = Math.max(1, Math.ceil(message.length / block_bytes));
  const at = (n: number) => message.subarray(n * block_bytes, (n + 1) * block_bytes);
  const last = at(blocks - 1);
  const padded = Buffer.concat([last, Buffer.from([0x80]), zero]).subarray(0, block_bytes);
  const end = last.length === block_bytes ? xor(last, whole) : xor(padded, doubled(whole));
  const before = Array.from({ length: blocks - 1 }, (_, n) => at(n));
  return [...before, end].reduce<Buffer>((chain, block) => encrypted(key, xor(chain, block)), zero);
}

/** A tag's two keys, 16 bytes each: what encrypts its identity, and what signs. */
export interface TagKeys {
  readonly meta: Uint8Array;
  readonly file: Uint8Array;
}

export interface TagReading {
  /** Seven bytes, 14 hexadecimal digits in lower case. */
  readonly uid: string;
  /** How often the tag was read, this time included. */
  readonly counter: number;
}

/** UID mirrored, counter mirrored, seven bytes of UID: the only form that we ask of a tag. */
const piccDataTag = 0xc7;
const uid_bytes = 7;
const counter_bytes = 3;

function decrypted(key: Uint8Array, block: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-128-cbc', key, zero);
  decipher.setAutoPadding(false);
  return Buffer.concat([decipher.update(block), decipher.final()]);
}

/** Every second byte of a MAC, from the second one: what the tag writes of it. */
const truncated = (mac: Uint8Array): Buffer => Buffer.from(mac.filter((_, i) => i % 2 === 1));

/** SV2: what the session key of one reading is derived from. */
const sessionVector = (uid: Uint8Array, counter: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from('3cc300010080', 'hex'), uid, counter]);

const hex = (text: string, bytes: number): Buffer | null =>
  new RegExp(`^[0-9a-f]{${2 * bytes}}$`, 'i').test(text) ? Buffer.from(text, 'hex') : null;

/** Which tag was read, and for which time; null for what it did not write and sign. */
export function readSun(
  { meta, file }: TagKeys,
  { picc, cmac }: { readonly picc: string; readonly cmac: string },
): TagReading | null {
  const [block, given] = [hex(picc, block_bytes), hex(cmac, block_bytes / 2)];
  if (block === null || given === null) return null;
  const data = decrypted(meta, block);
  if (data[0] !== piccDataTag) return null;
  const uid = data.subarray(1, 1 + uid_bytes);
  const counter = data.subarray(1 + uid_bytes, 1 + uid_bytes + counter_bytes);
  const session = aesCmac(file, sessionVector(uid, counter));
  // Nothing else of the address is signed: the tag is set so that its MAC begins where its message would.
  const expected = truncated(aesCmac(session, Buffer.alloc(0)));
  if (!timingSafeEqual(expected, given)) return null;
  return { uid: uid.toString('hex'), counter: counter.readUIntLE(0, counter_bytes) };
}

/** A key as typed, 32 hexadecimal digits; null for what is none, and for the factory's, which everyone knows. */
export function tagKeyOf(typed: string): Buffer | null {
  const key = hex(typed.replaceAll(/[\s:]/g, ''), block_bytes);
  return key === null || key.equals(zero) ? null : key;
}

/** `04:DE:5F:1E:AC:C0:40` → `04de5f1eacc040`; null for what is no UID of seven bytes. */
export const uidOf = (typed: string): string | null =>
  hex(typed.replaceAll(/[\s:]/g, ''), uid_bytes)?.toString('hex') ?? null;
