import type { Id } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';

export type DecisionKind = 'label' | 'refuse' | 'suspend' | 'reinstate' | 'withdraw';

/** One line of the decisions of a space, which only grow. */
export interface Decision {
  readonly spaceId: Id<'spc'>;
  /** 1, 2, 3… without a gap. */
  readonly sequence: number;
  readonly kind: DecisionKind;
  readonly decidedOn: Day;
  /** First day on which the label no longer holds; only a `label` has one. */
  readonly validUntil: Day | null;
  readonly gridVersion: string | null;
  readonly reason: string;
}

export type LabelState = 'none' | 'candidate' | 'labelled' | 'suspended' | 'expired' | 'refused' | 'withdrawn';

/** Where a space stands with the label on a day. */
export interface Label {
  readonly spaceId: Id<'spc'>;
  readonly state: LabelState;
  /** The day from which it stands so; null when it never asked. */
  readonly since: Day | null;
  readonly validUntil: Day | null;
  readonly gridVersion: string | null;
}

type Standing = Omit<Label, 'spaceId'>;

const never: Standing = { state: 'none', since: null, validUntil: null, gridVersion: null };

/** One decision after another. A refused renewal leaves a label that still holds; nothing revives a withdrawn one. */
const after = (label: Standing, decision: Decision): Standing => {
  const since = decision.decidedOn;
  switch (decision.kind) {
    case 'label':
      return { state: 'labelled', since, validUntil: decision.validUntil, gridVersion: decision.gridVersion };
    case 'refuse':
      return label.state === 'labelled' || label.state === 'suspended'
        ? label
        : { state: 'refused', since, validUntil: null, gridVersion: decision.gridVersion };
    case 'suspend':
      return label.state === 'labelled' ? { ...label, state: 'suspended', since } : label;
    case 'reinstate':
      return label.state === 'suspended' ? { ...label, state: 'labelled', since } : label;
    case 'withdraw':
      return label.state === 'none' ? label : { ...label, state: 'withdrawn', since, validUntil: null };
  }
};

const expiredOn = (label: Standing, day: Day): Standing =>
  label.validUntil !== null && label.validUntil <= day && (label.state === 'labelled' || label.state === 'suspended')
    ? { ...label, state: 'expired', since: label.validUntil }
    : label;

/** What is known of one space: its decisions, and its application that awaits one. */
export interface LabelFacts {
  readonly spaceId: Id<'spc'>;
  readonly decisions: readonly Decision[];
  readonly application: { readonly appliedOn: Day; readonly gridVersion: string } | null;
}

/** The label of a space on a day: its decisions up to that day, folded in order, then the calendar, then what is asked. */
export function labelOn({ spaceId, decisions, application }: LabelFacts, day: Day): Label {
  const held = decisions
    .filter(d => d.decidedOn <= day)
    .toSorted((a, b) => a.sequence - b.sequence)
    .reduce((label, decision) => after(expiredOn(label, decision.decidedOn), decision), never);
  const label = expiredOn(held, day);
  const waits = application !== null && application.appliedOn <= day;
  if (!waits || label.state === 'labelled' || label.state === 'suspended') return { spaceId, ...label };
  return {
    spaceId,
    state: 'candidate',
    since: application.appliedOn,
    validUntil: null,
    gridVersion: application.gridVersion,
  };
}
