import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { disclosed, leastPeople, type Part } from './disclosure.ts';

const crowd = (count: number, from = 0): ReadonlySet<string> =>
  new Set(Array.from({ length: count }, (_, n) => `person ${from + n}`));
const part = (name: string, people: ReadonlySet<string>): Part<string> => ({ of: name, people });
const order = (name: string) => name;

describe('what may be told apart', () => {
  const cases: readonly (readonly [title: string, sizes: readonly number[], shown: readonly number[]])[] = [
    ['everything, when every part is large enough', [6, 7, 20], [6, 7, 20]],
    ['nothing of a lone small part: the next smallest joins it', [2, 9, 20], [20]],
    ['two small parts that make six together stay alone in the shade', [3, 4, 20], [20]],
    ['two small parts that do not make six take a third one', [1, 2, 8, 20], [20]],
    ['nothing at all, when only one part would be left to subtract', [2, 9], []],
    ['the only part, when it is large enough', [6], [6]],
  ];
  test.each(cases)('%s', (_title, sizes, shown) => {
    const parts = sizes.map((size, n) => part(String(size), crowd(size, 100 * n)));
    expect(disclosed(parts, { order }).shown).toEqual(shown.map(String));
  });

  test('people seen in two hidden parts count once', () => {
    const parts = [part('a', crowd(4)), part('b', crowd(4)), part('c', crowd(9, 100)), part('d', crowd(30, 200))];
    expect(disclosed(parts, { order }).hidden).toEqual(['a', 'b', 'c']);
  });
});

test('whoever subtracts what is shown from the total learns nothing about fewer than six people or about one part', () => {
  const anyParts = fc.uniqueArray(
    fc.record({ name: fc.string({ minLength: 1 }), from: fc.nat(20), size: fc.integer({ min: 1, max: 25 }) }),
    { selector: one => one.name, maxLength: 12 },
  );
  fc.assert(
    fc.property(anyParts, given => {
      const parts = given.map(one => part(one.name, crowd(one.size, one.from)));
      const everyone = new Set(parts.flatMap(one => [...one.people])).size;
      const { shown, hidden } = disclosed(parts, { order });
      const peopleOf = new Map(parts.map(one => [one.of, one.people]));
      const rest = new Set(hidden.flatMap(name => [...peopleOf.get(name)!])).size;
      const apart = shown.every(name => peopleOf.get(name)!.size >= leastPeople);
      const shaded =
        hidden.length === 0 || hidden.length === parts.length || (hidden.length > 1 && rest >= leastPeople);
      return everyone < leastPeople || (apart && shaded && shown.length + hidden.length === parts.length);
    }),
  );
});
