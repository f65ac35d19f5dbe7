import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/time.ts';
import { partsOf } from './lineage.ts';
import { parted, type RangeRow, type RangeState } from './range.ts';
import { standingOf, standingsOf, statusListText } from './status.ts';

const issuedAt = instant('2026-01-01T08:00:00Z');
const fraudAt = instant('2026-03-01T08:00:00Z');
const part = (state: RangeState, month: number) => ({ state, openedAt: instant(`2026-0${month}-15T08:00:00Z`) });
const clean = { issuedAt, flaggedAt: null };
const flagged = { issuedAt, flaggedAt: fraudAt };

const ends: readonly RangeState[] = ['active', 'reserve', 'retired', 'cancelled', 'sent_out'];

/** A batch of forty units after some cuts: each takes units off the open range that it falls on, into some state. */
function divided(cuts: readonly (readonly [number, RangeState])[]): readonly RangeRow[] {
  const series = { scheme: 'lbc', project: '0001', vintage: 2026, batchId: 'b', holderId: 'org_holder01' } as const;
  const whole = { ...series, first: 1n, beyond: 41n, anonymous: false, state: 'active', parentId: null } as const;
  const rows: RangeRow[] = [{ ...whole, rangeId: '0', openedAt: issuedAt, closedAt: null }];
  for (const [n, [at, state]] of cuts.entries()) {
    const open = rows.filter(row => row.closedAt === null);
    const cut = open[at % open.length]!;
    const openedAt = instant(`2026-04-${10 + n}T08:00:00Z`);
    rows[rows.indexOf(cut)] = { ...cut, closedAt: openedAt };
    const count = cut.beyond - cut.first > 1n ? 1n + (BigInt(at) % (cut.beyond - cut.first)) : 1n;
    for (const [k, piece] of parted(cut, count)!.entries()) {
      const own = { rangeId: `${rows.length}`, parentId: cut.rangeId, openedAt, closedAt: null };
      rows.push({ ...cut, ...piece, ...own, state: k === 0 ? state : cut.state });
    }
  }
  return rows;
}

describe('the status of a certificate', () => {
  it.each([
    ['units that nobody used', [part('active', 2)], clean, 'valid 2026-01-01T08:00:00Z'],
    [
      'units in two hands, some in reserve',
      [part('active', 2), part('reserve', 4)],
      clean,
      'valid 2026-01-01T08:00:00Z',
    ],
    ['units used for good', [part('retired', 2), part('retired', 4)], clean, 'retired 2026-04-15T08:00:00Z'],
    ['units struck off', [part('cancelled', 2)], clean, 'revoked 2026-02-15T08:00:00Z'],
    ['units gone to another register', [part('sent_out', 2)], clean, 'amended 2026-02-15T08:00:00Z'],
    ['some used, some not', [part('active', 5), part('retired', 2)], clean, 'amended 2026-02-15T08:00:00Z'],
    ['some struck off, others used', [part('cancelled', 4), part('retired', 2)], clean, 'amended 2026-04-15T08:00:00Z'],
    ['units of a batch with fraud', [part('active', 2)], flagged, 'amended 2026-03-01T08:00:00Z'],
    ['used units of a batch with fraud stay used', [part('retired', 2)], flagged, 'retired 2026-02-15T08:00:00Z'],
  ] as const)('of %s', (_, parts, facts, expected) => {
    const { status, since } = standingOf(parts, facts);
    expect(`${status} ${since}`).toBe(expected);
  });

  it('of a whole is that of its open parts, however it was divided', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(20), fc.constantFrom(...ends)), { maxLength: 12 }),
        fc.boolean(),
        (cuts, fraud) => {
          const facts = fraud ? flagged : clean;
          const rows = divided(cuts);
          const standings = new Map(standingsOf(rows, () => facts).map(({ range, ...one }) => [range.rangeId, one]));
          expect(standings.size).toBe(rows.length);
          for (const row of rows) {
            expect(standings.get(row.rangeId)).toEqual(standingOf(partsOf(rows, row), facts));
          }
        },
      ),
    );
  });

  it('is none where nothing was issued', () => {
    expect(standingsOf([], () => clean)).toEqual([]);
  });

  it('is listed once, in the order of letters, under a name and a moment', () => {
    const range = (first: bigint) => ({ scheme: 'lbc', project: '0001', vintage: 2026, first, beyond: 51n }) as const;
    const lines = [26n, 1n, 26n].map(first => ({ range: range(first), status: 'valid', since: issuedAt }) as const);
    expect(statusListText(fraudAt, lines)).toBe(
      `parvis-unit-statuses/1
2026-03-01T08:00:00Z
PV-LBC-0001-2026-000001-000050 valid 2026-01-01T08:00:00Z
PV-LBC-0001-2026-000026-000050 valid 2026-01-01T08:00:00Z
`,
    );
  });
});
