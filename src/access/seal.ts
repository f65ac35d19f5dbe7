import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

// Codes and tokens at rest: AES-256-GCM under a key of the installation's secret, bound to what they are about.

/** 32 bytes for one purpose: the shell's secrets. */
export type KeyFor = (purpose: string) => Uint8Array;

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

const sealKey = (secrets: KeyFor): Uint8Array => secrets('access seal');

/** Nonce, tag, then what only the key opens. */
export function seal(secrets: KeyFor, { text, nonce, about }: Sealing): Uint8Array {
  const cipher = createCipheriv(algorithm, sealKey(secrets), nonce);
  cipher.setAAD(Buffer.from(about));
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), hidden]);
}

/** The text, or null when the installation's secret is another one or the bytes are not what was sealed. */
export function unseal(secrets: KeyFor, sealed: Uint8Array, about: string): string | null {
  const end = nonce_bytes + tag_bytes;
  if (sealed.length < end) return null;
  try {
    const decipher = createDecipheriv(algorithm, sealKey(secrets), sealed.subarray(0, nonce_bytes));
    decipher.setAAD(Buffer.from(about));
    decipher.setAuthTag(sealed.subarray(nonce_bytes, end));
    return Buffer.concat([decipher.update(sealed.subarray(end)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** Tells two texts apart without telling either: what a constraint compares. */
export const macOf = (secrets: KeyFor, text: string, about: string): Uint8Array =>
  createHmac('sha256', secrets('access mac')).update(`${about}\n${text}`).digest();

/** Whoever holds a booking, as one space's door knows them: the same each time there, another elsewhere. */
export const holderOf = (secrets: KeyFor, personId: string, about: string): string =>
  createHmac('sha256', secrets('access holder')).update(`${about}\n${personId}`).digest('hex').slice(0, 32);
