import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Month, nextMonth } from '../kernel/time.ts';
import { leastPeople } from './disclosure.ts';
import { type Edition, editionOf } from './edition.ts';
import { noPast, sampleMonth, sampleSpaces } from './sample.ts';

const months = Array.from({ length: 15 }).reduce<readonly Month[]>(
  list => [...list, nextMonth(list.at(-1)!)],
  ['2026-01'],
);

/** A presence as the attack knows it: whose, where, in which month, and how many months later it passed its checks. */
interface Lived {
  readonly person: string;
  readonly at: number;
  readonly space: number;
  readonly late: number;
}

/** The month of each person's first presence, of those that had passed their checks by then. */
function firstsKnown(lived: readonly Lived[], by: number): ReadonlyMap<string, Month> {
  const firsts = new Map<string, number>();
  for (const { person, at, late } of lived) {
    if (at + late <= by) firsts.set(person, Math.min(at, firsts.get(person) ?? at));
  }
  return new Map([...firsts].map(([person, at]) => [person, months[at]!]));
}

/** Every month published in turn, each knowing what is public already. */
function publishedOf(lived: readonly Lived[]): readonly Edition[] {
  const published: Edition[] = [];
  for (const [at, month] of months.entries()) {
    const passed = lived.filter(one => one.at === at && one.late === 0);
    const presences = passed.map(({ person, space }) => ({
      person,
      spaceId: sampleSpaces[space]!.spaceId,
      halves: 2 as const,
      avoided_m: 20_000n,
      pair: null,
    }));
    const past = { firsts: firstsKnown(lived, at), published: [...published] };
    published.push(editionOf(sampleMonth(month), { presences, spaces: sampleSpaces, past, claimed: [] }));
  }
  return published;
}

const crowd = (name: string, count: number, at: readonly number[], late = 0): readonly Lived[] =>
  Array.from({ length: count }).flatMap((_, n) =>
    at.map(month => ({ person: `${name} ${n}`, at: month, space: 0, late })),
  );
const told = (lived: readonly Lived[]): readonly string[] =>
  publishedOf(lived).flatMap(({ month, persistence }) =>
    persistence.map(one => `${month}: ${one.active} of ${one.people} after ${one.after_months}`),
  );

describe('I-52: who came again after 3, 6 and 12 months', () => {
  const cases: readonly (readonly [title: string, lived: readonly Lived[], cells: readonly string[]])[] = [
    [
      'is told at each horizon',
      [...crowd('stays', 8, [0, 3, 6, 12]), ...crowd('leaves', 6, [0, 3]), ...crowd('comes', 6, [6, 12])],
      ['2026-04: 14 of 14 after 3', '2026-07: 8 of 14 after 6', '2027-01: 6 of 6 after 6', '2027-01: 8 of 14 after 12'],
    ],
    ['may be that nobody did', [...crowd('leaves', 6, [0]), ...crowd('comes', 6, [3])], ['2026-04: 0 of 6 after 3']],
    ['is not told of five people', [...crowd('few', 5, [0, 3]), ...crowd('comes', 9, [3])], []],
    ['is not told when five left', [...crowd('stays', 9, [0, 3]), ...crowd('leaves', 5, [0])], []],
    [
      'is not told when five came again',
      [...crowd('stays', 5, [0, 3]), ...crowd('leaves', 9, [0]), ...crowd('comes', 9, [3])],
      [],
    ],
    ['is not told when it leaves five newcomers', [...crowd('stays', 9, [0, 3]), ...crowd('comes', 5, [3])], []],
    [
      'is not told when five people of its month were not new',
      [...crowd('old', 5, [0, 1]), ...crowd('new', 9, [1, 4])],
      [],
    ],
    [
      'is told once: a cohort that five late presences made grow is not told again',
      [...crowd('stays', 9, [0, 3, 6]), ...crowd('late', 5, [0], 5)],
      ['2026-04: 9 of 9 after 3'],
    ],
  ];
  test.each(cases)('%s', (_title, lived, cells) => {
    expect(told(lived)).toEqual(cells);
  });

  test('waits for its own month to be public: whoever publishes out of order tells nothing by it', () => {
    const firsts = new Map(Array.from({ length: 9 }, (_, n) => [`stays ${n}`, '2026-01'] as const));
    const presences = [...firsts.keys()].map(person => ({
      person,
      spaceId: 'spc_00000001',
      halves: 2 as const,
      avoided_m: null,
      pair: null,
    }));
    const april = editionOf(sampleMonth('2026-04'), {
      presences,
      spaces: sampleSpaces,
      past: { ...noPast, firsts },
      claimed: [],
    });
    expect(april.persistence).toEqual([]);
  });
});

/** Crowds small and large, so that cells fall on both sides of six, and some presences that pass late. */
const network = fc
  .array(
    fc.record({
      size: fc.integer({ min: 1, max: 14 }),
      at: fc.uniqueArray(fc.nat(months.length - 1), { minLength: 1, maxLength: 9 }),
      space: fc.nat(sampleSpaces.length - 1),
      late: fc.oneof(
        { weight: 5, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }) },
      ),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map(crowds =>
    crowds.flatMap(({ size, at, space, late }, n) =>
      crowd(`crowd ${n}`, size, at).map((one, i) => ({ ...one, space, late: i % 3 === 0 ? late : 0 })),
    ),
  );

const isSafe = (count: number) => count === 0 || Math.abs(count) >= leastPeople;

/** Every number of people that can be deduced from what is public of a month and of the cohort that began in it. */
function deducible(published: readonly Edition[], { month, people, persistence }: Edition): readonly number[] {
  const cohort = published.flatMap(edition => edition.persistence).filter(one => one.cohort === month);
  const returned = persistence.reduce((sum, one) => sum + one.active, 0);
  const sizes = cohort.map(one => one.people);
  return [
    people,
    people - returned,
    ...persistence.flatMap(one => [one.active, one.people, one.people - one.active]),
    ...sizes.flatMap(size => [people - size, people - returned - size, ...sizes.map(other => other - size)]),
  ];
}

test('I-43: whoever subtracts one edition from another deduces no number of people from one to five', () => {
  fc.assert(
    fc.property(network, lived => {
      const published = publishedOf(lived);
      expect(published.flatMap(edition => deducible(published, edition)).filter(count => !isSafe(count))).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test('I-43: spaces shown in two successive editions, and what is left beside them, are six people or more each time', () => {
  fc.assert(
    fc.property(network, lived => {
      for (const [at, edition] of publishedOf(lived).entries()) {
        const shown = new Set(edition.spaces.map(space => space.spaceId));
        const groups = new Map<string, Set<string>>();
        for (const one of lived.filter(one => !edition.withheld && one.at === at && one.late === 0)) {
          const { spaceId } = sampleSpaces[one.space]!;
          const cell = shown.has(spaceId) ? spaceId : 'others';
          groups.set(cell, (groups.get(cell) ?? new Set()).add(one.person));
        }
        expect([...groups.values()].every(people => people.size >= leastPeople)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('I-43: what is published holds no id that could be followed from one edition to the next', () => {
  fc.assert(
    fc.property(network, lived => {
      expect(JSON.stringify(publishedOf(lived))).not.toContain('crowd');
    }),
    { numRuns: 30 },
  );
});
