import { type Bilingual, same } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import { type Day, firstDay, mondayOf, monthOf } from '../kernel/time.ts';
import type { AttestationId, EvidenceClass } from './attestation.ts';
import { type Judge, type RuleOfTrips, rules, rulesOfTrips } from './rules/catalogue.ts';
import type { Finding } from './rules/rule.ts';

/** A finding that waits for someone, on a presence told by its pseudonym alone. */
export interface Anomaly {
  readonly attestationId: AttestationId;
  readonly pseudonym: string;
  readonly spaceId: Id<'spc'>;
  readonly day: Day;
  readonly evidenceClass: EvidenceClass;
  readonly judge: Judge;
  readonly finding: Finding;
}

/** Findings of one rule with one status; those of a space's rule apart for each space and period. */
export interface AnomalyGroup {
  readonly ruleId: string;
  readonly judge: Judge;
  readonly status: 'review' | 'blocked';
  readonly site: { readonly spaceId: Id<'spc'>; readonly from: Day } | null;
  /** The newest first. */
  readonly anomalies: readonly Anomaly[];
}

/** Rules about a space rather than someone in it, and the period that they look at. */
const periods: Readonly<Record<string, (day: Day) => Day>> = {
  F16: day => firstDay(monthOf(day)),
  F17: mondayOf,
};

const siteOf = ({ finding, spaceId, day }: Anomaly): AnomalyGroup['site'] => {
  const period = periods[finding.rule];
  return period ? { spaceId, from: period(day) } : null;
};

const newestFirst = (a: Anomaly, b: Anomaly): number =>
  a.day === b.day ? (a.attestationId < b.attestationId ? -1 : 1) : a.day < b.day ? 1 : -1;

/** What is under review or blocked, by rule: the group with the newest day first. */
export function groupsOf(anomalies: readonly Anomaly[]): readonly AnomalyGroup[] {
  const groups = new Map<string, AnomalyGroup & { readonly anomalies: Anomaly[] }>();
  for (const anomaly of anomalies.toSorted(newestFirst)) {
    const { rule, status } = anomaly.finding;
    if (status !== 'review' && status !== 'blocked') continue;
    const site = siteOf(anomaly);
    const key = `${rule} ${anomaly.judge} ${status} ${site ? `${site.spaceId} ${site.from}` : ''}`;
    const group = groups.get(key);
    if (group) group.anomalies.push(anomaly);
    else groups.set(key, { ruleId: rule, judge: anomaly.judge, status, site, anomalies: [anomaly] });
  }
  return [...groups.values()];
}

const told = (ruleId: string, judge: Judge): RuleOfTrips | undefined => {
  const catalogue: readonly RuleOfTrips[] = judge === 'presence' ? rules : rulesOfTrips;
  return catalogue.find(({ id }) => id === ruleId);
};

/** How a rule is called, whoever judges it. */
export const titleOf = (ruleId: string, judge: Judge): Bilingual => told(ruleId, judge)?.title ?? same(ruleId);

/** What the person concerned can do about it. */
export const adviceOn = (ruleId: string, judge: Judge): Bilingual => told(ruleId, judge)?.advice ?? same('');
