import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Day, Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Sheet } from '../sheet.ts';

interface SheetRow extends Omit<Sheet, 'entered'> {
  readonly entered: readonly { readonly day: Day; readonly at: Instant }[] | null;
}

const select = async (work: Work, where: RawBuilder<unknown>): Promise<readonly Sheet[]> => {
  const found = await sql<SheetRow>`select s.sheet_id as "sheetId", s.space_id as "spaceId", s.first_day as "firstDay",
      s.days::integer as days, s.printed_at as "printedAt"
    from presence.sheet s where s.network_id = ${work.networkId} and ${where}
    order by s.first_day desc, s.printed_at desc, s.sheet_id`.execute(work.tx);
  const entries = await sql<{
    sheetId: string;
    day: Day;
    at: Instant;
  }>`select e.sheet_id as "sheetId", e.local_day as day,
      e.entered_at as at
    from presence.sheet_entry e where e.network_id = ${work.networkId}
      and e.sheet_id = any(${found.rows.map(row => row.sheetId)}) order by e.local_day`.execute(work.tx);
  return found.rows.map(row => ({ ...row, entered: entries.rows.filter(one => one.sheetId === row.sheetId) }));
};

export const selectSheet = async (work: Work, sheetId: string): Promise<Sheet | undefined> =>
  (await select(work, sql`s.sheet_id = ${sheetId}`))[0];

/** Sheets of a space that cover a day, or a later one. */
export const selectSheetsSince = (
  work: Work,
  { spaceId, day }: { readonly spaceId: Id<'spc'>; readonly day: Day },
): Promise<readonly Sheet[]> => select(work, sql`s.space_id = ${spaceId} and s.first_day + s.days > ${day}::date`);

export const insertSheet = async (
  work: Work,
  { sheetId, spaceId, firstDay, days }: Omit<Sheet, 'entered' | 'printedAt'>,
  printedBy: Id<'per'>,
): Promise<void> => {
  await sql`insert into presence.sheet (network_id, sheet_id, space_id, first_day, days, printed_by, printed_at)
    values (${work.networkId}, ${sheetId}, ${spaceId}, ${firstDay}, ${days}, ${printedBy}, ${work.now.toString()})
    `.execute(work.tx);
};

/** The first entry of a day is remembered. */
export const insertEntry = async (
  work: Work,
  { sheetId, day, by }: { readonly sheetId: Id<'sht'>; readonly day: Day; readonly by: Id<'per'> },
): Promise<void> => {
  await sql`insert into presence.sheet_entry (network_id, sheet_id, local_day, entered_by, entered_at)
    values (${work.networkId}, ${sheetId}, ${day}, ${by}, ${work.now.toString()})
    on conflict on constraint a_day_of_a_sheet_is_first_entered_once do nothing`.execute(work.tx);
};

/** `space day` of the days whose sheet nobody has entered: arrivals may be on paper. */
export const selectOnPaper = async (
  work: Work,
  { spaceIds, days }: { readonly spaceIds: readonly Id[]; readonly days: readonly Day[] },
): Promise<ReadonlySet<string>> => {
  const found = await sql<{ key: string }>`select s.space_id || ' ' || d.day as key
    from presence.sheet s join unnest(${days}::date[]) as d (day)
      on d.day >= s.first_day and d.day < s.first_day + s.days
    where s.network_id = ${work.networkId} and s.space_id = any(${spaceIds})
      and not exists (select from presence.sheet_entry e where e.network_id = s.network_id
        and e.sheet_id = s.sheet_id and e.local_day = d.day)`.execute(work.tx);
  return new Set(found.rows.map(row => row.key));
};

/** Removes the sheets whose last day is before some day, and says how many. */
export const deleteSheets = async (work: Work, before: Day): Promise<number> => {
  const gone = await sql`delete from presence.sheet
    where network_id = ${work.networkId} and first_day + days <= ${before}::date`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0);
};
