import type { Refusal } from '../kernel/outcome.ts';
import type { Instant } from '../kernel/time.ts';
import type { FreeDesks } from './availability.ts';
import type { Asked } from './claim.ts';
import { type Facts, lookAt, type RuleName, ruleNames, rules } from './rules.ts';

/** One rule, and what it said; a rule after the one that refused was not asked. */
export interface Step {
  readonly rule: RuleName | 'payable';
  readonly said: 'passed' | 'refused' | 'not_asked';
  readonly refusal: Refusal | null;
}

/** Why a request would be granted or refused: every rule in its order; null in a space that does not exist. */
export function traceOf(
  asked: Asked,
  facts: Facts,
  { now, next }: { readonly now: Instant; readonly next: readonly FreeDesks[] },
): readonly Step[] | null {
  const looked = lookAt(asked, facts, now);
  if (looked === null) return null;
  let refused = false;
  const asks = ruleNames.filter(rule => asked.guestId !== undefined || !rule.startsWith('guest_'));
  return asks.map((rule): Step => {
    if (refused) return { rule, said: 'not_asked', refusal: null };
    const said = rules[rule](looked);
    if (said === null) return { rule, said: 'passed', refusal: null };
    refused = true;
    return { rule, said: 'refused', refusal: typeof said === 'function' ? said(next) : said };
  });
}
