import { sql } from 'kysely';
import type { Day, Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { SerialRange, UnitScheme } from '../serial.ts';

/** The State's number, and how many units it issued under it. */
export interface ExternalReference {
  readonly referenceId: string;
  readonly scheme: UnitScheme;
  readonly reference: string;
  readonly quantity: bigint;
}

/** Enters a reference, or does nothing when it is there; then whoever ties units under it waits for this one. */
export async function holdReference(
  work: Work,
  { scheme, reference, quantity, recordedBy }: Omit<ExternalReference, 'referenceId'> & { readonly recordedBy: string },
): Promise<ExternalReference> {
  await sql`insert into registry.external_reference (network_id, reference_id, scheme, reference, quantity, recorded_by,
      recorded_at)
    values (${work.networkId}, ${work.newId('ext')}, ${scheme}, ${reference}, ${quantity.toString()}, ${recordedBy},
      ${work.now.toString()})
    on conflict on constraint an_external_reference_is_entered_once do nothing`.execute(work.tx);
  const found = await sql<ExternalReference>`select reference_id as "referenceId", scheme, reference, quantity
    from registry.external_reference
    where network_id = ${work.networkId} and scheme = ${scheme} and reference = ${reference} for update`.execute(
    work.tx,
  );
  return found.rows[0]!;
}

/** Units of ours under a reference, whatever became of them. */
export async function tiedUnder(work: Work, referenceId: string): Promise<bigint> {
  const found = await sql<{ units: bigint }>`select coalesce(sum(upper(numbers) - lower(numbers)), 0)::bigint as units
    from registry.external_tie where network_id = ${work.networkId} and reference_id = ${referenceId}`.execute(work.tx);
  return found.rows[0]!.units;
}

/** False when some of these units are under a reference already. */
export async function insertTie(
  work: Work,
  range: SerialRange,
  { referenceId, recordedBy }: { readonly referenceId: string; readonly recordedBy: string },
): Promise<boolean> {
  const added =
    await sql`insert into registry.external_tie (network_id, reference_id, scheme, project, vintage, numbers,
      recorded_by, recorded_at)
    values (${work.networkId}, ${referenceId}, ${range.scheme}, ${range.project}, ${range.vintage},
      int8range(${range.first.toString()}::bigint, ${range.beyond.toString()}::bigint), ${recordedBy},
      ${work.now.toString()})
    on conflict do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

/** References under which some of these units stand. */
export async function referencesOf(work: Work, range: SerialRange): Promise<string[]> {
  const found = await sql<{ reference: string }>`select distinct e.reference
    from registry.external_tie t join registry.external_reference e using (network_id, reference_id)
    where t.network_id = ${work.networkId} and t.scheme = ${range.scheme} and t.project = ${range.project}
      and t.vintage = ${range.vintage}
      and t.numbers && int8range(${range.first.toString()}::bigint, ${range.beyond.toString()}::bigint)
    order by e.reference`.execute(work.tx);
  return found.rows.map(row => row.reference);
}

/** What a register showed under a reference, on a day. */
export interface Reading {
  readonly referenceId: string;
  readonly quantity: bigint;
  readonly readOn: Day;
}

/** Two readings of one reference at once come one after the other: both are kept. */
export async function insertReading(work: Work, one: Reading, recordedBy: string): Promise<void> {
  await sql`select from registry.external_reference
    where network_id = ${work.networkId} and reference_id = ${one.referenceId} for update`.execute(work.tx);
  await sql`insert into registry.external_count (network_id, reference_id, sequence, quantity, read_on, recorded_by,
      recorded_at)
    select ${work.networkId}, ${one.referenceId}, coalesce(max(sequence), 0) + 1, ${one.quantity.toString()}::bigint,
      ${one.readOn}::date, ${recordedBy}, ${work.now.toString()}::timestamptz
    from registry.external_count where network_id = ${work.networkId} and reference_id = ${one.referenceId}`.execute(
    work.tx,
  );
}

/** One reference compared: units that its register shows, and ours under it that are neither cancelled nor gone. */
export interface Comparison extends ExternalReference {
  readonly external: bigint;
  /** The day of the reading; null when only the issue is known. */
  readonly readOn: Day | null;
  readonly ours: bigint;
}

export async function compareAll(work: Work): Promise<Comparison[]> {
  const found = await sql<Comparison>`select e.reference_id as "referenceId", e.scheme, e.reference, e.quantity,
      coalesce(seen.quantity, e.quantity) as external, seen.read_on as "readOn", coalesce(held.units, 0)::bigint as ours
    from registry.external_reference e
    left join lateral (select c.quantity, c.read_on from registry.external_count c
      where c.network_id = e.network_id and c.reference_id = e.reference_id order by read_on desc, sequence desc limit 1) seen on true
    left join lateral (select sum(upper(r.numbers * t.numbers) - lower(r.numbers * t.numbers)) as units
      from registry.external_tie t join registry.unit_range r using (network_id, scheme, project, vintage)
      where t.network_id = e.network_id and t.reference_id = e.reference_id and r.closed_at is null
        and r.numbers && t.numbers and r.state not in ('cancelled', 'sent_out')) held on true
    where e.network_id = ${work.networkId} order by e.scheme, e.reference`.execute(work.tx);
  return found.rows;
}

/** What a comparison came out as, from then on. */
export interface Found {
  readonly referenceId: string;
  readonly foundAt: Instant;
  readonly external: bigint;
  readonly ours: bigint;
}

/** Everything found so far, the latest first. */
export async function selectFound(work: Work): Promise<Found[]> {
  const found = await sql<Found>`select reference_id as "referenceId", found_at as "foundAt", external, ours
    from registry.reconciliation where network_id = ${work.networkId} order by found_at desc, reference_id`.execute(
    work.tx,
  );
  return found.rows;
}

export async function insertFound(work: Work, { referenceId, external, ours }: Comparison): Promise<void> {
  await sql`insert into registry.reconciliation (network_id, reference_id, found_at, external, ours)
    values (${work.networkId}, ${referenceId}, ${work.now.toString()}, ${external.toString()}, ${ours.toString()})
    on conflict do nothing`.execute(work.tx);
}
