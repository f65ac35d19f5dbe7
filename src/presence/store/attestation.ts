import { type RawBuilder, sql } from 'kysely';
import { groupBy } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Day, type Instant, instantText, type Month } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { toJson } from '../../platform/first-answer.ts';
import type { AttestationId, EvidenceClass } from '../attestation.ts';
import type { Letters } from '../axes.ts';
import type { Standing } from '../facts.ts';
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
  readonly manual: boolean;
  readonly replaces: AttestationId | null;
  readonly upgraded_by: string | null;
  readonly own: Letters;
  readonly trip: Letters;
  readonly contested: boolean;
  readonly reversed: boolean;
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
  manual: row.manual,
  replaces: row.replaces,
  upgradedBy: row.upgraded_by,
  own: row.own,
  trip: row.trip,
  contested: row.contested,
  reversed: row.reversed,
});

const withStanding = sql`presence.day_attestation a
  join presence.standing s on s.network_id = a.network_id and s.attestation_id = a.attestation_id`;

const select = async (work: Work, where: RawBuilder<unknown>): Promise<readonly Recorded[]> => {
  const found = await sql<RecordedRow>`
    select a.attestation_id, a.pseudonym, a.space_id, a.commune_code, a.local_day, a.halves, a.evidence_class,
      a.evidence_sha256, a.booking_sha256, a.person_commit, a.payload_commit, a.recorded_at, s.manual, a.replaces,
      a.upgraded_by, s.own, s.trip, s.contested, s.reversed
    from ${withStanding} where ${where}
    order by a.local_day, a.recorded_at, a.attestation_id`.execute(work.tx);
  return found.rows.map(recordedOf);
};

/** The least that the accounts of a month need of a presence. */
export interface ClosingRow {
  readonly attestationId: AttestationId;
  readonly personCommit: string;
  readonly pseudonym: string;
  readonly spaceId: Id<'spc'>;
  readonly day: Day;
  readonly halves: 1 | 2;
  readonly evidenceClass: EvidenceClass;
  readonly age_s: number;
  readonly own: Letters;
  readonly trip: Letters;
  readonly blocked_by: string | null;
  readonly contested: boolean;
}

/** Presences of some days that stand, in the order of their ids. */
export const selectClosing = async (work: Work, days: readonly Day[]): Promise<readonly ClosingRow[]> => {
  const found = await sql<ClosingRow>`
    select a.attestation_id as "attestationId", a.person_commit as "personCommit", a.pseudonym, a.space_id as "spaceId",
      a.local_day as day, a.halves, a.evidence_class as "evidenceClass",
      extract(epoch from ${instantText(work.now)} - a.recorded_at)::integer as age_s, s.own, s.trip,
      nullif(concat_ws(' ', s.own_blocked_by, s.trip_blocked_by), '') as blocked_by, s.contested
    from ${withStanding} where a.local_day = any(${days}::date[]) and s.local_day = any(${days}::date[])
      and not s.reversed
    order by a.attestation_id collate "C"`.execute(work.tx);
  return found.rows;
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
  if ('contested' in which) return select(work, sql`s.contested and not s.reversed`);
  if ('pseudonym' in which) {
    return select(work, sql`a.pseudonym = ${which.pseudonym} and a.local_day between ${which.from} and ${which.to}`);
  }
  return select(work, sql`a.attestation_id = any(${which.attestationIds})`);
};

/** Of these presences, those that nothing has reversed, in the order of their records. */
export const selectStanding = async (work: Work, attestationIds: readonly string[]): Promise<readonly Standing[]> => {
  const found = await sql<Standing>`
    select a.attestation_id as "attestationId", a.pseudonym, a.space_id as "spaceId", a.local_day as day, a.halves
    from ${withStanding} where a.attestation_id = any(${attestationIds}) and not s.reversed
    order by a.local_day, a.recorded_at, a.attestation_id`.execute(work.tx);
  return found.rows;
};

/** Rows on their way to the ledger, reversals among them. */
export const insertAttestations = async (work: Work, rows: readonly NewAttestation[]): Promise<void> => {
  await sql`insert into presence.day_attestation (network_id, attestation_id, pseudonym, space_id, commune_code, local_day,
      halves, evidence_class, evidence_sha256, booking_sha256, person_commit, payload_commit, manual, reverses, reason,
      author, author_role, replaces, upgraded_by, recorded_at)
    select ${work.networkId}, attestation_id, pseudonym, space_id, commune_code, local_day, halves, evidence_class,
      array(select jsonb_array_elements_text(evidence)), booking_sha256, person_commit, payload_commit, manual, reverses,
      reason, author, author_role, replaces, upgraded_by, ${instantText(work.now)}
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
        manual: a.manual,
        reverses: a.reverses,
        reason: a.reason,
        author: a.author?.id ?? null,
        author_role: a.author?.role ?? null,
        replaces: a.replaces,
        upgraded_by: a.upgradedBy,
      })),
    )}::json) as a (attestation_id text, pseudonym text, space_id text, commune_code text, local_day date,
      halves smallint, evidence_class text, evidence jsonb, booking_sha256 text, person_commit text, payload_commit text,
      manual boolean, reverses text, reason text, author text, author_role text, replaces text, upgraded_by text)`.execute(
    work.tx,
  );
};

/** Whose days someone has corrected by hand: their pseudonyms, by day. */
export const selectByHand = async (
  work: Work,
  days: readonly Day[],
): Promise<ReadonlyMap<Day, ReadonlySet<string>>> => {
  const found = await sql<{ day: Day; pseudonym: string }>`select distinct local_day as day, pseudonym
    from presence.day_attestation where local_day = any(${days}::date[])
      and (author is not null or reason in ('contest_upheld', 'operator'))`.execute(work.tx);
  const byDay = groupBy(found.rows, row => row.day);
  return new Map([...byDay].map(([day, rows]) => [day, new Set(rows.map(row => row.pseudonym))]));
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

export interface ContestEntry {
  readonly attestationId: AttestationId;
  readonly kind: 'opened' | 'withdrawn' | 'upheld' | 'dismissed' | 'confirmed';
  readonly reason: 'not_there' | 'other_space' | 'half_only' | 'other' | null;
  /** The pseudonym of the person, or the id of who decided. */
  readonly author: string;
}

export const insertContestEntry = async (work: Work, entry: ContestEntry): Promise<void> => {
  await sql`insert into presence.contest_entry (network_id, entry_id, attestation_id, kind, reason, author, recorded_at)
    values (${work.networkId}, ${work.newId('cts')}, ${entry.attestationId}, ${entry.kind}, ${entry.reason},
      ${entry.author}, ${work.now.toString()})`.execute(work.tx);
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

/** Every row of one pseudonym, reversals among them. */
export const selectIdsOf = async (work: Work, pseudonym: string): Promise<readonly AttestationId[]> => {
  const found = await sql<{ id: AttestationId }>`select attestation_id as id from presence.day_attestation
    where network_id = ${work.networkId} and pseudonym = ${pseudonym}`.execute(work.tx);
  return found.rows.map(row => row.id);
};

export const deleteSaltsOf = async (work: Work, attestationIds: readonly string[]): Promise<number> => {
  const gone = await sql`delete from presence.attestation_salt
    where network_id = ${work.networkId} and attestation_id = any(${attestationIds})`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0n);
};

/** Days before one, but for those of some pseudonyms. */
interface OldDays {
  readonly before: Day;
  readonly except: readonly string[];
}

/** Destroys the salts of old days, a number of them at most, and names the days. */
export const deleteSalts = async (
  work: Work,
  { before, except }: OldDays,
  most: number,
): Promise<readonly AttestationId[]> => {
  const gone = await sql<{ id: AttestationId }>`delete from presence.attestation_salt s using (
      select o.attestation_id from presence.attestation_salt o join presence.day_attestation a
        on a.network_id = o.network_id and a.attestation_id = o.attestation_id
      where a.local_day < ${before} and a.pseudonym <> all(${except})
      order by a.local_day, a.attestation_id limit ${most}) old
    where s.network_id = ${work.networkId} and s.attestation_id = old.attestation_id
    returning s.attestation_id as id`.execute(work.tx);
  return gone.rows.map(row => row.id);
};

/** Destroys the links made before a day whose every attested day is older still, and says how many. */
export const deleteOldLinks = async (work: Work, { before, except }: OldDays): Promise<number> => {
  const gone = await sql`delete from presence.person_link l
    where l.made_at < ${before}::date and l.pseudonym <> all(${except}) and not exists (
      select from presence.day_attestation a where a.network_id = l.network_id and a.pseudonym = l.pseudonym
        and a.local_day >= ${before})`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0n);
};

/** Cuts the only way back to a person: the link and its key. */
export const deleteLink = async (work: Work, personId: string): Promise<number> => {
  const gone = await sql`delete from presence.person_link where person_id = ${personId}`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0n);
};
