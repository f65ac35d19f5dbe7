import { sql } from 'kysely';
import type { Day, Instant, Month } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Scheme } from '../../schemes/schemes.ts';
import type { LineRow } from '../sealed-line.ts';

import { lineColumns, lineOf, lineTables, type RawLine } from './line.ts';

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

/** What stands under one claimant of one vintage and no claim holds. */
export interface ClaimableTotal {
  readonly scheme: Scheme;
  readonly claimant: string;
  readonly vintage: number;
  readonly lines: number;
  readonly avoided_m: bigint;
  /** Masses in exact milligrams, and how many lines bear each. */
  readonly masses: readonly { readonly net_mg: string; readonly lines: number }[];
  readonly spaces: number;
  /** By pseudonym: a person counts once a year. */
  readonly users: number;
  readonly first: Day;
}

/** Sums of the standing lines that no claim holds, by scheme, claimant and vintage. */
export async function claimableTotals(work: Work): Promise<ClaimableTotal[]> {
  const found = await sql<ClaimableTotal>`
    with open as (select a.scheme, a.claimant, a.vintage, a.net_mg, a.avoided_m, l.site, l.person_commit, l.day
      from mrv.line l join mrv.account a on a.network_id = l.network_id and a.account_no = l.account_no
      where l.network_id = ${work.networkId} and l.standing and a.scheme <> 'none'
        and not exists (select from mrv.claimed d where d.network_id = l.network_id and d.seq = l.seq)),
    mass as (select scheme, claimant, vintage, net_mg, count(*)::int as lines from open group by 1, 2, 3, 4),
    masses as (select scheme, claimant, vintage, jsonb_agg(jsonb_build_object('net_mg', net_mg, 'lines', lines)) as masses
      from mass group by 1, 2, 3),
    counts as (select scheme, claimant, vintage, count(*)::int as lines, sum(avoided_m)::bigint as avoided_m,
        count(distinct site)::int as spaces, count(distinct person_commit)::int as users, min(day) as first
      from open group by 1, 2, 3)
    select * from counts join masses using (scheme, claimant, vintage) order by scheme, claimant, vintage`.execute(
    work.tx,
  );
  return found.rows;
}

/** What claims hold of the lines of one closing, and how many people are behind each side. */
export interface ClaimedMonth {
  readonly month: Month;
  /** Masses held, in exact milligrams, and how many lines bear each. */
  readonly masses: readonly { readonly net_mg: string; readonly lines: number }[];
  readonly people: number;
  /** People with a line that a scheme may claim and that no claim holds. */
  readonly others: number;
}

/**
 * Every closed month with a line that a scheme may claim, the oldest first. Erased people count as one, and so do all who have
 * a line of another year, where their pseudonym is another: people are never more than there were.
 */
export async function claimedMonths(work: Work): Promise<ClaimedMonth[]> {
  const found = await sql<ClaimedMonth>`
    with one as (select b.month, a.net_mg, d.seq is not null as held,
        case when to_char(l.day, 'YYYY') = left(b.month, 4) then coalesce(encode(l.person_commit, 'hex'), '') else '' end as person
      from mrv.batch b join mrv.line l on l.network_id = b.network_id and l.seq >= b.first_seq and l.seq < b.first_seq + b.lines
        join mrv.account a on a.network_id = l.network_id and a.account_no = l.account_no
        left join mrv.claimed d on d.network_id = l.network_id and d.seq = l.seq
      where b.network_id = ${work.networkId} and a.scheme <> 'none'),
    mass as (select month, net_mg, count(*)::int as lines from one where held group by 1, 2),
    masses as (select month, jsonb_agg(jsonb_build_object('net_mg', net_mg, 'lines', lines)) as masses from mass group by 1),
    counts as (select month, count(distinct person) filter (where held)::int as people,
        count(distinct person) filter (where not held)::int as others from one group by 1)
    select month, coalesce(masses, '[]'::jsonb) as masses, people, others
    from counts left join masses using (month) order by month`.execute(work.tx);
  return found.rows;
}

export async function peopleByReason(work: Work, month: Month): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = await sql<{ reason: string; people: readonly string[] }>`
    select a.reason, json_agg(distinct coalesce(l.person_commit::text, '')) as people
    from mrv.batch b join mrv.line l on l.network_id = b.network_id and l.seq >= b.first_seq and l.seq < b.first_seq + b.lines
      join mrv.account a on a.network_id = l.network_id and a.account_no = l.account_no
    where b.network_id = ${work.networkId} and b.month = ${month} group by a.reason`.execute(work.tx);
  return new Map(found.rows.map(({ reason, people }) => [reason, new Set(people)]));
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
