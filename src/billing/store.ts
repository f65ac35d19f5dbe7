import { sql } from 'kysely';
import type { Id } from '../kernel/ids.ts';
import { type Day, instantText, type Month } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import type { Line } from './statement.ts';

interface Row extends Omit<Line, 'label'> {
  readonly label_fr: string;
  readonly label_en: string;
}

const columns = sql`charge_id as "chargeId", reference, reversal_of as "reversalOf", payer_id as "payerId",
  payee_id as "payeeId", contract_id as "contractId", space_id as "spaceId", person_id as "personId", day, half_days,
  amount_eur_cents, label_fr, label_en, happened_at, recorded_at`;

const lineOf = ({ label_fr, label_en, ...row }: Row): Line => ({ ...row, label: { fr: label_fr, en: label_en } });

/** A line as the ledger takes it: the label in two columns, exact numbers as texts. */
const written = (line: Line & { readonly month: Month }) => ({
  ...line,
  label_fr: line.label.fr,
  label_en: line.label.en,
  amount_eur_cents: line.amount_eur_cents.toString(),
  happened_at: instantText(line.happened_at),
  recorded_at: instantText(line.recorded_at),
});

/** Adds lines; those whose reference is already charged, or already reversed, are left out of the answer. */
export async function insertLines(work: Work, lines: readonly (Line & { month: Month })[]): Promise<Line[]> {
  const added = await sql<{ id: string }>`
    insert into billing.charge (network_id, charge_id, reference, reversal_of, payer_id, payee_id, contract_id, space_id,
      person_id, day, half_days, amount_eur_cents, label_fr, label_en, statement_month, happened_at, recorded_at)
    select ${work.networkId}, "chargeId", reference, "reversalOf", "payerId", "payeeId", "contractId", "spaceId",
      "personId", day, half_days, amount_eur_cents, label_fr, label_en, month, happened_at, recorded_at
    from json_to_recordset(${JSON.stringify(lines.map(written))}::json) as line (
      "chargeId" text, reference text, "reversalOf" text, "payerId" text, "payeeId" text, "contractId" text,
      "spaceId" text, "personId" text, day date, half_days smallint, amount_eur_cents bigint, label_fr text,
      label_en text, month text, happened_at timestamptz, recorded_at timestamptz)
    on conflict do nothing
    returning charge_id as id`.execute(work.tx);
  const ids = new Set(added.rows.map(row => row.id));
  return lines.flatMap(({ month: _, ...line }) => (ids.has(line.chargeId) ? [line] : []));
}

/** Everything written under some references, charges before their reversals. */
export async function linesByReference(work: Work, references: readonly string[]): Promise<Line[]> {
  const found = await sql<Row>`select ${columns} from billing.charge
    where network_id = ${work.networkId} and reference = any(${references})
    order by reference, reversal_of nulls first`.execute(work.tx);
  return found.rows.map(lineOf);
}

/** The lines of one payer's statement, by day, then in the order in which they were written. */
export async function linesOfMonth(work: Work, payerId: Line['payerId'], month: Month): Promise<Line[]> {
  const found = await sql<Row>`select ${columns} from billing.charge
    where network_id = ${work.networkId} and payer_id = ${payerId} and statement_month = ${month}
    order by day, recorded_at, reference, reversal_of nulls first`.execute(work.tx);
  return found.rows.map(lineOf);
}

/** Months in which a payer has lines, newest first. */
export async function monthsOf(work: Work, payerId: Line['payerId']): Promise<Month[]> {
  const found = await sql<{ month: Month }>`select distinct statement_month as month from billing.charge
    where network_id = ${work.networkId} and payer_id = ${payerId} order by month desc`.execute(work.tx);
  return found.rows.map(row => row.month);
}

/** Parts the lines of someone's days from them; those that they paid themself keep one payer, whom nothing names. */
export async function sever(work: Work, personId: string, other: Id<'per'>): Promise<number> {
  const gone = await sql`update billing.charge set person_id = null,
      payer_id = case when payer_id = person_id then ${other} else payer_id end
    where network_id = ${work.networkId} and person_id = ${personId}`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0n);
}

export interface PersonMonth {
  readonly payerId: Id<'org'>;
  readonly personId: Id<'per'>;
  readonly month: Month;
  readonly half_days: number;
}

/** Half-days charged to payers for people, by month of the day itself, reversals taken off. */
export async function halfDaysByPerson(
  work: Work,
  { personIds, from, to }: { personIds: readonly string[]; from: Day; to: Day },
): Promise<PersonMonth[]> {
  const found = await sql<PersonMonth>`
    select payer_id as "payerId", person_id as "personId", to_char(day, 'YYYY-MM') as month, sum(half_days)::int as half_days
    from billing.charge
    where network_id = ${work.networkId} and person_id = any(${personIds}) and payer_id <> person_id
      and day >= ${from} and day < ${to}
    group by 1, 2, 3`.execute(work.tx);
  return found.rows;
}

/** Half-days charged under contracts since they began, reversals taken off. */
export async function halfDaysByContract(
  work: Work,
  contractIds: readonly string[],
): Promise<{ contractId: string; half_days: number }[]> {
  const found = await sql<{ contractId: string; half_days: number }>`
    select contract_id as "contractId", sum(half_days)::int as half_days from billing.charge
    where network_id = ${work.networkId} and contract_id = any(${contractIds}) group by 1`.execute(work.tx);
  return found.rows;
}
