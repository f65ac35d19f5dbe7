import { type Canonical, canonical, sha256 } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import type { Day, Instant } from '../kernel/time.ts';
import type { Attestation, AttestationId } from './attestation.ts';
import { personCommit } from './codes.ts';
import type { Shown } from './evidence.ts';
import { axesOf, finalityAt, type Verdict } from './finality.ts';
import { rules } from './fraud-rules.ts';

export interface PersonLink {
  readonly personId: Id<'per'>;
  readonly pseudonym: string;
  readonly personKey: Uint8Array;
}

/** One of the two halves of a person-day, and the attestation that holds it. */
export interface HalfHeld {
  readonly pseudonym: string;
  readonly day: Day;
  readonly half: 1 | 2;
  readonly attestationId: AttestationId;
}

/** An attestation as kept, with what was said of it since. */
export interface Recorded extends Omit<Attestation, 'axes' | 'contested' | 'finality'> {
  readonly reversed: boolean;
  readonly lastContest: 'opened' | 'withdrawn' | 'upheld' | 'dismissed' | null;
  readonly verdicts: readonly Verdict[];
}

/** Where an attestation stands at a moment. */
export const standingOf =
  (now: Instant) =>
  (one: Recorded): Attestation => {
    const { reversed, lastContest, verdicts, ...kept } = one;
    const axes = axesOf(verdicts, rules);
    const contested = lastContest === 'opened';
    return { ...kept, axes, contested, finality: finalityAt({ ...kept, reversed, contested, axes }, now) };
  };

export type ReversalReason = 'more_evidence' | 'less_evidence' | 'contest_upheld' | 'operator';

/** A row on its way to the ledger. */
export interface NewAttestation extends Omit<Attestation, 'axes' | 'contested' | 'finality' | 'recordedAt'> {
  readonly reverses: AttestationId | null;
  readonly reason: ReversalReason | null;
}

const sameProof = (shown: Shown, kept: Recorded): boolean =>
  shown.spaceId === kept.spaceId &&
  shown.halves === kept.halves &&
  shown.evidenceClass === kept.evidenceClass &&
  shown.bookingSha256 === kept.bookingSha256 &&
  canonical([...shown.evidenceSha256]) === canonical([...kept.evidenceSha256].toSorted());

export interface Plan {
  /** What the events show and the ledger does not hold yet. */
  readonly add: readonly (Shown & { readonly pseudonym: string })[];
  /** What the ledger holds and the events no longer show. */
  readonly reverse: readonly (Recorded & { readonly why: ReversalReason })[];
}

/**
 * What must change for the ledger to say what a day's events show. People without an event left are not looked at:
 * events are destroyed after three months, and what they proved stays.
 */
export function planFor(shown: readonly Shown[], seen: readonly PersonLink[], standing: readonly Recorded[]): Plan {
  const pseudonymOf = new Map(seen.map(link => [link.personId as string, link.pseudonym]));
  const named = shown.flatMap(one => {
    const pseudonym = pseudonymOf.get(one.personId);
    return pseudonym === undefined ? [] : [{ ...one, pseudonym }];
  });
  const own = standing.filter(kept => !kept.reversed && seen.some(link => link.pseudonym === kept.pseudonym));
  const keptFor = (one: { pseudonym: string } & Shown) =>
    own.find(kept => kept.pseudonym === one.pseudonym && sameProof(one, kept));
  const kept = new Set(named.map(keptFor).filter(k => k !== undefined));
  return {
    add: named.filter(one => keptFor(one) === undefined),
    reverse: own
      .filter(one => !kept.has(one))
      .map(one => {
        const still = named.some(n => n.pseudonym === one.pseudonym && n.spaceId === one.spaceId);
        return { ...one, why: still ? ('more_evidence' as const) : ('less_evidence' as const) };
      }),
  };
}

/** Which halves each addition asks for: the free ones of its person-day, in order. */
export function halvesWanted(
  additions: readonly (Omit<HalfHeld, 'half'> & { readonly halves: 1 | 2 })[],
  held: readonly HalfHeld[],
): readonly HalfHeld[] {
  const taken = new Set(held.map(h => `${h.pseudonym} ${h.day} ${h.half}`));
  return additions.flatMap(({ pseudonym, day, halves, attestationId }) => {
    const free = ([1, 2] as const).filter(half => !taken.has(`${pseudonym} ${day} ${half}`)).slice(0, halves);
    for (const half of free) taken.add(`${pseudonym} ${day} ${half}`);
    return free.map(half => ({ pseudonym, day, half, attestationId }));
  });
}

/** What a log leaf commits to: the attestation without the person, in one canonical text. */
export const payloadOf = (
  a: Omit<NewAttestation, 'personCommit' | 'payloadCommit' | 'pseudonym' | 'reason'>,
): Canonical => ({
  id: a.attestationId,
  space: a.spaceId,
  commune: a.communeCode,
  day: a.day,
  halves: a.halves,
  class: a.evidenceClass,
  evidence: [...a.evidenceSha256],
  booking: a.bookingSha256,
  reverses: a.reverses,
});

/** SHA-256(salt ‖ payload). */
export const payloadCommit = (salt: Uint8Array, payload: Canonical): string =>
  sha256(Buffer.concat([salt, Buffer.from(canonical(payload))]));

export interface Committed {
  readonly shown: Shown & { readonly pseudonym: string };
  readonly attestationId: AttestationId;
  readonly halves: 1 | 2;
  readonly communeCode: string;
  readonly personKey: Uint8Array;
  readonly salt: Uint8Array;
}

/** The row of what was shown, with the halves that it obtained. */
export function attestationOf(one: Committed): NewAttestation {
  const { attestationId, halves, communeCode } = one;
  const { pseudonym, spaceId, day, evidenceClass, evidenceSha256, bookingSha256 } = one.shown;
  const plain = { attestationId, spaceId, communeCode, day, halves, evidenceClass, evidenceSha256, bookingSha256 };
  const row = { ...plain, reverses: null, reason: null };
  return {
    ...row,
    pseudonym,
    personCommit: personCommit(one.personKey, yearOf(day)),
    payloadCommit: payloadCommit(one.salt, payloadOf(row)),
  };
}

const yearOf = (day: Day): string => day.slice(0, 4);

/** The row that takes another back: it says the same, and that it no longer holds. */
export function reversalOf(
  kept: Recorded,
  by: { readonly attestationId: AttestationId; readonly reason: ReversalReason; readonly salt: Uint8Array },
): NewAttestation {
  const { reversed: _r, lastContest: _c, verdicts: _v, recordedAt: _t, ...same } = kept;
  const row = { ...same, attestationId: by.attestationId, reverses: kept.attestationId, reason: by.reason };
  return { ...row, payloadCommit: payloadCommit(by.salt, payloadOf(row)) };
}
