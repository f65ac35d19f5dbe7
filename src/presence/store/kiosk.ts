import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import { among } from '../../platform/among.ts';
import type { Work } from '../../platform/database.ts';
import { toJson } from '../../platform/first-answer.ts';
import type { Kiosk } from '../kiosk.ts';

interface KioskRow {
  readonly kiosk_id: Id<'ksk'>;
  readonly space_id: Id<'spc'>;
  readonly name: string;
  readonly generation: number;
  readonly clock_offset_s: number;
  readonly clock_seen_at: Instant | null;
}

const kioskOf = (row: KioskRow): Kiosk => ({
  kioskId: row.kiosk_id,
  spaceId: row.space_id,
  name: row.name,
  generation: row.generation,
  clock_offset_s: row.clock_offset_s,
  clockSeenAt: row.clock_seen_at,
});

const columns = sql`kiosk_id, space_id, name, generation, clock_offset_s, clock_seen_at`;

export const insertKiosks = async (work: Work, kiosks: readonly Kiosk[]): Promise<void> => {
  await sql`insert into presence.kiosk (network_id, kiosk_id, space_id, name, added_at)
    select ${work.networkId}, "kioskId", "spaceId", name, ${work.now.toString()}
    from json_to_recordset(${toJson(kiosks)}::json) as k ("kioskId" text, "spaceId" text, name text)`.execute(work.tx);
};

/** Kiosks in service: those named, those of some spaces, or all. */
export const selectKiosks = async (
  work: Work,
  which: { readonly kioskIds: readonly string[] } | { readonly spaceIds: readonly Id[] } | 'all',
): Promise<readonly Kiosk[]> => {
  const filter =
    which === 'all'
      ? sql`true`
      : 'kioskIds' in which
        ? among('kiosk_id', which.kioskIds)
        : sql`space_id = any(${which.spaceIds})`;
  const found = await sql<KioskRow>`select ${columns} from presence.kiosk
    where closed_at is null and ${filter} order by space_id, kiosk_id`.execute(work.tx);
  return found.rows.map(kioskOf);
};

/** A new generation: the key in the hands of whoever took the tablet opens nothing any more. */
export const renewKiosk = async (work: Work, kioskId: string): Promise<Kiosk | undefined> => {
  const changed = await sql<KioskRow>`update presence.kiosk set generation = generation + 1
    where kiosk_id = ${kioskId} and closed_at is null returning ${columns}`.execute(work.tx);
  return changed.rows.map(kioskOf)[0];
};

export const measureClock = async (work: Work, kioskId: string, offset_s: number): Promise<void> => {
  await sql`update presence.kiosk set clock_offset_s = ${offset_s}, clock_seen_at = ${work.now.toString()}
    where kiosk_id = ${kioskId}`.execute(work.tx);
};
