import type { Canonical } from '../kernel/canonical.ts';
import { accept, type Outcome } from '../kernel/outcome.ts';
import { text } from '../kernel/rational.ts';
import type { Network } from '../kernel/visit.ts';
import {
  type CertifiedEntry,
  type CertifiedTerms,
  certifyingTerms,
  type FactorSet,
  factorSets,
  leftOut,
  methodFingerprint,
  readCertified,
  type Terms,
} from '../method/method.ts';
import type { CertifiedRow } from '../schemes/schemes.ts';

/** Names the rules of this room's arithmetic (lines, sums, ids): another number when a line could come out otherwise. */
export const accountingEngine = 'parvis-mrv/2';

/** Under what a network's days are computed: its terms, its factors, and `method.json` of its dossiers. */
export interface Basis {
  readonly terms: Terms;
  readonly certified: CertifiedTerms | null;
  readonly factors: FactorSet;
  readonly method: { readonly [key: string]: Canonical };
}

const demoRebound = { variant: 'net', rate: '31/100' } as const;

const reboundOf = (certified: CertifiedTerms | null): { readonly variant: string; readonly rate: string } =>
  certified === null ? demoRebound : { variant: certified.rebound.variant, rate: text(certified.rebound.rate) };

/** `method.json` of a dossier. Rebates are a claim's, not a month's: nothing is taken off here. */
const methodJson = (certified: CertifiedTerms | null): Basis['method'] => {
  const { method, version, method_hash } = methodFingerprint(certified);
  return {
    id: method,
    version,
    sha256: method_hash,
    official: certified !== null,
    profile: certified === null ? 'demo' : 'certifying',
    rebound: { ...reboundOf(certified) },
    left_out: [...leftOut(certified)],
    certified: certified === null ? null : certified.entries.map(entry => ({ ...entry })),
  };
};

/**
 * How this network's days are computed. `demo` has its defaults; `certifying` the values that someone vouches for, and is refused
 * while one is missing or cannot be honoured.
 */
export function basisOf(profile: Network['profile'], entered: readonly CertifiedRow[], on: string): Outcome<Basis> {
  const entries = entered.map(({ unknownId, value, source, vouchedBy, enteredOn }) => ({
    unknown: unknownId,
    value,
    source,
    vouched_by: vouchedBy,
    entered_on: enteredOn,
  }));
  return basisFrom(profile === 'demo' ? null : entries, on);
}

function basisFrom(entries: readonly CertifiedEntry[] | null, on: string): Outcome<Basis> {
  if (entries === null) {
    const terms: Terms = { method: 'lbc-tiers-lieux', profile: 'demo', rebound: demoRebound, on };
    return accept({ terms, certified: null, factors: factorSets.A, method: methodJson(null) });
  }
  const certified = readCertified(entries);
  if (!certified.ok) return certified;
  const [terms, { set }] = [certifyingTerms(certified.value, on), certified.value];
  return accept({ terms, certified: certified.value, factors: set, method: methodJson(certified.value) });
}

/** The basis that a dossier's `method.json` tells, to compute again what was computed on that day. */
export const basisTold = (method: Canonical, on: string): Outcome<Basis> =>
  basisFrom((method as { readonly certified: readonly CertifiedEntry[] | null }).certified, on);
