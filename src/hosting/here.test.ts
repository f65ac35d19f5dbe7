import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Id } from '../kernel/ids.ts';
import { seenBy } from './here.ts';

const someone = (n: number, firstName = `Prénom ${n}`) => ({ personId: `per_essai00${n}` as Id<'per'>, firstName });
const me = someone(0, 'Moi').personId;

describe('who is here is told', () => {
  test.each<[string, readonly number[], readonly number[], readonly string[], number]>([
    ['to someone alone: nobody', [0], [0], [], 0],
    ['by first name of those who agreed, the others by number', [0, 1, 2, 3], [1, 3], ['Prénom 1', 'Prénom 3'], 1],
    ['without the reader, who agreed or not', [0, 1], [0, 1], ['Prénom 1'], 0],
    ['to a host who is not among them', [1, 2], [], [], 2],
  ])('%s', (_, there, shown, firstNames, others) => {
    const facts = { there: there.map(n => someone(n)), shown: new Set(shown.map(n => someone(n).personId)) };
    expect(seenBy(me, facts)).toEqual({ firstNames, others });
  });

  test('in the order of letters, accents included; someone erased is counted, never named', () => {
    const there = [someone(1, 'Zoé'), someone(2, 'Émile'), someone(3, 'Eve'), someone(4, '')];
    const shown = new Set(there.map(one => one.personId));
    expect(seenBy(me, { there, shown })).toEqual({ firstNames: ['Émile', 'Eve', 'Zoé'], others: 1 });
  });

  test('nobody who did not agree is ever named, and nobody is lost', () => {
    const ids = fc.uniqueArray(fc.nat(9));
    fc.assert(
      fc.property(ids, ids, (there, shown) => {
        const facts = { there: there.map(n => someone(n)), shown: new Set(shown.map(n => someone(n).personId)) };
        const { firstNames, others } = seenBy(me, facts);
        expect(firstNames.length + others).toBe(there.filter(n => n !== 0).length);
        const allowed = there.filter(n => n !== 0 && shown.includes(n)).map(n => `Prénom ${n}`);
        expect(firstNames.toSorted()).toEqual(allowed.toSorted());
      }),
    );
  });
});
