import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSeconds, instant } from '../kernel/time.ts';
import {
  codeFor,
  counterAt,
  normalCode,
  openingKey,
  opens,
  personCommit,
  pseudonymOf,
  readCode,
  secondsLeft,
  spacedCode,
  step_s,
  wasShown,
} from './codes.ts';

const key = Uint8Array.from({ length: 32 }, (_, n) => n);
const kiosk = { kioskId: 'ksk_00000001', key };
const at = instant('2026-06-15T08:00:07Z');
const seconds = fc.integer({ min: 0, max: 2_000_000_000 });

describe('the code of the moment', () => {
  test('is six characters that nobody mixes up, new at every step', () => {
    fc.assert(
      fc.property(seconds, s => {
        const code = codeFor(kiosk, counterAt(instant(new Date(s * 1000).toISOString())));
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/);
      }),
    );
    const codes = Array.from({ length: 5_000 }, (_, n) => codeFor(kiosk, BigInt(n)));
    expect(new Set(codes).size).toBeGreaterThan(4_980);
  });

  test('is the same however it is typed', () => {
    const code = codeFor(kiosk, 42n);
    for (const typed of [
      code.toLowerCase(),
      spacedCode(code),
      code.replaceAll('0', 'O').replaceAll('1', 'l'),
      `${code.slice(0, 3)}-${code.slice(3)}`,
    ]) {
      expect(normalCode(typed)).toBe(code);
    }
  });

  test('is good in its step and the next one; then it is old, then unknown', () => {
    const shown = codeFor(kiosk, counterAt(at));
    const reading = (later_s: number) => readCode([{ ...kiosk, at: addSeconds(at, later_s) }], shown).kind;
    expect([0, 7, 8, 22].map(reading)).toEqual(['good', 'good', 'good', 'good']);
    expect([-15, -8].map(reading)).toEqual(['good', 'good']);
    expect([-40, 23, 60, 600, 620].map(reading)).toEqual(['wrong', 'old', 'old', 'old', 'wrong']);
  });

  test('names the kiosk that showed it, among many', () => {
    const many = Array.from({ length: 50 }, (_, n) => ({ kioskId: `ksk_0000000${n}`, key, at }));
    const shown = codeFor(many[33]!, counterAt(at));
    expect(readCode(many, shown)).toMatchObject({ kind: 'good', kioskId: 'ksk_000000033' });
  });

  test('counts down from 15 to 1', () => {
    expect(secondsLeft(at)).toBe(8);
    expect(secondsLeft(instant('2026-06-15T08:00:00Z'))).toBe(step_s);
    expect(secondsLeft(instant('2026-06-15T08:00:14.999Z'))).toBe(1);
  });
});

describe('forging', () => {
  test('no guess, key or kiosk gives another one’s code, but by a chance in a thousand million', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), seconds, (other, s) => {
        fc.pre(Buffer.compare(other, key) !== 0);
        const counter = BigInt(Math.floor(s / step_s));
        const captured_at = instant(new Date(s * 1000).toISOString());
        const forged = codeFor({ ...kiosk, key: other }, counter);
        expect(wasShown(kiosk, { code: forged, counter, captured_at })).toBe(false);
        expect(
          wasShown(kiosk, { code: codeFor({ ...kiosk, kioskId: 'ksk_00000002' }, counter), counter, captured_at }),
        ).toBe(false);
      }),
    );
  });

  test('a true code with a counter away from its moment is not kept', () => {
    const counter = counterAt(at);
    const shown = (drift: bigint) =>
      wasShown(kiosk, { code: codeFor(kiosk, counter + drift), counter: counter + drift, captured_at: at });
    expect([-2n, -1n, 0n, 1n, 2n].map(shown)).toEqual([false, true, true, true, false]);
  });

  test('the opening key is not a code, and one letter off does not open', () => {
    const opening = openingKey(kiosk);
    expect(opens(kiosk, ` ${opening.toUpperCase()} `)).toBe(true);
    expect(opens(kiosk, opening.slice(0, -1))).toBe(false);
    expect(opens(kiosk, `${opening.slice(0, -1)}!`)).toBe(false);
    expect(opens(kiosk, '')).toBe(false);
  });
});

describe('pseudonyms and commitments', () => {
  test('are steady for one key and say nothing under another', () => {
    const other = key.toReversed();
    expect(pseudonymOf(key, 'per_00000001')).toBe(pseudonymOf(key, 'per_00000001'));
    expect(pseudonymOf(other, 'per_00000001')).not.toBe(pseudonymOf(key, 'per_00000001'));
    expect(personCommit(key, '2026')).not.toBe(personCommit(key, '2027'));
    expect(personCommit(key, '2026')).toMatch(/^[0-9a-f]{64}$/);
  });
});
