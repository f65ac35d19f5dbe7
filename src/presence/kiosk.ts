import type { Id } from '../kernel/ids.ts';
import { addSeconds, type Instant, secondsBetween } from '../kernel/time.ts';
import { codeFor, counterAt, type KioskKey, openingKey } from './codes.ts';

export interface Kiosk {
  readonly kioskId: Id<'ksk'>;
  readonly spaceId: Id<'spc'>;
  readonly name: string;
  readonly generation: number;
  /** By how many seconds its clock runs ahead of ours, as last measured. */
  readonly clock_offset_s: number;
  readonly clockSeenAt: Instant | null;
}

/** A kiosk on its first day. */
export const newKiosk = (kioskId: Kiosk['kioskId'], told: Pick<Kiosk, 'spaceId' | 'name'>): Kiosk => ({
  kioskId,
  ...told,
  generation: 1,
  clock_offset_s: 0,
  clockSeenAt: null,
});

/** 32 bytes for one purpose: the shell's secrets. */
export type KeyFor = (purpose: string) => Uint8Array;

type Keyed = Pick<Kiosk, 'kioskId' | 'generation'>;

/** A kiosk's key is derived, never stored; a new generation makes a new one. */
export const keyOf = ({ kioskId, generation }: Keyed, secrets: KeyFor): KioskKey => ({
  kioskId,
  key: secrets(`presence kiosk ${kioskId} ${generation}`),
});

/** What a kiosk shows at a moment: for its page, and for the demo network's people who read it. */
export function codeAt(
  kiosk: Keyed,
  { at, secrets }: { readonly at: Instant; readonly secrets: KeyFor },
): { readonly code: string; readonly counter: bigint } {
  const counter = counterAt(at);
  return { counter, code: codeFor(keyOf(kiosk, secrets), counter) };
}

/** The codes of the steps that follow a moment: what lets a kiosk go on without us. */
export function codesFrom(
  kiosk: Keyed,
  {
    at,
    count,
    from_counter = 0,
    secrets,
  }: {
    readonly at: Instant;
    readonly count: number;
    /** Codes before it are known already. */
    readonly from_counter?: number | undefined;
    readonly secrets: KeyFor;
  },
): { readonly codes: readonly string[]; readonly first_counter: number } {
  const key = keyOf(kiosk, secrets);
  // One step back, for a kiosk whose clock runs a little slow.
  const end = Number(counterAt(at)) - 1 + count;
  const first_counter = Math.min(end, Math.max(end - count, from_counter));
  return {
    codes: Array.from({ length: end - first_counter }, (_, n) => codeFor(key, BigInt(first_counter + n))),
    first_counter,
  };
}

/** The key that opens a kiosk's page: for who has been found to keep the door. */
export const openingKeyOf = (kiosk: Keyed, secrets: KeyFor): string => openingKey(keyOf(kiosk, secrets));

/** A kiosk tells its time three times a minute: one that has not for this long may hold arrivals that we do not know of. */
const silentAfter_s = 120;

/** Has it given no sign of late? One that never did is silent too. */
export const isSilent = ({ clockSeenAt }: Pick<Kiosk, 'clockSeenAt'>, now: Instant): boolean =>
  clockSeenAt === null || secondsBetween(clockSeenAt, now) > silentAfter_s;

/** The moment on the kiosk's own wall. */
export const kioskTime = ({ clock_offset_s }: Kiosk, now: Instant): Instant => addSeconds(now, clock_offset_s);

/** `Claire Dubois` → `Claire D.`: enough for a neighbour, too little for a stranger. */
export const shortName = ({
  firstName,
  lastName,
}: {
  readonly firstName: string;
  readonly lastName: string;
}): string => (lastName === '' ? firstName : `${firstName} ${[...lastName][0]!.toUpperCase()}.`);
