import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codesIn } from './vouchers.ts';

test.each([
  ['one a line', 'AB12-CD34\nEF56-GH78\n', ['AB12-CD34', 'EF56-GH78'], null],
  ['lines of Windows, and a mark at the beginning', '\ufeffAB12-CD34\r\nEF56-GH78', ['AB12-CD34', 'EF56-GH78'], null],
  ['a CSV file with its heading', 'Code;Durée\n"AB12-CD34";"4 h"\n', ['AB12-CD34'], null],
  ['a list, then a file', 'AB12-CD34\ncode,heures\nEF56-GH78,4', ['AB12-CD34', 'EF56-GH78'], null],
  ['comments and empty lines', '# lot de juin\n\nAB12-CD34\n', ['AB12-CD34'], null],
  ['a code twice', 'AB12-CD34\nAB12-CD34', ['AB12-CD34'], null],
  ['a sentence', 'AB12-CD34\nle mot de passe', ['AB12-CD34', 'le mot de passe'], 2],
  ['a code too short', '\nabc', ['abc'], 2],
  ['a code too long', 'x'.repeat(65), ['x'.repeat(65)], 1],
  ['accents', 'clé-été-1', ['clé-été-1'], 1],
  ['nothing', ' \n\t\n', [], null],
])('%s', (_, text, codes, wrongLine) => {
  expect(codesIn(text)).toEqual({ codes, wrongLine });
});

test('whatever a box makes comes back in its order, however lines end', () => {
  const code = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{4,20}$/);
  const list = fc.uniqueArray(code, { maxLength: 20 });
  fc.assert(
    fc.property(list, fc.constantFrom('\n', '\r\n', '\r'), (codes, end) => {
      const kept = codes.filter(one => !/^(codes|vouchers?|password)$/i.test(one));
      expect(codesIn(codes.map(one => `"${one}";x`).join(end))).toEqual({ codes: kept, wrongLine: null });
    }),
  );
});
