import type { Refusal } from '../kernel/outcome.ts';
import { type TargetFacts, targetProblem } from '../kernel/target.ts';
import { words } from './words.ts';

const refusals = { bad_url: words.badUrl, private_address: words.privateTarget } as const;

/** Why nothing may be sent to an address as it is written; null when it may. */
export function targetRefusal(url: string, facts: TargetFacts): Refusal | null {
  const problem = targetProblem(url, facts);
  return problem && refusals[problem];
}
