import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOf, merge, parseSerial, type SerialRange, serialShort, serialText, split } from './serial.ts';

const range = fc.record({ first: fc.bigInt(1n, 10n ** 12n), count: fc.bigInt(1n, 10n ** 6n) }).map(
  ({ first, count }): SerialRange => ({
    scheme: 'lbc',
    project: '0001',
    vintage: 2026,
    first,
    beyond: first + count,
  }),
);

describe('a serial range', () => {
  it('is printed with both bounds included', () => {
    const printed = 'PV-LBC-0001-2026-000001-000025';
    expect(serialText({ scheme: 'lbc', project: '0001', vintage: 2026, first: 1n, beyond: 26n })).toBe(printed);
    expect(parseSerial(printed)).toMatchObject({ first: 1n, beyond: 26n, vintage: 2026 });
  });

  it('of one unit has both bounds alike; of many, as many digits as they need', () => {
    const one: SerialRange = { scheme: 'cee', project: 'A_9', vintage: 2027, first: 7n, beyond: 8n };
    expect(parseSerial('PV-CEE-A_9-2027-000007-000007')).toEqual(one);
    expect(parseSerial('PV-CEE-A_9-2027-000007-999999999999999999')).toEqual({ ...one, beyond: 10n ** 18n });
  });

  it('is shown to people with a long project id shortened, which nobody can take for the number itself', () => {
    const long = { scheme: 'lbc', project: 'prj_7q3m1v9xk2', vintage: 2026, first: 1n, beyond: 26n } as const;
    expect(serialShort(long)).toBe('PV-LBC-prj…9xk2-2026-000001-000025');
    expect(parseSerial(serialShort(long))).toBeNull();
    for (const project of ['0001', 'twelve_chars']) {
      expect(serialShort({ ...long, project })).toBe(`PV-LBC-${project}-2026-000001-000025`);
    }
  });

  it('reads back as it was printed', () => {
    fc.assert(
      fc.property(range, one => {
        expect(parseSerial(serialText(one))).toEqual(one);
      }),
    );
  });

  it('splits into two that touch, never overlap, add up and merge back', () => {
    fc.assert(
      fc.property(range, fc.bigInt(-5n, 10n ** 6n + 5n), (one, count) => {
        const parts = split(one, count);
        expect(parts === null).toBe(count <= 0n || count >= countOf(one));
        if (parts === null) return;
        const [a, b] = parts;
        expect(countOf(a)).toBe(count);
        expect(countOf(a) + countOf(b)).toBe(countOf(one));
        expect(a.beyond).toBe(b.first);
        expect(merge(a, b)).toEqual(one);
        expect(merge(b, a)).toBeNull();
      }),
    );
  });

  it('has nothing to split off when all of it, or none, is asked for', () => {
    const four: SerialRange = { scheme: 'lbc', project: '0001', vintage: 2026, first: 1n, beyond: 5n };
    expect([0n, 4n, 5n].map(count => split(four, count))).toEqual([null, null, null]);
    expect([1n, 3n].map(count => split(four, count)?.map(countOf))).toEqual([
      [1n, 3n],
      [3n, 1n],
    ]);
  });

  it('merges with its own kind only', () => {
    const one: SerialRange = { scheme: 'lbc', project: '0001', vintage: 2026, first: 1n, beyond: 5n };
    const next = { ...one, first: 5n, beyond: 9n };
    for (const other of [{ scheme: 'cee' as const }, { project: '0002' }, { vintage: 2027 }]) {
      expect(merge(one, { ...next, ...other })).toBeNull();
    }
  });

  it.each([
    'PV-LBC-0001-2026-000005-000004',
    'PV-LBC-0001-2026-000000-000004',
    'PV-LBC-0001-2026-1-4',
    'PV-LBC-0001-2026-0000001-000004',
    'PV-ABC-0001-2026-000001-000004',
    'PV-LBC-00 01-2026-000001-000004',
    'PV-LBC--2026-000001-000004',
    'PV-LBC-0001-26-000001-000004',
    'PV-LBC-0001-02026-000001-000004',
    'PV-LBC-0001-0026-000001-000004',
    'PV-LBC-0001-2026-000001-1000000000000000000',
    ' PV-LBC-0001-2026-000001-000004',
    'PV-LBC-0001-2026-000001-000004 ',
    'PV-LBC-0001-2026-000001-00000x',
    'pv-lbc-0001-2026-000001-000004',
    '',
  ])('is not read from %j', text => expect(parseSerial(text)).toBeNull());
});
