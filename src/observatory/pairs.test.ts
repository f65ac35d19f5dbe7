import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupBy } from '../kernel/group.ts';
import { areEnough, isSafe, leastPeople } from './disclosure.ts';
import { type Edition, editionOf, type PassedPresence } from './edition.ts';
import { type Area, employersOf } from './pairs.ts';
import { noPast, sampleMonth, sampleSpaces } from './sample.ts';

interface Crowd {
  readonly size: number;
  /** Places in the list of spaces: each person comes once to each. */
  readonly spaces: readonly number[];
  readonly home: string;
  readonly work: string;
  readonly employer: string | null;
}

const keyOf = ({ home, work }: { readonly home: Area; readonly work: Area }) => `${home.code}>${work.code}`;
const area = (code: string) => ({ code, name: `CC ${code}` });
const presencesOf = (crowds: readonly Crowd[]): readonly PassedPresence[] =>
  crowds.flatMap(({ size, spaces, home, work, employer }, n) =>
    Array.from({ length: size }).flatMap((_, i) =>
      spaces.map(space => ({
        person: `crowd ${n} ${i}`,
        spaceId: sampleSpaces[space]!.spaceId,
        halves: 2 as const,
        avoided_m: 20_000n,
        pair: home === '' ? null : { home: area(home), work: area(work), employer },
      })),
    ),
  );
const publishedOf = (presences: readonly PassedPresence[]): Edition =>
  editionOf(sampleMonth('2026-10'), { presences, spaces: sampleSpaces, past: noPast, claimed: [] });
const crowd = (size: number, trip: string, over: Partial<Crowd> = {}): Crowd => {
  const [home = '', work = ''] = trip.split('>');
  return { size, spaces: [0], home, work, employer: null, ...over };
};
const told = (crowds: readonly Crowd[]): readonly string[] =>
  publishedOf(presencesOf(crowds)).pairs.map(pair => `${keyOf(pair)} ${pair.halves}`);

describe('I-43: days between home and work', () => {
  const elsewhere = { spaces: [1] };
  const cases: readonly (readonly [title: string, crowds: readonly Crowd[], told: readonly string[]])[] = [
    ['are told of six people', [crowd(6, 'a>b'), crowd(9, 'c>b')], ['c>b 18', 'a>b 12']],
    ['are not told of five, nor of the smallest pair beside them', [crowd(5, 'a>b'), crowd(9, 'c>b')], []],
    ['are told as they go: the way back is another pair', [crowd(7, 'a>b'), crowd(6, 'b>a')], ['a>b 14', 'b>a 12']],
    [
      'are not told when an employer has five of them',
      [crowd(9, 'a>b', { employer: 'x' }), crowd(5, 'a>b', { employer: 'y' })],
      [],
    ],
    [
      'are told of two employers with six each',
      [crowd(9, 'a>b', { employer: 'x' }), crowd(6, 'a>b', { employer: 'y' })],
      ['a>b 30'],
    ],
    [
      'are told of small employers that make six together without any one of them',
      [crowd(4, 'a>b', { employer: 'x' }), crowd(3, 'a>b', { employer: 'y' }), crowd(3, 'a>b', { employer: 'z' })],
      ['a>b 20'],
    ],
    [
      'are not told when, without one small employer, five are left',
      [crowd(5, 'a>b', { employer: 'x' }), crowd(3, 'a>b', { employer: 'y' }), crowd(2, 'a>b', { employer: 'z' })],
      [],
    ],
    [
      'are not told when they leave two people of a space that is shown',
      [
        crowd(9, 'a>b'),
        crowd(2, 'c>b'),
        crowd(9, 'd>b', elsewhere),
        crowd(9, 'e>b', elsewhere),
        crowd(6, 'c>b', elsewhere),
      ],
      ['d>b 18', 'e>b 18'],
    ],
    [
      'are not told of nine people when two of them came to another space that is shown',
      [crowd(7, 'a>b'), crowd(2, 'a>b', elsewhere), crowd(9, 'd>b', elsewhere), crowd(9, 'c>b')],
      ['c>b 18'],
    ],
    ['are not told of people whose home is not known', [crowd(9, ''), crowd(9, 'a>b')], ['a>b 18']],
  ];
  test.each(cases)('%s', (_title, crowds, pairs) => {
    expect(told(crowds)).toEqual(pairs);
  });

  test('add up, with those that are not told, to all the days of the month', () => {
    const { pairs, otherPairs, halves } = publishedOf(presencesOf([crowd(9, 'a>b'), crowd(7, ''), crowd(3, 'c>d')]));
    expect(pairs.reduce((sum, pair) => sum + pair.halves, otherPairs.halves)).toBe(halves);
  });

  test('tell neither who nor whose staff', () => {
    const edition = publishedOf(presencesOf([crowd(9, 'a>b', { employer: 'org_secret' })]));
    expect(edition.pairs).toHaveLength(1);
    expect(JSON.stringify(edition)).not.toMatch(/crowd|org_secret/);
  });
});

/** Crowds on both sides of six, of few areas and employers, some in several spaces. */
const network = fc
  .array(
    fc.record({
      size: fc.integer({ min: 1, max: 13 }),
      spaces: fc.uniqueArray(fc.nat(sampleSpaces.length - 1), { minLength: 1, maxLength: 2 }),
      home: fc.constantFrom('', 'a', 'b', 'c'),
      work: fc.constantFrom('a', 'm'),
      employer: fc.constantFrom(null, 'x', 'y', 'z'),
    }),
    { minLength: 2, maxLength: 9 },
  )
  .map(presencesOf);

/** Presences that no sum of published cells parts: those of one space cell and one pair cell. */
interface Atom {
  readonly space: string;
  readonly pair: string;
  readonly people: ReadonlySet<string>;
}

function atomsOf(presences: readonly PassedPresence[]): readonly Atom[] {
  const { spaces, pairs } = publishedOf(presences);
  const shown = new Set([...spaces.map(space => space.spaceId), ...pairs.map(keyOf)]);
  const cell = (key: string) => (shown.has(key) ? key : 'the rest');
  const groups = groupBy(presences, one => `${cell(one.spaceId)} ${cell(one.pair ? keyOf(one.pair) : '')}`);
  return [...groups.values()].map(group => ({
    space: cell(group[0]!.spaceId),
    pair: cell(group[0]!.pair ? keyOf(group[0]!.pair) : ''),
    people: new Set(group.map(one => one.person)),
  }));
}

/** Every sum of cells of one division, as the atoms it holds. */
function sumsOf(atoms: readonly Atom[], division: 'space' | 'pair'): readonly bigint[] {
  const cells = groupBy(atoms.entries(), ([, atom]) => atom[division]);
  let sums = [0n];
  for (const cell of cells.values()) {
    const mask = cell.reduce((bits, [n]) => bits | (1n << BigInt(n)), 0n);
    sums = sums.concat(sums.map(sum => sum | mask));
  }
  return sums;
}

test('I-43: whoever subtracts any sum of published cells from any other singles out nobody or six people, an employer too', () => {
  let partial = 0;
  fc.assert(
    fc.property(network, presences => {
      const atoms = atomsOf(presences);
      const employers = employersOf(presences);
      const all = (1n << BigInt(atoms.length)) - 1n;
      const sums = new Set([...sumsOf(atoms, 'space'), ...sumsOf(atoms, 'pair')]);
      const left = new Set(
        [...sums].flatMap(whole => [...sums].flatMap(part => ((part & ~whole) === 0n ? whole & ~part : []))),
      );
      left.delete(all);
      partial += left.size;
      for (const mask of left) {
        const people = new Set(atoms.flatMap((atom, n) => ((mask >> BigInt(n)) & 1n ? [...atom.people] : [])));
        const beside = ['x', 'y', 'z'].map(
          employer => [...people].filter(one => !employers.get(one)?.has(employer)).length,
        );
        expect([people.size, ...beside].every(isSafe)).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
  expect(partial).toBeGreaterThan(1_000);
});

test('I-43: enough people are six or more, and not a few beside one employer’s', () => {
  const staff = (employer: string, size: number) =>
    Array.from({ length: size }, (_, n) => [`${employer} ${n}`, new Set([employer])] as const);
  const areSo = (...staffs: readonly (readonly [string, number])[]) => {
    const employers = new Map(staffs.flatMap(([employer, size]) => staff(employer, size)));
    return areEnough(employers)(new Set(employers.keys()));
  };
  expect(areSo(['x', leastPeople])).toBe(true);
  expect(areSo(['x', leastPeople - 1])).toBe(false);
  expect(areSo(['x', 60], ['y', 5])).toBe(false);
  expect(areSo(['x', 8], ['y', 8], ['z', 3])).toBe(false);
  expect(areSo(['x', 60], ['y', 5], ['z', 1])).toBe(true);
  expect(areSo(['y', 5], ['z', 1])).toBe(false);
});
