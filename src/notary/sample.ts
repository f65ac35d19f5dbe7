import type { Outcome } from '../kernel/outcome.ts';
import type { Work } from '../platform/database.ts';
import { beginSeal, type Hash, type Keyring, type Seal, seal } from './notary.ts';

/** Grows a log by some leaves, in one sealing. */
export async function sealLeaves(work: Work, keyring: Keyring, leaves: readonly Hash[]): Promise<Outcome<Seal>> {
  const begun = await beginSeal(work, keyring);
  if (!begun.ok) return begun;
  await begun.value.append(leaves);
  return seal(work, keyring, begun.value);
}
