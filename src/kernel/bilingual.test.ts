import { describe, expect, test } from 'vitest';
import { show } from './bilingual.ts';

describe('texts for people', () => {
  test.each([
    ['euros', show.euros(125_012n, 'fr'), '1 250,12 €'],
    ['euros, in English', show.euros(1250, 'en'), '€12.50'],
    ['a count', show.count(12_345n, 'fr'), '12 345'],
    ['kilometres above ten', show.km(35_200, 'fr'), '35 km'],
    ['kilometres below ten', show.km(5_240, 'fr'), '5,2 km'],
    ['kilometres lost', show.km(-12_400n, 'fr'), '-12 km'],
    ['kilograms', show.co2(857_614_800n, 'fr'), '858 kg'],
    ['a few kilograms', show.co2(9_321_900n, 'fr'), '9,3 kg'],
    ['tonnes', show.co2(12_271_556_000n, 'fr'), '12,3 t'],
    ['minutes', show.duration(1_510, 'fr'), '25 min'],
    ['hours', show.duration(7_800, 'fr'), '2 h 10'],
    ['a day', show.day('2026-11-24', 'fr'), 'mardi 24 novembre'],
    ['the first of a month', show.day('2026-02-01', 'fr'), 'dimanche 1er février'],
    ['the first of a month, with its year', show.date('2026-02-01', 'fr'), '1er février 2026'],
    ['the eleventh is no first', show.date('2026-11-11', 'fr'), '11 novembre 2026'],
    ['the first, in English', show.date('2026-02-01', 'en'), '1 February 2026'],
    ['a month', show.month('2026-11', 'fr'), 'novembre 2026'],
  ])('%s', (_name, said, expected) => {
    expect(said.replaceAll('\u00a0', ' ')).toBe(expected);
  });

  test('no number hides its thousands behind a space too thin to see', () => {
    expect([show.count(1_234_567, 'fr'), show.euros(123_456_789, 'fr'), show.km(9_999_999, 'fr')].join()).not.toContain(
      '\u202f',
    );
  });
});
