import { type Instant, instantText, isBefore } from '../kernel/time.ts';
import type { Holding } from './range.ts';
import { type SerialRange, serialText } from './serial.ts';

/** What a certificate is worth now. `amended`: read its page, it no longer says all that was printed. */
export type CertificateStatus = 'valid' | 'amended' | 'revoked' | 'retired';

export interface Standing {
  readonly status: CertificateStatus;
  /** Since when it is so. */
  readonly since: Instant;
}

/** A part of a serial range as it is now, and what its batch went through. */
export interface Part {
  readonly range: Pick<Holding, 'state' | 'openedAt'>;
  readonly issuedAt: Instant;
  /** When units of its batch first had to be replaced; null when none had. */
  readonly flaggedAt: Instant | null;
}

const latest = (moments: readonly Instant[]): Instant => moments.reduce((a, b) => (isBefore(a, b) ? b : a));

function standingOfPart({ range, issuedAt, flaggedAt }: Part): Standing {
  if (range.state === 'retired') return { status: 'retired', since: range.openedAt };
  if (range.state === 'cancelled') return { status: 'revoked', since: range.openedAt };
  if (range.state === 'sent_out') return { status: 'amended', since: range.openedAt };
  return flaggedAt ? { status: 'amended', since: flaggedAt } : { status: 'valid', since: issuedAt };
}

/** One status when all parts share it; else amended, since the last change. A transfer changes nothing. */
export function standingOf(parts: readonly Part[]): Standing {
  const standings = parts.map(standingOfPart);
  const [first] = standings as [Standing];
  const changed = standings.filter(one => one.status !== 'valid');
  const since = latest((changed.length > 0 ? changed : standings).map(one => one.since));
  return { status: standings.every(one => one.status === first.status) ? first.status : 'amended', since };
}

/**
 * The list that is signed as a note: its name, its moment, then a line for each serial in the order of their letters:
 * `PV-LBC-0001-2026-000001-000025 valid 2026-11-24T08:30:00Z`.
 */
export const statusListText = (at: Instant, lines: readonly (Standing & { readonly range: SerialRange })[]): string =>
  [
    'parvis-unit-statuses/1',
    instantText(at),
    ...lines.map(({ range, status, since }) => `${serialText(range)} ${status} ${instantText(since)}`).sort(),
    '',
  ].join('\n');
