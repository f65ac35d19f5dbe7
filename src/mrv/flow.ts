import { groupBy } from '../kernel/group.ts';
import { type MonthPresence, type Reason, reasonsOf, tripMetres } from './line.ts';

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
  /** Credited presences that replaced a day at the office. */
  readonly office: Part;
  /** Credited presences that replaced a day at home: nothing avoided, and the way to the space counts against. */
  readonly home: Part;
}

interface Part {
  readonly presences: number;
  readonly trip_m: bigint;
}

/** What one place loses for one reason. */
export interface LeakAt extends Part {
  readonly spaceId: string;
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
  'no_scheme',
] as const;

const tally = (some: readonly MonthPresence[]) => ({
  presences: some.length,
  trip_m: some.reduce((sum, presence) => sum + tripMetres(presence), 0n),
});

type Destiny = Leak['reason'] | 'office' | 'home';

const isUndecided = ({ standing }: MonthPresence) => standing === 'pending' || standing === 'waiting';

/** Presences by where they end. */
function destinies(presences: readonly MonthPresence[]): ReadonlyMap<Destiny, readonly MonthPresence[]> {
  const reasons = reasonsOf(
    presences.filter(presence => !isUndecided(presence)),
    new Set(),
  );
  const endOf = (presence: MonthPresence): Destiny => {
    const reason = reasons.get(presence.presenceId);
    if (reason === undefined) return presence.standing === 'waiting' ? 'waiting' : 'pending';
    if (reason !== 'credited') return reason;
    return presence.trip?.replaced === 'home' ? 'home' : 'office';
  };
  return groupBy(presences, endOf);
}

/** Where each kilometre of a month goes, closed or not. Its parts add up to the whole, in presences and in metres. */
export function flowOf(presences: readonly MonthPresence[]): Flow {
  const ends = destinies(presences);
  const leaks = order.flatMap(reason => {
    const some = ends.get(reason);
    return some ? [{ reason, ...tally(some) }] : [];
  });
  return { ...tally(presences), leaks, office: tally(ends.get('office') ?? []), home: tally(ends.get('home') ?? []) };
}

/** One leak told by place, the largest first: where to go and mend it. No person is named or counted apart. */
export function leakByPlace(presences: readonly MonthPresence[], reason: Leak['reason']): readonly LeakAt[] {
  const some = destinies(presences).get(reason) ?? [];
  return [...groupBy(some, presence => presence.spaceId)]
    .map(([spaceId, there]) => ({ spaceId, ...tally(there) }))
    .sort((a, b) => b.presences - a.presences || (a.spaceId < b.spaceId ? -1 : 1));
}
