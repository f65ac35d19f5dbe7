import type { Id } from '../kernel/ids.ts';

interface Someone {
  readonly personId: Id<'per'>;
  readonly firstName: string;
}

/** Who is in a space today, as the people there may see it. */
export interface Seen {
  /** Of those who agreed, by letter; neither the reader's own nor any hour. */
  readonly firstNames: readonly string[];
  /** Everyone else but the reader: how many, not who. */
  readonly others: number;
}

const byLetter = new Intl.Collator('fr');

/** Those who agreed by their first name, the others by their number. */
export function seenBy(
  readerId: Id<'per'>,
  { there, shown }: { readonly there: readonly Someone[]; readonly shown: ReadonlySet<Id<'per'>> },
): Seen {
  const company = there.filter(one => one.personId !== readerId);
  const named = company.filter(one => shown.has(one.personId) && one.firstName !== '');
  return {
    firstNames: named.map(one => one.firstName).toSorted(byLetter.compare),
    others: company.length - named.length,
  };
}
