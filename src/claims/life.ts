import type { Canonical } from '../kernel/canonical.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import type { ProjectCommand } from '../schemes/schemes.ts';
import { words } from './words.ts';

export type ClaimKind = 'cee' | 'lbc';

/** Where a claim stands. `open` lines have no claim yet: it begins when they are sealed together. */
export const states = [
  'sealed',
  'submitted',
  'accepted',
  'accepted_in_part',
  'refused',
  'paid',
  'issued',
  'archived',
  'requested',
  'verified',
  'reduced',
  'rejected',
  'withdrawn',
] as const;
export type ClaimState = (typeof states)[number];

export const commands = [
  'submit',
  'conclude',
  'pay',
  'record_issue',
  'archive',
  'request',
  'verify',
  'reduce',
  'reject',
  'take_back',
  'withdraw',
] as const;
export type ClaimCommand = (typeof commands)[number];

export type Needed =
  | 'statements'
  | 'answers'
  | 'reference'
  | 'reason'
  | 'register'
  | 'volume'
  | 'archive_term'
  | 'sample_checked';

interface Transition {
  readonly kind: ClaimKind | null;
  readonly from: readonly ClaimState[];
  readonly needs: readonly Needed[];
}

/** `conclude` leads where the answers do, `take_back` nowhere else; every other command to the state in `leadsTo`. */
export const transitions: Readonly<Record<ClaimCommand, Transition>> = {
  submit: { kind: 'cee', from: ['sealed'], needs: ['statements', 'sample_checked'] },
  conclude: { kind: 'cee', from: ['submitted'], needs: ['answers'] },
  pay: { kind: 'cee', from: ['accepted', 'accepted_in_part'], needs: ['reference'] },
  record_issue: { kind: 'cee', from: ['paid'], needs: ['reference', 'register', 'volume'] },
  archive: { kind: 'cee', from: ['issued', 'refused'], needs: ['archive_term'] },
  request: { kind: 'lbc', from: ['sealed'], needs: [] },
  verify: { kind: 'lbc', from: ['requested'], needs: ['sample_checked', 'reference', 'register'] },
  reduce: { kind: 'lbc', from: ['requested'], needs: ['sample_checked', 'reference', 'register', 'reason', 'volume'] },
  reject: { kind: 'lbc', from: ['requested'], needs: ['reference', 'reason'] },
  // Found false once units were issued: the claim stays what it is, and units answer for it.
  take_back: { kind: 'lbc', from: ['verified', 'reduced'], needs: ['reason'] },
  withdraw: { kind: null, from: ['sealed'], needs: ['reason'] },
};

const leadsTo: Readonly<Record<Exclude<ClaimCommand, 'conclude' | 'take_back'>, ClaimState>> = {
  submit: 'submitted',
  pay: 'paid',
  record_issue: 'issued',
  archive: 'archived',
  request: 'requested',
  verify: 'verified',
  reduce: 'reduced',
  reject: 'rejected',
  withdraw: 'withdrawn',
};

/** Steps of a project that its claims take for it. */
export const projectCommands: Readonly<Partial<Record<ClaimCommand, ProjectCommand>>> = {
  request: 'request_verification',
  verify: 'verify',
  reduce: 'reduce',
  reject: 'reject',
};
export const byItsClaim: ReadonlySet<ProjectCommand> = new Set(Object.values(projectCommands));

/** The claimant's next claim may be made: what this one left to carry is known. */
export const isOver = (state: ClaimState): boolean => !['sealed', 'submitted', 'requested'].includes(state);

/** Terminal refusals let their lines go; a claim withdrawn too. */
export const releasesAll: ReadonlySet<ClaimState> = new Set(['refused', 'rejected', 'withdrawn']);

export interface ClaimStep {
  readonly sequence: number;
  readonly command: ClaimCommand;
  readonly state: ClaimState;
  readonly happenedOn: Day;
  readonly reference: string | null;
  readonly reason: string | null;
  /** What was said with it; `granted` is what the claim came to, once it is known. */
  readonly details: { readonly [key: string]: Canonical };
}

export const stateOf = (steps: readonly ClaimStep[]): ClaimState => steps.at(-1)?.state ?? 'sealed';

export const commandsFrom = (kind: ClaimKind, state: ClaimState): readonly ClaimCommand[] =>
  commands.filter(command => {
    const transition = transitions[command];
    return transition.from.includes(state) && (transition.kind === null || transition.kind === kind);
  });

export interface StepAsked {
  readonly command: ClaimCommand;
  readonly happenedOn: Day;
  readonly reference?: string | undefined;
  readonly reason?: string | undefined;
  readonly details?: Readonly<Record<string, string>> | undefined;
}

export interface StepFacts {
  readonly kind: ClaimKind;
  readonly steps: readonly ClaimStep[];
  readonly today: Day;
  /** Employers of the claim who have not signed their statement. */
  readonly unsigned: number;
  readonly lines: number;
  readonly accepted: number;
  readonly refused: number;
  /** First day on which the file may leave the archive. */
  readonly archiveUntil: Day | null;
  /** Lines drawn for control that nobody has looked at, or found at fault. */
  readonly sampleLeft: number;
}

const missing: Readonly<Record<Needed, (asked: StepAsked, facts: StepFacts) => Refusal | null>> = {
  statements: (_, { unsigned }) => (unsigned === 0 ? null : words.notSigned(unsigned)),
  answers: (_, { lines, accepted, refused }) =>
    accepted + refused === lines ? null : words.notAnswered(lines - accepted - refused),
  reference: ({ reference }) => (reference?.trim() ? null : words.referenceMissing),
  reason: ({ reason }) => (reason?.trim() ? null : words.reasonMissing),
  register: ({ details }) => (details?.['register']?.trim() ? null : words.registerMissing),
  volume: ({ details }) => (/^\d{1,18}$/.test(details?.['volume'] ?? '') ? null : words.volumeMissing),
  archive_term: (_, { archiveUntil, today }) =>
    archiveUntil === null || today >= archiveUntil ? null : words.archivedUntil(archiveUntil),
  sample_checked: (_, { sampleLeft }) => (sampleLeft === 0 ? null : words.sampleLeft(sampleLeft)),
};

/** The first reason why a step may not be taken: out of order, out of time, then what it lacks. */
export function stepRefusal(asked: StepAsked, facts: StepFacts): Refusal | null {
  const state = stateOf(facts.steps);
  if (!commandsFrom(facts.kind, state).includes(asked.command)) return words.notFromHere(asked.command, state);
  const last = facts.steps.at(-1)?.happenedOn;
  if (asked.happenedOn > facts.today || (last !== undefined && asked.happenedOn < last)) return words.outOfTime;
  return transitions[asked.command].needs.map(need => missing[need](asked, facts)).find(why => why !== null) ?? null;
}

/** The state that a step leads to. */
export function stateAfter({ command }: StepAsked, { steps, accepted, refused }: StepFacts): ClaimState {
  if (command === 'take_back') return stateOf(steps);
  if (command !== 'conclude') return leadsTo[command];
  if (accepted === 0) return 'refused';
  return refused === 0 ? 'accepted' : 'accepted_in_part';
}
