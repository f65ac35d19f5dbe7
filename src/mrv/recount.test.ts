import { describe, expect, it } from 'vitest';
import type { Canonical } from '../kernel/canonical.ts';
import signed from '../method/lbc-tiers-lieux/signed-example.json' with { type: 'json' };
import { dayQuantifier } from '../method/method.ts';
import type { CertifiedRow } from '../schemes/schemes.ts';
import { counter, reallocated, reversalOf } from './account.ts';
import { sealer } from './entries.ts';
import { recount } from './recount.ts';
import { erasedRow, rowOf, sampleCounted, sampleLines, sampleMonth, samplePresence } from './sample.ts';
import type { LineRow } from './sealed-line.ts';
import { type Basis, basisOf } from './terms.ts';

const on = '2026-11-25';
const basisWith = (rebound: Canonical | null): Basis => {
  const rows = signed.map(({ unknown, value, source, vouched_by, entered_on }) => ({
    unknownId: unknown as CertifiedRow['unknownId'],
    value: unknown === 'U5' && rebound !== null ? rebound : (value as Canonical),
    ...{ source, vouchedBy: vouched_by, enteredOn: entered_on as CertifiedRow['enteredOn'] },
  }));
  const basis = basisOf(rebound === null ? 'demo' : 'certifying', rows, on);
  if (!basis.ok) throw new Error(basis.refusal.code);
  return basis.value;
};
const seal = sealer(Buffer.alloc(32, 3));

/** A month sealed, as it is read back; with a credited line, and one whose metres are unallocated. */
const month = () => {
  const lines = sampleLines(sampleMonth, 100);
  const rows = lines.map(rowOf);
  const credited = rows.find(({ reason }) => reason === 'credited')!;
  const unallocated = rows.find(({ unallocated_m }) => unallocated_m > 0n)!;
  return { lines, rows, credited, unallocated };
};

const counted = (some: readonly LineRow[], method: Canonical = basisWith(null).method) => {
  const outcome = recount(some, method, on);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};
const differing = (...told: Parameters<typeof counted>) => counted(...told).differing;

describe('lines counted again from the legs that they keep', () => {
  it('come out as they were sealed', () => {
    const { rows } = month();
    expect(counted(rows)).toEqual({ recounted: rows.length, erased: 0, differing: [] });
  });

  it.each([
    ['gross_mg', { gross_mg: '1' }],
    ['net_mg', { net_mg: '1' }],
    ['avoided_m', { avoided_m: 1n }],
    ['unallocated_m', { unallocated_m: 1n }],
  ])('show the place of a line whose %s changed', (_, over) => {
    const { rows, credited } = month();
    const changed = rows.map(row => (row === credited ? { ...row, ...over } : row));
    expect(differing(changed)).toEqual([credited.seq]);
  });

  it('show metres that a line of no scheme hides', () => {
    const { rows, unallocated } = month();
    expect(differing(rows.map(row => (row === unallocated ? { ...row, unallocated_m: 0n } : row)))).toEqual([
      unallocated.seq,
    ]);
  });

  it('cannot be counted once their person was erased, whatever they say', () => {
    const { rows, credited } = month();
    const erased = erasedRow({ ...credited, gross_mg: '1' });
    expect(counted(rows.map(row => (row === credited ? erased : row)))).toEqual({
      ...{ recounted: rows.length - 1, erased: 1, differing: [] },
    });
  });

  it('and that take another back come out with the other sign', () => {
    const { lines, rows } = month();
    const back = seal(
      lines.map(line => reversalOf(line, 'reversed')),
      200,
    ).map(rowOf);
    expect(differing([...rows, ...back])).toEqual([]);
    const upright = back.map((row, i) => ({ ...row, unallocated_m: rows[i]!.unallocated_m, net_mg: rows[i]!.net_mg }));
    const changed = rows.flatMap(({ unallocated_m, net_mg }, i) =>
      unallocated_m !== 0n || net_mg !== '0' ? [upright[i]!.seq] : [],
    );
    expect(differing(upright)).toEqual(changed);
  });

  it('of one trip, credited here and in no scheme there, each come out their own way', () => {
    const [line] = sampleLines([samplePresence(1)], 0);
    const moved = rowOf(seal([reallocated(line!, { scheme: 'none', claimant: '' })], 1)[0]!);
    expect(differing([rowOf(line!), moved])).toEqual([]);
    expect(differing([moved, rowOf(line!)])).toEqual([]);
  });
});

describe('lines counted under another method than that of their batch', () => {
  const under = ({ terms }: Basis): LineRow => {
    const quantify = dayQuantifier(terms);
    if (!quantify.ok) throw new Error(quantify.refusal.code);
    const allocate = () => ({ scheme: 'lbc', claimant: 'prj_1' }) as const;
    const day = counter({ allocate, quantify: quantify.value })([samplePresence(1)], new Set());
    if (!day.ok) throw new Error(day.refusal.code);
    return rowOf(seal(day.value, 0)[0]!);
  };
  /** One presence counted under two methods, and a dossier that tells both. */
  const both = () => {
    const present = basisWith({ variant: 'none' });
    const before = basisWith({ variant: 'net', rate: '1/2' });
    const method = { ...present.method, earlier: [{ key: 'before', method: before.method, factors: {} }] };
    return { method, before, late: under(present), early: under(before) };
  };

  it('come out under the one that they name', () => {
    const { method, late, early } = both();
    expect(late.net_mg).not.toBe(early.net_mg);
    expect(differing([late, { ...early, seq: 1, under: 'before' }], method)).toEqual([]);
    expect(differing([{ ...early, seq: 1, under: 'before' }, late], method)).toEqual([]);
    const swapped = [
      { ...late, under: 'before' },
      { ...early, seq: 1 },
    ];
    expect(differing(swapped, method)).toEqual([0, 1]);
  });

  it('are not counted when a method told lacks a value', () => {
    const { method, before } = both();
    const lacking = { ...before.method, certified: [] };
    const code = (told: Canonical) => {
      const outcome = recount([], told, on);
      return outcome.ok ? null : outcome.refusal.code;
    };
    expect(code(method)).toBeNull();
    expect(code({ ...lacking, earlier: [] })).toBe('method.profile_incomplete');
    expect(code({ ...method, earlier: [{ key: 'before', method: lacking, factors: {} }] })).toBe(
      'method.profile_incomplete',
    );
  });

  it('are not counted with a leg that the method does not know', () => {
    const [presence] = sampleCounted([samplePresence(1)]);
    const trip = {
      ...presence!.account.trip!,
      reference: [{ ...presence!.account.trip!.reference[0]!, factor: 'rocket' }],
    };
    const row = rowOf(seal([{ ...presence!, account: { ...presence!.account, trip } }], 0)[0]!);
    expect(recount([row], basisWith(null).method, on)).toMatchObject({ ok: false });
  });
});
