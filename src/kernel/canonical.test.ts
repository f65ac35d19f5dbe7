import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Canonical, canonical, hashOf } from './canonical.ts';

const values = fc.jsonValue({ maxDepth: 4 }).filter(value => !/\p{Surrogate}/u.test(JSON.stringify(value)));

describe('canonical JSON', () => {
  test('is what RFC 8785 says, as another program writes it', () => {
    fc.assert(
      fc.property(values, value => {
        expect(canonical(value as Canonical)).toBe(canonicalize(value));
      }),
    );
  });

  test('does not depend on the order of keys, but on that of lists', () => {
    expect(canonical({ b: [2, 1], a: { d: null, c: 'é' } })).toBe('{"a":{"c":"é","d":null},"b":[2,1]}');
    expect(hashOf({ b: 1, a: 2 })).toBe(hashOf({ a: 2, b: 1 }));
    expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]));
  });

  test('sorts keys by their UTF-16 code units: the example of RFC 8785, section 3.2.3', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const written = canonical(Object.fromEntries(keys.map(key => [key, 0])));
    expect(Object.keys(JSON.parse(written.replace('"1"', '"one"')) as object)).toEqual([
      '\r',
      'one',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ]);
  });

  test.each([
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['half of a character', '\ud83d'],
    ['half of a character as a key', { '\ude00': 1 }],
    ['nothing', undefined],
    ['a large number that would lose its exactness', 1n],
    ['a function', () => 1],
    ['nothing inside a list', [undefined]],
  ])('%s is refused', (_name, value) => {
    expect(() => canonical(value as Canonical)).toThrow(TypeError);
  });
});
