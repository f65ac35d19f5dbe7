import { sql } from 'kysely';
import type { Day } from '../../kernel/time.ts';
import type { Work } from '../database.ts';
import type { SetValue } from './parameters.ts';

export async function selectInForce(
  work: Work,
  room: string,
  day: Day,
): Promise<Pick<SetValue, 'parameterId' | 'value'>[]> {
  const found = await sql<Pick<SetValue, 'parameterId' | 'value'>>`
    select distinct on (parameter_id) parameter_id as "parameterId", value from platform.parameter_value
    where network_id = ${work.networkId} and starts_with(parameter_id, ${`${room}.`}) and valid_from <= ${day}
    order by parameter_id, valid_from desc`.execute(work.tx);
  return found.rows;
}

export async function selectAll(work: Work): Promise<SetValue[]> {
  const found =
    await sql<SetValue>`select parameter_id as "parameterId", value, source, valid_from as "validFrom", author,
      recorded_at as "recordedAt"
    from platform.parameter_value where network_id = ${work.networkId}
    order by valid_from desc, parameter_id`.execute(work.tx);
  return found.rows;
}

/** False when that parameter already has a value from that day on. */
export async function insertValue(work: Work, row: SetValue): Promise<boolean> {
  const added =
    await sql`insert into platform.parameter_value (network_id, parameter_id, valid_from, value, source, author,
      recorded_at)
    values (${work.networkId}, ${row.parameterId}, ${row.validFrom}, ${row.value}, ${row.source}, ${row.author},
      ${row.recordedAt.toString()})
    on conflict on constraint one_value_per_parameter_and_day do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}
