import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Day, Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';

export interface ErasureRow {
  readonly personId: Id<'per'>;
  readonly askedAt: Instant;
  readonly erasedAt: Instant | null;
}

export async function selectErasure(work: Work, personId: string): Promise<ErasureRow | null> {
  const found = await sql<ErasureRow>`select person_id as "personId", asked_at as "askedAt", erased_at as "erasedAt"
    from people.erasure where network_id = ${work.networkId} and person_id = ${personId}`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** False when it was asked before. */
export async function insertErasure(
  work: Work,
  { personId, askedBy, reason }: { readonly personId: string; readonly askedBy: string; readonly reason: string },
): Promise<boolean> {
  const added = await sql`insert into people.erasure (network_id, person_id, asked_by, reason, asked_at)
    values (${work.networkId}, ${personId}, ${askedBy}, ${reason}, ${work.now.toString()})
    on conflict on constraint a_person_is_erased_once do nothing`.execute(work.tx);
  return added.numAffectedRows === 1n;
}

export interface Hold {
  readonly holdId: Id<'hld'>;
  readonly personId: Id<'per'>;
  readonly reason: string;
  /** First day on which it holds no more. */
  readonly until: Day;
}

export async function insertHold(work: Work, { holdId, personId, reason, until }: Hold, author: string): Promise<void> {
  await sql`insert into people.legal_hold (network_id, hold_id, person_id, reason, until, author, recorded_at)
    values (${work.networkId}, ${holdId}, ${personId}, ${reason}, ${until}, ${author}, ${work.now.toString()})`.execute(
    work.tx,
  );
}

/** A hold as it was placed, how it ended when it did, and what was asked of its person meanwhile. */
export interface HoldRow extends Hold {
  readonly author: Id<'per'>;
  readonly recordedAt: Instant;
  readonly liftedBy: Id<'per'> | null;
  readonly liftedAt: Instant | null;
  readonly liftReason: string | null;
  readonly askedAt: Instant | null;
  readonly erasedAt: Instant | null;
}

/** Holds, the first to end first; one of them when it is named. */
export async function selectHolds(work: Work, holdId: string | null = null): Promise<readonly HoldRow[]> {
  const found = await sql<HoldRow>`select h.hold_id as "holdId", h.person_id as "personId", h.reason, h.until, h.author,
      h.recorded_at as "recordedAt", h.lifted_by as "liftedBy", h.lifted_at as "liftedAt", h.lift_reason as "liftReason",
      e.asked_at as "askedAt", e.erased_at as "erasedAt"
    from people.legal_hold h left join people.erasure e using (network_id, person_id)
    where h.network_id = ${work.networkId} and (${holdId}::text is null or h.hold_id = ${holdId})
    order by h.until, h.hold_id`.execute(work.tx);
  return found.rows;
}

export async function liftHold(
  work: Work,
  { holdId, reason, by }: { readonly holdId: string; readonly reason: string; readonly by: string },
): Promise<void> {
  await sql`update people.legal_hold set lifted_by = ${by}, lifted_at = ${work.now.toString()}, lift_reason = ${reason}
    where network_id = ${work.networkId} and hold_id = ${holdId}`.execute(work.tx);
}

/** Until when someone's data are held, after a day; null when nothing holds them. */
export async function heldUntil(work: Work, personId: string, today: Day): Promise<Day | null> {
  const found = await sql<{ until: Day | null }>`select max(until) as until from people.legal_hold
    where network_id = ${work.networkId} and person_id = ${personId} and until > ${today}
      and lifted_at is null`.execute(work.tx);
  return found.rows[0]?.until ?? null;
}

/** People whose data are held on a day, whether or not they asked to be erased. */
export async function heldPersons(work: Work, today: Day): Promise<readonly Id<'per'>[]> {
  const found = await sql<{ id: Id<'per'> }>`select distinct person_id as id from people.legal_hold
    where network_id = ${work.networkId} and until > ${today} and lifted_at is null`.execute(work.tx);
  return found.rows.map(row => row.id);
}

/** People who asked to be erased and whom nothing holds any more. */
export async function dueErasures(work: Work, today: Day): Promise<readonly Id<'per'>[]> {
  const found = await sql<{ id: Id<'per'> }>`select person_id as id from people.erasure e
    where network_id = ${work.networkId} and erased_at is null
      and not exists (select from people.legal_hold h
        where h.network_id = e.network_id and h.person_id = e.person_id and h.until > ${today} and h.lifted_at is null)
    order by asked_at`.execute(work.tx);
  return found.rows.map(row => row.id);
}

/** Sets aside who a held person is. */
export async function setAside(work: Work, personId: string): Promise<void> {
  await sql`insert into people.identity_aside (network_id, person_id, email, first_name, last_name)
    select network_id, person_id, email, first_name, last_name from people.person
    where network_id = ${work.networkId} and person_id = ${personId}`.execute(work.tx);
}

/** Leaves of a person an id alone: no name, no address, no role, no way in. */
export async function blank(work: Work, personId: string): Promise<void> {
  const { networkId, now, tx } = work;
  const mine = sql`network_id = ${networkId} and person_id = ${personId}`;
  await sql`delete from people.sign_in_request r using people.person p
    where p.network_id = ${networkId} and p.person_id = ${personId} and r.network_id = p.network_id and r.email = p.email`.execute(
    tx,
  );
  await sql`delete from people.sign_in_link where ${mine}`.execute(tx);
  await sql`delete from people.session where ${mine}`.execute(tx);
  await sql`delete from people.access_token where ${mine}`.execute(tx);
  // What was answered to their requests may quote them.
  await sql`delete from platform.first_answer where network_id = ${networkId} and asker = ${personId}`.execute(tx);
  await sql`delete from people.persona where ${mine}`.execute(tx);
  await sql`delete from people.membership where ${mine} and lower(valid) >= ${now.toString()}`.execute(tx);
  await sql`update people.membership set valid = tstzrange(lower(valid), ${now.toString()})
    where ${mine} and (upper(valid) is null or upper(valid) > ${now.toString()})`.execute(tx);
  await sql`update people.person set email = person_id || '@efface.invalid', first_name = '–', last_name = ''
    where ${mine}`.execute(tx);
}

/** Says that nothing is left, reasons included: they may have told who. */
export async function closeErasure(work: Work, personId: string): Promise<void> {
  await sql`delete from people.identity_aside where network_id = ${work.networkId} and person_id = ${personId}`.execute(
    work.tx,
  );
  await sql`update people.legal_hold set reason = '–', lift_reason = case when lift_reason is not null then '–' end
    where network_id = ${work.networkId} and person_id = ${personId}`.execute(work.tx);
  await sql`update people.erasure set erased_at = ${work.now.toString()}, reason = ''
    where network_id = ${work.networkId} and person_id = ${personId} and erased_at is null`.execute(work.tx);
}
