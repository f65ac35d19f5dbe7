import { type MonthPresence, personDayOf, type Reason, reasonFor, tripMetres } from './line.ts';

/** One place where kilometres leave the flow, with its count and its metres. */
export interface Leak {
  readonly reason: Exclude<Reason, 'credited'> | 'pending' | 'waiting';
  readonly presences: number;
  readonly trip_m: bigint;
}

/** From presences to claims: what came in, what left on the way and why, what is credited. */
export interface Flow {
  readonly presences: number;
  readonly trip_m: bigint;
  /** In the order in which presences meet them; empty ones are left out. */
  readonly leaks: readonly Leak[];
  readonly credited: { readonly presences: number; readonly trip_m: bigint };
}

const order = [
  'pending',
  'waiting',
  'blocked',
  'evidence_too_weak',
  'no_trip',
  'estimated_distance',
  'replaced_unknown',
  'replaced_other',
  'second_of_the_day',
] as const;

const tally = (some: readonly MonthPresence[]) => ({
  presences: some.length,
  trip_m: some.reduce((sum, presence) => sum + tripMetres(presence), 0n),
});

/** Where each kilometre of a month goes, closed or not. Its parts add up to the whole, in presences and in metres. */
export function flowOf(presences: readonly MonthPresence[]): Flow {
  const seen = new Set<string>();
  const byReason = new Map<Reason | 'pending' | 'waiting', MonthPresence[]>();
  for (const presence of [...presences].sort((a, b) => (a.presenceId < b.presenceId ? -1 : 1))) {
    const personDay = personDayOf(presence);
    const { standing } = presence;
    const undecided = standing === 'pending' || standing === 'waiting';
    const reason = undecided ? standing : reasonFor(presence, seen.has(personDay));
    if (reason === 'credited') seen.add(personDay);
    byReason.set(reason, [...(byReason.get(reason) ?? []), presence]);
  }
  const leaks = order.flatMap(reason => {
    const some = byReason.get(reason);
    return some ? [{ reason, ...tally(some) }] : [];
  });
  return { ...tally(presences), leaks, credited: tally(byReason.get('credited') ?? []) };
}
