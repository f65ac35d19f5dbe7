import { type Actor, holds } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { type Contract, contracts } from '../../schemes/schemes.ts';
import { type ClaimState, type ClaimStep, stateOf } from '../life.ts';
import type { ClaimResult } from '../result.ts';
import * as store from '../store.ts';

const contractOf = async (work: Work, contractId: string): Promise<Contract | null> =>
  (await contracts(work)).find(one => one.contractId === contractId) ?? null;

/** Everything that is known of a claim, without its lines. */
export interface Claim {
  readonly row: store.ClaimRow;
  readonly steps: readonly ClaimStep[];
  readonly state: ClaimState;
  /** What it comes to now: as granted once it was, as sealed before. */
  readonly result: ClaimResult;
  readonly contract: Contract | null;
  readonly statements: readonly store.Statement[];
  readonly answers: readonly store.Answer[];
  readonly sample: store.Sample | null;
  readonly findings: readonly store.Finding[];
}

const grantedIn = (steps: readonly ClaimStep[]): ClaimResult | null =>
  (steps.findLast(step => 'granted' in step.details)?.details['granted'] ?? null) as ClaimResult | null;

export async function claimOf(work: Work, claimId: string): Promise<Claim | null> {
  const row = await store.selectClaim(work, claimId);
  if (!row) return null;
  const steps = await store.selectSteps(work, claimId);
  return {
    row,
    steps,
    state: stateOf(steps),
    result: grantedIn(steps) ?? row.result,
    contract: row.kind === 'cee' ? await contractOf(work, row.claimant) : null,
    statements: await store.selectStatements(work, claimId),
    answers: await store.selectAnswers(work, claimId),
    sample: await store.selectSample(work, claimId),
    findings: await store.selectFindings(work, claimId),
  };
}

export const isObligated = (actor: Actor, contract: Contract | null): boolean =>
  contract !== null && holds(actor, 'obligated_party', contract.obligatedPartyId);

export const mayRead = (actor: Actor, { contract, state }: Pick<Claim, 'contract' | 'state'>): boolean =>
  holds(actor, 'network_operator') ||
  holds(actor, 'auditor') ||
  // An obligated party sees what was sent to it, not what is being prepared or was withdrawn.
  (!['sealed', 'withdrawn'].includes(state) && isObligated(actor, contract));
