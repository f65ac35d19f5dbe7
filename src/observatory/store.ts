import { sql } from 'kysely';
import type { Instant } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import type { Edition } from './edition.ts';

/** An edition, and when it was published. */
export interface Published {
  readonly edition: Edition;
  readonly publishedAt: Instant;
}

/** Every edition, the oldest first; what was not published yet in its day is empty. */
export async function selectEditions({ tx, networkId }: Work): Promise<readonly Published[]> {
  const { rows } = await sql<Published>`
    select '{"persistence": [], "comparison": [], "pairs": [], "otherPairs": {"halves": 0}}'::jsonb || content as edition, published_at as "publishedAt" from observatory.edition
    where network_id = ${networkId} order by month`.execute(tx);
  return rows;
}

/** Keeps an edition; the one already published for that month, if any, stays as it is. */
export async function insertEdition({ tx, networkId, now }: Work, edition: Edition): Promise<void> {
  await sql`insert into observatory.edition (network_id, month, batch_id, content, published_at)
    values (${networkId}, ${edition.month}, ${edition.batchId}, ${JSON.stringify(edition)}::jsonb, ${now.toString()})
    on conflict on constraint one_edition_a_month do nothing`.execute(tx);
}
