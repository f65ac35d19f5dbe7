import type { Canonical } from '../kernel/canonical.ts';
import { type Rational, text } from '../kernel/rational.ts';
import { methodFingerprint, type Rebates, type Terms } from '../method/method.ts';

/** Names the rules of this room's arithmetic (lines, sums, ids): another number when a line could come out otherwise. */
export const accountingEngine = 'parvis-mrv/1';

/** One project a network, until projects are declared one by one. */
export const projectOf = (networkId: string): string => networkId;

/** How this network's days are computed. `certifying` has the same shape and is refused by the method while incomplete. */
export const termsOf = (profile: Terms['profile'], on?: string): Terms => ({
  method: 'lbc-tiers-lieux',
  profile,
  rebound: { variant: 'net', rate: '31/100' },
  ...(on !== undefined && { on }),
});

/** No rebate is known for this method: none is applied, and the dossier says so. */
export const rebates: Rebates = { combine: 'multiplicative', rates: [] };

/** `method.json` of a dossier. */
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
    rebates: { combine: rebates.combine, rates: rebates.rates.map((rate: Rational) => text(rate)) },
    mg_per_credit: '1000000000',
  };
};
