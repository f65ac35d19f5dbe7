import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toJson } from './first-answer.ts';
import { gzipped, jsonOf } from './long-answer.ts';

const item = fc.jsonValue({ maxDepth: 2 });
const answers = fc.oneof(item, fc.dictionary(fc.string(), fc.option(item, { nil: undefined }), { maxKeys: 5 }));

describe('JSON of an answer', () => {
  test('is the same whether written as a text or item by item', () => {
    fc.assert(
      fc.property(answers, fc.array(item, { minLength: 50, maxLength: 60 }), (answer, items) => {
        expect(String(jsonOf(answer))).toBe(toJson(answer));
        const long = { before: answer, items, none: [], after: undefined };
        const bytes = jsonOf(long);
        expect(Buffer.isBuffer(bytes)).toBe(true);
        expect(String(bytes)).toBe(toJson(long));
      }),
    );
  });

  test('is bytes where it is long, and those come back whole from gzip', async () => {
    const long = { description: 'à l’étage '.repeat(2_000) };
    const bytes = jsonOf(long);
    if (typeof bytes === 'string') throw new TypeError('a long answer stayed a text');
    expect(JSON.parse(String(gunzipSync(await gzipped(bytes))))).toEqual(long);
    expect(typeof jsonOf({ description: 'court' })).toBe('string');
  });
});
