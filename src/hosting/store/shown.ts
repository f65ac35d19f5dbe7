import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Work } from '../../platform/database.ts';

interface Choice {
  readonly spaceId: Id<'spc'>;
  readonly personId: Id<'per'>;
}

/** Those of these people who let the others see them in a space. */
export const selectShown = async (
  work: Work,
  { spaceId, personIds }: { readonly spaceId: Id<'spc'>; readonly personIds: readonly Id<'per'>[] },
): Promise<ReadonlySet<Id<'per'>>> => {
  const found = await sql<{ person_id: Id<'per'> }>`select person_id from hosting.shown_name
    where network_id = ${work.networkId} and space_id = ${spaceId} and person_id = any(${personIds})`.execute(work.tx);
  return new Set(found.rows.map(row => row.person_id));
};

export const insertShown = async (work: Work, { spaceId, personId }: Choice): Promise<void> => {
  await sql`insert into hosting.shown_name (network_id, space_id, person_id, agreed_at)
    values (${work.networkId}, ${spaceId}, ${personId}, ${work.now.toString()}) on conflict do nothing`.execute(
    work.tx,
  );
};

export const deleteShown = async (work: Work, { spaceId, personId }: Choice): Promise<void> => {
  await sql`delete from hosting.shown_name where network_id = ${work.networkId} and space_id = ${spaceId}
    and person_id = ${personId}`.execute(work.tx);
};

export const deleteShownOf = async (work: Work, personId: Id<'per'>): Promise<number> => {
  const gone = await sql`delete from hosting.shown_name
    where network_id = ${work.networkId} and person_id = ${personId}`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0n);
};
