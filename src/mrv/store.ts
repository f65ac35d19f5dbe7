import { sql } from 'kysely';
import type { Canonical } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import type { Day, Instant, Month } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import type { Scheme } from '../schemes/schemes.ts';
import type { Account } from './account.ts';
import type { Batch } from './batch.ts';
import type { Sealed } from './entries.ts';
import type { LineContent, LineRow } from './sealed-line.ts';

/** A closed month, with every file of its dossier that is not made from its lines. */
export interface BatchRow {
  readonly content: Batch;
  readonly firstSeq: number;
  readonly checks: Canonical;
  readonly method: Canonical;
  readonly factors: Canonical;
  readonly checkpoint: string;
  readonly vkey: string;
  readonly readme: string;
  readonly summary: Uint8Array;
  readonly closedBy: Id<'per'>;
  readonly closedAt: Instant;
}

const batchColumns = sql`content, first_seq::double precision as "firstSeq", checks, method, factors, checkpoint, vkey, readme,
  summary, closed_by as "closedBy", closed_at as "closedAt"`;

export async function batchOfMonth(work: Work, month: Month): Promise<BatchRow | null> {
  const found = await sql<BatchRow>`select ${batchColumns} from mrv.batch
    where network_id = ${work.networkId} and month = ${month}`.execute(work.tx);
  return found.rows[0] ?? null;
}

export async function batchById(work: Work, batchId: string): Promise<BatchRow | null> {
  const found = await sql<BatchRow>`select ${batchColumns} from mrv.batch
    where network_id = ${work.networkId} and batch_id = ${batchId}`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** The contents of every closed month, the latest first. */
export async function allBatches(work: Work): Promise<Batch[]> {
  const found = await sql<{ content: Batch }>`select content from mrv.batch
    where network_id = ${work.networkId} order by month desc`.execute(work.tx);
  return found.rows.map(row => row.content);
}

export async function insertBatch(work: Work, { content, ...row }: BatchRow): Promise<void> {
  await sql`insert into mrv.batch (network_id, batch_id, month, first_seq, lines, content, checks, method, factors, checkpoint,
      vkey, readme, summary, closed_by, closed_at)
    values (${work.networkId}, ${content.id}, ${content.month}, ${row.firstSeq}, ${content.lines},
      ${JSON.stringify(content)}::jsonb, ${JSON.stringify(row.checks)}::jsonb, ${JSON.stringify(row.method)}::jsonb,
      ${JSON.stringify(row.factors)}::jsonb, ${row.checkpoint}, ${row.vkey}, ${row.readme}, ${Buffer.from(row.summary)},
      ${row.closedBy}, ${row.closedAt.toString()})`.execute(work.tx);
}

/** The last account number given. */
export async function lastAccountNo(work: Work): Promise<number> {
  const found = await sql<{
    last: number;
  }>`select coalesce(max(account_no), 0)::double precision as last from mrv.account
    where network_id = ${work.networkId}`.execute(work.tx);
  return found.rows[0]!.last;
}

/** An account on its way to the books; `trip` is what its lines' payloads tell of the legs, null when there are none. */
export interface NumberedAccount {
  readonly accountNo: number;
  readonly account: Account;
  readonly trip: Canonical | null;
}

export async function insertAccounts(work: Work, accounts: readonly NumberedAccount[]): Promise<void> {
  if (accounts.length === 0) return;
  const rows = accounts.map(({ accountNo, account, trip }) => ({
    account_no: accountNo,
    scheme: account.scheme,
    claimant: account.claimant,
    vintage: account.vintage,
    reason: account.reason,
    gross_mg: account.gross_mg,
    net_mg: account.net_mg,
    avoided_m: String(account.avoided_m),
    unallocated_m: String(account.unallocated_m),
    halves: account.halves,
    evidence: account.evidence,
    employer_id: account.employerId,
    under: account.under,
    reverses: account.reverses?.seq ?? null,
    trip,
  }));
  await sql`insert into mrv.account (network_id, account_no, scheme, claimant, vintage, reason, gross_mg, net_mg, avoided_m,
      unallocated_m, halves, evidence, employer_id, reverses, under, trip)
    select ${work.networkId}, account_no, scheme, claimant, vintage, reason, gross_mg, net_mg, avoided_m, unallocated_m,
      halves, evidence, employer_id, reverses, under, trip
    from json_to_recordset(${JSON.stringify(rows)}::json) as account (account_no bigint, scheme text, claimant text,
      vintage smallint, reason text, gross_mg text, net_mg text, avoided_m bigint, unallocated_m bigint, halves smallint,
      evidence text, employer_id text, reverses bigint, under text, trip jsonb)`.execute(work.tx);
}

/** Bytes of a line that chance and hashes make: 13 of its id, then 32 each of its salt, person, person-day and leaf. */
const line_bytes = 141;

/**
 * Writes lines with what they commit to; those that do not take another back stand. The constraints have the last word. A
 * million lines pass here: most of a line goes as bytes that nobody has to parse.
 */
export async function insertLines(
  work: Work,
  lines: readonly (Sealed & { readonly accountNo: number })[],
): Promise<void> {
  if (lines.length === 0) return;
  const bytes = Buffer.alloc(lines.length * line_bytes);
  for (const [i, line] of lines.entries()) {
    const at = i * line_bytes;
    bytes.write(line.lineId.slice(4), at, 'hex');
    bytes.set(line.salt, at + 13);
    bytes.write(line.personCommit + (line.personDay ?? ''), at + 45, 'hex');
    bytes.set(line.leaf, at + 109);
  }
  await sql`insert into mrv.line (network_id, seq, line_id, presence_id, day, standing, person_day, leaf, account_no, salt, site,
      person_commit)
    select ${work.networkId}, ${lines[0]!.seq} + n - 1, 'lin_' || encode(substring(b.bytes from at + 1 for 13), 'hex'),
      presence_id, day, fate <> 'back', case when fate = 'credited' then substring(b.bytes from at + 78 for 32) end,
      substring(b.bytes from at + 110 for 32), account_no, substring(b.bytes from at + 14 for 32), site,
      substring(b.bytes from at + 46 for 32)
    from (select ${bytes}::bytea as bytes) b,
      lateral (select l.*, ((n - 1) * ${line_bytes}::int)::int as at
        from unnest(string_to_array(${lines.map(line => line.presenceId).join()}, ','),
          string_to_array(${lines.map(line => line.day).join()}, ',')::date[],
          string_to_array(${lines.map(line => line.accountNo).join()}, ',')::bigint[],
          string_to_array(${lines.map(line => line.site).join()}, ','),
          string_to_array(${lines.map(fateOf).join()}, ',')) with ordinality as l (presence_id, day, account_no, site, fate, n)
      ) as line
    order by n`.execute(work.tx);
}

const fateOf = ({ account, personDay }: Sealed): string =>
  account.reverses !== null ? 'back' : personDay === null ? 'plain' : 'credited';

/** Lines that others have just reversed no longer stand: their presences serve nothing. */
export async function endStanding(work: Work, seqs: readonly number[]): Promise<void> {
  await sql`update mrv.line set standing = false
    where network_id = ${work.networkId} and seq = any(${seqs}::bigint[]) and standing`.execute(work.tx);
}

/** What standing lines of some days hold: their presences, and the person-days that they credit (64 hex digits). */
export async function allocatedOn(
  work: Work,
  days: readonly Day[],
): Promise<{ readonly presences: ReadonlySet<string>; readonly personDays: ReadonlySet<string> }> {
  const found = await sql<{ presence_id: string; person_day: string | null }>`
    select presence_id, encode(person_day, 'hex') as person_day from mrv.line
    where network_id = ${work.networkId} and day = any(${days}::date[]) and standing`.execute(work.tx);
  return {
    presences: new Set(found.rows.map(row => row.presence_id)),
    personDays: new Set(found.rows.flatMap(row => row.person_day ?? [])),
  };
}

type RawLine = Omit<LineRow, 'content' | 'reverses'> & {
  readonly reversesSeq: number | null;
  readonly reversesLine: string | null;
  readonly salt: string | null;
} & Omit<Exclude<LineContent, { erased: true }>, 'salt'>;

const lineColumns = sql`l.seq::double precision as seq, l.line_id as "lineId", l.presence_id as "presenceId",
  encode(l.leaf, 'hex') as leaf, a.scheme, a.claimant, a.vintage, a.reason, a.gross_mg, a.net_mg, a.avoided_m,
  a.unallocated_m, r.seq::double precision as "reversesSeq", r.line_id as "reversesLine", encode(l.salt, 'hex') as salt, l.day,
  l.site, encode(l.person_commit, 'hex') as "personCommit", a.halves, a.evidence, a.employer_id as "employerId", a.under, a.trip`;
const lineTables = sql`mrv.line l join mrv.account a on a.network_id = l.network_id and a.account_no = l.account_no
  left join mrv.line r on r.network_id = a.network_id and r.seq = a.reverses`;

const lineOf = ({ reversesSeq, reversesLine, ...raw }: RawLine): LineRow => {
  const { salt, day, site, personCommit, halves, evidence, trip, ...line } = raw;
  return {
    ...line,
    reverses: reversesSeq === null ? null : { seq: reversesSeq, lineId: reversesLine! },
    content: salt === null ? { erased: true } : { salt, day, site, personCommit, halves, evidence, trip },
  };
};

/** Lines of a batch in the order of the log, from `after` (a place in the log) on; all of them without a limit. */
export async function linesOfBatch(
  work: Work,
  batchId: string,
  { after = -1, limit = null }: { readonly after?: number; readonly limit?: number | null } = {},
): Promise<LineRow[]> {
  const found = await sql<RawLine>`select ${lineColumns}
    from mrv.batch b join ${lineTables} on l.network_id = b.network_id and l.seq >= b.first_seq and l.seq < b.first_seq + b.lines
    where b.network_id = ${work.networkId} and b.batch_id = ${batchId} and l.seq > ${after}
    order by l.seq limit ${limit}`.execute(work.tx);
  return found.rows.map(lineOf);
}

/** The lines of a presence, oldest first, with the month whose batch holds each: what it served, and what took it back. */
export async function linesOfPresence(
  work: Work,
  presenceId: string,
): Promise<(LineRow & { readonly month: Month })[]> {
  const found = await sql<RawLine & { month: Month }>`select ${lineColumns}, b.month from ${lineTables}
    join mrv.batch b on b.network_id = l.network_id and l.seq >= b.first_seq and l.seq < b.first_seq + b.lines
    where l.network_id = ${work.networkId} and l.presence_id = ${presenceId} order by l.seq`.execute(work.tx);
  return found.rows.map(row => ({ ...lineOf(row), month: row.month }));
}

/** A standing line, and the batch that holds it. */
export type StandingRow = LineRow & { readonly batchId: string };

/** The lines that these presences stand on now. */
export async function standingLines(work: Work, presenceIds: readonly string[]): Promise<StandingRow[]> {
  const found = await sql<
    RawLine & { batchId: string }
  >`select ${lineColumns}, b.batch_id as "batchId" from ${lineTables}
    join mrv.batch b on b.network_id = l.network_id and l.seq >= b.first_seq and l.seq < b.first_seq + b.lines
    where l.network_id = ${work.networkId} and l.presence_id = any(${presenceIds}) and l.standing
    order by l.seq`.execute(work.tx);
  return found.rows.map(row => ({ ...lineOf(row), batchId: row.batchId }));
}

export interface Claimants {
  readonly scheme: Scheme;
  readonly claimant: string;
  readonly vintage?: number | undefined;
}

/**
 * Lines under a claimant that no claim holds yet, in the order of the log; credited ones and those that take them back. Only the
 * batches that name the claimant are read.
 */
export async function unclaimedLines(
  work: Work,
  { scheme, claimant, vintage }: Claimants,
): Promise<(LineRow & { readonly batchId: string })[]> {
  const found = await sql<RawLine & { batchId: string }>`select ${lineColumns}, b.batch_id as "batchId"
    from mrv.batch b join ${lineTables} on l.network_id = b.network_id and l.seq >= b.first_seq and l.seq < b.first_seq + b.lines
    where b.network_id = ${work.networkId}
      and b.content->'claimable' @> jsonb_build_array(jsonb_build_object('claimant', ${claimant}::text))
      and a.scheme = ${scheme} and a.claimant = ${claimant}
      and (${vintage ?? null}::smallint is null or a.vintage = ${vintage ?? null})
      and not exists (select from mrv.claimed d where d.network_id = l.network_id and d.seq = l.seq)
    order by l.seq`.execute(work.tx);
  return found.rows.map(row => ({ ...lineOf(row), batchId: row.batchId }));
}

/** Method and factors of each of these batches. */
export async function basesOf(
  work: Work,
  batchIds: readonly string[],
): Promise<ReadonlyMap<string, Pick<BatchRow, 'method' | 'factors'>>> {
  const found = await sql<{ batch_id: string } & Pick<BatchRow, 'method' | 'factors'>>`
    select batch_id, method, factors from mrv.batch
    where network_id = ${work.networkId} and batch_id = any(${batchIds})`.execute(work.tx);
  return new Map(found.rows.map(({ batch_id, method, factors }) => [batch_id, { method, factors }]));
}

export async function linesAt(work: Work, seqs: readonly number[]): Promise<LineRow[]> {
  const found = await sql<RawLine>`select ${lineColumns} from ${lineTables}
    where l.network_id = ${work.networkId} and l.seq = any(${seqs}::bigint[]) order by l.seq`.execute(work.tx);
  return found.rows.map(lineOf);
}

export async function takenBackSince(work: Work, claimId: string): Promise<LineRow[]> {
  const found = await sql<RawLine>`select ${lineColumns}
    from mrv.claimed d join mrv.line r on r.network_id = d.network_id and r.seq = d.seq
      join mrv.line l on l.network_id = r.network_id and l.presence_id = r.presence_id and not l.standing
      join mrv.account a on a.network_id = l.network_id and a.account_no = l.account_no and a.reverses = r.seq
    where d.network_id = ${work.networkId} and d.claim_id = ${claimId}
      and not exists (select from mrv.claimed c where c.network_id = l.network_id and c.seq = l.seq)
    order by l.seq`.execute(work.tx);
  return found.rows.map(lineOf);
}

/** How many of these lines the claim obtained: a line that another holds is left out. */
export async function insertClaimed(work: Work, claimId: string, seqs: readonly number[]): Promise<number> {
  const got = await sql`insert into mrv.claimed (network_id, seq, claim_id)
    select ${work.networkId}, seq, ${claimId} from unnest(${seqs}::bigint[]) as seq order by seq
    on conflict on constraint a_line_is_claimed_once do nothing returning 1`.execute(work.tx);
  return got.rows.length;
}

export async function deleteClaimed(work: Work, claimId: string, seqs: readonly number[]): Promise<void> {
  await sql`delete from mrv.claimed
    where network_id = ${work.networkId} and claim_id = ${claimId} and seq = any(${seqs}::bigint[])`.execute(work.tx);
}

/** Which of these lines a claim holds, and which claim. */
export async function claimsOn(work: Work, seqs: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const found = await sql<{
    seq: number;
    claim_id: string;
  }>`select seq::double precision as seq, claim_id from mrv.claimed
    where network_id = ${work.networkId} and seq = any(${seqs}::bigint[])`.execute(work.tx);
  return new Map(found.rows.map(row => [row.seq, row.claim_id]));
}

export interface Reallocation {
  readonly reallocationId: string;
  readonly presenceId: string;
  readonly scheme: Scheme;
  readonly claimant: string;
  readonly reason: string;
  readonly askedAt: Instant;
  readonly doneSeq: number | null;
}

/** False when one waits for this presence already. */
export async function insertReallocation(
  work: Work,
  one: Omit<Reallocation, 'doneSeq'>,
  actor: string,
): Promise<boolean> {
  const added =
    await sql`insert into mrv.reallocation (network_id, reallocation_id, presence_id, scheme, claimant, reason, actor,
      asked_at)
    values (${work.networkId}, ${one.reallocationId}, ${one.presenceId}, ${one.scheme}, ${one.claimant}, ${one.reason},
      ${actor}, ${one.askedAt.toString()})
    on conflict do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

const reallocationColumns = sql`reallocation_id as "reallocationId", presence_id as "presenceId", scheme, claimant, reason,
  asked_at as "askedAt", done_seq::double precision as "doneSeq"`;

export async function openReallocations(work: Work): Promise<Reallocation[]> {
  const found = await sql<Reallocation>`select ${reallocationColumns} from mrv.reallocation
    where network_id = ${work.networkId} and done_seq is null order by asked_at, reallocation_id`.execute(work.tx);
  return found.rows;
}

export async function reallocationsOf(work: Work, presenceId: string): Promise<Reallocation[]> {
  const found = await sql<Reallocation>`select ${reallocationColumns} from mrv.reallocation
    where network_id = ${work.networkId} and presence_id = ${presenceId} order by asked_at`.execute(work.tx);
  return found.rows;
}

export async function closeReallocations(
  work: Work,
  done: readonly { readonly reallocationId: string; readonly seq: number }[],
): Promise<void> {
  await sql`update mrv.reallocation r set done_seq = d.seq
    from unnest(${done.map(one => one.reallocationId)}::text[], ${done.map(one => one.seq)}::bigint[]) as d (id, seq)
    where r.network_id = ${work.networkId} and r.reallocation_id = d.id`.execute(work.tx);
}

/** Destroys what the leaves of these presences commit to, and the legs that none of the kept ones needs; figures and proofs stay. */
export async function forgetLines(
  work: Work,
  { forgotten, kept }: { readonly forgotten: readonly string[]; readonly kept: readonly string[] },
): Promise<number> {
  const gone = await sql<{ account_no: bigint }>`update mrv.line set salt = null, site = null, person_commit = null
    where network_id = ${work.networkId} and presence_id = any(${forgotten}) and salt is not null
    returning account_no`.execute(work.tx);
  await sql`update mrv.account set trip = null
    where network_id = ${work.networkId} and account_no = any(${gone.rows.map(row => row.account_no)}) and trip is not null
      and account_no not in (select account_no from mrv.line
        where network_id = ${work.networkId} and presence_id = any(${kept}))`.execute(work.tx);
  return gone.rows.length;
}

export async function insertReading(
  work: Work,
  {
    batchId,
    personId,
    what,
  }: { readonly batchId: string; readonly personId: Id<'per'>; readonly what: 'dossier' | 'lines' },
): Promise<void> {
  await sql`insert into mrv.reading (network_id, reading_id, batch_id, person_id, what, read_at)
    values (${work.networkId}, ${work.newId('rdg')}, ${batchId}, ${personId}, ${what}, ${work.now.toString()})`.execute(
    work.tx,
  );
}

export interface Reading {
  readonly personId: Id<'per'>;
  readonly what: 'dossier' | 'lines';
  readonly readAt: Instant;
}

/** Who read a batch's lines, the latest first. */
export async function readingsOf(work: Work, batchId: string): Promise<Reading[]> {
  const found = await sql<Reading>`select person_id as "personId", what, read_at as "readAt" from mrv.reading
    where network_id = ${work.networkId} and batch_id = ${batchId} order by read_at desc, reading_id desc limit 50`.execute(
    work.tx,
  );
  return found.rows;
}
