import { groupBy } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Day } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { parameterList, parametersByDay } from '../../platform/parameters/parameters.ts';
import { catalogueHash, halfOfficeDays, judging, recordJudgements, whole } from '../../presence/presence.ts';
import type { Baseline, BaselineId } from '../baseline.ts';
import { nothingCounted, tripFacts } from '../findings.ts';
import type { KnownLeg } from '../legs.ts';
import { byBaseline } from '../route.ts';
import { benchWith, rules, sheets, type TripFacts } from '../rules.ts';
import { selectReplaced } from '../store/baseline.ts';
import { selectDifferences } from '../store/recount.ts';
import { selectAudits, selectLegs } from '../store/route.ts';
import type { Trip } from '../trip.ts';

// The word of this room on presences, said to the room of presences as soon as trips are counted.

/** Thresholds that a network may set for the rules on trips. */
export const parameters = parameterList('commute', sheets);

type CurrentTrip = Omit<Trip, 'recordedAt'>;

export interface ToJudge {
  readonly trips: readonly CurrentTrip[];
  readonly baselines: ReadonlyMap<BaselineId, Baseline>;
  readonly legs: ReadonlyMap<BaselineId, readonly KnownLeg[]>;
  /** Presences for which nothing is counted. */
  readonly uncounted: readonly { readonly attestationId: Id<'prs'>; readonly day: Day }[];
}

interface ToldFacts {
  readonly attestationId: Id<'prs'>;
  readonly day: Day;
  readonly facts: TripFacts;
}

async function factsOf(
  work: Work,
  { trips, baselines, legs }: ToJudge,
  newFor: (day: Day) => number,
): Promise<readonly ToldFacts[]> {
  if (trips.length === 0) return [];
  const ids = [...new Set(trips.map(trip => trip.baselineId))];
  const replaced = await selectReplaced(work, ids);
  const before = [...replaced.values()].map(one => one.baselineId);
  const legsBefore = before.length === 0 ? new Map() : byBaseline(await selectLegs(work, before));
  const audits = groupBy(await selectAudits(work, ids), one => one.baselineId);
  const differences = await selectDifferences(work, trips);
  const persons = trips.flatMap(({ baselineId, day }) => {
    const personId = baselines.get(baselineId)?.personId;
    return personId ? [{ personId, day }] : [];
  });
  const halves = await halfOfficeDays(work, persons);
  return trips.map(trip => {
    const { attestationId, baselineId, day, spaceId } = trip;
    const baseline = baselines.get(baselineId)!;
    const earlier = replaced.get(baselineId);
    const facts = tripFacts(trip, {
      baseline,
      legs: legs.get(baselineId) ?? [],
      replaced: earlier ? { baseline: earlier, legs: legsBefore.get(earlier.baselineId) ?? [] } : null,
      audits: (audits.get(baselineId) ?? []).filter(one => one.spaceId === null || one.spaceId === spaceId),
      halfOffice: halves.has(`${baseline.personId} ${day}`),
      recount_m: differences.get(attestationId) ?? 0,
      newFor_days: newFor(day),
    });
    return { attestationId, day, facts };
  });
}

/** Judges trips, and presences for which there is none, and tells it; what has not changed is not told twice. */
export async function judgeTrips(work: Work, asked: ToJudge): Promise<void> {
  const days = [...new Set([...asked.trips, ...asked.uncounted].map(one => one.day))];
  if (days.length === 0) return;
  const valuesOn = await parametersByDay(work, parameters, days);
  const counted = await factsOf(work, asked, day => whole(valuesOn(day).new_home_days));
  const all = [...counted, ...asked.uncounted.map(one => ({ ...one, facts: nothingCounted }))];
  for (const [values, told] of groupBy(all, one => valuesOn(one.day))) {
    const bench = benchWith(values);
    const judge = judging(bench);
    await recordJudgements(work, {
      catalogue: catalogueHash(bench),
      rules: rules.map(rule => rule.id),
      told: told.map(({ attestationId, facts }) => ({ attestationId, ...judge(facts) })),
    });
  }
}
