import { describe, expect, test } from 'vitest';
import { indicatorCsv } from './download.ts';
import { editionOf } from './edition.ts';
import { metres, milligrams, monthly, total } from './figures.ts';
import { noPast, sampleClaimed, sampleMonth, samplePast, samplePresences, sampleSpaces } from './sample.ts';

const october = editionOf(sampleMonth('2026-10'), {
  presences: samplePresences([12, 9, 8, 2]),
  spaces: sampleSpaces,
  past: samplePast,
  claimed: sampleClaimed,
});
const november = editionOf(sampleMonth('2026-11'), {
  presences: samplePresences([14, 9, 8, 7]),
  spaces: sampleSpaces,
  past: samplePast,
  claimed: sampleClaimed,
});
const tiny = editionOf(sampleMonth('2026-12'), {
  presences: samplePresences([3, 2]),
  spaces: sampleSpaces,
  past: samplePast,
  claimed: sampleClaimed,
});

describe('an edition', () => {
  test('takes its totals from the sealed batch, masses floored to whole milligrams', () => {
    expect(october).toMatchObject({
      avoided_m: '3100000',
      net_mg: '412827000',
      credited: 90,
      presences: 120,
      people: 31,
    });
  });

  test('tells the large spaces apart and the small ones together, without losing a half-day', () => {
    expect(october.spaces.map(space => space.slug)).toEqual(['ganges-la-filature', 'vouziers-le-relais']);
    expect(october.otherSpaces.spaces).toBe(2);
    const told = october.spaces.reduce((sum, space) => sum + space.halves, 0);
    expect(told + october.otherSpaces.halves).toBe(october.halves);
  });

  test('adds rare reasons up, and every presence is still told', () => {
    expect(october.reasons.map(one => one.reason)).toEqual(['replaced_unknown', 'other']);
    expect(october.credited + october.reasons.reduce((sum, one) => sum + one.presences, 0)).toBe(october.presences);
  });

  test('I-43: a reason of six lines that are one person’s is not told, and neither is how many were not credited', () => {
    const told = { spaces: sampleSpaces, past: noPast, claimed: [] };
    const one = {
      reasons: { credited: { lines: 90 }, blocked: { lines: 30 } },
      behind: new Map([['blocked', new Set(['a'])]]),
    };
    const alone = editionOf(sampleMonth('2026-10', one), { ...told, presences: samplePresences([12]) });
    expect(alone).toMatchObject({ reasons: [], presences: 90, credited: 90 });
    const six = new Map([['blocked', new Set(['a', 'b', 'c', 'd', 'e', 'f'])]]);
    const many = editionOf(sampleMonth('2026-10', { ...one, behind: six }), {
      ...told,
      presences: samplePresences([12]),
    });
    expect(many).toMatchObject({ reasons: [{ reason: 'blocked', presences: 30 }], presences: 120 });
  });

  test('of fewer than six people has no figure at all', () => {
    expect(tiny).toMatchObject({ withheld: true, people: 0, halves: 0, avoided_m: '0', spaces: [], reasons: [] });
  });

  test('holds no id of a person', () => {
    expect(JSON.stringify([october, november])).not.toContain('person ');
  });
});

describe('figures', () => {
  test('stand in the middle of their interval', () => {
    for (const { value, low, high } of [metres(october), milligrams(october)]) {
      expect(low! < value && value < high!).toBe(true);
      expect(high! - value).toBe(value - low!);
    }
  });

  test('of several months add up, margins included; a withheld month adds nothing', () => {
    const months = monthly([october, november, tiny], metres);
    expect(months.map(one => one.month)).toEqual(['2026-10', '2026-11']);
    const sum = total(months);
    expect(sum.value).toBe(6_200_000n);
    expect(sum.high! - sum.value).toBe(months.reduce((all, one) => all + one.high! - one.value, 0n));
  });

  test('without an interval say so rather than zero', () => {
    expect(metres({ ...october, half_width_m: null })).toEqual({ value: 3_100_000n, low: null, high: null });
    expect(milligrams({ ...october, avoided_m: '0' }).low).toBeNull();
  });
});

describe('a download', () => {
  test.each(['kilometres', 'co2', 'journees', 'espaces', 'comptage', 'fidelite', 'demandes'] as const)(
    'of %s has a header, a line a month or more, and says whose data it is',
    slug => {
      const lines = indicatorCsv(slug, [october, november, tiny], { fictitious: true }).trim().split('\r\n');
      expect(lines[0]).toContain('"month"');
      expect(lines.length).toBeGreaterThanOrEqual(slug === 'fidelite' || slug === 'demandes' ? 2 : 3);
      expect(lines.slice(1).every(line => line.endsWith('"fictitious"'))).toBe(true);
      expect(new Set(lines.map(line => line.split(',').length)).size).toBe(1);
    },
  );

  test('never starts a cell with a formula', () => {
    const spaces = sampleSpaces.map((space, n) => (n === 0 ? { ...space, name: '=1+1' } : space));
    const odd = editionOf(sampleMonth('2026-10'), {
      presences: samplePresences([12, 9, 8, 7]),
      spaces,
      past: noPast,
      claimed: [],
    });
    expect(indicatorCsv('espaces', [odd], { fictitious: false })).toContain(`"'=1+1"`);
  });
});
