import { describe, expect, it } from 'vitest';
import type { Canonical } from '../kernel/canonical.ts';
import signed from '../method/lbc-tiers-lieux/signed-example.json' with { type: 'json' };
import { factorSets, methodFingerprint } from '../method/method.ts';
import type { CertifiedRow } from '../schemes/schemes.ts';
import { accountingEngine, type Basis, basisKey, basisOf, basisTold, earlierOf, factorsJson } from './terms.ts';

const on = '2026-11-25';
const rowsWith = (over: Readonly<Record<string, Canonical>> = {}): readonly CertifiedRow[] =>
  signed.map(({ unknown, value, source, vouched_by, entered_on }) => ({
    unknownId: unknown as CertifiedRow['unknownId'],
    value: over[unknown] ?? value,
    source,
    vouchedBy: vouched_by,
    enteredOn: entered_on as CertifiedRow['enteredOn'],
  }));
const certifying = (over: Readonly<Record<string, Canonical>> = {}): Basis => {
  const basis = basisOf('certifying', rowsWith(over), on);
  if (!basis.ok) throw new Error(basis.refusal.code);
  return basis.value;
};
const demo = () => (basisOf('demo', [], on) as { readonly ok: true; readonly value: Basis }).value;

describe('what the days of a network are computed under', () => {
  it('is the defaults in the demo profile, whatever was entered', () => {
    const { method, version, method_hash } = methodFingerprint(null);
    expect(demo()).toEqual({
      terms: { method: 'lbc-tiers-lieux', profile: 'demo', rebound: { variant: 'net', rate: '31/100' }, on },
      certified: null,
      factors: factorSets.A,
      method: {
        ...{ id: method, version, sha256: method_hash, official: false, profile: 'demo' },
        ...{ rebound: { variant: 'net', rate: '31/100' }, left_out: [], certified: null, earlier: [] },
      },
    });
    expect(basisOf('demo', rowsWith(), on)).toEqual({ ok: true, value: demo() });
  });

  it('is what someone vouches for in the certifying profile, told entry by entry', () => {
    const basis = certifying({ U5: { variant: 'reference', rate: '1/4' } });
    expect(basis.terms).toMatchObject({ profile: 'certifying', rebound: { variant: 'reference', rate: '1/4' }, on });
    expect(basis.terms.certified).toBe(basis.certified);
    const entries = basis.method['certified'] as readonly { readonly unknown: string }[];
    expect(entries).toHaveLength(signed.length);
    expect(entries[0]).toEqual(signed.find(({ unknown }) => unknown === entries[0]!.unknown));
    expect(basis.method).toMatchObject({
      ...{ official: true, profile: 'certifying', left_out: [], earlier: [] },
      rebound: { variant: 'reference', rate: '1/4' },
    });
  });

  it('says which factors the baselines leave out', () => {
    const left = certifying({ U8: 'road_only' }).method['left_out'] as readonly string[];
    expect(left.length).toBeGreaterThan(0);
    expect(left).not.toContain('car');
  });

  it.each([
    ['nothing was entered', [], 'method.profile_incomplete'],
    ['one value is missing', rowsWith().slice(1), 'method.profile_incomplete'],
    ['one value cannot be honoured', rowsWith({ U4: 'floating' }), 'method.value_not_honoured'],
  ])('is refused to a certifying network when %s', (_, rows, code) => {
    expect(basisOf('certifying', rows, on)).toMatchObject({ ok: false, refusal: { code } });
  });

  it.each([
    ['demo', demo],
    ['certifying', certifying],
  ])('is read back from a dossier, %s', (_, of) => {
    const basis = of();
    expect(basisTold(basis.method, on)).toEqual({ ok: true, value: basis });
  });

  it('is not read back from a dossier that lacks a value', () => {
    const { method } = certifying();
    const certified = (method['certified'] as readonly Canonical[]).slice(1);
    expect(basisTold({ ...method, certified }, on)).toMatchObject({ ok: false });
  });
});

describe('the files of a dossier', () => {
  it('name the arithmetic, and hold a factor set as it is', () => {
    expect(accountingEngine).toBe('parvis-mrv/2');
    expect(factorsJson(factorSets.A)).toBe(factorSets.A);
  });
});

describe('the key of a basis', () => {
  const method = { id: 'm', rate: '1/2' };

  it('is made of its method and its factors, not of what it keeps of earlier ones', () => {
    const key = basisKey(method, { id: 'A' });
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(basisKey({ ...method, earlier: [{ key: 'k' }] }, { id: 'A' })).toBe(key);
    expect(basisKey({ ...method, rate: '1/3' }, { id: 'A' })).not.toBe(key);
    expect(basisKey(method, { id: 'B' })).not.toBe(key);
  });
});

describe('what lines were counted under', () => {
  const basis = (rate: string) => {
    const [method, factors] = [{ rate }, { id: 'A' }];
    return { key: basisKey(method, factors), method, factors };
  };
  type Named = ReturnType<typeof basis>;
  const three = () => [basis('1/2'), basis('1/3'), basis('1/4')] as const;
  const line = (seq: number, of: Named, under: string | null = null, earlier: readonly Named[] = []) => ({
    ...{ seq, under, factors: of.factors },
    method: { ...of.method, earlier: earlier.map(one => ({ ...one })) },
  });

  it('is not told while it is the present basis', () => {
    const [a, b] = three();
    const { earlier, underOf } = earlierOf([line(1, a), line(2, b, a.key, [a])], a.key);
    expect(earlier).toEqual([]);
    expect([underOf(1), underOf(2)]).toEqual([null, null]);
  });

  it('is the basis of their batch, or the one that it keeps for them; each once, by key', () => {
    const [a, b, c] = three();
    const lines = [
      line(1, a),
      line(2, b),
      line(3, b),
      line(4, c),
      line(5, c, b.key, [a, b]),
      line(6, c, a.key, [a, b]),
    ];
    const { earlier, underOf } = earlierOf(lines, c.key);
    expect(earlier).toEqual([a, b].sort((x, y) => (x.key < y.key ? -1 : 1)));
    expect([1, 2, 3, 4, 5, 6, 7].map(underOf)).toEqual([a.key, b.key, b.key, null, b.key, a.key, null]);
    for (const some of [lines.toReversed(), [line(1, b), line(2, a)], [line(1, a), line(2, b)]]) {
      expect(earlierOf(some, c.key).earlier).toEqual(earlier);
    }
  });

  it('of a batch sealed before earlier ones were kept, is its own', () => {
    const [a, b] = three();
    const { method, factors } = a;
    expect(earlierOf([{ seq: 1, under: null, method, factors }], b.key).earlier).toEqual([a]);
  });
});
