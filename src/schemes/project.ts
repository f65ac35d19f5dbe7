import type { Refusal } from '../kernel/outcome.ts';
import { addDays, type Day, daysBetween, isDay } from '../kernel/time.ts';
import { words } from './words.ts';

/** Where a collective project stands; the last five end its life. */
export const states = [
  'draft',
  'notified',
  'filed',
  'labelled',
  'monitoring',
  'verification_requested',
  'verified',
  'reduced',
  'notification_void',
  'refused',
  'rejected',
  'retired',
  'withdrawn',
  'mandate_ended',
] as const;
export type ProjectState = (typeof states)[number];

export const commands = [
  'notify',
  'amend_notified_data',
  'file',
  'label',
  'refuse',
  'start_monitoring',
  'request_verification',
  'verify',
  'reduce',
  'reject',
  'continue',
  'retire',
  'withdraw',
  'end_mandate',
] as const;
export type ProjectCommand = (typeof commands)[number];

/** What a step must name. Dates are days of metropolitan France. */
export type Needed =
  | 'mandates'
  | 'gauge'
  | 'presences_after_receipt'
  | 'reference'
  | 'reason'
  | 'report'
  | 'auditor'
  | 'year_and_use';

interface Transition {
  readonly from: readonly ProjectState[];
  readonly to: ProjectState;
  readonly needs: readonly Needed[];
}

const beforeVerified: readonly ProjectState[] = [
  'draft',
  'notified',
  'filed',
  'labelled',
  'monitoring',
  'verification_requested',
];

/** The life of a project, from the sourced steps; the table itself is ours. */
export const transitions: Readonly<Record<ProjectCommand, Transition>> = {
  notify: { from: ['draft'], to: 'notified', needs: ['mandates'] },
  amend_notified_data: { from: ['notified'], to: 'notification_void', needs: ['reason'] },
  file: { from: ['notified'], to: 'filed', needs: ['gauge', 'presences_after_receipt', 'reference'] },
  label: { from: ['filed'], to: 'labelled', needs: ['reference'] },
  refuse: { from: ['filed'], to: 'refused', needs: ['reference', 'reason'] },
  start_monitoring: { from: ['labelled'], to: 'monitoring', needs: [] },
  request_verification: { from: ['monitoring'], to: 'verification_requested', needs: ['report', 'auditor'] },
  verify: { from: ['verification_requested'], to: 'verified', needs: ['reference'] },
  reduce: { from: ['verification_requested'], to: 'reduced', needs: ['reference', 'reason'] },
  reject: { from: ['verification_requested'], to: 'rejected', needs: ['reference', 'reason'] },
  continue: { from: ['verified', 'reduced'], to: 'monitoring', needs: [] },
  retire: { from: ['verified', 'reduced'], to: 'retired', needs: ['year_and_use'] },
  withdraw: { from: beforeVerified, to: 'withdrawn', needs: ['reason'] },
  end_mandate: { from: beforeVerified, to: 'mandate_ended', needs: ['reason'] },
};

/** One step of a project, as it was recorded. */
export interface Step {
  readonly sequence: number;
  /** The one change of the list of members leaves the state as it is. */
  readonly command: ProjectCommand | 'amend_members';
  readonly state: ProjectState;
  readonly happenedOn: Day;
  /** The State's, the prefect's or the auditor's reference. */
  readonly reference: string | null;
  readonly reason: string | null;
  readonly details: Readonly<Record<string, string>>;
}

export const stateAfter = (steps: readonly Step[]): ProjectState => steps.at(-1)?.state ?? 'draft';

/** The day on which the notification was received: nothing of that day or earlier counts. Null before, and once void. */
export const receivedOn = (steps: readonly Step[]): Day | null => {
  if (['notification_void', 'withdrawn', 'mandate_ended', 'refused'].includes(stateAfter(steps))) return null;
  return steps.findLast(step => step.command === 'notify')?.happenedOn ?? null;
};

/** Last day that may be credited, as the latest step that names one says: a fuel market or the end of the method may set it. */
export const creditableUntil = (steps: readonly Step[]): Day | null => {
  const named = steps.findLast(step => isDay(step.details['creditable_until'] ?? ''));
  return (named?.details['creditable_until'] as Day | undefined) ?? null;
};

export const needsOf = (command: ProjectCommand): readonly Needed[] => transitions[command].needs;

/** Commands that the table allows from here; their needs are judged apart. */
export const commandsFrom = (state: ProjectState): readonly ProjectCommand[] =>
  commands.filter(command => transitions[command].from.includes(state));

export interface Attempt {
  readonly command: ProjectCommand;
  readonly happenedOn: Day;
  readonly reference?: string | undefined;
  readonly reason?: string | undefined;
  readonly details?: Readonly<Record<string, string>> | undefined;
}

/** What is known when someone attempts a step. */
export interface ProjectFacts {
  readonly steps: readonly Step[];
  readonly today: Day;
  readonly mandates: number;
  /** Ten tonnes, and ten spaces or thirty users, as the method counts them. */
  readonly gaugeReached: boolean;
  /** Is every presence of the claim later than the receipt of the notification? */
  readonly allAfterReceipt: boolean;
}

/** Longest life of monitoring in days: three years. */
const longestMonitoring_days = 3 * 365;

const missing: Readonly<Record<Needed, (attempt: Attempt, facts: ProjectFacts) => Refusal | null>> = {
  mandates: (_, { mandates }) => (mandates === 0 ? words.noMandate : null),
  gauge: (_, { gaugeReached }) => (gaugeReached ? null : words.gaugeNotReached),
  presences_after_receipt: (_, { allAfterReceipt }) => (allAfterReceipt ? null : words.presenceBeforeReceipt),
  reference: ({ reference }) => (reference?.trim() ? null : words.referenceMissing),
  reason: ({ reason }) => (reason?.trim() ? null : words.reasonMissing),
  report: ({ details }) => (details?.['report']?.trim() ? null : words.reportMissing),
  auditor: ({ details }) => {
    const stated = ['independent', 'impartial', 'competent'].every(word => details?.[word] === 'yes');
    return stated && details?.['auditor']?.trim() ? null : words.auditorMissing;
  },
  year_and_use: ({ details }) =>
    /^\d{4}$/.test(details?.['year'] ?? '') && details?.['use']?.trim() ? null : words.yearAndUseMissing,
};

/** The first reason why a step may not be taken: out of order, out of time, then what it lacks, in the table's order. */
export function stepRefusal(attempt: Attempt, facts: ProjectFacts): Refusal | null {
  const state = stateAfter(facts.steps);
  const { from, needs } = transitions[attempt.command];
  if (!from.includes(state)) return words.notFromHere(attempt.command, state);
  const last = facts.steps.at(-1)?.happenedOn;
  if (attempt.happenedOn > facts.today || (last !== undefined && attempt.happenedOn < last)) return words.outOfTime;
  if (attempt.command === 'continue' && !mayContinue(attempt.happenedOn, facts.steps)) return words.tooLong;
  return needs.map(need => missing[need](attempt, facts)).find(why => why !== null) ?? null;
}

const mayContinue = (on: Day, steps: readonly Step[]): boolean => {
  const began = steps.find(step => step.command === 'start_monitoring')?.happenedOn;
  return began === undefined || daysBetween(began, on) <= longestMonitoring_days;
};

/** A space in a project, and from which day its presences may count. */
export interface Member {
  readonly spaceId: string;
  readonly notifiedOn: Day | null;
  readonly endedOn: Day | null;
}

/** Longest time between the first and the last individual notification of a collective project. */
const notificationSpan_days = 365;

/**
 * How many members the one change of a list may touch once notified: a tenth, rounded up, of twenty or more; two of two to
 * nineteen; none of one alone.
 */
export const changeableMembers = (members: number): number =>
  members >= 20 ? Math.ceil(members / 10) : members >= 2 ? 2 : 0;

export interface MembersChange {
  readonly state: ProjectState;
  readonly changesBefore: number;
  readonly members: readonly Member[];
  /** Spaces that come and go. */
  readonly touched: number;
  readonly notifiedOn: Day;
}

/** The first reason why the list of members may not change so; before notification it is free. */
export function membersRefusal({ state, changesBefore, members, touched, notifiedOn }: MembersChange): Refusal | null {
  if (state === 'draft') return null;
  if (!beforeVerified.includes(state)) return words.listClosed;
  const current = members.filter(member => member.endedOn === null);
  const allowed = changeableMembers(current.length);
  if (changesBefore > 0) return words.listAlreadyChanged;
  if (touched > allowed) return words.tooManyChanges(allowed);
  const days = [...current.flatMap(member => member.notifiedOn ?? []), notifiedOn].sort();
  return daysBetween(days[0]!, days.at(-1)!) > notificationSpan_days ? words.notificationsTooFarApart : null;
}

/** First day on which presences of a member may count: the day after the later of both receipts. */
export const countsFrom = (member: Member, received: Day | null): Day | null => {
  if (received === null || member.notifiedOn === null) return null;
  return addDays(member.notifiedOn > received ? member.notifiedOn : received, 1);
};
