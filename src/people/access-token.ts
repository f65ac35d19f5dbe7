import type { Refusal } from '../kernel/outcome.ts';
import type { Scope } from '../kernel/scope.ts';
import { addDays, type Day } from '../kernel/time.ts';
import { terms } from './sign-in.ts';
import { words } from './words.ts';

/** How every token of a program begins: whoever finds one in a file knows what it is. */
export const tokenPrefix = 'parvis_pat_';

export const isAccessToken = (token: string): boolean => token.startsWith(tokenPrefix);

export interface TokenAsked {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Its last day, in Paris. */
  readonly until: Day;
}

interface TokenFacts {
  readonly today: Day;
  /** Every scope that the API has. */
  readonly known: readonly Scope[];
  /** True when a token asks, not a person. */
  readonly byToken: boolean;
}

/** Why such a token is not made; null when it is. */
export function tokenRefusal(
  { name, scopes, until }: TokenAsked,
  { today, known, byToken }: TokenFacts,
): Refusal | null {
  if (byToken) return words.tokenByToken();
  if (name.trim() === '' || name.trim().length > 100) return words.badTokenName();
  if (scopes.length === 0) return words.unknownScope('');
  const unknown = scopes.find(scope => !known.some(one => one === scope));
  if (unknown !== undefined) return words.unknownScope(unknown);
  return until < today || until >= addDays(today, terms.token_days) ? words.badTokenEnd() : null;
}
