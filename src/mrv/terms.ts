import { type Canonical, canonical, sha256 } from '../kernel/canonical.ts';
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
    earlier: [],
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

/** A factor set as the files of a dossier hold it. */
export const factorsJson = (set: FactorSet): Canonical => set as unknown as Canonical;

/** Method and factors that earlier lines were counted under, as `method.json` keeps them for the lines that take those back. */
export interface Earlier {
  readonly key: string;
  readonly method: Canonical;
  readonly factors: Canonical;
}

type Json = { readonly [key: string]: Canonical };

const withoutEarlier = (method: Canonical): Json => {
  const { earlier: _, ...own } = method as Json;
  return own;
};

/** Names a basis by its content. */
export const basisKey = (method: Canonical, factors: Canonical): string =>
  sha256(canonical({ method: withoutEarlier(method), factors }));

interface CountedUnder {
  readonly seq: number;
  readonly under: string | null;
  /** Those of its batch. */
  readonly method: Canonical;
  readonly factors: Canonical;
}

/** What each line was counted under when it is not `present`: its batch's basis, or the one that its batch keeps for it. */
export function earlierOf(lines: readonly CountedUnder[], present: string) {
  const known = new Map<string, Earlier>();
  const underOf = new Map<number, string>();
  for (const { seq, under, method, factors } of lines) {
    const own = { key: basisKey(method, factors), method: withoutEarlier(method), factors };
    const kept = ((method as Json)['earlier'] ?? []) as unknown as readonly Earlier[];
    const one = under === null ? own : kept.find(({ key }) => key === under)!;
    if (one.key === present) continue;
    known.set(one.key, one);
    underOf.set(seq, one.key);
  }
  const earlier = [...known.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  return { earlier, underOf: (seq: number): string | null => underOf.get(seq) ?? null };
}

/** The basis that a dossier's `method.json` tells, to compute again what was computed on that day. */
export const basisTold = (method: Canonical, on: string): Outcome<Basis> =>
  basisFrom((method as { readonly certified: readonly CertifiedEntry[] | null }).certified, on);
