import { type Half, halves } from '../booking/booking.ts';
import type { Id, NewId } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/outcome.ts';
import { type Day, daysBetween, daysFrom, type Instant } from '../kernel/time.ts';
import type { AccessEvent } from './evidence.ts';
import { sheetWords as words } from './sheet-words.ts';

/** Days that one sheet covers at most. */
export const mostSheetDays = 7;

/** A sheet as it was printed. */
export interface Sheet {
  readonly sheetId: Id<'sht'>;
  readonly spaceId: Id<'spc'>;
  readonly firstDay: Day;
  readonly days: number;
  readonly printedAt: Instant;
  /** Days that were entered, and when first. */
  readonly entered: readonly { readonly day: Day; readonly at: Instant }[];
}

export const daysOfSheet = ({ firstDay, days }: Pick<Sheet, 'firstDay' | 'days'>): readonly Day[] =>
  daysFrom(firstDay, days);

/** What the sheet says of one person: in which halves they signed, and the hours that they wrote. */
export interface SheetLine {
  readonly personId: Id<'per'>;
  readonly halves: readonly Half[];
  /** Minutes from midnight. */
  readonly from_min: number | null;
  readonly to_min: number | null;
}

const isMinute = (minute: number | null): boolean =>
  minute === null || (Number.isInteger(minute) && minute >= 0 && minute < 24 * 60);

/** The first reason why a day of a sheet is not entered now; days are those of the space's own wall. */
export function entryRefusal(
  sheet: Pick<Sheet, 'firstDay' | 'days'>,
  { day, lines }: { readonly day: Day; readonly lines: readonly SheetLine[] },
  on: { readonly today: Day; readonly entry_days: number; readonly final_days: number },
): Refusal | null {
  if (!daysOfSheet(sheet).includes(day)) return words.notOnSheet;
  const age = daysBetween(day, on.today);
  if (age < 0) return words.inTheFuture;
  if (age > on.final_days) return words.dayFinal(on.final_days);
  if (age > on.entry_days) return words.tooLate(on.entry_days);
  if (new Set(lines.map(one => one.personId)).size < lines.length) return words.twiceOnSheet;
  if (lines.some(one => one.halves.length === 0)) return words.noHalf;
  const hours = lines.every(
    ({ from_min, to_min }) =>
      isMinute(from_min) && isMinute(to_min) && (from_min === null || to_min === null || from_min < to_min),
  );
  return hours ? null : words.badHours;
}

/** Lines of a sheet as events, one a half, dated by when they were entered: the hours written are only said. */
export const eventsOfSheet = (
  { sheetId, spaceId }: Pick<Sheet, 'sheetId' | 'spaceId'>,
  { day, lines }: { readonly day: Day; readonly lines: readonly SheetLine[] },
  by: { readonly notedBy: Id<'per'>; readonly now: Instant; readonly newId: NewId },
): readonly AccessEvent[] =>
  lines.flatMap(({ personId, halves: signed, from_min, to_min }) =>
    halves
      .filter(half => signed.includes(half))
      .map(half => ({
        ...{ eventId: by.newId('acc'), personId, spaceId, day, half },
        ...{ method: 'paper_sheet' as const, present: true, kioskId: null, counter: null, sourceId: sheetId },
        ...{ said: { from_min, to_min }, notedBy: by.notedBy, device: null, clock_skew_s: null },
        ...{ since_midnight_s: null, happened_at: by.now, recorded_at: by.now },
      })),
  );

/** `8:05` or `08:05` → 485; null for what is no hour. */
export function minuteOf(clock: string): number | null {
  const [, hour = '', minute = ''] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(clock.trim()) ?? [];
  return hour === '' ? null : Number(hour) * 60 + Number(minute);
}

/** 485 → `8:05`. */
export const clockOf = (minute: number): string => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
