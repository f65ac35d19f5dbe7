import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Day } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { BookableKind } from '../claim.ts';

/** Live bookings of one kind of place on a day, by half. */
export interface KindTaken {
  readonly day: Day;
  readonly kind: BookableKind;
  readonly morning: number;
  readonly afternoon: number;
}

/** A line a day and a kind that has any, both days included; who holds them is not read. */
export const countByKind = async (
  work: Work,
  { spaceId, from, to }: { readonly spaceId: Id<'spc'>; readonly from: Day; readonly to: Day },
): Promise<readonly KindTaken[]> => {
  const counted = await sql<KindTaken>`
    select local_day as day, kind, count(*) filter (where part <> 'afternoon')::integer as morning,
      count(*) filter (where part <> 'morning')::integer as afternoon
    from booking.booking
    where space_id = ${spaceId} and local_day between ${from} and ${to} and status <> 'cancelled'
      and (held_until is null or held_until > ${work.now.toString()})
    group by local_day, kind order by local_day, kind`.execute(work.tx);
  return counted.rows;
};
