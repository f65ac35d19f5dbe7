import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closest, fold, lettersApart, readLine } from './names.ts';

describe('names as people type them', () => {
  test.each([
    ['Bagnères-de-Bigorre', 'bagneres de bigorre'],
    ['L’Haÿ-les-Roses', 'l hay les roses'],
    ['Œuf-en-Ternois', 'oeuf en ternois'],
    ['St-Étienne', 'saint etienne'],
    ['Ste Foy', 'sainte foy'],
    ['Saint-Lô  ', 'saint lo'],
    ['  ', ''],
  ])('%s is read as %s', (typed, folded) => {
    expect(fold(typed)).toBe(folded);
  });

  test('folding twice changes nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => fold(fold(text)) === fold(text)));
  });
});

describe('letters apart', () => {
  test.each([
    ['ganges', 'ganges', 0],
    ['gange', 'ganges', 1],
    ['gagnes', 'ganges', 1],
    ['vouzier', 'vouziers', 1],
    ['', 'lyon', 4],
    ['abc', 'ca', 3],
  ])('%s and %s: %i', (a, b, apart) => {
    expect(lettersApart(a, b)).toBe(apart);
  });

  test('is the same both ways, and zero only for equals', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(
        word,
        word,
        (a, b) => lettersApart(a, b) === lettersApart(b, a) && (lettersApart(a, b) === 0) === (a === b),
      ),
    );
  });

  test('suggests the nearest, the larger first among equals, and nothing far-fetched', () => {
    const list = ['Ganges', 'Gannes', 'Ganzeville'].map((name, i) => ({
      name,
      folded_name: fold(name),
      population: 100 * i,
    }));
    expect(closest('gangez', list).map(c => c.name)).toEqual(['Ganges', 'Gannes']);
    expect(closest('zzz', list)).toEqual([]);
  });
});

describe('a line of text', () => {
  test.each([
    { text: 'Ganges', postcode: null, first: 'ganges', holds: 'ganges' },
    { text: '34190', postcode: '34190', first: undefined, holds: undefined },
    { text: 'Ganges (34)', postcode: null, first: 'ganges', holds: 'ganges' },
    { text: '12 rue du Pont, 34190 Ganges', postcode: '34190', first: '12 rue du pont ganges', holds: 'ganges' },
    {
      text: '3 place de la Mairie, Bagnères-de-Bigorre',
      postcode: null,
      first: '3 place de la mairie bagneres de bigorre',
      holds: 'bagneres de bigorre',
    },
    { text: '8 rue des Tanneurs Vouziers', postcode: null, first: '8 rue des tanneurs vouziers', holds: 'vouziers' },
  ])('“$text” gives its postcode and the names to try', ({ text, postcode, first, holds }) => {
    const reading = readLine(text);
    expect(reading.postcode).toBe(postcode);
    expect(reading.names[0]).toBe(first);
    if (holds !== undefined) expect(reading.names).toContain(holds);
  });
});
