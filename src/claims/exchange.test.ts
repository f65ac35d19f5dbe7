import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LineRow } from '../mrv/mrv.ts';
import { compared, exchangeCsv, exchangeFormat, readExchange } from './exchange.ts';

const line = (n: number, avoided_m: bigint, erased = false): LineRow =>
  ({
    lineId: `lin_${n}`,
    avoided_m,
    content: erased
      ? { erased: true, day: '2026-06-02', halves: 2 }
      : {
          ...{
            salt: 's',
            day: '2026-06-02',
            site: 'spc_00000001',
            personCommit: 'a'.repeat(64),
            halves: 2,
            evidence: 'C',
          },
          trip: {
            replaced: 'office',
            reference: [{ metres: 40_000 }, { metres: 40_100 }],
            actual: [{ metres: 5_000 }],
          },
        },
  }) as unknown as LineRow;

const value = (text: string) => {
  const read = readExchange(text);
  if (!read.ok) throw new Error(read.refusal.code);
  return read.value;
};
const codeOf = (text: string) => {
  const read = readExchange(text);
  return read.ok ? 'accepted' : read.refusal.code;
};

describe('lines on their way out', () => {
  test('tell a day by its line, its space and its metres, and nothing of who or when', () => {
    expect(exchangeCsv([line(1, 75_100n)]).split('\r\n')[1]).toBe(
      `${exchangeFormat};lin_1;2026-06-02;spc_00000001;${'a'.repeat(64)};2;C;office;80100;5000;75100`,
    );
  });
  test('of an erased person are a line and its metres', () => {
    expect(exchangeCsv([line(1, 75_100n, true)]).split('\r\n')[1]).toBe(`${exchangeFormat};lin_1;;;;;;;;;75100`);
  });
  test('come back as they went, whatever their order', () => {
    const lines = fc.uniqueArray(fc.tuple(fc.nat(999), fc.bigInt(-90_000n, 90_000n)), { selector: ([n]) => n });
    fc.assert(
      fc.property(lines, fc.gen(), (told, random) => {
        const ours = told.map(([n, avoided_m]) => line(n, avoided_m, n % 7 === 0));
        const [head = '', ...rows] = exchangeCsv(ours).split('\r\n');
        const shuffled = random(fc.shuffledSubarray, rows, { minLength: rows.length });
        const again = compared(ours, value([head, ...shuffled].join('\n')));
        expect(again).toEqual({
          ...{ agreeing: ours.length, differing: [], missing: [], unknown: [], repeated: [], difference_m: 0n },
        });
      }),
    );
  });
});

describe('lines on their way in', () => {
  const head = 'format;line;avoided_m';
  test.each([
    ['without a heading of ours', 'line;avoided_m\nlin_1;5', 'claims.exchange_columns'],
    ['of nothing', '', 'claims.exchange_columns'],
    ['of another format', `${head}\nparvis-valore/2;lin_1;5`, 'claims.exchange_format'],
    ['whose metres are no whole number', `${head}\n${exchangeFormat};lin_1;5,5`, 'claims.exchange_row'],
    ['without metres', `${head}\n${exchangeFormat};lin_1`, 'claims.exchange_row'],
    ['without a line', `${head}\n${exchangeFormat};;5`, 'claims.exchange_row'],
    ['after a mark of their encoding', `\uFEFF${head}\n${exchangeFormat};lin_1;5`, 'accepted'],
    ['with further columns, in another order', `mine;avoided_m;line;format\nx;5;lin_1;${exchangeFormat}`, 'accepted'],
  ])('%s: %s', (_, text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  test('say what differs, what lacks, what is unknown and what is told twice', () => {
    const row = (id: string, metres: number) => `${exchangeFormat};${id};${metres}`;
    const rows = [head, row('lin_1', 100), row('lin_2', 190), row('lin_4', 7), row('lin_5', 1), row('lin_5', 1)];
    const ours = [line(1, 100n), line(2, 200n), line(3, 300n), line(5, 1n)];
    expect(compared(ours, value(rows.join('\n')))).toEqual({
      ...{ agreeing: 1, differing: [{ line: 'lin_2', ours_m: 200n, theirs_m: 190n }] },
      ...{ missing: ['lin_3'], unknown: ['lin_4'], repeated: ['lin_5'], difference_m: -10n },
    });
  });
});
