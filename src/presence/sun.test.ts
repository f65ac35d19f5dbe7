import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeSun } from '../../tools/sun-tag.ts';
import { aesCmac, readSun, tagKeyOf, uidOf } from './sun.ts';

interface Vectors {
  readonly cmac: { readonly key: string; readonly cases: readonly { message: string; mac: string }[] };
  readonly sun: Readonly<Record<'meta_key' | 'file_key' | 'picc' | 'cmac' | 'uid', string>> & { counter: number };
}
const { cmac, sun } = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors', 'sun.json'), 'utf8')) as Vectors;
const bytes = (text: string) => Buffer.from(text, 'hex');
const factory = { meta: bytes(sun.meta_key), file: bytes(sun.file_key) };

describe('AES-CMAC', () => {
  test.each(cmac.cases)('of RFC 4493: $message', ({ message, mac }) => {
    expect(aesCmac(bytes(cmac.key), bytes(message)).toString('hex')).toBe(mac);
  });
});

describe('what a tag writes', () => {
  test('is read as NXP’s example says', () => {
    expect(readSun(factory, sun)).toEqual({ uid: sun.uid, counter: sun.counter });
    expect(readSun(factory, { picc: sun.picc.toLowerCase(), cmac: sun.cmac.toLowerCase() })).not.toBeNull();
  });

  test('is not read under another key, nor with one digit changed, nor when it is not an address of a tag', () => {
    const other = bytes('01'.repeat(16));
    expect(readSun({ ...factory, meta: other }, sun)).toBeNull();
    expect(readSun({ ...factory, file: other }, sun)).toBeNull();
    const changed = (text: string, place: number) =>
      text.slice(0, place) + (text[place] === '0' ? '1' : '0') + text.slice(place + 1);
    for (let place = 0; place < 32; place++)
      expect(readSun(factory, { ...sun, picc: changed(sun.picc, place) })).toBeNull();
    for (let place = 0; place < 16; place++)
      expect(readSun(factory, { ...sun, cmac: changed(sun.cmac, place) })).toBeNull();
    for (const picc of ['', 'zz', sun.picc.slice(2), `${sun.picc}00`])
      expect(readSun(factory, { ...sun, picc })).toBeNull();
  });

  test('any tag and any count are read back', () => {
    const key = fc.uint8Array({ minLength: 16, maxLength: 16 });
    const uid = fc.uint8Array({ minLength: 7, maxLength: 7 }).map(id => Buffer.from(id).toString('hex'));
    const padding = fc.uint8Array({ minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(key, key, uid, fc.nat({ max: 0xff_ff_ff }), padding, (meta, file, id, counter, rest) => {
        const reading = { uid: id, counter };
        expect(readSun({ meta, file }, writeSun({ meta, file }, reading, rest))).toEqual(reading);
      }),
      { numRuns: 50 },
    );
  });

  test('keys and numbers are taken as they are printed; the factory’s key is not', () => {
    expect(uidOf('04:DE:5F:1E:AC:C0:40')).toBe('04de5f1eacc040');
    expect(['04DE', '', 'x'.repeat(14)].map(uidOf)).toEqual([null, null, null]);
    expect(tagKeyOf('0123456789ABCDEF 0123456789abcdef')?.length).toBe(16);
    expect(['00'.repeat(16), '01', ''].map(tagKeyOf)).toEqual([null, null, null]);
  });
});
