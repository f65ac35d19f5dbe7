import type { Instant } from '../kernel/time.ts';
import type { EvidenceClass } from './attestation.ts';

/** Who did something to a day: the person, who runs the space, the network, or the published clock by itself. */
export type Hand = 'worker' | 'manager' | 'operator' | 'clock';

/** One thing that happened to a day. */
export interface HistoryEntry {
  readonly at: Instant;
  readonly what:
    | 'attested'
    | 'replaced'
    | 'reversed'
    | 'opened'
    | 'withdrawn'
    | 'upheld'
    | 'dismissed'
    | 'confirmed'
    | 'let_pass'
    | 'block'
    | 'proposed'
    | 'overridden';
  readonly by: Hand;
  readonly reason: string | null;
  /** What the row said, when it is one. */
  readonly halves: 1 | 2 | null;
  readonly evidenceClass: EvidenceClass | null;
}
