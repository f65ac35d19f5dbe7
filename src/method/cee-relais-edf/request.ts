import { hashOf } from '../../kernel/canonical.ts';
import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { compare, multiply, one, zero } from '../../kernel/rational.ts';
import type { Day } from '../../kernel/time.ts';
import { readDay, readRate } from '../lbc-tiers-lieux/readers.ts';
import {
  asIs,
  bad,
  conclude,
  good,
  listOf,
  oneOf,
  optional,
  type Reader,
  rationalWhere,
  readRational,
  readText,
  record,
  wholeFrom,
} from '../reading.ts';
import { words } from '../words.ts';
import type { CeeDay, CeeEmployer, Contract } from './2026-1/quantify.ts';
import { ceeWords } from './words.ts';

/** A batch as it travels in JSON: exact fractions are texts, days are `2026-11-24`, money is whole euro cents. */
export interface CeeRequest {
  readonly id: string;
  /** The day on which the batch is made. */
  readonly on: Day;
  /** Parameters of a contract version, by the names of `Contract`, and `fictitious: true` where no one signed it. */
  readonly contract: { readonly [parameter: string]: unknown };
  readonly employers: readonly {
    readonly employer: string;
    readonly offer_accepted_on: Day;
    readonly rent_eur_cents: number;
    readonly paid_before_eur_cents?: number;
    readonly other_aid_eur_cents?: number;
    readonly carry_wh_cumac?: string;
    readonly carry_eur_cents?: string;
  }[];
  readonly days: readonly {
    readonly presence_id: string;
    readonly employer: string;
    readonly day: Day;
    readonly mode: string;
    readonly energy: string;
    readonly replaced: string;
    readonly avoided_m: number;
    /** A part of a day, above 0 and up to 1; negative in a correction, and only there. */
    readonly share?: string;
    /** Takes back a day that an earlier claim holds: it counts, whatever the window. */
    readonly corrects?: boolean;
    readonly past_operations?: readonly { readonly operation: string; readonly on: Day }[];
  }[];
}

export type ReadDay = CeeDay & { readonly corrects: boolean };

export interface ReadCee {
  readonly id: string;
  readonly on: Day;
  readonly contract: Partial<Contract>;
  readonly missing: readonly (keyof Contract)[];
  readonly fictitious: boolean;
  readonly contract_sha256: string;
  readonly employers: readonly CeeEmployer[];
  readonly days: readonly ReadDay[];
}

const readCount = wholeFrom(0, words.notACount);
/** A century: further than that, a calendar day would no longer be one. */
const mostDays = 36_500;
const readDuration: Reader<number> = input => {
  const read = wholeFrom(0, words.notADuration(mostDays))(input);
  return read.ok && read.value > mostDays ? bad(words.notADuration(mostDays)) : read;
};
const readPositive = rationalWhere(value => compare(value, zero) >= 0, words.negative);
const readMetres: Reader<number> = input =>
  typeof input === 'number' && Number.isSafeInteger(input) ? good(input) : bad(words.metresNotSigned);
const readList = listOf(readText);

/** What is known of the mechanism without a contract: product rules, and nothing that a text would give. */
const withoutContract = {
  claim_window_days: 365,
  application_delay_days: 7,
  archive_years: 10,
  replaced_allowed: ['office'],
} as const;

const absent = undefined;

const contractReaders = {
  obligated_party: optional(readText, absent),
  contract_version: optional(readText, absent),
  valid_from: optional(readDay, absent),
  valid_until: optional<Day | null, undefined>(input => (input === null ? good(null) : readDay(input)), absent),
  unit: optional(oneOf(['km', 'day', 'kWh'], words.unknownUnit), absent),
  price_per_unit_eur_cents: optional(readPositive, absent),
  wh_cumac_per_m: optional(readPositive, absent),
  eligible_modes: optional(readList, absent),
  eligible_energies: optional(readList, absent),
  min_distance_m: optional(readCount, absent),
  max_share_of_rent: optional(readRate, absent),
  min_residual_cost_eur_cents: optional(readCount, absent),
  claim_window_days: optional(readDuration, withoutContract.claim_window_days),
  application_delay_days: optional(readDuration, withoutContract.application_delay_days),
  min_batch_wh_cumac: optional(readCount, absent),
  cooldown_rules: optional(listOf(record({ operation: readText, days: readDuration })), absent),
  control_rate: optional(readRate, absent),
  archive_years: optional(readCount, withoutContract.archive_years),
  statement_template_version: optional(readText, absent),
  replaced_allowed: optional(readList, withoutContract.replaced_allowed),
} as const satisfies { readonly [K in keyof Contract]: Reader<Contract[K] | undefined> };

const readContract = record({
  ...contractReaders,
  fictitious: optional(oneOf([true, false], words.notYesOrNo), false),
});

const readShare = rationalWhere(
  value => compare(value, zero) !== 0 && compare(multiply(value, value), one) <= 0,
  words.rateOutOfRange,
);

const readRequestFields = record({
  id: readText,
  on: readDay,
  contract: asIs,
  employers: listOf(
    record({
      employer: readText,
      offer_accepted_on: readDay,
      rent_eur_cents: readCount,
      paid_before_eur_cents: optional(readCount, 0),
      other_aid_eur_cents: optional(readCount, 0),
      carry_wh_cumac: optional(readRational, zero),
      carry_eur_cents: optional(readRational, zero),
    }),
  ),
  days: listOf(
    record({
      presence_id: readText,
      employer: readText,
      day: readDay,
      mode: readText,
      energy: readText,
      replaced: readText,
      avoided_m: readMetres,
      share: optional(readShare, one),
      corrects: optional(oneOf([true, false], words.notYesOrNo), false),
      past_operations: optional(listOf(record({ operation: readText, on: readDay })), []),
    }),
  ),
});

const firstTwice = (ids: readonly string[]): string | undefined => {
  const seen = new Set<string>();
  return ids.find(id => seen.size === seen.add(id).size);
};

const strangeRefusal = (employers: readonly CeeEmployer[], days: readonly ReadDay[]): Refusal | null => {
  const twice = firstTwice(employers.map(({ employer }) => employer));
  if (twice !== undefined) return ceeWords.employerTwice(twice);
  const again = firstTwice(days.map(({ presence_id }) => presence_id));
  if (again !== undefined) return ceeWords.presenceTwice(again);
  const known = new Set(employers.map(({ employer }) => employer));
  const stranger = days.find(({ employer }) => !known.has(employer));
  if (stranger !== undefined) return ceeWords.unknownEmployer(stranger.employer);
  const contrary = days.find(({ share, corrects }) => corrects !== compare(share, zero) < 0);
  return contrary === undefined ? null : ceeWords.shareContrary(contrary.presence_id);
};

/** Reads a whole batch; the first fault is the answer. */
export const readCee = (input: unknown): Outcome<ReadCee> => {
  const fields = conclude(readRequestFields(input));
  if (!fields.ok) return fields;
  const { id, on, employers, days } = fields.value;
  const contract = conclude(record({ contract: readContract })({ contract: fields.value.contract }));
  if (!contract.ok) return contract;
  const why = strangeRefusal(employers, days);
  if (why !== null) return refuse(why);
  const { fictitious, ...known } = contract.value.contract;
  const names = Object.keys(contractReaders) as readonly (keyof Contract)[];
  return accept({
    id,
    on,
    contract: Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
    missing: names.filter(name => known[name] === undefined),
    fictitious,
    contract_sha256: hashOf(fields.value.contract as Parameters<typeof hashOf>[0]),
    employers,
    days,
  });
};
