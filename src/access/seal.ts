import { createHmac } from 'node:crypto';
import { macUnder, nonce_bytes, type Sealing, sealUnder, unsealUnder } from '../kernel/seal.ts';

// Codes and tokens at rest, sealed under a key of the installation's secret and bound to what they are about.

export { nonce_bytes };

/** 32 bytes for one purpose: the shell's secrets. */
export type KeyFor = (purpose: string) => Uint8Array;

const sealKey = (secrets: KeyFor): Uint8Array => secrets('access seal');

export const seal = (secrets: KeyFor, sealing: Sealing): Uint8Array => sealUnder(sealKey(secrets), sealing);

/** The text, or null when the installation's secret is another one or the bytes are not what was sealed. */
export const unseal = (secrets: KeyFor, sealed: Uint8Array, about: string): string | null =>
  unsealUnder(sealKey(secrets), sealed, about);

/** Tells two texts apart without telling either: what a constraint compares. */
export const macOf = (secrets: KeyFor, text: string, about: string): Uint8Array =>
  macUnder(secrets('access mac'), text, about);

/** Whoever holds a booking, as one space's door knows them: the same each time there, another elsewhere. */
export const holderOf = (secrets: KeyFor, personId: string, about: string): string =>
  createHmac('sha256', secrets('access holder')).update(`${about}\n${personId}`).digest('hex').slice(0, 32);
