import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import type { Actor } from '../kernel/visit.ts';
import { basis, claimableTotals, type LineRow, linesAt } from '../mrv/mrv.ts';
import type { Work } from '../platform/database.ts';
import { advance, contracts, type Project, projectById } from '../schemes/schemes.ts';
import { type Claim, claimOf, mayRead } from './jobs/claim.ts';
import { sampleLeft } from './jobs/control.ts';
import { type Gauge, gaugeOf } from './lbc.ts';
import { byItsClaim, type ClaimState } from './life.ts';
import { progressOf, type Stage } from './progress.ts';
import * as store from './store.ts';
import { words } from './words.ts';

export {
  type AnswersAsked,
  acceptOtherLines,
  answerLines,
  type Signing,
  type StatementAsked,
  signStatement,
  statementsOf,
} from './jobs/answers.ts';
export type { Claim } from './jobs/claim.ts';
export { drawSample, type FindingAsked, noteFinding, type Rerun, readDossier, rerun } from './jobs/control.ts';
export { type CarbonAsked, type EnergyAsked, sealCarbonClaim, sealEnergyClaim } from './jobs/seal.ts';
export { step, takenBack } from './jobs/step.ts';
export type { Gauge, TakenBack } from './lbc.ts';
export type { ClaimCommand, ClaimKind, ClaimState, ClaimStep, StepAsked } from './life.ts';
export type { CeeResult, ClaimResult, LbcResult } from './result.ts';
export type { Answer, ClaimRow, Finding, Reading, Sample, Statement } from './store.ts';

/** One claim, for whoever may read it. */
export async function claim(work: Work, actor: Actor, claimId: string): Promise<Outcome<Claim>> {
  const found = await claimOf(work, claimId);
  if (!found) return refuse(words.unknownClaim);
  return mayRead(actor, found) ? accept(found) : refuse(words.readerOnly);
}

export interface ClaimSummary {
  readonly row: store.ClaimHead;
  readonly state: ClaimState;
}

/** The claims that the actor may read, the latest first. */
export async function claims(work: Work, actor: Actor): Promise<readonly ClaimSummary[]> {
  const [rows, known] = [await store.selectHeads(work), await contracts(work)];
  return rows
    .map(({ state, ...row }) => ({ row, state: state ?? 'sealed' }))
    .filter(({ row, state }) =>
      mayRead(actor, { state, contract: known.find(one => one.contractId === row.claimant) ?? null }),
    );
}

/** Where some claims stand, by id. */
export async function statesOf(work: Work, claimIds: readonly string[]): Promise<ReadonlyMap<string, ClaimState>> {
  if (claimIds.length === 0) return new Map();
  const heads = await store.selectHeads(work);
  return new Map(heads.map(({ claimId, state }) => [claimId, state ?? 'sealed']));
}

export const linesPerPage = 100;

/** A page of the lines that a claim was sealed with, in the order of the log; `after` is a place in it. The reading is recorded. */
export async function readLines(
  work: Work,
  actor: Actor,
  { claim: { row }, after }: { readonly claim: Claim; readonly after: number },
): Promise<readonly LineRow[]> {
  await noteReading(work, actor, row.claimId);
  return linesAt(work, row.result.lines.filter(seq => seq > after).slice(0, linesPerPage));
}

/** Records that someone read the lines of a claim. */
export const noteReading = (work: Work, { personId }: Actor, claimId: string): Promise<void> =>
  store.insertReading(work, { claimId, personId, what: 'lines' });

/** Whose turn it is, and how far the claim has come. */
export const progress = (found: Claim): readonly Stage[] => {
  const { row, state, steps, statements, answers, sample } = found;
  return progressOf({
    ...{ kind: row.kind, state, passed: steps.map(one => one.command), signed: statements.length },
    employers: row.result.kind === 'cee' ? row.result.employers.length : 0,
    ...{ drawn: sample?.seqs.length ?? null, sampleLeft: sampleLeft(found) },
    ...{ answered: answers.length, lines: row.result.lines.length },
  });
};

/** Who read a claim, the latest first. */
export const readings = (work: Work, claimId: string): Promise<readonly store.Reading[]> =>
  store.selectReadings(work, claimId);

// A project before its claims.

/** How far a project is from the threshold of its filing, from every line that may serve it. */
export async function gauge(work: Work, projectId: string): Promise<Outcome<Gauge>> {
  const under = await basis(work);
  if (!under.ok) return under;
  const own = (await claimableTotals(work)).filter(one => one.scheme === 'lbc' && one.claimant === projectId);
  return accept(gaugeOf(own, under.value));
}

/** Takes a step in the life of a project that no claim takes for it; filing weighs what was counted. */
export async function advanceProject(
  work: Work,
  actor: Actor,
  asked: Parameters<typeof advance>[2],
): Promise<Outcome<Project>> {
  if (byItsClaim.has(asked.command)) return refuse(words.byItsClaim);
  const [project, weighed] = [await projectById(work, asked.projectId), await gauge(work, asked.projectId)];
  if (!project.ok) return project;
  if (!weighed.ok) return weighed;
  const { first, reached } = weighed.value;
  const received = project.value.receivedOn;
  const facts = { gaugeReached: reached, allAfterReceipt: first === null || (received !== null && first > received) };
  return advance(work, actor, { ...asked, facts });
}
