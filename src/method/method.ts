import type { Lang } from '../kernel/bilingual.ts';
import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import { text, zero } from '../kernel/rational.ts';
import { type ExplanationLine, explainDay, explainTotals } from './explain.ts';
import { type DayQuantity, mayFile, quantifyPersonDay, settle } from './lbc-tiers-lieux/2026-1/quantify.ts';
import type { CertifiedTerms } from './lbc-tiers-lieux/certified.ts';
import { leftOutOf } from './lbc-tiers-lieux/road-only.ts';
import {
  computationOf,
  concludeDays,
  countDays,
  counterOf,
  fingerprintOf,
  type MethodFingerprint,
  type Quantified,
} from './quantified.ts';
import {
  type DayRequest,
  dayReader,
  type QuantifyRequest,
  readRequest,
  readTerms,
  rulesOf,
  type Terms,
  termsRefusal,
} from './request.ts';
import { bareCode, words } from './words.ts';

export { type CeeClaim, type CeeSimulation, judgeCee, quantifyCee, simulateCee } from './cee-relais-edf/batch.ts';
export { fictitiousContract } from './cee-relais-edf/fictitious-contract.ts';
export type { CeeRequest } from './cee-relais-edf/request.ts';
export { type Basis, type DifferenceReport, differenceReport } from './comparison/difference.ts';
export { addTotals, type DayGroup, type Totals } from './comparison/groups.ts';
export { type Sensitivity, sensitivity } from './comparison/sensitivity.ts';
export {
  assumptions,
  chosenHalfWidths,
  type FactorTotals,
  type HalfWidths,
  type Interval,
  totalsByFactor,
  uncertainty,
} from './comparison/uncertainty.ts';
export type { ExplanationLine } from './explain.ts';
export type { FactorSet, SetId } from './factors/factor-set.ts';
export { factorSets, setHashes } from './factors/sets.ts';
export { families, familySheet, publicSets, publicUnknowns } from './families.ts';
export type { InventoryMass } from './inventory/2026-1/quantify.ts';
export { type Inventory, type InventoryRequest, inventoryOf } from './inventory/report.ts';
export type { Rate } from './lbc-tiers-lieux/2026-1/factors.ts';
export type { DayQuantity, Rebates, Replaced, Settlement } from './lbc-tiers-lieux/2026-1/quantify.ts';
export { type CertifiedEntry, type CertifiedTerms, filingMass, readCertified } from './lbc-tiers-lieux/certified.ts';
export type { CertifiedQuantified, DemoQuantified, MethodFingerprint, Quantified } from './quantified.ts';
export type { DayRequest, LegRequest, QuantifyRequest, Terms } from './request.ts';
export { methodSheet } from './sheet.ts';
export { mayFile, settle };

/** A batch that names these pins the frozen files of the version and every factor it used. */
export const methodFingerprint = (certified: CertifiedTerms | null = null): MethodFingerprint =>
  fingerprintOf(computationOf(certified));

/** Factors whose reference legs the signed baselines leave out, by id; none by default. */
export const leftOut = (certified: CertifiedTerms | null): readonly string[] =>
  certified?.baselines === 'road_only' ? leftOutOf(certified.set) : [];

/** Terms under which signed values are computed with. */
export const certifyingTerms = (certified: CertifiedTerms, on?: string): Terms => ({
  method: certified.version.published.method,
  profile: 'certifying',
  rebound: { variant: certified.rebound.variant, rate: text(certified.rebound.rate) },
  certified,
  ...(on !== undefined && { on }),
});

export interface DayExplanation {
  readonly count: number;
  readonly result: DayQuantity;
  readonly lines: readonly ExplanationLine[];
}

/** Evidence and method to quantity. Shapes and units: `QuantifyRequest`; every refusal is listed in `words.ts`. */
export const quantify = (request: QuantifyRequest): Outcome<Quantified> => {
  const read = readRequest(request);
  return read.ok ? accept(concludeDays(read.value, countDays(read.value))) : read;
};

export interface Explanation {
  readonly days: readonly DayExplanation[];
  readonly totals: readonly ExplanationLine[];
}

/** The same computation, told line by line: every symbol, every sum, every reason why a day did not count. */
export const explain = (request: QuantifyRequest): Outcome<Quantified & { readonly explanation: Explanation }> => {
  const read = readRequest(request);
  if (!read.ok) return read;
  const { rebound, rebates, carry_mg } = read.value;
  const counted = countDays(read.value);
  const result = concludeDays(read.value, counted);
  const days = counted.map(one => ({
    count: one.day.count,
    result: one.result,
    lines: explainDay(one.day, one.result, rebound),
  }));
  const totals = explainTotals({ ...result, rebates, carried_mg: carry_mg, settlement: result });
  return accept({ ...result, explanation: { days, totals } });
};

/** Computes one person-day; metres are whole, masses exact. */
export type DayQuantifier = (day: DayRequest) => Outcome<DayQuantity>;

/** Reads the terms once, then computes as many days as wanted: about a million in a few seconds on one core. */
export const dayQuantifier = (terms: Terms): Outcome<DayQuantifier> => {
  const read = readTerms(terms);
  if (!read.ok) return read;
  const why = termsRefusal(read.value);
  if (why !== null) return refuse(why);
  const readDay = dayReader(rulesOf(read.value));
  const count = counterOf(computationOf(read.value.certified));
  const { rebound } = read.value;
  return accept(day => {
    const personDay = readDay(day);
    return personDay.ok ? accept(count(personDay.value, rebound).result) : personDay;
  });
};

/** The answer of the contract: every figure as an exact text. */
export interface ContractAnswer {
  readonly id: string;
  readonly avoided_m: string;
  readonly gross_mg: string;
  readonly net_mg: string;
  readonly credits: string;
  readonly carry_mg: string;
}

/** One document of the contract, from anyone: its shape is read here, field by field. */
export const quantifyDocument = (document: unknown): Outcome<ContractAnswer> => {
  const result = quantify(document as QuantifyRequest);
  if (!result.ok) return result;
  const { id, avoided_m, gross_mg, net_mg, credits, carry_mg } = result.value;
  return accept({
    id,
    avoided_m: String(avoided_m),
    gross_mg: text(gross_mg),
    net_mg: text(net_mg),
    credits: String(credits),
    carry_mg: text(carry_mg),
  });
};

const readUndatedDay = dayReader(rulesOf({ on: null, certified: null }));

/** Equation 8 alone, whatever the profile: signed whole metres, 0 for a day that earns nothing. */
export const metresAvoided = (day: DayRequest): Outcome<bigint> => {
  const read = readUndatedDay(day);
  // Metres do not depend on the rebound, which needs a profile.
  return read.ok ? accept(quantifyPersonDay(read.value, { variant: 'none', rate: zero }).avoided_m) : read;
};

const idOf = (input: unknown): string | null =>
  typeof input === 'object' && input !== null && 'id' in input && typeof input.id === 'string' ? input.id : null;

const parse = (jsonText: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(jsonText) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

const refusedLine = (id: string | null, { code, message }: Refusal, lang: Lang): string =>
  JSON.stringify({ id, refusal: { code: bareCode(code), message: message[lang] } });

/** The contract of the command line: one JSON document in, one out, without a line break: an answer or `{id, refusal: {code, message}}`. */
export const quantifyLine = (jsonText: string, lang: Lang = 'fr'): string => {
  const document = parse(jsonText);
  if (document === null) return refusedLine(null, words.notJson, lang);
  const answer = quantifyDocument(document.value);
  return answer.ok ? JSON.stringify(answer.value) : refusedLine(idOf(document.value), answer.refusal, lang);
};
