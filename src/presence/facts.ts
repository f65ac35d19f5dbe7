import { unique } from '../kernel/group.ts';
import type { Id } from '../kernel/ids.ts';
import { addDays, type Day, mondayOf } from '../kernel/time.ts';
import type { OpenDay, Resource } from '../spaces/spaces.ts';
import type { AttestationId } from './attestation.ts';
import { type EmployerDay, ordinary, type PresenceFacts } from './rules/facts.ts';
import { type Thresholds, whole } from './rules/thresholds.ts';
import { factsSeen, type Reading, type Roads, type Seen, type SeenFacts } from './sightings.ts';
import { sigmaMinutes, usualOf } from './volume.ts';

/** What is counted of a presence. */
export interface Standing {
  readonly attestationId: AttestationId;
  readonly pseudonym: string;
  readonly spaceId: Id<'spc'>;
  readonly day: Day;
  readonly halves: 1 | 2;
}

/** A standing presence of the days in question, and whether it is to be judged. */
export interface OnTheDay extends Standing {
  readonly manual: boolean;
  readonly due: boolean;
  /** How often this room has judged it so far. */
  readonly revision: number;
}

/** What was read around the presences to judge. Keys are `a b` of the two ids or days named. */
export interface Surroundings {
  /** Every standing presence of the same days, in the order of their records. */
  readonly sameDays: readonly OnTheDay[];
  readonly resources: readonly Resource[];
  readonly openDays: readonly OpenDay[];
  readonly seen: Seen;
  readonly roads: Roads;
  /** By space and day, in milliseconds from midnight UTC of the day. */
  readonly dayEnds_ms: ReadonlyMap<string, number>;
  readonly confirmed: ReadonlySet<string>;
  readonly sharing: ReadonlyMap<string, readonly AttestationId[]>;
  /** Days of people whose week has too many, by pseudonym: in order. */
  readonly fullWeeks: ReadonlyMap<string, readonly Day[]>;
  /** Times of arrival of people with enough of them, by pseudonym: the latest first. */
  readonly arrivals: ReadonlyMap<string, readonly { readonly day: Day; readonly time_s: number }[]>;
  readonly employerDays: ReadonlyMap<string, EmployerDay>;
  /** Times during which someone ran a space or was close to who did, by pseudonym and space. */
  readonly staff: ReadonlyMap<string, readonly Term[]>;
  readonly months: ReadonlyMap<string, { readonly manualBefore: number; readonly presences: number }>;
  /** Halves by space and Monday; and the first day of each space. */
  readonly weeks: ReadonlyMap<string, number>;
  readonly firstDays: ReadonlyMap<string, Day>;
  readonly exemptions: readonly Exemption[];
  readonly valuesOn: (day: Day) => Thresholds;
}

/** From a first day to the one before the last; without a last, still. */
export interface Term {
  readonly from: Day;
  readonly until: Day | null;
}

/** A rule set aside for a space or a person, for a time. */
export interface Exemption extends Term {
  readonly ruleId: string;
  readonly spaceId: string | null;
  readonly pseudonym: string | null;
}

/** Other presences on which a finding rests, by rule. */
export type Others = Readonly<Partial<Record<string, readonly AttestationId[]>>>;

/** The facts of one presence, and the other presences on which a finding of some rule rests. */
export interface Gathered {
  readonly presence: OnTheDay;
  readonly facts: Partial<PresenceFacts>;
  /** Asked for when something was found. */
  readonly with: () => Others;
}

type Told = { -readonly [Name in keyof PresenceFacts]?: PresenceFacts[Name] };

/** Tells a fact that is not ordinary. One by one: a million presences are told, and few have anything to tell. */
const tell = <Name extends keyof PresenceFacts>(facts: Told, name: Name, value: PresenceFacts[Name]): void => {
  if (value !== ordinary[name]) facts[name] = value;
};

const tellAll = (facts: Told, told: Partial<PresenceFacts>): void => {
  Object.assign(facts, told);
};

const plus = (counts: Map<string, number>, key: string, more: number): number => {
  const sum = (counts.get(key) ?? 0) + more;
  counts.set(key, sum);
  return sum;
};

const openHalves = ({ parts }: OpenDay): number => Number(parts.morning !== null) + Number(parts.afternoon !== null);

/** A space's week against its usual: the same for all who came in it. */
function volumeOf(spaceId: string, day: Day, { weeks, firstDays, valuesOn }: Surroundings): Told {
  const monday = mondayOf(day);
  const first = firstDays.get(spaceId);
  const mondays = Array.from({ length: whole(valuesOn(day).volume_weeks) }, (_, n) => addDays(monday, -7 * (n + 1)));
  const compared = mondays.filter(one => first !== undefined && one >= mondayOf(first));
  const usual = usualOf(compared.map(one => weeks.get(`${spaceId} ${one}`) ?? 0));
  return {
    week_halves: weeks.get(`${spaceId} ${monday}`) ?? 0,
    usual_halves_x2: usual.median_x2,
    usual_deviation_x4: usual.deviation_x4,
    usual_weeks: compared.length,
  };
}

/** One space on one day: what all its presences share, and how full it is so far. */
interface SpaceDay {
  readonly facts: Told;
  readonly month: { readonly manualBefore: number; readonly presences: number } | undefined;
  /** What check-ins are read with. */
  readonly reading: Reading;
  halves: number;
  manual: number;
}

function spaceDays(around: Surroundings): (spaceId: string, day: Day) => SpaceDay {
  const places = new Map<string, number>();
  for (const { spaceId, capacity } of around.resources) plus(places, spaceId, capacity);
  const open = new Map(around.openDays.map(o => [`${o.spaceId} ${o.day}`, openHalves(o)]));
  const known = new Map<string, SpaceDay>();
  return (spaceId, day) => {
    const key = `${spaceId} ${day}`;
    const before = known.get(key);
    if (before) return before;
    const spaceDay = {
      facts: {
        space_halves_most: 2 * (places.get(spaceId) ?? 0),
        open_halves: open.get(key) ?? 0,
        ...volumeOf(spaceId, day, around),
      },
      month: around.months.get(key),
      reading: {
        seen: around.seen,
        roads: around.roads,
        confirmed: around.confirmed,
        values: around.valuesOn(day),
        dayEnds_ms: around.dayEnds_ms.get(key) ?? 0,
      },
      halves: 0,
      manual: 0,
    };
    known.set(key, spaceDay);
    return spaceDay;
  };
}

function arrivalsOf({ pseudonym, day }: Standing, arrivals: Surroundings['arrivals'], values: Thresholds): Told {
  const own = arrivals.get(pseudonym);
  if (!own) return {};
  const needed = whole(values.arrival_days);
  const before = own.filter(one => one.day <= day).slice(0, needed);
  if (before.length < needed) return {};
  return { arrival_days: needed, arrival_sigma_min: sigmaMinutes(before.map(one => one.time_s)) };
}

const weekDaysOf = ({ pseudonym, day }: Standing, fullWeeks: Surroundings['fullWeeks']): number => {
  const days = fullWeeks.get(pseudonym);
  return days ? days.filter(one => one >= mondayOf(day) && one <= day).length : 0;
};

const holdsOn = (day: Day, { from, until }: Term): boolean => from <= day && (until === null || day < until);

const setAside = ({ pseudonym, spaceId, day }: Standing, exemptions: readonly Exemption[]): readonly string[] =>
  exemptions
    .filter(one => (one.spaceId === spaceId || one.pseudonym === pseudonym) && holdsOn(day, one))
    .map(one => one.ruleId)
    .toSorted();

const isStaff = ({ pseudonym, spaceId, day }: Standing, staff: Surroundings['staff']): boolean =>
  staff.size > 0 && (staff.get(`${pseudonym} ${spaceId}`)?.some(term => holdsOn(day, term)) ?? false);

type PersonDays = ReadonlyMap<string, readonly OnTheDay[]>;

/** Other presences on which findings of a presence may rest, by rule. */
function othersOf(
  { attestationId, pseudonym, day }: OnTheDay,
  personDays: PersonDays,
  { others, sharing }: { readonly others: SeenFacts['others']; readonly sharing: readonly AttestationId[] },
): Others {
  const ofPerson = (who: string): readonly AttestationId[] =>
    (personDays.get(`${who} ${day}`) ?? []).map(one => one.attestationId).filter(id => id !== attestationId);
  const ofAll = (sightings: SeenFacts['others']['F05'] = []) =>
    unique(sightings.map(one => one.pseudonym)).flatMap(ofPerson);
  const elsewhere = ofPerson(pseudonym);
  return {
    F01: elsewhere,
    F02: elsewhere,
    F03: elsewhere,
    F05: ofAll(others.F05),
    F07: sharing,
    F09: ofAll(others.F09),
  };
}

const byPersonDay = (sameDays: readonly OnTheDay[]): PersonDays => {
  const days = new Map<string, OnTheDay[]>();
  for (const one of sameDays) {
    const key = `${one.pseudonym} ${one.day}`;
    const own = days.get(key);
    if (own) own.push(one);
    else days.set(key, [one]);
  }
  return days;
};

const nothingMore: SeenFacts['others'] = {};

const nothingShared: readonly AttestationId[] = [];

/** What the rules may know of one presence, besides what its check-ins show. */
function tellOwn(facts: Told, presence: OnTheDay, here: SpaceDay, around: Surroundings): void {
  const { attestationId, pseudonym, day, manual } = presence;
  tell(facts, 'halves', presence.halves);
  tell(facts, 'space_halves_so_far', here.halves);
  tell(facts, 'manual', manual);
  if (manual && here.month) {
    tell(facts, 'month_manual_so_far', here.month.manualBefore + here.manual);
    tell(facts, 'month_presences', here.month.presences);
  }
  tell(facts, 'week_days', weekDaysOf(presence, around.fullWeeks));
  tell(facts, 'evidence_shared_with', (around.sharing.get(attestationId) ?? nothingShared).length);
  tell(facts, 'staff', isStaff(presence, around.staff));
  if (around.employerDays.size > 0)
    tell(facts, 'employer_day', around.employerDays.get(`${pseudonym} ${day}`) ?? 'nothing');
  if (around.exemptions.length > 0) tell(facts, 'exempt', setAside(presence, around.exemptions));
}

/** Counts, for each presence to judge, what the rules may know. Presences come in the order of their records. */
export function gather(around: Surroundings): readonly Gathered[] {
  const personDays = byPersonDay(around.sameDays);
  const spaceDay = spaceDays(around);
  const gathered: Gathered[] = [];
  for (const presence of around.sameDays) {
    const { spaceId, day } = presence;
    const here = spaceDay(spaceId, day);
    here.halves += presence.halves;
    here.manual += Number(presence.manual);
    if (!presence.due) continue;
    const personDay = `${presence.pseudonym} ${day}`;
    const facts: Told = {};
    tellAll(facts, here.facts);
    tellOwn(facts, presence, here, around);
    const own = personDays.get(personDay)!;
    const halves = own.length === 1 ? presence.halves : own.reduce((sum, one) => sum + one.halves, 0);
    tell(facts, 'person_day_halves', halves);
    const seen = factsSeen(presence, around.seen.ofPersonDay.get(personDay), here.reading);
    tell(facts, 'seen', seen !== null);
    if (seen !== null) {
      tellAll(facts, seen.facts);
      tellAll(facts, arrivalsOf(presence, around.arrivals, here.reading.values));
    }
    const found = {
      others: seen?.others ?? nothingMore,
      sharing: around.sharing.get(presence.attestationId) ?? nothingShared,
    };
    gathered.push({ presence, facts, with: () => othersOf(presence, personDays, found) });
  }
  return gathered;
}
