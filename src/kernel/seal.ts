import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

// Secrets at rest: AES-256-GCM under a key of 32 bytes, bound to what they are about.

const algorithm = 'aes-256-gcm';
export const nonce_bytes = 12;
const tag_bytes = 16;

export interface Sealing {
  readonly text: string;
  /** Fresh for each sealing. */
  readonly nonce: Uint8Array;
  /** The network and what the text belongs to: bytes moved to another row do not open there. */
  readonly about: string;
}

/** Nonce, tag, then what only the key opens. */
export function sealUnder(key: Uint8Array, { text, nonce, about }: Sealing): Uint8Array {
  const cipher = createCipheriv(algorithm, key, nonce);
  cipher.setAAD(Buffer.from(about));
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), hidden]);
}

/** The text, or null when the key is another one or the bytes are not what was sealed. */
export function unsealUnder(key: Uint8Array, sealed: Uint8Array, about: string): string | null {
  const end = nonce_bytes + tag_bytes;
  if (sealed.length < end) return null;
  try {
    const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonce_bytes));
    decipher.setAAD(Buffer.from(about));
    decipher.setAuthTag(sealed.subarray(nonce_bytes, end));
    return Buffer.concat([decipher.update(sealed.subarray(end)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** Tells two texts apart without telling either: what a constraint compares. */
export const macUnder = (key: Uint8Array, text: string, about: string): Uint8Array =>
  createHmac('sha256', key).update(`${about}\n${text}`).digest();
