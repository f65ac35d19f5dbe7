import type { Bilingual } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import type { Day, Month } from '../kernel/time.ts';

/** Fewer people than this with days in a month, and the employer sees totals only. */
export const smallGroup = 6;

/** A line of the ledger as this room reads it; `billing` gives more. */
export interface LedgerLine {
  readonly spaceId: Id<'spc'>;
  readonly payeeId: Id<'org'>;
  readonly personId: Id<'per'> | null;
  readonly day: Day;
  readonly half_days: number;
  readonly amount_eur_cents: bigint;
  readonly label: Bilingual;
}

export interface Names {
  readonly people: ReadonlyMap<string, string>;
  readonly spaces: ReadonlyMap<string, string>;
  readonly organisations: ReadonlyMap<string, string>;
}

/** A line with names, without hours: who and when are null where the group is too small to say. */
export interface NamedLine {
  readonly spaceId: Id<'spc'>;
  readonly space: string;
  readonly payeeId: Id<'org'>;
  readonly payee: string;
  readonly personId: Id<'per'> | null;
  readonly person: string | null;
  readonly day: Day | null;
  readonly half_days: number;
  readonly amount_eur_cents: bigint;
  readonly label: Bilingual;
}

export interface PersonMonthTotal {
  readonly personId: Id<'per'>;
  readonly person: string;
  readonly days: readonly Day[];
  readonly half_days: number;
  readonly amount_eur_cents: bigint;
}

/** What an employer may see of a month. */
export interface EmployerMonth {
  readonly employerId: Id<'org'>;
  readonly employer: string;
  readonly month: Month;
  /** True when fewer than `smallGroup` people have days: no person, no day is shown. */
  readonly totals_only: boolean;
  readonly lines: readonly NamedLine[];
  readonly people: readonly PersonMonthTotal[];
  readonly spaces: readonly NamedLine[];
  readonly half_days: number;
  /** Of `half_days`, those of days still to come. */
  readonly to_come_half_days: number;
  readonly amount_eur_cents: bigint;
}

const dayTotals: Bilingual = { fr: 'Journées du mois', en: 'Days of the month' };

const total = (lines: readonly LedgerLine[]) => ({
  half_days: lines.reduce((sum, line) => sum + line.half_days, 0),
  amount_eur_cents: lines.reduce((sum, line) => sum + line.amount_eur_cents, 0n),
});

/** Groups in order of first mention. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

const named = (line: LedgerLine, names: Names): NamedLine => ({
  spaceId: line.spaceId,
  space: names.spaces.get(line.spaceId) ?? line.spaceId,
  payeeId: line.payeeId,
  payee: names.organisations.get(line.payeeId) ?? line.payeeId,
  personId: line.personId,
  person: line.personId && (names.people.get(line.personId) ?? line.personId),
  day: line.day,
  half_days: line.half_days,
  amount_eur_cents: line.amount_eur_cents,
  label: line.label,
});

const bySpace = (lines: readonly LedgerLine[], names: Names): NamedLine[] =>
  grouped(lines, line => `${line.spaceId} ${line.payeeId}`).map(group => ({
    ...named({ ...group[0]!, personId: null, label: dayTotals, ...total(group) }, names),
    day: null,
  }));

const byPerson = (lines: readonly LedgerLine[], names: Names): PersonMonthTotal[] =>
  grouped(
    lines.filter(line => line.personId !== null),
    line => line.personId ?? '',
  )
    .map(group => ({
      personId: group[0]!.personId!,
      person: names.people.get(group[0]!.personId!) ?? group[0]!.personId!,
      days: grouped(group, line => line.day)
        .filter(day => total(day).half_days > 0)
        .map(day => day[0]!.day),
      ...total(group),
    }))
    .sort((a, b) => a.person.localeCompare(b.person, 'fr'));

export interface MonthAsk {
  readonly employerId: Id<'org'>;
  readonly employer: string;
  readonly month: Month;
  /** The day on which one looks. */
  readonly today: Day;
}

/**
 * A month as its employer may see it: days and cost of its own staff, by space and by person; by space only when the
 * group is small. Totals are the ledger's in both cases.
 */
export function employerMonth(ask: MonthAsk, lines: readonly LedgerLine[], names: Names): EmployerMonth {
  const people = byPerson(lines, names);
  const totals_only = people.filter(person => person.half_days > 0).length < smallGroup;
  const spaces = bySpace(lines, names);
  return {
    employerId: ask.employerId,
    employer: ask.employer,
    month: ask.month,
    totals_only,
    lines: totals_only ? spaces : lines.map(line => named(line, names)),
    people: totals_only ? [] : people,
    spaces,
    ...total(lines),
    to_come_half_days: total(lines.filter(line => line.day > ask.today)).half_days,
  };
}
