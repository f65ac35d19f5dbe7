import type { Id } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import { isCoded, type Method } from './evidence.ts';
import type { Hop, PresenceFacts } from './rules/facts.ts';
import { type Thresholds, whole } from './rules/thresholds.ts';

/** A check-in as the rules' facts need it: under a pseudonym, its time counted from midnight UTC of its day. */
export interface Sighting {
  readonly pseudonym: string;
  readonly spaceId: Id<'spc'>;
  readonly day: Day;
  readonly method: Method;
  readonly kioskId: Id<'ksk'> | null;
  readonly counter: number | null;
  readonly at_ms: number;
  readonly device: string | null;
  readonly clock_skew_s: number | null;
}

/** A host's line and a person's own word are dated by when they were written: they say nothing of an hour. */
const isSigned = ({ method }: Sighting): boolean => isCoded(method) || method === 'kiosk_name';

const minute_ms = 60_000;
const hour_ms = 3_600_000;

interface Stay {
  readonly spaceId: Id<'spc'>;
  readonly from_ms: number;
  readonly to_ms: number;
}

/** From the first to the last signed check-in in each space. */
const staysOf = (signed: readonly Sighting[]): readonly Stay[] =>
  [...new Set(signed.map(one => one.spaceId))].map(spaceId => {
    const times = signed.filter(one => one.spaceId === spaceId).map(one => one.at_ms);
    return { spaceId, from_ms: Math.min(...times), to_ms: Math.max(...times) };
  });

/** Minutes of a stay in one space that were also spent in another, rounded up. */
function overlapOf(spaceId: Id<'spc'>, signed: readonly Sighting[]): number {
  const stays = staysOf(signed);
  const own = stays.find(stay => stay.spaceId === spaceId);
  const shared = stays
    .filter(stay => own !== undefined && stay.spaceId !== spaceId)
    .map(stay => Math.min(own!.to_ms, stay.to_ms) - Math.max(own!.from_ms, stay.from_ms));
  return Math.max(0, ...shared.map(ms => Math.ceil(ms / minute_ms)));
}

/** Two spaces between which someone was seen to go. */
export interface Pair {
  readonly from: Id<'spc'>;
  readonly to: Id<'spc'>;
}

/** Consecutive check-ins of one person's day in two spaces, in the order of time. */
export const movesOf = (ofDay: readonly Sighting[]): readonly (Pair & { readonly elapsed_ms: number })[] => {
  const signed = ofDay.filter(isSigned).toSorted((a, b) => a.at_ms - b.at_ms);
  return signed.slice(1).flatMap((to, i) => {
    const from = signed[i]!;
    return from.spaceId === to.spaceId
      ? []
      : [{ from: from.spaceId, to: to.spaceId, elapsed_ms: to.at_ms - from.at_ms }];
  });
};

/** Fastest road by pair, `from to`; absent as long as no engine has answered. */
export type Roads = ReadonlyMap<string, number>;

const hopsOf = (spaceId: Id<'spc'>, ofDay: readonly Sighting[], roads: Roads): readonly Hop[] =>
  movesOf(ofDay)
    .filter(move => move.from === spaceId || move.to === spaceId)
    .map(({ from, to, elapsed_ms }) => ({
      elapsed_min: Math.ceil(elapsed_ms / minute_ms),
      road_s: roads.get(`${from} ${to}`) ?? null,
    }));

/** Codes of one kiosk that a person gave later than a newer one. */
const backwards = (own: readonly Sighting[]): number => {
  const coded = own.filter(one => one.counter !== null).toSorted((a, b) => a.at_ms - b.at_ms);
  return coded.filter((one, i) =>
    coded.slice(0, i).some(before => before.kioskId === one.kioskId && before.counter! > one.counter!),
  ).length;
};

const peopleOf = (sightings: readonly Sighting[]): number => new Set(sightings.map(one => one.pseudonym)).size;

/** Everyone whom the devices of these check-ins noted on that day. */
const onDevices = (own: readonly Sighting[], ofDevice: ReadonlyMap<string, readonly Sighting[]>): readonly Sighting[] =>
  [...new Set(own.flatMap(one => one.device ?? []))].flatMap(device => ofDevice.get(`${own[0]!.day} ${device}`) ?? []);

/** The most people whom one device noted within some minutes around someone's own check-ins. */
function soonOn(own: readonly Sighting[], sharing: readonly Sighting[], within_ms: number): number {
  const around = (one: Sighting) =>
    sharing.filter(other => other.device === one.device && Math.abs(other.at_ms - one.at_ms) <= within_ms);
  return Math.max(0, ...own.filter(one => one.device !== null).map(one => peopleOf(around(one))));
}

/** What was seen on some days, arranged for those who ask presence by presence. */
export interface Seen {
  readonly ofPersonDay: ReadonlyMap<string, readonly Sighting[]>;
  readonly ofDevice: ReadonlyMap<string, readonly Sighting[]>;
  /** Sightings that have two others or more within the same seconds, with everyone in that group. */
  readonly groups: ReadonlyMap<Sighting, readonly Sighting[]>;
}

const gathered = (
  sightings: readonly Sighting[],
  keyOf: (one: Sighting) => string | null,
): ReadonlyMap<string, Sighting[]> => {
  const groups = new Map<string, Sighting[]>();
  for (const one of sightings) {
    const key = keyOf(one);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
};

/** Groups of one space and day: each run of check-ins that fits within some seconds, the largest around each. */
function groupsIn(ofSpaceDay: readonly Sighting[], within_ms: number): readonly [Sighting, readonly Sighting[]][] {
  const found = new Map<Sighting, readonly Sighting[]>();
  const sorted = ofSpaceDay.toSorted((a, b) => a.at_ms - b.at_ms);
  for (let first = 0, last = 0; first < sorted.length; first++) {
    while (last < sorted.length && sorted[last]!.at_ms - sorted[first]!.at_ms <= within_ms) last++;
    if (last - first < 2) continue;
    const run = sorted.slice(first, last);
    for (const one of run) if (peopleOf(run) > peopleOf(found.get(one) ?? [])) found.set(one, run);
  }
  return [...found];
}

export function seenFrom(sightings: readonly Sighting[], within: (day: Day) => Thresholds): Seen {
  const ofSpaceDay = gathered(sightings.filter(isSigned), one => `${one.spaceId} ${one.day}`);
  return {
    ofPersonDay: gathered(sightings, one => `${one.pseudonym} ${one.day}`),
    ofDevice: gathered(sightings, one => (one.device === null ? null : `${one.day} ${one.device}`)),
    groups: new Map(
      [...ofSpaceDay.values()].flatMap(all =>
        all.length < 2 ? [] : groupsIn(all, whole(within(all[0]!.day).group_seconds) * 1_000),
      ),
    ),
  };
}

/** Facts of check-ins for one presence that are not ordinary, with the others whom they are shared with. */
export interface SeenFacts {
  readonly facts: Partial<PresenceFacts>;
  /** By rule: others on the same device or in the same group. */
  readonly others: Readonly<Partial<Record<'F05' | 'F09', readonly Sighting[]>>>;
}

interface Asked {
  readonly attestationId: string;
  readonly spaceId: Id<'spc'>;
}

/** What check-ins of one space and day are read with. */
export interface Reading {
  readonly seen: Seen;
  readonly roads: Roads;
  readonly values: Thresholds;
  /** End of the day on the space's own wall, in milliseconds from midnight UTC of that day. */
  readonly dayEnds_ms: number;
  /** Presences that their person has confirmed. */
  readonly confirmed: ReadonlySet<string>;
}

/** Words said on a list or by the person: how late the first came, and whether both sides gave theirs. */
function saidBy(own: readonly Sighting[], dayEnds_ms: number, confirmed: boolean): SeenFacts['facts'] {
  const late = own.map(one => (isSigned(one) ? 0 : Math.max(0, Math.ceil((one.at_ms - dayEnds_ms) / hour_ms))));
  const methods = new Set(own.map(one => one.method));
  const hours_late = Math.min(...late);
  const person = confirmed || methods.has('own_declaration') || methods.has('kiosk_name');
  // Only a late word needs the other one: said in time, the question is not asked.
  return hours_late === 0 ? {} : { hours_late, countersigned: person && methods.has('host_list') };
}

function onDevice(own: readonly Sighting[], sharing: readonly Sighting[], values: Thresholds): SeenFacts['facts'] {
  return {
    device_people_soon: soonOn(own, sharing, whole(values.device_minutes) * minute_ms),
    device_people_day: peopleOf(sharing),
    clock_skew_s: Math.max(0, ...own.map(one => Math.abs(one.clock_skew_s ?? 0))),
  };
}

const nothingElse: SeenFacts = { facts: {}, others: {} };

/** A single code, alone in its seconds, on no known device: most check-ins are. */
const isPlain = (ofDay: readonly Sighting[], groups: Seen['groups']): boolean => {
  const only = ofDay[0]!;
  const bare = only.device === null && only.clock_skew_s === null && isSigned(only);
  return ofDay.length === 1 && bare && !groups.has(only);
};

/** What the check-ins of a person's day show of one presence; null when none is left of it. */
export function factsSeen(
  { attestationId, spaceId }: Asked,
  ofDay: readonly Sighting[] | undefined,
  { seen, roads, values, dayEnds_ms, confirmed }: Reading,
): SeenFacts | null {
  if (ofDay === undefined) return null;
  if (isPlain(ofDay, seen.groups) && ofDay[0]!.spaceId === spaceId) return nothingElse;
  const own = ofDay.filter(one => one.spaceId === spaceId);
  if (own.length === 0) return null;
  const sharing = onDevices(own, seen.ofDevice);
  const groups = own.map(one => seen.groups.get(one) ?? []);
  const group = groups.reduce((largest, one) => (peopleOf(one) > peopleOf(largest) ? one : largest), []);
  const moved = own.length < ofDay.length;
  return {
    facts: {
      ...(moved && { overlap_min: overlapOf(spaceId, ofDay.filter(isSigned)), hops: hopsOf(spaceId, ofDay, roads) }),
      ...(own.length > 1 && { codes_backwards: backwards(own) }),
      ...saidBy(own, dayEnds_ms, confirmed.has(attestationId)),
      ...onDevice(own, sharing, values),
      group_people: Math.max(1, peopleOf(group)),
    },
    others: { F05: sharing, F09: group },
  };
}
