import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import { toJson } from '../platform/first-answer.ts';
import type { Place, Plan } from './plan.ts';

type Sheet = Omit<Plan, 'places'>;

const select = async (work: Work, where: RawBuilder<unknown>): Promise<readonly Plan[]> => {
  const plans =
    await sql<Sheet>`select plan_id as "planId", space_id as "spaceId", floor, width_cm, depth_cm, walls, labels,
      lower(during) as from, upper(during) as until
    from floors.plan where network_id = ${work.networkId} and ${where}
    order by floor desc, lower(during) desc, plan_id`.execute(work.tx);
  const ids = plans.rows.map(one => one.planId);
  const places = await sql<
    Place & { readonly planId: Id<'pln'> }
  >`select plan_id as "planId", resource_id as "resourceId",
      x_cm, y_cm, width_cm, depth_cm, turn_deg
    from floors.place where network_id = ${work.networkId} and plan_id = any(${ids})
    order by y_cm, x_cm, resource_id`.execute(work.tx);
  return plans.rows.map(plan => ({
    ...plan,
    places: places.rows.filter(one => one.planId === plan.planId).map(({ planId: _plan, ...place }) => place),
  }));
};

/** The plans that hold, the highest floor first. */
export const selectInForce = (work: Work, spaceId: Id<'spc'>): Promise<readonly Plan[]> =>
  select(work, sql`space_id = ${spaceId} and upper_inf(during)`);

/** Every plan that a floor had, the latest first. */
export const selectOfFloor = (
  work: Work,
  { spaceId, floor }: { readonly spaceId: Id<'spc'>; readonly floor: number },
): Promise<readonly Plan[]> => select(work, sql`space_id = ${spaceId} and floor = ${floor} and not isempty(during)`);

/** Whoever draws in a space waits for whoever does. */
export const lockDrawing = async (work: Work, spaceId: Id<'spc'>): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${work.networkId} || ' floors ' || ${spaceId}, 0))`.execute(
    work.tx,
  );
};

/** A plan holds no longer, nor do its places. */
export const endPlan = async (work: Work, planId: Id<'pln'>): Promise<void> => {
  const now: Instant = work.now;
  await sql`update floors.plan set during = tstzrange(lower(during), greatest(lower(during), ${now.toString()}::timestamptz))
    where network_id = ${work.networkId} and plan_id = ${planId}`.execute(work.tx);
};

export const insertPlan = async (work: Work, plan: Plan, drawnBy: Id<'per'>): Promise<void> => {
  const { planId, spaceId, width_cm, depth_cm } = plan;
  const from = plan.from.toString();
  await sql`insert into floors.plan (network_id, plan_id, space_id, floor, width_cm, depth_cm, walls, labels, during, drawn_by)
    values (${work.networkId}, ${planId}, ${spaceId}, ${plan.floor}, ${width_cm}, ${depth_cm},
      ${toJson(plan.walls)}::jsonb, ${toJson(plan.labels)}::jsonb, tstzrange(${from}, null), ${drawnBy})`.execute(
    work.tx,
  );
  await sql`insert into floors.place (network_id, plan_id, space_id, floor_width_cm, floor_depth_cm, during, resource_id,
      x_cm, y_cm, width_cm, depth_cm, turn_deg)
    select ${work.networkId}, ${planId}, ${spaceId}, ${width_cm}, ${depth_cm}, tstzrange(${from}, null), "resourceId",
      x_cm, y_cm, width_cm, depth_cm, turn_deg
    from json_to_recordset(${toJson(plan.places)}::json) as p ("resourceId" text, x_cm integer, y_cm integer,
      width_cm integer, depth_cm integer, turn_deg smallint)`.execute(work.tx);
};

/** Plans drawn by someone are drawn by nobody. */
export const forgetDrawer = async (work: Work, personId: Id<'per'>): Promise<void> => {
  await sql`update floors.plan set drawn_by = null
    where network_id = ${work.networkId} and drawn_by = ${personId}`.execute(work.tx);
};
