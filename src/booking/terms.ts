import { type Day, type DayPart, daysFrom, daysOfMonth, mondayOf, monthOf } from '../kernel/time.ts';
import type { OpenDay } from '../spaces/spaces.ts';

export const termUnits = ['week', 'month'] as const;
export type TermUnit = (typeof termUnits)[number];

/** The days of the ISO week, or of the calendar month, of a day. */
export const daysOfTerm = (unit: TermUnit, day: Day): readonly Day[] =>
  unit === 'month' ? daysOfMonth(monthOf(day)) : daysFrom(mondayOf(day), 7);

/** All that a space offers of a day: the whole of it, or the half that is open; null when it is closed. */
export const wholeOf = ({ parts }: Pick<OpenDay, 'parts'>): DayPart | null =>
  (['day', 'morning', 'afternoon'] as const).find(part => parts[part] !== null) ?? null;

/** A price shared over days, to the cent: what does not divide goes a cent each to the first days. */
export const sharesOf = (total_eur_cents: bigint, days: number): readonly bigint[] => {
  const [each, left] = [total_eur_cents / BigInt(days), total_eur_cents % BigInt(days)];
  return Array.from({ length: days }, (_, n) => (BigInt(n) < left ? each + 1n : each));
};
