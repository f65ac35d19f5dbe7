import { type Month, previousMonth } from '../kernel/time.ts';
import { disclosed, isSafe, leastPeople, type Part } from './disclosure.ts';
import type { Edition } from './edition.ts';

/** After how many months people are looked for again. */
const horizons_months = [3, 6, 12] as const;

/** Of the people who first came in the month `cohort`, how many came in the edition's month, so many months later. */
export interface Return {
  readonly after_months: (typeof horizons_months)[number];
  readonly cohort: Month;
  readonly people: number;
  readonly active: number;
}

/** What cells are made from: who came in the month, when each person first came, and what anyone can read already. */
export interface Past {
  /** The month of each person's first presence that passed, by pseudonym. */
  readonly firsts: ReadonlyMap<string, Month>;
  readonly published: readonly Edition[];
}

const monthsBefore = (month: Month, count: number): Month =>
  Array.from({ length: count }).reduce<Month>(previousMonth, month);

/**
 * May the size of a cohort be told beside what is public? Its own month must be: then nothing published later can be held
 * against it. Subtracted from that month's people, or from the same cohort told earlier, it leaves nobody or six people.
 */
function isTellable({ cohort, people, active }: Return, published: readonly Edition[]): boolean {
  const then = published.find(({ month, withheld }) => month === cohort && !withheld);
  if (!then || people < leastPeople) return false;
  const returned = then.persistence.reduce((sum, one) => sum + one.active, 0);
  const toldBefore = published.flatMap(edition => edition.persistence.filter(one => one.cohort === cohort));
  // Late presences make a cohort larger than what its month told: with and without those who had come before.
  const beside = [then.people - people, then.people - returned - people];
  const differences = [...beside, people - active, ...toldBefore.map(one => one.people - people)];
  return differences.every(isSafe);
}

/** Who of each cohort came again; cells are left out until no subtraction speaks of fewer than six people. */
export function persistenceOf(
  month: Month,
  { present, firsts, published }: Past & { readonly present: ReadonlySet<string> },
): readonly Return[] {
  const cells = horizons_months.map((after_months): Part<Return> => {
    const cohort = monthsBefore(month, after_months);
    const members = [...firsts].flatMap(([person, first]) => (first === cohort ? person : []));
    const people = new Set(members.filter(person => present.has(person)));
    return { of: { after_months, cohort, people: members.length, active: people.size }, people };
  });
  const tellable = cells.filter(cell => isTellable(cell.of, published));
  const named = new Set(tellable.flatMap(cell => [...cell.people]));
  const others: Part<null> = { of: null, people: new Set([...present].filter(person => !named.has(person))) };
  const { hidden } = disclosed<Return | null>(
    [...tellable, others].filter(part => part.people.size > 0),
    { order: one => one?.cohort ?? '' },
  );
  return tellable.map(cell => cell.of).filter(cell => !hidden.includes(cell));
}
