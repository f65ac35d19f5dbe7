import { type RawBuilder, sql } from 'kysely';
import { type Day, daysBetween, daysFrom } from '../kernel/time.ts';

/**
 * `column = value` for one value, `column = any(…)` for several: for one, PostgreSQL keeps the plan that it made, where it would plan a
 * list anew each time, which costs more than the statement.
 */
export const among = (column: string, values: readonly string[]): RawBuilder<boolean> =>
  values.length === 1 ? sql`${sql.ref(column)} = ${values[0]}` : sql`${sql.ref(column)} = any(${values})`;

/** Days beyond which a range is no longer told one by one. */
const fewDays = 15;

/**
 * A column within a range of days, both included. Few of them are told one by one: of a range whose ends it does not know PostgreSQL
 * supposes that it holds hardly anything, and while a network is young it would read everyone's days to find one person's.
 */
export const within = (column: string, { from, to }: { readonly from: Day; readonly to: Day }): RawBuilder<boolean> => {
  const count = daysBetween(from, to) + 1;
  return count > fewDays
    ? sql`${sql.ref(column)} between ${from} and ${to}`
    : sql`${sql.ref(column)} = any(${daysFrom(from, count)}::date[])`;
};
