import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Work } from '../../platform/database.ts';
import { recall } from '../../platform/memory.ts';
import type { DatedLevel } from '../strictness.ts';

/** What these spaces ask, from memory while none of the network's rules changed. */
export const selectLevels = async (work: Work, spaceIds: readonly Id<'spc'>[]): Promise<readonly DatedLevel[]> => {
  const load = async () => {
    const found = await sql<DatedLevel>`select space_id as "spaceId", valid_from as "validFrom", level
      from presence.arrival_rule where network_id = ${work.networkId}`.execute(work.tx);
    return new Map([['all', found.rows]]);
  };
  const known = await recall(work, { subject: 'places', shelf: 'arrival rules', ids: ['all'], load });
  return (known.get('all') ?? []).filter(one => spaceIds.includes(one.spaceId));
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
