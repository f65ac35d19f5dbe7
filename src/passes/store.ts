import { sql } from 'kysely';
import type { Id } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import type { Draw, OfferId, Pass, PassId, PassOffer } from './pass.ts';

const offerColumns = sql`offer_id as "offerId", manager_id as "managerId", space_id as "spaceId", name, kind, quantity,
  price_eur_cents, deliberation, validity_days, resource_kinds as "resourceKinds"`;

export async function insertOffer(work: Work, offer: PassOffer, recordedBy: Id<'per'>): Promise<void> {
  await sql`insert into passes.offer (network_id, offer_id, manager_id, space_id, name, kind, quantity, price_eur_cents,
      deliberation, validity_days, resource_kinds, recorded_at, recorded_by)
    values (${work.networkId}, ${offer.offerId}, ${offer.managerId}, ${offer.spaceId}, ${offer.name}, ${offer.kind},
      ${offer.quantity}, ${offer.price_eur_cents}, ${offer.deliberation}, ${offer.validity_days}, ${offer.resourceKinds},
      ${work.now.toString()}, ${recordedBy})`.execute(work.tx);
}

/** What is sold, by name. */
export async function selectOffers(work: Work): Promise<readonly PassOffer[]> {
  const found = await sql<PassOffer>`select ${offerColumns} from passes.offer
    where network_id = ${work.networkId} and withdrawn_at is null order by name, offer_id`.execute(work.tx);
  return found.rows;
}

/** An offer, one that is no longer sold too. */
export async function selectOffer(work: Work, offerId: string): Promise<PassOffer | null> {
  const found = await sql<PassOffer>`select ${offerColumns} from passes.offer
    where network_id = ${work.networkId} and offer_id = ${offerId}`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** Sells an offer no longer; one withdrawn already keeps its moment. */
export async function withdrawOffer(work: Work, offerId: OfferId): Promise<void> {
  await sql`update passes.offer set withdrawn_at = coalesce(withdrawn_at, ${work.now.toString()}::timestamptz)
    where network_id = ${work.networkId} and offer_id = ${offerId}`.execute(work.tx);
}

const passColumns = sql`p.pass_id as "passId", p.offer_id as "offerId", o.name, p.person_id as "personId",
  p.manager_id as "managerId", p.space_id as "spaceId", p.sold_in as "soldIn", p.kind, p.resource_kinds as "resourceKinds",
  p.quantity, p.price_eur_cents, p.valid_from as "validFrom", p.valid_until as "validUntil", p.balance,
  p.sold_at as "soldAt", p.taken_back_at as "takenBackAt"`;
const passes = sql`passes.pass p join passes.offer o using (network_id, offer_id)`;

/** Writes a sale; false where its id is known already. */
export async function insertPass(
  work: Work,
  pass: Omit<Pass, 'name' | 'balance' | 'soldAt' | 'takenBackAt'>,
  soldBy: Id<'per'>,
): Promise<boolean> {
  const added =
    await sql`insert into passes.pass (network_id, pass_id, offer_id, person_id, manager_id, space_id, sold_in,
      kind, resource_kinds, quantity, price_eur_cents, valid_from, valid_until, balance, sold_at, sold_by)
    values (${work.networkId}, ${pass.passId}, ${pass.offerId}, ${pass.personId}, ${pass.managerId}, ${pass.spaceId},
      ${pass.soldIn}, ${pass.kind}, ${pass.resourceKinds}, ${pass.quantity}, ${pass.price_eur_cents}, ${pass.validFrom},
      ${pass.validUntil}, ${pass.quantity}, ${work.now.toString()}, ${soldBy})
    on conflict do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

export async function selectPasses(work: Work, passIds: readonly string[]): Promise<readonly Pass[]> {
  const found = await sql<Pass>`select ${passColumns} from ${passes}
    where p.network_id = ${work.networkId} and p.pass_id = any(${passIds})`.execute(work.tx);
  return found.rows;
}

/**
 * What some people have left that may pay a day from then on; with `lock`, held until the end of the work, in one order, so that two
 * who draw from the same ones do not block each other.
 */
export async function selectUsable(
  work: Work,
  { personIds, from, lock }: { readonly personIds: readonly Id[]; readonly from: Day; readonly lock: boolean },
): Promise<readonly Pass[]> {
  const found = await sql<Pass>`select ${passColumns} from ${passes}
    where p.network_id = ${work.networkId} and p.person_id = any(${personIds}) and p.valid_until >= ${from} and p.balance > 0
      and p.taken_back_at is null
    order by p.pass_id ${lock ? sql`for update of p` : sql``}`.execute(work.tx);
  return found.rows;
}

/** Someone's passes, those that end last first. */
export async function selectOfPerson(work: Work, personId: Id<'per'>): Promise<readonly Pass[]> {
  const found = await sql<Pass>`select ${passColumns} from ${passes}
    where p.network_id = ${work.networkId} and p.person_id = ${personId} and p.taken_back_at is null
    order by p.valid_until desc, p.pass_id`.execute(work.tx);
  return found.rows;
}

/** Takes a whole pass back; false once something was drawn from it, and true again when it was taken back before. */
export async function takeBack(work: Work, passId: PassId): Promise<boolean> {
  const taken =
    await sql`update passes.pass set taken_back_at = coalesce(taken_back_at, ${work.now.toString()}::timestamptz)
    where network_id = ${work.networkId} and pass_id = ${passId} and balance = quantity returning 1`.execute(work.tx);
  return taken.rows.length > 0;
}

const mostSales = 50;

/** The latest sales in a space. */
export async function selectSoldIn(work: Work, spaceId: Id<'spc'>): Promise<readonly Pass[]> {
  const found = await sql<Pass>`select ${passColumns} from ${passes}
    where p.network_id = ${work.networkId} and p.sold_in = ${spaceId}
    order by p.sold_at desc, p.pass_id desc limit ${mostSales}`.execute(work.tx);
  return found.rows;
}

export interface NewDraw extends Omit<Draw, 'at'> {
  readonly drawId: Id<'drw'>;
  readonly validUntil: Day;
  readonly reversalOf: string | null;
}

/** Writes draws and reversals, pass by pass in one order; the balances follow. What is reversed already stays so. */
export async function insertDraws(work: Work, draws: readonly NewDraw[]): Promise<void> {
  const rows = draws.map(one => ({ ...one, saved_eur_cents: one.saved_eur_cents.toString() }));
  await sql`insert into passes.draw (network_id, draw_id, pass_id, valid_until, booking_id, reversal_of, local_day, quantity,
      saved_eur_cents, drawn_at)
    select ${work.networkId}, "drawId", "passId", "validUntil", "bookingId", "reversalOf", day, quantity, saved_eur_cents,
      ${work.now.toString()}
    from json_to_recordset(${JSON.stringify(rows)}::json) as d ("drawId" text, "passId" text, "validUntil" date,
      "bookingId" text, "reversalOf" text, day date, quantity integer, saved_eur_cents bigint)
    order by "passId", "bookingId"
    on conflict on constraint a_draw_is_reversed_at_most_once do nothing`.execute(work.tx);
}

const drawColumns = sql`draw_id as "drawId", pass_id as "passId", booking_id as "bookingId", local_day as day, quantity,
  saved_eur_cents, drawn_at as at, valid_until as "validUntil", reversal_of as "reversalOf"`;

export type WrittenDraw = NewDraw & Draw;

/** What bookings hold of passes: drawn, and not given back. */
export async function selectStanding(work: Work, bookingIds: readonly string[]): Promise<readonly WrittenDraw[]> {
  const found = await sql<WrittenDraw>`select ${drawColumns} from passes.draw d
    where network_id = ${work.networkId} and booking_id = any(${bookingIds}) and reversal_of is null and not exists (
      select from passes.draw back where back.network_id = d.network_id and back.reversal_of = d.draw_id)
    order by pass_id, booking_id`.execute(work.tx);
  return found.rows;
}

/** All that was drawn from some passes and given back, the latest day first. */
export async function selectDraws(work: Work, passIds: readonly PassId[]): Promise<readonly Draw[]> {
  const found = await sql<Draw>`select ${drawColumns} from passes.draw
    where network_id = ${work.networkId} and pass_id = any(${passIds})
    order by local_day desc, drawn_at desc, draw_id desc`.execute(work.tx);
  return found.rows;
}

/** Parts passes from someone, those that they sold too, and destroys what would tell which bookings theirs paid; counts theirs. */
export async function forget(work: Work, personId: Id<'per'>): Promise<number> {
  const gone = await sql<{ id: string }>`update passes.pass set person_id = null
    where network_id = ${work.networkId} and person_id = ${personId} returning pass_id as id`.execute(work.tx);
  const ids = gone.rows.map(row => row.id);
  const other = work.newId('per');
  await sql`update passes.pass set sold_by = ${other} where network_id = ${work.networkId} and sold_by = ${personId}`.execute(
    work.tx,
  );
  await sql`update passes.offer set recorded_by = ${other}
    where network_id = ${work.networkId} and recorded_by = ${personId}`.execute(work.tx);
  // A reversal goes before what it turns.
  await sql`delete from passes.draw where network_id = ${work.networkId} and pass_id = any(${ids}) and reversal_of is not null`.execute(
    work.tx,
  );
  await sql`delete from passes.draw where network_id = ${work.networkId} and pass_id = any(${ids})`.execute(work.tx);
  return ids.length;
}

/** Passes with something left that end between two days and whose holder was not told; they are told from now on. */
export async function markReminded(
  work: Work,
  { from, until }: { readonly from: Day; readonly until: Day },
): Promise<readonly PassId[]> {
  const found = await sql<{ id: PassId }>`update passes.pass set reminded_at = ${work.now.toString()}
    where network_id = ${work.networkId} and reminded_at is null and taken_back_at is null and person_id is not null and balance > 0
      and valid_until between ${from} and ${until} returning pass_id as id`.execute(work.tx);
  return found.rows.map(row => row.id);
}
