import { type Canonical, hashOf } from '../../kernel/canonical.ts';
import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import type { Rational } from '../../kernel/rational.ts';
import type { Day } from '../../kernel/time.ts';
import type { FactorSet, SetId } from '../factors/factor-set.ts';
import { factorSets, setHashes } from '../factors/sets.ts';
import { asIs, bad, conclude, good, listOf, oneOf, type Read, type Reader, readText, record } from '../reading.ts';
import { words } from '../words.ts';
import type { Rebates, Rebound } from './2026-1/quantify.ts';
import { readDay, readRebates, readRebound } from './readers.ts';
import { missingFor, type Unknown, unknowns } from './unknowns.ts';
import { type Version, versions } from './versions.ts';

/** The value of one unknown, as someone who holds the text of the method enters it. */
export interface CertifiedEntry {
  readonly unknown: Unknown['id'];
  readonly value: Canonical;
  readonly source: string;
  readonly vouched_by: string;
  readonly entered_on: Day;
}

/** Every required value, read and found to be one that the code can honour. Only `readCertified` makes one. */
export interface CertifiedTerms {
  readonly version: Version;
  readonly set: FactorSet;
  readonly rebound: Rebound;
  readonly rebates: Rebates;
  /** `road_only`: a reference leg that is not by motor on the road saves nothing; its metres stay unallocated. */
  readonly baselines: 'own_factor_negative_kept' | 'road_only';
  /** `none`: no day may bear energy of the space. `per_day`: every day must. */
  readonly space_energy: 'none' | 'per_day';
  /** What the threshold of ten tonnes weighs: the total before or after rebates. */
  readonly threshold: 'before' | 'after';
  readonly communes: { readonly list_sha256: string; readonly vintage: string };
  /** First day on which road fuel is under ETS2, for whoever must stop counting; null when it never is. */
  readonly road_fuel_covered_from: Day | null;
  readonly entries: readonly CertifiedEntry[];
  /** Pins the entries: same hash, same values, sources and names. */
  readonly sha256: string;
}

/** Those made here: a copy, or a copy with one value changed, is not signed. */
const made = new WeakSet<object>();

export const isCertified = (input: unknown): input is CertifiedTerms => made.has(input as object);

/** A reader of one value, and in one line the values that it takes. */
interface Honoured<T> {
  readonly read: Reader<T>;
  readonly possible: string;
}

/** The reason given in the end names the unknown and what is possible: these faults only say no. */
const fault = words.unknownField;
const honoured = <T>(possible: string, read: Reader<T>): Honoured<T> => ({ read, possible });
const oneOfThese = <const T extends string>(...values: readonly T[]): Honoured<T> =>
  honoured(values.map(value => `"${value}"`).join(' | '), oneOf(values, fault));

const matching =
  (pattern: RegExp): Reader<string> =>
  input =>
    typeof input === 'string' && pattern.test(input) ? good(input) : bad(fault);

const digests = new Map([...versions.values()].map(version => [version.published.digest, version]));
const setIds = Object.keys(factorSets) as readonly SetId[];
const readSetFields = record({ set: oneOf(setIds, fault), sha256: readText });
const readSet: Reader<FactorSet> = input => {
  const read = readSetFields(input);
  if (!read.ok) return read;
  const { set, sha256 } = read.value;
  return setHashes[set] === sha256 ? good(factorSets[set]) : bad(fault);
};

const reference = () => honoured('{"reference": "…"}', record({ reference: matching(/\S/) }));

/** What this code can honour, unknown by unknown. An official value outside of it calls for a new version. */
const required = {
  U1: honoured([...digests.keys()].join(' | '), oneOf([...digests.keys()], fault)),
  U2: honoured(setIds.map(set => `{"set": "${set}", "sha256": "${setHashes[set]}"}`).join(' | '), readSet),
  U3: oneOfThese('use_phase', 'use_and_construction', 'life_cycle'),
  U4: oneOfThese('fixed'),
  U5: honoured('{"variant": "net" | "reference", "rate": "31/100"} | {"variant": "none"}', readRebound),
  U6: honoured('{"combine": "multiplicative" | "additive", "rates": ["1/10"]}', readRebates),
  U7: oneOfThese('per_day_by_worker'),
  U8: oneOfThese('own_factor_negative_kept', 'road_only'),
  U9: honoured(
    '{"distance": "routed", "path": "shortest"}',
    record({ distance: oneOf(['routed'], fault), path: oneOf(['shortest'], fault) }),
  ),
  U10: honoured(
    '{"min_distance_m": 0, "min_days_per_week": 0}',
    record({ min_distance_m: oneOf([0], fault), min_days_per_week: oneOf([0], fault) }),
  ),
  U11: oneOfThese('full_without_company_trip_else_chain'),
  U12: honoured(
    '{"space_energy": "none" | "per_day", "employer_energy": "none"}',
    record({ space_energy: oneOf(['none', 'per_day'], fault), employer_energy: oneOf(['none'], fault) }),
  ),
  U13: honoured(
    '{"list_sha256": "64 hex digits", "vintage": "2024"}',
    record({ list_sha256: matching(/^[0-9a-f]{64}$/), vintage: matching(/^\d{4}$/) }),
  ),
  U14: oneOfThese('declared_by_space'),
  U15: reference(),
  U16: honoured(
    '{"rebates": "before" | "after", "at": "filing"}',
    record({ rebates: oneOf(['before', 'after'], fault), at: oneOf(['filing'], fault) }),
  ),
  U17: oneOfThese('automatic_checks_and_auditor_sample'),
  U18: oneOfThese('floor_per_verification_exact_carry'),
  U19: oneOfThese('one_at_end', 'yearly'),
  U21: reference(),
  U23: oneOfThese('exclusive_per_person_day'),
  U24: honoured(
    '{"road_fuel_covered_from": "2028-01-01"}',
    record({ road_fuel_covered_from: input => (input === null ? good(null) : readDay(input)) }),
  ),
} as const satisfies Record<string, Honoured<unknown>>;

/** Entered when there is something to say; nothing waits for them. */
const free = { U20: reference(), U22: reference() } as const;

const all: Readonly<Record<string, Honoured<unknown>>> = { ...required, ...free };

/** What may be entered for an unknown, in one line of JSON. */
export const possibleValues = (id: Unknown['id']): string => all[id]!.possible;

const named: Reader<string> = input => {
  const read = readText(input);
  return !read.ok || read.value.trim() !== '' ? read : bad(words.unsigned);
};

const readEntries = listOf(
  record({
    unknown: oneOf(
      unknowns.map(({ id }) => id),
      words.unknownUnknown,
    ),
    value: asIs as Reader<Canonical>,
    source: named,
    vouched_by: named,
    entered_on: readDay,
  }),
);

const labelOf = (id: string) => unknowns.find(unknown => unknown.id === id)!;

const entryRefusal = (entries: readonly CertifiedEntry[]): Refusal | null => {
  const seen = new Set<string>();
  for (const { unknown, value } of entries) {
    if (seen.has(unknown)) return words.enteredTwice(unknown);
    seen.add(unknown);
    if (!all[unknown]!.read(value).ok) return words.notHonoured(labelOf(unknown), possibleValues(unknown));
  }
  const missing = missingFor(seen);
  return missing.length > 0 ? words.profileIncomplete(missing) : null;
};

const readRequired = record(
  Object.fromEntries(Object.entries(required).map(([id, { read }]) => [id, read])) as {
    readonly [K in keyof typeof required]: (typeof required)[K]['read'];
  },
);

type Values = ReturnType<typeof readRequired> extends Read<infer V> ? V : never;

const termsFrom = (values: Values, entries: readonly CertifiedEntry[]): CertifiedTerms => ({
  version: digests.get(values.U1)!,
  set: values.U2,
  rebound: values.U5,
  rebates: values.U6,
  baselines: values.U8,
  space_energy: values.U12.space_energy,
  threshold: values.U16.rebates,
  communes: values.U13,
  road_fuel_covered_from: values.U24.road_fuel_covered_from,
  entries,
  sha256: hashOf(entries.map(entry => ({ ...entry }))),
});

/**
 * The values entered for the unknowns, as terms to compute under. Refused, in this order: an entry that is not signed, not
 * known or entered twice; a value that the code cannot honour; a required value that is missing; a boundary that is not the
 * set's.
 */
export const readCertified = (input: readonly CertifiedEntry[]): Outcome<CertifiedTerms> => {
  const read = conclude(readEntries(input));
  if (!read.ok) return read;
  const entries = [...read.value].sort((a, b) => Number(a.unknown.slice(1)) - Number(b.unknown.slice(1)));
  const why = entryRefusal(entries);
  if (why !== null) return refuse(why);
  const needed = entries.filter(({ unknown }) => unknown in required).map(({ unknown, value }) => [unknown, value]);
  const values = conclude(readRequired(Object.fromEntries(needed)));
  if (!values.ok) return values;
  const { U2: set, U3: boundary } = values.value;
  if (set.boundary !== boundary) return refuse(words.notHonoured(labelOf('U3'), `"${set.boundary}"`));
  const terms = Object.freeze(termsFrom(values.value, entries));
  made.add(terms);
  return accept(terms);
};

/** U16: the mass that the threshold of a project weighs, for `mayFile`. */
export const filingMass = (
  { threshold }: CertifiedTerms,
  { net_mg, recognised_mg }: { readonly net_mg: Rational; readonly recognised_mg: Rational },
): Rational => (threshold === 'before' ? net_mg : recognised_mg);
