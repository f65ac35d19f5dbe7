import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import { type Day, type Instant, instant, type Month } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { toJson } from '../../platform/first-answer.ts';
import type { AttestationId, EvidenceClass } from '../attestation.ts';
import type { Standing } from '../facts.ts';
import type { Verdict } from '../finality.ts';
import type { Judged } from '../fraud-rules.ts';
import type { HalfHeld, NewAttestation, PersonLink, Recorded } from '../ledger.ts';

interface RecordedRow {
  readonly attestation_id: AttestationId;
  readonly pseudonym: string;
  readonly space_id: Id<'spc'>;
  readonly commune_code: string;
  readonly local_day: Day;
  readonly halves: 1 | 2;
  readonly evidence_class: EvidenceClass;
  readonly evidence_sha256: readonly string[];
  readonly booking_sha256: string | null;
  readonly person_commit: string;
  readonly payload_commit: string;
  readonly recorded_at: Instant;
  readonly reversed: boolean;
  readonly last_contest: Recorded['lastContest'];
  readonly verdicts: readonly (Omit<Verdict, 'recordedAt'> & { readonly recordedAt: string })[] | null;
}

const recordedOf = (row: RecordedRow): Recorded => ({
  attestationId: row.attestation_id,
  pseudonym: row.pseudonym,
  spaceId: row.space_id,
  communeCode: row.commune_code,
  day: row.local_day,
  halves: row.halves,
  evidenceClass: row.evidence_class,
  evidenceSha256: row.evidence_sha256,
  bookingSha256: row.booking_sha256,
  personCommit: row.person_commit,
  payloadCommit: row.payload_commit,
  recordedAt: row.recorded_at,
  reversed: row.reversed,
  lastContest: row.last_contest,
  verdicts: (row.verdicts ?? []).map(v => ({ ...v, recordedAt: instant(v.recordedAt) })),
});

const select = async (work: Work, where: RawBuilder<unknown>): Promise<readonly Recorded[]> => {
  const found = await sql<RecordedRow>`
    select a.attestation_id, a.pseudonym, a.space_id, a.commune_code, a.local_day, a.halves, a.evidence_class,
      a.evidence_sha256, a.booking_sha256, a.person_commit, a.payload_commit, a.recorded_at,
      exists (select from presence.day_attestation r
        where r.network_id = a.network_id and r.reverses = a.attestation_id) as reversed,
      (select c.kind from presence.contest_entry c
        where c.network_id = a.network_id and c.attestation_id = a.attestation_id
        order by c.recorded_at desc, c.entry_id desc limit 1) as last_contest,
      (select json_agg(json_build_object('ruleId', v.rule_id, 'ruleVersion', v.rule_version, 'axis', v.axis,
          'status', v.status, 'inputSha256', v.input_sha256,
          'recordedAt', to_char(v.recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
          order by v.recorded_at, v.rule_id)
        from presence.verdict v where v.network_id = a.network_id and v.attestation_id = a.attestation_id) as verdicts
    from presence.day_attestation a
    where a.reverses is null and ${where}
    order by a.local_day, a.recorded_at, a.attestation_id`.execute(work.tx);
  return found.rows.map(recordedOf);
};

/** Every attestation that another row reverses. */
export const selectReversedIds = async (work: Work): Promise<readonly AttestationId[]> => {
  const found = await sql<{ reverses: AttestationId }>`select reverses from presence.day_attestation
    where network_id = ${work.networkId} and reverses is not null`.execute(work.tx);
  return found.rows.map(row => row.reverses);
};

/** What `attestationsOf` may be asked about. */
export type Which =
  | { readonly month: Month }
  | { readonly days: readonly Day[] }
  | { readonly attestationIds: readonly string[] }
  /** Those whose contest waits for an answer. */
  | { readonly contested: true }
  | { readonly pseudonym: string; readonly from: Day; readonly to: Day };

/** Attestations with what was said of them since; reversing rows are read as `reversed` on what they reverse. */
export const selectRecorded = (work: Work, which: Which): Promise<readonly Recorded[]> => {
  if ('month' in which) {
    const first = `${which.month}-01`;
    return select(work, sql`a.local_day >= ${first}::date and a.local_day < ${first}::date + interval '1 month'`);
  }
  if ('days' in which) return select(work, sql`a.local_day = any(${which.days}::date[])`);
  if ('contested' in which) {
    return select(
      work,
      sql`a.attestation_id in (select attestation_id from presence.contest_entry)
        and (select c.kind from presence.contest_entry c
          where c.network_id = a.network_id and c.attestation_id = a.attestation_id
          order by c.recorded_at desc, c.entry_id desc limit 1) = 'opened'`,
    );
  }
  if ('pseudonym' in which) {
    return select(work, sql`a.pseudonym = ${which.pseudonym} and a.local_day between ${which.from} and ${which.to}`);
  }
  return select(work, sql`a.attestation_id = any(${which.attestationIds})`);
};

const standingColumns = sql`w.attestation_id as "attestationId", w.pseudonym, w.space_id as "spaceId", w.local_day as day,
  w.halves`;
const stands = sql`w.reverses is null and not exists (select from presence.day_attestation r
  where r.network_id = w.network_id and r.reverses = w.attestation_id)`;

/** Standing attestations recorded before a moment on which one of these rules has not spoken, oldest first. */
export const selectUnjudged = async (
  work: Work,
  { before, rules, limit }: { before: Instant; rules: readonly { id: string; version: string }[]; limit: number },
): Promise<readonly Standing[]> => {
  const found = await sql<Standing>`
    select ${standingColumns} from presence.day_attestation w
    where ${stands} and w.recorded_at <= ${before.toString()}
      and w.attestation_id not in (
        select v.attestation_id from presence.verdict v
        where v.rule_id || ' ' || v.rule_version = any(${rules.map(r => `${r.id} ${r.version}`)})
        group by v.attestation_id having count(distinct v.rule_id) >= ${rules.length})
    order by w.recorded_at, w.attestation_id limit ${limit}`.execute(work.tx);
  return found.rows;
};

/** Every standing attestation of some days, or among those named, in the order of their records. */
export const selectStanding = async (
  work: Work,
  which: { readonly days: readonly Day[] } | { readonly attestationIds: readonly string[] },
): Promise<readonly Standing[]> => {
  const wanted =
    'days' in which
      ? sql`w.local_day = any(${which.days}::date[])`
      : sql`w.attestation_id = any(${which.attestationIds})`;
  const found = await sql<Standing>`
    select ${standingColumns} from presence.day_attestation w
    where ${stands} and ${wanted}
    order by w.local_day, w.recorded_at, w.attestation_id`.execute(work.tx);
  return found.rows;
};

/** Rows on their way to the ledger, reversals among them. */
export const insertAttestations = async (work: Work, rows: readonly NewAttestation[]): Promise<void> => {
  await sql`insert into presence.day_attestation (network_id, attestation_id, pseudonym, space_id, commune_code, local_day,
      halves, evidence_class, evidence_sha256, booking_sha256, person_commit, payload_commit, reverses, reason, recorded_at)
    select ${work.networkId}, attestation_id, pseudonym, space_id, commune_code, local_day, halves, evidence_class,
      array(select jsonb_array_elements_text(evidence)), booking_sha256, person_commit, payload_commit, reverses, reason,
      ${work.now.toString()}
    from json_to_recordset(${toJson(
      rows.map(a => ({
        attestation_id: a.attestationId,
        pseudonym: a.pseudonym,
        space_id: a.spaceId,
        commune_code: a.communeCode,
        local_day: a.day,
        halves: a.halves,
        evidence_class: a.evidenceClass,
        evidence: a.evidenceSha256,
        booking_sha256: a.bookingSha256,
        person_commit: a.personCommit,
        payload_commit: a.payloadCommit,
        reverses: a.reverses,
        reason: a.reason,
      })),
    )}::json) as a (attestation_id text, pseudonym text, space_id text, commune_code text, local_day date,
      halves smallint, evidence_class text, evidence jsonb, booking_sha256 text, person_commit text, payload_commit text,
      reverses text, reason text)`.execute(work.tx);
};

/** Keeps two runs over one day from crossing: the second waits, then reads what the first wrote. Locks in order of days. */
export const holdDays = async (work: Work, days: readonly Day[]): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext(${work.networkId}), hashtext(day))
    from unnest(${days.toSorted()}::text[]) as day`.execute(work.tx);
};

/** Halves held by these people on these days. */
export const selectHalves = async (
  work: Work,
  { pseudonyms, days }: { readonly pseudonyms: readonly string[]; readonly days: readonly Day[] },
): Promise<readonly HalfHeld[]> => {
  const found = await sql<HalfHeld>`select pseudonym, local_day as day, half, attestation_id as "attestationId"
    from presence.person_day_half where local_day = any(${days}::date[]) and pseudonym = any(${pseudonyms})`.execute(
    work.tx,
  );
  return found.rows;
};

/** Takes halves and answers those obtained: the constraint gives each to one attestation only. */
export const takeHalves = async (work: Work, wanted: readonly HalfHeld[]): Promise<readonly HalfHeld[]> => {
  const got = await sql<HalfHeld>`
    insert into presence.person_day_half (network_id, pseudonym, local_day, half, attestation_id)
    select ${work.networkId}, h.pseudonym, h.day, h.half, h."attestationId"
    from json_to_recordset(${toJson(wanted)}::json) as h (pseudonym text, day date, half smallint, "attestationId" text)
    order by h.pseudonym, h.day, h.half
    on conflict do nothing
    returning pseudonym, local_day as day, half, attestation_id as "attestationId"`.execute(work.tx);
  return got.rows;
};

export const giveHalvesBack = async (work: Work, attestationIds: readonly string[]): Promise<void> => {
  await sql`delete from presence.person_day_half where attestation_id = any(${attestationIds})`.execute(work.tx);
};

export const insertSalts = async (
  work: Work,
  salts: readonly { readonly attestationId: AttestationId; readonly salt: Uint8Array }[],
): Promise<void> => {
  await sql`insert into presence.attestation_salt (network_id, attestation_id, salt)
    select ${work.networkId}, id, decode(salt, 'hex') from unnest(${salts.map(s => s.attestationId)}::text[],
      ${salts.map(s => Buffer.from(s.salt).toString('hex'))}::text[]) as s (id, salt)`.execute(work.tx);
};

export const selectSalts = async (
  work: Work,
  attestationIds: readonly string[],
): Promise<ReadonlyMap<AttestationId, Uint8Array>> => {
  const found = await sql<{ attestation_id: AttestationId; salt: Buffer }>`select attestation_id, salt
    from presence.attestation_salt where attestation_id = any(${attestationIds})`.execute(work.tx);
  return new Map(found.rows.map(row => [row.attestation_id, row.salt]));
};

export const insertVerdicts = async (work: Work, judged: readonly Judged[]): Promise<void> => {
  await sql`insert into presence.verdict (network_id, attestation_id, rule_id, rule_version, axis, status, input_sha256,
      recorded_at)
    select ${work.networkId}, "attestationId", "ruleId", "ruleVersion", axis, status, "inputSha256", ${work.now.toString()}
    from json_to_recordset(${toJson(judged)}::json) as v ("attestationId" text, "ruleId" text, "ruleVersion" text,
      axis text, status text, "inputSha256" text)
    on conflict do nothing`.execute(work.tx);
};

/** How many standing attestations of other ids rest on each of these pieces of evidence. */
export const countSharing = async (
  work: Work,
  attestationIds: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const found = await sql<{ attestation_id: string; sharing: number }>`
    with asked as (
      select attestation_id, pseudonym, unnest(evidence_sha256) as piece from presence.day_attestation
      where attestation_id = any(${attestationIds})),
    known as (
      select w.attestation_id, w.pseudonym, unnest(w.evidence_sha256) as piece from presence.day_attestation w
      where ${stands} and w.pseudonym in (select pseudonym from asked))
    select asked.attestation_id, count(distinct known.attestation_id)::integer as sharing
    from asked join known using (pseudonym, piece)
    where known.attestation_id <> asked.attestation_id group by asked.attestation_id`.execute(work.tx);
  return new Map(found.rows.map(row => [row.attestation_id, row.sharing]));
};

export interface ContestEntry {
  readonly attestationId: AttestationId;
  readonly kind: 'opened' | 'withdrawn' | 'upheld' | 'dismissed';
  readonly reason: 'not_there' | 'other_space' | 'half_only' | 'other' | null;
  /** The pseudonym of the person, or the id of who decided. */
  readonly author: string;
}

export const insertContestEntry = async (work: Work, entry: ContestEntry): Promise<void> => {
  await sql`insert into presence.contest_entry (network_id, entry_id, attestation_id, kind, reason, author, recorded_at)
    values (${work.networkId}, ${work.newId('cts')}, ${entry.attestationId}, ${entry.kind}, ${entry.reason},
      ${entry.author}, ${work.now.toString()})`.execute(work.tx);
};

/** The network's pseudonym key, made at first need: whoever comes second uses the first one's. */
export const pseudonymKey = async (work: Work, made: Uint8Array): Promise<Uint8Array> => {
  await sql`insert into presence.network_key (network_id, pseudonym_key, made_at)
    values (${work.networkId}, ${Buffer.from(made)}, ${work.now.toString()}) on conflict do nothing`.execute(work.tx);
  const found = await sql<{ pseudonym_key: Buffer }>`select pseudonym_key from presence.network_key`.execute(work.tx);
  return found.rows[0]!.pseudonym_key;
};

export const insertLinks = async (work: Work, links: readonly PersonLink[]): Promise<void> => {
  await sql`insert into presence.person_link (network_id, person_id, pseudonym, person_key, made_at)
    select ${work.networkId}, person_id, pseudonym, decode(key, 'hex'), ${work.now.toString()}
    from unnest(${links.map(l => l.personId)}::text[], ${links.map(l => l.pseudonym)}::text[],
      ${links.map(l => Buffer.from(l.personKey).toString('hex'))}::text[]) as l (person_id, pseudonym, key)
    on conflict do nothing`.execute(work.tx);
};

export const selectLinks = async (
  work: Work,
  which: { readonly personIds: readonly string[] } | { readonly pseudonyms: readonly string[] },
): Promise<readonly PersonLink[]> => {
  const found = await sql<{ person_id: Id<'per'>; pseudonym: string; person_key: Buffer }>`
    select person_id, pseudonym, person_key from presence.person_link where ${
      'personIds' in which ? sql`person_id = any(${which.personIds})` : sql`pseudonym = any(${which.pseudonyms})`
    }`.execute(work.tx);
  return found.rows.map(row => ({ personId: row.person_id, pseudonym: row.pseudonym, personKey: row.person_key }));
};

/** Cuts the only way back to a person: the link, its key, and the salts of what was attested under it. */
export const deleteLink = async (work: Work, personId: string): Promise<number> => {
  await sql`delete from presence.attestation_salt s using presence.day_attestation a, presence.person_link l
    where l.person_id = ${personId} and a.network_id = l.network_id and a.pseudonym = l.pseudonym
      and s.network_id = a.network_id and s.attestation_id = a.attestation_id`.execute(work.tx);
  const gone = await sql`delete from presence.person_link where person_id = ${personId}`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0n);
};
