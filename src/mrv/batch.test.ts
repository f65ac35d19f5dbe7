import { describe, expect, it } from 'vitest';
import { sha256 } from '../kernel/canonical.ts';
import type { Figures } from './account.ts';
import { type Balanced, type BatchHead, batchOf, exact, isConserved, type Tally } from './batch.ts';

const head: BatchHead = {
  ...{ network: 'net_1', month: '2026-10', engine: 'engine/1', closed_at: '2026-11-09T08:00:00Z', waiting: 3 },
  ...{ method_sha256: 'm', factors_sha256: 'f' },
};
const tally = (lines: number, over: Partial<Figures> = {}): Tally => ({
  lines,
  figures: {
    ...{ scheme: 'lbc', claimant: 'prj_1', reason: 'credited', vintage: 2026 },
    ...{ gross_mg: '1/2', net_mg: '1/3', avoided_m: 10n, unallocated_m: 0n },
    ...over,
  },
});
const nothing = { scheme: 'none', claimant: '', gross_mg: '0', net_mg: '0', avoided_m: 0n } as const;
const tallies = [
  tally(3),
  tally(2, { claimant: 'prj_0', net_mg: '-1/6', unallocated_m: 4n }),
  tally(1, { vintage: 2025, avoided_m: -3n }),
  tally(4, { scheme: 'cee', claimant: 'con_1' }),
  tally(5, { scheme: 'other', claimant: 'oth_1', gross_mg: '2', net_mg: '1' }),
  tally(6, { ...nothing, reason: 'no_trip', unallocated_m: 0n }),
  tally(7, { ...nothing, reason: 'blocked', unallocated_m: 11n }),
  tally(1, { reason: 'reversed', gross_mg: '-1/2', net_mg: '-1/3', avoided_m: -10n }),
];

describe('the batch of these lines', () => {
  const batch = () => batchOf(head, tallies, []);

  it('counts each line as many times as it stands there, in whole metres and exact milligrams', () => {
    expect(batch()).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      ...{ network: 'net_1', month: '2026-10', engine: 'engine/1', closed_at: '2026-11-09T08:00:00Z', waiting: 3 },
      lines: 29,
      totals: { credited: 15, avoided_m: '127', unallocated_m: '85', gross_mg: '29/2', net_mg: '7' },
    });
  });

  it('says what each scheme may use, even none of it', () => {
    expect(batch().allocation).toEqual({
      cee: { lines: 4, avoided_m: '40', net_mg: '4/3' },
      lbc: { lines: 7, avoided_m: '37', net_mg: '2/3' },
      other: { lines: 5, avoided_m: '50', net_mg: '5' },
      none: { lines: 13, avoided_m: '0', net_mg: '0' },
    });
    expect(batchOf(head, [], []).allocation.lbc).toEqual({ lines: 0, avoided_m: '0', net_mg: '0' });
  });

  it('says why lines are credited or not, in the order of letters', () => {
    expect(Object.entries(batch().reasons)).toEqual([
      ['blocked', { lines: 7, avoided_m: '0', unallocated_m: '77' }],
      ['credited', { lines: 15, avoided_m: '137', unallocated_m: '8' }],
      ['no_trip', { lines: 6, avoided_m: '0', unallocated_m: '0' }],
      ['reversed', { lines: 1, avoided_m: '-10', unallocated_m: '0' }],
    ]);
  });

  it('says what each claimant may claim of each vintage, and nothing for no scheme', () => {
    expect(batch().claimable).toEqual([
      { scheme: 'cee', claimant: 'con_1', vintage: 2026, lines: 4, avoided_m: '40', net_mg: '4/3', gross_mg: '2' },
      { scheme: 'lbc', claimant: 'prj_0', vintage: 2026, lines: 2, avoided_m: '20', net_mg: '-1/3', gross_mg: '1' },
      { scheme: 'lbc', claimant: 'prj_1', vintage: 2025, lines: 1, avoided_m: '-3', net_mg: '1/3', gross_mg: '1/2' },
      { scheme: 'lbc', claimant: 'prj_1', vintage: 2026, lines: 4, avoided_m: '20', net_mg: '2/3', gross_mg: '1' },
      { scheme: 'other', claimant: 'oth_1', vintage: 2026, lines: 5, avoided_m: '50', net_mg: '5', gross_mg: '10' },
    ]);
  });

  it('does not depend on the order in which lines come', () => {
    const reversed = batchOf(head, tallies.toReversed(), []);
    expect(reversed).toEqual(batch());
    expect(Object.keys(reversed.reasons)).toEqual(Object.keys(batch().reasons));
  });
});

describe('the id of a batch', () => {
  it('is the SHA-256 of the lines and of the sorted leaves that the dossier’s page names', () => {
    const leaves = [0xff, 0x80, 0x00, 0x7f].map((first, i) => Buffer.alloc(32, i).fill(first, 0, 1));
    const lines = ['parvis-batch/2', 'network net_1', 'month 2026-10', 'method m', 'factors f', 'engine engine/1'];
    const top = Buffer.from(lines.map(line => `${line}\n`).join(''));
    const content = Buffer.concat([top, ...leaves.toSorted(Buffer.compare)]);
    expect(batchOf(head, [], leaves).id).toBe(sha256(content));
  });
});

describe('a mass', () => {
  it.each(['1.5', '', '1/0'])('is never read from %j', mass => {
    expect(() => exact(mass)).toThrow(`not an exact mass: ${mass}`);
  });
});

describe('metres are conserved', () => {
  const line = (over: Partial<Balanced> = {}): Balanced => ({
    ...tally(1, { avoided_m: 10n, unallocated_m: 2n }).figures,
    ...{ trip_m: 12n, home: false },
    ...over,
  });

  it.each<[string, Partial<Balanced>]>([
    ['avoided and unallocated metres make the trip', {}],
    ['no scheme may use the day, and all are unallocated', { ...nothing, unallocated_m: 12n }],
    ['a day of home telework avoids none of the way to the office', { home: true, unallocated_m: 0n }],
    ['a day of home telework in no scheme says its metres', { ...nothing, home: true, unallocated_m: 12n }],
  ])('when %s', (_, over) => {
    expect(isConserved([line(over)])).toBe(true);
  });

  it.each<[string, Partial<Balanced>]>([
    ['one is missing', { trip_m: 13n }],
    ['one is missing in no scheme', { ...nothing, unallocated_m: 11n }],
    ['no scheme may use those that are avoided', { ...nothing, avoided_m: 12n, unallocated_m: 0n }],
    ['no scheme may use one that is avoided beside the trip', { ...nothing, avoided_m: 1n, unallocated_m: 12n }],
    ['a day of home telework leaves some unallocated', { home: true }],
    ['a scheme has no claimant', { claimant: '' }],
    ['a claimant has no scheme', { ...nothing, claimant: 'prj_1', unallocated_m: 12n }],
    ['the scheme is unknown', { scheme: 'x' as Balanced['scheme'] }],
  ])('not when %s, in one line among others', (_, over) => {
    expect(isConserved([line(), line(over), line()])).toBe(false);
  });
});
