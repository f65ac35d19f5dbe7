import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import { type Day, type Instant, instantText } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { toJson } from '../../platform/first-answer.ts';
import type { AttestationId } from '../attestation.ts';
import type { HistoryEntry } from '../history.ts';
import type { Judge } from '../rules/catalogue.ts';
import type { DecisionReason } from '../words.ts';

/** A finding of one judge, on the facts on which it was found. */
export interface OnFinding {
  readonly attestationId: AttestationId;
  readonly judge: Judge;
  readonly factsSha256: string;
  readonly ruleId: string;
}

export interface NewDecision extends OnFinding {
  readonly kind: 'let_pass' | 'block';
  readonly reason: DecisionReason;
  readonly author: Id<'per'>;
}

export const insertDecisions = async (work: Work, decisions: readonly NewDecision[]): Promise<void> => {
  const rows = decisions.map(one => ({ ...one, id: work.newId('dcs') }));
  await sql`insert into presence.decision (network_id, decision_id, attestation_id, judge, facts_sha256, rule_id, kind, reason,
      author, recorded_at)
    select ${work.networkId}, id, "attestationId", judge, decode("factsSha256", 'hex'), "ruleId", kind, reason, author,
      ${instantText(work.now)}
    from json_to_recordset(${toJson(rows)}::json) as d (id text, "attestationId" text, judge text, "factsSha256" text,
      "ruleId" text, kind text, reason text, author text)`.execute(work.tx);
};

/** What one person proposes and another has to confirm. */
export interface Override {
  readonly overrideId: Id<'ovr'>;
  readonly attestationId: AttestationId;
  /** Sets one finding aside, or raises the class of evidence to C. */
  readonly kind: 'finding' | 'class';
  readonly judge: Judge | null;
  readonly factsSha256: string | null;
  readonly ruleId: string | null;
  readonly reason: DecisionReason;
  readonly proposedBy: Id<'per'>;
  readonly proposedAt: Instant;
  readonly confirmed: boolean;
}

export const insertOverride = async (work: Work, one: Omit<Override, 'proposedAt' | 'confirmed'>): Promise<void> => {
  await sql`insert into presence.override (network_id, override_id, attestation_id, kind, judge, facts_sha256, rule_id, reason,
      proposed_by, proposed_at)
    values (${work.networkId}, ${one.overrideId}, ${one.attestationId}, ${one.kind}, ${one.judge},
      decode(${one.factsSha256}::text, 'hex'), ${one.ruleId}, ${one.reason}, ${one.proposedBy},
      ${instantText(work.now)})`.execute(work.tx);
};

/** Overrides by id, or of presences: the oldest first. */
export const selectOverrides = async (
  work: Work,
  which: { readonly overrideId: string } | { readonly attestationIds: readonly string[] },
): Promise<readonly Override[]> => {
  const found = await sql<Override>`
    select o.override_id as "overrideId", o.attestation_id as "attestationId", o.kind, o.judge,
      encode(o.facts_sha256, 'hex') as "factsSha256", o.rule_id as "ruleId", o.reason, o.proposed_by as "proposedBy",
      o.proposed_at as "proposedAt", c.override_id is not null as confirmed
    from presence.override o left join presence.override_confirmation c using (network_id, override_id)
    where ${
      'overrideId' in which
        ? sql`o.override_id = ${which.overrideId}`
        : sql`o.attestation_id = any(${which.attestationIds})`
    } order by o.proposed_at, o.override_id`.execute(work.tx);
  return found.rows;
};

/** What was proposed on presences that stand and nobody has confirmed, the oldest first. */
export const selectOpenOverrides = async (work: Work): Promise<readonly string[]> => {
  const found = await sql<{ id: string }>`select o.override_id as id from presence.override o
    join presence.standing s on s.network_id = o.network_id and s.attestation_id = o.attestation_id and not s.reversed
    where not exists (select from presence.override_confirmation c
      where c.network_id = o.network_id and c.override_id = o.override_id)
    order by o.proposed_at, o.override_id`.execute(work.tx);
  return found.rows.map(row => row.id);
};

export const insertConfirmation = async (
  work: Work,
  { overrideId, proposedBy }: Override,
  by: { readonly confirmedBy: Id<'per'>; readonly reason: DecisionReason },
): Promise<void> => {
  await sql`insert into presence.override_confirmation (network_id, override_id, proposed_by, confirmed_by, reason, confirmed_at)
    values (${work.networkId}, ${overrideId}, ${proposedBy}, ${by.confirmedBy}, ${by.reason},
      ${instantText(work.now)})`.execute(work.tx);
};

/** A rule set aside for a space or for a person, from a day to the one before another. */
export interface NewExemption {
  readonly ruleId: string;
  readonly spaceId: Id<'spc'> | null;
  readonly pseudonym: string | null;
  readonly from: Day;
  readonly until: Day;
  readonly reason: DecisionReason;
  readonly approvedBy: Id<'per'>;
}

export const insertExemption = async (work: Work, one: NewExemption): Promise<void> => {
  await sql`insert into presence.exemption (network_id, exemption_id, rule_id, space_id, pseudonym, valid, reason, approved_by,
      recorded_at)
    values (${work.networkId}, ${work.newId('exm')}, ${one.ruleId}, ${one.spaceId}, ${one.pseudonym},
      daterange(${one.from}, ${one.until}), ${one.reason}, ${one.approvedBy}, ${instantText(work.now)})`.execute(
    work.tx,
  );
};

export const insertRelative = async (
  work: Work,
  one: {
    readonly pseudonym: string;
    readonly spaceId: Id<'spc'>;
    readonly from: Day;
    readonly until: Day | null;
    readonly declaredBy: Id<'per'>;
  },
): Promise<void> => {
  await sql`insert into presence.relative (network_id, relative_id, pseudonym, space_id, valid, declared_by, recorded_at)
    values (${work.networkId}, ${work.newId('rel')}, ${one.pseudonym}, ${one.spaceId},
      daterange(${one.from}, ${one.until}), ${one.declaredBy}, ${instantText(work.now)})`.execute(work.tx);
};

/** A day with what it replaces and what replaces it, however often it was corrected. */
export const selectLineage = async (work: Work, attestationId: string): Promise<readonly AttestationId[]> => {
  const found = await sql<{ id: AttestationId }>`
    with recursive line as (
      select attestation_id, replaces from presence.day_attestation
      where attestation_id = ${attestationId} and reverses is null
      union
      select a.attestation_id, a.replaces from presence.day_attestation a join line
        on a.attestation_id = line.replaces or a.replaces = line.attestation_id)
    select attestation_id as id from line`.execute(work.tx);
  return found.rows.map(row => row.id);
};

/** All that happened to these presences, the oldest first. Judgements are told apart: only what people did is here. */
export const selectHistory = async (
  work: Work,
  attestationIds: readonly string[],
): Promise<readonly HistoryEntry[]> => {
  const found = await sql<HistoryEntry>`
    select at, what, "by", reason, halves, class as "evidenceClass" from (
      select recorded_at as at, case when replaces is not null then 'replaced' else 'attested' end as what,
        coalesce(author_role, 'clock') as "by", null as reason, halves, evidence_class as class, attestation_id as id
      from presence.day_attestation where attestation_id = any(${attestationIds})
      union all
      select recorded_at, 'reversed', coalesce(author_role, 'clock'), reason, halves, evidence_class, attestation_id
      from presence.day_attestation where reverses = any(${attestationIds})
      union all
      select recorded_at, kind, case when kind in ('upheld', 'dismissed') then 'operator' else 'worker' end, reason,
        null, null, entry_id
      from presence.contest_entry where attestation_id = any(${attestationIds})
      union all
      select recorded_at, kind, 'operator', reason, null, null, decision_id
      from presence.decision where attestation_id = any(${attestationIds})
      union all
      select proposed_at, 'proposed', 'operator', reason, null, null, override_id
      from presence.override where attestation_id = any(${attestationIds})
      union all
      select c.confirmed_at, 'overridden', 'operator', c.reason, null, null, c.override_id
      from presence.override_confirmation c join presence.override o using (network_id, override_id)
      where o.attestation_id = any(${attestationIds})) told
    order by at, case what when 'reversed' then 0 else 1 end, id`.execute(work.tx);
  return found.rows;
};

/** Presences in question: under review or blocked by someone's rule, the latest days first. */
export const selectInQuestion = async (work: Work, most: number): Promise<readonly AttestationId[]> => {
  const found = await sql<{ id: AttestationId }>`select attestation_id as id from presence.standing
    where (own not in ('ppp', 'www') or trip not in ('ppp', 'www')) and not reversed
    order by local_day desc, attestation_id limit ${most}`.execute(work.tx);
  return found.rows.map(row => row.id);
};
