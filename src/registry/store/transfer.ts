import { sql } from 'kysely';
import type { Day, Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { DeclarationState } from '../declaration.ts';
import type { Ending } from '../ending.ts';
import type { SerialRange } from '../serial.ts';
import type { Terms } from '../transfer.ts';

/** The id of a party from outside, who is entered when first named. */
export async function partyNamed(work: Work, name: string): Promise<string> {
  await sql`insert into registry.party (network_id, party_id, name, recorded_at)
    values (${work.networkId}, ${work.newId('pty')}, ${name}, ${work.now.toString()})
    on conflict on constraint a_party_is_named_once do nothing`.execute(work.tx);
  const found = await sql<{ id: string }>`select party_id as id from registry.party
    where network_id = ${work.networkId} and name = ${name}`.execute(work.tx);
  return found.rows[0]!.id;
}

export async function partyNames(work: Work): Promise<{ id: string; name: string }[]> {
  const found = await sql<{ id: string; name: string }>`select party_id as id, name from registry.party
    where network_id = ${work.networkId} order by name collate "fr-x-icu"`.execute(work.tx);
  return found.rows;
}

/** A transfer as it was made; its range holds what moved. */
export interface Transfer extends Terms {
  readonly transferId: string;
  readonly rangeId: string;
  readonly fromId: string;
  readonly toId: string;
}

export async function insertTransfer(work: Work, one: Transfer): Promise<void> {
  await sql`insert into registry.transfer (network_id, transfer_id, range_id, from_id, to_id, contract, signed_on, purpose,
      price_eur_cents, project_holder_eur_cents, shortfall_bearer, anonymous, recorded_at)
    values (${work.networkId}, ${one.transferId}, ${one.rangeId}, ${one.fromId}, ${one.toId}, ${one.contract},
      ${one.signedOn}, ${one.purpose}, ${one.price_eur_cents.toString()}, ${one.project_holder_eur_cents.toString()},
      ${one.shortfallBearer}, ${one.anonymous}, ${work.now.toString()})`.execute(work.tx);
}

/** With the units that moved, and its declaration when there is one. */
export interface TransferRow extends Transfer, SerialRange {
  readonly declaredOn: Day | null;
  readonly reference: string | null;
}

/** Transfers, the first signed first; one of them when it is named. */
export async function selectTransfers(work: Work, transferId: string | null = null): Promise<TransferRow[]> {
  const found = await sql<TransferRow>`select t.transfer_id as "transferId", t.range_id as "rangeId",
      t.from_id as "fromId", t.to_id as "toId", t.contract, t.signed_on as "signedOn", t.purpose, t.price_eur_cents,
      t.project_holder_eur_cents, t.shortfall_bearer as "shortfallBearer", t.anonymous, r.scheme, r.project, r.vintage,
      lower(r.numbers) as first, upper(r.numbers) as beyond, d.declared_on as "declaredOn", d.reference
    from registry.transfer t join registry.unit_range r using (network_id, range_id)
    left join registry.declaration d using (network_id, transfer_id)
    where t.network_id = ${work.networkId} and (${transferId}::text is null or transfer_id = ${transferId})
    order by t.signed_on, t.transfer_id`.execute(work.tx);
  return found.rows;
}

export interface Declaration {
  readonly transferId: string;
  readonly declaredOn: Day;
  readonly reference: string;
  readonly declaredBy: string;
}

/** False when that transfer was declared before. */
export async function insertDeclaration(work: Work, one: Declaration): Promise<boolean> {
  const added =
    await sql`insert into registry.declaration (network_id, transfer_id, declared_on, reference, declared_by,
      recorded_at)
    values (${work.networkId}, ${one.transferId}, ${one.declaredOn}, ${one.reference}, ${one.declaredBy},
      ${work.now.toString()})
    on conflict on constraint a_transfer_is_declared_once do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

/** True the first time that a transfer crosses a threshold. */
export async function crossThreshold(
  work: Work,
  { transferId, threshold }: { readonly transferId: string; readonly threshold: DeclarationState },
): Promise<boolean> {
  const added = await sql`insert into registry.declaration_alarm (network_id, transfer_id, threshold, recorded_at)
    values (${work.networkId}, ${transferId}, ${threshold}, ${work.now.toString()})
    on conflict on constraint each_threshold_is_told_once do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

export async function insertEnding(work: Work, rangeId: string, end: Ending): Promise<void> {
  const { state, beneficiary, purpose, year, mention, reason, register, reference } = end;
  await sql`insert into registry.ending (network_id, range_id, state, beneficiary, purpose, year, mention, reason, register,
      reference, recorded_at)
    values (${work.networkId}, ${rangeId}, ${state}, ${beneficiary}, ${purpose}, ${year}, ${mention}, ${reason},
      ${register}, ${reference}, ${work.now.toString()})`.execute(work.tx);
}

export interface EndingRow extends Ending {
  readonly rangeId: string;
  readonly recordedAt: Instant;
}

export async function endingsOf(work: Work, rangeIds: readonly string[]): Promise<EndingRow[]> {
  const found = await sql<EndingRow>`select range_id as "rangeId", state, beneficiary, purpose, year, mention, reason,
      register, reference, recorded_at as "recordedAt"
    from registry.ending where network_id = ${work.networkId} and range_id = any(${rangeIds})`.execute(work.tx);
  return found.rows;
}
