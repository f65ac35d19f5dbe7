import type { Id } from '../kernel/ids.ts';
import type { Day, Instant } from '../kernel/time.ts';

export type AttestationId = Id<'prs'>;

/** A: a declaration. B: one method of proof. C: a cryptographic proof and an independent corroboration. */
export type EvidenceClass = 'A' | 'B' | 'C';

/** The three independent questions asked of every presence. */
export type Axis = 'acquisition' | 'fraud' | 'anomaly';
export type AxisStatus = 'pending' | 'passed' | 'review' | 'blocked';
export type Axes = Readonly<Record<Axis, AxisStatus>>;

/** Where a presence stands on the published clock; `batched` belongs to the room that makes batches. */
export type Finality = 'captured' | 'checking' | 'provisional' | 'blocked' | 'creditable' | 'reversed';

/** One person, one space, one day: what is kept to prove a claim. No hour, no name. */
export interface Attestation {
  readonly attestationId: AttestationId;
  /** Keyed and network-wide: the same person has the same one everywhere, and only `personsOf` leads back. */
  readonly pseudonym: string;
  readonly spaceId: Id<'spc'>;
  /** INSEE code of the space's commune. */
  readonly communeCode: string;
  readonly day: Day;
  /** 1 is half a day, 2 a whole one. */
  readonly halves: 1 | 2;
  readonly evidenceClass: EvidenceClass;
  readonly evidenceSha256: readonly string[];
  /** Hash of the booking that corroborates it, when one does. */
  readonly bookingSha256: string | null;
  /** HMAC-SHA-256(person's key, purpose ‖ year): what a log leaf may hold of a person. */
  readonly personCommit: string;
  /** SHA-256(salt ‖ payload): what a log leaf may hold of this record. */
  readonly payloadCommit: string;
  readonly recordedAt: Instant;
  readonly axes: Axes;
  readonly contested: boolean;
  readonly finality: Finality;
}
