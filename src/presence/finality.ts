import { type Instant, isBefore } from '../kernel/time.ts';
import type { Axes, Axis, AxisStatus, EvidenceClass, Finality } from './attestation.ts';

/** What one rule said once. */
export interface Verdict {
  readonly ruleId: string;
  readonly ruleVersion: string;
  readonly axis: Axis;
  readonly status: Exclude<AxisStatus, 'pending'>;
  readonly inputSha256: string;
  readonly recordedAt: Instant;
}

/** The published clock, in hours from the record (never earlier than the end of the day it speaks of). */
export const clock = { checking_hours: 24, provisional_hours: 48, creditable_hours: 7 * 24 } as const;

const axes: readonly Axis[] = ['acquisition', 'fraud', 'anomaly'];

const worst = (statuses: readonly AxisStatus[]): AxisStatus =>
  (['blocked', 'pending', 'review'] as const).find(status => statuses.includes(status)) ?? 'passed';

/** The last word of each rule: a later run, on new inputs or in a new version, replaces the one before. */
const lastWords = (verdicts: readonly Verdict[]): ReadonlyMap<string, Verdict> => {
  const last = new Map<string, Verdict>();
  for (const verdict of verdicts) {
    const before = last.get(verdict.ruleId);
    if (!before || isBefore(before.recordedAt, verdict.recordedAt)) last.set(verdict.ruleId, verdict);
  }
  return last;
};

/** Each axis is as good as its worst rule; a rule that has not spoken leaves its axis pending. */
export function axesOf(
  verdicts: readonly Verdict[],
  required: readonly { readonly id: string; readonly axis: Axis }[],
): Axes {
  const last = lastWords(verdicts);
  const statusOf = (axis: Axis) =>
    worst(required.filter(rule => rule.axis === axis).map(rule => last.get(rule.id)?.status ?? 'pending'));
  return Object.fromEntries(axes.map(axis => [axis, statusOf(axis)])) as unknown as Axes;
}

export interface Standing {
  readonly evidenceClass: EvidenceClass;
  readonly recordedAt: Instant;
  readonly reversed: boolean;
  readonly contested: boolean;
  readonly axes: Axes;
}

/**
 * Where a presence stands at a moment. It waits in `checking` as long as a check has not completed, however late it is;
 * a contest keeps it from being creditable; only class C with three passed axes ever is. Whether the trip it replaced is
 * known is for the rooms above to add.
 */
export function finalityAt(standing: Standing, now: Instant): Finality {
  const { recordedAt, evidenceClass, reversed, contested } = standing;
  const statuses = Object.values(standing.axes) as AxisStatus[];
  const age_hours = (now.epochMilliseconds - recordedAt.epochMilliseconds) / 3_600_000;
  const before = (hours: number) => age_hours < hours;
  if (reversed) return 'reversed';
  if (before(clock.checking_hours)) return 'captured';
  if (before(clock.provisional_hours) || statuses.includes('pending')) return 'checking';
  if (statuses.includes('blocked')) return 'blocked';
  const passed = statuses.every(status => status === 'passed');
  const settled = !before(clock.creditable_hours) && !contested && passed && evidenceClass === 'C';
  return settled ? 'creditable' : 'provisional';
}
