import { sql } from 'kysely';
import { type Day, type Instant, instantText } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { toJson } from '../../platform/first-answer.ts';
import type { AttestationId } from '../attestation.ts';
import type { Decision, Letters } from '../axes.ts';
import type { OnTheDay } from '../facts.ts';
import type { Judge } from '../rules/catalogue.ts';
import type { Facts, Finding } from '../rules/rule.ts';

/** Judgements of a network are written one run at a time: the second waits, then finds nothing left to judge. */
export const holdJudging = async (work: Work): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext(${work.networkId}), hashtext('presence.judging'))`.execute(work.tx);
};

/** Days with presences to judge, the oldest first: how many, and how long the first of them has waited. */
export const selectDueDays = async (
  work: Work,
): Promise<readonly { readonly day: Day; readonly count: number; readonly waited_s: number }[]> => {
  const found = await sql<{ day: Day; count: number; waited_s: number }>`
    select local_day as day, count(*)::integer as count,
      extract(epoch from ${instantText(work.now)} - min(due_at))::integer as waited_s
    from presence.standing where due_at <= ${instantText(work.now)} group by local_day order by local_day`.execute(
    work.tx,
  );
  return found.rows;
};

/** Every standing presence of some days, in the order of the records; `waited_s` is null when it is not to be judged. */
export const selectOnDays = async (
  work: Work,
  days: readonly Day[],
): Promise<readonly (Omit<OnTheDay, 'due'> & { readonly waited_s: number | null })[]> => {
  const found = await sql<Omit<OnTheDay, 'due'> & { readonly waited_s: number | null }>`
    select a.attestation_id as "attestationId", a.pseudonym, a.space_id as "spaceId", a.local_day as day, a.halves,
      s.manual, s.own_revision as revision, extract(epoch from ${instantText(work.now)} - s.due_at)::integer as waited_s
    from presence.day_attestation a
    join presence.standing s on s.network_id = a.network_id and s.attestation_id = a.attestation_id
    where a.local_day = any(${days}::date[]) and not s.reversed
    order by a.local_day, a.recorded_at, a.attestation_id`.execute(work.tx);
  return found.rows;
};

/** What a judge says, of one presence or of many alike. */
export interface Said {
  readonly facts: Facts;
  readonly factsSha256: string;
  readonly axes: { readonly acquisition: string; readonly fraud: string; readonly anomaly: string };
  readonly findings: readonly Finding[];
  /** After what people decided. */
  readonly letters: Letters;
  readonly blockedBy: readonly string[];
  /** A rule could not complete: it is asked again from this moment on. */
  readonly again: Instant | null;
}

/** A judge's word on its way to the record. */
export interface NewJudgement {
  readonly attestationId: AttestationId;
  readonly revision: number;
  readonly said: Said;
}

const standingRow = ({ letters, blockedBy }: Pick<Said, 'letters' | 'blockedBy'>) => ({
  l: letters,
  b: blockedBy.length === 0 ? null : blockedBy.join(' '),
});

// Short names: they are written once a row.
const saidRow = (said: Said, n: number) => ({
  ...standingRow(said),
  n,
  a: said.again === null ? null : instantText(said.again),
  f: said.facts,
  h: said.factsSha256,
  q: said.axes.acquisition,
  d: said.axes.fraud,
  y: said.axes.anomaly,
  g: said.findings,
});

const saidColumns = sql`(n integer, l text, b text, a timestamptz, f jsonb, h text, q text, d text, y text, g jsonb)`;

/** What is said, each once, and who it is said of: most presences of a day differ in nothing but their ids. */
const packed = (judgements: readonly NewJudgement[]) => {
  const said = [...new Set(judgements.map(one => one.said))];
  const number = new Map(said.map((one, n) => [one, n]));
  const rows = sql`unnest(${judgements.map(one => one.attestationId)}::text[],
    ${judgements.map(one => number.get(one.said)!)}::integer[],
    ${judgements.map(one => one.revision)}::smallint[]) as u (i, n, v)`;
  return sql`${rows} join json_to_recordset(${toJson(said.map(saidRow))}::json) as j ${saidColumns} using (n)`;
};

const standingOf = {
  presence: sql`own = j.l, own_revision = u.v, own_blocked_by = j.b, due_at = j.a`,
  commute: sql`trip = j.l, trip_revision = u.v, trip_blocked_by = j.b`,
} as const satisfies Record<Judge, unknown>;

/** Adds judgements and says where their presences now stand. What has no standing is left out. */
export const insertJudgements = async (
  work: Work,
  { judge, catalogue }: { readonly judge: Judge; readonly catalogue: string },
  judgements: readonly NewJudgement[],
): Promise<void> => {
  await sql`with stood as (update presence.standing s set ${standingOf[judge]}
      from ${packed(judgements)} where s.attestation_id = u.i returning u.i, u.v, j.*)
    insert into presence.judgement (network_id, attestation_id, judge, revision, catalogue, facts, facts_sha256,
      acquisition, fraud, anomaly, findings, recorded_at)
    select ${work.networkId}, i, ${judge}, v, decode(${catalogue}, 'hex'), f, decode(h, 'hex'), q, d, y, g,
      ${instantText(work.now)}
    from stood on conflict do nothing`.execute(work.tx);
};

/** Says where presences stand whose judges have nothing new to say: they were looked at. */
export const updateStandings = async (work: Work, judge: Judge, judgements: readonly NewJudgement[]): Promise<void> => {
  await sql`update presence.standing s set ${standingOf[judge]}
    from ${packed(judgements)} where s.attestation_id = u.i`.execute(work.tx);
};

const decidedOf = {
  presence: sql`own = j.l, own_blocked_by = j.b`,
  commute: sql`trip = j.l, trip_blocked_by = j.b`,
} as const satisfies Record<Judge, unknown>;

/** Says where presences stand after someone decided; what waits to be judged waits on. */
export const decideStandings = async (
  work: Work,
  judge: Judge,
  standings: readonly (Pick<Said, 'letters' | 'blockedBy'> & { readonly attestationId: AttestationId })[],
): Promise<void> => {
  const rows = standings.map(one => ({ i: one.attestationId, ...standingRow(one) }));
  await sql`update presence.standing s set ${decidedOf[judge]}
    from json_to_recordset(${toJson(rows)}::json) as j (i text, l text, b text) where s.attestation_id = j.i`.execute(
    work.tx,
  );
};

/** What a judge last said of a presence. */
export interface LastJudgement {
  readonly attestationId: AttestationId;
  readonly judge: Judge;
  readonly revision: number;
  readonly catalogue: string;
  readonly facts: Facts;
  readonly factsSha256: string;
  readonly findings: readonly Finding[];
  readonly recordedAt: Instant;
}

const judgementColumns = sql`j.attestation_id as "attestationId", j.judge, j.revision, encode(j.catalogue, 'hex') as catalogue,
  j.facts, encode(j.facts_sha256, 'hex') as "factsSha256", j.findings, j.recorded_at as "recordedAt"`;

/** The last word of each judge on these presences. */
export const selectLastJudgements = async (
  work: Work,
  attestationIds: readonly string[],
): Promise<readonly LastJudgement[]> => {
  const found = await sql<LastJudgement>`select distinct on (j.attestation_id, j.judge) ${judgementColumns}
    from presence.judgement j where j.attestation_id = any(${attestationIds})
    order by j.attestation_id, j.judge, j.revision desc`.execute(work.tx);
  return found.rows;
};

/** Facts last judged of what these presences replace: check-ins may be gone by the time a day is corrected. */
export const selectFactsReplaced = async (
  work: Work,
  attestationIds: readonly string[],
): Promise<ReadonlyMap<string, Facts>> => {
  const found = await sql<{ attestation_id: string; facts: Facts }>`
    select distinct on (a.attestation_id) a.attestation_id, j.facts
    from presence.day_attestation a join presence.judgement j
      on j.network_id = a.network_id and j.attestation_id = a.replaces and j.judge = 'presence'
    where a.attestation_id = any(${attestationIds}) and a.replaces is not null
    order by a.attestation_id, j.revision desc`.execute(work.tx);
  return new Map(found.rows.map(row => [row.attestation_id, row.facts]));
};

/** How often a judge has spoken of each of these presences; one that has no standing is absent. */
export const selectRevisions = async (
  work: Work,
  judge: Judge,
  attestationIds: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const found = await sql<{ id: string; revision: number }>`select attestation_id as id,
      ${judge === 'presence' ? sql`own_revision` : sql`trip_revision`} as revision
    from presence.standing where attestation_id = any(${attestationIds})`.execute(work.tx);
  return new Map(found.rows.map(row => [row.id, row.revision]));
};

/** Every decision on these presences, the oldest first; an override counts once it is confirmed. */
export const selectDecisions = async (
  work: Work,
  attestationIds: readonly string[],
): Promise<readonly (Decision & { readonly attestationId: AttestationId })[]> => {
  const found = await sql<Decision & { attestationId: AttestationId }>`
    select attestation_id as "attestationId", judge, encode(facts_sha256, 'hex') as "factsSha256", rule_id as rule, kind
    from (
      select attestation_id, judge, facts_sha256, rule_id, kind, recorded_at, decision_id as id from presence.decision
      union all
      select o.attestation_id, o.judge, o.facts_sha256, o.rule_id, 'override', c.confirmed_at, o.override_id
      from presence.override o join presence.override_confirmation c using (network_id, override_id)
      where o.kind = 'finding') decided
    where attestation_id = any(${attestationIds}) order by recorded_at, id`.execute(work.tx);
  return found.rows;
};

/** Presences on which the room of trips has not spoken yet, the oldest first. */
export const selectWithoutTrip = async (work: Work, limit: number): Promise<readonly AttestationId[]> => {
  const found = await sql<{ id: AttestationId }>`select attestation_id as id from presence.standing
    where trip_revision = 0 and not reversed order by local_day, attestation_id limit ${limit}`.execute(work.tx);
  return found.rows.map(row => row.id);
};

const atOnce = sql`'epoch'::timestamptz`;
const judgedAlready = sql`s.due_at is null and not s.reversed and s.attestation_id = a.attestation_id`;

/** Which presences are to be judged again at once, among those judged before. */
export type Again =
  | { readonly attestationIds: readonly string[] }
  | { readonly pseudonyms: readonly string[]; readonly from: Day; readonly to: Day }
  | { readonly spaceIds: readonly string[]; readonly from: Day; readonly to: Day };

const whichAgain = (again: Again) => {
  if ('attestationIds' in again) return sql`a.attestation_id = any(${again.attestationIds})`;
  const days = sql`a.local_day between ${again.from} and ${again.to}`;
  return 'pseudonyms' in again
    ? sql`a.pseudonym = any(${again.pseudonyms}) and ${days}`
    : sql`a.space_id = any(${again.spaceIds}) and ${days}`;
};

export const judgeAgain = async (work: Work, again: Again): Promise<void> => {
  await sql`update presence.standing s set due_at = ${atOnce} from presence.day_attestation a
    where a.reverses is null and ${whichAgain(again)} and ${judgedAlready}`.execute(work.tx);
};
