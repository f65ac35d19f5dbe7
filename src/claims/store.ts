import { sql } from 'kysely';
import type { Canonical } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import type { ClaimKind, ClaimState, ClaimStep } from './life.ts';
import type { ClaimResult } from './result.ts';

/** A claim as it was sealed, with every file of its dossier that is not made from its lines. */
export interface ClaimRow {
  readonly claimId: `clm_${string}`;
  readonly kind: ClaimKind;
  readonly claimant: string;
  readonly vintage: number | null;
  readonly period: string;
  readonly turn: number;
  readonly result: ClaimResult;
  readonly method: Canonical;
  readonly factors: Canonical;
  readonly checks: Canonical;
  /** Further files of the dossier, by name. */
  readonly more: { readonly [name: string]: Canonical };
  readonly checkpoint: string;
  readonly vkey: string;
  readonly readme: string;
  readonly summary: Uint8Array;
  readonly madeBy: string;
  readonly madeAt: Instant;
}

const claimColumns = sql`claim_id as "claimId", kind, claimant, vintage, period, turn, result, method, factors, checks, more,
  checkpoint, vkey, readme, summary, made_by as "madeBy", made_at as "madeAt"`;

export async function selectClaim(work: Work, claimId: string): Promise<ClaimRow | null> {
  const found = await sql<ClaimRow>`select ${claimColumns} from claims.claim
    where network_id = ${work.networkId} and claim_id = ${claimId}`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** False when a claim of that turn was made meanwhile. */
export async function insertClaim(work: Work, row: ClaimRow): Promise<boolean> {
  const added =
    await sql`insert into claims.claim (network_id, claim_id, kind, claimant, vintage, period, turn, result, method,
      factors, checks, more, checkpoint, vkey, readme, summary, made_by, made_at)
    values (${work.networkId}, ${row.claimId}, ${row.kind}, ${row.claimant}, ${row.vintage}, ${row.period}, ${row.turn},
      ${JSON.stringify(row.result)}::jsonb, ${JSON.stringify(row.method)}::jsonb, ${JSON.stringify(row.factors)}::jsonb,
      ${JSON.stringify(row.checks)}::jsonb, ${JSON.stringify(row.more)}::jsonb, ${row.checkpoint}, ${row.vkey}, ${row.readme},
      ${Buffer.from(row.summary)}, ${row.madeBy}, ${row.madeAt.toString()})
    on conflict do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

/** Whoever makes claims of one claimant queues here until the end of the transaction. */
export async function lockClaimant(work: Work, claimant: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`claims ${work.networkId} ${claimant}`}, 0))`.execute(
    work.tx,
  );
}

export async function selectSteps(work: Work, claimId: string): Promise<ClaimStep[]> {
  const found =
    await sql<ClaimStep>`select sequence, command, state, happened_on as "happenedOn", reference, reason, details
    from claims.step where network_id = ${work.networkId} and claim_id = ${claimId} order by sequence`.execute(work.tx);
  return found.rows;
}

/** False when someone took that step first. */
export async function insertStep(work: Work, claimId: string, step: ClaimStep, actor: string): Promise<boolean> {
  const added =
    await sql`insert into claims.step (network_id, claim_id, sequence, command, state, happened_on, reference, reason,
      details, actor, recorded_at)
    values (${work.networkId}, ${claimId}, ${step.sequence}, ${step.command}, ${step.state}, ${step.happenedOn},
      ${step.reference}, ${step.reason}, ${JSON.stringify(step.details)}::jsonb, ${actor}, ${work.now.toString()})
    on conflict on constraint one_step_at_a_time do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

export interface Statement {
  readonly employerId: string;
  readonly signatory: string;
  readonly textSha256: string;
  readonly signedAt: Instant;
}

export async function selectStatements(work: Work, claimId: string): Promise<Statement[]> {
  const found = await sql<Statement>`select employer_id as "employerId", signatory, text_sha256 as "textSha256",
      signed_at as "signedAt"
    from claims.statement where network_id = ${work.networkId} and claim_id = ${claimId} order by employer_id`.execute(
    work.tx,
  );
  return found.rows;
}

/** False when this employer has signed already. */
export async function insertStatement(work: Work, claimId: string, one: Statement, signedBy: string): Promise<boolean> {
  const added =
    await sql`insert into claims.statement (network_id, claim_id, employer_id, signatory, text_sha256, signed_by,
      signed_at)
    values (${work.networkId}, ${claimId}, ${one.employerId}, ${one.signatory}, ${one.textSha256}, ${signedBy},
      ${one.signedAt.toString()})
    on conflict do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

export interface Answer {
  readonly seq: number;
  readonly accepted: boolean;
  readonly reason: string | null;
}

export async function selectAnswers(work: Work, claimId: string): Promise<Answer[]> {
  const found = await sql<Answer>`select seq::double precision as seq, accepted, reason from claims.answer
    where network_id = ${work.networkId} and claim_id = ${claimId} order by seq`.execute(work.tx);
  return found.rows;
}

/** How many answers were written: a line answered before is left out. */
export async function insertAnswers(
  work: Work,
  claimId: string,
  answers: readonly Answer[],
  answeredBy: string,
): Promise<number> {
  const added =
    await sql`insert into claims.answer (network_id, claim_id, seq, accepted, reason, answered_by, answered_at)
    select ${work.networkId}, ${claimId}, seq, accepted, reason, ${answeredBy}, ${work.now.toString()}
    from json_to_recordset(${JSON.stringify(answers)}::json) as answer (seq bigint, accepted boolean, reason text)
    on conflict do nothing returning 1`.execute(work.tx);
  return added.rows.length;
}

export interface Sample {
  readonly seqs: readonly number[];
  readonly drawnAt: Instant;
}

export async function selectSample(work: Work, claimId: string): Promise<Sample | null> {
  const found = await sql<Sample>`select to_jsonb(seqs) as seqs, drawn_at as "drawnAt" from claims.sample
    where network_id = ${work.networkId} and claim_id = ${claimId}`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** False when the sample of this claim is drawn already. */
export async function insertSample(
  work: Work,
  claimId: string,
  seqs: readonly number[],
  drawnBy: string,
): Promise<boolean> {
  const added = await sql`insert into claims.sample (network_id, claim_id, seqs, drawn_by, drawn_at)
    values (${work.networkId}, ${claimId}, ${seqs}::bigint[], ${drawnBy}, ${work.now.toString()})
    on conflict on constraint one_sample_a_claim do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

export interface Finding {
  readonly seq: number;
  readonly conforms: boolean;
  readonly note: string;
  readonly foundAt: Instant;
}

/** Every finding, in the order of lines then of time: the last one of a line holds. */
export async function selectFindings(work: Work, claimId: string): Promise<Finding[]> {
  const found = await sql<Finding>`select seq::double precision as seq, conforms, note, found_at as "foundAt"
    from claims.finding where network_id = ${work.networkId} and claim_id = ${claimId}
    order by seq, found_at, finding_id`.execute(work.tx);
  return found.rows;
}

export async function insertFinding(
  work: Work,
  claimId: string,
  one: Omit<Finding, 'foundAt'>,
  foundBy: string,
): Promise<void> {
  await sql`insert into claims.finding (network_id, finding_id, claim_id, seq, conforms, note, found_by, found_at)
    values (${work.networkId}, ${work.newId('fnd')}, ${claimId}, ${one.seq}, ${one.conforms}, ${one.note}, ${foundBy},
      ${work.now.toString()})`.execute(work.tx);
}

export interface Turn {
  readonly claimId: string;
  readonly turn: number;
  readonly vintage: number | null;
  readonly state: ClaimState | null;
  /** What was granted of it; null before, and when it was let go. */
  readonly granted: ClaimResult | null;
  /** Exact milligrams that units taken back since exceed what was false by, and that no later claim carries yet. */
  readonly surpluses: readonly string[];
}

/** The claims of one claimant, oldest first. */
export async function selectTurns(work: Work, kind: ClaimKind, claimant: string): Promise<readonly Turn[]> {
  const found = await sql<Turn>`select c.claim_id as "claimId", c.turn, c.vintage, s.state, g.granted,
      coalesce(t.surpluses, '[]') as surpluses
    from claims.claim c
      left join lateral (select state from claims.step s
        where s.network_id = c.network_id and s.claim_id = c.claim_id order by s.sequence desc limit 1) s on true
      left join lateral (select details->'granted' as granted from claims.step s
        where s.network_id = c.network_id and s.claim_id = c.claim_id and details ? 'granted') g on true
      left join lateral (select jsonb_agg(details->>'surplus_mg') as surpluses from claims.step s
        where s.network_id = c.network_id and s.claim_id = c.claim_id and details ? 'surplus_mg'
          and not exists (select from claims.claim later where later.network_id = c.network_id
            and later.claimant = c.claimant and later.vintage is not distinct from c.vintage
            and later.made_at > s.recorded_at
            and exists (select from claims.step held where held.network_id = later.network_id
              and held.claim_id = later.claim_id and held.details ? 'granted'))) t on true
    where c.network_id = ${work.networkId} and c.kind = ${kind} and c.claimant = ${claimant}
    order by c.turn`.execute(work.tx);
  return found.rows;
}

/** A claim in a list: what was sealed, where it stands. */
export type ClaimHead = Pick<
  ClaimRow,
  'claimId' | 'kind' | 'claimant' | 'vintage' | 'period' | 'turn' | 'result' | 'madeAt'
>;

/** Every claim with its last state, the latest first. */
export async function selectHeads(work: Work): Promise<(ClaimHead & { readonly state: ClaimState | null })[]> {
  const found = await sql<ClaimHead & { state: ClaimState | null }>`
    select c.claim_id as "claimId", c.kind, c.claimant, c.vintage, c.period, c.turn, c.result, c.made_at as "madeAt", s.state
    from claims.claim c left join lateral (select state from claims.step s
      where s.network_id = c.network_id and s.claim_id = c.claim_id order by s.sequence desc limit 1) s on true
    where c.network_id = ${work.networkId} order by c.made_at desc, c.claim_id`.execute(work.tx);
  return found.rows;
}

export async function insertReading(
  work: Work,
  {
    claimId,
    personId,
    what,
  }: { readonly claimId: string; readonly personId: string; readonly what: 'dossier' | 'lines' },
): Promise<void> {
  await sql`insert into claims.reading (network_id, reading_id, claim_id, person_id, what, read_at)
    values (${work.networkId}, ${work.newId('rdg')}, ${claimId}, ${personId}, ${what}, ${work.now.toString()})`.execute(
    work.tx,
  );
}

export interface Reading {
  readonly personId: Id<'per'>;
  readonly what: 'dossier' | 'lines';
  readonly readAt: Instant;
}

/** Who read a claim, the latest first. */
export async function selectReadings(work: Work, claimId: string): Promise<Reading[]> {
  const found = await sql<Reading>`select person_id as "personId", what, read_at as "readAt" from claims.reading
    where network_id = ${work.networkId} and claim_id = ${claimId} order by read_at desc, reading_id desc limit 50`.execute(
    work.tx,
  );
  return found.rows;
}
