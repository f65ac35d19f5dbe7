import type { AttestationId, Axes, Axis, AxisStatus } from './attestation.ts';
import type { Judge } from './rules/catalogue.ts';
import type { Finding, RuleStatus } from './rules/rule.ts';

export const axisNames: readonly Axis[] = ['acquisition', 'fraud', 'anomaly'];

const nothingSaid: Axes = { acquisition: 'pending', fraud: 'pending', anomaly: 'pending' };

/** The worst of what rules say; a rule that has not completed outweighs all but a block. */
const worst = (statuses: readonly AxisStatus[]): AxisStatus =>
  (['blocked', 'pending', 'review'] as const).find(status => statuses.includes(status)) ?? 'passed';

const onAxis = (status: RuleStatus): AxisStatus => (status === 'noted' ? 'passed' : status);

/** The three axes after every rule has spoken: what is not found is passed. */
export const axesOf = (findings: readonly Pick<Finding, 'axis' | 'status'>[]): Axes =>
  perAxis(axis => worst(findings.filter(one => one.axis === axis).map(one => onAxis(one.status))));

const perAxis = (statusOf: (axis: Axis) => AxisStatus): Axes => ({
  acquisition: statusOf('acquisition'),
  fraud: statusOf('fraud'),
  anomaly: statusOf('anomaly'),
});

/** Two judges on one presence: each axis is as good as the worse of them; one that has not spoken keeps it waiting. */
export const bothAxes = (own: Axes | null, trip: Axes | null): Axes =>
  perAxis(axis => worst([(own ?? nothingSaid)[axis], (trip ?? nothingSaid)[axis]]));

/** What someone decided on a finding, on these very facts. */
export interface Decision {
  readonly judge: Judge;
  readonly factsSha256: string;
  readonly rule: string;
  /** One operator lets a review pass or blocks it; two set a finding aside whatever it is. */
  readonly kind: 'let_pass' | 'block' | 'override';
}

const decided = (finding: Finding, kind: Decision['kind'] | undefined): Finding => {
  const passes = kind === 'override' || (kind === 'let_pass' && finding.status === 'review');
  if (passes) return { ...finding, status: 'noted' };
  return kind === 'block' && finding.status === 'review' ? { ...finding, status: 'blocked' } : finding;
};

/** A judge's findings under the last decision on each. New facts are another question: they open it again. */
export const afterDecisions = (
  { judge, factsSha256, findings }: { judge: Judge; factsSha256: string; findings: readonly Finding[] },
  decisions: readonly Decision[],
): readonly Finding[] =>
  findings.map(finding => {
    const last = decisions.findLast(
      one => one.judge === judge && one.factsSha256 === factsSha256 && one.rule === finding.rule,
    );
    return decided(finding, last?.kind);
  });

/**
 * Axes as three letters in their order, so that a million presences stay small: `w` waits, `p` passed, `r` under review,
 * `b` blocked. `ppr`: all is well but an anomaly to look at.
 */
export type Letters = string;

const letterOf: Readonly<Record<AxisStatus, string>> = { pending: 'w', passed: 'p', review: 'r', blocked: 'b' };
const statusBy = new Map(Object.entries(letterOf).map(([status, letter]) => [letter, status as AxisStatus]));

export const lettersOf = (axes: Axes): Letters => axisNames.map(axis => letterOf[axes[axis]]).join('');

export const axesFrom = (letters: Letters): Axes =>
  perAxis(axis => statusBy.get(letters[axisNames.indexOf(axis)]!) ?? 'pending');

// There are few letters and many presences: each pair is read once.
const readBefore = new Map<string, Axes>();

/** The axes of a presence from the letters of both judges. */
export const axesFromBoth = (own: Letters, trip: Letters): Axes => {
  const key = own + trip;
  const known = readBefore.get(key);
  if (known) return known;
  const axes = bothAxes(axesFrom(own), axesFrom(trip));
  readBefore.set(key, axes);
  return axes;
};

/** What stands of one judge's word: the axes and the rules that block. */
export interface Standing {
  readonly attestationId: AttestationId;
  readonly letters: Letters;
  readonly blockedBy: readonly string[];
}

export const standingAfter = (findings: readonly Finding[]): Pick<Standing, 'letters' | 'blockedBy'> => ({
  letters: lettersOf(axesOf(findings)),
  blockedBy: findings.filter(one => one.status === 'blocked').map(one => one.rule),
});
