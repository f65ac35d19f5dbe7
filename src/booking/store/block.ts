import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import { type Day, type Interval, instantText } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { toJson } from '../../platform/first-answer.ts';
import type { Block } from '../blocks.ts';
import type { BookableKind, Booking, BookingId } from '../claim.ts';
import { selectAll } from '../store.ts';

/** Holds the blocks of a place until the end of the work: whoever else sets them waits. */
export async function lockBlocks(work: Work, resourceId: Id<'res'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${work.networkId} blocks ${resourceId}`}, 0))`.execute(
    work.tx,
  );
}

const upcoming = (work: Work) => sql`upper(during) > ${work.now.toString()}`;

/** What outer calendars take of a place and that is not over. */
export const selectBlocks = (work: Work, resourceId: Id<'res'>): Promise<readonly Booking[]> =>
  selectAll(work, sql`status = 'blocked' and resource_id = ${resourceId} and ${upcoming(work)}`);

/** What outer calendars take of a space on some days. */
export const selectBlocksOn = (
  work: Work,
  { spaceIds, days }: { readonly spaceIds: readonly Id<'spc'>[]; readonly days: readonly Day[] },
): Promise<readonly Booking[]> =>
  selectAll(work, sql`status = 'blocked' and space_id = any(${spaceIds}) and local_day = any(${days}::date[])`);

/** Live bookings of a place that meet a time. */
export const selectMeeting = (work: Work, resourceId: Id<'res'>, during: Interval): Promise<readonly Booking[]> =>
  selectAll(
    work,
    sql`status <> 'cancelled' and status <> 'blocked' and resource_id = ${resourceId}
      and hashtextextended(network_id || resource_id, 0) = hashtextextended(${work.networkId + resourceId}, 0)
      and keeps && tstzrange(${instantText(during.from)}, ${instantText(during.to)})
      and during && tstzrange(${instantText(during.from)}, ${instantText(during.to)})`,
  );

export async function deleteBlocks(work: Work, ids: readonly BookingId[]): Promise<void> {
  await sql`delete from booking.booking where network_id = ${work.networkId} and status = 'blocked'
    and booking_id = any(${ids})`.execute(work.tx);
}

export interface BlockedPlace {
  readonly spaceId: Id<'spc'>;
  readonly resourceId: Id<'res'>;
  readonly kind: BookableKind;
}

/** Blocks what no booking holds, and gives what was blocked; a rival who has not committed yet is waited for. */
export async function insertBlocks(
  work: Work,
  { spaceId, resourceId, kind }: BlockedPlace,
  blocks: readonly Block[],
): Promise<readonly Block[]> {
  const rows = blocks.map(({ day, part, during }) => ({
    ...{ booking_id: work.newId('bkg'), person_id: work.newId('per'), local_day: day, part },
    ...{ begins: instantText(during.from), ends: instantText(during.to) },
  }));
  const added = await sql<{ booking_id: string }>`
    insert into booking.booking (network_id, booking_id, space_id, resource_id, kind, person_id, local_day, part, during, keeps,
      price_eur_cents, payer_kind, payer_id, booked_by, booked_at, status)
    select ${work.networkId}, booking_id, ${spaceId}, ${resourceId}, ${kind}, person_id, local_day, part,
      tstzrange(begins, ends), tstzrange(begins, ends), 0, 'person', person_id, 'calendar', ${work.now.toString()}, 'blocked'
    from json_to_recordset(${toJson(rows)}::json) as b (booking_id text, person_id text, local_day date, part text,
      begins timestamptz, ends timestamptz)
    order by local_day, begins
    on conflict do nothing returning booking_id`.execute(work.tx);
  const written = new Set(added.rows.map(row => row.booking_id));
  return blocks.filter((_, n) => written.has(rows[n]!.booking_id));
}
