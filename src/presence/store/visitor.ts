import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Day, Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';

/** Someone who visits a space without working there. */
export interface Visitor {
  readonly visitorId: Id<'vis'>;
  readonly spaceId: Id<'spc'>;
  readonly day: Day;
  readonly name: string;
  readonly arrivedAt: Instant;
  readonly leftAt: Instant | null;
}

const select = async (work: Work, where: RawBuilder<unknown>): Promise<readonly Visitor[]> => {
  const found = await sql<Visitor>`select visitor_id as "visitorId", space_id as "spaceId", local_day as day, name,
      arrived_at as "arrivedAt", left_at as "leftAt"
    from presence.visitor where network_id = ${work.networkId} and ${where}
    order by arrived_at, visitor_id`.execute(work.tx);
  return found.rows;
};

export const selectVisitors = (
  work: Work,
  { spaceId, day }: { readonly spaceId: Id<'spc'>; readonly day: Day },
): Promise<readonly Visitor[]> => select(work, sql`space_id = ${spaceId} and local_day = ${day}`);

export const selectVisitor = async (work: Work, visitorId: string): Promise<Visitor | undefined> =>
  (await select(work, sql`visitor_id = ${visitorId}`))[0];

export const insertVisitor = async (work: Work, visitor: Visitor, notedBy: Id<'per'>): Promise<void> => {
  await sql`insert into presence.visitor (network_id, visitor_id, space_id, local_day, name, arrived_at, noted_by)
    values (${work.networkId}, ${visitor.visitorId}, ${visitor.spaceId}, ${visitor.day}, ${visitor.name},
      ${visitor.arrivedAt.toString()}, ${notedBy})`.execute(work.tx);
};

/** The first departure stays. */
export const noteLeft = async (work: Work, visitorId: Id<'vis'>): Promise<void> => {
  await sql`update presence.visitor set left_at = ${work.now.toString()}
    where network_id = ${work.networkId} and visitor_id = ${visitorId} and left_at is null`.execute(work.tx);
};

/** Destroys the names of before a day, and says how many. */
export const deleteVisitors = async (work: Work, before: Day): Promise<number> => {
  const gone = await sql`delete from presence.visitor
    where network_id = ${work.networkId} and local_day < ${before}`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0);
};

/** Who noted that they left a space on a day, and when last. */
export const selectLeft = async (
  work: Work,
  { spaceId, day }: { readonly spaceId: Id<'spc'>; readonly day: Day },
): Promise<ReadonlyMap<string, Instant>> => {
  const found = await sql<{ person: string; at: Instant }>`select person_id as person, max(happened_at) as at
    from presence.departure where network_id = ${work.networkId} and space_id = ${spaceId} and local_day = ${day}
    group by person_id`.execute(work.tx);
  return new Map(found.rows.map(row => [row.person, row.at]));
};
