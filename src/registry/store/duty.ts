import { sql } from 'kysely';
import type { Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { UnitScheme } from '../serial.ts';

/** Units that should not have been issued, and where they were taken from. */
export interface ClawBack {
  readonly clawBackId: string;
  readonly batchId: string;
  readonly quantity: bigint;
  readonly from_reserve: bigint;
  readonly from_unsold: bigint;
  readonly owed: bigint;
  readonly reason: string;
}

export async function insertClawBack(work: Work, one: ClawBack, actorId: string): Promise<void> {
  await sql`insert into registry.claw_back (network_id, claw_back_id, batch_id, quantity, from_reserve, from_unsold, owed,
      reason, actor_id, recorded_at)
    values (${work.networkId}, ${one.clawBackId}, ${one.batchId}, ${one.quantity.toString()},
      ${one.from_reserve.toString()}, ${one.from_unsold.toString()}, ${one.owed.toString()}, ${one.reason}, ${actorId},
      ${work.now.toString()})`.execute(work.tx);
}

/** Units that nobody could give back, for the project holder to replace. */
export interface Duty {
  readonly dutyId: string;
  readonly clawBackId: string;
  readonly batchId: string;
  readonly scheme: UnitScheme;
  readonly holderId: string;
  readonly quantity: bigint;
}

export interface DutyRow extends Duty {
  readonly reason: string;
  readonly since: Instant;
  /** Replaced so far; the rest is due. */
  readonly met: bigint;
}

export async function insertDuty(work: Work, one: Duty): Promise<void> {
  await sql`insert into registry.replacement_duty (network_id, duty_id, claw_back_id, batch_id, scheme, holder_id, quantity,
      recorded_at)
    values (${work.networkId}, ${one.dutyId}, ${one.clawBackId}, ${one.batchId}, ${one.scheme}, ${one.holderId},
      ${one.quantity.toString()}, ${work.now.toString()})`.execute(work.tx);
}

/** Duties, the oldest first. */
export async function selectDuties(work: Work): Promise<DutyRow[]> {
  const found =
    await sql<DutyRow>`select d.duty_id as "dutyId", d.claw_back_id as "clawBackId", d.batch_id as "batchId",
      d.scheme, d.holder_id as "holderId", d.quantity, c.reason, d.recorded_at as since,
      coalesce((select sum(p.quantity) from registry.replacement p
        where p.network_id = d.network_id and p.duty_id = d.duty_id), 0)::bigint as met
    from registry.replacement_duty d join registry.claw_back c using (network_id, claw_back_id)
    where d.network_id = ${work.networkId} order by d.recorded_at, d.duty_id`.execute(work.tx);
  return found.rows;
}

/** Queues whoever meets this duty. */
export async function lockDuty(work: Work, dutyId: string): Promise<void> {
  await sql`select from registry.replacement_duty
    where network_id = ${work.networkId} and duty_id = ${dutyId} for update`.execute(work.tx);
}

export async function insertReplacement(
  work: Work,
  { dutyId, rangeId, quantity }: { readonly dutyId: string; readonly rangeId: string; readonly quantity: bigint },
): Promise<void> {
  await sql`insert into registry.replacement (network_id, duty_id, range_id, quantity, recorded_at)
    values (${work.networkId}, ${dutyId}, ${rangeId}, ${quantity.toString()}, ${work.now.toString()})`.execute(work.tx);
}
