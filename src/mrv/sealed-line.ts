import type { Canonical } from '../kernel/canonical.ts';
import type { Day } from '../kernel/time.ts';
import type { Figures, SealedLine } from './account.ts';
import type { CountedTrip } from './line.ts';

/** What a line's leaf commits to; once the person asked to be forgotten, `erased`, and what sums still need. */
export type LineContent =
  | {
      readonly salt: string;
      readonly day: Day;
      readonly site: string;
      readonly personCommit: string;
      readonly halves: 1 | 2;
      readonly evidence: 'A' | 'B' | 'C';
      /** What the payload tells of the trip; null when there was none. */
      readonly trip: { readonly [key: string]: Canonical } | null;
    }
  | { readonly erased: true; readonly day: Day; readonly halves: 1 | 2 };

export interface LineRow extends Figures {
  readonly employerId: string | null;
  readonly under: string | null;
  readonly seq: number;
  readonly lineId: string;
  readonly presenceId: string;
  readonly leaf: string;
  readonly reverses: { readonly seq: number; readonly lineId: string } | null;
  readonly content: LineContent;
}

/** A line read back from the accounts; null once it was erased. */
export const sealedLineOf = (row: LineRow): SealedLine | null => {
  const { content, seq, lineId, presenceId } = row;
  if ('erased' in content) return null;
  const { scheme, claimant, reason, vintage, gross_mg, net_mg, avoided_m, unallocated_m, reverses, employerId, under } =
    row;
  const figures = {
    scheme,
    claimant,
    reason,
    vintage,
    gross_mg,
    net_mg,
    avoided_m,
    unallocated_m,
    reverses,
    employerId,
    under,
  };
  const { day, site, personCommit, halves, evidence, trip } = content;
  const account = { ...figures, halves, evidence, trip: trip as CountedTrip | null };
  return { seq, lineId, presenceId, day, site, personCommit, account };
};
