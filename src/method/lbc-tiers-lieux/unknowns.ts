import { type UnknownWords, unknownWords } from './words.ts';

/** What `certifying` asks of an unknown: a signed value, a clause of a contract, or nothing. */
export type Demand = 'required' | 'contract' | 'none';

/** A point of the approved method that public sources do not settle, and what `demo` does meanwhile. */
export interface Unknown extends UnknownWords {
  readonly id: `U${number}`;
  readonly certifying: Demand;
}

/** Everything else is required. */
const demands: Readonly<Record<string, Demand>> = { U20: 'contract', U22: 'none' };

export const unknowns: readonly Unknown[] = Object.entries(unknownWords).map(([id, words]) => ({
  id: id as Unknown['id'],
  certifying: demands[id] ?? 'required',
  ...words,
}));

/** The required values that nobody has entered and signed yet. */
export const missingFor = (entered: ReadonlySet<string>): readonly Unknown[] =>
  unknowns.filter(({ id, certifying }) => certifying === 'required' && !entered.has(id));
