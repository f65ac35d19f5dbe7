import { describe, expect, it } from 'vitest';
import {
  type CertifiedEntry,
  type CertifiedQuantified,
  certifyingTerms,
  type DemoQuantified,
  dayQuantifier,
  explain,
  inventoryOf,
  leftOut,
  methodFingerprint,
  type Quantified,
  type QuantifyRequest,
  quantify,
  quantifyLine,
  readCertified,
  setHashes,
} from '../method.ts';
import { possibleValues } from './certified.ts';
import signedExample from './signed-example.json' with { type: 'json' };
import { unknowns } from './unknowns.ts';

const complete = signedExample as readonly CertifiedEntry[];
const leg = (metres: number) => ({ metres, factor: 'car' });
const days: QuantifyRequest['days'] = [
  { count: 92, x: 1, replaced: 'office', reference: [leg(40_000), leg(40_000)], actual: [leg(5_000), leg(5_000)] },
];

const withValue = (unknown: CertifiedEntry['unknown'], value: CertifiedEntry['value']): readonly CertifiedEntry[] => [
  ...complete.filter(entry => entry.unknown !== unknown),
  { ...complete[0]!, unknown, value },
];

const codeOf = (outcome: { ok: true } | { ok: false; refusal: { code: string } }) =>
  outcome.ok ? 'accepted' : outcome.refusal.code;

const certified = () => {
  const read = readCertified(complete);
  if (!read.ok) throw new Error(read.refusal.code);
  return read.value;
};

describe('a signed value', () => {
  const honoured: readonly (readonly [CertifiedEntry['unknown'], CertifiedEntry['value']])[] = [
    ['U5', { variant: 'reference', rate: '0' }],
    ['U5', { variant: 'net', rate: '1' }],
    ['U5', { variant: 'none' }],
    ['U6', { combine: 'additive', rates: ['1/2', '1/2'] }],
    ['U6', { combine: 'multiplicative', rates: ['2/3', '2/3'] }],
    ['U8', 'road_only'],
    ['U12', { space_energy: 'per_day', employer_energy: 'none' }],
    ['U13', { list_sha256: 'a'.repeat(64), vintage: '2025' }],
    ['U16', { rebates: 'before', at: 'filing' }],
    ['U19', 'yearly'],
    ['U20', { reference: 'contrat' }],
    ['U22', { reference: 'note' }],
    ['U24', { road_fuel_covered_from: '2028-01-01' }],
  ];
  it.each(honoured)('%s may be %j', (unknown, value) => {
    expect(codeOf(readCertified(withValue(unknown, value)))).toBe('accepted');
  });

  const beyond: readonly (readonly [CertifiedEntry['unknown'], CertifiedEntry['value']])[] = [
    ['U1', '0'.repeat(64)],
    ['U1', null],
    ['U2', { set: 'A', sha256: setHashes.B }],
    ['U2', { set: 'E', sha256: setHashes.A }],
    ['U2', { set: 'A' }],
    ['U3', 'life_cycle'],
    ['U3', 'well_to_wheel'],
    ['U4', 'yearly'],
    ['U5', { variant: 'net' }],
    ['U5', { variant: 'net', rate: '0.31' }],
    ['U5', { variant: 'net', rate: '3/2' }],
    ['U5', { variant: 'home', rate: '0' }],
    ['U6', { combine: 'additive', rates: ['2/3', '2/3'] }],
    ['U6', { combine: 'multiplicative' }],
    ['U7', 'survey'],
    ['U8', 'ignored'],
    ['U9', { distance: 'declared', path: 'shortest' }],
    ['U9', { distance: 'routed', path: 'fastest' }],
    ['U10', { min_distance_m: 5000, min_days_per_week: 0 }],
    ['U10', { min_distance_m: 0, min_days_per_week: 1 }],
    ['U11', 'half_days_half'],
    ['U12', { space_energy: 'yearly', employer_energy: 'none' }],
    ['U12', { space_energy: 'none', employer_energy: 'saved' }],
    ['U13', { list_sha256: 'A'.repeat(64), vintage: '2024' }],
    ['U13', { list_sha256: 'a'.repeat(63), vintage: '2024' }],
    ['U13', { list_sha256: 'a'.repeat(64), vintage: '24' }],
    ['U13', { list_sha256: 'a'.repeat(64), vintage: '2024b' }],
    ['U14', 'anct_list'],
    ['U15', { reference: '  ' }],
    ['U15', {}],
    ['U16', { rebates: 'after', at: 'notification' }],
    ['U16', { rebates: 'never', at: 'filing' }],
    ['U17', 'one_in_ten'],
    ['U18', 'nearest'],
    ['U19', 'never'],
    ['U20', { reference: '' }],
    ['U21', { reference: 7 }],
    ['U22', 'none'],
    ['U23', 'both'],
    ['U24', { road_fuel_covered_from: '2028' }],
    ['U24', {}],
  ];
  it.each(beyond)('%s cannot be %j: the refusal names it and says what it can be', (unknown, value) => {
    const read = readCertified(withValue(unknown, value));
    if (read.ok) throw new Error('this value was accepted');
    const { code, field, message } = read.refusal;
    expect([code, field]).toEqual(['method.value_not_honoured', unknown]);
    expect(message.fr.startsWith(`${unknown} (`) && message.en.startsWith(`${unknown} (`)).toBe(true);
    // The boundary is held to the set that was signed; any other value to its list.
    expect(message.en).toContain(
      value === 'life_cycle' ? 'It can apply: "use_phase". Another' : possibleValues(unknown),
    );
  });

  it('says for every unknown what it can be', () => {
    expect(unknowns.filter(({ id }) => possibleValues(id) === '')).toEqual([]);
    expect(possibleValues('U3')).toBe('"use_phase" | "use_and_construction" | "life_cycle"');
    const sets = Object.entries(setHashes).map(([set, sha256]) => `{"set": "${set}", "sha256": "${sha256}"}`);
    expect(possibleValues('U2')).toBe(sets.join(' | '));
    expect(possibleValues('U1')).toBe(methodFingerprint().method_hash);
  });

  it.each(['U4', 'U7', 'U9', 'U10', 'U11', 'U14', 'U15', 'U17', 'U18', 'U20', 'U21', 'U22', 'U23'] as const)(
    '%s is honoured in the very words in which it is said to be possible',
    unknown => {
      const value = JSON.parse(possibleValues(unknown)) as CertifiedEntry['value'];
      expect(codeOf(readCertified(withValue(unknown, value)))).toBe('accepted');
    },
  );

  it.each(unknowns.filter(({ certifying }) => certifying === 'required'))(
    '$id missing: nothing is computed',
    ({ id }) => {
      const read = readCertified(complete.filter(({ unknown }) => unknown !== id));
      expect(read).toMatchObject({ ok: false, refusal: { code: 'method.profile_incomplete' } });
      expect(read.ok ? '' : read.refusal.message.en).toContain(`Missing: ${id} (`);
    },
  );

  const third = complete[3]!;
  it.each([
    ['value_entered_twice', [...complete, third], third.unknown],
    ['unknown_unknown', complete.with(3, { ...third, unknown: 'U25' }), '[3].unknown'],
    ['value_unsigned', complete.with(3, { ...third, source: '  ' }), '[3].source'],
    ['value_unsigned', complete.with(3, { ...third, vouched_by: '' }), '[3].vouched_by'],
    ['not_a_day', complete.with(3, { ...third, entered_on: '2026-02-30' }), '[3].entered_on'],
  ] as const)('is refused as %s where the entry says so', (code, entries, field) => {
    expect(readCertified(entries)).toMatchObject({ ok: false, refusal: { code: `method.${code}`, field } });
  });

  it('none at all: each missing one is named', () => {
    const read = readCertified([]);
    expect(read.ok ? [] : [...read.refusal.message.fr.matchAll(/U\d+/g)]).toHaveLength(22);
  });

  it('is pinned with its source and who vouches for it, in whatever order the values come', () => {
    const hash = (entries: readonly CertifiedEntry[]) => {
      const read = readCertified(entries);
      return read.ok ? read.value.sha256 : read.refusal.code;
    };
    const first = hash(complete);
    expect(hash([...complete].reverse())).toBe(first);
    expect(hash(complete.map((entry, i) => (i === 3 ? { ...entry, vouched_by: 'someone else' } : entry)))).not.toBe(
      first,
    );
    expect(hash(withValue('U19', 'yearly'))).not.toBe(first);
  });

  it.each([
    ['null', null],
    ['a text', 'U1'],
    ['an entry that is none', [7]],
    ['a field too many', [{ ...complete[0], note: 'x' }]],
  ])('is refused, not thrown at, when it comes as %s', (_what, entries) => {
    expect(readCertified(entries as unknown as readonly CertifiedEntry[]).ok).toBe(false);
  });
});

describe('computing under signed values', () => {
  const terms = () => certifyingTerms(certified());

  it('gives the same day as the demonstration does, the values being the same', () => {
    const quantifier = dayQuantifier(terms());
    const { count: _, ...day } = days[0]!;
    expect(quantifier.ok && quantifier.value(day)).toMatchObject({
      ok: true,
      value: { net_mg: { numerator: 9_321_900n } },
    });
  });

  it('bears no watermark, in the result and in its explanation', () => {
    const result = explain({ ...terms(), id: 'x', days });
    if (!result.ok) throw new Error(result.refusal.code);
    expect(result.value).toMatchObject({ issuable: true, watermark: null, certified_sha256: certified().sha256 });
    expect(result.value.explanation.totals.map(({ key }) => key)).toEqual(['total.net', 'total.credits']);
  });

  it('tells which metres a road-only baseline leaves out', () => {
    const read = readCertified(withValue('U8', 'road_only'));
    if (!read.ok) throw new Error(read.refusal.code);
    const rail = {
      ...days[0]!,
      reference: [
        { metres: 6_000, factor: 'car' },
        { metres: 34_000, factor: 'ter' },
      ],
    };
    const result = explain({ ...certifyingTerms(read.value), id: 'x', days: [rail] });
    const lines = result.ok ? result.value.explanation.days[0]!.lines : [];
    expect(lines.map(({ key }) => key)).not.toContain('watermark');
    expect(lines.filter(({ key }) => key === 'day.reference.leg')).toHaveLength(1);
    expect(lines.at(-1)).toMatchObject({ key: 'day.left_out', values: { unallocated_m: '34000' } });
    expect(lines.at(-1)!.text).toEqual({
      fr: '34\u202f000 m de la journée de référence ne se font pas par la route : ils restent non affectés',
      en: '34,000 m of the reference day are not by road: they stay unallocated',
    });
  });

  it('names the set and the version that were signed', () => {
    const read = readCertified([
      ...complete.filter(({ unknown }) => unknown !== 'U2' && unknown !== 'U3'),
      { ...complete[0]!, unknown: 'U2', value: { set: 'B', sha256: setHashes.B } },
      { ...complete[0]!, unknown: 'U3', value: 'use_and_construction' },
    ]);
    expect(read.ok && methodFingerprint(read.value)).toEqual({
      ...methodFingerprint(),
      factor_set: 'B',
      factor_set_hash: setHashes.B,
    });
  });

  it('names the mode that the signed set lacks', () => {
    const read = readCertified([
      ...complete.filter(({ unknown }) => unknown !== 'U2' && unknown !== 'U3'),
      { ...complete[0]!, unknown: 'U2', value: { set: 'D', sha256: setHashes.D } },
      { ...complete[0]!, unknown: 'U3', value: 'life_cycle' },
    ]);
    if (!read.ok) throw new Error(read.refusal.code);
    const walked = [{ ...days[0]!, actual: [{ metres: 900, factor: 'walk' }] }];
    const result = quantify({ ...certifyingTerms(read.value), id: 'x', days: walked });
    expect(result.ok ? '' : result.refusal.message.en).toContain('Set D has no factor for walking (walk), in');
  });

  it('carries the day on which factors are judged', () => {
    const asked = certifyingTerms(certified(), '2031-01-01');
    expect(codeOf(quantify({ ...asked, id: 'x', days }))).toBe('method.factor_expired');
    expect('on' in terms()).toBe(false);
  });

  it.each([
    ['rebound', 'U5', { rebound: { variant: 'none' } }],
    ['rebound', 'U5', { rebound: { variant: 'reference', rate: '31/100' } }],
    ['rebates', 'U6', { rebates: { combine: 'multiplicative', rates: ['1/10'] } }],
    ['rebates', 'U6', { rebates: { combine: 'additive', rates: ['1/20', '1/10'] } }],
  ] as const)('keeps to the %s that was signed for %s, not %j', (field, unknown, change) => {
    const read = readCertified(withValue('U6', { combine: 'additive', rates: ['1/10', '1/20'] }));
    if (!read.ok) throw new Error(read.refusal.code);
    const result = quantify({ ...certifyingTerms(read.value), id: 'x', days, ...change });
    expect(result).toMatchObject({ ok: false, refusal: { code: 'method.not_as_certified', field } });
    expect(result.ok ? '' : result.refusal.message.en).toContain(`signed for ${unknown}`);
    const same = { rebates: { combine: 'additive', rates: ['1/10', '1/20'] } } as const;
    expect(codeOf(quantify({ ...certifyingTerms(read.value), id: 'x', days, ...same }))).toBe('accepted');
  });

  it('takes an energy of the space that is written down as nothing', () => {
    expect(codeOf(quantify({ ...terms(), id: 'x', days: [{ ...days[0]!, space_energy_mg: '0' }] }))).toBe('accepted');
  });

  it('is told apart in an inventory by the absence of a watermark', () => {
    const { count, ...day } = days[0]!;
    const period = { employer: 'e', from: '2026-01-01', until: '2026-02-01', groups: [{ day, count }] } as const;
    expect(inventoryOf({ ...period, terms: terms() })).toMatchObject({ ok: true, value: { watermark: null } });
  });

  it('leaves out what is not motor on the road, and nothing by default', () => {
    const read = readCertified(withValue('U8', 'road_only'));
    if (!read.ok) throw new Error(read.refusal.code);
    const rail = ['ter', 'intercites', 'tgv', 'metro', 'tram', 'rer', 'e_bike', 'bicycle', 'walk'];
    expect([leftOut(read.value), leftOut(certified()), leftOut(null)]).toEqual([rail, [], []]);
  });

  it('is asked for by name: signed values have no place in the demonstration', () => {
    const asked = quantify({ ...terms(), profile: 'demo', id: 'x', days });
    expect(asked).toMatchObject({ ok: false, refusal: { code: 'method.unknown_field', field: 'certified' } });
    expect(codeOf(dayQuantifier({ ...terms(), profile: 'demo' }))).toBe('method.unknown_field');
  });

  it.each([
    ['a copy', () => ({ ...certified() })],
    ['a copy with one value changed', () => ({ ...certified(), rebates: { combine: 'additive', rates: [] } })],
    ['the entries themselves', () => complete],
    ['true', () => true],
    ['null', () => null],
  ])('I-27: takes nothing that readCertified did not make: %s', (_what, made) => {
    expect(codeOf(quantify({ ...terms(), certified: made() as never, id: 'x', days }))).toBe('method.unknown_field');
  });

  it('I-27: never happens through the command line', () => {
    const { certified: _, ...asked } = terms();
    const line = (extra: object) =>
      JSON.parse(quantifyLine(JSON.stringify({ ...asked, id: 'x', days, ...extra }))) as unknown;
    expect(line({})).toMatchObject({ id: 'x', refusal: { code: 'profile_incomplete' } });
    expect(line({ certified: complete })).toMatchObject({ id: 'x', refusal: { code: 'unknown_field' } });
  });
});

/** Does `Given` fit where `Asked` is asked? The compiler answers: a wrong word below does not build. */
type Fits<Given, Asked> = Given extends Asked ? 'fits' : 'does not';

describe('I-27, in types', () => {
  it('what asks for an issuable result takes no demonstration, nor one that may be either', () => {
    const asked: [
      Fits<DemoQuantified, CertifiedQuantified>,
      Fits<Quantified, CertifiedQuantified>,
      Fits<CertifiedQuantified, Quantified>,
    ] = ['does not', 'does not', 'fits'];
    const demo = quantify({ id: 'x', method: 'lbc-tiers-lieux', profile: 'demo', rebound: { variant: 'none' }, days });
    expect([asked[0], demo.ok && demo.value.issuable]).toEqual(['does not', false]);
  });
});
