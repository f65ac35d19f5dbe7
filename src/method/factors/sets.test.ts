import { describe, expect, it } from 'vitest';
import { groupBy } from '../../kernel/group.ts';
import { isDay } from '../../kernel/time.ts';
import { factorSetA } from '../lbc-tiers-lieux/2026-1/factors.ts';
import { contentHash, type FactorSet } from './factor-set.ts';
import { modes } from './modes.ts';
import { factorSets, setHashes } from './sets.ts';

const sets = Object.values(factorSets);

describe('factor sets', () => {
  it('I-25: are pinned by their content; change a value and this hash says so', () => {
    expect(setHashes).toEqual({
      A: '0b82b3c563caf08e92b04e70c5d7f2d47da28bdb260e0b6a6e3d4b0f15bf0559',
      B: '1cd9dc247b24b5a3bf067e880ab9481938321d506599ded4f835ec8998854ba1',
      C: '91194452b36ec6e7d094742e530f0291150e095f4823d9dd66347884f7669b67',
      D: '0899d3dc0836cebda134e7854b2a7cb949c3fc44daec85615f068e31a9193d57',
    });
  });

  it('A is the set that version 2026-1 froze, value for value', () => {
    expect(factorSets.A).toEqual(factorSetA);
    expect(factorSets.A.factors).toBe(factorSetA.factors);
  });

  const touched: readonly (readonly [what: string, set: FactorSet])[] = [
    ['the boundary', { ...factorSets.B, boundary: 'life_cycle' }],
    ['the vintage', { ...factorSets.B, vintage: '2024' }],
    ['the source', { ...factorSets.B, source: 'other' }],
    ['the first day', { ...factorSets.B, valid_from: '2024-02-02' }],
    ['the last day', { ...factorSets.B, best_before: '2030-12-30' }],
    ['a factor less', { ...factorSets.B, factors: factorSets.B.factors.slice(1) }],
    ...(['ug_per_m', 'construction_ug_per_m', 'vintage', 'source_id', 'denominator', 'id'] as const).map(
      key =>
        [
          `a factor’s ${key}`,
          { ...factorSets.B, factors: factorSets.B.factors.map((f, i) => (i === 0 ? { ...f, [key]: '7' } : f)) },
        ] as const,
    ),
  ];
  it.each(touched)('hash differently when %s changes', (_what, set) => {
    expect(contentHash(set)).not.toBe(setHashes.B);
  });

  it('hash the same when only words change', () => {
    const reworded = factorSets.D.factors.map(factor => ({
      ...factor,
      label: { fr: 'x', en: 'x' },
      caution: { fr: 'x', en: 'x' },
    }));
    expect(contentHash({ ...factorSets.D, title: { fr: 'x', en: 'x' }, cautions: [], factors: reworded })).toBe(
      setHashes.D,
    );
  });

  it.each(sets)('$id says its boundary, vintage, source, licence and dates, and each value once', set => {
    const { factors, valid_from, best_before, ...words } = set;
    expect(isDay(valid_from) && isDay(best_before) && valid_from < best_before).toBe(true);
    expect(words.source_url).toMatch(/^https:/);
    for (const said of [words.vintage, words.source, words.title.fr, words.licence.fr, words.boundary_words.en])
      expect(said).not.toBe('');
    expect(new Set(factors.map(({ id }) => id)).size).toBe(factors.length);
    for (const { id, label, ug_per_m, construction_ug_per_m: made = 0 } of factors) {
      expect(label).toEqual(modes[id]?.label);
      expect([ug_per_m, made].every(value => Number.isSafeInteger(value) && value >= 0) && made <= ug_per_m).toBe(true);
    }
  });

  it('C counts no car per vehicle, and every car of the others is counted so', () => {
    const cars = (set: FactorSet) => set.factors.filter(({ id }) => modes[id]?.vehicle === 'car');
    const counted = sets.map(set => [set.id, [...new Set(cars(set).map(({ denominator }) => denominator))]]);
    expect(counted).toEqual([
      ['A', ['veh_km']],
      ['B', ['veh_km']],
      ['C', ['pers_km']],
      ['D', ['veh_km']],
    ]);
  });

  it('no two sets of different boundaries bear the same words for them', () => {
    expect(sets.map(({ boundary }) => boundary)).toEqual([
      'use_phase',
      'use_and_construction',
      'use_and_construction',
      'life_cycle',
    ]);
    expect(new Set(sets.map(({ boundary_words }) => boundary_words.fr)).size).toBe(3);
  });
});

describe('ways to travel', () => {
  it('run on what they are counted by', () => {
    const runOn = groupBy(Object.entries(modes), ([, { energy }]) => energy);
    expect(Object.fromEntries([...runOn].map(([energy, list]) => [energy, list.map(([id]) => id).join(' ')]))).toEqual({
      combustion: 'car',
      petrol: 'car_petrol car_petrol_compact car_petrol_small scooter motorbike',
      diesel: 'car_diesel car_diesel_compact car_diesel_small bus coach',
      lpg: 'car_lpg',
      e85: 'car_e85',
      gas: 'bus_gas',
      hybrid: 'car_hybrid',
      plug_in: 'car_plug_in',
      electric: 'car_electric bus_electric metro tram rer e_bike e_scooter',
      none: 'ter intercites tgv bicycle walk',
    });
  });

  it.each(Object.entries(modes))('%s is by the vehicle that its name says, by motor on the road or not', (id, mode) => {
    const vehicle = { e_bike: 'bicycle', e_scooter: 'kick_scooter' }[id] ?? id.split('_')[0];
    expect(mode.vehicle).toBe(vehicle);
    expect(mode.road).toBe(['car', 'bus', 'coach', 'scooter', 'motorbike'].includes(mode.vehicle));
  });

  it('whose value surprises say so', () => {
    const wary = sets.flatMap(({ id, factors }) => factors.filter(f => f.caution).map(f => `${id} ${f.id}`));
    expect(wary).toEqual(['D car_petrol']);
  });
});
