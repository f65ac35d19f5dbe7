import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { place } from '../kernel/place.ts';
import { chooseGreedily, type Gain } from './choose.ts';
import type { Town } from './demand.ts';
import { fictitiousStudy } from './fictitious-flows.ts';
import { type Market, rank } from './rank.ts';

const instances = fc.record({
  candidates: fc.array(
    fc.uniqueArray(fc.record({ home: fc.nat(7), amount: fc.integer({ min: 1, max: 50 }) }), {
      selector: gain => gain.home,
    }),
    { minLength: 1, maxLength: 7 },
  ),
  served: fc.array(fc.nat(20), { minLength: 8, maxLength: 8 }),
  openings: fc.integer({ min: 1, max: 5 }),
});

/** Greedy as anyone would write it: weigh every candidate at every step. */
function plainly(candidates: readonly (readonly Gain[])[], served: readonly number[], openings: number): number[] {
  const best = [...served];
  const chosen: number[] = [];
  for (let i = 0; i < openings; i++) {
    const added = candidates.map((gains, c) =>
      chosen.includes(c) ? 0 : gains.reduce((sum, { home, amount }) => sum + Math.max(0, amount - best[home]!), 0),
    );
    const top = added.indexOf(Math.max(...added));
    if (added[top]! <= 0) break;
    chosen.push(top);
    for (const { home, amount } of candidates[top]!) best[home] = Math.max(best[home]!, amount);
  }
  return chosen;
}

describe('choosing towns one after the other', () => {
  test('weighing only what comes to the top gives what weighing everything gives', () => {
    fc.assert(
      fc.property(instances, ({ candidates, served, openings }) => {
        const chosen = chooseGreedily(candidates, served, openings);
        expect(chosen.map(choice => choice.candidate)).toEqual(plainly(candidates, served, openings));
        for (const [i, { added, alone }] of chosen.entries()) {
          expect(added).toBeLessThanOrEqual(alone);
          expect(added).toBeLessThanOrEqual(chosen[i - 1]?.added ?? added);
        }
      }),
    );
  });

  test('changes nothing of what it is given', () => {
    const served = Object.freeze([0, 0]);
    const candidates = Object.freeze([Object.freeze([Object.freeze({ home: 0, amount: 3 })])]);
    expect(chooseGreedily(candidates, served, 3)).toEqual([{ candidate: 0, added: 3, alone: 3 }]);
  });

  const bench = join(process.env['PARVIS_GEO_DATA'] ?? resolve('..', 'shared', 'geo'), 'siting-bench-instance.json.gz');
  if (!existsSync(bench))
    process.stderr.write(`No siting bench at ${bench}: the national instance is not tested here.\n`);

  test.skipIf(!existsSync(bench))('finds the known values of the national instance', () => {
    const { n, m, I, J, S } = JSON.parse(gunzipSync(readFileSync(bench)).toString()) as Record<'n' | 'm', number> &
      Record<'I' | 'J' | 'S', number[]>;
    const candidates: Gain[][] = Array.from({ length: m }, () => []);
    for (const [k, j] of J.entries()) candidates[j]!.push({ home: I[k]!, amount: S[k]! });
    const value = (p: number) =>
      chooseGreedily(candidates, new Array<number>(n).fill(0), p).reduce((sum, { added }) => sum + added, 0);
    expect(value(10)).toBeCloseTo(8_292_715.8, 0);
    expect(Math.round(value(30))).toBe(15_438_277);
  });
});

const town = (code: string, population: number): Town => ({
  code,
  name: `Ville ${code}`,
  population,
  place: place(2, 46),
});
const market: Market = {
  reach_m: 10_000,
  uptakePercent: 50,
  desks: 20,
  towns: ['A', 'B', 'C', 'H', 'K', 'W'].map(code => town(code, 3_000)),
  candidateCodes: ['A', 'B', 'C'],
  openCodes: [],
  flows: [
    { homeCode: 'H', commuters: 100, road_m: 40_000 },
    { homeCode: 'H', commuters: 10, road_m: 4_000 },
    { homeCode: 'K', commuters: 30, road_m: 20_000 },
  ],
  reaches: [
    { townCode: 'A', homeCode: 'H', road_m: 5_000 },
    { townCode: 'A', homeCode: 'K', road_m: 10_000 },
    { townCode: 'B', homeCode: 'H', road_m: 1_000 },
    { townCode: 'C', homeCode: 'K', road_m: 2_000 },
    { townCode: 'C', homeCode: 'H', road_m: 10_001 },
  ],
};

describe('ranking towns', () => {
  test('each town adds to those before: figures worked by hand', () => {
    const [first, second, third] = rank(market, 3);
    // B: 100 × 39 km + 10 × 3 km, there and back, half of the days.
    expect(first).toMatchObject({
      rank: 1,
      town: { code: 'B' },
      potential_m: 3_930_000,
      total_m: 3_930_000,
      commuters: 110,
    });
    // C: 30 × 18 km; H is beyond its reach by a metre.
    expect(second).toMatchObject({
      rank: 2,
      town: { code: 'C' },
      potential_m: 540_000,
      total_m: 4_470_000,
      commuters: 30,
    });
    // A would have brought 100 × 35 + 30 × 10, but B and C serve both better.
    expect(third).toBeUndefined();
    expect(rank({ ...market, candidateCodes: ['A'] }, 3)[0]).toMatchObject({
      potential_m: 3_800_000,
      alone_m: 3_800_000,
    });
  });

  test('a home that a town above already serves counts for the difference only', () => {
    const second = rank({ ...market, candidateCodes: ['A', 'C'] }, 2)[1]!;
    // K: 30 × 18 km by C, of which A already saves 30 × 10 km.
    expect(second).toMatchObject({
      town: { code: 'C' },
      potential_m: 240_000,
      alone_m: 540_000,
      withinDesks_m: 240_000,
    });
    expect(second.reasons).toEqual([{ town: town('K', 3_000), commuters: 30, each_m: 16_000 }]);
  });

  test('a space that is open is no candidate, and what it serves is no gain', () => {
    expect(rank({ ...market, openCodes: ['B'] }, 3).map(c => [c.town.code, c.potential_m])).toEqual([['C', 540_000]]);
    expect(rank({ ...market, openCodes: ['C'] }, 3).map(c => c.town.code)).toEqual(['B']);
  });

  test('desks hold the longest commutes only', () => {
    // 110 commuters come half of the time: 55 a day for 20 desks. 20 × 3,930 km / 110, there and back.
    expect(rank(market, 1)[0]!.withinDesks_m).toBe(Math.floor((2 * 3_930_000 * 2_000) / (110 * 100)));
    expect(rank({ ...market, desks: 1_000 }, 1)[0]!.withinDesks_m).toBe(3_930_000);
  });

  test('reasons name the homes that weigh most', () => {
    expect(rank(market, 1)[0]!.reasons).toEqual([
      { town: town('H', 3_000), commuters: 110, each_m: Math.floor((2 * 3_930_000) / 110) },
    ]);
  });

  test('what desks hold is never more than the potential', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 100 }), (desks, uptakePercent) => {
        for (const c of rank({ ...market, desks, uptakePercent }, 3))
          expect(c.withinDesks_m).toBeLessThanOrEqual(c.potential_m);
      }),
    );
  });
});

describe('invented flows', () => {
  const towns: Town[] = [
    { code: '34111', name: 'Ganges', population: 4_000, place: place(3.708, 43.934) },
    { code: '34128', name: 'Laroque', population: 1_600, place: place(3.72, 43.92) },
    { code: '34172', name: 'Montpellier', population: 300_000, place: place(3.877, 43.611) },
    { code: '30350', name: 'Le Vigan', population: 3_800, place: place(3.604, 43.991) },
  ];

  test('are the same for the same towns and seed, in any order of towns', () => {
    const flows = (list: readonly Town[], seed: number) =>
      fictitiousStudy(list, seed)
        .flows.map(f => `${f.homeCode} ${f.workCode} ${f.commuters}`)
        .sort();
    expect(flows(towns, 7)).toEqual(flows(towns.toReversed(), 7));
    expect(flows(towns, 7)).not.toEqual(flows(towns, 8));
  });

  test('go to larger towns, never inside one, and never carry more than those who leave', () => {
    const { flows, candidateCodes, fictitious } = fictitiousStudy(towns, 7);
    expect(flows.filter(f => f.workCode === '34172').length).toBeGreaterThanOrEqual(3);
    for (const { homeCode, workCode } of flows) {
      const population = (code: string) => towns.find(t => t.code === code)!.population;
      expect(population(workCode)).toBeGreaterThan(population(homeCode));
    }
    const fromGanges = flows.filter(f => f.homeCode === '34111').reduce((sum, f) => sum + f.commuters, 0);
    expect(fromGanges).toBeLessThanOrEqual(1_000);
    expect([candidateCodes, fictitious]).toEqual([['34111', '34128', '30350'], true]);
  });
});
