import type { Id } from '../../kernel/ids.ts';
import type { Month } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { RoadRouter } from '../../platform/roads/roads.ts';
import { type Space, spacesByIds } from '../../spaces/spaces.ts';
import type { Baseline, BaselineId } from '../baseline.ts';
import { plannedOffice } from '../legs.ts';
import { byBaseline, type RouteEvidence } from '../route.ts';
import { selectBaselinesByIds } from '../store/baseline.ts';
import * as store from '../store/recount.ts';
import { selectLegs, selectRoutes } from '../store/route.ts';
import { selectTripsById, selectTripsOfMonth } from '../store/trip.ts';
import { countTrip, sameCount, type Trip } from '../trip.ts';
import { judgeTrips } from './judging.ts';

// Counting a month again from what was kept: the promise is a difference of 0 m.

export interface Recomputed {
  readonly trips: number;
  /** Presences whose count does not come out the same from the evidence kept. */
  readonly differing: readonly Id<'prs'>[];
  /** Sum of the differences in metres, without their signs: 0 when all is well. */
  readonly difference_m: bigint;
}

const magnitude = (metres: bigint): bigint => (metres < 0n ? -metres : metres);

interface Compared {
  readonly trip: Trip;
  readonly same: boolean;
  readonly difference_m: bigint;
}

interface Kept {
  readonly trips: readonly Trip[];
  readonly baselines: ReadonlyMap<BaselineId, Baseline>;
  readonly routes: ReadonlyMap<BaselineId, readonly RouteEvidence[]>;
}

async function keptOf(work: Work, month: Month): Promise<Kept> {
  const trips = await selectTripsOfMonth(work, month);
  const ids = [...new Set(trips.map(trip => trip.baselineId))];
  const baselines = new Map((await selectBaselinesByIds(work, ids)).map(one => [one.baselineId, one]));
  return { trips, baselines, routes: byBaseline(await selectRoutes(work, ids)) };
}

const compare = ({ trips, baselines, routes }: Kept): readonly Compared[] =>
  trips.map(trip => {
    const asked = { ...trip, personId: 'per_' as const, alsoOffice: trip.x === 0 };
    const again = countTrip(asked, baselines.get(trip.baselineId) ?? null, routes.get(trip.baselineId) ?? []);
    const same = again.ok && sameCount(again.value, trip);
    return { trip, same, difference_m: magnitude((again.ok ? again.value.avoided_m : 0n) - trip.avoided_m) };
  });

const totalOf = (compared: readonly Compared[]): bigint =>
  compared.reduce((sum, { difference_m }) => sum + difference_m, 0n);

/** Counts every trip of a month again from its declaration and distances, and compares. */
export async function recompute(work: Work, month: Month): Promise<Recomputed> {
  const compared = compare(await keptOf(work, month));
  return {
    trips: compared.length,
    differing: compared.filter(({ same }) => !same).map(({ trip }) => trip.attestationId),
    difference_m: totalOf(compared),
  };
}

/** Roads that need no home, asked again of the very engine and map that had answered: metres by which each differs. */
async function askedAgain(work: Work, { baselines, routes }: Kept, roads: RoadRouter) {
  const { engine, version, data_sha256 } = roads.describe();
  const repeatable = [...routes.values()]
    .flat()
    .filter(
      one =>
        one.kind === 'space_office' &&
        one.engine === engine &&
        one.engine_version === version &&
        one.data_sha256 === data_sha256,
    );
  const ids = [...new Set(repeatable.flatMap(one => one.spaceId ?? []))];
  const spaces = new Map((await spacesByIds(work, ids)).map((space): [string, Space] => [space.spaceId, space]));
  const answers = new Map<string, number | null>();
  const differences = new Map<string, bigint>();
  for (const route of repeatable) {
    const space = spaces.get(route.spaceId!);
    if (!space) continue;
    const leg = plannedOffice(baselines.get(route.baselineId)!, space);
    const key = JSON.stringify([leg.from, leg.to, leg.mode]);
    if (!answers.has(key)) {
      const answer = await roads.route(leg.from, leg.to, leg.mode, 'shortest');
      answers.set(key, answer.ok ? Math.round(answer.value.metres) : null);
    }
    const metres = answers.get(key);
    // An engine that is away says nothing about what it said before.
    if (metres === null || metres === undefined) continue;
    differences.set(`${route.baselineId} ${route.spaceId}`, magnitude(BigInt(metres - route.routed_m)));
  }
  return { differences, asked: answers.size };
}

/**
 * Counts a month again and keeps the result, dated. Presences that differ go under review; those that no longer do leave it.
 */
export async function recomputeMonth(
  work: Work,
  month: Month,
  roads: RoadRouter | null,
): Promise<Omit<store.RecomputeRun, 'recordedAt'>> {
  const kept = await keptOf(work, month);
  const { differences: ofRoads, asked } = roads
    ? await askedAgain(work, kept, roads)
    : { differences: new Map<string, bigint>(), asked: 0 };
  const compared = compare(kept).map(one => {
    // Only a day that goes through the office travels the road between space and office.
    const road_m = one.trip.x === 0 ? (ofRoads.get(`${one.trip.baselineId} ${one.trip.spaceId}`) ?? 0n) : 0n;
    return { ...one, same: one.same && road_m === 0n, difference_m: one.difference_m + road_m };
  });
  const differing = compared.filter(({ same }) => !same);
  const before = await store.selectLastDifferences(work, month);
  const run = {
    runId: work.newId('rec'),
    month,
    trips: compared.length,
    roadsAsked: asked,
    differing: differing.length,
    difference_m: totalOf(compared),
  };
  await store.insertRun(
    work,
    run,
    differing.map(({ trip, difference_m }) => ({ ...trip, difference_m })),
  );
  await judgeAgain(work, [...differing.map(({ trip }) => trip.attestationId), ...before.map(one => one.attestationId)]);
  return run;
}

/** Says again what the rules say of trips already counted: something around them has changed. */
export async function judgeAgain(work: Work, attestationIds: readonly Id<'prs'>[]): Promise<void> {
  const trips = await selectTripsById(work, [...new Set(attestationIds)]);
  const ids = [...new Set(trips.map(trip => trip.baselineId))];
  const baselines = new Map((await selectBaselinesByIds(work, ids)).map(one => [one.baselineId, one]));
  await judgeTrips(work, { trips, baselines, legs: byBaseline(await selectLegs(work, ids)), uncounted: [] });
}

/** Every recount of the network, the latest first. */
export const recomputeRuns = store.selectRuns;
