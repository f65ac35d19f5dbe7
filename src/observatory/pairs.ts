import { groupBy } from '../kernel/group.ts';
import { disclosed, type Part } from './disclosure.ts';

/** A grouping of communes (EPCI), by its code in the State's list. */
export interface Area {
  readonly code: string;
  readonly name: string;
}

/** Where someone lives and where their workplace is, and who employs them as far as a declaration names a site. */
export interface Pair {
  readonly home: Area;
  readonly work: Area;
  readonly employer: string | null;
}

/** A presence as pairs need it: whose, where, for how long, between what. */
export interface PairedPresence {
  readonly person: string;
  readonly spaceId: string;
  readonly halves: 1 | 2;
  /** Null when nothing tells: no declaration, an erased home, a commune of no grouping. */
  readonly pair: Pair | null;
}

/** Half-days spent in a space by those who live in one area and work in another, or in the same. */
export interface PairDays {
  readonly home: Area;
  readonly work: Area;
  readonly halves: number;
}

/** Who employs each person, as far as their presences of the month tell. */
export function employersOf(presences: readonly PairedPresence[]): ReadonlyMap<string, ReadonlySet<string>> {
  const employers = new Map<string, Set<string>>();
  for (const { person, pair } of presences) {
    if (pair?.employer) employers.set(person, (employers.get(person) ?? new Set()).add(pair.employer));
  }
  return employers;
}

const keyOf = ({ home, work }: PairDays | Pair): string => `${home.code} ${work.code}`;

const partOf = (presences: readonly PairedPresence[], cellOf: (spaceId: string) => string): Part<PairDays | null> => {
  const within = new Map<string, Set<string>>();
  for (const { person, spaceId } of presences) {
    within.set(cellOf(spaceId), (within.get(cellOf(spaceId)) ?? new Set()).add(person));
  }
  const pair = presences[0]?.pair ?? null;
  const halves = presences.reduce((sum, one) => sum + one.halves, 0);
  return {
    of: pair && { home: pair.home, work: pair.work, halves },
    people: new Set(presences.map(one => one.person)),
    within,
  };
};

/**
 * The pairs that may be told apart, the largest first, and the half-days of all others. Spaces are told already, those of
 * `shown` one by one: nothing of a pair may be held against them to tell a few people apart.
 */
export function pairsOf(
  presences: readonly PairedPresence[],
  {
    shown,
    isEnough,
  }: { readonly shown: ReadonlySet<string>; readonly isEnough: (people: ReadonlySet<string>) => boolean },
): { readonly pairs: readonly PairDays[]; readonly otherPairs: { readonly halves: number } } {
  const cellOf = (spaceId: string) => (shown.has(spaceId) ? spaceId : 'other spaces');
  const groups = groupBy(presences, ({ pair }) => (pair === null ? '' : keyOf(pair)));
  const parts = [...groups.values()].map(group => partOf(group, cellOf));
  const told = disclosed(parts, { isEnough, order: one => (one === null ? '' : keyOf(one)) }).shown;
  const pairs = told.flatMap(pair => pair ?? []).sort((a, b) => b.halves - a.halves || (keyOf(a) < keyOf(b) ? -1 : 1));
  const all = presences.reduce((sum, one) => sum + one.halves, 0);
  return { pairs, otherPairs: { halves: pairs.reduce((rest, pair) => rest - pair.halves, all) } };
}
