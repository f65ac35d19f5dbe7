import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant, Month } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { toJson } from '../../platform/first-answer.ts';

/** A month counted again from what was kept. */
export interface RecomputeRun {
  readonly runId: Id<'rec'>;
  readonly month: Month;
  readonly trips: number;
  /** Roads between a space and an office that were asked again of the engine that had answered. */
  readonly roadsAsked: number;
  readonly differing: number;
  readonly difference_m: bigint;
  readonly recordedAt: Instant;
}

export interface Difference {
  readonly attestationId: Id<'prs'>;
  readonly revision: number;
  readonly difference_m: bigint;
}

export async function insertRun(
  work: Work,
  run: Omit<RecomputeRun, 'recordedAt'>,
  differences: readonly Difference[],
): Promise<void> {
  await sql`insert into commute.recompute_run (network_id, run_id, month, trips, roads_asked, differing, difference_m, recorded_at)
    values (${work.networkId}, ${run.runId}, ${run.month}, ${run.trips}, ${run.roadsAsked}, ${run.differing},
      ${run.difference_m}, ${work.now.toString()})`.execute(work.tx);
  await sql`insert into commute.recompute_difference (network_id, run_id, attestation_id, revision, difference_m)
    select ${work.networkId}, ${run.runId}, "attestationId", revision, difference_m
    from json_to_recordset(${toJson(differences)}::json) as d ("attestationId" text, revision integer, difference_m bigint)`.execute(
    work.tx,
  );
}

/** Every recount, the latest first. */
export async function selectRuns({ tx }: Work): Promise<readonly RecomputeRun[]> {
  const { rows } =
    await sql<RecomputeRun>`select run_id as "runId", month, trips, roads_asked as "roadsAsked", differing,
      difference_m, recorded_at as "recordedAt"
    from commute.recompute_run order by recorded_at desc, run_id desc`.execute(tx);
  return rows;
}

/** What differed in the last recount of a month, by presence. */
export async function selectLastDifferences({ tx }: Work, month: Month): Promise<readonly Difference[]> {
  const { rows } = await sql<Difference>`
    select attestation_id as "attestationId", revision, difference_m from commute.recompute_difference
    where run_id = (select run_id from commute.recompute_run where month = ${month}
      order by recorded_at desc, run_id desc limit 1)`.execute(tx);
  return rows;
}

/** Metres by which these trips differed in the last recount of their month; those that did not are absent. */
export async function selectDifferences(
  { tx }: Work,
  trips: readonly { readonly attestationId: Id<'prs'>; readonly day: string; readonly revision: number }[],
): Promise<ReadonlyMap<string, number>> {
  const rows = trips.map(({ attestationId, day, revision }) => ({
    id: attestationId,
    month: day.slice(0, 7),
    revision,
  }));
  const found = await sql<{ id: string; difference_m: bigint }>`
    select t.id, d.difference_m from json_to_recordset(${toJson(rows)}::json) as t (id text, month text, revision integer)
    join commute.recompute_difference d on d.attestation_id = t.id and d.revision = t.revision
    where d.run_id = (select run_id from commute.recompute_run r where r.month = t.month
      order by recorded_at desc, run_id desc limit 1)`.execute(tx);
  return new Map(found.rows.map(row => [row.id, Number(row.difference_m)]));
}
