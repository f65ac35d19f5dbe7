import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Der, der, derInteger, derList, derOf, derOid, isOid, tags } from './der.ts';

const bytesOf = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const hexOf = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex');
const contents = (read: readonly Der[] | null) => read?.map(one => [one.tag, hexOf(one.content)]) ?? null;

describe('DER, written', () => {
  it.each([
    ['0', '00', '020100'],
    ['0, from no byte at all', '', '020100'],
    ['127', '7f', '02017f'],
    ['128, which would look negative', '80', '02020080'],
    ['256, with zeros in front', '00000100', '02020100'],
  ])('the whole number %s', (_, bytes, expected) => {
    expect(hexOf(derInteger(bytesOf(bytes)))).toBe(expected);
  });

  /** From X.690 and from the registered numbers of what a time stamp names. */
  it.each([
    ['2.16.840.1.101.3.4.2.1', '0609608648016503040201'],
    ['1.2.840.113549.1.9.16.1.4', '060b2a864886f70d0109100104'],
    ['2.100.3', '0603813403'],
    ['0.9.127.128', '0604097f8100'],
    ['1.2.16383.16384', '06062aff7f818000'],
  ])('the object identifier %s', (dotted, expected) => {
    expect(hexOf(derOid(dotted))).toBe(expected);
  });

  it.each([
    [0, '00'],
    [127, '7f'],
    [128, '8180'],
    [255, '81ff'],
    [256, '820100'],
    [65_535, '82ffff'],
    [65_536, '83010000'],
  ])('a length of %i in the fewest bytes, which read back', (length, written) => {
    const value = der(tags.octets, new Uint8Array(length));
    expect(hexOf(value.subarray(0, value.length - length))).toBe(`04${written}`);
    expect(derOf(value, tags.octets)?.content).toHaveLength(length);
  });

  it('values around values, one after the other', () => {
    const both = der(tags.sequence, derInteger(Uint8Array.of(1)), der(tags.context(3), der(tags.nothing)));
    expect(hexOf(both)).toBe('3007020101a3020500');
  });
});

describe('DER, read', () => {
  it.each([
    ['nothing', '', []],
    [
      'two values',
      '0401aa 0500',
      [
        [4, 'aa'],
        [5, ''],
      ],
    ],
    ['a length of one more byte', `048180${'11'.repeat(128)}`, [[4, '11'.repeat(128)]]],
  ])('is %s', (_, hex, expected) => expect(contents(derList(bytesOf(hex)))).toEqual(expected));

  it.each([
    ['a tag alone', '04'],
    ['an endless length', `0480${'00'.repeat(130)}`],
    ['a length that could be shorter', `04817f${'00'.repeat(127)}`],
    ['a length with a zero in front', `04820080${'00'.repeat(128)}`],
    ['a length beyond the end', '0405aa'],
    ['a long length cut short', '0482ff'],
    ['a length of five bytes', '04850000000001aa'],
    ['a length that no machine holds', `04ff${'ff'.repeat(127)}`],
    ['a tag of several bytes', '1f0100'],
    ['a second value that is cut', '0500 0401'],
  ])('is not %s', (_, hex) => expect(derList(bytesOf(hex))).toBeNull());

  it('is one value, whole, of the tag that is asked', () => {
    const value = bytesOf('0401aa');
    expect(derOf(value, tags.octets)).toMatchObject({ tag: 4, bytes: value });
    expect(derOf(value, tags.set)).toBeNull();
    expect(derOf(bytesOf('0401aa 0500'), tags.octets)).toBeNull();
    expect(derOf(bytesOf(''), tags.octets)).toBeNull();
  });

  it('is what was written, at any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000, size: 'max' }), content => {
        const read = derOf(der(tags.octets, content), tags.octets);
        return read !== null && Buffer.compare(read.content, content) === 0;
      }),
      { numRuns: 50 },
    );
  });

  it('names an object by its identifier, and by nothing that looks like it', () => {
    const [value] = derList(derOid('1.2.840'))!;
    expect(isOid(value, '1.2.840')).toBe(true);
    expect(isOid(value, '1.2.841')).toBe(false);
    expect(isOid({ ...value!, tag: tags.octets }, '1.2.840')).toBe(false);
    expect(isOid(undefined, '1.2.840')).toBe(false);
  });
});
