import { sql } from 'kysely';
import type { Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { toJson } from '../../platform/first-answer.ts';
import type { BaselineId, SpaceId } from '../baseline.ts';
import type { KnownLeg, LegKind } from '../legs.ts';
import type { RouteEvidence } from '../route.ts';

interface RouteRow extends Omit<RouteEvidence, 'baselineId' | 'kind' | 'spaceId' | 'recordedAt'> {
  readonly baseline_id: BaselineId;
  readonly leg: LegKind;
  readonly space_id: SpaceId | '';
  readonly recorded_at: Instant;
}

const routeOf = ({ baseline_id, leg, space_id, recorded_at, ...answer }: RouteRow): RouteEvidence => ({
  ...answer,
  baselineId: baseline_id,
  kind: leg,
  spaceId: space_id === '' ? null : space_id,
  recordedAt: recorded_at,
});

export async function insertRoutes(
  { tx, networkId }: Work,
  routes: readonly RouteEvidence[],
  salts: readonly { readonly baselineId: BaselineId; readonly salt: string }[],
): Promise<void> {
  const rows = routes.map(({ baselineId, kind, spaceId, recordedAt, ...answer }) => ({
    ...answer,
    baseline_id: baselineId,
    leg: kind,
    space_id: spaceId ?? '',
    recorded_at: recordedAt.toString(),
  }));
  await sql`insert into commute.route (network_id, baseline_id, leg, space_id, mode, routed_m, seconds, engine,
      engine_version, data_sha256, costing, snap_m, question_commit, recorded_at)
    select ${networkId}, baseline_id, leg, space_id, mode, routed_m, seconds, engine, engine_version, data_sha256,
      costing, snap_m, question_commit, recorded_at
    from jsonb_to_recordset(${toJson(rows)}::jsonb) as new(
      baseline_id text, leg text, space_id text, mode text, routed_m integer, seconds integer, engine text,
      engine_version text, data_sha256 text, costing text, snap_m integer, question_commit text,
      recorded_at timestamptz)`.execute(tx);
  await sql`insert into commute.route_salt (network_id, baseline_id, salt)
    select ${networkId}, "baselineId", salt
    from json_to_recordset(${toJson(salts)}::json) as new("baselineId" text, salt text)`.execute(tx);
}

/** How long the legs of these declarations are, and nothing else of what is known of them. */
export async function selectLegs(
  { tx }: Work,
  baselineIds: readonly BaselineId[],
): Promise<readonly (KnownLeg & { readonly baselineId: BaselineId })[]> {
  const { rows } = await sql<KnownLeg & { readonly baselineId: BaselineId }>`
    select baseline_id as "baselineId", leg as kind, nullif(space_id, '') as "spaceId", routed_m
    from commute.route where baseline_id = any(${baselineIds}::text[])`.execute(tx);
  return rows;
}

export async function selectRoutes(
  { tx }: Work,
  baselineIds: readonly BaselineId[],
): Promise<readonly RouteEvidence[]> {
  const { rows } = await sql<RouteRow>`select baseline_id, leg, space_id, mode, routed_m, seconds, engine,
      engine_version, data_sha256, costing, snap_m, question_commit, recorded_at
    from commute.route where baseline_id = any(${baselineIds}::text[])
    order by baseline_id, space_id, leg`.execute(tx);
  return rows.map(routeOf);
}

/** What a second engine said of a leg; never counted. */
export interface Audit {
  readonly baselineId: BaselineId;
  readonly kind: LegKind;
  readonly spaceId: SpaceId | null;
  readonly audited_m: number;
  readonly engine: string;
  readonly engine_version: string;
  readonly data_sha256: string;
}

export async function insertAudits({ tx, networkId, now }: Work, audits: readonly Audit[]): Promise<void> {
  if (audits.length === 0) return;
  const rows = audits.map(one => ({ ...one, spaceId: one.spaceId ?? '' }));
  await sql`insert into commute.route_audit (network_id, baseline_id, leg, space_id, audited_m, engine, engine_version,
      data_sha256, recorded_at)
    select ${networkId}, "baselineId", kind, "spaceId", audited_m, engine, engine_version, data_sha256, ${now.toString()}
    from json_to_recordset(${toJson(rows)}::json) as a ("baselineId" text, kind text, "spaceId" text, audited_m integer,
      engine text, engine_version text, data_sha256 text)`.execute(tx);
}

/** How long two engines say that legs are, where a second one was asked. */
export async function selectAudits(
  { tx }: Work,
  baselineIds: readonly BaselineId[],
): Promise<readonly (KnownLeg & Pick<Audit, 'baselineId' | 'audited_m'>)[]> {
  const { rows } = await sql<KnownLeg & Pick<Audit, 'baselineId' | 'audited_m'>>`
    select a.baseline_id as "baselineId", a.leg as kind, nullif(a.space_id, '') as "spaceId", r.routed_m, a.audited_m
    from commute.route_audit a join commute.route r using (network_id, baseline_id, leg, space_id)
    where a.baseline_id = any(${baselineIds}::text[]) order by a.baseline_id, a.space_id, a.leg`.execute(tx);
  return rows;
}
