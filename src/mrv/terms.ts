import type { Canonical } from '../kernel/canonical.ts';
import { methodFingerprint, type Terms } from '../method/method.ts';

/** Names the rules of this room's arithmetic (lines, sums, ids): another number when a line could come out otherwise. */
export const accountingEngine = 'parvis-mrv/2';

/** How this network's days are computed. `certifying` has the same shape and is refused by the method while incomplete. */
export const termsOf = (profile: Terms['profile'], on?: string): Terms => ({
  method: 'lbc-tiers-lieux',
  profile,
  rebound: { variant: 'net', rate: '31/100' },
  ...(on !== undefined && { on }),
});

/** `method.json` of a dossier. Rebates are a claim's, not a month's: nothing is taken off here. */
export const methodJson = (profile: Terms['profile']): { readonly [key: string]: Canonical } => {
  const { method, version, method_hash } = methodFingerprint();
  const { rebound } = termsOf(profile);
  return {
    id: method,
    version,
    sha256: method_hash,
    official: false,
    profile,
    rebound: { variant: rebound.variant, rate: rebound.rate ?? '0' },
  };
};
