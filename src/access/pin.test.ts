import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draw_bytes, pin_digits, pinFrom } from './pin.ts';

const bytesOf = (drawn: number): Uint8Array => {
  const bytes = Buffer.alloc(draw_bytes);
  bytes.writeUInt32BE(drawn);
  return bytes;
};

describe('a door code', () => {
  test.each([
    [0, null],
    [42, '000042'],
    [493_027, '493027'],
    [1_493_027, '493027'],
    [123_456, null],
    [987_654, null],
    [777_777, null],
    [124_578, '124578'],
    [4_293_999_999, null],
    [4_293_999_998, '999998'],
    [4_294_000_000, null],
    [4_294_967_295, null],
  ])('%d → %s', (drawn, pin) => {
    expect(pinFrom(bytesOf(drawn))).toBe(pin);
  });

  test('has six digits whatever is drawn, and most draws make one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: draw_bytes, maxLength: draw_bytes }), bytes => {
        const pin = pinFrom(bytes);
        expect(pin === null || new RegExp(`^\\d{${pin_digits}}$`).test(pin)).toBe(true);
      }),
    );
    const made = Array.from({ length: 1_000 }, (_, n) => pinFrom(bytesOf(n * 4_000_037)));
    expect(made.filter(pin => pin !== null).length).toBeGreaterThan(990);
  });
});
