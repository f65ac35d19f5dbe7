import type { Day, DayPart } from '../kernel/time.ts';
import type { Resource } from '../spaces/spaces.ts';
import { meet } from './availability.ts';
import type { Booking } from './claim.ts';

type Standing = Pick<Booking, 'bookingId' | 'resourceId' | 'personId' | 'guestId' | 'day' | 'part'>;

/** How one place stands for a part of a day, to whoever looks at the plan. */
export interface PlaceState {
  readonly resource: Resource;
  readonly state: 'free' | 'taken' | 'yours' | 'closed';
  /** Who has it, when someone does. */
  readonly booking: Standing | null;
}

export interface PlanMoment {
  readonly day: Day;
  readonly part: DayPart;
  /** Offered by the opening hours, and not over. */
  readonly open: boolean;
}

/** The state of each desk and room: one's own first, then what is taken, then what is closed; the rest is free. */
export const statesOf = (
  resources: readonly Resource[],
  bookings: readonly Standing[],
  { moment, personId }: { readonly moment: PlanMoment; readonly personId: string | null },
): readonly PlaceState[] =>
  resources.map(resource => {
    const there = bookings.filter(
      one => one.resourceId === resource.resourceId && one.day === moment.day && meet(one.part, moment.part),
    );
    const own = there.find(one => one.personId === personId);
    const booking = own ?? there[0] ?? null;
    if (booking) return { resource, state: own ? 'yours' : 'taken', booking };
    return { resource, state: moment.open ? 'free' : 'closed', booking };
  });
