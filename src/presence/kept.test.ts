import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSeconds, instant, instantAt } from '../kernel/time.ts';
import { codeFor, counterAt } from './codes.ts';
import { type KeptArrival, signedText } from './kept.ts';
import { codeIn, endOf, prolonged, type Week } from './kiosk-shelf.worker.ts';
import { isSignedBy, type Pass, passKey, passText, readPass, shownAround, signatureOf, stepStart } from './pass.ts';

const secret = new Uint8Array(32).fill(7);
const pass: Pass = { personId: 'per_00000001', device: 'ab'.repeat(16), until: instant('2026-06-22T06:00:00Z') };
const word = fc.option(fc.stringMatching(/^[A-Za-z0-9_]{1,12}$/), { nil: null });
const arrivals: fc.Arbitrary<KeptArrival> = fc.record({
  event_id: fc.stringMatching(/^acc_[0-9a-z]{8}$/),
  captured_ms: fc.nat(),
  ahead_ms: fc.integer(),
  code: word,
  kiosk_id: word,
  booking_id: word,
});

describe('a pass', () => {
  test('is read as it was written', () => {
    expect(readPass(passText(pass))).toEqual(pass);
  });

  test.each([
    '',
    'per_00000001',
    `per_00000001.${'ab'.repeat(16)}`,
    `per_00000001.${'zz'.repeat(16)}.1782108000000`,
    `usr_00000001.${'ab'.repeat(16)}.1782108000000`,
    `${passText(pass)}.more`,
    `per_00000001.${'ab'.repeat(16)}.99999999999999999`,
  ])('“%s” is none', text => {
    expect(readPass(text)).toBeNull();
  });

  test('signs one arrival and no other, for one person and no other', () => {
    fc.assert(
      fc.property(arrivals, arrivals, (one, other) => {
        const key = passKey(pass, secret);
        const signature = signatureOf(key, one);
        expect(isSignedBy(key, one, signature)).toBe(true);
        expect(isSignedBy(key, other, signature)).toBe(signedText(one) === signedText(other));
        expect(isSignedBy(passKey({ ...pass, personId: 'per_00000002' }, secret), one, signature)).toBe(false);
      }),
    );
  });

  test('two arrivals that differ never read alike', () => {
    fc.assert(
      fc.property(arrivals, arrivals, (one, other) => {
        expect(signedText(one) === signedText(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });
});

describe('the step in which a code was shown', () => {
  const kiosks = [0, 40].map((clock_offset_s, n) => ({
    kioskId: `ksk_0000000${n}`,
    key: new Uint8Array(32).fill(n),
    clock_offset_s,
    likely: n === 0,
  }));

  test('is found up to two minutes away on the kiosk’s own clock where it is likely, 45 s elsewhere, and no further', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1 }), fc.integer({ min: -20, max: 20 }), (n, away) => {
        const kiosk = kiosks[n]!;
        const at = instant('2026-06-15T08:00:00Z');
        const counter = counterAt(addSeconds(at, kiosk.clock_offset_s)) + BigInt(away);
        const found = shownAround(kiosks, codeFor(kiosk, counter).toLowerCase(), at);
        expect(found).toEqual(Math.abs(away) <= (kiosk.likely ? 8 : 3) ? { kiosk, counter } : null);
      }),
    );
  });

  test('begins on our clock: a kiosk 40 s fast showed it 40 s sooner', () => {
    const at = instantAt(1_782_108_000_000);
    expect(stepStart(counterAt(at), 0).epochMilliseconds).toBe(at.epochMilliseconds);
    expect(stepStart(counterAt(at), 40).epochMilliseconds).toBe(at.epochMilliseconds - 40_000);
  });
});

describe('a kiosk’s week of codes', () => {
  const week = (first_counter: number, steps: number, opening = 'key'): Week => ({
    opening,
    first_counter,
    codes: Array.from({ length: steps }, (_, n) => String(first_counter + n).padStart(6, '0')).join(''),
    days: [],
  });

  test('gives each step its code and knows where it stops', () => {
    const kept = week(100, 50);
    expect([99, 100, 149, 150].map(counter => codeIn(kept, counter))).toEqual([
      undefined,
      '000100',
      '000149',
      undefined,
    ]);
    expect([endOf(kept, 'key'), endOf(kept, 'another'), endOf(null, 'key')]).toEqual([150, undefined, undefined]);
  });

  test('prolonged any number of times, holds every step from now to its end', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 }), hours => {
        let now = 1_000;
        let kept = week(now - 1, 100);
        for (const gone of hours) {
          now += gone;
          const from = Math.max(now - 1, endOf(kept, 'key')!);
          kept = prolonged(kept, week(from, Math.max(0, now - 1 + 100 - from)), now);
        }
        for (let counter = now - 1; counter < now + 99; counter += 1)
          expect(codeIn(kept, counter)).toBe(String(counter).padStart(6, '0'));
        expect(kept.codes.length / 6).toBeLessThanOrEqual(100);
      }),
    );
  });

  test('under a new key nothing of the old one stays', () => {
    expect(prolonged(week(100, 50), week(120, 50, 'new'), 120)).toEqual(week(120, 50, 'new'));
  });
});
