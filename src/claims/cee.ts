import type { Canonical } from '../kernel/canonical.ts';
import { groupBy } from '../kernel/group.ts';
import { text } from '../kernel/rational.ts';
import { addDays, type Day, localDay } from '../kernel/time.ts';
import type { CeeClaim, CeeRequest } from '../method/method.ts';
import type { LineRow } from '../mrv/mrv.ts';
import type { Contract, Offer } from '../schemes/schemes.ts';
import { type CeeResult, claimsEngine } from './result.ts';

/** What one employer brings to a claim beside its lines. Money in whole euro cents, exact rests as fractions. */
export interface EmployerFacts {
  readonly employerId: string;
  readonly months: readonly string[];
  /** What was invoiced for these months. */
  readonly rent_eur_cents: number;
  /** What earlier claims over some of these months paid. */
  readonly paid_before_eur_cents: number;
  readonly carry_wh_cumac: string;
  readonly carry_eur_cents: string;
}

/** A line on its way to a claim. */
export interface ClaimLine {
  readonly line: LineRow;
  /** It takes back a line that an earlier claim holds. */
  readonly corrects: boolean;
  /** It was judged when a claim was sealed with it. */
  readonly sealed?: true;
}

export interface CeeFacts {
  readonly claimId: string;
  readonly on: Day;
  readonly contract: Contract;
  readonly lines: readonly ClaimLine[];
  readonly offers: readonly Offer[];
  readonly employers: readonly EmployerFacts[];
  readonly turn: number;
}

const zone = 'Europe/Paris';

/** How the trip avoided would have been made, as far as its factor tells. */
const wayOf = (
  trip: { readonly [key: string]: Canonical } | null,
): { readonly mode: string; readonly energy: string } => {
  const [first] = (trip?.['reference'] ?? []) as readonly { readonly factor: string }[];
  const factor = first?.factor ?? 'unknown';
  if (factor === 'car_electric') return { mode: 'car', energy: 'electric' };
  const burns = ['car', 'motorbike', 'scooter'].includes(factor);
  return { mode: factor, energy: burns ? 'combustion' : 'none' };
};

/** What an erased line told, as far as it is known: something that its contract takes, as was judged at sealing. */
function erasedTrip({ terms }: Contract) {
  const first = (parameter: string): string | undefined =>
    (terms as { readonly [name: string]: readonly string[] | undefined })[parameter]?.[0];
  return {
    mode: first('eligible_modes') ?? 'unknown',
    energy: first('eligible_energies') ?? 'none',
    replaced: first('replaced_allowed') ?? 'office',
  };
}

/**
 * A line as the energy method reads it; one that takes another back counts for minus its metres and its day. Whether an erased
 * line fits a contract can no longer be judged: it is claimed no more, and where a claim holds it, it counts on.
 */
const dayOf = ({ line, corrects, sealed }: ClaimLine, contract: Contract): CeeRequest['days'][number] | null => {
  const { content, employerId, reverses, avoided_m, lineId } = line;
  const erased = 'erased' in content;
  if (employerId === null || (erased && !corrects && !sealed)) return null;
  const share = content.halves === 2 ? '1' : '1/2';
  return {
    presence_id: lineId,
    employer: employerId,
    day: content.day,
    ...(erased
      ? erasedTrip(contract)
      : { ...wayOf(content.trip), replaced: String(content.trip?.['replaced'] ?? 'unknown') }),
    avoided_m: Number(avoided_m),
    share: reverses === null ? share : `-${share}`,
    corrects,
  };
};

/** The offer under which an employer's days count: the first day that counts is the day after its acceptance. */
const acceptedOn = (offers: readonly Offer[], employerId: string): Day => {
  const own = offers.filter(offer => offer.employerId === employerId).map(offer => localDay(offer.acceptedAt, zone));
  return own.sort()[0] ?? addDays('9999-12-30', 1);
};

/** A claim as the energy method reads it. */
export const ceeRequest = ({ claimId, on, contract, lines, offers, employers }: CeeFacts): CeeRequest => ({
  id: claimId,
  on,
  contract: { ...(contract.terms as { readonly [parameter: string]: unknown }) },
  employers: employers.map(({ employerId, months: _, ...facts }) => ({
    employer: employerId,
    offer_accepted_on: acceptedOn(offers, employerId),
    ...facts,
  })),
  days: lines.flatMap(line => dayOf(line, contract) ?? []),
});

/** What a claim comes to, in the words of `batch.json`. */
export const ceeResult = (claim: CeeClaim, facts: CeeFacts): CeeResult => ({
  kind: 'cee',
  id: facts.claimId,
  contract: facts.contract.contractId,
  on: facts.on,
  method: { id: claim.method, version: claim.version, sha256: claim.method_hash },
  contract_sha256: claim.contract_sha256,
  fictitious: claim.fictitious,
  lines: facts.lines.map(({ line }) => line.seq),
  employers: claim.employers.map(one => {
    const own = facts.employers.find(({ employerId }) => employerId === one.employer)!;
    return {
      employer: one.employer,
      months: own.months,
      offer_accepted_on: acceptedOn(facts.offers, one.employer),
      days: text(one.eligible_days),
      avoided_m: String(one.avoided_m),
      wh_cumac: String(one.wh_cumac.whole),
      incentive_eur_cents: String(one.incentive.paid),
      above_cap_eur_cents: String(one.incentive.above_cap),
      rent_eur_cents: String(own.rent_eur_cents),
      paid_before_eur_cents: String(own.paid_before_eur_cents),
      residual_cost_eur_cents: String(one.residual_cost_eur_cents),
      carried_wh_cumac: own.carry_wh_cumac,
      carried_eur_cents: own.carry_eur_cents,
      carry_wh_cumac: text(one.wh_cumac.carry),
      carry_eur_cents: text(one.incentive.carry),
    };
  }),
  wh_cumac: String(claim.wh_cumac),
  incentive_eur_cents: String(claim.employers.reduce((sum, one) => sum + one.incentive.paid, 0n)),
  turn: facts.turn,
  engine: claimsEngine,
});

/** What the employers of a sealed claim brought to it. */
export const factsIn = ({ employers }: CeeResult): readonly EmployerFacts[] =>
  employers.map(one => ({
    employerId: one.employer,
    months: one.months,
    rent_eur_cents: Number(one.rent_eur_cents),
    paid_before_eur_cents: Number(one.paid_before_eur_cents),
    carry_wh_cumac: one.carried_wh_cumac,
    carry_eur_cents: one.carried_eur_cents,
  }));

/** Months of the lines of each employer: those whose invoices bear their rent. */
export const monthsByEmployer = (lines: readonly LineRow[]): ReadonlyMap<string, readonly string[]> => {
  const named = lines.flatMap(({ employerId, content }) =>
    employerId === null ? [] : [{ employerId, month: content.day.slice(0, 7) }],
  );
  return new Map(
    [...groupBy(named, one => one.employerId)].map(([id, own]) => [id, [...new Set(own.map(one => one.month))].sort()]),
  );
};
