import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Id } from '../kernel/ids.ts';
import { addSeconds, instant } from '../kernel/time.ts';
import { counterAt, step_s } from './codes.ts';
import { normalDigits, personalCode, readPersonal, type Showing } from './personal-code.ts';

const key = Buffer.alloc(32, 7);
const here: Id<'spc'> = 'spc_00000001';
const there: Id<'spc'> = 'spc_00000002';
const at = instant('2026-06-15T08:00:00Z');
const ana: Showing = { personId: 'per_00000001', spaceId: here };
const bob: Showing = { personId: 'per_00000002', spaceId: there };
const codeOf = (who: Showing, seconds = 0) => personalCode(key, who, counterAt(addSeconds(at, seconds)));
const read = (code: string, spaceId = here, showing: readonly Showing[] = [ana, bob]) =>
  readPersonal(key, showing, { code, spaceId, at });

describe('a personal code', () => {
  test('says whose it is, in its space, during its step and the one around', () => {
    const table = [-step_s, 0, step_s].map(seconds => read(codeOf(ana, seconds)).kind);
    expect(table).toEqual(['good', 'good', 'good']);
    expect(read(codeOf(ana))).toMatchObject({ personId: ana.personId, counter: counterAt(at) });
    expect(read(codeOf(bob), there)).toMatchObject({ personId: bob.personId });
  });

  test('is old soon after, and unknown before its time or long after', () => {
    expect([-2, -8, -9, 2].map(steps => read(codeOf(ana, steps * step_s)).kind)).toEqual([
      'old',
      'old',
      'wrong',
      'wrong',
    ]);
  });

  test('serves no other space, and nobody who does not show it', () => {
    expect(read(codeOf(bob)).kind).toBe('elsewhere');
    expect(read(codeOf(ana), here, [bob]).kind).toBe('wrong');
    const moved = { ...ana, spaceId: there };
    expect(read(codeOf(ana), there, [moved]).kind).toBe('wrong');
  });

  test('under another key, or with one digit changed, is nobody’s', () => {
    const code = codeOf(ana);
    fc.assert(
      fc.property(fc.nat({ max: 7 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const digit = String((Number(code[place]) + by) % 10);
        expect(read(code.slice(0, place) + digit + code.slice(place + 1)).kind).toBe('wrong');
      }),
    );
    expect(read(personalCode(Buffer.alloc(32, 8), ana, counterAt(at))).kind).toBe('wrong');
    expect(['', '1', 'abcdefgh', `${code}0`].map(typed => read(typed).kind)).toEqual(Array(4).fill('wrong'));
  });

  test('is typed with spaces as well, and two people with the same digits must take the next ones', () => {
    const code = codeOf(ana);
    expect(normalDigits(` ${code.slice(0, 4)} ${code.slice(4)}`)).toBe(code);
    expect(read(code, here, [ana, ana]).kind).toBe('wrong');
    expect(code).toMatch(/^\d{8}$/);
  });
});
