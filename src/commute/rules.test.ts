import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseRational } from '../kernel/rational.ts';
import type { Day } from '../kernel/time.ts';
import { initialValues } from '../platform/parameters/parameters.ts';
import { rulesOfTrips } from '../presence/presence.ts';
import type { Baseline } from './baseline.ts';
import { type AroundTrip, tripFacts } from './findings.ts';
import type { KnownLeg } from './legs.ts';
import { benchWith, ordinary, rules, sheets, type Thresholds, type TripFacts } from './rules.ts';
import type { Counted } from './trip.ts';

const initial: Thresholds = initialValues({ room: 'commute', sheets });

interface Vector {
  readonly rule: string;
  readonly facts: Partial<TripFacts>;
  readonly thresholds?: Partial<Record<keyof Thresholds, string>>;
  readonly expected: string;
}

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors', 'rules.json'), 'utf8')) as Vector[];

const valuesOf = ({ thresholds = {} }: Vector): Thresholds => ({
  ...initial,
  ...Object.fromEntries(Object.entries(thresholds).map(([name, value]) => [name, parseRational(value)!])),
});

describe('each rule on trips judges as its table says', () => {
  test.each(rules.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
    const own = vectors.filter(one => one.rule === id);
    for (const vector of own)
      expect([vector, rule.judge({ ...ordinary, ...vector.facts }, valuesOf(vector))]).toEqual([
        vector,
        vector.expected,
      ]);
    expect(own.filter(one => one.expected !== 'passed').length).toBeGreaterThanOrEqual(3);
    expect(own.filter(one => one.expected === 'passed').length).toBeGreaterThanOrEqual(3);
  });

  test('and every rule that presences expect from here is here, once', () => {
    expect(rules.map(({ id }) => id).toSorted()).toEqual(rulesOfTrips.map(({ id }) => id).toSorted());
    expect(vectors.filter(one => !rules.some(rule => rule.id === one.rule))).toEqual([]);
  });

  test.each(rules.map(rule => [rule.id, rule] as const))('%s reads exactly the facts that it names', (id, rule) => {
    const read = new Set<string>();
    for (const vector of vectors.filter(one => one.rule === id)) {
      const facts = new Proxy(
        { ...ordinary, ...vector.facts },
        {
          get: (all, name: keyof TripFacts & string) => {
            read.add(name);
            return all[name];
          },
        },
      );
      rule.judge(facts, valuesOf(vector));
    }
    expect([...read].toSorted()).toEqual([...rule.reads].toSorted());
  });

  test('a bench of them lets a plain trip pass without a word', () => {
    const { rules: run, values } = benchWith(initial);
    const plain = { ...ordinary, reference_m: 80_000, actual_m: 4_000 };
    expect(run.filter(rule => rule.judge(plain, values) !== 'passed')).toEqual([]);
  });
});

describe('a new declaration', () => {
  const leg = (kind: KnownLeg['kind'], routed_m: number) => ({ kind, spaceId: null, routed_m }) as KnownLeg;
  const baseline = { validFrom: '2026-05-04' as Day, declaredOffice_m: null } as Baseline;
  const trip = { day: '2026-05-06' as Day, spaceId: 'spc_1', reference: [], actual: [], x: 1 } as unknown as Counted;
  const around = (before: readonly KnownLeg[] | null, newFor_days = 14): AroundTrip => ({
    ...{ baseline, legs: [], audits: [], halfOffice: false, recount_m: 0, newFor_days },
    replaced: before === null ? null : { baseline, legs: before },
  });
  test.each([
    ['is a change after one that counted', around([leg('home_office', 20_000)]), 2],
    ['is no change when it is the first', around(null), -1],
    ['is no change after one whose roads nobody could measure', around([]), -1],
    ['is no longer new after the days that are looked at', around([leg('home_office', 20_000)], 2), -1],
  ])('%s', (_, facts, expected) => {
    expect(tripFacts(trip, facts).new_since_days).toBe(expected);
  });
});
