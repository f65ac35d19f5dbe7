/** Fewest people behind any published part. */
export const leastPeople = 6;

/** A number of people that anyone may deduce: nobody, or enough of them. */
export const isSafe = (people: number): boolean => people === 0 || Math.abs(people) >= leastPeople;

/** One part of a total, and whom it is made of. */
export interface Part<T> {
  readonly of: T;
  /** Pseudonyms, or any ids that count once: they are never published. */
  readonly people: ReadonlySet<string>;
}

export interface Disclosed<T> {
  readonly shown: readonly T[];
  /** What may only be told together. */
  readonly hidden: readonly T[];
}

/** People behind some parts, each once. */
export const together = (parts: readonly Part<unknown>[]): number =>
  new Set(parts.flatMap(part => [...part.people])).size;

/**
 * Which parts of a published total may be told apart. A part with fewer than `least` people is hidden; then, so that
 * subtracting what is shown from the total tells nobody apart either, the smallest remaining parts join it until what is
 * hidden is at least two parts and `least` people. `order` decides between parts of one size.
 */
export function disclosed<T>(
  parts: readonly Part<T>[],
  { least = leastPeople, order }: { readonly least?: number; readonly order: (of: T) => string },
): Disclosed<T> {
  const bySize = [...parts].sort((a, b) => a.people.size - b.people.size || (order(a.of) < order(b.of) ? -1 : 1));
  let count = bySize.filter(part => part.people.size < least).length;
  // A lone hidden part has fewer than `least` people, so what is hidden is always two parts or more.
  const isSafe = (hidden: readonly Part<T>[]) => hidden.length === 0 || together(hidden) >= least;
  while (count < bySize.length && !isSafe(bySize.slice(0, count))) count++;
  const hidden = new Set(bySize.slice(0, count));
  return {
    shown: parts.filter(part => !hidden.has(part)).map(part => part.of),
    hidden: parts.filter(part => hidden.has(part)).map(part => part.of),
  };
}
