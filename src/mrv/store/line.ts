import { sql } from 'kysely';
import type { Canonical } from '../../kernel/canonical.ts';
import type { Day, Month } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Account } from '../account.ts';
import type { Sealed } from '../entries.ts';
import type { LineContent, LineRow } from '../sealed-line.ts';

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
  { lines, accountNos }: { readonly lines: readonly Sealed[]; readonly accountNos: readonly number[] },
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
          string_to_array(${accountNos.join()}, ',')::bigint[],
          string_to_array(${lines.map(line => line.site).join()}, ','),
          string_to_array(${lines.map(fateOf).join()}, ',')) with ordinality as l (presence_id, day, account_no, site, fate, n)
      ) as line`.execute(work.tx);
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

export type RawLine = Omit<LineRow, 'content' | 'reverses'> & {
  readonly reversesSeq: number | null;
  readonly reversesLine: string | null;
  readonly salt: string | null;
} & Omit<Exclude<LineContent, { erased: true }>, 'salt'>;

export const lineColumns = sql`l.seq::double precision as seq, l.line_id as "lineId", l.presence_id as "presenceId",
  encode(l.leaf, 'hex') as leaf, a.scheme, a.claimant, a.vintage, a.reason, a.gross_mg, a.net_mg, a.avoided_m,
  a.unallocated_m, r.seq::double precision as "reversesSeq", r.line_id as "reversesLine", encode(l.salt, 'hex') as salt, l.day,
  l.site, encode(l.person_commit, 'hex') as "personCommit", a.halves, a.evidence, a.employer_id as "employerId", a.under, a.trip`;
export const lineTables = sql`mrv.line l join mrv.account a on a.network_id = l.network_id and a.account_no = l.account_no
  left join mrv.line r on r.network_id = a.network_id and r.seq = a.reverses`;

export const lineOf = ({ reversesSeq, reversesLine, ...raw }: RawLine): LineRow => {
  const { salt, day, site, personCommit, halves, evidence, trip, ...line } = raw;
  return {
    ...line,
    reverses: reversesSeq === null ? null : { seq: reversesSeq, lineId: reversesLine! },
    content: salt === null ? { erased: true, day, halves } : { salt, day, site, personCommit, halves, evidence, trip },
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
