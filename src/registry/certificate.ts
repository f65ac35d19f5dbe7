import { type Instant, isBefore } from '../kernel/time.ts';
import type { Ending } from './ending.ts';
import type { Holding, RangeState } from './range.ts';
import type { SerialRange } from './serial.ts';
import { type Standing, standingOf } from './status.ts';

/** What a batch owed after fraud, and what of it was made good. Whoever holds its units is told. */
export interface Flag {
  readonly since: Instant;
  readonly owed: bigint;
  readonly met: bigint;
}

interface Owed {
  readonly batchId: string;
  readonly since: Instant;
  readonly quantity: bigint;
  readonly met: bigint;
}

/** All duties of a batch as one; null when it has none. */
export function flagOf(batchId: string, duties: readonly Owed[]): Flag | null {
  const own = duties.filter(duty => duty.batchId === batchId);
  return own.reduce<Flag | null>((flag, { since, quantity, met }) => {
    if (flag === null) return { since, owed: quantity, met };
    return { since: isBefore(since, flag.since) ? since : flag.since, owed: flag.owed + quantity, met: flag.met + met };
  }, null);
}

/** How units ended, as the public may read it. */
export type PublicEnd = Pick<
  Ending,
  'beneficiary' | 'purpose' | 'year' | 'mention' | 'reason' | 'register' | 'reference'
>;

/** Units that share one present; `serial` says which. */
export interface CertificatePart {
  readonly range: SerialRange;
  readonly state: RangeState;
  readonly since: Instant;
  /** Who has them, or had them last; null when the name is not public. */
  readonly holder: string | null;
  readonly end: PublicEnd | null;
}

/** A run of units as anyone may read it: no price, no contract, and no one who asked not to be named. */
export interface Certificate extends Standing {
  readonly range: SerialRange;
  readonly issuedAt: Instant;
  readonly batchId: string;
  /** The State's own numbers, beside which ours stands; none while none is entered. */
  readonly references: readonly string[];
  readonly flag: Flag | null;
  readonly parts: readonly CertificatePart[];
}

export interface CertificateFacts extends Pick<Certificate, 'range' | 'issuedAt' | 'batchId' | 'references' | 'flag'> {
  /** The open ranges that hold its units now, by number. */
  readonly open: readonly Holding[];
  readonly endings: readonly (Ending & { readonly rangeId: string })[];
  readonly nameOf: (holderId: string) => string;
}

const publicEnd = (end: Ending, anonymous: boolean): PublicEnd => {
  const { purpose, year, reason, register, reference } = end;
  const named = anonymous
    ? { beneficiary: null, mention: null }
    : { beneficiary: end.beneficiary, mention: end.mention };
  return { ...named, purpose, year, reason, register, reference };
};

export function certificateOf({ open, endings, nameOf, ...facts }: CertificateFacts): Certificate {
  const { issuedAt, flag } = facts;
  const standing = standingOf(open, { issuedAt, flaggedAt: flag?.since ?? null });
  const parts = open.map((one): CertificatePart => {
    const end = endings.find(({ rangeId }) => rangeId === one.rangeId);
    const { scheme, project, vintage, first, beyond } = one;
    return {
      range: { scheme, project, vintage, first, beyond },
      state: one.state,
      since: one.openedAt,
      holder: one.anonymous ? null : nameOf(one.holderId),
      end: end ? publicEnd(end, one.anonymous) : null,
    };
  });
  return { ...facts, ...standing, parts };
}
