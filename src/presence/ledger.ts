import { type Canonical, canonical, sha256 } from '../kernel/canonical.ts';
import { groupBy } from '../kernel/group.ts';
import type { Id } from '../kernel/ids.ts';
import type { Day, Instant } from '../kernel/time.ts';
import type { Attestation, AttestationId } from './attestation.ts';
import { axesFromBoth, type Letters } from './axes.ts';
import { personCommit } from './codes.ts';
import type { Shown } from './evidence.ts';
import { type Clock, finalityAt } from './finality.ts';

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
export interface Recorded extends Omit<Attestation, 'axes' | 'finality'> {
  readonly reversed: boolean;
  /** Noted by hand only: no code of a kiosk. */
  readonly manual: boolean;
  /** The attestation that this one takes the place of, when a day was corrected by hand. */
  readonly replaces: AttestationId | null;
  /** The decision of two people that raised its class, when one did. */
  readonly upgradedBy: string | null;
  readonly own: Letters;
  readonly trip: Letters;
}

/** Where an attestation stands at a moment. */
export const standingOf =
  (now: Instant, clockOn: (day: Day) => Clock) =>
  (one: Recorded): Attestation => {
    const { reversed, own, trip, manual: _m, replaces: _r, upgradedBy: _u, ...kept } = one;
    const axes = axesFromBoth(own, trip);
    const age_s = Math.floor((now.epochMilliseconds - kept.recordedAt.epochMilliseconds) / 1_000);
    return { ...kept, axes, finality: finalityAt({ ...kept, age_s, reversed, axes }, clockOn(kept.day)) };
  };

/** Why a row takes another back: new evidence, a contest, someone's correction, or a class raised by two people. */
export type ReversalReason =
  | 'more_evidence'
  | 'less_evidence'
  | 'contest_upheld'
  | 'operator'
  | 'not_there'
  | 'other_space'
  | 'half_only'
  | 'other'
  | 'upgraded';

/** Who changed a day by hand. */
export interface Author {
  readonly id: Id<'per'>;
  readonly role: 'manager' | 'operator';
}

/** A row on its way to the ledger. */
export interface NewAttestation extends Omit<Attestation, 'axes' | 'contested' | 'finality' | 'recordedAt'> {
  readonly manual: boolean;
  readonly reverses: AttestationId | null;
  readonly reason: ReversalReason | null;
  readonly author: Author | null;
  readonly replaces: AttestationId | null;
  readonly upgradedBy: string | null;
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
 * events are destroyed after three months, and what they proved stays. Nor are days that someone corrected by hand.
 */
export function planFor(
  shown: readonly Shown[],
  seen: readonly PersonLink[],
  { standing, byHand }: { readonly standing: readonly Recorded[]; readonly byHand: ReadonlySet<string> },
): Plan {
  const open = seen.filter(link => !byHand.has(link.pseudonym));
  const pseudonymOf = new Map(open.map(link => [link.personId as string, link.pseudonym]));
  const named = shown.flatMap(one => {
    const pseudonym = pseudonymOf.get(one.personId);
    return pseudonym === undefined ? [] : [{ ...one, pseudonym }];
  });
  const people = new Set(pseudonymOf.values());
  const own = standing.filter(kept => !kept.reversed && people.has(kept.pseudonym));
  const ofPerson = groupBy(own, kept => kept.pseudonym);
  const keptFor = (one: { pseudonym: string } & Shown) =>
    ofPerson.get(one.pseudonym)?.find(kept => sameProof(one, kept));
  const kept = new Set(named.map(keptFor).filter(k => k !== undefined));
  const shownAt = new Set(named.map(one => `${one.pseudonym} ${one.spaceId}`));
  return {
    add: named.filter(one => keptFor(one) === undefined),
    reverse: own
      .filter(one => !kept.has(one))
      .map(one => {
        const still = shownAt.has(`${one.pseudonym} ${one.spaceId}`);
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

type Committable = Omit<
  NewAttestation,
  'personCommit' | 'payloadCommit' | 'pseudonym' | 'reason' | 'manual' | 'author' | 'replaces' | 'upgradedBy'
> &
  Partial<Pick<NewAttestation, 'replaces' | 'upgradedBy'>>;

/** What a log leaf commits to: the attestation without the person, in one canonical text. */
export const payloadOf = (a: Committable): Canonical => ({
  id: a.attestationId,
  space: a.spaceId,
  commune: a.communeCode,
  day: a.day,
  halves: a.halves,
  class: a.evidenceClass,
  evidence: [...a.evidenceSha256],
  booking: a.bookingSha256,
  reverses: a.reverses,
  ...(a.replaces && { replaces: a.replaces }),
  ...(a.upgradedBy && { upgraded_by: a.upgradedBy }),
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

const yearOf = (day: Day): string => day.slice(0, 4);

const noHand = { reverses: null, reason: null, author: null, replaces: null, upgradedBy: null } as const;

/** The row of what was shown, with the halves that it obtained. */
export function attestationOf(one: Committed): NewAttestation {
  const { attestationId, halves, communeCode } = one;
  const { pseudonym, spaceId, day, evidenceClass, evidenceSha256, bookingSha256, manual } = one.shown;
  const plain = { attestationId, spaceId, communeCode, day, halves, evidenceClass, evidenceSha256, bookingSha256 };
  const row = { ...plain, manual, ...noHand };
  return {
    ...row,
    pseudonym,
    personCommit: personCommit(one.personKey, yearOf(day)),
    payloadCommit: payloadCommit(one.salt, payloadOf(row)),
  };
}

/** What is made anew of a row: an id and the salt of its commitment. */
interface Fresh {
  readonly attestationId: AttestationId;
  readonly salt: Uint8Array;
}

const sameAs = (kept: Recorded): Omit<NewAttestation, 'reason' | 'author' | 'payloadCommit' | 'reverses'> => {
  const { reversed: _r, own: _o, trip: _t, recordedAt: _at, contested: _c, ...same } = kept;
  return same;
};

const committed = (row: Omit<NewAttestation, 'payloadCommit'>, salt: Uint8Array): NewAttestation => ({
  ...row,
  payloadCommit: payloadCommit(salt, payloadOf(row)),
});

/** The row that takes another back: it says the same, and that it no longer holds. */
export const reversalOf = (
  kept: Recorded,
  { attestationId, salt, ...by }: Fresh & { readonly reason: ReversalReason; readonly author: Author | null },
): NewAttestation =>
  committed({ ...sameAs(kept), ...by, attestationId, reverses: kept.attestationId, replaces: null }, salt);

/** What remains of a day that someone changed: fewer halves, or a class that two people raised. */
export type Remains = Partial<Pick<NewAttestation, 'halves' | 'evidenceClass' | 'upgradedBy'>>;

/** The row that takes the place of one taken back. */
export const replacementOf = (
  kept: Recorded,
  { attestationId, salt, author, remains }: Fresh & { readonly author: Author; readonly remains: Remains },
): NewAttestation =>
  committed(
    { ...sameAs(kept), ...remains, attestationId, author, reverses: null, reason: null, replaces: kept.attestationId },
    salt,
  );
