import type { Bilingual } from '../../kernel/bilingual.ts';
import { type Canonical, hashOf } from '../../kernel/canonical.ts';
import { type Rational, text } from '../../kernel/rational.ts';
import type { AttestationId, Axis } from '../attestation.ts';

/**
 * What one rule says. `noted` lets pass and tells why the figures are what they are; `pending` is a rule that could not
 * complete, for want of something it needs: the presence waits.
 */
export type RuleStatus = 'passed' | 'noted' | 'pending' | 'review' | 'blocked';

/** Facts are counts, flags and minutes: never a name, a space, an operator or an hour. */
export type Facts = { readonly [name: string]: Canonical };

export interface Rule<F extends object, T> {
  readonly id: string;
  /** Changes whenever the judgement may. */
  readonly version: string;
  readonly axis: Axis;
  readonly title: Bilingual;
  /** Told from the values in force. */
  readonly threshold: (values: T) => Bilingual;
  /** What the person concerned can do about it. */
  readonly advice: Bilingual;
  /** Exactly what the judgement rests on. */
  readonly reads: readonly (keyof F & string)[];
  readonly judge: (facts: F, values: T) => RuleStatus;
}

/** What a rule found that is worth keeping. */
export interface Finding {
  readonly rule: string;
  readonly version: string;
  readonly axis: Axis;
  readonly status: Exclude<RuleStatus, 'passed'>;
  /** Other presences that it rests on: a second place, a shared device. */
  readonly with?: readonly AttestationId[];
}

/** All that the rules of one judge said on the same facts. */
export interface Judged {
  /** The facts that are not ordinary: what is kept. */
  readonly facts: Facts;
  readonly factsSha256: string;
  readonly findings: readonly Finding[];
}

/** The rules of one judge with the values of one day. */
export interface Bench<F extends object, T> {
  readonly rules: readonly Rule<F, T>[];
  readonly values: T;
  /** The facts of a presence of which there is nothing to say: a fact with its ordinary value is not kept. */
  readonly ordinary: F;
  /** Rules that a dated exemption sets aside for this presence. */
  readonly exempt?: (facts: F) => readonly string[];
}

/** Names the rules, their versions and the values in force: the same catalogue and facts always give the same judgement. */
export const catalogueHash = <F extends object, T extends object>({ rules, values }: Bench<F, T>): string =>
  hashOf({
    rules: rules.map(({ id, version }) => `${id} ${version}`),
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(value as Rational)])),
  });

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Only what is not ordinary. */
function compact<F extends object>(facts: Partial<F>, ordinary: F): Facts {
  const kept: Record<string, Canonical> = {};
  for (const name in facts) {
    const value = facts[name];
    if (value !== ordinary[name] && !isEmpty(value)) kept[name] = value as Canonical;
  }
  return kept;
}

/** A rule that fails has not completed: it stops its own presence, and no other. */
function saidBy<F extends object, T>(rule: Rule<F, T>, facts: F, values: T): RuleStatus {
  try {
    return rule.judge(facts, values);
  } catch {
    return 'pending';
  }
}

function findingsOn<F extends object, T>(facts: F, { rules, values, exempt }: Bench<F, T>): readonly Finding[] {
  const aside = exempt?.(facts) ?? [];
  return rules.flatMap(rule => {
    const said = saidBy(rule, facts, values);
    const status = said !== 'passed' && aside.includes(rule.id) ? 'noted' : said;
    return status === 'passed' ? [] : [{ rule: rule.id, version: rule.version, axis: rule.axis, status }];
  });
}

/** The facts as the rules read them, from what was kept. */
export const wholeFacts = <F extends object>(kept: Facts, ordinary: F): F => ({ ...ordinary, ...kept });

/**
 * Judges presence after presence; a fact that is not told is ordinary. Most presences differ by a few small counts: facts
 * met before are neither judged nor hashed again.
 */
export function judging<F extends object, T>(bench: Bench<F, T>): (facts: Partial<F>) => Judged {
  const known = new Map<string, Judged>();
  return told => {
    const facts = compact(told, bench.ordinary);
    const key = JSON.stringify(facts);
    const before = known.get(key);
    if (before) return before;
    const findings = findingsOn(wholeFacts(facts, bench.ordinary), bench);
    const judged = { facts, factsSha256: hashOf(facts), findings };
    known.set(key, judged);
    return judged;
  };
}
