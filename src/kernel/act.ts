import type { Bilingual } from './bilingual.ts';

// What someone can do, as data: forms are drawn from it and read by it.

export interface FieldSpec {
  /** As in the API's body. */
  readonly name: string;
  /**
   * `choice` names its choices here or finds them on the page; `named` is a text that the page suggests; `long` is text of several
   * lines; `euros` goes as whole cents; `fraction` as `"31/100"`.
   */
  readonly kind: 'count' | 'text' | 'long' | 'fraction' | 'day' | 'euros' | 'check' | 'choice' | 'named';
  readonly label: Bilingual;
  readonly hint?: Bilingual;
  readonly optional?: true;
  readonly choices?: Readonly<Record<string, Bilingual>>;
}

export interface ActSpec {
  readonly title: Bilingual;
  readonly lead: Bilingual;
  readonly button: Bilingual;
  readonly fields: readonly FieldSpec[];
  /** Nobody can undo it. */
  readonly final?: true;
}

const whole = (typed: string): number => (/^\d{1,15}$/.test(typed) ? Number(typed) : 0);

/** Euros as someone writes them, in cents; null when they are not euros: `"12,50"` → 1250. */
export const centsIn = (euros: string): bigint | null => {
  const [, units, cents = ''] = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(euros.replaceAll(/[\s€]/g, '')) ?? [];
  return units === undefined ? null : BigInt(units) * 100n + BigInt(cents.padEnd(2, '0'));
};

/** A posted form as the API's body: counts and cents as numbers, what is left empty left out. */
export const bodyOf = (
  fields: readonly FieldSpec[],
  typed: Readonly<Record<string, string>>,
): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap(({ name, kind, optional }): [string, unknown][] => {
      const text = (typed[name] ?? '').trim();
      if (text === '' && optional && kind !== 'check') return [];
      if (kind === 'count') return [[name, whole(text.replaceAll(/\s/g, ''))]];
      if (kind === 'euros') return [[name, Number(centsIn(text) ?? -1n)]];
      if (kind === 'check') return [[name, text !== '']];
      return text === '' && !['text', 'long', 'fraction'].includes(kind) ? [] : [[name, text]];
    }),
  );
