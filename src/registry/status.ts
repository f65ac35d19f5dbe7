import { groupBy } from '../kernel/group.ts';
import { type Instant, instantText, isBefore } from '../kernel/time.ts';
import type { RangeRow } from './range.ts';
import { type SerialRange, serialText } from './serial.ts';

/** What a certificate is worth now. `amended`: read its page, it no longer says all that was printed. */
export type CertificateStatus = 'valid' | 'amended' | 'revoked' | 'retired';

export interface Standing {
  readonly status: CertificateStatus;
  /** Since when it is so. */
  readonly since: Instant;
}

/** What a batch went through, that its units bear. */
export interface BatchFacts {
  readonly issuedAt: Instant;
  /** When units of the batch first had to be replaced; null when none had. */
  readonly flaggedAt: Instant | null;
}

type Present = Pick<RangeRow, 'state' | 'openedAt'>;

function standingOfOpen({ state, openedAt }: Present, { issuedAt, flaggedAt }: BatchFacts): Standing {
  if (state === 'retired') return { status: 'retired', since: openedAt };
  if (state === 'cancelled') return { status: 'revoked', since: openedAt };
  if (state === 'sent_out') return { status: 'amended', since: openedAt };
  return flaggedAt ? { status: 'amended', since: flaggedAt } : { status: 'valid', since: issuedAt };
}

/** Two parts as one: what they share, else amended, since the last change; nothing changed before the issue. */
const together = (a: Standing, b: Standing): Standing => ({
  status: a.status === b.status ? a.status : 'amended',
  since: isBefore(a.since, b.since) ? b.since : a.since,
});

/** The status of a whole from its open parts, in one batch. A transfer changes nothing. */
export const standingOf = (parts: readonly Present[], facts: BatchFacts): Standing =>
  parts.map(part => standingOfOpen(part, facts)).reduce(together);

/**
 * The status of each range that is or was, a closed one standing as its parts do. Goes down from what batches issued, then
 * up again, so that each range is looked at once.
 */
export function standingsOf(
  rows: readonly RangeRow[],
  factsOf: (root: RangeRow) => BatchFacts,
): readonly (Standing & { readonly range: RangeRow })[] {
  const partsById = groupBy(rows, row => row.parentId);
  const down = (partsById.get(null) ?? []).map(range => ({ range, facts: factsOf(range) }));
  for (const { range, facts } of down) {
    for (const part of partsById.get(range.rangeId) ?? []) down.push({ range: part, facts });
  }
  const standings = new Map<string, Standing>();
  for (const { range, facts } of down.reverse()) {
    const parts = (partsById.get(range.rangeId) ?? []).map(part => standings.get(part.rangeId)!);
    standings.set(range.rangeId, parts.length > 0 ? parts.reduce(together) : standingOfOpen(range, facts));
  }
  return down.map(({ range }) => ({ range, ...standings.get(range.rangeId)! }));
}

/**
 * The list that is signed as a note: its name, its moment, then a line for each serial, once, in the order of their letters:
 * `PV-LBC-0001-2026-000001-000025 valid 2026-11-24T08:30:00Z`.
 */
export const statusListText = (at: Instant, lines: readonly (Standing & { readonly range: SerialRange })[]): string =>
  [
    'parvis-unit-statuses/1',
    instantText(at),
    ...[...new Set(lines.map(one => `${serialText(one.range)} ${one.status} ${instantText(one.since)}`))].sort(),
    '',
  ].join('\n');
