import type { Bilingual, Lang } from '../kernel/bilingual.ts';
import { hashOf } from '../kernel/canonical.ts';
import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import { add, multiply, type Rational, rational, text, zero } from '../kernel/rational.ts';
import { type ExplanationLine, explainDay, explainTotals } from './explain.ts';
import { type FactorSet, factorSetA } from './lbc-tiers-lieux/2026-1/factors.ts';
import { type DayQuantity, mayFile, quantifyPersonDay, settle } from './lbc-tiers-lieux/2026-1/quantify.ts';
import { missingFor } from './lbc-tiers-lieux/unknowns.ts';
import { lbcTiersLieux20261 } from './published.ts';
import {
  type CountedDay,
  type DayRequest,
  dayReader,
  type QuantifyRequest,
  type ReadRequest,
  type ReadTerms,
  readRequest,
  readTerms,
  type Terms,
} from './request.ts';
import { bareCode, watermark, words } from './words.ts';

export type { ExplanationLine } from './explain.ts';
export type { Rate } from './lbc-tiers-lieux/2026-1/factors.ts';
export type { DayQuantity, Rebates, Replaced, Settlement } from './lbc-tiers-lieux/2026-1/quantify.ts';
export type { DayRequest, LegRequest, QuantifyRequest, Terms } from './request.ts';
export { methodSheet } from './sheet.ts';
export { mayFile, settle };

/** What a batch seals about its computation: same fingerprint and same days, same result, on any machine. */
export interface MethodFingerprint {
  readonly method: string;
  readonly version: string;
  readonly method_hash: string;
  readonly factor_set: string;
  readonly factor_set_hash: string;
}

export interface DayExplanation {
  readonly count: number;
  readonly result: DayQuantity;
  readonly lines: readonly ExplanationLine[];
}

/** Masses are exact milligrams, before rebates unless named otherwise; metres are whole. */
export interface Quantified {
  readonly id: string;
  readonly avoided_m: bigint;
  readonly unallocated_m: bigint;
  readonly gross_mg: Rational;
  readonly net_mg: Rational;
  readonly recognised_mg: Rational;
  readonly credits: bigint;
  readonly carry_mg: Rational;
  readonly fingerprint: MethodFingerprint;
  /** Nothing computed under `demo` may be issued. */
  readonly issuable: false;
  readonly watermark: Bilingual;
}

/** SHA-256 over everything in a factor set that can move a figure; its labels may be reworded freely. */
const contentHash = (set: FactorSet): string =>
  hashOf({
    id: set.id,
    boundary: set.boundary,
    vintage: set.vintage,
    source: set.source,
    valid_from: set.valid_from,
    best_before: set.best_before,
    factors: set.factors.map(({ id, ug_per_m, denominator }) => ({ id, ug_per_m, denominator })),
  });

const fingerprint: MethodFingerprint = {
  method: lbcTiersLieux20261.method,
  version: lbcTiersLieux20261.version,
  method_hash: lbcTiersLieux20261.digest,
  factor_set: factorSetA.id,
  factor_set_hash: contentHash(factorSetA),
};

/** A batch that names these pins the frozen files of the version and every factor it used. */
export const methodFingerprint = (): MethodFingerprint => fingerprint;

/** No screen enters and signs the required values yet, so none is ever present. */
const profileRefusal = ({ profile }: ReadTerms): Refusal | null =>
  profile === 'certifying' ? words.profileIncomplete(missingFor(new Set())) : null;

interface Sums {
  readonly avoided_m: bigint;
  readonly unallocated_m: bigint;
  readonly gross_mg: Rational;
  readonly net_mg: Rational;
}

const nothing: Sums = { avoided_m: 0n, unallocated_m: 0n, gross_mg: zero, net_mg: zero };

const times = (value: Rational, count: bigint): Rational => (count === 1n ? value : multiply(value, rational(count)));

const plus = (sums: Sums, day: DayQuantity, count: bigint): Sums => ({
  avoided_m: sums.avoided_m + day.avoided_m * count,
  unallocated_m: sums.unallocated_m + day.unallocated_m * count,
  gross_mg: add(sums.gross_mg, times(day.gross_mg, count)),
  net_mg: add(sums.net_mg, times(day.net_mg, count)),
});

interface Counted {
  readonly day: CountedDay;
  readonly result: DayQuantity;
}

const countDays = (request: ReadRequest): readonly Counted[] =>
  request.days.map(day => ({ day, result: quantifyPersonDay(day, request.rebound) }));

const conclude = (request: ReadRequest, counted: readonly Counted[]): Quantified => {
  const sums = counted.reduce((all, { day, result }) => plus(all, result, BigInt(day.count)), nothing);
  return {
    id: request.id,
    ...sums,
    ...settle(sums.net_mg, request.rebates, request.carry_mg),
    fingerprint,
    issuable: false,
    watermark,
  };
};

/** Reads the request and checks that its profile may compute at all. */
const admitted = (request: unknown): Outcome<ReadRequest> => {
  const read = readRequest(request);
  if (!read.ok) return read;
  const incomplete = profileRefusal(read.value);
  return incomplete === null ? read : refuse(incomplete);
};

/** Evidence and method to quantity. Shapes and units: `QuantifyRequest`; every refusal is listed in `words.ts`. */
export const quantify = (request: QuantifyRequest): Outcome<Quantified> => {
  const read = admitted(request);
  return read.ok ? accept(conclude(read.value, countDays(read.value))) : read;
};

export interface Explanation {
  readonly days: readonly DayExplanation[];
  readonly totals: readonly ExplanationLine[];
}

/** The same computation, told line by line: every symbol, every sum, every reason why a day did not count. */
export const explain = (request: QuantifyRequest): Outcome<Quantified & { readonly explanation: Explanation }> => {
  const read = admitted(request);
  if (!read.ok) return read;
  const { rebound, rebates, carry_mg } = read.value;
  const counted = countDays(read.value);
  const result = conclude(read.value, counted);
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
  const incomplete = profileRefusal(read.value);
  if (incomplete !== null) return refuse(incomplete);
  const { rebound, on } = read.value;
  const readDay = dayReader(on);
  return accept(day => {
    const personDay = readDay(day);
    return personDay.ok ? accept(quantifyPersonDay(personDay.value, rebound)) : personDay;
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

const readUndatedDay = dayReader(null);

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
