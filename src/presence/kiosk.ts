import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';

export interface Kiosk {
  readonly kioskId: Id<'ksk'>;
  readonly spaceId: Id<'spc'>;
  readonly name: string;
  readonly generation: number;
  /** By how many seconds its clock runs ahead of ours, as last measured. */
  readonly clock_offset_s: number;
  readonly clockSeenAt: Instant | null;
}

/** What one kiosk's key is derived for; a new generation makes a new key. */
export const kioskPurpose = ({ kioskId, generation }: Pick<Kiosk, 'kioskId' | 'generation'>): string =>
  `presence kiosk ${kioskId} ${generation}`;

/** The moment on the kiosk's own wall. */
export const kioskTime = ({ clock_offset_s }: Kiosk, now: Instant): Instant => now.add({ seconds: clock_offset_s });

/** `Claire Dubois` → `Claire D.`: enough for a neighbour, too little for a stranger. */
export const shortName = ({
  firstName,
  lastName,
}: {
  readonly firstName: string;
  readonly lastName: string;
}): string => (lastName === '' ? firstName : `${firstName} ${[...lastName][0]!.toUpperCase()}.`);
