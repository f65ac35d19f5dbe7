/** Fewest people behind any published part. */
export const leastPeople = 6;

/** A number of people that anyone may deduce: nobody, or enough of them. */
export const isSafe = (people: number): boolean => people === 0 || Math.abs(people) >= leastPeople;

/** One part of a total, and whom it is made of. */
export interface Part<T> {
  readonly of: T;
  /** Pseudonyms, or any ids that count once: they are never published. */
  readonly people: ReadonlySet<string>;
  /** The same people by cell of another division of the same total, already told: someone may be in several. */
  readonly within?: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface Disclosed<T> {
  readonly shown: readonly T[];
  /** What may only be told together. */
  readonly hidden: readonly T[];
}

/** People behind some parts, each once. */
export const together = (parts: readonly Part<unknown>[]): number =>
  new Set(parts.flatMap(part => [...part.people])).size;

const areSix = (people: ReadonlySet<string>): boolean => people.size >= leastPeople;

/**
 * Are these people enough whoever looks, an employer that knows its own staff too? Each employer has six of them or more, those
 * that have fewer counted together; and without any one employer's, nobody or six are left.
 */
export const areEnough =
  (employersOf: ReadonlyMap<string, ReadonlySet<string>>) =>
  (people: ReadonlySet<string>): boolean => {
    const staffs = new Map<string, Set<string>>();
    for (const person of people) {
      for (const employer of employersOf.get(person) ?? []) {
        staffs.set(employer, (staffs.get(employer) ?? new Set()).add(person));
      }
    }
    const large = new Set([...staffs.values()].filter(areSix).flatMap(staff => [...staff]));
    return (
      areSix(people) &&
      isSafe(people.size - large.size) &&
      [...staffs.values()].every(staff => isSafe(people.size - staff.size))
    );
  };

/** Everyone is in one cell, and in those of what is told already. */
const cellsOf = ({ people, within }: Part<unknown>): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map([['everyone', people], ...(within ?? [])]);

/**
 * Which parts of a published total may be told apart. A part of too few people, or of too few within a cell already told, is
 * hidden; then, so that subtracting what is shown from the total or from any such cell tells nobody apart either, the smallest
 * parts left there join it until what is hidden is of enough people everywhere. `order` decides between parts of one size.
 */
export function disclosed<T>(
  parts: readonly Part<T>[],
  {
    isEnough = areSix,
    order,
  }: { readonly isEnough?: (people: ReadonlySet<string>) => boolean; readonly order: (of: T) => string },
): Disclosed<T> {
  const bySize = [...parts].sort((a, b) => a.people.size - b.people.size || (order(a.of) < order(b.of) ? -1 : 1));
  const cells = [...new Set(parts.flatMap(part => [...cellsOf(part).keys()]))];
  const shown = new Set(bySize.filter(part => [...cellsOf(part).values()].every(isEnough)));
  const isThere = (cell: string) => (part: Part<T>) => cellsOf(part).has(cell);
  const tellsApart = (cell: string): boolean => {
    const rest = bySize.filter(part => !shown.has(part)).flatMap(part => [...(cellsOf(part).get(cell) ?? [])]);
    return rest.length > 0 && !isEnough(new Set(rest)) && [...shown].some(isThere(cell));
  };
  for (let cell = cells.find(tellsApart); cell !== undefined; cell = cells.find(tellsApart)) {
    shown.delete([...shown].find(isThere(cell))!);
  }
  return {
    shown: parts.filter(part => shown.has(part)).map(part => part.of),
    hidden: parts.filter(part => !shown.has(part)).map(part => part.of),
  };
}
