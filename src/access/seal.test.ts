import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holderOf, macOf, nonce_bytes, seal, unseal } from './seal.ts';

const keyed =
  (byte: number) =>
  (purpose: string): Uint8Array =>
    Buffer.alloc(32, byte + purpose.length);
const secrets = keyed(1);
const nonce = Buffer.alloc(nonce_bytes, 7);
const about = 'net_a grt_1';

describe('what is sealed', () => {
  test('comes back whole, with the same key and for the same row alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ minLength: nonce_bytes, maxLength: nonce_bytes }), (text, fresh) => {
        const whole = Buffer.from(text).toString();
        const sealed = seal(secrets, { text: whole, nonce: fresh, about });
        expect(unseal(secrets, sealed, about)).toBe(whole);
        expect(unseal(secrets, sealed, 'net_a grt_2')).toBeNull();
        expect(unseal(keyed(2), sealed, about)).toBeNull();
      }),
    );
  });

  test('any bit changed or byte lost is refused', () => {
    const sealed = seal(secrets, { text: '493027', nonce, about });
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(unseal(secrets, changed, about), `bit ${bit}`).toBeNull();
    }
    for (let length = 0; length < sealed.length; length++)
      expect(unseal(secrets, sealed.subarray(0, length), about)).toBeNull();
  });
});

test('a hash tells texts, spaces and keys apart; a holder is another one in each space', () => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const hashes = [
    macOf(secrets, '1', 'a'),
    macOf(secrets, '2', 'a'),
    macOf(secrets, '1', 'b'),
    macOf(keyed(3), '1', 'a'),
  ];
  expect(new Set(hashes.map(hex)).size).toBe(4);
  expect(hex(macOf(secrets, '1', 'a'))).toBe(hex(hashes[0]!));
  const holders = [holderOf(secrets, 'per_1', 'a'), holderOf(secrets, 'per_2', 'a'), holderOf(secrets, 'per_1', 'b')];
  expect(new Set(holders).size).toBe(3);
});
