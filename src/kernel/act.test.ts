import { describe, expect, it } from 'vitest';
import { bodyOf, centsIn, type FieldSpec } from './act.ts';
import { same } from './bilingual.ts';

describe('a price in euros', () => {
  it.each([
    ['30', 3000n],
    ['30,5', 3050n],
    ['30.05 €', 3005n],
    ['1 250,00', 125_000n],
    ['0', 0n],
    ['-1', null],
    ['1,234', null],
    ['1e3', null],
    ['', null],
    ['12345678901', null],
  ])('%j', (typed, cents) => {
    expect(centsIn(typed)).toBe(cents);
  });
});

describe('a posted form as a body', () => {
  const field = (kind: FieldSpec['kind'], optional?: true): FieldSpec => ({
    ...{ name: 'x', kind, label: same('x') },
    ...(optional && { optional }),
  });
  it.each<[FieldSpec['kind'], string, true | undefined, unknown]>([
    ['count', ' 1 200 ', undefined, 1200],
    ['count', '12,5', undefined, 0],
    ['count', '', true, undefined],
    ['euros', '12,50', undefined, 1250],
    ['euros', 'cher', undefined, -1],
    ['check', 'on', true, true],
    ['check', '', true, false],
    ['text', ' a ', undefined, 'a'],
    ['text', '', undefined, ''],
    ['text', '', true, undefined],
    ['day', '', undefined, undefined],
    ['choice', '', undefined, undefined],
  ])('%s %j (optional %s) gives %j', (kind, typed, optional, value) => {
    expect(bodyOf([field(kind, optional)], { x: typed })).toEqual(value === undefined ? {} : { x: value });
  });
});
