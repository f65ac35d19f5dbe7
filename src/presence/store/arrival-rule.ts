import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Work } from '../../platform/database.ts';
import type { DatedLevel } from '../strictness.ts';

export const selectLevels = async (work: Work, spaceIds: readonly Id<'spc'>[]): Promise<readonly DatedLevel[]> => {
  const found = await sql<DatedLevel>`select space_id as "spaceId", valid_from as "validFrom", level
    from presence.arrival_rule where network_id = ${work.networkId} and space_id = any(${spaceIds})`.execute(work.tx);
  return found.rows;
};

/** A level written again for the same first day replaces what was planned. */
export const upsertLevel = async (
  work: Work,
  { spaceId, validFrom, level }: DatedLevel,
  by: Id<'per'>,
): Promise<void> => {
  await sql`insert into presence.arrival_rule (network_id, space_id, valid_from, level, recorded_at, recorded_by)
    values (${work.networkId}, ${spaceId}, ${validFrom}, ${level}, ${work.now.toString()}, ${by})
    on conflict on constraint one_arrival_rule_per_space_and_first_day do update set level = excluded.level,
      recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by`.execute(work.tx);
};
