import type { Refusal } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import type { CriteriaGrid } from './grid.ts';
import type { DecisionKind, LabelState } from './label.ts';
import { words } from './words.ts';

export type Answer = 'met' | 'not_met' | 'not_checked';

/** What was found of one criterion. */
export interface Finding {
  readonly code: string;
  readonly answer: Answer;
  readonly note?: string;
}

/** Every criterion answered, none invented: the first fault in the grid's order, or null. */
export function findingsRefusal(grid: CriteriaGrid, findings: readonly Finding[]): Refusal | null {
  const stranger = findings.find(f => !grid.criteria.some(c => c.code === f.code));
  if (stranger) return words.unknownCriterion(stranger.code);
  const missing = grid.criteria.find(c => !findings.some(f => f.code === c.code));
  return missing ? words.unanswered(missing) : null;
}

/** Weights of the criteria met, and of all those that count. */
export const scoreOf = (
  grid: CriteriaGrid,
  findings: readonly Finding[],
): { readonly met: number; readonly of: number } => {
  const met = new Set(findings.filter(f => f.answer === 'met').map(f => f.code));
  const weigh = (criteria: CriteriaGrid['criteria']) => criteria.reduce((sum, c) => sum + c.weight, 0);
  return { met: weigh(grid.criteria.filter(c => met.has(c.code))), of: weigh(grid.criteria) };
};

/** The file on which a decision is taken. */
export interface DecisionFile {
  readonly grid: CriteriaGrid;
  readonly findings: readonly Finding[];
  readonly evaluatorId: string;
}

export interface Verdict {
  readonly kind: 'label' | 'refuse';
  readonly decidedOn: Day;
  readonly validUntil: Day | null;
  readonly reason: string;
}

/** The first reason why this person may not decide so: same reviewer, no reason, end before start, a gate not met. */
export function verdictRefusal(file: DecisionFile, verdict: Verdict, deciderId: string): Refusal | null {
  if (deciderId === file.evaluatorId) return words.sameReviewer;
  if (verdict.reason.trim() === '') return words.noReason;
  if (verdict.kind === 'refuse') return null;
  if (verdict.validUntil === null || verdict.validUntil <= verdict.decidedOn) return words.validityReversed;
  const isMet = (code: string) => file.findings.some(f => f.code === code && f.answer === 'met');
  const gate = file.grid.criteria.find(c => c.kind === 'gate' && !isMet(c.code));
  return gate ? words.gateNotMet(gate) : null;
}

const follows: Readonly<Record<Exclude<DecisionKind, 'label' | 'refuse'>, readonly LabelState[]>> = {
  suspend: ['labelled'],
  reinstate: ['suspended'],
  withdraw: ['labelled', 'suspended'],
};

/** Does this change make sense in that state? */
export const changeRefusal = (kind: keyof typeof follows, state: LabelState): Refusal | null =>
  follows[kind].includes(state) ? null : words.notInThatState(kind, state);
