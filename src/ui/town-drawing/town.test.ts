import fc from 'fast-check';
import { expect, test } from 'vitest';
import { streetOf } from './town.ts';

test('the same name is always the same street, another name another one', () => {
  expect(streetOf('Ganges', 320)).toEqual(streetOf('Ganges', 320));
  expect(streetOf('Ganges', 320)).not.toEqual(streetOf('Vouziers', 320));
});

test('every street keeps to its picture and has exactly one open door', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), name => {
      const street = streetOf(name, 320);
      return (
        street.every(({ x, width }) => x >= 0 && x + width <= 320) && street.filter(({ open }) => open).length === 1
      );
    }),
  );
});
