import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Month, nextMonth } from '../kernel/time.ts';
import { type ClaimedMonth, comparedIn } from './comparison.ts';
import { leastPeople } from './disclosure.ts';
import { type Edition, editionOf } from './edition.ts';
import { claimedRatio_permille } from './figures.ts';
import { noPast, sampleMonth, samplePresences, sampleSpaces } from './sample.ts';

/** An edition of thirty people, 412 827 000 mg measured. */
const editionIn = (month: Month, published: readonly Edition[], claimed: readonly ClaimedMonth[] = []): Edition =>
  editionOf(sampleMonth(month), {
    presences: samplePresences([12, 9, 9]),
    spaces: sampleSpaces,
    past: { ...noPast, published },
    claimed,
  });
const october = editionIn('2026-10', []);
const claim = (people: number, others: number, masses: ClaimedMonth['masses'] = []): ClaimedMonth => ({
  month: '2026-10',
  masses,
  people,
  others,
});

/** The months after October published in turn, claims as given at each: what each tells of October. */
function toldOf(claims: readonly ClaimedMonth[]): readonly (string | null)[] {
  const published = [october];
  let month: Month = '2026-10';
  for (const one of claims) {
    month = nextMonth(month);
    published.push(editionIn(month, [...published], [one]));
  }
  return published.slice(1).map(edition => {
    const [cell] = edition.comparison;
    return cell ? `${cell.people} and ${cell.others}, told in ${cell.told_in}` : null;
  });
}

describe('I-51: what is claimed is set beside what was measured', () => {
  test('in units of the same kind, with the interval of the measure, masses summed exactly before they are floored', () => {
    const masses = [
      { net_mg: '412827000/4', lines: 2 },
      { net_mg: '1/3', lines: 3 },
    ];
    const [cell] = comparedIn('2026-11', { claimed: [claim(20, 10, masses)], published: [october] });
    expect(cell).toMatchObject({ month: '2026-10', told_in: '2026-11', claimed_mg: '206413501' });
    const ratio = claimedRatio_permille(cell!)!;
    expect(ratio.value).toBe(500n);
    expect(ratio.low! < 500n && ratio.high! > 500n).toBe(true);
  });

  test.each([
    ['nothing was measured', '0', '-5', '5', null],
    ['the interval reaches zero: it has no upper bound', '100', '0', '200', { value: 500n, low: null, high: null }],
    ['the interval is not known', '100', null, null, { value: 500n, low: null, high: null }],
    ['more is claimed than measured', '40', '20', '80', { value: 1_250n, low: 625n, high: 2_500n }],
  ] as const)('when %s', (_title, measured_mg, low_mg, high_mg, ratio) => {
    const cell = { ...comparedIn('2026-11', { claimed: [claim(9, 0)], published: [october] })[0]!, claimed_mg: '50' };
    expect(claimedRatio_permille({ ...cell, measured_mg, low_mg, high_mg })).toEqual(ratio);
  });

  const cases: readonly (readonly [
    title: string,
    claims: readonly ClaimedMonth[],
    told: readonly (string | null)[],
  ])[] = [
    ['a month without a claim has no ratio', [claim(0, 30)], [null]],
    ['nor has one of which five people are claimed', [claim(5, 30)], [null]],
    ['nor one of which five people are not', [claim(25, 5)], [null]],
    ['it may be claimed whole', [claim(30, 0)], ['30 and 0, told in 2026-11']],
    [
      'a change of five people is not told, and the ratio before is repeated with its date',
      [claim(20, 10), claim(25, 10), claim(26, 10)],
      ['20 and 10, told in 2026-11', '20 and 10, told in 2026-11', '26 and 10, told in 2027-01'],
    ],
    [
      'nor is a claim that comes back but for one person',
      [claim(20, 10), claim(0, 30), claim(19, 10)],
      ['20 and 10, told in 2026-11', '0 and 30, told in 2026-12', '0 and 30, told in 2026-12'],
    ],
  ];
  test.each(cases)('%s', (_title, claims, told) => {
    expect(toldOf(claims)).toEqual(told);
  });

  test('a month that is withheld is never compared', () => {
    const published = [{ ...october, withheld: true }];
    expect(comparedIn('2026-11', { claimed: [claim(20, 10)], published })).toEqual([]);
  });
});

test('I-43: two ratios of one month never differ by what one to five people claimed', () => {
  // Each time, what was held at an earlier time but for a few people: what comes back is nearly what was told.
  const step = fc.record({ as: fc.nat(5), turned: fc.uniqueArray(fc.nat(24), { maxLength: 25 }) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 6 }), steps => {
      const held: number[][] = [];
      for (const { as, turned } of steps) {
        const earlier = held[as] ?? [];
        held.push([...Array(25).keys()].filter(person => earlier.includes(person) !== turned.includes(person)));
      }
      const claims = held.map(one => claim(one.length, 25 - one.length));
      const published = [october];
      let month: Month = '2026-10';
      for (const one of claims) {
        month = nextMonth(month);
        published.push(editionIn(month, [...published], [one]));
      }
      const told = published.flatMap((edition, at) =>
        edition.comparison.filter(cell => cell.told_in === edition.month).map(() => new Set(held[at - 1])),
      );
      return told.every((one, n) => {
        const sizes = [one.size, 25 - one.size];
        const changed = told
          .slice(0, n)
          .map(other => [...Array(25).keys()].filter(p => one.has(p) !== other.has(p)).length);
        return sizes.every(size => size === 0 || size >= leastPeople) && changed.every(size => size >= leastPeople);
      });
    }),
    { numRuns: 1_000 },
  );
});

test('I-43: a month whose credited lines are of one to five people is withheld, however many came', () => {
  const of = (others: number) => editionIn('2026-10', [], [claim(0, others)]).withheld;
  expect([0, 1, 5, 6].map(of)).toEqual([false, true, true, false]);
});
