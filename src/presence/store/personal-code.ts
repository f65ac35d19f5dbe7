import { type RawBuilder, sql } from 'kysely';
import { type Instant, instantText } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Showing } from '../personal-code.ts';

export interface Shown extends Showing {
  readonly until: Instant;
}

export const upsertShown = async (work: Work, { personId, spaceId, until }: Shown): Promise<void> => {
  await sql`insert into presence.personal_code (network_id, person_id, space_id, shown_until)
    values (${work.networkId}, ${personId}, ${spaceId}, ${instantText(until)})
    on conflict on constraint a_person_shows_one_code_at_a_time
    do update set space_id = excluded.space_id, shown_until = excluded.shown_until`.execute(work.tx);
};

const select = async (work: Work, where: RawBuilder<unknown>): Promise<readonly Shown[]> => {
  const found = await sql<Shown>`select person_id as "personId", space_id as "spaceId", shown_until as until
    from presence.personal_code where network_id = ${work.networkId} and ${where}
    order by person_id`.execute(work.tx);
  return found.rows;
};

export const selectShownBy = async (work: Work, personId: string): Promise<Shown | undefined> =>
  (await select(work, sql`person_id = ${personId} and shown_until > ${work.now.toString()}`))[0];

/** Everyone who is showing a code, or stopped a moment ago. */
export const selectShowing = (work: Work, since: Instant): Promise<readonly Shown[]> =>
  select(work, sql`shown_until > ${instantText(since)}`);

/** Forgets who showed a code: one person, or everyone who no longer does. */
export const deleteShown = async (work: Work, whom: { readonly personId: string } | 'over'): Promise<number> => {
  const gone = await sql`delete from presence.personal_code where network_id = ${work.networkId} and ${
    whom === 'over' ? sql`shown_until < ${work.now.toString()}` : sql`person_id = ${whom.personId}`
  }`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0);
};
