import { type RawBuilder, sql } from 'kysely';

/**
 * `column = value` for one value, `column = any(…)` for several: for one, PostgreSQL keeps the plan that it made, where it would plan a
 * list anew each time, which costs more than the statement.
 */
export const among = (column: string, values: readonly string[]): RawBuilder<boolean> =>
  values.length === 1 ? sql`${sql.ref(column)} = ${values[0]}` : sql`${sql.ref(column)} = any(${values})`;
