import type { Role } from '../kernel/visit.ts';
import type { ClaimCommand, ClaimKind, ClaimState } from './life.ts';

// Whose turn it is, and how far a claim has come: what its readers look for first.

/** A stage that a command passes bears its name; `sign`, `control` and `answer` are done line by line, by others. */
export type StageName =
  | 'sign'
  | 'control'
  | 'answer'
  | 'submit'
  | 'conclude'
  | 'pay'
  | 'record_issue'
  | 'request'
  | 'verify';

export interface Stage {
  readonly name: StageName;
  readonly whose: Role;
  readonly state: 'done' | 'current' | 'toDo';
  /** Signatures, checked lines or answers so far, and how many are asked; `null` when one step does it. */
  readonly count: { readonly done: number; readonly of: number } | null;
}

const courses: Readonly<Record<ClaimKind, readonly (readonly [StageName, Role])[]>> = {
  cee: [
    ['sign', 'employer_admin'],
    ['control', 'auditor'],
    ['submit', 'network_operator'],
    ['answer', 'obligated_party'],
    ['conclude', 'network_operator'],
    ['pay', 'network_operator'],
    ['record_issue', 'network_operator'],
  ],
  lbc: [
    ['request', 'network_operator'],
    ['control', 'auditor'],
    ['verify', 'network_operator'],
  ],
};

export interface ProgressFacts {
  readonly kind: ClaimKind;
  readonly state: ClaimState;
  readonly passed: readonly ClaimCommand[];
  readonly signed: number;
  readonly employers: number;
  /** Lines drawn; `null` before the draw. */
  readonly drawn: number | null;
  /** Lines drawn that still stand in the way. */
  readonly sampleLeft: number;
  readonly answered: number;
  readonly lines: number;
}

/** Ended by a refusal: nothing more is expected of anyone. */
const stopped: ReadonlySet<ClaimState> = new Set(['refused', 'rejected', 'withdrawn']);

const countOf = (name: StageName, facts: ProgressFacts): Stage['count'] => {
  if (name === 'sign') return { done: facts.signed, of: facts.employers };
  if (name === 'answer') return { done: facts.answered, of: facts.lines };
  if (name === 'control' && facts.drawn !== null) return { done: facts.drawn - facts.sampleLeft, of: facts.drawn };
  return null;
};

const isDone = (name: StageName, facts: ProgressFacts): boolean => {
  const { passed, signed, employers, answered, lines, sampleLeft, drawn, kind } = facts;
  if (name === 'sign') return signed >= employers;
  if (name === 'answer') return answered >= lines;
  if (name === 'control') return sampleLeft === 0 && (kind === 'cee' || drawn !== null || passed.includes('verify'));
  return passed.includes(name) || (name === 'verify' && passed.includes('reduce'));
};

/** The stages of a claim in order; the first that is not done is current. None once it has ended in a refusal. */
export function progressOf(facts: ProgressFacts): readonly Stage[] {
  if (stopped.has(facts.state)) return [];
  const course = courses[facts.kind].map(([name, whose]) => ({ name, whose, done: isDone(name, facts) }));
  const current = course.findIndex(({ done }) => !done);
  return course.map(({ name, whose, done }, n) => ({
    ...{ name, whose, count: countOf(name, facts) },
    state: done ? 'done' : n === current ? 'current' : 'toDo',
  }));
}
