import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, type Day, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import { peopleById, personByEmail } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import type { Space } from '../../spaces/spaces.ts';
import type { AccessEvent } from '../evidence.ts';
import { whole } from '../rules/thresholds.ts';
import { entryRefusal, eventsOfSheet, mostSheetDays, type Sheet, type SheetLine } from '../sheet.ts';
import { sheetWords as words } from '../sheet-words.ts';
import * as events from '../store/event.ts';
import * as store from '../store/sheet.ts';
import { thresholdsOn } from '../store/thresholds.ts';
import { words as general } from '../words.ts';
import { hosted } from './kiosks.ts';
import { type CheckIn, checkInOf } from './noting.ts';
import { record } from './recording.ts';
import { refusedByLevel } from './strictness.ts';

// Attendance sheets: printed, signed on paper, entered afterwards.

/** Prepares a sheet for some days in a row; it bears an id, by which it is entered later. */
export async function printSheet(
  work: Work,
  actor: Actor,
  { spaceId, firstDay, days }: { readonly spaceId: Id<'spc'>; readonly firstDay: Day; readonly days: number },
): Promise<Outcome<Sheet>> {
  const space = await hosted(work, actor, spaceId);
  if (!space.ok) return space;
  if (!Number.isInteger(days) || days < 1 || days > mostSheetDays) return refuse(words.badLength);
  const sheet = { sheetId: work.newId('sht'), spaceId, firstDay, days };
  await store.insertSheet(work, sheet, actor.personId);
  return accept({ ...sheet, printedAt: work.now, entered: [] });
}

/** For how many days past sheets are listed. */
const listed_days = 31;

/** Sheets of a space, the latest first. */
export async function sheetsOf(work: Work, actor: Actor, spaceId: Id<'spc'>): Promise<Outcome<readonly Sheet[]>> {
  const space = await hosted(work, actor, spaceId);
  if (!space.ok) return space;
  const since = addDays(localDay(work.now, space.value.zone), -listed_days);
  return accept(await store.selectSheetsSince(work, { spaceId, day: since }));
}

export interface SheetFound {
  readonly sheet: Sheet;
  readonly space: Space;
}

/** One sheet, for who receives people in its space. */
export async function sheetFor(work: Work, actor: Actor, sheetId: string): Promise<Outcome<SheetFound>> {
  const sheet = await store.selectSheet(work, sheetId);
  if (!sheet) return refuse(words.unknownSheet);
  const space = await hosted(work, actor, sheet.spaceId);
  return space.ok ? accept({ sheet, space: space.value }) : space;
}

/** A line as it is entered: by the person's id, or by the address of their account. */
export type SheetLineAsked = Omit<SheetLine, 'personId'> &
  ({ readonly personId: Id<'per'> } | { readonly email: string });

async function namedLines(work: Work, lines: readonly SheetLineAsked[]): Promise<Outcome<readonly SheetLine[]>> {
  const named: SheetLine[] = [];
  for (const line of lines) {
    const personId = 'email' in line ? (await personByEmail(work, line.email))?.personId : line.personId;
    if (personId === undefined) return refuse(general.unknownPerson);
    named.push({ personId, halves: line.halves, from_min: line.from_min, to_min: line.to_min });
  }
  const known = await peopleById(
    work,
    named.map(one => one.personId),
  );
  const ids = new Set(known.map(one => one.personId));
  return named.every(one => ids.has(one.personId)) ? accept(named) : refuse(general.unknownPerson);
}

/** What was entered before of these halves; null when it came from another sheet. */
async function alreadyEntered(work: Work, asked: readonly AccessEvent[]): Promise<readonly AccessEvent[] | null> {
  const { day, sourceId } = asked[0]!;
  const known = (await events.selectEventsOn(work, { days: [day], spaceIds: 'all' })).filter(
    one => one.method === 'paper_sheet',
  );
  const twins = asked.map(one => known.find(k => k.personId === one.personId && k.half === one.half));
  return twins.every(twin => twin === undefined || twin.sourceId === sourceId)
    ? twins.filter(twin => twin !== undefined)
    : null;
}

export interface SheetEntry {
  readonly sheetId: string;
  readonly day: Day;
  readonly lines: readonly SheetLineAsked[];
}

/**
 * Enters what a signed sheet says of a day, all lines or none: who, in which halves, at which hours if any, with who entered it and
 * when. A half-day is entered of one sheet once; entered again from the same, it stays as it was.
 */
export async function enterSheet(
  work: Work,
  actor: Actor,
  { sheetId, day, lines }: SheetEntry,
): Promise<Outcome<readonly CheckIn[]>> {
  const found = await sheetFor(work, actor, sheetId);
  if (!found.ok) return found;
  const { sheet, space } = found.value;
  if (lines.length === 0) return refuse(words.nothingSigned);
  const named = await namedLines(work, lines);
  if (!named.ok) return named;
  const values = (await thresholdsOn(work, [day]))(day);
  const why = entryRefusal(
    sheet,
    { day, lines: named.value },
    {
      today: localDay(work.now, space.zone),
      entry_days: whole(values.sheet_entry_days),
      final_days: whole(values.creditable_days),
    },
  );
  if (why) return refuse(why);
  const asked = eventsOfSheet(sheet, { day, lines: named.value }, { ...work, notedBy: actor.personId });
  const notNoted = (await refusedByLevel(work, asked)).find(one => one !== null);
  if (notNoted) return refuse(notNoted);
  const { added } = await record(work, asked);
  const again = asked.filter(one => !added.has(one.eventId));
  const before = again.length === 0 ? [] : await alreadyEntered(work, again);
  if (before === null) return refuse(words.alreadyOnSheet);
  await store.insertEntry(work, { sheetId: sheet.sheetId, day, by: actor.personId });
  const kept = [...asked.filter(one => added.has(one.eventId)), ...before];
  return accept(await Promise.all(kept.map(one => checkInOf(work, one, space))));
}

/** What was entered from a sheet of one of its days. */
export const enteredFrom = async (work: Work, { sheetId, spaceId }: Sheet, day: Day): Promise<readonly AccessEvent[]> =>
  (await events.selectEventsOn(work, { days: [day], spaceIds: [spaceId] })).filter(one => one.sourceId === sheetId);
