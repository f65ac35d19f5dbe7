import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/time.ts';
import type { RangeState } from './range.ts';
import { type Part, standingOf, statusListText } from './status.ts';

const issuedAt = instant('2026-01-01T08:00:00Z');
const fraudAt = instant('2026-03-01T08:00:00Z');
const part = (state: RangeState, month: number, flagged = false): Part => ({
  range: { state, openedAt: instant(`2026-0${month}-15T08:00:00Z`) },
  issuedAt,
  flaggedAt: flagged ? fraudAt : null,
});

describe('the status of a certificate', () => {
  it.each<[string, Part[], string]>([
    ['units that nobody used', [part('active', 2)], 'valid 2026-01-01T08:00:00Z'],
    ['units in two hands, some in reserve', [part('active', 2), part('reserve', 4)], 'valid 2026-01-01T08:00:00Z'],
    ['units used for good', [part('retired', 2), part('retired', 4)], 'retired 2026-04-15T08:00:00Z'],
    ['units struck off', [part('cancelled', 2)], 'revoked 2026-02-15T08:00:00Z'],
    ['units gone to another register', [part('sent_out', 2)], 'amended 2026-02-15T08:00:00Z'],
    ['some used, some not', [part('active', 5), part('retired', 2)], 'amended 2026-02-15T08:00:00Z'],
    ['some struck off, others used', [part('cancelled', 4), part('retired', 2)], 'amended 2026-04-15T08:00:00Z'],
    ['units of a batch with fraud', [part('active', 2, true)], 'amended 2026-03-01T08:00:00Z'],
    ['used units of a batch with fraud stay used', [part('retired', 2, true)], 'retired 2026-02-15T08:00:00Z'],
  ])('of %s', (_, parts, expected) => {
    const { status, since } = standingOf(parts);
    expect(`${status} ${since}`).toBe(expected);
  });

  it('is listed in the order of letters, under a name and a moment', () => {
    const range = (first: bigint) => ({ scheme: 'lbc', project: '0001', vintage: 2026, first, beyond: 51n }) as const;
    const lines = [26n, 1n].map(first => ({ range: range(first), status: 'valid', since: issuedAt }) as const);
    expect(statusListText(fraudAt, lines)).toBe(
      `parvis-unit-statuses/1
2026-03-01T08:00:00Z
PV-LBC-0001-2026-000001-000050 valid 2026-01-01T08:00:00Z
PV-LBC-0001-2026-000026-000050 valid 2026-01-01T08:00:00Z
`,
    );
  });
});
