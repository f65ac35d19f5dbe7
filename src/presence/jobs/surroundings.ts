import { unique } from '../../kernel/group.ts';
import { addDays, type Day, localDay, mondayOf, wallTime, weekday } from '../../kernel/time.ts';
import { staffOf } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import type { RoadRouter } from '../../platform/roads/roads.ts';
import { openIntervals, resourcesOf, type Space, seatKinds, spacesByIds } from '../../spaces/spaces.ts';
import { type EmployerCode, employerDayOf } from '../day-codes.ts';
import type { OnTheDay, Surroundings, Term } from '../facts.ts';
import { type Thresholds, whole } from '../rules/thresholds.ts';
import { movesOf, type Pair, type Seen, seenFrom } from '../sightings.ts';
import { selectLinks } from '../store/attestation.ts';
import * as around from '../store/surroundings.ts';

// What the rules need to know around the presences to judge: read once for all of them.

const idsOf = (list: readonly { readonly attestationId: string }[]): readonly string[] =>
  list.map(one => one.attestationId);

/** Opens the road engine, when a rule needs a road that nobody has asked for yet. */
export type OpenRoads = () => Promise<RoadRouter>;

export type ValuesOn = (day: Day) => Thresholds;

/** Asks for the roads between spaces where someone was seen on one day; what no engine answers stays unknown. */
async function roadsBetween(
  work: Work,
  pairs: readonly Pair[],
  { open, spaces }: { readonly open: OpenRoads | null; readonly spaces: readonly Space[] },
): Promise<ReadonlyMap<string, number>> {
  const known = new Map(await around.selectRoads(work, pairs));
  const unknown = pairs.filter(({ from, to }) => !known.has(`${from} ${to}`));
  if (unknown.length === 0 || open === null) return known;
  const router = await open();
  const asked: around.SpaceRoad[] = [];
  for (const { from, to } of unknown) {
    const [start, end] = [from, to].map(id => spaces.find(space => space.spaceId === id));
    const answer = start && end && (await router.route(start.place, end.place, 'car', 'fastest'));
    if (!answer?.ok) continue;
    const { seconds, engine, engine_version, data_sha256 } = answer.value;
    asked.push({ from, to, seconds: Math.round(seconds), engine, engine_version, data_sha256 });
  }
  if (asked.length > 0) await around.insertRoads(work, asked);
  for (const { from, to, seconds } of asked) known.set(`${from} ${to}`, seconds);
  return known;
}

/** Each pair of spaces once, of people seen in two of them on one day. */
const pairsIn = ({ ofPersonDay }: Seen): readonly Pair[] => {
  const moves = [...ofPersonDay.values()].filter(all => all.length > 1).flatMap(movesOf);
  return [...new Map(moves.map(({ from, to }) => [`${from} ${to}`, { from, to }])).values()];
};

/** Who runs the spaces, and who is close to them, under their pseudonyms. */
async function staffIn(work: Work, spaces: readonly Space[]): Promise<Surroundings['staff']> {
  const spaceIds = spaces.map(space => space.spaceId);
  const held = await staffOf(work, [...spaceIds, ...unique(spaces.map(space => space.managerId))]);
  const links = await selectLinks(work, { personIds: unique(held.map(one => one.personId)) });
  const pseudonyms = new Map(links.map(link => [link.personId, link.pseudonym]));
  const terms = new Map<string, Term[]>();
  const note = (pseudonym: string | undefined, spaceId: string, term: Term) => {
    if (pseudonym === undefined) return;
    const key = `${pseudonym} ${spaceId}`;
    terms.set(key, [...(terms.get(key) ?? []), term]);
  };
  for (const { spaceId, managerId, zone } of spaces) {
    for (const { personId, from, until } of held.filter(one => one.scope === spaceId || one.scope === managerId)) {
      // A role that ends during a day was held on that day.
      const last = until === null ? null : addDays(localDay(until, zone), 1);
      note(pseudonyms.get(personId), spaceId, { from: localDay(from, zone), until: last });
    }
  }
  for (const { pseudonym, spaceId, from, until } of await around.selectRelatives(work, spaceIds))
    note(pseudonym, spaceId, { from, until });
  return terms;
}

const employerDays = (codes: readonly { pseudonym: string; day: Day; code: EmployerCode }[]) => {
  const given = new Map<string, EmployerCode[]>();
  for (const { pseudonym, day, code } of codes) {
    const key = `${pseudonym} ${day}`;
    given.set(key, [...(given.get(key) ?? []), code]);
  }
  return new Map([...given].map(([key, list]) => [key, employerDayOf(list)]));
};

/** Milliseconds from midnight UTC of a day to its end on the wall of a space. */
const dayEnd_ms = (day: Day, zone: string): number =>
  wallTime(addDays(day, 1), 0, zone).epochMilliseconds - Date.parse(`${day}T00:00:00Z`);

/** Days for which arrivals are compared: check-ins do not live longer. */
const arrivalsKept_days = 92;

/** Reads the check-ins of some days, and the roads between spaces where one person was seen. */
async function seenOn(work: Work, { days, valuesOn, open }: Judging) {
  const sightings = await around.selectSightings(work, days);
  const spaces = await spacesByIds(work, unique(sightings.map(one => one.spaceId)));
  const seen = seenFrom(sightings, valuesOn);
  const { from, to } = { from: addDays(days.at(-1)!, -arrivalsKept_days), to: days.at(-1)! };
  const least = Math.min(...days.map(day => whole(valuesOn(day).arrival_days)));
  return {
    seen,
    roads: await roadsBetween(work, pairsIn(seen), { open, spaces }),
    arrivals: await around.selectArrivals(work, { from, to, least, among: days }),
  };
}

/** Presences whose person has another one on that day. */
function withTwins(sameDays: readonly OnTheDay[]): readonly OnTheDay[] {
  const counts = new Map<string, number>();
  for (const { pseudonym, day } of sameDays)
    counts.set(`${pseudonym} ${day}`, (counts.get(`${pseudonym} ${day}`) ?? 0) + 1);
  return sameDays.filter(one => one.due && counts.get(`${one.pseudonym} ${one.day}`)! > 1);
}

/** A week has too many days on its last ones only: on a Friday nobody has come six times. */
async function fullWeeks(work: Work, { days, valuesOn }: Judging): Promise<ReadonlyMap<string, readonly Day[]>> {
  const late = days.filter(day => weekday(day) > whole(valuesOn(day).week_days));
  if (late.length === 0) return new Map();
  const most = Math.min(...late.map(day => whole(valuesOn(day).week_days)));
  return around.selectFullWeeks(work, { from: mondayOf(late[0]!), to: late.at(-1)!, most });
}

/** How full the spaces' months and weeks are. */
async function volumesAround(work: Work, due: readonly OnTheDay[], { days, valuesOn }: Judging) {
  const spaceIds = unique(due.map(one => one.spaceId));
  const weeks_back = Math.max(...days.map(day => whole(valuesOn(day).volume_weeks)));
  const byHand = due.filter(one => one.manual).map(({ spaceId, day }) => ({ spaceId, day }));
  const months = [...new Map(byHand.map(one => [`${one.spaceId} ${one.day}`, one])).values()];
  return {
    months: months.length === 0 ? new Map() : await around.selectMonths(work, months),
    ...(await around.selectVolumes(work, {
      from: addDays(mondayOf(days[0]!), -7 * weeks_back),
      to: addDays(mondayOf(days.at(-1)!), 6),
      spaceIds,
    })),
  };
}

export interface Judging {
  readonly days: readonly Day[];
  readonly valuesOn: ValuesOn;
  /** Null where no road may be asked for: what rests on an unknown one waits. */
  readonly open: OpenRoads | null;
}

/** Reads what the rules need to know around the presences to judge, and no more. */
export async function surroundingsOf(
  work: Work,
  sameDays: readonly OnTheDay[],
  judging: Judging,
): Promise<Surroundings> {
  const { days, valuesOn } = judging;
  const due = sameDays.filter(one => one.due);
  const spaceIds = unique(due.map(one => one.spaceId));
  const spaces = await spacesByIds(work, spaceIds);
  const twins = withTwins(sameDays);
  const byHand = due.filter(one => one.manual);
  return {
    sameDays,
    valuesOn,
    ...(await seenOn(work, judging)),
    resources: (await resourcesOf(work, spaceIds)).filter(one => seatKinds.includes(one.kind)),
    openDays: await openIntervals(work, { spaceIds, days }),
    dayEnds_ms: new Map(
      spaces.flatMap(({ spaceId, zone }) => days.map(day => [`${spaceId} ${day}`, dayEnd_ms(day, zone)])),
    ),
    confirmed: byHand.length === 0 ? new Set() : await around.selectConfirmed(work, idsOf(byHand)),
    sharing: twins.length === 0 ? new Map() : await around.selectSharing(work, idsOf(twins)),
    fullWeeks: await fullWeeks(work, judging),
    employerDays: employerDays(await around.selectCodes(work, days)),
    staff: await staffIn(work, spaces),
    ...(await volumesAround(work, due, judging)),
    exemptions: await around.selectExemptions(work),
  };
}
