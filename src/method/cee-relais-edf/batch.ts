import type { Bilingual } from '../../kernel/bilingual.ts';
import { groupBy } from '../../kernel/group.ts';
import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { one, zero } from '../../kernel/rational.ts';
import { ceeRelaisEdf20261 } from '../published.ts';
import {
  type CeeDay,
  type Contract,
  type EmployerResult,
  judgeOf,
  type LineReason,
  leavesEnough,
  type Prices,
  settleEmployer,
} from './2026-1/quantify.ts';
import { type CeeRequest, type ReadCee, readCee } from './request.ts';
import { ceeWords } from './words.ts';

/** What the days of a batch come to. `whole` figures are those of a claim; what is exact or carried is beside them. */
interface CeeFigures {
  readonly id: string;
  readonly method: string;
  readonly version: string;
  readonly method_hash: string;
  readonly contract_sha256: string;
  /** A contract that no one signed: shown as an example wherever it goes. */
  readonly fictitious: boolean;
  readonly lines: readonly { readonly presence_id: string; readonly reason: LineReason }[];
}

/** Computed from a complete contract: a claim may be made of it. */
export interface CeeClaim extends CeeFigures {
  readonly claimable: true;
  readonly employers: readonly EmployerResult[];
  readonly wh_cumac: bigint;
  readonly reaches_minimum: boolean;
}

/** What one employer would get, as far as the contract tells; null where a missing parameter decides. */
export interface SimulatedEmployer extends Pick<EmployerResult, 'employer' | 'eligible_days' | 'avoided_m'> {
  readonly wh_cumac: EmployerResult['wh_cumac'] | null;
  readonly incentive: EmployerResult['incentive'] | null;
  readonly residual_cost_eur_cents: bigint | null;
}

/** An estimate from whatever is known. No verb that claims takes this type. */
export interface CeeSimulation extends CeeFigures {
  readonly claimable: false;
  readonly employers: readonly SimulatedEmployer[];
  readonly missing: readonly (keyof Contract)[];
  readonly watermark: Bilingual;
}

export const simulationMark: Bilingual = {
  fr: 'simulation : aucune prime n’en découle',
  en: 'simulation: no incentive comes of it',
};

interface Judged {
  readonly day: CeeDay;
  readonly reason: LineReason;
}

const judge = ({ contract, employers, days, on }: ReadCee): readonly Judged[] => {
  const byName = new Map(employers.map(employer => [employer.employer, employer]));
  const reasonOf = judgeOf(contract, on);
  return days.map(day => ({
    day,
    reason: day.corrects ? ('eligible' as const) : reasonOf(day, byName.get(day.employer)!),
  }));
};

const figuresOf = ({ id, contract_sha256, fictitious }: ReadCee, judged: readonly Judged[]): CeeFigures => ({
  id,
  method: ceeRelaisEdf20261.method,
  version: ceeRelaisEdf20261.version,
  method_hash: ceeRelaisEdf20261.digest,
  contract_sha256,
  fictitious,
  lines: judged.map(({ day: { presence_id }, reason }) => ({ presence_id, reason })),
});

/** Why each day of a batch counts or does not, whatever it would come to. */
export const judgeCee = (request: CeeRequest): Outcome<CeeFigures['lines']> => {
  const read = readCee(request);
  if (!read.ok) return read;
  return accept(judge(read.value).map(({ day: { presence_id }, reason }) => ({ presence_id, reason })));
};

/** One result for each employer with an eligible day; whoever has none has nothing to claim, and keeps its carry. */
const settled = ({ employers }: ReadCee, judged: readonly Judged[], prices: Prices): readonly EmployerResult[] => {
  const eligible = judged.filter(({ reason }) => reason === 'eligible').map(({ day }) => day);
  const byEmployer = groupBy(eligible, day => day.employer);
  return employers.flatMap(employer => {
    const days = byEmployer.get(employer.employer);
    return days === undefined ? [] : [settleEmployer(employer, days, prices)];
  });
};

const breach = (results: readonly EmployerResult[], least_eur_cents: number): Refusal | null => {
  const found = results.find(result => !leavesEnough(result, least_eur_cents));
  if (found === undefined) return null;
  const least = least_eur_cents > 0 ? BigInt(least_eur_cents) : 1n;
  return ceeWords.residualTooLow(found.employer, found.residual_cost_eur_cents, least);
};

const isComplete = (contract: Partial<Contract>, missing: ReadCee['missing']): contract is Contract =>
  missing.length === 0;

/** The claim that a complete contract yields; refused when a parameter is missing or a residual cost would be too low. */
export const quantifyCee = (request: CeeRequest): Outcome<CeeClaim> => {
  const read = readCee(request);
  if (!read.ok) return read;
  const { contract, missing } = read.value;
  if (!isComplete(contract, missing)) return refuse(ceeWords.contractIncomplete(missing));
  const judged = judge(read.value);
  const employers = settled(read.value, judged, contract);
  const why = breach(employers, contract.min_residual_cost_eur_cents);
  if (why !== null) return refuse(why);
  const wh_cumac = employers.reduce((sum, employer) => sum + employer.wh_cumac.whole, 0n);
  return accept({
    ...figuresOf(read.value, judged),
    claimable: true,
    employers,
    wh_cumac,
    reaches_minimum: wh_cumac >= BigInt(contract.min_batch_wh_cumac),
  });
};

/** What a missing price leaves to count: metres and days. A cap that is missing caps nothing. */
const unpriced: Prices = { unit: 'day', price_per_unit_eur_cents: zero, wh_cumac_per_m: zero, max_share_of_rent: one };

const isPriced = ({ unit, price_per_unit_eur_cents, wh_cumac_per_m }: Partial<Contract>): boolean =>
  unit !== undefined && price_per_unit_eur_cents !== undefined && (unit !== 'kWh' || wh_cumac_per_m !== undefined);

/** The same, from whatever the contract tells: what is missing is not applied, and what depends on it is null. */
export const simulateCee = (request: CeeRequest): Outcome<CeeSimulation> => {
  const read = readCee(request);
  if (!read.ok) return read;
  const { contract, missing } = read.value;
  const judged = judge(read.value);
  const results = settled(read.value, judged, { ...unpriced, ...contract });
  const priced = isPriced(contract);
  const why = priced ? breach(results, contract.min_residual_cost_eur_cents ?? 0) : null;
  if (why !== null) return refuse(why);
  const known = (result: EmployerResult): SimulatedEmployer => ({
    ...result,
    wh_cumac: contract.wh_cumac_per_m === undefined ? null : result.wh_cumac,
    incentive: priced ? result.incentive : null,
    residual_cost_eur_cents: priced ? result.residual_cost_eur_cents : null,
  });
  return accept({
    ...figuresOf(read.value, judged),
    claimable: false,
    employers: results.map(known),
    missing,
    watermark: simulationMark,
  });
};
