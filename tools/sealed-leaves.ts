import type { Outcome } from '../src/kernel/outcome.ts';
import { beginSeal, type Hash, type Keyring, type Seal, seal } from '../src/notary/notary.ts';
import type { Work } from '../src/platform/database.ts';

/** Grows a log by some leaves, in one sealing. */
export async function sealLeaves(work: Work, keyring: Keyring, leaves: readonly Hash[]): Promise<Outcome<Seal>> {
  const begun = await beginSeal(work, keyring);
  if (!begun.ok) return begun;
  await begun.value.append(leaves);
  return seal(work, keyring, begun.value);
}
