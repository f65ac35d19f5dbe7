import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classOf, type Proof } from './evidence.ts';
import { clockOf, entryRefusal, minuteOf, type SheetLine } from './sheet.ts';

const line = (more: Partial<SheetLine> = {}): SheetLine => ({
  ...{ personId: 'per_00000001', halves: ['morning'], from_min: null, to_min: null },
  ...more,
});
const sheet = { firstDay: '2026-06-15', days: 5 } as const;
const on = { today: '2026-06-16', entry_days: 7, final_days: 7 } as const;

describe('a day of a sheet is entered', () => {
  const table = [
    ['on the day itself', '2026-06-16', [line()], on, null],
    ['the day after', '2026-06-15', [line()], on, null],
    ['not before it', '2026-06-17', [line()], on, 'presence.sheet_in_the_future'],
    ['not if it is not on it', '2026-06-20', [line()], on, 'presence.day_not_on_sheet'],
    ['on the last day left for it', '2026-06-15', [line()], { ...on, today: '2026-06-22' }, null],
    ['no longer once final', '2026-06-15', [line()], { ...on, today: '2026-06-23' }, 'presence.day_final'],
    ['sooner, where the network says so', '2026-06-15', [line()], { ...on, entry_days: 0 }, 'presence.sheet_too_late'],
    ['one line a person', '2026-06-15', [line(), line()], on, 'presence.twice_on_sheet'],
    ['a signature a line', '2026-06-15', [line({ halves: [] })], on, 'presence.sheet_line_without_signature'],
    ['with hours in order', '2026-06-15', [line({ from_min: 500, to_min: 900 })], on, null],
    ['not backwards', '2026-06-15', [line({ from_min: 900, to_min: 500 })], on, 'presence.sheet_hours_unreadable'],
    ['not without end', '2026-06-15', [line({ from_min: 1440 })], on, 'presence.sheet_hours_unreadable'],
    ['nor unreadable', '2026-06-15', [line({ to_min: Number.NaN })], on, 'presence.sheet_hours_unreadable'],
  ] as const;
  test.each(table)('%s', (_name, day, lines, when, code) => {
    expect(entryRefusal(sheet, { day, lines }, when)?.code ?? null).toBe(code);
  });

  test('hours are read as they are written', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1439 }), minute => minuteOf(clockOf(minute)) === minute));
    expect(['8:05', '08:05', '24:00', '8h', '8:60', ''].map(minuteOf)).toEqual([485, 485, null, null, null, null]);
  });
});

describe('what new means prove', () => {
  const table: readonly (readonly [readonly Proof[], booked: boolean, string])[] = [
    [['personal_code'], false, 'B'],
    [['personal_code'], true, 'C'],
    [['tag'], false, 'B'],
    [['tag'], true, 'C'],
    [['badge'], true, 'B'],
    [['badge', 'host_list'], true, 'B'],
    [['paper_sheet'], true, 'A'],
    [['paper_sheet', 'host_list'], true, 'A'],
    [['paper_sheet', 'own_declaration'], true, 'B'],
    [['kept_code', 'paper_sheet'], true, 'B'],
    [['kept_code', 'host_list'], true, 'C'],
  ];
  test.each(table)('%j, booked %s: %s', (proofs, booked, evidenceClass) => {
    expect(classOf(new Set(proofs), booked)).toBe(evidenceClass);
  });
});
