import { sql } from 'kysely';
import type { Id } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import type { Decision } from './label.ts';
import type { Finding } from './rules.ts';

export type ApplicationId = Id<'lap'>;

export interface NewApplication {
  readonly application_id: ApplicationId;
  readonly space_id: Id<'spc'>;
  readonly grid_version: string;
  readonly self_assessment: readonly Finding[];
  readonly applied_by: Id<'per'>;
  readonly applied_on: Day;
}

/** Adds the applications of spaces that have none open; answers how many were added. */
export async function insertApplications(
  { tx, networkId, now }: Work,
  news: readonly NewApplication[],
): Promise<number> {
  const { rows } = await sql`
    insert into labelling.application
      (network_id, application_id, space_id, grid_version, self_assessment, applied_by, applied_on, recorded_at)
    select ${networkId}, application_id, space_id, grid_version, self_assessment, applied_by, applied_on, ${now.toString()}
    from jsonb_to_recordset(${JSON.stringify(news)}::jsonb) as new(application_id text, space_id text,
      grid_version text, self_assessment jsonb, applied_by text, applied_on date)
    on conflict do nothing returning 1`.execute(tx);
  return rows.length;
}

export interface NewEvaluation {
  readonly evaluation_id: Id<'lev'>;
  readonly application_id: ApplicationId;
  readonly evaluator_id: Id<'per'>;
  readonly visited_on: Day;
  readonly findings: readonly Finding[];
}

/** Adds the evaluations of applications that have none; answers how many were added. */
export async function insertEvaluations({ tx, networkId, now }: Work, news: readonly NewEvaluation[]): Promise<number> {
  const { rows } = await sql`
    insert into labelling.evaluation
      (network_id, evaluation_id, application_id, evaluator_id, visited_on, findings, recorded_at)
    select ${networkId}, evaluation_id, application_id, evaluator_id, visited_on, findings, ${now.toString()}
    from jsonb_to_recordset(${JSON.stringify(news)}::jsonb) as new(evaluation_id text, application_id text,
      evaluator_id text, visited_on date, findings jsonb)
    on conflict do nothing returning 1`.execute(tx);
  return rows.length;
}

export interface NewDecision {
  readonly decision_id: Id<'lde'>;
  readonly space_id: Id<'spc'>;
  readonly sequence: number;
  readonly kind: Decision['kind'];
  readonly application_id: ApplicationId | null;
  readonly evaluation_id: Id<'lev'> | null;
  readonly evaluator_id: Id<'per'> | null;
  readonly decided_by: Id<'per'>;
  readonly decided_on: Day;
  readonly valid_until: Day | null;
  readonly grid_version: string | null;
  readonly reason: string;
}

/** Adds decisions unless someone else has just decided; answers how many were added. */
export async function insertDecisions({ tx, networkId, now }: Work, news: readonly NewDecision[]): Promise<number> {
  const { rows } = await sql`
    insert into labelling.decision (network_id, decision_id, space_id, sequence, kind, application_id, evaluation_id,
      evaluator_id, decided_by, decided_on, valid_until, grid_version, reason, recorded_at)
    select ${networkId}, decision_id, space_id, sequence, kind, application_id, evaluation_id, evaluator_id, decided_by,
      decided_on, valid_until, grid_version, reason, ${now.toString()}
    from jsonb_to_recordset(${JSON.stringify(news)}::jsonb) as new(decision_id text, space_id text, sequence int,
      kind text, application_id text, evaluation_id text, evaluator_id text, decided_by text, decided_on date,
      valid_until date, grid_version text, reason text)
    on conflict do nothing returning 1`.execute(tx);
  return rows.length;
}

export async function closeApplications({ tx }: Work, applicationIds: readonly ApplicationId[]): Promise<void> {
  await sql`update labelling.application set decided = true
    where application_id = any(${applicationIds}::text[])`.execute(tx);
}

/** An application with its evaluation, when it has one. */
export interface ApplicationRow {
  readonly application_id: ApplicationId;
  readonly space_id: Id<'spc'>;
  readonly grid_version: string;
  readonly self_assessment: readonly Finding[];
  readonly applied_on: Day;
  readonly decided: boolean;
  readonly evaluation_id: Id<'lev'> | null;
  readonly evaluator_id: Id<'per'> | null;
  readonly visited_on: Day | null;
  readonly findings: readonly Finding[] | null;
}

const applicationColumns = sql`application_id, space_id, grid_version, self_assessment, applied_on, decided,
  evaluation_id, evaluator_id, visited_on, findings`;
const withEvaluation = sql`labelling.application left join labelling.evaluation using (network_id, application_id)`;

export async function selectApplications(
  { tx }: Work,
  ids: readonly ApplicationId[],
): Promise<readonly ApplicationRow[]> {
  const { rows } = await sql<ApplicationRow>`select ${applicationColumns} from ${withEvaluation}
    where application_id = any(${ids}::text[])`.execute(tx);
  return rows;
}

/** The applications of some spaces, oldest first. */
export async function selectApplicationsOf(
  { tx }: Work,
  spaceIds: readonly Id<'spc'>[],
): Promise<readonly ApplicationRow[]> {
  const { rows } = await sql<ApplicationRow>`select ${applicationColumns} from ${withEvaluation}
    where space_id = any(${spaceIds}::text[])
    order by applied_on, labelling.application.recorded_at, application_id`.execute(tx);
  return rows;
}

export type DecisionRow = Decision & { readonly applicationId: ApplicationId | null };

/** The decisions about some spaces, in their order. */
export async function selectDecisions({ tx }: Work, spaceIds: readonly Id<'spc'>[]): Promise<readonly DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select space_id as "spaceId", sequence, kind, application_id as "applicationId", decided_on as "decidedOn",
      valid_until as "validUntil", grid_version as "gridVersion", reason
    from labelling.decision where space_id = any(${spaceIds}::text[]) order by space_id, sequence`.execute(tx);
  return rows;
}
