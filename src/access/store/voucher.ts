import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Day } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';

export type VoucherId = Id<'vch'>;

export interface NewVoucher {
  readonly voucherId: VoucherId;
  readonly sealed: Uint8Array;
  readonly mac: Uint8Array;
}

export interface Voucher {
  readonly voucherId: VoucherId;
  readonly sealed: Uint8Array;
}

export interface VoucherCounts {
  readonly left: number;
  readonly given: number;
}

/** Adds those that the space has never had, in the order of the list; says how many. */
export async function insertVouchers(
  work: Work,
  {
    spaceId,
    by,
    vouchers,
  }: { readonly spaceId: string; readonly by: string; readonly vouchers: readonly NewVoucher[] },
): Promise<number> {
  const added = await sql`insert into access.voucher (network_id, voucher_id, space_id, code_sealed, code_mac, place,
      imported_by, imported_at)
    select ${work.networkId}, id, ${spaceId}, sealed, mac, place::integer, ${by}, ${work.now.toString()}
    from unnest(${vouchers.map(one => one.voucherId)}::text[], ${vouchers.map(one => Buffer.from(one.sealed))}::bytea[],
      ${vouchers.map(one => Buffer.from(one.mac))}::bytea[]) with ordinality as v (id, sealed, mac, place)
    on conflict on constraint a_voucher_is_imported_once do nothing returning 1`.execute(work.tx);
  return added.rows.length;
}

export async function countVouchers(work: Work, spaceId: string): Promise<VoucherCounts> {
  const counted = await sql<VoucherCounts>`select count(*) filter (where g.voucher_id is null)::integer as left,
      count(g.voucher_id)::integer as given
    from access.voucher v left join access.voucher_given g on g.network_id = v.network_id and g.voucher_id = v.voucher_id
    where v.network_id = ${work.networkId} and v.space_id = ${spaceId}`.execute(work.tx);
  return counted.rows[0]!;
}

export async function voucherOf(work: Work, bookingId: string): Promise<Voucher | null> {
  const found = await sql<Voucher>`select v.voucher_id as "voucherId", v.code_sealed as sealed
    from access.voucher_given g join access.voucher v on v.network_id = g.network_id and v.voucher_id = g.voucher_id
    where g.network_id = ${work.networkId} and g.booking_id = ${bookingId} and v.code_sealed is not null`.execute(
    work.tx,
  );
  return found.rows[0] ?? null;
}

/** Gives the first voucher left to a booking. `none` when the list is empty; `again` when a rival was quicker. */
export async function giveVoucher(
  work: Work,
  { spaceId, bookingId, day }: { readonly spaceId: string; readonly bookingId: string; readonly day: Day },
): Promise<'given' | 'again' | 'none'> {
  const left = await sql<{ voucher_id: VoucherId }>`select v.voucher_id from access.voucher v
    where v.network_id = ${work.networkId} and v.space_id = ${spaceId} and not exists (
      select from access.voucher_given g where g.network_id = v.network_id and g.voucher_id = v.voucher_id)
    order by v.imported_at, v.place limit 1 for update skip locked`.execute(work.tx);
  const first = left.rows[0];
  if (!first) return 'none';
  const given = await sql`insert into access.voucher_given (network_id, voucher_id, booking_id, local_day, given_at)
    values (${work.networkId}, ${first.voucher_id}, ${bookingId}, ${day}, ${work.now.toString()})
    on conflict do nothing returning 1`.execute(work.tx);
  return given.rows.length > 0 ? 'given' : 'again';
}

/** Forgets which booking had which code, and the code, of days before then; that it was used stays. Says how many. */
export async function forgetGiven(work: Work, before: Day): Promise<number> {
  const parted = await sql<{ voucher_id: string }>`update access.voucher_given set booking_id = null
    where network_id = ${work.networkId} and local_day < ${before} and booking_id is not null
    returning voucher_id`.execute(work.tx);
  const ids = parted.rows.map(row => row.voucher_id);
  await sql`update access.voucher set code_sealed = null
    where network_id = ${work.networkId} and voucher_id = any(${ids})`.execute(work.tx);
  return ids.length;
}

/** Codes stay, imported by nobody that can be told. */
export async function severHands(work: Work, personId: Id<'per'>, other: Id<'per'>): Promise<void> {
  await sql`update access.voucher set imported_by = ${other}
    where network_id = ${work.networkId} and imported_by = ${personId}`.execute(work.tx);
}
