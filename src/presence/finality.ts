import type { Axes, AxisStatus, EvidenceClass, Finality } from './attestation.ts';
import { type Thresholds, whole } from './rules/thresholds.ts';

/** The published clock in seconds, from the record (never earlier than the end of the day it speaks of). */
export interface Clock {
  readonly checking_s: number;
  readonly provisional_s: number;
  readonly creditable_s: number;
}

const hour_s = 3_600;

export const clockOf = (values: Thresholds): Clock => ({
  checking_s: whole(values.checking_hours) * hour_s,
  provisional_s: whole(values.provisional_hours) * hour_s,
  creditable_s: whole(values.creditable_days) * 24 * hour_s,
});

export interface Judgeable {
  readonly evidenceClass: EvidenceClass;
  /** Seconds since the record. */
  readonly age_s: number;
  readonly reversed: boolean;
  readonly contested: boolean;
  readonly axes: Axes;
}

const has = ({ acquisition, fraud, anomaly }: Axes, status: AxisStatus): boolean =>
  acquisition === status || fraud === status || anomaly === status;

/**
 * Where a presence stands at a moment. It waits in `checking` as long as a check has not completed, however late it is;
 * a contest keeps it from being creditable; only class C with three passed axes ever is. Whether the trip it replaced is
 * known is for the rooms above to add.
 */
export function finalityAt({ evidenceClass, age_s, reversed, contested, axes }: Judgeable, clock: Clock): Finality {
  if (reversed) return 'reversed';
  if (age_s < clock.checking_s) return 'captured';
  if (age_s < clock.provisional_s || has(axes, 'pending')) return 'checking';
  if (has(axes, 'blocked')) return 'blocked';
  const passed = !has(axes, 'review');
  const settled = age_s >= clock.creditable_s && !contested && passed && evidenceClass === 'C';
  return settled ? 'creditable' : 'provisional';
}

/**
 * What a presence is to the accounts of a month: `pending` may still change by itself, `waiting` waits for someone's word,
 * `blocked` and `settled` are decided. A weaker class never becomes creditable by waiting: it is settled, and counts for nothing.
 */
export type ClosingStanding = 'pending' | 'waiting' | 'blocked' | 'settled';

export function closingStandingAt(one: Omit<Judgeable, 'reversed'>, clock: Clock): ClosingStanding {
  const finality = finalityAt({ ...one, reversed: false }, clock);
  if (finality === 'blocked') return 'blocked';
  if (finality === 'creditable') return 'settled';
  if (finality !== 'provisional') return 'pending';
  if (one.contested || has(one.axes, 'review')) return 'waiting';
  return one.evidenceClass === 'C' ? 'pending' : 'settled';
}
