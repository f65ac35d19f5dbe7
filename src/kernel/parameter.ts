import type { Bilingual } from './bilingual.ts';

/** A number that a network may set: its unit, where its first value comes from, and what it changes. */
export interface ParameterSheet {
  readonly title: Bilingual;
  /** `hours`, `days`, `people`…; `share` for an exact fraction between 0 and 1, `ratio` for any other. */
  readonly unit: string;
  /** A whole number as text, or an exact fraction like `"31/100"`. */
  readonly initial: string;
  /** Smallest and largest values that make sense, both allowed. */
  readonly from: string;
  readonly to: string;
  /** `sourced`: the text named says so. `product`: our own choice, never shown as an official rule. */
  readonly status: 'sourced' | 'product';
  readonly source: Bilingual;
  /** What reads it. */
  readonly usedBy: Bilingual;
}

/** Ours until the first spaces teach better. */
const toBeSet: Bilingual = {
  fr: 'choix de notre part, à régler sur les dix premiers espaces',
  en: 'a choice of ours, to be set on the first ten spaces',
};

/** A threshold that we chose: `range` is the least, the first and the greatest value. */
export const ownThreshold = (
  title: Bilingual,
  unit: string,
  range: readonly [from: string, initial: string, to: string],
  usedBy: Bilingual,
): ParameterSheet => {
  const [from, initial, to] = range;
  return { title, unit, initial, from, to, status: 'product', source: toBeSet, usedBy };
};
