import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Id } from '../kernel/ids.ts';
import { isCoded, type Method } from './evidence.ts';
import { type DatedLevel, type Level, levelOn, levelRefusal, levels } from './strictness.ts';

const here: Id<'spc'> = 'spc_00000001';

describe('what a space asks', () => {
  test('is the newest rule whose first day has come; nothing said, the host’s list is enough', () => {
    const dated: readonly DatedLevel[] = [
      { spaceId: here, validFrom: '2026-06-10', level: 'code' },
      { spaceId: here, validFrom: '2026-06-20', level: 'code_and_booking' },
      { spaceId: 'spc_00000002', validFrom: '2026-01-01', level: 'code_and_booking' },
    ];
    const on = ['2026-06-09', '2026-06-10', '2026-06-19', '2026-06-20'] as const;
    expect(on.map(day => levelOn(dated, here, day))).toEqual(['host_list', 'code', 'code', 'code_and_booking']);
  });

  const table: readonly (readonly [Level, Method, booked: boolean, code: string | null])[] = [
    ['host_list', 'own_declaration', false, null],
    ['host_list', 'host_list', false, null],
    ['code', 'host_list', true, 'presence.code_needed'],
    ['code', 'own_declaration', true, 'presence.code_needed'],
    ['code', 'kiosk_name', true, 'presence.code_needed'],
    ['code', 'paper_sheet', true, 'presence.code_needed'],
    ['code', 'rotating_code', false, null],
    ['code', 'personal_code', false, null],
    ['code', 'tag', false, null],
    ['code', 'badge', false, null],
    ['code_and_booking', 'rotating_code', false, 'presence.booking_needed'],
    ['code_and_booking', 'rotating_code', true, null],
    ['code_and_booking', 'host_list', true, 'presence.code_needed'],
  ];
  test.each(table)('%s: %s, booked %s: %s', (level, method, booked, code) => {
    expect(levelRefusal(level, { method, present: true }, booked)?.code ?? null).toBe(code);
  });

  test('a stricter level never notes what a milder one does not, and an absence is always said', () => {
    const method = fc.constantFrom<Method>('rotating_code', 'tag', 'badge', 'kiosk_name', 'host_list', 'paper_sheet');
    fc.assert(
      fc.property(method, fc.boolean(), (how, booked) => {
        const notes = levels.map(level => levelRefusal(level, { method: how, present: true }, booked) === null);
        expect(notes.map(Number)).toEqual(notes.map(Number).toSorted((a, b) => b - a));
        expect(notes[0]).toBe(true);
        expect(notes[1]).toBe(isCoded(how));
        expect(levels.every(level => levelRefusal(level, { method: how, present: false }, booked) === null)).toBe(true);
      }),
    );
  });
});
