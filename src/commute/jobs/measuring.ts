import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { RoadRouter } from '../../platform/roads/roads.ts';
import { listSpaces, type Space } from '../../spaces/spaces.ts';
import type { Baseline, BaselineId } from '../baseline.ts';
import { answerRefusal, type LegKind, type PlannedLeg, plannedLegs } from '../legs.ts';
import { evidenceOf, type RouteEvidence } from '../route.ts';
import { deleteHomePoints, selectBaselinesByIds } from '../store/baseline.ts';
import * as store from '../store/route.ts';
import { words } from '../words.ts';

// Asking for roads while a home is still known, then forgetting the home.

const refusedLeg = (kind: LegKind, why: Refusal): Refusal => {
  if (why.code === 'roads.no_route') return words.noRoute(kind);
  return why.code === 'roads.snap_too_far' ? words.snapTooFar(kind) : why;
};

/** Asks for one direction, the shortest way; a refusal names the leg. */
const askRoad = async (roads: RoadRouter, leg: PlannedLeg) => {
  const answer = await roads.route(leg.from, leg.to, leg.mode, 'shortest');
  if (!answer.ok) return refuse(refusedLeg(leg.kind, answer.refusal));
  const why = answerRefusal(leg.kind, answer.value);
  return why === null ? answer : refuse(why);
};

/** A leg that nobody needs yet may stay unknown; an engine that is away says so instead. */
const mayStayUnknown = (leg: PlannedLeg, why: Refusal): boolean => !leg.required && why.code.startsWith('commute.');

interface Measuring {
  readonly roads: RoadRouter;
  /** Another engine, to compare with; its answers are never counted. */
  readonly second: RoadRouter | null;
  readonly spaces: readonly Space[];
  readonly at: Instant;
}

interface Measured {
  readonly routes: readonly RouteEvidence[];
  readonly audits: readonly store.Audit[];
}

/** What a second engine says of a leg; one that does not answer has nothing to compare. */
async function audited(
  { second }: Measuring,
  leg: PlannedLeg,
  baselineId: BaselineId,
): Promise<readonly store.Audit[]> {
  const answer = second && (await second.route(leg.from, leg.to, leg.mode, 'shortest'));
  if (!answer?.ok) return [];
  const { metres, engine, engine_version, data_sha256 } = answer.value;
  const { kind, spaceId } = leg;
  return [{ baselineId, kind, spaceId, audited_m: Math.round(metres), engine, engine_version, data_sha256 }];
}

/** Every leg of one declaration, each direction apart. */
async function measure(baseline: Baseline, salt: string, by: Measuring): Promise<Outcome<Measured>> {
  if (baseline.home.exact === null) return refuse(words.homeGone);
  const { baselineId } = baseline;
  const [routes, audits]: [RouteEvidence[], store.Audit[]] = [[], []];
  for (const leg of plannedLegs(baseline, baseline.home.exact, by.spaces)) {
    const answer = await askRoad(by.roads, leg);
    if (answer.ok) {
      routes.push(evidenceOf(leg, answer.value, { baselineId, salt, at: by.at }));
      audits.push(...(await audited(by, leg, baselineId)));
    } else if (!mayStayUnknown(leg, answer.refusal)) return answer;
  }
  return accept({ routes, audits });
}

/**
 * Asks the road engine for every leg of declarations, and a second one when there is one to compare with, then erases the
 * exact homes: only their communes stay. All or nothing; called again, answers what is already known.
 */
export async function computeAllDistances(
  work: Work,
  roads: RoadRouter | { readonly roads: RoadRouter; readonly second: RoadRouter | null },
  baselineIds: readonly BaselineId[],
): Promise<Outcome<readonly RouteEvidence[]>> {
  const baselines = await selectBaselinesByIds(work, baselineIds);
  if (baselines.length < baselineIds.length) return refuse(words.unknownBaseline);
  const known = await store.selectRoutes(work, baselineIds);
  const measured = new Set(known.map(route => route.baselineId));
  const open = baselines.filter(({ baselineId }) => !measured.has(baselineId));
  if (open.length === 0) return accept(known);
  const engines = 'roads' in roads ? roads : { roads, second: null };
  const by = { ...engines, spaces: await listSpaces(work), at: work.now };
  const salts = open.map(({ baselineId }) => ({ baselineId, salt: work.newId('salt') }));
  const [routes, audits]: [RouteEvidence[], store.Audit[]] = [[], []];
  for (const [i, baseline] of open.entries()) {
    const answer = await measure(baseline, salts[i]!.salt, by);
    if (!answer.ok) return answer;
    routes.push(...answer.value.routes);
    audits.push(...answer.value.audits);
  }
  await store.insertRoutes(work, routes, salts);
  await store.insertAudits(work, audits);
  await deleteHomePoints(
    work,
    open.map(({ baselineId }) => baselineId),
  );
  return accept([...known, ...routes]);
}

/** The legs of one declaration; see `computeAllDistances`. */
export const computeDistances = (
  work: Work,
  roads: Parameters<typeof computeAllDistances>[1],
  baselineId: BaselineId,
) => computeAllDistances(work, roads, [baselineId]);
