import { type Instant, localDay } from '../kernel/time.ts';
import type { OpenDay, Resource, Space, Tariff } from '../spaces/spaces.ts';
import { type Asked, type Booking, isExpired } from './claim.ts';
import type { DatedPolicy } from './policy.ts';
import { type Facts, type Held, type Judgement, judge, type Place } from './rules.ts';

/** Everything read for a list of requests. */
export interface Known {
  readonly spaces: readonly Space[];
  readonly resources: readonly Resource[];
  readonly openDays: readonly OpenDay[];
  readonly tariffs: readonly Tariff[];
  readonly policies: readonly DatedPolicy[];
  readonly bookings: readonly Booking[];
  /** `space person` of those who left too many places empty there. */
  readonly struck?: ReadonlySet<string>;
}

/** Lists by key; kept apart from what was given, so that they may grow. */
const by = <T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) put(groups, key(item), item);
  return groups;
};

const put = <T>(groups: Map<string, T[]>, key: string, item: T): void => {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
};

const spaceDay = (held: { readonly spaceId: string; readonly day: string }): string => `${held.spaceId} ${held.day}`;

/**
 * Judges requests in their order, each counting what those before it were given. What is given here is not yet theirs:
 * the database decides.
 */
export function allot(requests: readonly Asked[], known: Known, now: Instant): readonly Judgement[] {
  const { factsOf, give } = lookup(known, now);
  return requests.map(asked => {
    const judgement = judge(asked, factsOf(asked), now);
    if (judgement.ok) give(heldBy(asked, judgement.place));
    return judgement;
  });
}

/** What is known of each request, and of what those before it were given. */
export function lookup(known: Known, now: Instant) {
  const spaces = new Map(known.spaces.map(s => [s.spaceId as string, s]));
  const spaceNames = new Map(known.spaces.map(s => [s.spaceId as string, s.name]));
  const resources = by(known.resources, r => r.spaceId);
  const openDays = new Map(known.openDays.map(o => [spaceDay(o), o]));
  const standing = known.bookings.filter(booking => !isExpired(booking, now));
  const there = by<Held>(standing, spaceDay);
  const own = by<Held>(standing, b => b.personId);
  const factsOf = (asked: Asked): Facts => {
    const space = spaces.get(asked.spaceId);
    return {
      space,
      resources: resources.get(asked.spaceId) ?? [],
      openDay: openDays.get(spaceDay(asked)),
      policies: known.policies,
      today: space === undefined ? asked.day : localDay(now, space.zone),
      there: there.get(spaceDay(asked)) ?? [],
      own: own.get(asked.personId) ?? [],
      spaceNames,
      struck: known.struck?.has(`${asked.spaceId} ${asked.personId}`) ?? false,
    };
  };
  const give = (held: Held): void => {
    put(there, spaceDay(held), held);
    put(own, held.personId, held);
  };
  return { factsOf, give };
}

const heldBy = (
  { personId, spaceId, day, part, guestId, hours = null }: Asked,
  { resource, during, freeAgain }: Place,
): Held => ({
  personId,
  spaceId,
  resourceId: resource.resourceId,
  kind: resource.kind,
  guestId: guestId ?? null,
  day,
  part,
  hours,
  during,
  freeAgain,
});
