import type { Id } from '../kernel/ids.ts';
import type { Day, Instant } from '../kernel/time.ts';
import type { AccessEvent, Method } from './evidence.ts';

/** Someone noted that they left. It proves nothing and takes nothing back. */
export interface Departure {
  readonly departureId: Id<'dep'>;
  readonly personId: Id<'per'>;
  readonly spaceId: Id<'spc'>;
  readonly day: Day;
  readonly at: Instant;
}

/** What someone says happened to them in a space, in their own words. */
export interface Incident {
  readonly incidentId: Id<'inc'>;
  readonly personId: Id<'per'>;
  readonly spaceId: Id<'spc'>;
  readonly day: Day;
  readonly at: Instant;
  readonly told: string;
  readonly declaredAt: Instant;
}

/** One line of a slip: someone came or left, and how that is known. */
export interface Pass {
  readonly spaceId: Id<'spc'>;
  readonly day: Day;
  readonly at: Instant;
  readonly how: Method | 'departure' | 'absence';
}

/** Days that a slip covers at most: as long as passes are kept. */
export const slip_days = 92;

/** Someone's passes and departures in the order of time. */
export const passesOf = (events: readonly AccessEvent[], departures: readonly Departure[]): readonly Pass[] =>
  [
    ...events.map(
      ({ spaceId, day, happened_at: at, present, method }): Pass => ({
        spaceId,
        day,
        at,
        how: present ? method : 'absence',
      }),
    ),
    ...departures.map(({ spaceId, day, at }): Pass => ({ spaceId, day, at, how: 'departure' })),
  ].toSorted((a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds);
