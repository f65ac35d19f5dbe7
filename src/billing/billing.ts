import type { Bilingual } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import type { Day, Instant, Month } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import { addUp, type Line, type Statement, statementMonth } from './statement.ts';
import * as store from './store.ts';
import { cancelled, words } from './words.ts';

export type { Line, SpaceTotal, Statement } from './statement.ts';
export type { PersonMonth } from './store.ts';

/** Something to be owed. Amounts are in whole cents and never negative: `reverse` takes a charge back. */
export interface NewCharge {
  /** What is charged, once for ever: a booking's id. */
  readonly reference: string;
  readonly payerId: Id<'org'> | Id<'per'>;
  /** The organisation that runs the space. */
  readonly payeeId: Id<'org'>;
  /** The subscription that pays, when there is one. */
  readonly contractId?: string | null;
  readonly spaceId: Id<'spc'>;
  readonly personId: Id<'per'> | null;
  readonly day: Day;
  /** Half-days of this person-day: 0 when none is used up. */
  readonly half_days: 0 | 1 | 2;
  readonly amount_eur_cents: bigint;
  readonly label: Bilingual;
  /** When it came to be owed; the present moment by default. */
  readonly happened_at?: Instant;
}

const lineOf = (work: Work, charge: NewCharge): Line & { month: Month } => ({
  ...charge,
  contractId: charge.contractId ?? null,
  happened_at: charge.happened_at ?? work.now,
  chargeId: work.newId('chg'),
  reversalOf: null,
  recorded_at: work.now,
  month: statementMonth(charge.day, work.now),
});

const isSame = (line: Line, charge: NewCharge): boolean =>
  line.amount_eur_cents === charge.amount_eur_cents &&
  line.half_days === charge.half_days &&
  line.payerId === charge.payerId &&
  line.payeeId === charge.payeeId &&
  line.personId === charge.personId &&
  line.day === charge.day;

/**
 * Writes charges, all or none, and answers their lines in the order asked. The same charge asked again is the line
 * already written; another one under its reference is refused.
 */
export async function chargeMany(work: Work, charges: readonly NewCharge[]): Promise<Outcome<readonly Line[]>> {
  const added = await store.insertLines(
    work,
    charges.map(charge => lineOf(work, charge)),
  );
  const byReference = new Map(added.map(line => [line.reference, line]));
  const others = charges.filter(charge => !byReference.has(charge.reference)).map(charge => charge.reference);
  const earlier = others.length === 0 ? [] : await store.linesByReference(work, others);
  for (const line of earlier) if (line.reversalOf === null) byReference.set(line.reference, line);
  const lines = charges.map(charge => byReference.get(charge.reference)!);
  const other = charges.find((charge, i) => !isSame(lines[i]!, charge));
  return other === undefined ? accept(lines) : refuse(words.alreadyCharged(other.reference));
}

/** Writes one charge. */
export async function charge(work: Work, one: NewCharge): Promise<Outcome<Line>> {
  const lines = await chargeMany(work, [one]);
  return lines.ok ? accept(lines.value[0]!) : lines;
}

const turned = (work: Work, line: Line): Line & { month: Month } => ({
  ...line,
  chargeId: work.newId('chg'),
  reversalOf: line.chargeId,
  half_days: -line.half_days,
  amount_eur_cents: -line.amount_eur_cents,
  label: cancelled(line.label),
  happened_at: work.now,
  recorded_at: work.now,
  month: statementMonth(line.day, work.now),
});

/** Takes charges back, all or none, by a negative line each; asked again, answers the lines already written. */
export async function reverseMany(work: Work, references: readonly string[]): Promise<Outcome<readonly Line[]>> {
  const lines = await store.linesByReference(work, references);
  const charged = new Map(lines.filter(line => line.reversalOf === null).map(line => [line.reference, line]));
  const missing = references.find(reference => !charged.has(reference));
  if (missing !== undefined) return refuse(words.nothingToReverse(missing));
  await store.insertLines(
    work,
    references.map(reference => turned(work, charged.get(reference)!)),
  );
  const after = (await store.linesByReference(work, references)).filter(line => line.reversalOf !== null);
  const reversals = new Map(after.map(line => [line.reference, line]));
  return accept(references.map(reference => reversals.get(reference)!));
}

/** Takes one charge back. */
export async function reverse(work: Work, reference: string): Promise<Outcome<Line>> {
  const lines = await reverseMany(work, [reference]);
  return lines.ok ? accept(lines.value[0]!) : lines;
}

/**
 * What a payer owes for a month, as tariffed: not an invoice. Ids only; the rooms above know the names. A month that is
 * over always reads the same.
 */
export const statement = async (
  work: Work,
  { payerId, month }: { payerId: Line['payerId']; month: Month },
): Promise<Statement> => addUp(payerId, month, await store.linesOfMonth(work, payerId, month));

/** Months for which a payer has a statement, newest first. */
export const statementMonths = (work: Work, payerId: Line['payerId']): Promise<Month[]> =>
  store.monthsOf(work, payerId);

/** Half-days that others were charged for these people's days, from a day inclusive to a day exclusive, by month. */
export const halfDaysByPerson = store.halfDaysByPerson;

/** Half-days charged under each contract since it began; a contract never used is absent. */
export const halfDaysByContract = store.halfDaysByContract;

/** Parts someone's lines from them, to the cent: amounts, days and payers stay, and say of nobody that they came. */
export const forgetPerson = (work: Work, personId: Id<'per'>): Promise<number> =>
  store.sever(work, personId, work.newId('per'));
